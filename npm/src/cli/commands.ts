// Carries a request out: reads, asks the wasm, prints. Plans nothing itself.

import { setFlagsFromString } from "node:v8";

import { didYouMean } from "../nearest.js";
import { Cluster } from "../node.js";
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
      if (text !== undefined) return text;
      const nodes = cluster.plan().daemonSets.flatMap((set) => set.nodes.map((node) => node.name));
      throw new CliError(
        `there is no node ${JSON.stringify(request.node)} in the inputs${didYouMean(request.node, nodes)}`,
      );
    }
  }
}
