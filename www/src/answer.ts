// Turns a plan into what crosses from the worker to the page. Runs in the worker.

import type { DaemonSetPlan, Plan } from "../../pkg/daemonset_planner.js";
import type { Answer, DaemonSetAnswer } from "./protocol.js";

export function toAnswer(plan: Plan): Answer {
  return {
    sentence: plan.sentence,
    platform: plan.platform,
    kubernetesVersion: plan.kubernetesVersion,
    inputs: plan.inputs,
    diagnostics: plan.diagnostics,
    daemonSets: plan.daemonSets.map(toDaemonSet),
    otherObjects: plan.otherObjects.length,
  };
}

function toDaemonSet(set: DaemonSetPlan): DaemonSetAnswer {
  const { namespace, name, sentence, podsElsewhere, counts, merge, notJudged } = set;
  const rowOf = new Map(set.nodes.map((node, row) => [node.name, row]));
  const groupsOf: number[][] = set.nodes.map(() => []);
  const groups = set.reasonGroups.map((group, index) => {
    const rows = group.nodes.flatMap((node) => rowOf.get(node) ?? []);
    for (const row of rows) groupsOf[row]?.push(index);
    const { code, effect, rule, summary, change } = group;
    return { code, effect, rule, summary, change, rows: Uint32Array.from(rows) };
  });
  return {
    ...{ namespace, name, sentence, podsElsewhere, counts, merge, notJudged, groups },
    rows: {
      names: set.nodes.map((node) => node.name),
      pods: set.nodes.map((node) => node.pods.map((pod) => pod.name).join(", ")),
      actions: set.nodes.map((node) => node.action),
      outcomes: set.nodes.map((node) => node.created?.outcome),
      groups: groupsOf,
    },
  };
}
