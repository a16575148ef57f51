// The decision about a node as a path: what is asked, in order, and which reasons lie where.

import type { NodePlan, Reason, ReasonCode } from "../../pkg/daemonset_planner.js";

export type StepName = "name" | "selector" | "affinity" | "taints" | "merge" | "pods";

export interface Step {
  name: StepName;
  title: string;
  /** What holds where nothing is in the way. */
  clear: string;
  /** What is in the way here, or only worth knowing. */
  reasons: Reason[];
  /** How far it goes: the way is free, no new pod, or no pod at all. */
  state: "clear" | "blocksNew" | "blocks";
}

const STEPS: Record<StepName, { title: string; clear: string }> = {
  name: { title: "Node name", clear: "The template names no other node." },
  selector: { title: "Node selector", clear: "The labels match the template’s nodeSelector." },
  affinity: { title: "Node affinity", clear: "The required node affinity matches." },
  taints: { title: "Taints", clear: "Every taint that matters is tolerated." },
  merge: { title: "Merge", clear: "No node selector of namespace or cluster keeps the pod away." },
  pods: { title: "Pods", clear: "" },
};

const STEP_OF: Record<ReasonCode, StepName> = {
  "node-name": "name",
  "selector-label-missing": "selector",
  "selector-label-differs": "selector",
  "labels-not-shown": "selector",
  "affinity-without-terms": "affinity",
  "affinity-term-empty": "affinity",
  "affinity-term-invalid": "affinity",
  "affinity-expression": "affinity",
  "affinity-field": "affinity",
  "taint-no-schedule": "taints",
  "taint-no-execute": "taints",
  cordoned: "taints",
  "not-ready": "taints",
  "namespace-selector": "merge",
  "merged-selector": "merge",
  "admission-refuses": "merge",
  "pod-present": "pods",
  "pod-terminating": "pods",
  "pod-failed": "pods",
  "pod-succeeded": "pods",
};

/** Every step that is asked, in order; that of the pods only where it has something to say. */
export function pathOf({ reasons }: Pick<NodePlan, "reasons">): Step[] {
  const steps = Object.entries(STEPS) as [StepName, (typeof STEPS)[StepName]][];
  return steps.flatMap(([name, words]) => {
    const here = reasons.filter(({ code }) => STEP_OF[code] === name);
    if (name === "pods" && here.length === 0) return [];
    return [{ name, ...words, reasons: here, state: stateOf(here) }];
  });
}

function stateOf(reasons: Reason[]): Step["state"] {
  const effects = new Set(reasons.map(({ effect }) => effect));
  if (effects.has("evicts") || effects.has("losesPod")) return "blocks";
  if (effects.has("blocksNew")) return "blocksNew";
  // What is only worth knowing leaves the way free.
  return "clear";
}
