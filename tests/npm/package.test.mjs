// The tarball, installed as a user would, in every way that it can be imported.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { gzipSync } from "node:zlib";

import { ACTIONS, lend, project, run, temporaryFolder, tool } from "./harness.mjs";

const WASM_LIMIT = 350_000;

const PLAN = `
const answer = await plan({ daemonSet: readFileSync("ds.yaml", "utf8"), nodes: readFileSync("nodes.yaml") });
console.log(answer.format, answer.daemonSets[0].nodes.map((node) => node.action).join());
`;
const PLANNED = `daemonset-plan/1 ${ACTIONS.join()}\n`;
const ESM = `import { plan } from "daemonset-planner"; import { readFileSync } from "node:fs";`;

let user;
before(() => {
  user = project();
});

function node(name, text, args = []) {
  user.write(name, text);
  return run("node", [...args, name], { cwd: user.folder });
}

describe("the tarball", () => {
  test("holds what is needed and nothing else", () => {
    const files = readdirSync(user.installed, { recursive: true })
      .filter((name) => statSync(join(user.installed, name)).isFile())
      .sort();
    assert.deepEqual(
      files.filter((name) => name.endsWith(".wasm")),
      ["dist/daemonset_planner_bg.wasm"],
    );
    for (const name of ["LICENSE", "NOTICE", "README.md", "dist/cli.js", "dist/index.d.mts", "dist/index.d.cts"]) {
      assert.ok(files.includes(name), name);
    }
    assert.deepEqual(
      files.filter((name) => !/^(?:dist\/[\w.]+|LICENSE|NOTICE|README\.md|package\.json)$/.test(name)),
      [],
    );
  });

  test("has a wasm within the budget", () => {
    const wasm = readFileSync(join(user.installed, "dist/daemonset_planner_bg.wasm"));
    assert.ok(WebAssembly.validate(wasm));
    assert.ok(gzipSync(wasm, { level: 9 }).length <= WASM_LIMIT);
  });

  test("has nothing to install and no script to run", () => {
    const { dependencies, scripts } = JSON.parse(readFileSync(join(user.installed, "package.json"), "utf8"));
    assert.deepEqual({ dependencies, scripts }, { dependencies: undefined, scripts: undefined });
    assert.deepEqual(
      readdirSync(join(user.folder, "node_modules")).filter((name) => !name.startsWith(".")),
      ["daemonset-planner"],
    );
  });

  test("is found clean by publint", () => {
    const { status, all } = tool("publint", ["run", "--strict", user.tarball]);
    assert.equal(status, 0, all);
    assert.doesNotMatch(all, /Warning|Suggestion/i);
  });

  test("has right types for node16 in the eyes of attw", () => {
    const args = [user.tarball, "--profile", "node16", "--exclude-entrypoints", "./wasm", "--no-emoji"];
    const { status, all } = tool("attw", args);
    assert.equal(status, 0, all);
  });
});

describe("in Node", () => {
  test("import plans", () => {
    assert.equal(node("a.mjs", ESM + PLAN).all, PLANNED);
  });

  test("require plans", () => {
    const cjs = `const { plan } = require("daemonset-planner"); const { readFileSync } = require("node:fs");`;
    assert.equal(node("a.cjs", `${cjs}(async () => {${PLAN}})();`).all, PLANNED);
  });

  test("importing alone compiles no wasm and keeps nothing alive", () => {
    const text = `
      const compiled = [];
      for (const name of ["Module", "Instance"]) {
        WebAssembly[name] = new Proxy(WebAssembly[name], { construct() { compiled.push(name); throw new Error(name); } });
      }
      for (const name of ["compile", "instantiate"]) WebAssembly[name] = () => { compiled.push(name); };
      const p = await import("daemonset-planner");
      console.log(compiled.length, typeof p.plan, p.version, p.kubernetesVersion);`;
    assert.equal(node("idle.mjs", text).all, "0 function 0.1.0 1.37.2\n");
  });

  test("it needs no fetch", () => {
    const text = `
      delete globalThis.fetch;
      const { plan } = await import("daemonset-planner");
      const { readFileSync } = await import("node:fs");`;
    assert.equal(node("nofetch.mjs", text + PLAN).all, PLANNED);
  });

  test("the wasm is exported for those who load it themselves", () => {
    const text = `
      import { readFileSync } from "node:fs";
      import { createRequire } from "node:module";
      const path = createRequire(import.meta.url).resolve("daemonset-planner/wasm");
      console.log(WebAssembly.validate(readFileSync(path)));`;
    assert.equal(node("wasm.mjs", text).all, "true\n");
  });
});

