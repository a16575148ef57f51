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
/** Findings shown at first, and more at a press. */
const STEP = 100;

/**
 * @param goTo shows a place in the text
 * @param edit changes the text
 */
export function findingsView(root: HTMLElement, goTo: (place: Location) => void, edit: (edit: Edit) => void): View {
  let seen: unknown;
  let most = STEP;

  function draw(findings: Diagnostic[], total: number): void {
    const shown = findings.slice(0, most);
    const next = Math.min(STEP, findings.length - shown.length);
    const more = h(
      "button",
      {
        class: "link more",
        attributes: { type: "button" },
        on: {
          click() {
            most += STEP;
            draw(findings, total);
            // The button is another one, or gone: whoever used the keyboard goes on with what has come.
            root.querySelectorAll<HTMLElement>(".findings li")[shown.length]?.querySelector("button")?.focus();
          },
        },
      },
      `Show ${next} more`,
    );
    const rest = total - shown.length;
    fill(
      root,
      h("h2", { attributes: { id: "findings-title" } }, "Findings", h("span", { class: "number" }, ` ${total}`)),
      h("ul", { class: "findings" }, ...shown.map((finding) => item(finding, goTo, edit))),
      rest > 0 && h("p", { class: "quiet" }, ...(next > 0 ? [more, ` of ${rest}`] : [`and ${rest} more.`])),
    );
  }

  return {
    render(state) {
      if (seen === state.answer) return;
      seen = state.answer;
      const findings = state.answer?.diagnostics ?? [];
      if (findings.length <= STEP) most = STEP;
      hide(root, findings.length === 0);
      draw(findings, state.answer?.findings ?? 0);
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
