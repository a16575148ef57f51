// The counters of the status: what kubectl calls them, and which nodes each of them counts.

import type { DaemonSetAnswer } from "./protocol.js";
import { SHOULD_RUN } from "./rows.js";

export const COUNTERS = [
  "desiredNumberScheduled",
  "currentNumberScheduled",
  "numberReady",
  "updatedNumberScheduled",
  "numberAvailable",
  "numberUnavailable",
  "numberMisscheduled",
] as const;
export type Counter = (typeof COUNTERS)[number];

interface Words {
  /** The column of `kubectl get daemonsets`; the last two have none. */
  column: string;
  /** What holds for the nodes that are counted. */
  counted: string;
  /** What holds for those that make the difference to the counter that this one is a part of. */
  less?: string;
}

export const COUNTER_WORDS: Record<Counter, Words> = {
  desiredNumberScheduled: { column: "DESIRED", counted: "should run a pod" },
  currentNumberScheduled: { column: "CURRENT", counted: "have a pod that should be there", less: "have no pod yet" },
  numberReady: { column: "READY", counted: "have a pod that is Ready", less: "have a pod that is not Ready" },
  updatedNumberScheduled: {
    column: "UP-TO-DATE",
    counted: "have a pod of the present template",
    less: "have a pod of an older template",
  },
  numberAvailable: {
    column: "AVAILABLE",
    counted: "have a pod that is available",
    less: "have a pod that is not Ready for minReadySeconds yet",
  },
  numberUnavailable: { column: "unavailable", counted: "should run a pod and have none that is available" },
  numberMisscheduled: { column: "misscheduled", counted: "have a pod and should run none" },
};

/** The counter whose nodes a counter counts, but for those that make the difference. */
const PART_OF: Partial<Record<Counter, Counter>> = {
  currentNumberScheduled: "desiredNumberScheduled",
  numberReady: "currentNumberScheduled",
  updatedNumberScheduled: "currentNumberScheduled",
  numberAvailable: "numberReady",
};

export function isCounter(name: string): name is Counter {
  return (COUNTERS as readonly string[]).includes(name);
}

/** The rows that make a counter's difference. */
export function differenceOf({ sync }: DaemonSetAnswer, name: Counter): Set<number> {
  return new Set(sync.status?.counters.find((counter) => counter.name === name)?.rows);
}

/** Whether a counter counts a row. */
export function countedBy(set: DaemonSetAnswer, name: Counter): (row: number) => boolean {
  const { flags } = set.rows;
  if (!set.sync.status) return () => false;
  if (name === "desiredNumberScheduled") return (row) => ((flags[row] ?? 0) & SHOULD_RUN) !== 0;
  if (name === "numberUnavailable") {
    const desired = countedBy(set, "desiredNumberScheduled");
    const available = countedBy(set, "numberAvailable");
    return (row) => desired(row) && !available(row);
  }
  const difference = differenceOf(set, name);
  const whole = PART_OF[name];
  if (whole === undefined) return (row) => difference.has(row);
  const counted = countedBy(set, whole);
  return (row) => counted(row) && !difference.has(row);
}
