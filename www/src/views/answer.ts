// The plan's sentence, whose numbers open into names, and above it what stands in its way.

import { fill, h, hide, setAttribute, setText, toggle } from "../dom.js";
import { selected } from "../filter.js";
import { nameAt } from "../rows.js";
import { type Piece, pieces } from "../sentence.js";
import { currentSet, placeText, type State, WHOLE } from "../state.js";
import type { Store, View } from "../store.js";
import { counted, nodeName } from "./names.js";

const STALE = "What you see is the plan of the last text that could be read.";
/** Names that a number opens into; beyond, how many more there are. */
const MOST_NAMED = 48;

/**
 * @param goToFirst goes to the place of the first error
 * @param open opens a node's panel
 */
export function answerView(
  root: HTMLElement,
  goToFirst: () => void,
  store: () => Store,
  open: (node: string) => void,
): View {
  const text = h("span");
  const show = h("button", { class: "link", attributes: { type: "button" }, on: { click: goToFirst } });
  const stale = h("span", { class: "quiet" }, STALE);
  const notice = h("p", { class: "notice" }, show, " ", text, " ", stale);
  const sentence = h("p", { class: "sentence" }, "Planning…");
  const ofSet = h("p", { class: "of-set" });
  root.replaceChildren(notice, sentence, ofSet);
  // Beside the live region, which would read every name aloud.
  const names = h("section", { attributes: { id: "names", "aria-label": "The nodes of a number" } });
  names.hidden = true;
  root.after(names);

  let buttons: { button: HTMLElement; counts: NonNullable<Piece["counts"]> }[] = [];
  let said: string | undefined;
  let named: unknown[] = [];

  function say(state: State): void {
    const plan = state.shown;
    const set = currentSet(state);
    const head = plan?.sentence ?? "Planning…";
    const key = `${head}\n${set?.sentence ?? ""}`;
    if (key === said) return;
    said = key;
    buttons = [];
    const parts = set ? pieces(set).map((piece) => element(piece)) : [];
    const one = set !== undefined && plan?.daemonSets.length === 1 && head.endsWith(set.sentence);
    if (one) fill(sentence, head.slice(0, head.length - set.sentence.length), ...parts);
    else setText(sentence, head);
    hide(ofSet, one || parts.length === 0);
    if (!one && set) fill(ofSet, `${set.name}: `, ...parts);
  }

  function element({ text, counts }: Piece): Node {
    if (!counts) return document.createTextNode(text);
    const button = h(
      "button",
      { class: "count", attributes: { type: "button", "aria-pressed": "false" }, on: { click } },
      text,
    );
    buttons.push({ button, counts });
    function click(): void {
      const on = button.getAttribute("aria-pressed") === "true";
      if (!counts) return;
      const { part, reason } = counts;
      store().update({ ...WHOLE, ...(on ? {} : { part, reason }), view: "plan" });
    }
    return button;
  }

  function name(state: State): void {
    const selection = selected(state);
    const narrowed = state.reason !== undefined || state.part !== undefined || state.value !== undefined;
    hide(names, !narrowed || !selection);
    if (names.hidden || !selection) return;
    if (named[0] === selection.rows && named[1] === selection.set) return;
    named = [selection.rows, selection.set];
    const { rows, set } = selection;
    const more = rows.length - MOST_NAMED;
    fill(
      names,
      h("b", {}, counted(rows.length)),
      ...[...rows.subarray(0, MOST_NAMED)].map((row) => nodeName(nameAt(set.rows, row), open)),
      more > 0 && h("span", { class: "quiet" }, `and ${more} more`),
      h(
        "button",
        { class: "clear", attributes: { type: "button" }, on: { click: () => store().update(WHOLE) } },
        "Clear ",
        h("kbd", {}, "Esc"),
      ),
    );
  }

  return {
    render(state) {
      const first = firstError(state);
      hide(notice, first === undefined && state.stopped === undefined);
      hide(show, first === undefined || state.stopped !== undefined);
      if (state.stopped !== undefined) {
        setText(
          text,
          `The planner stopped on this text (${state.stopped}). Your text is kept; change it to plan again.`,
        );
      } else if (first) {
        setText(show, first.location ? placeText(first.location) : "");
        setText(text, first.message + rest(state));
      }
      hide(stale, state.unreadable === undefined);
      say(state);
      for (const { button, counts } of buttons) {
        const { part, reason } = counts;
        const on = !counts.all && part === state.part && reason === state.reason;
        setAttribute(button, "aria-pressed", String(on));
      }
      toggle(sentence, "stale", state.unreadable !== undefined || state.stopped !== undefined);
      name(state);
    },
  };
}

/** The finding that the notice names. */
export function firstError(state: State) {
  if (state.unreadable) return state.unreadable;
  return state.answer?.diagnostics.find((finding) => finding.severity === "error" && finding.location);
}

function rest(state: State): string {
  const findings = state.answer?.diagnostics ?? [];
  const more = findings.filter((finding) => finding.severity === "error" && finding.location).length - 1;
  if (more < 1) return "";
  return more === 1 ? " (and 1 more error)" : ` (and ${more} more errors)`;
}
