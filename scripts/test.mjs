// Runs every suite, however the others end, and closes with one line: `N passed, N failed`.
// `test.mjs [SUITE...]` runs some of them. Called by `make test`, which has installed and built what is needed.

import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { argv, exit } from "node:process";
import { gzipSync } from "node:zlib";

const WASM = "npm/dist/daemonset_planner_bg.wasm";
/** The budget of the module, gzip. */
const WASM_LIMIT = 350_000;

/**
 * What `wasm-pack test` does, less its first step: it builds every file of tests/ for wasm, and most of them are
 * for native Rust.
 */
function wasmTest(name, test, env) {
  const args = ["test", "--target", "wasm32-unknown-unknown", "--test", test];
  return run(name, "cargo", args, cargoCounts, {
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: "wasm-bindgen-test-runner",
    // A browser that hangs is a failure, not a wait.
    WASM_BINDGEN_TEST_TIMEOUT: "120",
    ...env,
  });
}

/** Name, steps. A step that prints no counts of its own counts as one test. */
const SUITES = {
  checks: [
    run("format of Rust", "cargo", ["fmt", "--check"]),
    run("lints of Rust", "cargo", ["clippy", "--quiet", "--all-targets", "--all-features", "--", "-D", "warnings"]),
    run("lints of the wasm edge", "cargo", [
      ...["clippy", "--quiet", "--target", "wasm32-unknown-unknown", "--lib", "--test", "wasm_node"],
      ...["--test", "wasm_browser", "--", "-D", "warnings"],
    ]),
    run("dependencies", "cargo", ["deny", "--log-level", "error", "check", "bans", "licenses", "sources"]),
    run("format and lints of TypeScript", "npx", ["--no-install", "biome", "check", "."]),
    run("types of the package", "npx", ["--no-install", "tsc", "-p", "npm"]),
    ...(existsSync("www/tsconfig.json")
      ? [run("types of the page", "npx", ["--no-install", "tsc", "--noEmit", "-p", "www"])]
      : []),
    check("size of the wasm", wasmSize),
  ],
  rust: [run("Rust", "cargo", ["test", "--all-features", "--no-fail-fast"], cargoCounts)],
  conformance: existsSync("tests/conformance.rs")
    ? [run("conformance", "cargo", ["test", "--release", "--test", "conformance", "--", "--nocapture"], familyCounts)]
    : [],
  wasm: [
    wasmTest("wasm in Node", "wasm_node", { WASM_BINDGEN_TEST_ONLY_NODE: "1" }),
    wasmTest("wasm in Chromium", "wasm_browser", { WASM_BINDGEN_TEST_ONLY_WEB: "1", CHROMEDRIVER: "chromedriver" }),
  ],
  package: [nodeTests("package and command line", "tests/npm")],
  page: existsSync("tests/page") ? [nodeTests("page", "tests/page")] : [],
};

const wanted = argv.slice(2);
const unknown = wanted.find((name) => !(name in SUITES));
if (unknown !== undefined) {
  console.error(`there is no suite ${unknown}; there are ${Object.keys(SUITES).join(", ")}`);
  exit(2);
}

const results = [];
for (const [suite, steps] of Object.entries(SUITES)) {
  if (wanted.length > 0 && !wanted.includes(suite)) continue;
  for (const step of steps) {
    console.log(`\n=== ${step.name}`);
    const start = performance.now();
    const result = await step.work();
    results.push({ name: step.name, ...result, seconds: (performance.now() - start) / 1000 });
  }
}

console.log("\n=== Summary");
for (const { name, passed, failed, seconds } of results) {
  const verdict = failed > 0 ? "FAILED" : "ok";
  console.log(`${verdict.padEnd(7)} ${name.padEnd(32)} ${passed} of ${passed + failed} in ${seconds.toFixed(1)} s`);
}
const sum = (key) => results.reduce((total, result) => total + result[key], 0);
console.log(`\n${sum("passed")} passed, ${sum("failed")} failed`);
exit(sum("failed") > 0 || sum("passed") === 0 ? 1 : 0);

/**
 * A step that runs a program. Its exit code has the last word: if it is bad and no failure was counted, one is.
 *
 * @param {(output: string) => { passed: number, failed: number } | undefined} [counts] finds the program's own
 *   counts in what it printed
 */
function run(name, program, args, counts = () => undefined, env = {}) {
  const work = () =>
    new Promise((resolve) => {
      console.log(`$ ${program} ${args.join(" ")}`);
      const child = spawn(program, args, {
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, CARGO_TERM_COLOR: "never", FORCE_COLOR: "0", ...env },
      });
      let output = "";
      for (const [stream, to] of [
        [child.stdout, process.stdout],
        [child.stderr, process.stderr],
      ]) {
        stream.setEncoding("utf8");
        stream.on("data", (text) => {
          output += text;
          to.write(text);
        });
      }
      let ended = false;
      const end = (code, why) => {
        if (ended) return;
        ended = true;
        if (why) console.error(`${program}: ${why}`);
        const counted = counts(output);
        const passed = counted?.passed ?? (code === 0 ? 1 : 0);
        const failed = counted?.failed ?? 0;
        resolve({ passed, failed: code !== 0 && failed === 0 ? 1 : failed });
      };
      child.on("error", (error) => end(1, error.message));
      child.on("close", (code, signal) => end(code ?? 1, signal ? `ended by ${signal}` : undefined));
    });
  return { name, work };
}

/** A step that is a function; what it throws is why it failed. */
function check(name, work) {
  return {
    name,
    work: async () => {
      try {
        console.log(work());
        return { passed: 1, failed: 0 };
      } catch (error) {
        console.error(error.message);
        return { passed: 0, failed: 1 };
      }
    },
  };
}

function nodeTests(name, folder) {
  // Browsers and package managers are heavy: one file at a time.
  const args = ["--test", "--test-reporter=spec", "--test-concurrency=1", `${folder}/`];
  return run(name, "node", args, nodeCounts);
}

function cargoCounts(output) {
  return added(output.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed/gm));
}

/** The lines of the families, and the runner's own tests beside them. */
function familyCounts(output) {
  return added(output.matchAll(/^\w+: (\d+) passed, (\d+) failed/gm));
}

function nodeCounts(output) {
  const count = (word) => Number(output.match(new RegExp(`^ℹ ${word} (\\d+)$`, "m"))?.[1] ?? Number.NaN);
  const passed = count("pass");
  // A test that was not run is no success.
  const failed = count("fail") + count("cancelled") + count("skipped") + count("todo");
  return Number.isNaN(passed + failed) ? undefined : { passed, failed };
}

function added(matches) {
  let found = false;
  const sum = { passed: 0, failed: 0 };
  for (const [, passed, failed] of matches) {
    found = true;
    sum.passed += Number(passed);
    sum.failed += Number(failed);
  }
  return found ? sum : undefined;
}

function wasmSize() {
  const size = gzipSync(readFileSync(WASM), { level: 9 }).length;
  const text = `${WASM}: ${size} bytes gzip, at most ${WASM_LIMIT}`;
  if (size > WASM_LIMIT) throw new Error(text);
  return text;
}
