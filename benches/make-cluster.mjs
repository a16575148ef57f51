#!/usr/bin/env node
// Makes up a cluster and prints it the way kubectl prints one, for benchmarks and tests by hand.
//
//   node benches/make-cluster.mjs [--nodes 5000] [--seed 1] [--images 10] [--format yaml|json|table]
//                         [--pods | --daemonset] [--out FILE]
//
// Nodes are printed like `kubectl get nodes -o yaml`, `-o json` or `get nodes --show-labels`; with
// --pods the pods of one DaemonSet like `kubectl get pods -A -o yaml` (or json, or `-A -o wide`); with
// --daemonset that DaemonSet alone. The same options give the same bytes. Node names do not depend on
// --images or --format, so the outputs of several calls belong together.
//
// --images N means N/2 to N*3/2 images a node, at most 50 (kubelet's own limit).
import { createWriteStream } from "node:fs";
import { parseArgs } from "node:util";

const { values: opt } = parseArgs({
  options: {
    nodes: { type: "string", default: "5000" },
    seed: { type: "string", default: "1" },
    images: { type: "string", default: "10" },
    format: { type: "string", default: "yaml" },
    pods: { type: "boolean", default: false },
    daemonset: { type: "boolean", default: false },
    out: { type: "string" },
  },
});
const count = Number(opt.nodes);
const imagesPerNode = Number(opt.images);
if (!Number.isInteger(count) || !Number.isInteger(imagesPerNode)) throw new Error("--nodes and --images take integers");
if (!["yaml", "json", "table"].includes(opt.format)) throw new Error("--format is yaml, json or table");

// ---------------------------------------------------------------- chance

/** A small seeded generator (mulberry32), one a thing, so that options don't shift each other's draws. */
function chance(...seed) {
  let a = 0x9e3779b9;
  for (const c of seed.join("/")) a = Math.imul(a ^ c.codePointAt(0), 0x01000193) >>> 0;
  const next = () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (lo, hi) => lo + Math.floor(next() * (hi - lo + 1));
  const hex = (n) => Array.from({ length: n }, () => int(0, 15).toString(16)).join("");
  return {
    int,
    hex,
    yes: (p) => next() < p,
    pick: (list) => list[int(0, list.length - 1)],
    word: (n) => Array.from({ length: n }, () => "bcdfghjklmnpqrstvwxz2456789"[int(0, 26)]).join(""),
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
    time: (days) => new Date(Date.UTC(2026, 0, 1) + int(0, days * 86400) * 1000).toISOString().replace(".000", ""),
  };
}

// ---------------------------------------------------------------- nodes

const POOLS = [
  // [share, name, roles, instance type, cores, GiB, extra]
  [0.02, "infra", ["infra"], "m6i.2xlarge", 8, 32, { taint: "node-role.kubernetes.io/infra" }],
  [0.08, "gpu-a10", ["worker"], "g5.4xlarge", 16, 64, { gpu: 1, taint: "nvidia.com/gpu" }],
  [0.15, "arm", ["worker"], "m7g.4xlarge", 16, 64, { arch: "arm64" }],
  [0.2, "spot", ["worker"], "c6i.4xlarge", 16, 32, { spot: true }],
  [1, "general", ["worker"], "m6i.4xlarge", 16, 64, {}],
];
const REGION = "eu-central-1";
const IMAGES = [
  "ingest/collector",
  "payments/api",
  "search/indexer",
  "web/storefront",
  "platform/proxy",
  "ml/feature-server",
  "batch/runner",
  "observability/agent",
  "platform/dns-cache",
  "storage/csi-node",
];

function poolOf(i, c) {
  if (i < 3)
    return [
      0,
      "master",
      ["control-plane", "master"],
      "m6i.4xlarge",
      16,
      64,
      { taint: "node-role.kubernetes.io/control-plane" },
    ];
  let draw = c.int(0, 9999) / 10000;
  const found = POOLS.find(([share]) => {
    draw -= share;
    return draw < 0;
  });
  return found ?? POOLS.at(-1);
}

