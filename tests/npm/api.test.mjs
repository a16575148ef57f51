// The interface in Node: misuse, loading, what happens after a trap.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { before, beforeEach, describe, test } from "node:test";
import { pathToFileURL } from "node:url";

import binaryen from "binaryen";

import { ACTIONS, DAEMON_SET, fixtures, NODES, project } from "./harness.mjs";

let user;
let wasm;
let copies = 0;
/** A fresh copy of the module, for each holds one instance. */
let p;

before(() => {
  user = project();
  wasm = readFileSync(join(user.installed, "dist/daemonset_planner_bg.wasm"));
});
beforeEach(async () => {
  copies += 1;
  p = await import(`${pathToFileURL(join(user.installed, "dist/node.mjs"))}?copy=${copies}`);
});

const actions = (answer) => answer.daemonSets[0].nodes.map((node) => node.action);
const misuse = (message) => ({ name: "PlannerError", code: "ERR_DAEMONSET_PLANNER_ARGUMENT", message });

describe("plan", () => {
  test("takes strings and bytes alike", async () => {
    const bytes = await p.plan({ daemonSet: Buffer.from(DAEMON_SET), nodes: new TextEncoder().encode(NODES) });
    const strings = await p.plan({ daemonSet: DAEMON_SET, nodes: NODES });
    assert.deepEqual(bytes, strings);
    assert.deepEqual(actions(strings), ACTIONS);
  });

  test("names its inputs by their keys, and others as they are named", async () => {
    const { inputs } = await p.plan({
      inputs: [{ name: "more.txt", text: "n7\n" }],
      nodes: NODES,
      daemonSet: DAEMON_SET,
    });
    assert.deepEqual(
      inputs.map((input) => input.name),
      ["daemonSet", "nodes", "more.txt"],
    );
  });

  test("answers with findings, not exceptions, whatever the text is", async () => {
    for (const text of ["", "\0", "kind: DaemonSet\n\tbroken: [\n", "{", "[".repeat(10_000), "\ud800"]) {
      const answer = await p.plan({ daemonSet: text, nodes: NODES });
      assert.equal(answer.format, "daemonset-plan/1");
      assert.ok(answer.diagnostics.length > 0, JSON.stringify(text));
    }
  });

  test("is made of plain objects, the same as its JSON", async () => {
    const cluster = await p.Cluster.create({ platform: "openshift-4" });
    cluster.set("ds.yaml", DAEMON_SET);
    cluster.set("nodes.yaml", NODES);
    assert.deepEqual(cluster.plan(), JSON.parse(cluster.planJson()));
    assert.equal(cluster.report("json"), cluster.planJson());
  });

  test("takes the platform and single switches", async () => {
    const answer = await p.plan({ platform: "openshift-4", settings: { controllerAsksAnnotations: false } });
    assert.equal(answer.platform, "openshift-4");
    assert.equal(answer.settings.controllerAsksAnnotations, false);
    assert.equal(answer.settings.projectNodeSelector, true);
  });

  test("refuses what is no text, and names it", async () => {
    await assert.rejects(p.plan({ nodes: [] }), misuse("nodes must be a string or a Uint8Array, not an array"));
    await assert.rejects(p.plan({ daemonSet: null }), misuse("daemonSet must be a string or a Uint8Array, not null"));
    await assert.rejects(p.plan({ inputs: [{ text: "" }] }), misuse("inputs[0].name must be a string, not undefined"));
    await assert.rejects(p.plan(), misuse("plan takes an object with the texts to plan"));
  });

  test("refuses a key that it does not know, with the one that was meant", async () => {
    await assert.rejects(p.plan({ daemonset: "" }), misuse('plan knows no "daemonset", did you mean daemonSet?'));
  });

  test("refuses a platform or a switch that there is not", async () => {
    await assert.rejects(p.plan({ platform: "windows-95" }), misuse(/^platform: .*windows-95/));
    await assert.rejects(p.plan({ settings: { podNodeSelector: "maybe" } }), misuse(/^settings: /));
  });
});

