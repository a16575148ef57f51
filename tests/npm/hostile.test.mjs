// Texts that mean harm, through the wasm as installed: no trap, an answer, the finding at its place. The table is
// tests/hostile/cases.json, the same that the native test reads.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";

import { DAEMON_SET, NODES, project, ROOT } from "./harness.mjs";

const CASES = JSON.parse(readFileSync(join(ROOT, "tests/hostile/cases.json"), "utf8"));
const CODES = { Encoding: "DSP016", Limit: "DSP017" };
/** Two seconds on a quiet machine; this is for busy ones. */
const LIMIT = 15_000;

let p;

before(async () => {
  p = await import(pathToFileURL(join(project().installed, "dist/node.mjs")));
});

function make(recipe) {
  const parts = recipe.map(({ text, bytes, numbered, repeat, count }) => {
    if (text !== undefined) return Buffer.from(text.repeat(repeat));
    if (bytes !== undefined) return Buffer.alloc(bytes.length * repeat, Buffer.from(bytes));
    return Buffer.from(Array.from({ length: count }, (_, n) => numbered.replaceAll("{n}", String(n + 1))).join(""));
  });
  return Buffer.concat(parts);
}

describe("beside a DaemonSet and its nodes", () => {
  for (const { name, recipe, expect, whole } of CASES) {
    test(name, async () => {
      const bytes = make(recipe);
      const cluster = await p.Cluster.create();
      cluster.set("daemonSet", DAEMON_SET);
      cluster.set("nodes", NODES);
      const start = performance.now();
      cluster.set("pasted", bytes);
      const plan = cluster.plan();
      const took = performance.now() - start;
      // The good inputs are planned whatever stands beside them.
      const actions = plan.daemonSets[0].nodes.filter((node) => /^n[123]$/.test(node.name)).map((node) => node.action);
      assert.deepEqual(actions, ["create", "none", "none"]);
      if (expect.kind !== undefined && whole !== "read") {
        const place = plan.diagnostics.find(
          ({ code, location }) =>
            code === (CODES[expect.kind] ?? "DSP001") &&
            location?.source === "pasted" &&
            location.start.line === expect.line &&
            location.start.column === expect.column,
        );
        assert.ok(place, JSON.stringify(plan.diagnostics.slice(0, 3)));
        assert.ok(place.help.length > 0);
      }
      assert.ok(took < LIMIT, `${took} ms`);
      cluster.free();
    });
  }
});

test("a DaemonSet of 100,000 tolerations is planned", async () => {
  const tolerations = Array.from({ length: 100_000 }, (_, n) => ({ key: `k${n}`, operator: "Exists" }));
  const daemonSet = {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { name: "a" },
    spec: {
      selector: { matchLabels: { a: "b" } },
      template: {
        metadata: { labels: { a: "b" } },
        spec: { tolerations, containers: [{ name: "a", image: "a" }] },
      },
    },
  };
  const start = performance.now();
  const plan = await p.plan({ daemonSet: JSON.stringify(daemonSet), nodes: NODES.replace("key: k,", "key: k99999,") });
  assert.deepEqual(
    plan.daemonSets[0].nodes.map((node) => node.shouldRun),
    [true, true, true],
  );
  assert.ok(performance.now() - start < LIMIT);
});
