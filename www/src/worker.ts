// Owns the module. One request after the other; input problems are in the answer, so whatever is thrown here
// means that the module has stopped and must be started anew.

/// <reference lib="webworker" />

import type { DaemonSetPlan, Plan } from "../../pkg/daemonset_planner.js";
import init, { Cluster, kubernetesVersion, version } from "../../pkg/daemonset_planner.js";
import { buffersOf, toAnswer, toLabels } from "./answer.js";
import type { Labels, NodeAnswer, Reply, Request, Texts } from "./protocol.js";

const scope = self as unknown as DedicatedWorkerGlobalScope;
const encoder = new TextEncoder();
/** Values of one label that are offered in an editor. */
const MOST_VALUES = 100;

const cluster = init({ module_or_path: new URL("planner.wasm", scope.location.href) }).then(() => {
  send({ kind: "ready", version: version(), kubernetesVersion: kubernetesVersion() });
  return new Cluster();
});
let last: Plan | undefined;

scope.addEventListener("message", async ({ data }: MessageEvent<Request>) => {
  try {
    answer(await cluster, data, data.kind === "plan" ? await bytesOf(data.texts) : []);
  } catch (error) {
    send({ kind: "stopped", id: data.id, message: error instanceof Error ? error.message : String(error) });
  }
});

/** The bytes of the inputs that are set; none for one that is taken away. */
function bytesOf(texts: Texts): Promise<[string, Uint8Array | undefined][]> {
  return Promise.all(
    Object.entries(texts).map(async ([name, text]) => {
      if (text === null) return [name, undefined];
      return [name, typeof text === "string" ? encoder.encode(text) : new Uint8Array(await text.arrayBuffer())];
    }),
  );
}

function answer(cluster: Cluster, request: Request, inputs: [string, Uint8Array | undefined][]): void {
  switch (request.kind) {
    case "plan": {
      const start = performance.now();
      for (const [name, bytes] of inputs) {
        if (bytes) cluster.set(name, bytes);
        else cluster.remove(name);
      }
      cluster.setPlatform(request.platform);
      cluster.setSettings(request.settings);
      last = cluster.plan();
      const answer = toAnswer(last, labelsOf(cluster, request.groupBy), cluster.nodeLines());
      const milliseconds = performance.now() - start;
      send({ kind: "plan", id: request.id, answer, milliseconds }, buffersOf(answer) as ArrayBuffer[]);
      return;
    }
    case "node":
      send({ kind: "node", id: request.id, node: nodeOf(last?.daemonSets[request.daemonSet], request.node) });
      return;
    case "labels": {
      const labels = cluster.labelKeys().map((key): [string, string[]] => [key, valuesOf(cluster.labelColumn(key))]);
      send({ kind: "labels", id: request.id, labels: Object.fromEntries(labels) });
      return;
    }
    case "pod": {
      const set = last?.daemonSets[request.daemonSet];
      const pods = cluster.pods(set?.nodes[request.node]?.name ?? "") ?? [];
      const pod = pods.find(({ namespace, daemonSet }) => namespace === set?.namespace && daemonSet === set.name);
      send({ kind: "pod", id: request.id, pod });
      return;
    }
    case "trap":
      if (TEST_BUILD) trap();
  }
}

/** The first values of a label; more are no help to who chooses one. */
function valuesOf(column: (string | undefined)[]): string[] {
  return [...new Set(column)].filter((value) => value !== undefined).slice(0, MOST_VALUES);
}

/** Everything about a node, with the pods on it that are let go. */
function nodeOf(set: DaemonSetPlan | undefined, index: number): NodeAnswer | undefined {
  const node = set?.nodes[index];
  const released = set?.podsElsewhere.filter((pod) => pod.ownership === "released" && pod.node === node?.name);
  return node && { ...node, released: released ?? [] };
}

/** Groups by the label that was asked for, while there is such a one. */
function labelsOf(cluster: Cluster, groupBy: string | undefined): Labels {
  const keys = cluster.labelKeys();
  const key = groupBy !== undefined && keys.includes(groupBy) ? groupBy : undefined;
  return toLabels(keys, key, key === undefined ? [] : cluster.labelColumn(key));
}

/** Runs a module whose start function is `unreachable`: a real trap. */
function trap(): void {
  const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 8, 1, 0, 10, 5, 1, 3, 0, 0, 11];
  new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes)));
}

function send(reply: Reply, buffers: ArrayBuffer[] = []): void {
  scope.postMessage(reply, buffers);
}
