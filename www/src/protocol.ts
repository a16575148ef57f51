// What the page and its worker say to each other. Both sides use these types and nothing else.
//
// Requests are numbered and ascend. The page counts an answer only if no newer one has come before it, so a
// late answer never replaces a newer one.

import type {
  Change,
  ChoicePlan,
  Counts,
  DaemonSetPlan,
  Diagnostic,
  InputSummary,
  Merge,
  MergeFix,
  NodePlan,
  Outcome,
  Platform,
  PodElsewhere,
  PodPlan,
  ReasonCode,
  ReasonEffect,
  SettingsOverrides,
  StatusCounter,
  StatusPlan,
  SyncPlan,
} from "../../pkg/daemonset_planner.js";

/**
 * Inputs to set, by name: a text, the bytes of a long one (a handle, so nothing is copied), or null to take it away.
 * An input that is not named stays as it was.
 */
export type Texts = Record<string, string | Blob | null>;

export type Request =
  /** Takes what changed and plans. */
  | {
      kind: "plan";
      id: number;
      texts: Texts;
      platform: Platform;
      settings: SettingsOverrides;
      /** The label that the map is grouped by. */
      groupBy: string | undefined;
    }
  /** Everything about one node of the plan that was answered last. */
  | { kind: "node"; id: number; daemonSet: number; node: number }
  /** The labels by which the nodes fall into groups. */
  | { kind: "labels"; id: number }
  /** The pod that the DaemonSet gets on that node. */
  | { kind: "pod"; id: number; daemonSet: number; node: number }
  /** Stops the module as a fault would. Only in the build for tests. */
  | { kind: "trap"; id: number };

export type Reply =
  | { kind: "ready"; version: string; kubernetesVersion: string }
  | { kind: "plan"; id: number; answer: Answer; milliseconds: number }
  /** Values by key, each once. */
  | { kind: "labels"; id: number; labels: Record<string, string[]> }
  | { kind: "node"; id: number; node: NodeAnswer | undefined }
  /** No pod where the DaemonSet does not decode. */
  | { kind: "pod"; id: number; pod: PodPlan | undefined }
  /** The module stopped; this worker is of no more use. */
  | { kind: "stopped"; id: number; message: string };

/** A plan as the page holds it: the small things whole, the nodes as columns whose buffers change owner. */
export interface Answer {
  sentence: string;
  platform: Platform;
  kubernetesVersion: string;
  inputs: InputSummary[];
  /** The first of the findings; `findings` counts them all. */
  diagnostics: Diagnostic[];
  findings: number;
  daemonSets: DaemonSetAnswer[];
  otherObjects: number;
  /** The same nodes for every DaemonSet: their labels, and where they stand. */
  labels: Labels;
  /** Three numbers a node: the index of its input in `inputs`, its first line, its last line. */
  nodeLines: Uint32Array;
}

/** By what nodes can be grouped, and how they are. */
export interface Labels {
  /** Keys of labels that make groups. */
  keys: string[];
  /** The key that the nodes are grouped by, if they all are. */
  key: string | undefined;
  /** The values of that label, in order; undefined, for nodes without it, comes last. */
  values: (string | undefined)[];
  /** For each node an index into `values`; empty where nothing is grouped. */
  codes: Uint32Array;
}

/** A node, and the pods on it that the DaemonSet lets go. */
export interface NodeAnswer extends NodePlan {
  released: PodElsewhere[];
}

export interface DaemonSetAnswer extends Pick<DaemonSetPlan, "namespace" | "name" | "sentence" | "podsElsewhere"> {
  counts: Counts;
  merge: MergeAnswer;
  sync: SyncAnswer;
  notJudged: string[];
  groups: GroupAnswer[];
  rows: Rows;
}

/** The next sync with its nodes as indices into the columns. */
export interface SyncAnswer extends Omit<SyncPlan, "status" | "choices"> {
  /** The first of the revisions are in `revisions`; this many there are. */
  revisionCount: number;
  status: StatusAnswer | undefined;
  choices: ChoiceAnswer[];
  /** Pods whose owner or label is written; `Counts` counts them all. */
  adopted: PodName[];
  released: PodName[];
  relabelled: PodName[];
}

export interface StatusAnswer extends Omit<StatusPlan, "counters"> {
  counters: CounterAnswer[];
}

export interface CounterAnswer extends Omit<StatusCounter, "nodes"> {
  /** The nodes that make the difference, see `StatusCounter`. */
  rows: Uint32Array;
}

/** What a choice is among: nodes as `rows`, or else the first of the pods or revisions as `names`. */
export interface ChoiceAnswer extends Omit<ChoicePlan, "from"> {
  rows: Uint32Array;
  names: string[];
}

export interface PodName {
  name: string;
  /** The node that it names, empty where it names none, and that node's row, -1 where it is not in the inputs. */
  node: string;
  row: number;
}

/** The merge with its nodes as indices into the columns. */
export interface MergeAnswer extends Omit<Merge, "lost" | "fixes"> {
  lost: { outcome: Outcome; rows: Uint32Array }[];
  fixes: FixAnswer[];
}

/** A fix, and what it frees: nodes by what becomes of their pods without it. */
export interface FixAnswer extends Omit<MergeFix, "frees"> {
  frees: Partial<Record<Outcome, number>>;
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

/** The nodes of one DaemonSet, a column a thing, in name order. `rows.ts` reads them. */
export interface Rows {
  count: number;
  /** The names, one after another, and where each ends in UTF-16 units. */
  names: string;
  nameEnds: Uint32Array;
  /** The DaemonSet's pods on each node, with a comma between, laid out alike. */
  pods: string;
  podEnds: Uint32Array;
  /** Indices into `VERDICTS`. */
  verdicts: Uint8Array;
  /** Bits: `SHOULD_RUN`, `LOST`, and from `ACTION_SHIFT` on an index into `ACTIONS`. */
  flags: Uint8Array;
  /** Indices into `groups`, row after row, and where each row's end. */
  groups: Uint32Array;
  groupEnds: Uint32Array;
  /** Lines that decide, row after row: the index of an input, the first line, the last; and where each row's end. */
  spans: Uint32Array;
  spanEnds: Uint32Array;
}
