// What people see when they open the page, type, and choose a platform.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { ROOT } from "./support/browser.mjs";
import { pageForEach } from "./support/suite.mjs";

/** taints and missing labels keep pods away, that of a node out of reach too; a cordon does not. */
const HELLO = {
  "control-plane-1": "none",
  "control-plane-2": "none",
  "gpu-1": "none",
  "infra-1": "none",
  "infra-2": "none",
  "worker-1": "create",
  "worker-2": "create",
  "worker-3": "create",
  "worker-4": "create",
  "worker-5": "create",
  "worker-6": "none",
  "worker-7": "none",
};

describe("the page", () => {
  const at = pageForEach();

  it("opens with hello-daemonset planned", async () => {
    assert.match(await at.sentence(), /^hello-daemonset: 5 of 12 nodes should run a pod: creates 5\./);
    assert.deepEqual(await at.actions(), HELLO);
    assert.match(await at.page.locator("#daemonset-taken").textContent(), /1 DaemonSet/);
    assert.match(await at.page.locator("#cluster-taken").textContent(), /12 [Nn]odes/);
  });

  it("shows the example files as they are", async () => {
    const file = await readFile(`${ROOT}examples/hello-daemonset/daemonset.yaml`, "utf8");
    const lines = await at.editor("DaemonSet").locator(".cm-line").allInnerTexts();
    assert.deepEqual(
      lines.slice(0, 10).map((line) => line.replace(/\n$/, "")),
      file.split("\n").slice(0, 10),
    );
  });

  it("plans anew at a keystroke, and back again", async () => {
    await at.cursorAt("DaemonSet", 15);
    await at.page.keyboard.type("s");
    await at.says(/^hello-daemonset: 0 of 12 nodes/);
    await at.page.keyboard.press("Backspace");
    await at.says(/^hello-daemonset: 5 of 12 nodes/);
    assert.deepEqual(await at.actions(), HELLO);
  });

  it("lists the reasons by how many nodes they cover, and narrows the table to one of them", async () => {
    const reasons = at.page.locator("#reasons .reason");
    const numbers = (await reasons.locator(".number").allInnerTexts()).map((text) => Number.parseInt(text, 10));
    assert.ok(numbers.length > 2);
    assert.deepEqual(
      numbers,
      numbers.toSorted((a, b) => b - a),
    );
    await reasons.filter({ hasText: "gpu" }).click();
    await at.page.locator("#nodes-title", { hasText: "1 of 12 nodes: taint gpu=true:NoSchedule" }).waitFor();
    assert.deepEqual(await at.actions(), { "gpu-1": "none" });
    await at.page.getByRole("button", { name: "Show all" }).click();
    await at.page.getByRole("heading", { name: "Nodes", exact: true }).waitFor();
    assert.deepEqual(await at.actions(), HELLO);
  });

  it("explains a node, with the place in the text", async () => {
    await at.page.getByRole("button", { name: "gpu-1", exact: true }).click();
    const node = at.page.locator("#node");
    await node.locator(".details li").first().waitFor();
    assert.match(await node.textContent(), /gpu=true:NoSchedule/);
    assert.match(await node.textContent(), /R-103/);
    await at.page.keyboard.press("Escape");
    await node.waitFor({ state: "hidden" });
  });

  it("loses nothing that is typed before the editor is there", async () => {
    // A service worker would answer for the file that is held back.
    const context = await at.context.browser().newContext({ serviceWorkers: "block" });
    const page = await context.newPage();
    let release;
    const waits = new Promise((resolve) => {
      release = resolve;
    });
    await page.route("**/codemirror-*.js", async (route) => {
      await waits;
      await route.continue();
    });
    await page.goto(at.url);
    await page.locator("#answer .sentence", { hasText: "5 of 12 nodes" }).waitFor();
    const text = page.locator("#daemonset-text");
    await text.evaluate((area) => {
      area.focus();
      const end = area.value.indexOf("role: worker") + "role: worker".length;
      area.setSelectionRange(end, end);
    });
    await page.keyboard.type("12");
    await page.locator("#answer .sentence", { hasText: "0 of 12 nodes" }).waitFor();

    release();
    await text.waitFor({ state: "detached" });
    // Focus and cursor have moved over with the text.
    await page.keyboard.type("34");
    await page.locator(".cm-line", { hasText: "role: worker1234" }).waitFor();
    await context.close();
  });

  it("shows one of several DaemonSets at a time", async () => {
    const file = await readFile(`${ROOT}examples/hello-daemonset/daemonset.yaml`, "utf8");
    const other = file
      .replace("name: hello-daemonset\nspec:", "name: everywhere\nspec:")
      .replace("      nodeSelector:\n        role: worker\n", "");
    await at.paste("DaemonSet", `${file}\n---\n${other}`);
    await at.says(/2 DaemonSets/);
    const choices = at.page.locator("#sets button");
    assert.deepEqual(await choices.allTextContents(), ["default/everywhere", "default/hello-daemonset"]);
    assert.equal((await at.actions())["worker-7"], "create");
    await choices.nth(1).click();
    await at.page.locator('#sets button[aria-pressed="true"]', { hasText: "hello-daemonset" }).waitFor();
    assert.deepEqual(await at.actions(), HELLO);
  });

  it("keeps pods that are there, and deletes those that may not stay", async () => {
    const nodes = await readFile(`${ROOT}examples/hello-daemonset/nodes.yaml`, "utf8");
    const pod = (name, node) => `---
apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  labels: {name: hello-daemonset, pod-template-generation: "1"}
spec: {nodeName: ${node}}
status: {phase: Running}
`;
    await at.paste("Cluster", nodes + pod("hello-1", "worker-1") + pod("hello-2", "worker-7"));
    await at.says(/creates 4, keeps 1, deletes 1/);
    const actions = await at.actions();
    assert.equal(actions["worker-1"], "keep");
    assert.equal(actions["worker-7"], "delete");
  });

  it("shows what OpenShift's default node selector takes away", async () => {
    const merge = at.page.locator("#merge");
    assert.equal(await merge.isVisible(), false);
    await at.page.selectOption("#platform", "openshift-4");
    await at.page.fill("#default-node-selector", "region=east");
    await at.says(/region=east/);
    // the controller of OpenShift 4 knows no default; the pods are made and stay Pending.
    const actions = await at.actions();
    for (const node of ["worker-4", "worker-5"]) assert.equal(actions[node], "Pending", node);
    assert.equal(actions["worker-1"], "create");
    await at.tab("Merge 2 lost");
    assert.match(await merge.locator(".equation").textContent(), /region=east,role=worker/);
    assert.deepEqual(await merge.locator(".names .name").allInnerTexts(), ["worker-4", "worker-5"]);
    assert.match(await merge.locator(".fix code").first().textContent(), /^(oc|kubectl) /);
    await at.page.selectOption("#platform", "kubernetes");
    await at.tab("Plan");
    await at.says(/^hello-daemonset: 5 of 12 nodes should run a pod: creates 5\./);
    assert.deepEqual(await at.actions(), HELLO);
  });

  it("shows what a project's node selector takes away", async () => {
    await at.page.selectOption("#examples", "1");
    await at.says(/^log-agent: 4 of 12 nodes/);
    const actions = await at.actions();
    // the controller asks the annotation and makes no pod.
    for (const node of ["worker-4", "worker-5"]) assert.equal(actions[node], "none", node);
    for (const node of ["gpu-1", "worker-1", "worker-2", "worker-3"]) assert.equal(actions[node], "create", node);
    await at.tab("Merge 2 lost");
    assert.match(await at.page.locator("#merge .fix code").first().textContent(), /openshift\.io\/node-selector/);
  });

  it("copies a command and says what it copied", async () => {
    await at.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await at.page.selectOption("#examples", "1");
    await at.says(/^log-agent: /);
    await at.tab("Merge 2 lost");
    const command = at.page.locator("#merge .command").first();
    const text = await command.locator("code").textContent();
    await command.locator(".copy").click();
    await command.locator(".said", { hasText: "Copied:" }).waitFor();
    assert.equal(await at.page.evaluate(() => navigator.clipboard.readText()), text);
  });

  it("says how to get nodes when there are none", async () => {
    await at.paste("Cluster", " ");
    await at.page.locator("#nodes .empty").waitFor();
    assert.match(await at.page.locator("#nodes .empty").textContent(), /kubectl get nodes/);
  });

  it("takes a table of nodes for one, and says what it does not show", async () => {
    const table = `NAME   STATUS   ROLES    AGE   VERSION   LABELS
w1     Ready    <none>   1d    v1.37.2   role=worker
w2     Ready    <none>   1d    v1.37.2   role=infra
`;
    await at.paste("Cluster", table);
    await at.says(/^hello-daemonset: 1 of 2 nodes/);
    assert.deepEqual(await at.actions(), { w1: "create", w2: "none" });
    assert.equal(await at.page.locator("#cluster-taken").textContent(), "a table of 2 nodes");
    const warning = at.page.locator("#findings .warning");
    assert.match(await warning.textContent(), /no taints/);
    assert.equal(await warning.locator("code").textContent(), "kubectl get nodes -o yaml");
  });

  it("takes markup in a text for text", async () => {
    await at.cursorAt("DaemonSet", 15);
    await at.page.keyboard.type("<img src=x onerror=alert(1)>");
    await at.says(/^hello-daemonset: 0 of 12 nodes/);
    await at.page.locator("#reasons", { hasText: "<img src=x" }).waitFor();
    assert.equal(await at.page.locator("#plan img").count(), 0);
    assert.deepEqual(at.messages, []);
  });
});
