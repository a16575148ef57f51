// Each example answers the question in its name.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { load } from "./support/bundle.mjs";
import { pageForEach } from "./support/suite.mjs";

describe("the examples", () => {
  const at = pageForEach();

  const choose = (label) => at.page.selectOption("#examples", { label });

  it("My log agent skips GPU nodes: for the taint, which the reason names", async () => {
    await choose("My log agent skips GPU nodes");
    await at.says(/^log-agent: 10 of 12 nodes/);
    assert.equal((await at.actions())["gpu-1"], "none");
    await at.page.locator("#reasons .reason", { hasText: "gpu=true:NoSchedule" }).waitFor();
  });

  it("OpenShift project selector eats my DaemonSet: the annotation takes nodes away", async () => {
    await choose("OpenShift project selector eats my DaemonSet");
    await at.says(/^log-agent: 4 of 12 nodes/);
    assert.equal(await at.page.locator("#platform").inputValue(), "openshift-4");
    await at.tab(/Merge/);
    await at.page.locator("#merge .fix").first().waitFor();
  });

  it("Cordon changes nothing: R-106", async () => {
    await choose("Cordon changes nothing");
    await at.says(/^node-agent: 3 of 3 nodes should run a pod: creates 1, keeps 2/);
    assert.deepEqual(await at.actions(), { "worker-1": "keep", "worker-2": "keep", "worker-3": "create" });
    await at.page.locator("#reasons .reason", { hasText: "cordoned" }).waitFor();
  });

  it("Which pods does a new image replace, and how many at a time? R-802, R-821: the status says", async () => {
    await choose("Which pods does a new image replace, and how many at a time?");
    await at.says(/^node-agent: 5 of 5 nodes should run a pod: replaces 1 and 1 of 4 more\.$/);
    await at.page.locator("#status .limits", { hasText: "maxUnavailable 2" }).waitFor();
    assert.equal((await at.actions())["worker-4"], "roll");
  });

  it("Who overrode my affinity? R-401: the pod's pane says, and the next example is planned again", async () => {
    await choose("Who overrode my affinity?");
    await at.says(/^cache: 2 of 3 nodes/);
    await at.page.locator("#pod .replaced", { hasText: "rule R-401" }).first().waitFor();
    await choose("Cordon changes nothing");
    await at.says(/^node-agent: 3 of 3 nodes/);
    await at.page.locator("#nodes").waitFor();
  });

  it("A label value that is a boolean: the error says to quote it", async () => {
    await choose("A label value that is a boolean");
    await at.page.locator("#findings .error", { hasText: "DSP002" }).waitFor();
    assert.match(await at.page.locator("#findings .error").textContent(), /accelerator: "true"/);
  });

  it("5,000 nodes: planned, as a long text", async () => {
    await choose("5,000 nodes");
    // the pods are of the template that stands there.
    await at.says(/^fleet-agent: \d+ of 5000 nodes should run a pod: creates \d+, keeps \d+, deletes \d+\./);
    await at.page.locator(".held:visible").waitFor();
  });

  it("what was typed waits in the list", async () => {
    await at.cursorAt("DaemonSet", 15);
    await at.page.keyboard.type("x");
    await at.says(/^hello-daemonset: 0 of 12/);
    await choose("Cordon changes nothing");
    await at.says(/^node-agent/);
    await choose("Back to your own text");
    await at.says(/^hello-daemonset: 0 of 12/);
    assert.match(await at.editor("DaemonSet").textContent(), /role: workerx/);
  });
});

describe("the large cluster", () => {
  it("is the same every time, with names of its own for nodes and pods", async () => {
    const { fleet } = await load("examples/generate.ts");
    const text = fleet(5000);
    assert.equal(fleet(5000), text);
    const names = [...text.matchAll(/^ {2}name: (\S+)$/gm)].map(([, name]) => name);
    assert.equal(new Set(names).size, names.length);
    assert.equal([...text.matchAll(/^kind: Node$/gm)].length, 5000);
  });
});