describe("loading", () => {
  test("happens once, however many ask at the same time", async () => {
    const compile = WebAssembly.compile;
    let compiled = 0;
    WebAssembly.compile = (...args) => {
      compiled += 1;
      return compile(...args);
    };
    try {
      await Promise.all([p.init(), p.init(), p.plan({}), p.Cluster.create()]);
      await p.init();
    } finally {
      WebAssembly.compile = compile;
    }
    assert.equal(compiled, 1);
  });

  test("takes bytes, a module, or a promise of one", async () => {
    for (const input of [wasm, wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length)]) {
      const copy = await import(`${pathToFileURL(join(user.installed, "dist/node.mjs"))}?input=${typeof input.buffer}`);
      await copy.init(input);
      assert.deepEqual((await copy.plan({})).daemonSets, []);
    }
    await p.init(WebAssembly.compile(wasm));
    assert.deepEqual((await p.plan({})).daemonSets, []);
  });

  test("takes a Response", async () => {
    await p.init(new Response(wasm, { headers: { "content-type": "application/wasm" } }));
    assert.deepEqual((await p.plan({})).daemonSets, []);
  });

  test("at once, from the file beside it or from a module", () => {
    p.initSync(new WebAssembly.Module(wasm));
    p.initSync();
    assert.deepEqual(p.Cluster.createSync().plan().daemonSets, []);
  });

  test("that fails says so and can be tried again", async () => {
    const failed = { name: "PlannerError", code: "ERR_DAEMONSET_PLANNER_WASM" };
    await assert.rejects(p.init(new Uint8Array([1, 2, 3])), failed);
    await assert.rejects(p.init(new Response("", { status: 404 })), failed);
    assert.throws(() => p.initSync(new Uint8Array([1, 2, 3])), failed);
    await p.init();
    assert.deepEqual((await p.plan({})).daemonSets, []);
  });

  test("from require gives the same interface", () => {
    const required = createRequire(join(user.folder, "x.cjs"))("daemonset-planner");
    assert.deepEqual(Object.keys(required).sort(), Object.keys(p).sort());
    assert.equal(required.version, JSON.parse(readFileSync(join(user.installed, "package.json"), "utf8")).version);
  });
});

