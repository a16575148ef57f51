// From text to plan for a cluster of 5,000 nodes, against readers that only read: js-yaml's `load` on YAML and
// `JSON.parse` on JSON. `node benches/plan.mjs [--nodes N]`, after `make build`.
//
// Each contender gets fresh processes of its own, in turn. "First" is the first call in a fresh process, which is
// what a person waits for: ours has the compiling of the wasm in it. "Steady" is the median of the calls after it.
// Ours takes bytes, as a file gives them, and ends with the plan as plain objects; the others take the text as a
// string that is ready, and end with the parsed objects. Fails if planning takes over twice as long as js-yaml.

import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const PROCESSES = 3;
const CALLS_AFTER = 5;
const LIMIT = 2;

const self = fileURLToPath(import.meta.url);
const root = fileURLToPath(new URL("../", import.meta.url));
const { values: opt } = parseArgs({
  options: { nodes: { type: "string", default: "5000" }, contender: { type: "string" }, input: { type: "string" } },
});

/** Each gives a call on the input's bytes and the DaemonSet's; what can be done before it is done before it. */
const CONTENDERS = {
  "js-yaml": async (nodes) => {
    const { load } = await import("js-yaml");
    const text = nodes.toString("utf8");
    return () => load(text).items.length;
  },
  "JSON.parse": async (nodes) => {
    const text = nodes.toString("utf8");
    return () => JSON.parse(text).items.length;
  },
  plan: async (nodes, daemonSet) => {
    const { plan } = await import("../npm/dist/node.mjs");
    return async () => {
      const answer = await plan({ daemonSet, nodes });
      return answer.daemonSets[0].nodes.length;
    };
  },
  columns: async (nodes, daemonSet) => {
    const { Cluster } = await import("../npm/dist/node.mjs");
    return async () => {
      const cluster = await Cluster.create();
      cluster.set("daemonSet", daemonSet);
      cluster.set("nodes", nodes);
      const { actions } = cluster.columns(0);
      cluster.free();
      return actions.length;
    };
  },
};

if (opt.contender) {
  console.log(JSON.stringify(await measure()));
} else {
  compare();
}

/** In a process of its own: the times of the first call and of those after it, in milliseconds. */
async function measure() {
  const call = await CONTENDERS[opt.contender](readFileSync(opt.input), readFileSync(made("daemonset.yaml")));
  const times = [];
  for (let n = 0; n <= CALLS_AFTER; n++) {
    const start = performance.now();
    const found = await call();
    times.push(performance.now() - start);
    if (found !== Number(opt.nodes)) throw new Error(`${opt.contender} found ${found} of ${opt.nodes} nodes`);
  }
  return { first: times[0], after: times.slice(1) };
}

function compare() {
  make("daemonset.yaml", ["--daemonset"]);
  let failed = false;
  for (const [format, reader] of [
    ["yaml", "js-yaml"],
    ["json", "JSON.parse"],
  ]) {
    const input = make(`nodes-${opt.nodes}.${format}`, ["--format", format]);
    const megabytes = (readFileSync(input).length / 1e6).toFixed(1);
    const figures = Object.fromEntries([reader, "plan", "columns"].map((name) => [name, { first: [], after: [] }]));
    for (let turn = 0; turn < PROCESSES; turn++) {
      for (const [name, figure] of Object.entries(figures)) {
        const { first, after } = inProcess(name, input);
        figure.first.push(first);
        figure.after.push(...after);
      }
    }
    const base = { first: median(figures[reader].first), steady: median(figures[reader].after) };
    for (const [name, figure] of Object.entries(figures)) {
      const first = median(figure.first);
      const steady = median(figure.after);
      const ratios = { first: first / base.first, steady: steady / base.steady };
      if (format === "yaml" && name !== reader) failed ||= Math.max(ratios.first, ratios.steady) > LIMIT;
      const shown = (ms, ratio) => `${ms.toFixed(0).padStart(6)} ms ${ratio.toFixed(2).padStart(6)} x`;
      console.log(
        `plan, ${format}, ${megabytes} MB: ${name.padEnd(10)}  first ${shown(first, ratios.first)}   ` +
          `steady ${shown(steady, ratios.steady)}`,
      );
    }
  }
  console.log(
    `plan: ${opt.nodes} nodes; medians of ${PROCESSES} fresh processes and ${CALLS_AFTER} calls after the first in ` +
      `each; x is against the reader alone; at most ${LIMIT} x js-yaml`,
  );
  if (failed) {
    console.error("plan: too slow");
    process.exitCode = 1;
  }
}

function inProcess(contender, input) {
  const args = ["--max-old-space-size=4096", self, "--nodes", opt.nodes, "--contender", contender, "--input", input];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1 << 20 });
  if (status !== 0) throw new Error(`${contender} exited with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

/** Where a made-up input lies. */
function made(name) {
  return join(root, ".cache/bench", name);
}

function make(name, args) {
  const out = made(name);
  mkdirSync(join(root, ".cache/bench"), { recursive: true });
  const maker = [join(root, "benches/make-cluster.mjs"), "--nodes", opt.nodes, "--seed", "1", ...args, "--out", out];
  const { status, stderr } = spawnSync(process.execPath, maker, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return out;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
