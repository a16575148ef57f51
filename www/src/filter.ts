// Which nodes map and table show, in which order, and which ones a line of text touches.

import type { Action, Outcome } from "../../pkg/daemonset_planner.js";
import { type Counter, countedBy, differenceOf, isCounter } from "./counters.js";
import type { DaemonSetAnswer } from "./protocol.js";
import { actionAt, groupsAt, LOST, nameAt, podsAt, SHOULD_RUN, SPAN, verdictAt, whyAt } from "./rows.js";
import { currentGroup, currentSet, type State } from "./state.js";
import { type Verdict, WORDS } from "./verdict.js";

/** A part of the nodes that a number counts. */
export type Part =
  | "should"
  | "refuse"
  | "lost"
  | `lost:${Outcome}`
  | `do:${Action}`
  /** Those that wait, and are none of those that may be replaced now. */
  | "turn"
  /** Those that a counter counts, and those that make its difference. */
  | `in:${Counter}`
  | `less:${Counter}`
  /** What the sync takes some of, by the place of the choice. */
  | `choice:${number}`
  | Verdict;

export const COLUMNS = ["node", "action", "pod", "why"] as const;
export interface Sort {
  column: (typeof COLUMNS)[number];
  down: boolean;
}

export interface Selection {
  set: DaemonSetAnswer;
  /** The rows that are shown, in order. */
  rows: Uint32Array;
  /** For every row whether it is shown. */
  mask: Uint8Array;
}

let last: { asked: unknown[]; selection: Selection } | undefined;

/** The rows that a state shows; the same object as long as nothing that decides it changes. */
export function selected(state: State): Selection | undefined {
  const set = currentSet(state);
  if (!set) return undefined;
  const { reason, part, value, query, sort } = state;
  const asked = [set, reason, part, value, query, sort];
  if (last?.asked.every((term, index) => term === asked[index])) return last.selection;
  const mask = maskOf(state, set);
  const rows = new Uint32Array(mask.reduce((sum, one) => sum + one, 0));
  let at = 0;
  for (let row = 0; row < mask.length; row++) if (mask[row]) rows[at++] = row;
  order(rows, set, sort);
  last = { asked, selection: { set, rows, mask } };
  return last.selection;
}

function maskOf(state: State, set: DaemonSetAnswer): Uint8Array {
  const mask = new Uint8Array(set.rows.count).fill(1);
  const keep = (holds: (row: number) => boolean): void => {
    for (let row = 0; row < mask.length; row++) if (mask[row] && !holds(row)) mask[row] = 0;
  };
  const group = currentGroup(state, set);
  if (group) {
    const rows = new Set(group.rows);
    keep((row) => rows.has(row));
  }
  if (state.part !== undefined) keep(holdsFor(state.part, set));
  const labels = state.shown?.labels;
  if (state.value !== undefined && labels?.key !== undefined) {
    const code = labels.values.indexOf(state.value ?? undefined);
    keep((row) => labels.codes[row] === code);
  }
  const query = state.query.trim().toLowerCase();
  if (query !== "") {
    const found = set.groups.map(({ summary }) => summary.toLowerCase().includes(query));
    keep(
      (row) =>
        nameAt(set.rows, row).toLowerCase().includes(query) ||
        WORDS[verdictAt(set.rows, row)].toLowerCase() === query ||
        podsAt(set.rows, row).toLowerCase().includes(query) ||
        groupsAt(set.rows, row).some((index) => found[index] === true),
    );
  }
  return mask;
}

/** Whether a row belongs to a part. */
export function holdsFor(part: Part, set: DaemonSetAnswer): (row: number) => boolean {
  const { rows } = set;
  if (part === "should") return (row) => ((rows.flags[row] ?? 0) & SHOULD_RUN) !== 0;
  if (part === "refuse") return (row) => ((rows.flags[row] ?? 0) & SHOULD_RUN) === 0;
  if (part === "lost") return (row) => ((rows.flags[row] ?? 0) & LOST) !== 0;
  const [head, tail] = part.split(":");
  if (head === "lost") {
    const lost = new Set(set.merge.lost.find(({ outcome }) => outcome === tail)?.rows);
    return (row) => lost.has(row);
  }
  if (tail !== undefined && isCounter(tail)) {
    const difference = differenceOf(set, tail);
    return head === "in" ? countedBy(set, tail) : (row) => difference.has(row);
  }
  if (head === "choice") {
    const among = new Set(set.sync.choices[Number(tail)]?.rows);
    return (row) => among.has(row);
  }
  if (part === "turn") {
    const open = new Set(set.sync.choices.flatMap(({ what, rows }) => (what === "replace" ? [...rows] : [])));
    return (row) => actionAt(rows, row) === "wait" && !open.has(row);
  }
  if (head === "do") return (row) => actionAt(rows, row) === tail;
  return (row) => verdictAt(rows, row) === part;
}

function order(rows: Uint32Array, set: DaemonSetAnswer, { column, down }: Sort): void {
  const sign = down ? -1 : 1;
  const by = (key: (row: number) => string): void => {
    const keys = new Map([...rows].map((row) => [row, key(row)]));
    const compare = new Intl.Collator("en", { numeric: true }).compare;
    rows.sort((a, b) => sign * compare(keys.get(a) ?? "", keys.get(b) ?? "") || a - b);
  };
  if (column === "action")
    rows.sort((a, b) => sign * ((set.rows.verdicts[a] ?? 0) - (set.rows.verdicts[b] ?? 0)) || a - b);
  else if (column === "pod") by((row) => podsAt(set.rows, row));
  else if (column === "why") by((row) => whyAt(set, row));
  else if (down) rows.reverse();
}

let lastTouched: { asked: unknown[]; mask: Uint8Array | undefined } | undefined;

/** The rows that the line under the cursor touches; undefined where it touches none, or all. */
export function touched(state: State): Uint8Array | undefined {
  const { pointed, shown } = state;
  const set = currentSet(state);
  // Lines of a text that has changed since are other lines.
  if (!pointed || !shown || !set || shown !== state.answer) return undefined;
  const asked = [set, pointed.source, pointed.line];
  if (!lastTouched?.asked.every((term, index) => term === asked[index])) {
    const input = shown.inputs.findIndex(({ name }) => name === pointed.source);
    lastTouched = { asked, mask: touchedBy(input, pointed.line, set, shown.nodeLines) };
  }
  return lastTouched.mask;
}

function touchedBy(input: number, line: number, set: DaemonSetAnswer, nodeLines: Uint32Array): Uint8Array | undefined {
  const { spans, spanEnds, count: rows } = set.rows;
  const hit = (of: Uint32Array, at: number): boolean =>
    of[at] === input && (of[at + 1] ?? 0) <= line && line <= (of[at + 2] ?? 0);
  const mask = new Uint8Array(rows);
  let count = 0;
  let at = 0;
  for (let row = 0; row < rows; row++) {
    let on = hit(nodeLines, row * SPAN);
    for (const end = spanEnds[row] ?? 0; at < end; at += SPAN) on ||= hit(spans, at);
    if (!on) continue;
    mask[row] = 1;
    count++;
  }
  return count === 0 || count === rows ? undefined : mask;
}
