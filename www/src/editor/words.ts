// What the editor knows beyond the schema: values that a text may have, and what the fields that decide where pods
// come and stay are for, with the rule.

/** Values by the type of the text. */
export const VALUES: Readonly<Record<string, readonly string[]>> = {
  TaintEffect: ["NoSchedule", "PreferNoSchedule", "NoExecute"],
  TolerationOperator: ["Exists", "Equal"],
  NodeSelectorOperator: ["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"],
  LabelSelectorOperator: ["In", "NotIn", "Exists", "DoesNotExist"],
  DaemonSetUpdateStrategyType: ["RollingUpdate", "OnDelete"],
  PullPolicy: ["Always", "IfNotPresent", "Never"],
  PodPhase: ["Pending", "Running", "Succeeded", "Failed", "Unknown"],
  ConditionStatus: ['"True"', '"False"', "Unknown"],
  DNSPolicy: ["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"],
  Protocol: ["TCP", "UDP", "SCTP"],
};

export const KINDS = ["DaemonSet", "Node", "Pod", "Namespace"] as const;

/** By type and field. */
const MEANINGS: Readonly<Record<string, string>> = {
  "PodSpec.nodeSelector": "Labels that a node must have, every one with exactly this value (R-111).",
  "PodSpec.nodeName": "The pods go to this node only (R-101).",
  "PodSpec.affinity": "Only what is required of nodes decides; preferences do not (R-110, R-117).",
  "PodSpec.tolerations": "Taints that keep no pod away. The controller adds tolerations of its own (R-123, R-130).",
  "PodSpec.hostNetwork": "With true the pods tolerate node.kubernetes.io/network-unavailable as well (R-109).",
  "NodeAffinity.requiredDuringSchedulingIgnoredDuringExecution": "Terms; one that matches is enough (R-114).",
  "NodeAffinity.preferredDuringSchedulingIgnoredDuringExecution": "Decides nothing for a DaemonSet (R-117).",
  "NodeSelectorTerm.matchExpressions": "Requirements on labels; all must match (R-115).",
  "NodeSelectorTerm.matchFields": "Requirements on metadata.name, the only field that there is (R-116).",
  "Toleration.operator": "Equal asks for the same value, Exists for none; without one it is Equal (R-123).",
  "Toleration.effect": "Empty means every effect (R-123).",
  "Toleration.key": "Empty, with Exists, means every taint (R-124).",
  "Toleration.tolerationSeconds": "Makes no difference to where pods come and stay (R-125).",
  "NodeSpec.taints": "NoSchedule and NoExecute keep new pods away; NoExecute also takes those that are there (R-103).",
  "NodeSpec.unschedulable": "A cordon. The controller does not read it (R-105, R-106).",
  "NodeStatus.conditions": "The controller does not look at conditions; taints follow from them (R-105).",
  "DaemonSetSpec.selector": "Which pods are the DaemonSet’s. It must match the template’s labels.",
  "DaemonSetSpec.template": "What a pod looks like; where it may run is decided from its spec.",
  "DaemonSetSpec.updateStrategy": "How pods of an older template are replaced.",
  "DaemonSetSpec.minReadySeconds": "Seconds that a new pod must be ready before it counts as available.",
};

export function meaningOf(type: string, field: string): string | undefined {
  const key = `${type}.${field}`;
  return Object.hasOwn(MEANINGS, key) ? MEANINGS[key] : undefined;
}
