// Turns a plan into what crosses from the worker to the page. Runs in the worker.

import type { DaemonSetPlan, Location, Merge, NodePlan, Outcome, Plan } from "../../pkg/daemonset_planner.js";
import type { Answer, DaemonSetAnswer, FixAnswer, Labels, MergeAnswer, Rows } from "./protocol.js";
import { ACTION_SHIFT, ACTIONS, LOST, SHOULD_RUN } from "./rows.js";
import { buffersOfSync, toSync } from "./sync.js";
import { VERDICTS, verdictOf } from "./verdict.js";

/** Findings and pods that cross; more than a person reads, and a page of broken text has a hundred thousand. */
const MOST_FINDINGS = 1000;
const MOST_PODS = 50;

export function toAnswer(plan: Plan, labels: Labels, nodeLines: Uint32Array): Answer {
  const inputOf = new Map(plan.inputs.map((input, index) => [input.name, index]));
  return {
    sentence: plan.sentence,
    platform: plan.platform,
    kubernetesVersion: plan.kubernetesVersion,
    inputs: plan.inputs,
    diagnostics: plan.diagnostics.slice(0, MOST_FINDINGS),
    findings: plan.diagnostics.length,
    daemonSets: plan.daemonSets.map((set) => toDaemonSet(set, inputOf)),
    otherObjects: plan.otherObjects.length,
    labels,
    nodeLines,
  };
}

/** The buffers of an answer, which need not be copied. */
export function buffersOf({ daemonSets, labels, nodeLines }: Answer): ArrayBufferLike[] {
  const columns = daemonSets.flatMap(({ rows, groups, merge }) => [
    ...Object.values(rows).filter((column) => ArrayBuffer.isView(column)),
    ...groups.map((group) => group.rows),
    ...merge.lost.map((lost) => lost.rows),
  ]);
  const buffers = [labels.codes, nodeLines, ...columns].map((column) => column.buffer);
  return [...buffers, ...daemonSets.flatMap(({ sync }) => buffersOfSync(sync))];
}

/** Puts nodes that share a value of a label together. */
export function toLabels(keys: string[], key: string | undefined, column: (string | undefined)[]): Labels {
  const found = [...new Set(column)];
  const values = found
    .filter((value) => value !== undefined)
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true })) as (string | undefined)[];
  if (values.length < found.length) values.push(undefined);
  const codeOf = new Map(values.map((value, code) => [value, code]));
  return { keys, key, values, codes: Uint32Array.from(column, (value) => codeOf.get(value) ?? 0) };
}

function toDaemonSet(set: DaemonSetPlan, inputOf: Map<string, number>): DaemonSetAnswer {
  const { namespace, name, sentence, podsElsewhere, counts, merge, notJudged } = set;
  const rowOf = new Map(set.nodes.map((node, row) => [node.name, row]));
  const groupsOf: number[][] = set.nodes.map(() => []);
  const groups = set.reasonGroups.map((group, index) => {
    const rows = group.nodes.flatMap((node) => rowOf.get(node) ?? []);
    for (const row of rows) groupsOf[row]?.push(index);
    const { code, effect, rule, summary, change } = group;
    return { code, effect, rule, summary, change, rows: Uint32Array.from(rows) };
  });
  const lost = new Set(merge.lost.map((node) => node.name));
  return {
    ...{ namespace, name, sentence, counts, notJudged, groups },
    podsElsewhere: podsElsewhere.slice(0, MOST_PODS),
    merge: toMerge(merge, rowOf),
    sync: toSync(set, rowOf),
    rows: toRows(set.nodes, groupsOf, lost, inputOf),
  };
}

function toMerge({ lost, fixes, ...merge }: Merge, rowOf: Map<string, number>): MergeAnswer {
  const outcomeOf = new Map(lost.map((node) => [node.name, node.outcome]));
  const rowsOf = new Map<Outcome, number[]>();
  for (const { name, outcome } of lost) {
    const rows = rowsOf.get(outcome) ?? [];
    rows.push(rowOf.get(name) ?? 0);
    rowsOf.set(outcome, rows);
  }
  return {
    ...merge,
    lost: [...rowsOf].map(([outcome, rows]) => ({ outcome, rows: Uint32Array.from(rows) })),
    fixes: fixes.map((fix): FixAnswer => {
      const frees: FixAnswer["frees"] = {};
      for (const name of fix.frees) {
        const outcome = outcomeOf.get(name);
        if (outcome) frees[outcome] = (frees[outcome] ?? 0) + 1;
      }
      return { ...fix, frees };
    }),
  };
}

function toRows(nodes: NodePlan[], groupsOf: number[][], lost: Set<string>, inputOf: Map<string, number>): Rows {
  const names = joined(nodes.map((node) => node.name));
  const pods = joined(nodes.map((node) => node.pods.map((pod) => pod.name).join(", ")));
  const groups = ranges(groupsOf);
  const spans = ranges(nodes.map(({ reasons }) => reasons.flatMap(({ span }) => lines(span, inputOf))));
  return {
    count: nodes.length,
    names: names.text,
    nameEnds: names.ends,
    pods: pods.text,
    podEnds: pods.ends,
    verdicts: Uint8Array.from(nodes, ({ action, created }) => VERDICTS.indexOf(verdictOf(action, created?.outcome))),
    flags: Uint8Array.from(
      nodes,
      ({ name, shouldRun, action }) =>
        (shouldRun ? SHOULD_RUN : 0) | (lost.has(name) ? LOST : 0) | (ACTIONS.indexOf(action) << ACTION_SHIFT),
    ),
    groups: groups.values,
    groupEnds: groups.ends,
    spans: spans.values,
    spanEnds: spans.ends,
  };
}

function lines(span: Location | undefined, inputOf: Map<string, number>): number[] {
  const input = span && inputOf.get(span.source);
  return input === undefined ? [] : [input, span?.start.line ?? 0, span?.end.line ?? 0];
}

function joined(texts: string[]): { text: string; ends: Uint32Array } {
  let end = 0;
  const ends = Uint32Array.from(texts, (text) => {
    end += text.length;
    return end;
  });
  return { text: texts.join(""), ends };
}

function ranges(lists: number[][]): { values: Uint32Array; ends: Uint32Array } {
  let end = 0;
  const ends = Uint32Array.from(lists, (list) => {
    end += list.length;
    return end;
  });
  return { values: Uint32Array.from(lists.flat()), ends };
}
