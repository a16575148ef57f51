// Single keys, and the dialog that shows them. They are heard outside of texts and fields only, and can be turned
// off, as people who speak to their computer need it.

import { byId, fill, h } from "../dom.js";
import { choice, setChoice } from "../keep/keep.js";

/** A second key must come within this time. */
const SEQUENCE_MS = 1500;

export interface Key {
  /** One key, or two with a space between. */
  keys: string;
  does: string;
  run: () => void;
  /** Whether it can do something now; the dialog leaves out what can't. */
  able?: () => boolean;
}

/** Keys that others hear; the dialog shows them too. */
const ELSEWHERE: readonly [string, string][] = [
  ["Tab", "goes on, out of an editor too"],
  ["Esc", "closes what is open; takes a filter back"],
  ["Ctrl Space", "in an editor: names of fields that may stand here"],
  ["Ctrl Z", "in an editor: undo; also takes back an example"],
];

export function watchKeys(keys: readonly Key[]): { open(): void } {
  const dialog = byId("help", HTMLDialogElement);
  const list = byId("keys", HTMLElement);
  const on = byId("single-keys", HTMLInputElement);
  on.checked = choice("single-keys") !== "off";
  on.addEventListener("change", () => setChoice("single-keys", on.checked ? undefined : "off"));
  byId("help-close", HTMLButtonElement).addEventListener("click", () => dialog.close());

  let first: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !on.checked) return;
    if (event.key === "Shift" || isWriting(event) || document.querySelector("dialog[open]")) return;
    const pressed = first === undefined ? event.key : `${first} ${event.key}`;
    first = undefined;
    clearTimeout(timer);
    const key = keys.find((key) => key.keys === pressed && (key.able?.() ?? true));
    if (key) {
      event.preventDefault();
      key.run();
    } else if (keys.some((key) => key.keys.startsWith(`${event.key} `))) {
      first = event.key;
      timer = setTimeout(() => {
        first = undefined;
      }, SEQUENCE_MS);
    }
  });

  return {
    open() {
      const shown: [string, string][] = [
        ...keys.filter((key) => key.able?.() ?? true).map(({ keys, does }): [string, string] => [keys, does]),
        ...ELSEWHERE,
      ];
      fill(
        list,
        ...shown.flatMap(([keys, does]) => [
          h("dt", {}, ...keys.split(" ").flatMap((key) => [h("kbd", {}, key), " "])),
          h("dd", {}, does),
        ]),
      );
      dialog.showModal();
    },
  };
}

/** Whether the key goes into a text or chooses in a list. */
function isWriting(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button"].includes(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Puts the focus on a part of the page, and shows it. */
export function goToPart(id: string): void {
  const part = document.getElementById(id);
  if (!part) return;
  const stop = [...part.querySelectorAll<HTMLElement>(STOPS)].find((element) => element.checkVisibility());
  part.scrollIntoView({ block: "nearest" });
  if (stop) {
    stop.focus();
  } else {
    part.tabIndex = -1;
    part.focus();
  }
}

const STOPS = "button, [href], input, select, textarea, [tabindex='0']";

export function isShown(id: string): boolean {
  const part = document.getElementById(id);
  return part !== null && !part.hidden;
}

/** Goes through the findings; Enter follows the one that has the focus. */
export function stepFindings(by: 1 | -1): void {
  const findings = [...document.querySelectorAll<HTMLElement>("#findings .findings > li")];
  if (findings.length === 0) return;
  const at = findings.findIndex((finding) => finding.contains(document.activeElement));
  const next = at < 0 ? (by > 0 ? 0 : findings.length - 1) : Math.min(findings.length - 1, Math.max(0, at + by));
  const finding = findings[next];
  if (!finding) return;
  const place = finding.querySelector<HTMLElement>("button");
  if (!place) finding.tabIndex = -1;
  (place ?? finding).focus();
  finding.scrollIntoView({ block: "nearest" });
}
