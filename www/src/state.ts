// Everything that the views show, as one value. Nothing here touches the document.

import type { Diagnostic, Location, Platform, PodPlan, SettingsOverrides } from "../../pkg/daemonset_planner.js";
import type { Part, Sort } from "./filter.js";
import type { Answer, DaemonSetAnswer, GroupAnswer, NodeAnswer } from "./protocol.js";

/** The names of the inputs: how findings call them, and what stands above the editors. */
export const INPUTS = ["DaemonSet", "Cluster"] as const;
export type InputName = (typeof INPUTS)[number];

/** The switches as they stand in their fields, for whichever platform they apply to. */
export interface Switches {
  defaultNodeSelector: string;
  podNodeSelectorConfig: string;
  controllerAsksAnnotations: boolean;
  controllerDefaultNodeSelector: string;
}

export interface State {
  platform: Platform;
  switches: Switches;
  /** Files beside the editors, by name, and their bytes' number. */
  files: readonly { name: string; bytes: number }[];
  /** The newest answer: its findings and what the inputs were taken for. */
  answer: Answer | undefined;
  /** The plan that is shown: the newest answer's, or the last one's from texts that could be read. */
  shown: Answer | undefined;
  /** The finding that keeps the newest answer from being shown. */
  unreadable: Diagnostic | undefined;
  /** A text or a switch has changed since the newest answer. */
  pending: boolean;
  /** Why the module stopped, until it answers again. */
  stopped: string | undefined;
  /** `namespace/name` of the DaemonSet that is looked at. */
  daemonSet: string | undefined;
  /** The pane of the answer that is open. */
  view: "plan" | "status" | "merge" | "pod";
  /** The key of the reason that map and table are narrowed to. */
  reason: string | undefined;
  /** The part of the nodes that they are narrowed to. */
  part: Part | undefined;
  /** The value of the label `groupBy` that they are narrowed to; null for nodes without the label. */
  value: string | null | undefined;
  /** What is searched for. */
  query: string;
  /** How the table is sorted. */
  sort: Sort;
  /** The label that the map is grouped by. */
  groupBy: string | undefined;
  /** The row under the pointer or the map's cursor. */
  hovered: number | undefined;
  /** The line of an input under the pointer or the cursor. */
  pointed: { source: InputName; line: number } | undefined;
  /** The node that is looked at, and what is known of it. */
  node: { name: string; plan: NodeAnswer | undefined } | undefined;
  /** The node whose pod is looked at; the first that should run one until a node is chosen. */
  podNode: string | undefined;
  /** The pod that came last, and the node and the DaemonSet that it was asked for. */
  pod: { node: string; set: string; plan: PodPlan | undefined } | undefined;
}

export const START: State = {
  platform: "kubernetes",
  switches: {
    defaultNodeSelector: "",
    podNodeSelectorConfig: "",
    controllerAsksAnnotations: true,
    controllerDefaultNodeSelector: "",
  },
  files: [],
  answer: undefined,
  shown: undefined,
  unreadable: undefined,
  pending: true,
  stopped: undefined,
  daemonSet: undefined,
  view: "plan",
  reason: undefined,
  part: undefined,
  value: undefined,
  query: "",
  sort: { column: "node", down: false },
  groupBy: undefined,
  hovered: undefined,
  pointed: undefined,
  node: undefined,
  podNode: undefined,
  pod: undefined,
};

/** What a change of the inputs or of the DaemonSet takes away: what map and table are narrowed to. */
export const WHOLE = { reason: undefined, part: undefined, value: undefined, query: "" } as const;

/** Whether map and table stand in the pane that is open. */
export function showsNodes({ view }: State): boolean {
  return view === "plan" || view === "status";
}

/** Whether map and table show less than all nodes. */
export function isNarrowed(state: State): boolean {
  return (
    state.reason !== undefined || state.part !== undefined || state.value !== undefined || state.query.trim() !== ""
  );
}

/** The state after an answer. Something unreadable leaves the last plan standing. */
export function answered(state: State, answer: Answer): State {
  const unreadable = state.shown && !isPlanned(answer) ? answer.diagnostics.find(isReadingError) : undefined;
  return {
    ...state,
    answer,
    shown: unreadable ? state.shown : answer,
    unreadable,
    pending: false,
    stopped: undefined,
  };
}

/** Whether there is a DaemonSet, and nodes to plan it on. */
export function isPlanned(answer: Answer): boolean {
  return answer.daemonSets.length > 0 && answer.daemonSets.every((set) => set.counts.nodes > 0);
}

/** An error in a text, other than that there is none. */
function isReadingError(finding: Diagnostic): boolean {
  return finding.severity === "error" && finding.location !== undefined && finding.code !== "DSP022";
}

/** The switches that differ from the platform's preset; those that do not apply are left out. */
export function overrides({ platform, switches }: State): SettingsOverrides {
  const settings: SettingsOverrides = {};
  if (platform === "kubernetes") return settings;
  if (switches.podNodeSelectorConfig.trim()) settings.podNodeSelectorConfig = switches.podNodeSelectorConfig;
  if (platform !== "openshift-4") return settings;
  if (switches.defaultNodeSelector.trim()) settings.defaultNodeSelector = switches.defaultNodeSelector;
  if (!switches.controllerAsksAnnotations) settings.controllerAsksAnnotations = false;
  if (switches.controllerDefaultNodeSelector.trim()) {
    settings.controllerDefaultNodeSelector = switches.controllerDefaultNodeSelector;
  }
  return settings;
}

export function keyOf(set: Pick<DaemonSetAnswer, "namespace" | "name">): string {
  return `${set.namespace}/${set.name}`;
}

/** Names a reason over answers: the same text means the same reason. */
export function reasonKey(group: GroupAnswer): string {
  return `${group.code} ${group.summary}`;
}

/** The DaemonSet that is looked at: the chosen one while there is such a one, else the first. */
export function currentSet(state: State): DaemonSetAnswer | undefined {
  const sets = state.shown?.daemonSets ?? [];
  return sets.find((set) => keyOf(set) === state.daemonSet) ?? sets[0];
}

/** The reason that the table is narrowed to, while there is such a one. */
export function currentGroup(state: State, set: DaemonSetAnswer | undefined): GroupAnswer | undefined {
  return state.reason === undefined ? undefined : set?.groups.find((group) => reasonKey(group) === state.reason);
}

/** `DaemonSet:5:3`. */
export function placeText({ source, start }: Location): string {
  return `${source}:${start.line}:${start.column}`;
}
