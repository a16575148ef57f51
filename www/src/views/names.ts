// Names of nodes, of which each opens the node's panel.

import { h } from "../dom.js";
import type { Rows } from "../protocol.js";
import { nameAt } from "../rows.js";

/** Names shown one by one; beyond, the number. */
const MOST_NAMED = 60;

/** The nodes of rows, in order. */
export function nodeNames(columns: Rows, rows: Uint32Array, open: (node: string) => void): HTMLElement {
  const more = rows.length - MOST_NAMED;
  const names = [...rows.subarray(0, MOST_NAMED)].map((row) => nodeName(nameAt(columns, row), open));
  return h("p", { class: "names" }, ...names, more > 0 && `and ${more} more`);
}

export function nodeName(name: string, open: (node: string) => void): HTMLElement {
  return h("button", { class: "link name", attributes: { type: "button" }, on: { click: () => open(name) } }, name);
}

/** `1 node`, `2 nodes`. */
export function counted(number: number, what = "node"): string {
  return number === 1 ? `1 ${what}` : `${number} ${what}s`;
}