describe("a cluster", () => {
  test("keeps its inputs from question to question", async () => {
    const cluster = await p.Cluster.create();
    cluster.set("ds.yaml", DAEMON_SET);
    cluster.set("nodes.yaml", NODES);
    assert.deepEqual(actions(cluster.plan()), ACTIONS);
    cluster.set("nodes.yaml", "n1\nn2\n");
    assert.equal(cluster.plan().daemonSets[0].nodes.length, 2);
    assert.equal(cluster.remove("nodes.yaml"), true);
    assert.equal(cluster.remove("nodes.yaml"), false);
    assert.equal(cluster.plan().daemonSets[0].nodes.length, 0);
  });

  test("gives the pod of a node, and undefined where there is no such node", async () => {
    const cluster = await p.Cluster.create();
    cluster.set("ds.yaml", DAEMON_SET);
    cluster.set("nodes.yaml", NODES);
    const [pod] = cluster.pods("n1");
    assert.deepEqual([pod.namespace, pod.daemonSet, pod.node, pod.shouldRun], ["default", "logs", "n1", true]);
    assert.equal(pod.changes.find(({ rule }) => rule === "R-401").kind, "added");
    assert.equal(cluster.pods("n9"), undefined);
    assert.throws(() => cluster.pods(7), misuse(/the name of a node must be a string/));
    cluster.free();
  });

  test("takes a time, as a Date or as the API writes it", async () => {
    const pod = (time) => `apiVersion: v1
kind: Pod
metadata: {name: logs-x7k2p, labels: {app: logs}, ownerReferences: [{apiVersion: apps/v1, kind: DaemonSet, name: logs, uid: u, controller: true}]}
spec: {nodeName: n1}
status: {phase: Running, conditions: [{type: Ready, status: "True", lastTransitionTime: "${time}"}]}
`;
    const daemonSet = DAEMON_SET.replace("spec:\n", "spec:\n  minReadySeconds: 60\n");
    const available = async (now) => {
      const answer = await p.plan({ daemonSet, nodes: NODES, pods: pod("2026-11-24T12:00:00Z"), now });
      const { counters } = answer.daemonSets[0].sync.status;
      return counters.find(({ name }) => name === "numberAvailable").value;
    };
    assert.equal(await available(undefined), 1);
    assert.equal(await available("2026-11-24T12:00:59Z"), 0);
    assert.equal(await available(new Date("2026-11-24T12:01:00.900Z")), 1);
    await assert.rejects(available("noon"), misuse(/"noon" is no time/));
    await assert.rejects(available(new Date(Number.NaN)), misuse(/the date is none/));
  });

  test("gives columns that say what the plan says", async () => {
    const cluster = await p.Cluster.create();
    cluster.set("ds.yaml", DAEMON_SET);
    cluster.set("nodes.yaml", NODES);
    const columns = cluster.columns(0);
    const { nodes } = cluster.plan().daemonSets[0];
    const names = Array.from(columns.nameEnds, (end, row) => columns.names.slice(columns.nameEnds[row - 1] ?? 0, end));
    assert.deepEqual(
      names,
      nodes.map((node) => node.name),
    );
    assert.deepEqual(
      Array.from(columns.actions, (code) => columns.actionCodes[code]),
      nodes.map((node) => node.action),
    );
    assert.equal(cluster.columns(1), undefined);
  });

  test("refuses names of formats and inputs that are none", async () => {
    const cluster = await p.Cluster.create();
    assert.throws(
      () => cluster.report("xml"),
      misuse(/no format "xml"; the formats are table, wide, json, yaml, name/),
    );
    assert.throws(() => cluster.set(7, ""), misuse("the name of an input must be a string, not number"));
    assert.equal(cluster.explain("nowhere"), undefined);
  });

  test("says so when it is used after it was freed", async () => {
    const cluster = await p.Cluster.create();
    cluster.free();
    cluster.free();
    assert.throws(() => cluster.plan(), { name: "PlannerError", code: "ERR_DAEMONSET_PLANNER_FREED" });
  });
});

/** The module with a function that stops. */
function trapping(exported) {
  const module = binaryen.readBinary(wasm);
  const { value } = binaryen.getExportInfo(module.getExport(exported));
  const { params, results } = binaryen.getFunctionInfo(module.getFunction(value));
  module.removeFunction(value);
  module.addFunction(value, params, results, [], module.unreachable());
  return module.emitBinary();
}

describe("after a trap", () => {
  const trap = { name: "PlannerError", code: "ERR_DAEMONSET_PLANNER_TRAP" };

  test("the clusters of that instance are lost, new ones work", async () => {
    await p.init(trapping("cluster_explain"));
    const first = await p.Cluster.create();
    const second = await p.Cluster.create();
    assert.deepEqual(second.plan().daemonSets, []);
    assert.throws(
      () => first.explain("n1"),
      (error) => {
        assert.ok(error.cause instanceof WebAssembly.RuntimeError);
        assert.equal(error.code, trap.code);
        return true;
      },
    );
    assert.throws(() => first.plan(), trap);
    assert.throws(() => second.plan(), trap);
    first.free();
    second.free();
    const third = await p.Cluster.create();
    third.set("ds.yaml", DAEMON_SET);
    third.set("nodes.yaml", NODES);
    assert.deepEqual(actions(third.plan()), ACTIONS);
  });
});

describe("the plan's bytes", () => {
  for (const { name, options, inputs, sha256 } of fixtures()) {
    test(`are those of native Rust: ${name}`, async () => {
      const cluster = await p.Cluster.create(options);
      for (const input of inputs) cluster.set(input.name, input.text);
      assert.equal(createHash("sha256").update(cluster.planJson()).digest("hex"), sha256);
    });
  }
});
