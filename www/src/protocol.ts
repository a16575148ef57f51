// What the page and its worker say to each other. Both sides use these types and nothing else.
//
// Requests are numbered and ascend. The page counts an answer only if no newer one has come before it, so a
// late answer never replaces a newer one.

import type {
  Action,
  Change,
  Counts,
  DaemonSetPlan,
  Diagnostic,
  InputSummary,
  Merge,
  NodePlan,
  Outcome,
  Platform,
  ReasonCode,
  ReasonEffect,
  SettingsOverrides,
} from "../../pkg/daemonset_planner.js";

/**
 * Inputs to set, by name: a text, the bytes of a long one (a handle, so nothing is copied), or null to take it away.
 * An input that is not named stays as it was.
 */
export type Texts = Record<string, string | Blob | null>;

export type Request =
  /** Takes what changed and plans. */
  | { kind: "plan"; id: number; texts: Texts; platform: Platform; settings: SettingsOverrides }
  /** Everything about one node of the plan that was answered last. */
  | { kind: "node"; id: number; daemonSet: number; node: number }
  /** Stops the module as a fault would. Only in the build for tests. */
  | { kind: "trap"; id: number };

export type Reply =
  | { kind: "ready"; version: string; kubernetesVersion: string }
  | { kind: "plan"; id: number; answer: Answer; milliseconds: number }
  | { kind: "node"; id: number; node: NodePlan | undefined }
  /** The module stopped; this worker is of no more use. */
  | { kind: "stopped"; id: number; message: string };

/** A plan as the page holds it: the small things whole, the nodes as columns. */
export interface Answer {
  sentence: string;
  platform: Platform;
  kubernetesVersion: string;
  inputs: InputSummary[];
  diagnostics: Diagnostic[];
  daemonSets: DaemonSetAnswer[];
  otherObjects: number;
}

export interface DaemonSetAnswer extends Pick<DaemonSetPlan, "namespace" | "name" | "sentence" | "podsElsewhere"> {
  counts: Counts;
  merge: Merge;
  notJudged: string[];
  groups: GroupAnswer[];
  rows: Rows;
}

/** The reasons of one kind; `rows` are indices into the columns. */
export interface GroupAnswer {
  code: ReasonCode;
  effect: ReasonEffect;
  rule: string;
  summary: string;
  change: Change;
  rows: Uint32Array;
}

/** The nodes of one DaemonSet, a column a thing, in name order. */
export interface Rows {
  names: string[];
  /** The DaemonSet's pods on the node, with a comma between. */
  pods: string[];
  actions: Action[];
  outcomes: (Outcome | undefined)[];
  /** Indices into `groups`. */
  groups: number[][];
}