function makeNode(i) {
  const c = chance(opt.seed, "node", i);
  const [, pool, roles, type, cores, gib, extra] = poolOf(i, c);
  const ip = `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`;
  const name = `ip-${ip.replaceAll(".", "-")}.${REGION}.compute.internal`;
  const zone = REGION + c.pick(["a", "b", "c"]);
  const arch = extra.arch ?? "amd64";
  const instance = `i-0${c.hex(16)}`;
  const cordoned = c.yes(0.02);
  const ready = !c.yes(0.01);
  const born = c.time(200);
  const beat = c.time(0.003).replace("2026-01-01", "2026-11-20");
  const kubelet = c.yes(0.1) ? "v1.36.7" : "v1.37.2";

  const labels = {
    "beta.kubernetes.io/arch": arch,
    "beta.kubernetes.io/instance-type": type,
    "beta.kubernetes.io/os": "linux",
    "cluster.example.com/cost-center": String(c.int(1000, 9999)),
    "cluster.example.com/node-group": `${pool}-${zone.at(-1)}`,
    "cluster.example.com/patch-wave": `wave-${c.int(1, 4)}`,
    "failure-domain.beta.kubernetes.io/region": REGION,
    "failure-domain.beta.kubernetes.io/zone": zone,
    "feature.node.kubernetes.io/cpu-model.vendor_id": arch === "arm64" ? "ARM" : "Intel",
    "feature.node.kubernetes.io/kernel-version.major": "6",
    "feature.node.kubernetes.io/pci-1d0f.present": "true",
    "feature.node.kubernetes.io/system-os_release.ID": "rhcos",
    "kubernetes.io/arch": arch,
    "kubernetes.io/hostname": name,
    "kubernetes.io/os": "linux",
    "machine.example.com/capacity-type": extra.spot ? "spot" : "on-demand",
    "machine.example.com/generation": String(c.int(3, 9)),
    "machine.example.com/id": instance,
    "node.kubernetes.io/instance-type": type,
    "node.openshift.io/os_id": "rhcos",
    "topology.ebs.csi.aws.com/zone": zone,
    "topology.kubernetes.io/region": REGION,
    "topology.kubernetes.io/zone": zone,
  };
  for (const role of roles) labels[`node-role.kubernetes.io/${role}`] = "";
  if (extra.gpu) labels["nvidia.com/gpu.present"] = "true";
  if (c.yes(0.3)) labels["storage.example.com/local-ssd"] = c.pick(["nvme", "none"]);

  const taints = [];
  const taint = (key, effect, value) => taints.push({ effect, key, ...(value && { value }) });
  if (extra.taint) taint(extra.taint, "NoSchedule", extra.gpu ? "present" : undefined);
  if (extra.spot && c.yes(0.5)) taint("machine.example.com/spot", "PreferNoSchedule", "true");
  if (c.yes(0.01)) taint("maintenance.example.com/planned", "NoExecute", "disk-swap");
  if (cordoned) taints.push({ effect: "NoSchedule", key: "node.kubernetes.io/unschedulable", timeAdded: beat });
  if (!ready)
    for (const effect of ["NoSchedule", "NoExecute"])
      taints.push({ effect, key: "node.kubernetes.io/unreachable", timeAdded: beat });

  const condition = (type, status, reason, message) => ({
    lastHeartbeatTime: beat,
    lastTransitionTime: ready ? born : beat,
    message,
    reason,
    status,
    type,
  });
  const gone = (type) => condition(type, "Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status.");
  const fine = (type, has) =>
    ready ? condition(type, "False", `KubeletHas${has[0]}`, `kubelet has ${has[1]} available`) : gone(type);
  const conditions = [
    fine("MemoryPressure", ["SufficientMemory", "sufficient memory"]),
    fine("DiskPressure", [
      "NoDiskPressure",
      "no disk pressure and enough inodes, last garbage collection of images freed nothing since nothing was",
    ]),
    fine("PIDPressure", ["SufficientPID", "sufficient PID"]),
    ready ? condition("Ready", "True", "KubeletReady", "kubelet is posting ready status") : gone("Ready"),
  ];
  if (c.yes(0.5))
    conditions.unshift(condition("NetworkUnavailable", "False", "RouteCreated", "RouteController created a route"));
  if (c.yes(0.5))
    conditions.push(condition("KernelDeadlock", "False", "KernelHasNoDeadlock", "kernel has no deadlock"));

  const extended = extra.gpu ? { "nvidia.com/gpu": String(extra.gpu) } : {};
  const memory = gib * 1048576 - c.int(300000, 500000);
  const resources = (cpu, disk, mem) => ({
    cpu,
    "ephemeral-storage": disk,
    "hugepages-1Gi": "0",
    "hugepages-2Mi": "0",
    memory: `${mem}Ki`,
    ...extended,
    pods: "250",
  });

  const images = [];
  if (imagesPerNode > 0) {
    const n = Math.min(50, c.int(Math.ceil(imagesPerNode / 2), Math.floor((imagesPerNode * 3) / 2)));
    for (let k = 0; k < n; k++) {
      const repo = `registry.example.com/${IMAGES[k % IMAGES.length]}`;
      const names = [`${repo}@sha256:${c.hex(64)}`];
      if (c.yes(0.8)) names.push(`${repo}:v${c.int(0, 9)}.${c.int(0, 30)}.${c.int(0, 9)}`);
      images.push({ names, sizeBytes: c.int(4_000_000, 900_000_000) });
    }
  }

  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      annotations: {
        "csi.volume.kubernetes.io/nodeid": `{"ebs.csi.aws.com":"${instance}"}`,
        "node.alpha.kubernetes.io/ttl": "0",
        "volumes.kubernetes.io/controller-managed-attach-detach": "true",
      },
      creationTimestamp: born,
      labels,
      name,
      resourceVersion: String(c.int(10_000_000, 99_999_999)),
      uid: c.uuid(),
    },
    spec: {
      podCIDR: `100.64.${i & 255}.0/24`,
      podCIDRs: [`100.64.${i & 255}.0/24`],
      providerID: `aws:///${zone}/${instance}`,
      ...(taints.length && { taints }),
      ...(cordoned && { unschedulable: true }),
    },
    status: {
      addresses: [
        { address: ip, type: "InternalIP" },
        { address: name, type: "InternalDNS" },
        { address: name, type: "Hostname" },
      ],
      allocatable: resources(`${cores * 1000 - 500}m`, "114381692328", memory - 1_150_000),
      capacity: resources(String(cores), "125238252Ki", memory),
      conditions,
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      ...(images.length && { images }),
      nodeInfo: {
        architecture: arch,
        bootID: c.uuid(),
        containerRuntimeVersion: "cri-o://1.37.1",
        kernelVersion: `6.12.0-211.9.1.el10_2.${arch === "arm64" ? "aarch64" : "x86_64"}`,
        kubeProxyVersion: "",
        kubeletVersion: kubelet,
        machineID: c.hex(32),
        operatingSystem: "linux",
        osImage: "Red Hat Enterprise Linux CoreOS 10.2.20261103-0 (Plow)",
        systemUUID: c.uuid(),
      },
      runtimeHandlers: [
        { features: { recursiveReadOnlyMounts: true, userNamespaces: true }, name: "crun" },
        { features: { recursiveReadOnlyMounts: true, userNamespaces: true }, name: "" },
      ],
    },
  };
}

