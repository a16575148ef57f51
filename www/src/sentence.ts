// Finds in the sentence of a plan the numbers that count nodes.

import type { Outcome } from "../../pkg/daemonset_planner.js";
import type { Part } from "./filter.js";
import type { DaemonSetAnswer } from "./protocol.js";
import { reasonKey } from "./state.js";

/** A piece of the sentence; a number says which nodes it counts. */
export interface Piece {
  text: string;
  counts?: { part?: Part; reason?: string; all?: true };
}

const DEEDS: [RegExp, Part][] = [
  [/^(\d+) of \d+ nodes? should/d, "should"],
  [/\bcreates (\d+)/d, "do:create"],
  [/\bkeeps (\d+)/d, "do:keep"],
  [/\breplaces (\d+)(?! of)\b/d, "do:roll"],
  [/\bdeletes (\d+)/d, "do:delete"],
  [/\blets (\d+) wait for (?:its|their) turn/d, "turn"],
  [/\. (\d+) refuses?:/d, "refuse"],
];

/** What the sentence says of lost nodes, by what becomes of their pods. */
const LOSSES: [RegExp, Outcome][] = [
  [/(\d+) get no pod and are not/d, "noPod"],
  [/(\d+) get a pod that stays Pending/d, "pending"],
  [/(\d+) get none, because/d, "refused"],
  [/(\d+) get a pod that the kubelet rejects/d, "rejected"],
  [/(\d+) keep the pod that is there/d, "stays"],
];

/** The sentence in pieces, in order; put together they are the sentence again. */
export function pieces(set: DaemonSetAnswer): Piece[] {
  const { sentence } = set;
  const found: { at: number; length: number; counts: NonNullable<Piece["counts"]> }[] = [];
  const take = (pattern: RegExp, counts: NonNullable<Piece["counts"]>, from = 0): void => {
    const match = pattern.exec(sentence.slice(from));
    const number = match?.[1];
    if (!match || number === undefined) return;
    const at = from + (match.indices?.[1]?.[0] ?? 0);
    if (found.every((other) => at + number.length <= other.at || at >= other.at + other.length)) {
      found.push({ at, length: number.length, counts });
    }
  };
  for (const [pattern, part] of DEEDS) take(pattern, { part });
  take(/^\d+ of (\d+) nodes? should/d, { all: true });
  let from = 0;
  set.sync.choices.forEach(({ what, count, rows }, index) => {
    // "replaces 1 of 3", "replaces 2 and 1 of 3 more": which one is open, so the number opens into all three.
    const text = `${count} of ${rows.length}`;
    const start = Math.max(from, sentence.indexOf(" replaces "));
    const match =
      what === "replace" ? new RegExp(`(?:replaces|and) (${text})\\b`, "d").exec(sentence.slice(start)) : null;
    const at = match?.indices?.[1]?.[0];
    if (at === undefined) return;
    found.push({ at: start + at, length: text.length, counts: { part: `choice:${index}` } });
    from = start + at;
  });
  if (set.merge.lost.length > 0) {
    const from = Math.max(0, sentence.lastIndexOf(" loses "));
    take(/ loses (\d+):/d, { part: "lost" }, from);
    for (const [pattern, outcome] of LOSSES) take(pattern, { part: `lost:${outcome}` }, from);
  } else {
    for (const group of set.groups) {
      const text = `${group.summary} (${group.rows.length})`;
      const at = sentence.indexOf(text);
      if (at < 0) continue;
      const number = String(group.rows.length);
      found.push({ at: at + group.summary.length + 2, length: number.length, counts: { reason: reasonKey(group) } });
    }
  }
  found.sort((a, b) => a.at - b.at);
  const result: Piece[] = [];
  let end = 0;
  for (const { at, length, counts } of found) {
    if (at < end) continue;
    if (at > end) result.push({ text: sentence.slice(end, at) });
    result.push({ text: sentence.slice(at, at + length), counts });
    end = at + length;
  }
  if (end < sentence.length) result.push({ text: sentence.slice(end) });
  return result;
}
