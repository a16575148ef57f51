// The rounds of benches/eligibility.rs as wasm, in Node: builds them with the profile of the release, optimises them
// as the package is optimised, and holds the watch. `node benches/eligibility.mjs`, after `make build`.

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROUNDS = 101;

const root = fileURLToPath(new URL("../", import.meta.url));
const out = join(root, ".cache/bench/eligibility");

const built = run("cargo", [
  ...["build", "--quiet", "--release", "--target", "wasm32-unknown-unknown", "--bench", "eligibility"],
  ...["--message-format", "json"],
]);
const file = built
  .split("\n")
  .filter((line) => line.startsWith("{"))
  .map((line) => JSON.parse(line))
  .filter(({ reason, target }) => reason === "compiler-artifact" && target.kind.includes("bench"))
  .flatMap(({ filenames }) => filenames)
  .find((name) => name.endsWith(".wasm"));
run("wasm-bindgen", ["--target", "nodejs", "--out-dir", out, "--out-name", "eligibility", file]);
writeFileSync(join(out, "package.json"), '{ "type": "commonjs" }\n');
const wasm = join(out, "eligibility_bg.wasm");
run(join(root, "node_modules/.bin/wasm-opt"), ["-O3", wasm, "-o", wasm]);

const glue = await import(pathToFileURL(join(out, "eligibility.js")));
const rounds = new glue.default.Rounds();
for (const [number, name] of rounds.cases().entries()) {
  const times = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    rounds.run(number);
    times.push(((performance.now() - start) * 1e6) / rounds.nodes());
  }
  const median = times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)];
  console.log(`eligibility, wasm:   ${name.padEnd(32)} ${median.toFixed(1).padStart(6)} ns a node`);
}
console.log(`eligibility, wasm:   medians of ${ROUNDS} rounds over ${rounds.nodes()} nodes, in Node`);

function run(program, args) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  if (status !== 0) throw new Error(`${program} exited with ${status}: ${error ?? stderr}`);
  return stdout;
}