// ---------------------------------------------------------------- the DaemonSet and its pods

const HASH = ["6d4b75cb6d", "7f9c8d5b4f"]; // current and previous revision
const DAEMON_UID = "5a0c7e52-3f1b-4c9e-a4d7-0f6d2b9c8e11";
const AUTOMATIC = [
  ["not-ready", "NoExecute"],
  ["unreachable", "NoExecute"],
  ["disk-pressure", "NoSchedule"],
  ["memory-pressure", "NoSchedule"],
  ["pid-pressure", "NoSchedule"],
  ["unschedulable", "NoSchedule"],
].map(([key, effect]) => ({ effect, key: `node.kubernetes.io/${key}`, operator: "Exists" }));

const container = (image) => ({
  args: ["--config=/etc/agent/config.yaml"],
  env: [{ name: "NODE_NAME", valueFrom: { fieldRef: { apiVersion: "v1", fieldPath: "spec.nodeName" } } }],
  image,
  imagePullPolicy: "IfNotPresent",
  name: "agent",
  ports: [{ containerPort: 9100, hostPort: 9100, name: "metrics", protocol: "TCP" }],
  resources: { limits: { memory: "256Mi" }, requests: { cpu: "100m", memory: "128Mi" } },
  terminationMessagePath: "/dev/termination-log",
  terminationMessagePolicy: "File",
});
const TAIL = {
  dnsPolicy: "ClusterFirst",
  restartPolicy: "Always",
  schedulerName: "default-scheduler",
  securityContext: {},
  terminationGracePeriodSeconds: 30,
};

