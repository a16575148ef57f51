// Carries a request out: reads, asks the wasm, prints. Plans nothing itself.

import { setFlagsFromString } from "node:v8";

import { didYouMean } from "../nearest.js";
import { Cluster } from "../node.js";
import type { PodPlan } from "../wasm/types.js";
import { CliError, EXIT, type Question, type Request } from "./arguments.js";
import { readFile, readInputs } from "./inputs.js";
import { print, printFindings } from "./output.js";

type Work = Exclude<Request, { command: "help" | "version" }>;

/**
 * Below so many bytes the engine's baseline code is quick enough. Its optimiser would start on the largest
 * functions all the same, and Node waits for it before it ends: three times as long as the whole plan takes.
 */
const LARGE = 8 << 20;

/** Plans and prints; the exit code. */
export function run(request: Work): number {
  const { cluster, names } = gather(request);
  const { objects, errors } = cluster.summary();
  printFindings(cluster.diagnosticsText());
  if (objects === 0) throw new CliError(`nothing usable was read from ${names.join(", ")}`);
  print(answer(request, cluster));
  return errors > 0 ? EXIT.findings : EXIT.planned;
}

function gather(question: Question): { cluster: Cluster; names: string[] } {
  const inputs = readInputs(question.files);
  const settings = { ...question.settings };
  if (question.podNodeSelectorConfigFile !== undefined) {
    settings.podNodeSelectorConfig = new TextDecoder().decode(readFile(question.podNodeSelectorConfigFile));
  }
  if (inputs.reduce((sum, { bytes }) => sum + bytes.length, 0) < LARGE) setFlagsFromString("--liftoff-only");
  const cluster = Cluster.createSync({ platform: question.platform, settings });
  if (question.now !== undefined) cluster.setNow(question.now);
  for (const { name, bytes } of inputs) cluster.set(name, bytes);
  return { cluster, names: inputs.map(({ name }) => name) };
}

function answer(request: Work, cluster: Cluster): string {
  switch (request.command) {
    case "plan":
      return cluster.report(request.output);
    case "merge":
      return cluster.merge();
    case "explain": {
      const text = cluster.explain(request.node);
      if (text === undefined) throw noNode(request.node, cluster);
      return text;
    }
    case "pod": {
      const pods = cluster.pods(request.node);
      if (pods === undefined) throw noNode(request.node, cluster);
      const wanted = pods.filter((pod) => request.daemonSet === undefined || isNamed(pod, request.daemonSet));
      if (wanted.length === 0) throw noPod(request.daemonSet, pods);
      return request.output === "json"
        ? `${JSON.stringify(wanted, undefined, 2)}\n`
        : wanted.map(({ yaml }) => yaml).join("---\n");
    }
  }
}

function isNamed({ namespace, daemonSet }: PodPlan, name: string): boolean {
  return name === daemonSet || name === `${namespace}/${daemonSet}`;
}

function noNode(node: string, cluster: Cluster): CliError {
  const nodes = cluster.plan().daemonSets.flatMap((set) => set.nodes.map(({ name }) => name));
  return new CliError(`there is no node ${JSON.stringify(node)} in the inputs${didYouMean(node, nodes)}`);
}

function noPod(name: string | undefined, pods: readonly PodPlan[]): CliError {
  if (name === undefined) return new CliError("no DaemonSet in the inputs decodes as the API server would decode it");
  const names = pods.map(({ namespace, daemonSet }) => `${namespace}/${daemonSet}`);
  return new CliError(`there is no DaemonSet ${JSON.stringify(name)} in the inputs${didYouMean(name, names)}`);
}
