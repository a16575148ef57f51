// Reads the columns of nodes.

import type { Action } from "../../pkg/daemonset_planner.js";
import type { DaemonSetAnswer, Rows } from "./protocol.js";
import { VERDICTS, type Verdict } from "./verdict.js";

export const ACTIONS: readonly Action[] = ["create", "keep", "roll", "wait", "delete", "none"];
/** Bits of `Rows.flags`. */
export const SHOULD_RUN = 1;
export const LOST = 2;
export const ACTION_SHIFT = 2;
/** Numbers that make a span: the index of an input, the first line, the last. */
export const SPAN = 3;

export function nameAt({ names, nameEnds }: Rows, row: number): string {
  return names.slice(startOf(nameEnds, row), nameEnds[row]);
}

export function podsAt({ pods, podEnds }: Rows, row: number): string {
  return pods.slice(startOf(podEnds, row), podEnds[row]);
}

export function verdictAt({ verdicts }: Rows, row: number): Verdict {
  return VERDICTS[verdicts[row] ?? 0] ?? "none";
}

export function actionAt({ flags }: Rows, row: number): Action {
  return ACTIONS[(flags[row] ?? 0) >> ACTION_SHIFT] ?? "none";
}

export function groupsAt({ groups, groupEnds }: Rows, row: number): Uint32Array {
  return groups.subarray(startOf(groupEnds, row), groupEnds[row]);
}

/** The lines that decided about a node; `SPAN` numbers each. */
export function spansAt({ spans, spanEnds }: Rows, row: number): Uint32Array {
  return spans.subarray(startOf(spanEnds, row), spanEnds[row]);
}

/** The row of a name, or -1. */
export function rowOf(rows: Rows, name: string): number {
  let start = 0;
  for (let row = 0; row < rows.count; row++) {
    const end = rows.nameEnds[row] ?? start;
    if (end - start === name.length && rows.names.startsWith(name, start)) return row;
    start = end;
  }
  return -1;
}

/** What decides, in a line; what is only worth knowing where nothing decides. */
export function whyAt(set: DaemonSetAnswer, row: number): string {
  const reasons = [...groupsAt(set.rows, row)].flatMap((index) => set.groups[index] ?? []);
  const deciding = reasons.filter((reason) => reason.effect !== "note");
  return (deciding.length > 0 ? deciding : reasons).map((reason) => reason.summary).join("; ");
}

function startOf(ends: Uint32Array, row: number): number {
  return row === 0 ? 0 : (ends[row - 1] ?? 0);
}