const daemonSet = () => ({
  apiVersion: "apps/v1",
  kind: "DaemonSet",
  metadata: {
    annotations: { "deprecated.daemonset.template.generation": "7" },
    labels: { app: "agent" },
    name: "agent",
    namespace: "observability",
    uid: DAEMON_UID,
  },
  spec: {
    revisionHistoryLimit: 10,
    selector: { matchLabels: { app: "agent" } },
    template: {
      metadata: { labels: { app: "agent" } },
      spec: {
        containers: [container("registry.example.com/observability/agent:v2.4.1")],
        nodeSelector: { "kubernetes.io/os": "linux" },
        ...TAIL,
        tolerations: [{ effect: "NoSchedule", operator: "Exists" }],
      },
    },
    updateStrategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 }, type: "RollingUpdate" },
  },
});

function makePod(i, node) {
  const c = chance(opt.seed, "pod", i);
  const old = c.yes(0.2);
  const image = `registry.example.com/observability/agent:v2.4.${old ? 0 : 1}`;
  const ready = node.status.conditions.some((x) => x.type === "Ready" && x.status === "True");
  const started = `${c.time(100).replace("2026-0", "2026-1").slice(0, 5)}10${c.time(20).slice(7)}`;
  const condition = (type, status) => ({
    lastProbeTime: null,
    lastTransitionTime: started,
    observedGeneration: 1,
    status,
    type,
  });
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      creationTimestamp: started,
      generateName: "agent-",
      generation: 1,
      labels: {
        app: "agent",
        "controller-revision-hash": HASH[old ? 1 : 0],
        "pod-template-generation": old ? "6" : "7",
      },
      name: `agent-${c.word(5)}`,
      namespace: "observability",
      ownerReferences: [
        {
          apiVersion: "apps/v1",
          blockOwnerDeletion: true,
          controller: true,
          kind: "DaemonSet",
          name: "agent",
          uid: DAEMON_UID,
        },
      ],
      resourceVersion: String(c.int(10_000_000, 99_999_999)),
      uid: c.uuid(),
    },
    spec: {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              { matchFields: [{ key: "metadata.name", operator: "In", values: [node.metadata.name] }] },
            ],
          },
        },
      },
      containers: [
        {
          ...container(image),
          volumeMounts: [
            {
              mountPath: "/var/run/secrets/kubernetes.io/serviceaccount",
              name: "kube-api-access-x7k2p",
              readOnly: true,
            },
          ],
        },
      ],
      ...TAIL,
      enableServiceLinks: true,
      nodeName: node.metadata.name,
      nodeSelector: { "kubernetes.io/os": "linux" },
      preemptionPolicy: "PreemptLowerPriority",
      priority: 0,
      serviceAccount: "default",
      serviceAccountName: "default",
      tolerations: [{ effect: "NoSchedule", operator: "Exists" }, ...AUTOMATIC],
      volumes: [
        {
          name: "kube-api-access-x7k2p",
          projected: {
            defaultMode: 420,
            sources: [
              { serviceAccountToken: { expirationSeconds: 3607, path: "token" } },
              { configMap: { items: [{ key: "ca.crt", path: "ca.crt" }], name: "kube-root-ca.crt" } },
            ],
          },
        },
      ],
    },
    status: {
      conditions: [
        condition("PodReadyToStartContainers", "True"),
        condition("Initialized", "True"),
        condition("Ready", ready ? "True" : "False"),
        condition("ContainersReady", "True"),
        condition("PodScheduled", "True"),
      ],
      containerStatuses: [
        {
          containerID: `cri-o://${c.hex(64)}`,
          image,
          imageID: `registry.example.com/observability/agent@sha256:${c.hex(64)}`,
          lastState: {},
          name: "agent",
          ready: true,
          restartCount: c.yes(0.05) ? c.int(1, 9) : 0,
          started: true,
          state: { running: { startedAt: started } },
        },
      ],
      hostIP: node.status.addresses[0].address,
      hostIPs: [{ ip: node.status.addresses[0].address }],
      observedGeneration: 1,
      phase: "Running",
      podIP: `100.64.${i & 255}.${c.int(2, 250)}`,
      qosClass: "Burstable",
      startTime: started,
    },
  };
}
const tolerated = (node) =>
  !(node.spec.taints ?? []).some((t) => t.effect === "NoExecute" && !t.key.startsWith("node.kubernetes.io/"));

