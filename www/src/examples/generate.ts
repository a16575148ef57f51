// A cluster of many nodes, made in the page, the same every time: three regions of two zones, pools with labels and
// taints, some nodes cordoned or out of reach, and pods of the DaemonSet on most of those that were there first.

export const UID = "3b1f7c52-0d5b-4a55-8c1e-1a2b3c4d5e6f";

export const FLEET_DAEMON_SET = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: fleet-agent
  namespace: fleet
  uid: ${UID}
  generation: 1
  annotations:
    deprecated.daemonset.template.generation: "1"
spec:
  selector:
    matchLabels:
      app: fleet-agent
  template:
    metadata:
      labels:
        app: fleet-agent
    spec:
      nodeSelector:
        kubernetes.io/os: linux
      tolerations:
      - key: dedicated
        operator: Equal
        value: batch
        effect: NoSchedule
      containers:
      - name: agent
        image: registry.example.com/fleet-agent:3.2
`;

const REGIONS = ["east", "north", "west"];

interface Pool {
  name: string;
  /** Of 100 nodes. */
  share: number;
  os: string;
  taints: string[];
}

const POOLS: readonly Pool[] = [
  { name: "general", share: 62, os: "linux", taints: [] },
  { name: "batch", share: 16, os: "linux", taints: ["dedicated=batch:NoSchedule"] },
  { name: "gpu", share: 9, os: "linux", taints: ["gpu=true:NoSchedule"] },
  { name: "edge", share: 7, os: "linux", taints: ["edge=true:NoExecute"] },
  { name: "windows", share: 4, os: "windows", taints: ["os=windows:NoSchedule"] },
  { name: "control-plane", share: 2, os: "linux", taints: ["node-role.kubernetes.io/control-plane:NoSchedule"] },
];

/** @param count nodes */
export function fleet(count: number): string {
  const next = numbers(7);
  const parts: string[] = [];
  for (let index = 0; index < count; index++) {
    const region = REGIONS[index % REGIONS.length] ?? "";
    const zone = `${region}-${(Math.floor(index / REGIONS.length) % 2) + 1}`;
    const pool = poolOf(next() % 100);
    const name = `${zone}-${pool.name}-${String(index).padStart(4, "0")}`;
    const luck = next() % 100;
    const taints = [...pool.taints];
    if (luck === 0) taints.push("node.kubernetes.io/unschedulable:NoSchedule");
    if (luck === 1) taints.push("node.kubernetes.io/unreachable:NoExecute");
    parts.push(node(name, { region, zone, pool, cordoned: luck === 0, taints }));
    if (next() % 100 < 70 && (pool.name === "general" || pool.name === "edge")) parts.push(pod(name, next()));
  }
  return parts.join("---\n");
}

/** A row of whole numbers below 2³¹, the same for the same start (Lehmer's). */
function numbers(start: number): () => number {
  let last = start;
  return () => {
    last = (last * 48_271) % 2_147_483_647;
    return last;
  };
}

function poolOf(percent: number): Pool {
  let rest = percent;
  for (const pool of POOLS) {
    if (rest < pool.share) return pool;
    rest -= pool.share;
  }
  return POOLS[0] as Pool;
}

function node(
  name: string,
  {
    region,
    zone,
    pool,
    cordoned,
    taints,
  }: { region: string; zone: string; pool: Pool; cordoned: boolean; taints: string[] },
): string {
  const spec = [
    ...(cordoned ? ["  unschedulable: true"] : []),
    ...(taints.length > 0 ? ["  taints:", ...taints.map((taint) => `  - ${taintOf(taint)}`)] : []),
  ];
  return `apiVersion: v1
kind: Node
metadata:
  name: ${name}
  labels:
    kubernetes.io/hostname: ${name}
    kubernetes.io/os: ${pool.os}
    pool: ${pool.name}
    topology.kubernetes.io/region: ${region}
    topology.kubernetes.io/zone: ${zone}
${spec.length > 0 ? `spec:\n${spec.join("\n")}\n` : ""}`;
}

/** `key=value:Effect` as YAML. */
function taintOf(text: string): string {
  const [pair = "", effect = ""] = text.split(":");
  const [key = "", value] = pair.split("=");
  return `{key: ${key}, ${value === undefined ? "" : `value: "${value}", `}effect: ${effect}}`;
}

function pod(nodeName: string, number: number): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: fleet-agent-${(number % 60_466_176).toString(36).padStart(5, "0")}
  namespace: fleet
  labels: {app: fleet-agent, pod-template-generation: "1"}
  ownerReferences:
  - {apiVersion: apps/v1, kind: DaemonSet, name: fleet-agent, uid: ${UID}, controller: true}
spec: {nodeName: ${nodeName}}
status: {phase: Running, conditions: [{type: Ready, status: "True"}]}
`;
}
