// One sync with nothing to do, of 5,000 nodes with their pods, from scratch: the verdicts, the index and the sync,
// natively and as wasm, against the real controller in the same run. `node benches/sync.mjs`. Processor time a node;
// the sides take turns, and of each the least counts. Without Go, or with SYNC_GO=0, ours stands alone.

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const NODES = 5_000;
const TURNS = 3;
const GOAL = 50;
/** Fewer times quicker than the real controller is a failure. */
const LIMIT = 20;
const PARTS = ["judge", "index", "sync", "all"];
const STRATEGIES = ["OnDelete", "RollingUpdate"];

const root = fileURLToPath(new URL("../", import.meta.url));
const out = join(root, ".cache/bench/sync");
mkdirSync(out, { recursive: true });

const native = executable(["bench", "--quiet", "--no-run"], (name) => !name.endsWith(".wasm"));
const wasm = await wasmRounds();
const controller = realController();

/** By strategy and side: the least time of each part. */
const least = {};
for (let turn = 0; turn < TURNS; turn++) {
  for (const line of run(native, [String(NODES)]).split("\n")) {
    const [nodes, strategy, ...times] = line.trim().split(/\s+/);
    if (Number(nodes) === NODES) keep(strategy, "native", times.map(Number));
  }
  for (const [number, strategy] of STRATEGIES.entries()) {
    keep(
      strategy,
      "wasm",
      PARTS.map((_, part) => measure(() => wasm.run(part, number))),
    );
  }
  if (controller) {
    for (const line of run(controller, ["-nodes", String(NODES)])
      .trim()
      .split("\n")) {
      const [strategy, time] = line.split(" ");
      keep(strategy, "go", [Number(time)]);
    }
  }
}

console.log(`sync of ${NODES} nodes with nothing to do: ns a node, processor time, the least of ${TURNS} turns`);
console.log(row("", "", PARTS));
let failed = false;
for (const strategy of STRATEGIES) {
  const { go, ...ours } = least[strategy];
  if (go) console.log(row(strategy, "Kubernetes 1.37.2", ["", "", "", go[0].toFixed(0)]));
  for (const [side, times] of Object.entries(ours)) {
    const ratio = go && go[0] / times.at(-1);
    const shown = times.map((time) => time.toFixed(0));
    console.log(row(strategy, side, shown) + (ratio ? `   ${ratio.toFixed(1)} times less` : ""));
    failed ||= side === "native" && ratio < LIMIT;
  }
}
if (controller) console.log(`goal, native: ${GOAL} times less; at least ${LIMIT}`);
if (failed) {
  console.error("sync, native: too slow");
  process.exit(1);
}

function row(strategy, side, cells) {
  return strategy.padEnd(14) + side.padEnd(18) + cells.map((cell) => cell.padStart(8)).join("");
}

function keep(strategy, side, times) {
  least[strategy] ??= {};
  const before = least[strategy][side];
  least[strategy][side] = before ? times.map((time, part) => Math.min(time, before[part])) : times;
}

/** The least processor time of five runs, in nanoseconds a node. */
function measure(round) {
  const spend = (rounds) => {
    const before = process.cpuUsage();
    for (let done = 0; done < rounds; done++) round();
    const { user, system } = process.cpuUsage(before);
    return (user + system) * 1e3;
  };
  let rounds = 1;
  while (spend(rounds) < 50e6) rounds *= 2;
  return Math.min(...Array.from({ length: 5 }, () => spend(rounds))) / rounds / NODES;
}

async function wasmRounds() {
  const file = executable(["build", "--quiet", "--release", "--target", "wasm32-unknown-unknown"], (name) =>
    name.endsWith(".wasm"),
  );
  run("wasm-bindgen", ["--target", "nodejs", "--out-dir", out, "--out-name", "sync", file]);
  writeFileSync(join(out, "package.json"), '{ "type": "commonjs" }\n');
  const optimised = join(out, "sync_bg.wasm");
  run(join(root, "node_modules/.bin/wasm-opt"), ["-O3", optimised, "-o", optimised]);
  const { Rounds } = (await import(pathToFileURL(join(out, "sync.js")))).default;
  return new Rounds(NODES);
}

/** The program that measures the real controller; nothing, and why, where it cannot be had. */
function realController() {
  if (process.env.SYNC_GO === "0") {
    console.log("the real controller is not measured: SYNC_GO=0");
    return undefined;
  }
  if (spawnSync("go", ["version"]).status !== 0) {
    console.log("the real controller is not measured: it needs Go");
    return undefined;
  }
  const program = join(out, "controller");
  const { status, stderr } = spawnSync("go", ["build", "-o", program, "."], {
    cwd: join(root, "benches/controller"),
    encoding: "utf8",
  });
  if (status === 0) return program;
  console.log(`the real controller is not measured: it was not built\n${stderr}`);
  return undefined;
}

function executable(cargo, isIt) {
  const built = run("cargo", [...cargo, "--bench", "sync", "--message-format", "json"]);
  return built
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line))
    .filter(({ reason, target }) => reason === "compiler-artifact" && target.name === "sync")
    .flatMap(({ filenames, executable }) => (executable ? [executable] : filenames))
    .find(isIt);
}

function run(program, args) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  if (status !== 0) throw new Error(`${program} exited with ${status}: ${error ?? stderr}`);
  return stdout;
}