describe("through esbuild", () => {
  const bundle = (entry, text, args) => {
    user.write(entry, text);
    const built = tool("esbuild", [entry, "--bundle", "--log-level=warning", ...args], { cwd: user.folder });
    assert.deepEqual([built.status, built.all], [0, ""]);
  };

  test("a bundle for Node, as it is, finds the installed wasm", () => {
    for (const format of ["esm", "cjs"]) {
      const text = format === "esm" ? ESM + PLAN : `${ESM}(async () => {${PLAN}})();`;
      const out = `out/plain.${format === "esm" ? "mjs" : "cjs"}`;
      bundle("plain.mjs", text, ["--platform=node", `--format=${format}`, `--outfile=${out}`]);
      assert.equal(run("node", [out], { cwd: user.folder }).all, PLANNED, format);
    }
  });

  test("a bundle for Node can hold the wasm and runs far from node_modules", () => {
    const text = `${ESM}
      import { init } from "daemonset-planner";
      import wasm from "daemonset-planner/wasm";
      await init(wasm);${PLAN}`;
    const away = join(temporaryFolder(), "whole.mjs");
    bundle("whole.mjs", text, [
      "--platform=node",
      "--target=node20",
      "--format=esm",
      "--loader:.wasm=binary",
      `--outfile=${away}`,
    ]);
    assert.equal(run("node", [away], { cwd: user.folder }).all, PLANNED);
  });

  test("a bundle without its wasm says what to do", () => {
    const text = `import { plan } from "daemonset-planner"; plan({}).catch((e) => console.log(e.code, e.message));`;
    const away = join(temporaryFolder(), "lost.mjs");
    bundle("lost.mjs", text, ["--platform=node", "--format=esm", `--outfile=${away}`]);
    const said = run("node", [away], { cwd: user.folder }).all;
    assert.match(
      said,
      /^ERR_DAEMONSET_PLANNER_WASM daemonset_planner_bg\.wasm is not beside .*lost\.mjs: copy it there/,
    );
  });
});

describe("types", () => {
  const TYPED = `import { Cluster, plan, type Plan, type Action, type ErrorCode } from "daemonset-planner";
const a: Plan = await plan({ daemonSet: "", nodes: new Uint8Array(), platform: "openshift-4", settings: { podNodeSelector: true } });
const run: boolean = a.daemonSets[0].nodes[0].shouldRun;
const action: Action = a.daemonSets[0].nodes[0].action;
const labels: Record<string, string> = a.daemonSets[0].merge.template;
const cluster: Cluster = await Cluster.create();
const text: string | undefined = cluster.explain("n1");
const columns: Uint8Array | undefined = cluster.columns(0)?.verdicts;
const code: ErrorCode = "ERR_DAEMONSET_PLANNER_TRAP";
// @ts-expect-error no such field
a.daemonSets[0].nodes[0].nonsense;
// @ts-expect-error no such platform
plan({ platform: "openshift-5" });
// @ts-expect-error no such format
cluster.report("xml");
export { action, code, columns, labels, run, text };
`;
  const tsc = (file, ...more) => {
    const args = ["--noEmit", "--strict", "--target", "es2022", ...more, file];
    const { status, all } = tool("tsc", args, { cwd: user.folder });
    assert.equal(status, 0, all);
  };

  test("are right under nodenext, for import and require", () => {
    user.write("t.mts", TYPED);
    user.write(
      "t.cts",
      `import planner = require("daemonset-planner");\nconst v: Promise<planner.Plan> = planner.plan({});\nexport { v };\n`,
    );
    tsc("t.mts", "--module", "nodenext", "--moduleResolution", "nodenext");
    tsc("t.cts", "--module", "nodenext", "--moduleResolution", "nodenext");
  });

  test("are right under bundler", () => {
    user.write("t.mts", TYPED);
    tsc("t.mts", "--module", "esnext", "--moduleResolution", "bundler");
  });

  test("compile without the DOM's library and know what init takes with it", () => {
    user.write("t.mts", TYPED);
    tsc("t.mts", "--module", "nodenext", "--moduleResolution", "nodenext", "--lib", "es2022");
    user.write(
      "init.mts",
      `import { init, initSync } from "daemonset-planner";
await init(); await init(new URL("https://example/")); await init(fetch("x")); await init(new Uint8Array());
initSync(new WebAssembly.Module(new Uint8Array()));
// @ts-expect-error null is nowhere
await init(null);
`,
    );
    tsc("init.mts", "--module", "nodenext", "--moduleResolution", "nodenext");
  });

  test("compile beside Node's own types", () => {
    user.write("t.mts", TYPED);
    for (const name of ["@types/node", "undici-types"]) lend(name, user.folder);
    tsc("t.mts", "--module", "nodenext", "--moduleResolution", "nodenext", "--types", "node");
  });
});
