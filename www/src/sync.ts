// The next sync as it crosses from the worker to the page: nodes as rows, of pods and revisions the first. Runs in the
// worker.

import type { ChoicePlan, DaemonSetPlan, Ownership } from "../../pkg/daemonset_planner.js";
import type { ChoiceAnswer, PodName, SyncAnswer } from "./protocol.js";

/** Names of each kind that cross; more than a person reads. */
const MOST_NAMED = 50;

/** @param rowOf the rows of the nodes by name */
export function toSync({ sync, nodes, podsElsewhere }: DaemonSetPlan, rowOf: Map<string, number>): SyncAnswer {
  const { status, choices, revisions, ...rest } = sync;
  const rows = (names: string[]): Uint32Array => Uint32Array.from(names.flatMap((name) => rowOf.get(name) ?? []));
  const adopted: PodName[] = [];
  const relabelled: PodName[] = [];
  for (const [row, { name: node, pods }] of nodes.entries()) {
    for (const { name, ownership, relabel } of pods) {
      if (ownership === "orphan" && adopted.length < MOST_NAMED) adopted.push({ name, node, row });
      if (relabel && relabelled.length < MOST_NAMED) relabelled.push({ name, node, row });
    }
  }
  const elsewhere = (wanted: Ownership): PodName[] =>
    podsElsewhere
      .filter(({ ownership }) => ownership === wanted)
      .slice(0, MOST_NAMED)
      .map(({ name, node }) => ({ name, node, row: rowOf.get(node) ?? -1 }));
  adopted.push(...elsewhere("orphan"));
  return {
    ...rest,
    // The newest are read first.
    revisions: revisions.slice(-MOST_NAMED),
    revisionCount: revisions.length,
    status: status && {
      ...status,
      counters: status.counters.map(({ nodes, ...counter }) => ({ ...counter, rows: rows(nodes) })),
    },
    choices: choices.slice(0, MOST_NAMED).map((choice) => toChoice(choice, rows)),
    adopted: adopted.slice(0, MOST_NAMED),
    released: elsewhere("released"),
    relabelled,
  };
}

/** The buffers of a sync, which need not be copied. */
export function buffersOfSync({ status, choices }: SyncAnswer): ArrayBufferLike[] {
  return [...(status?.counters ?? []), ...choices].map(({ rows }) => rows.buffer);
}

function toChoice({ from, ...choice }: ChoicePlan, rows: (names: string[]) => Uint32Array): ChoiceAnswer {
  const ofNodes = choice.what === "create" || choice.what === "replace";
  return { ...choice, rows: rows(ofNodes ? from : []), names: ofNodes ? [] : from.slice(0, MOST_NAMED) };
}
