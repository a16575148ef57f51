// One row of the table of nodes. Rows are kept and filled anew, so that focus and selection survive an answer.

import { h, setText, toggle } from "../dom.js";
import type { DaemonSetAnswer } from "../protocol.js";
import { nameAt, podsAt, verdictAt, whyAt } from "../rows.js";
import { setShape, shape, WORDS } from "../verdict.js";

export interface Look {
  /** Its panel is open. */
  chosen: boolean;
  hovered: boolean;
  /** The line under the cursor does not touch it. */
  dimmed: boolean;
  /** Tab reaches it. */
  reached: boolean;
}

export interface Row {
  readonly element: HTMLElement;
  /** Its place in the whole table, from 0. */
  readonly place: number;
  /** Shows node `index` of the set at a place. */
  show(set: DaemonSetAnswer, index: number, place: number, look: Look): void;
  focus(): void;
}

export function createRow(open: (node: string) => void, hover: (row: number | undefined) => void): Row {
  const name = h("button", { class: "name", attributes: { type: "button" }, on: { click } });
  const mark = shape("none");
  const word = h("span");
  const pod = cell("pod");
  const why = cell("why");
  const element = h(
    "div",
    {
      class: "row",
      attributes: { role: "row" },
      on: { pointerenter: over, pointerleave: out, focusin: over, focusout: out },
    },
    cell("node", name),
    cell("verdict", mark, " ", word),
    pod,
    why,
  );
  let shown: number | undefined;
  let at = -1;
  /** What stands in the cells, since asking the document is dear where forty rows change at a keystroke. */
  const said = new Map<Element, string>();
  let looked = "";

  function say(element: Element, text: string): void {
    if (said.get(element) === text) return;
    said.set(element, text);
    setText(element, text);
  }

  function click(): void {
    open(name.textContent ?? "");
  }
  function over(): void {
    hover(shown);
  }
  function out(): void {
    hover(undefined);
  }

  return {
    element,
    get place() {
      return at;
    },
    show(set, index, place, look) {
      shown = index;
      say(name, nameAt(set.rows, index));
      say(pod, podsAt(set.rows, index));
      say(why, whyAt(set, index));
      const verdict = verdictAt(set.rows, index);
      if (element.dataset.verdict !== verdict) {
        element.dataset.verdict = verdict;
        setShape(mark, verdict);
        say(word, WORDS[verdict]);
      }
      if (at !== place) {
        at = place;
        // Row 1 is the head.
        element.setAttribute("aria-rowindex", String(place + 2));
      }
      const key = `${look.chosen} ${look.reached} ${look.hovered} ${look.dimmed}`;
      if (looked === key) return;
      looked = key;
      name.setAttribute("aria-expanded", String(look.chosen));
      name.tabIndex = look.reached ? 0 : -1;
      toggle(element, "chosen", look.chosen);
      toggle(element, "hovered", look.hovered);
      toggle(element, "dimmed", look.dimmed);
    },
    focus() {
      name.focus({ preventScroll: true });
    },
  };
}

function cell(name: string, ...children: (Node | string)[]): HTMLElement {
  return h("div", { class: `cell ${name}`, attributes: { role: "gridcell" } }, ...children);
}
