// The decision about a node as a path: what is asked, in order, and which reasons lie where.

import type { NodePlan, Reason, ReasonCode } from "../../pkg/daemonset_planner.js";

export type StepName = "name" | "selector" | "affinity" | "taints" | "merge" | "pods" | "rollout";

export interface Step {
  name: StepName;
  title: string;
  /** What holds where nothing is in the way. */
  clear: string;
  /** What is in the way here, or only worth knowing. */
  reasons: Reason[];
  /** How far it goes: the way is free, no new pod, or no pod at all. A rollout keeps no pod away. */
  state: "clear" | "blocksNew" | "blocks" | "rollout";
}

const STEPS: Record<StepName, { title: string; clear: string }> = {
  name: { title: "Node name", clear: "The template names no other node." },
  selector: { title: "Node selector", clear: "The labels match the template’s nodeSelector." },
  affinity: { title: "Node affinity", clear: "The required node affinity matches." },
  taints: { title: "Taints", clear: "Every taint that matters is tolerated." },
  merge: { title: "Merge", clear: "No node selector of namespace or cluster keeps the pod away." },
  pods: { title: "Pods", clear: "" },
  rollout: { title: "Rollout", clear: "" },
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
  "pod-outdated": "rollout",
  "rollout-waits": "rollout",
};

/** Steps that are there only where they have something to say. */
const AT_NEED: ReadonlySet<StepName> = new Set(["pods", "rollout"]);

/** Every step that is asked, in order. */
export function pathOf({ reasons }: Pick<NodePlan, "reasons">): Step[] {
  const steps = Object.entries(STEPS) as [StepName, (typeof STEPS)[StepName]][];
  return steps.flatMap(([name, words]) => {
    const here = reasons.filter(({ code }) => STEP_OF[code] === name);
    if (AT_NEED.has(name) && here.length === 0) return [];
    return [{ name, ...words, reasons: here, state: name === "rollout" ? "rollout" : stateOf(here) }];
  });
}

function stateOf(reasons: Reason[]): Step["state"] {
  const effects = new Set(reasons.map(({ effect }) => effect));
  if (effects.has("evicts") || effects.has("losesPod")) return "blocks";
  if (effects.has("blocksNew")) return "blocksNew";
  // What is only worth knowing leaves the way free.
  return "clear";
}
