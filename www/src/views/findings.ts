// The findings as a list: a click goes to the place in the text, and a button mends what one edit mends.

import type { Diagnostic, Location, Severity } from "../../../pkg/daemonset_planner.js";
import { fill, h, hide, prose } from "../dom.js";
import { type Edit, editFor } from "../fixes.js";
import { placeText } from "../state.js";
import type { View } from "../store.js";
import { command } from "./copy.js";

const SEVERITIES: Record<Severity, string> = { error: "error", warning: "warning", info: "note" };
/** A help that begins so is a command. */
const RUN = "Run: ";
/** Findings shown; beyond, the number. */
const MOST_SHOWN = 100;

/**
 * @param goTo shows a place in the text
 * @param edit changes the text
 */
export function findingsView(root: HTMLElement, goTo: (place: Location) => void, edit: (edit: Edit) => void): View {
  let seen: unknown;
  return {
    render(state) {
      if (seen === state.answer) return;
      seen = state.answer;
      const findings = state.answer?.diagnostics ?? [];
      const total = state.answer?.findings ?? 0;
      hide(root, findings.length === 0);
      fill(
        root,
        h("h2", { attributes: { id: "findings-title" } }, `Findings`, h("span", { class: "number" }, ` ${total}`)),
        h(
          "ul",
          { class: "findings" },
          ...findings.slice(0, MOST_SHOWN).map((finding) => item(finding, goTo, edit)),
          total > MOST_SHOWN && h("li", { class: "quiet" }, `and ${total - MOST_SHOWN} more.`),
        ),
      );
    },
  };
}

function item(finding: Diagnostic, goTo: (place: Location) => void, edit: (edit: Edit) => void): HTMLElement {
  const { code, severity, message, location, found, expected, help } = finding;
  const fix = editFor(finding);
  const run = help?.startsWith(RUN) ? help.slice(RUN.length) : undefined;
  return h(
    "li",
    { class: severity },
    h(
      "p",
      {},
      location &&
        h(
          "button",
          { class: "link", attributes: { type: "button" }, on: { click: () => goTo(location) } },
          placeText(location),
        ),
      location && " ",
      h("span", { class: "severity" }, SEVERITIES[severity]),
      " ",
      ...prose(message),
      " ",
      h("span", { class: "code" }, code),
    ),
    (found || expected) &&
      h(
        "p",
        { class: "quiet" },
        ...prose([found && `found ${found}`, expected && `expected ${expected}`].filter(Boolean).join("; ")),
      ),
    run !== undefined && command(run),
    ((help && run === undefined) || fix) &&
      h(
        "p",
        { class: "help" },
        ...(run === undefined ? prose(help ?? "") : []),
        fix && " ",
        fix &&
          h("button", { class: "mend", attributes: { type: "button" }, on: { click: () => edit(fix) } }, fix.title),
      ),
  );
}
