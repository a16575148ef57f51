// One row of the table of nodes. Rows are kept and filled anew, so that focus and selection survive an answer.

import { h, setText } from "../dom.js";
import type { DaemonSetAnswer } from "../protocol.js";
import { setShape, shape, verdictOf, WORDS } from "../verdict.js";

export interface Row {
  readonly element: HTMLElement;
  /** Shows node `index` of the set; `place` is its place in the whole table, from 0. */
  show(set: DaemonSetAnswer, index: number, place: number, chosen: boolean): void;
}

export function createRow(open: (node: string) => void): Row {
  const name = h("button", { class: "name", attributes: { type: "button" }, on: { click } });
  const mark = shape("none");
  const word = h("span");
  const pod = cell("pod");
  const why = cell("why");
  const element = h(
    "div",
    { class: "row", attributes: { role: "row" } },
    cell("node", name),
    cell("verdict", mark, " ", word),
    pod,
    why,
  );

  function click(): void {
    open(name.textContent ?? "");
  }

  return {
    element,
    show(set, index, place, chosen) {
      const { names, pods, actions, outcomes, groups } = set.rows;
      const verdict = verdictOf(actions[index] ?? "none", outcomes[index]);
      setText(name, names[index] ?? "");
      name.setAttribute("aria-expanded", String(chosen));
      if (element.dataset.verdict !== verdict) {
        element.dataset.verdict = verdict;
        setShape(mark, verdict);
        setText(word, WORDS[verdict]);
      }
      setText(pod, pods[index] ?? "");
      setText(why, whyOf(set, groups[index] ?? []));
      element.classList.toggle("chosen", chosen);
      // Row 1 is the head.
      element.setAttribute("aria-rowindex", String(place + 2));
    },
  };
}

/** What decides, in a line; what is only worth knowing where nothing decides. */
function whyOf(set: DaemonSetAnswer, groups: number[]): string {
  const reasons = groups.flatMap((index) => set.groups[index] ?? []);
  const deciding = reasons.filter((reason) => reason.effect !== "note");
  return (deciding.length > 0 ? deciding : reasons).map((reason) => reason.summary).join("; ");
}

function cell(name: string, ...children: (Node | string)[]): HTMLElement {
  return h("div", { class: `cell ${name}`, attributes: { role: "cell" } }, ...children);
}
