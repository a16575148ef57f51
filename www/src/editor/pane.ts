// One input: a textarea that works at once, and becomes an editor when that is loaded. Nothing typed is lost. A text
// that is too long for an editor is held as it is, and a chip stands in the editor's place until it is taken away.

import type { Diagnostic, Location } from "../../../pkg/daemonset_planner.js";
import { h, setText } from "../dom.js";
import type { InputName } from "../state.js";
import { type Content, contentOf, MOST_EDITED, sizeText } from "../work.js";
import type { Known } from "./known.js";

/** Lines of a text, counted from 1, the last included. */
export interface LineRange {
  first: number;
  last: number;
}

/** What a pane asks of whatever holds the text. Offsets count UTF-16 units, line breaks are one. */
export interface Holder {
  text(): string;
  setText(text: string): void;
  /** Shows the findings as marks in the text. */
  mark(findings: Diagnostic[]): void;
  /** Selects a place and shows it. */
  goTo(place: Location): void;
  /** Lights these lines and no others. */
  light(lines: LineRange[]): void;
  /** Puts another text in a place; the same as typing it there. */
  edit(place: Location, text: string): void;
  /** The line on which a place begins. */
  line(place: Location): string | undefined;
  focus(): void;
}

/** What an editor is made from. */
export interface Beginning {
  name: InputName;
  text: string;
  selection: { start: number; end: number };
  focused: boolean;
  changed(text: string): void;
  /** Is told the line that is pointed at. */
  pointed(line: number | undefined): void;
  /** Whether a text of this length may stand in an editor. */
  fits(length: number): boolean;
  /** A text is pasted that makes the whole too long for an editor. */
  pasted(whole: string): void;
  /** What the cluster has that may be written here. */
  known(): Promise<Known>;
}

export interface Pane extends Omit<Holder, "text" | "setText"> {
  content(): Content;
  setContent(content: Content): void;
  focus(): void;
  /** Puts an editor in the textarea's place, with its text, selection and focus. */
  upgrade(make: (host: HTMLElement, beginning: Beginning) => Holder): void;
}

/**
 * @param changed is told the text after every change of a person's
 * @param pointed is told the line that is pointed at, or that none is
 * @param known gives what the cluster has that may be written here
 */
export function createPane(
  name: InputName,
  textarea: HTMLTextAreaElement,
  changed: (text: Content) => void,
  pointed: (line: number | undefined) => void,
  known: () => Promise<Known>,
): Pane {
  let holder: Holder = plainHolder(textarea, changed);
  let element: HTMLElement = textarea;
  let findings: Diagnostic[] = [];
  /** What is too long for the editor; the editor keeps what it had. */
  let held: Blob | undefined;

  const size = h("span", { class: "quiet" });
  const away = h(
    "button",
    {
      class: "link",
      attributes: { type: "button" },
      on: {
        click() {
          setContent(holder.text());
          changed(holder.text());
          holder.focus();
        },
      },
    },
    "Take it away",
  );
  const chip = h(
    "div",
    { class: "held", attributes: { tabindex: "-1", role: "group", "aria-label": `${name}, a long text` } },
    h("p", {}, "A long text, planned as it is. "),
    size,
    " ",
    away,
  );
  chip.hidden = true;
  textarea.after(chip);

  textarea.addEventListener("input", () => changed(textarea.value));
  textarea.addEventListener("paste", (event) => {
    const { value, selectionStart, selectionEnd } = textarea;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const whole = value.slice(0, selectionStart) + text + value.slice(selectionEnd);
    if (typeof contentOf(whole) === "string") return;
    event.preventDefault();
    pasted(whole);
  });

  function pasted(whole: string): void {
    const content = contentOf(whole);
    setContent(content);
    changed(content);
    chip.focus();
  }

  function setContent(content: Content): void {
    held = typeof content === "string" ? undefined : content;
    if (typeof content === "string") {
      if (holder.text() !== content) holder.setText(content);
    } else {
      setText(size, sizeText(content.size));
    }
    chip.hidden = !held;
    element.hidden = held !== undefined;
  }

  return {
    content: () => held ?? holder.text(),
    setContent,
    focus: () => (held ? chip.focus() : holder.focus()),
    goTo(place) {
      if (held) chip.focus();
      else holder.goTo(place);
    },
    light: (lines) => holder.light(lines),
    edit(place, text) {
      if (!held) holder.edit(place, text);
    },
    line: (place) => (held ? undefined : holder.line(place)),
    mark(next) {
      // Most answers find nothing, and an editor of a long text takes its time even for that.
      if (next.length === 0 && findings.length === 0) return;
      findings = next;
      if (!held) holder.mark(next);
    },
    upgrade(make) {
      const host = document.createElement("div");
      host.className = "editor";
      const beginning: Beginning = {
        name,
        text: textarea.value,
        selection: { start: textarea.selectionStart, end: textarea.selectionEnd },
        focused: document.activeElement === textarea,
        changed,
        pointed,
        fits: (length) => length <= MOST_EDITED,
        pasted,
        known,
      };
      // In the document first, so that the editor can measure itself and take the focus.
      textarea.after(host);
      textarea.hidden = true;
      holder = make(host, beginning);
      textarea.remove();
      element = host;
      element.hidden = held !== undefined;
      if (!held) holder.mark(findings);
    },
  };
}

/** The offset of a place, clamped to the text. */
export function offsetOf(text: string, { line, column }: Location["start"]): number {
  let offset = 0;
  for (let at = 1; at < line; at++) {
    const next = text.indexOf("\n", offset);
    if (next < 0) return text.length;
    offset = next + 1;
  }
  const end = text.indexOf("\n", offset);
  return Math.min(offset + column - 1, end < 0 ? text.length : end);
}

function plainHolder(textarea: HTMLTextAreaElement, changed: (text: string) => void): Holder {
  return {
    text: () => textarea.value,
    setText(text) {
      textarea.value = text;
    },
    mark() {
      // A textarea has no marks; the list has them all.
    },
    light() {
      // Nor has it lines that light up.
    },
    edit({ start, end }, text) {
      const value = textarea.value;
      textarea.setRangeText(text, offsetOf(value, start), offsetOf(value, end), "end");
      changed(textarea.value);
    },
    line: ({ start }) => textarea.value.split("\n", start.line)[start.line - 1],
    focus: () => textarea.focus(),
    goTo({ start, end }) {
      textarea.focus();
      textarea.setSelectionRange(offsetOf(textarea.value, start), offsetOf(textarea.value, end));
    },
  };
}
