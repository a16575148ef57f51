// How long the command line takes to start, against Node itself: medians of paired runs, in turn.
// `node benches/start.mjs`; fails if planning takes more than twice as long as `node -e 0`.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const PAIRS = 15;
const LIMIT = 2;

const root = fileURLToPath(new URL("../", import.meta.url));
const cli = "npm/dist/cli.js";
const inputs = existsSync(`${root}examples/hello-daemonset`)
  ? ["-f", "examples/hello-daemonset"]
  : ["-f", "tests/plan-hash/inputs/daemonset.yaml", "-f", "tests/plan-hash/inputs/nodes.yaml"];

const programs = {
  "node -e 0": ["-e", "0"],
  "--help": [cli, "--help"],
  "plan of the example": [cli, "plan", ...inputs],
};

const times = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
for (const args of Object.values(programs)) time(args); // Brings the files into memory.
for (let pair = 0; pair < PAIRS; pair++) {
  for (const [name, args] of Object.entries(programs)) times[name].push(time(args));
}

const base = median(times["node -e 0"]);
let failed = false;
for (const [name, measured] of Object.entries(times)) {
  // Each run against the one of Node right beside it: what else the machine does cancels out.
  const ratio = median(measured.map((took, pair) => took / times["node -e 0"][pair]));
  failed ||= ratio > LIMIT;
  console.log(`start: ${name.padEnd(20)} ${median(measured).toFixed(1).padStart(6)} ms  ${ratio.toFixed(2)} x node`);
}
console.log(`start: median of ${PAIRS} paired runs; node -e 0 takes ${base.toFixed(1)} ms; at most ${LIMIT} x`);
if (failed) {
  console.error("start: too slow");
  process.exitCode = 1;
}

function time(args) {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
  const took = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0 && status !== 1) throw new Error(`node ${args.join(" ")} exited with ${status}: ${stderr}`);
  return took;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