// ---------------------------------------------------------------- printing

const sorted = (o) => Object.keys(o).sort();
const sortDeep = (v) =>
  Array.isArray(v)
    ? v.map(sortDeep)
    : v && typeof v === "object"
      ? Object.fromEntries(sorted(v).map((k) => [k, sortDeep(v[k])]))
      : v;

const NOT_A_STRING =
  /^([-+]?(\d[\d_]*\.?\d*|\.\d+)(e[-+]?\d+)?|0[xo][\da-fA-F]+|true|false|yes|no|on|off|y|n|null|~|\d{4}-\d\d-\d\dT[\d:]+Z)$/i;
const NEEDS_QUOTES = /^[\s&*|<>=!%@`{}[\],#'"]|^[-?]( |$)|: |:$| #|^$/;

/** One scalar, as the Go YAML library prints it: plain where it can be, lines broken after column 80. */
function scalar(v, indent, column) {
  if (typeof v !== "string") return String(v);
  if (v === "" || NOT_A_STRING.test(v)) return JSON.stringify(v);
  const quoted = NEEDS_QUOTES.test(v);
  let out = "",
    col = column + (quoted ? 1 : 0);
  for (const ch of quoted ? v.replaceAll("'", "''") : v) {
    if (ch === " " && col > 80) {
      out += `\n${" ".repeat(indent)}`;
      col = indent;
    } else {
      out += ch;
      col++;
    }
  }
  return quoted ? `'${out}'` : out;
}

/** A block mapping or sequence; `first` is written in place of the first line's indentation. */
function yaml(v, indent, first = " ".repeat(indent)) {
  const pad = " ".repeat(indent);
  let out = "",
    lead = first;
  if (Array.isArray(v)) {
    for (const item of v) {
      out +=
        item && typeof item === "object"
          ? yaml(item, indent + 2, `${lead}- `)
          : `${lead}- ${scalar(item, indent + 2, indent + 2)}\n`;
      lead = pad;
    }
    return out;
  }
  for (const key of sorted(v)) {
    const item = v[key];
    const isEmpty = item && typeof item === "object" && Object.keys(item).length === 0;
    if (isEmpty) out += `${lead}${key}: ${Array.isArray(item) ? "[]" : "{}"}\n`;
    else if (item && typeof item === "object")
      out += `${lead}${key}:\n${yaml(item, Array.isArray(item) ? indent : indent + 2)}`;
    else out += `${lead}${key}: ${scalar(item, indent + 2, indent + key.length + 2)}\n`;
    lead = pad;
  }
  return out;
}

const HEAD = { yaml: "apiVersion: v1\nitems:\n", json: '{\n    "apiVersion": "v1",\n    "items": [\n', table: "" };
const TAIL_TEXT = {
  yaml: 'kind: List\nmetadata:\n  resourceVersion: ""\n',
  json: '\n    ],\n    "kind": "List",\n    "metadata": {\n        "resourceVersion": ""\n    }\n}\n',
  table: "",
};

function days(time) {
  return `${Math.floor((Date.UTC(2026, 10, 24) - Date.parse(time)) / 86400000)}d`;
}

function nodeRow({ metadata: m, spec, status }) {
  const ready = status.conditions.find((x) => x.type === "Ready").status === "True" ? "Ready" : "NotReady";
  const roles = sorted(m.labels)
    .filter((k) => k.startsWith("node-role.kubernetes.io/"))
    .map((k) => k.split("/")[1])
    .join(",");
  return [
    m.name,
    ready + (spec.unschedulable ? ",SchedulingDisabled" : ""),
    roles || "<none>",
    days(m.creationTimestamp),
    status.nodeInfo.kubeletVersion,
    sorted(m.labels)
      .map((k) => `${k}=${m.labels[k]}`)
      .join(","),
  ];
}
function podRow({ metadata: m, spec, status }) {
  return [
    m.namespace,
    m.name,
    "1/1",
    status.phase,
    String(status.containerStatuses[0].restartCount),
    days(m.creationTimestamp),
    status.podIP,
    spec.nodeName,
    "<none>",
    "<none>",
  ];
}
function table(header, rows) {
  const width = header.map((h, k) => Math.max(h.length, ...rows.slice(0, 50_000).map((r) => r[k].length)));
  return [header, ...rows].map(
    (r) => `${r.map((cell, k) => (k === r.length - 1 ? cell : cell.padEnd(width[k] + 3))).join("")}\n`,
  );
}

function* chunks() {
  if (opt.daemonset) {
    yield opt.format === "json" ? `${JSON.stringify(sortDeep(daemonSet()), null, 4)}\n` : yaml(daemonSet(), 0);
    return;
  }
  const rows = [];
  let some = false;
  yield HEAD[opt.format];
  for (let i = 0; i < count; i++) {
    const node = makeNode(i);
    if (opt.pods && !tolerated(node)) continue;
    const item = opt.pods ? makePod(i, node) : node;
    if (opt.format === "table") rows.push(opt.pods ? podRow(item) : nodeRow(item));
    else if (opt.format === "yaml") yield yaml(item, 2, "- ");
    else yield (some ? ",\n" : "") + JSON.stringify(sortDeep(item), null, 4).replace(/^/gm, "        ");
    some = true;
  }
  if (rows.length)
    yield* table(
      opt.pods
        ? ["NAMESPACE", "NAME", "READY", "STATUS", "RESTARTS", "AGE", "IP", "NODE", "NOMINATED NODE", "READINESS GATES"]
        : ["NAME", "STATUS", "ROLES", "AGE", "VERSION", "LABELS"],
      rows,
    );
  yield TAIL_TEXT[opt.format];
}

const out = opt.out ? createWriteStream(opt.out) : process.stdout;
let batch = "";
for (const piece of chunks()) {
  batch += piece;
  if (batch.length < 1 << 20) continue;
  if (!out.write(batch)) await new Promise((resolve) => out.once("drain", resolve));
  batch = "";
}
out.write(batch);
if (opt.out) out.end();
