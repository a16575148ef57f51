// The pane of a node's pod.

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { load } from "./support/bundle.mjs";
import { pageForEach } from "./support/suite.mjs";

const REQUIRED = "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms";

describe("the pod's pane", () => {
  const at = pageForEach();

  const pane = () => at.page.locator("#pod");
  const yaml = () => pane().locator(".yaml").textContent();

  async function openAffinity() {
    await at.page.selectOption("#examples", { label: "Who overrode my affinity?" });
    await at.says(/^cache: 2 of 3 nodes/);
    await pane().locator(".yaml").waitFor();
  }

  it("says first who overrode the template's affinity, with both side by side: R-401", async () => {
    await openAffinity();
    // The first node that should run a pod.
    assert.equal(await pane().locator("h2").textContent(), "Pod on worker-2");
    const first = pane().locator("h3 + .pod-changes > li").first();
    assert.match(await first.textContent(), /^The controller pins the pod to its node;.*give way\. rule R-401/);
    assert.match(await first.textContent(), new RegExp(REQUIRED.replaceAll(".", "\\.")));
    const [template, pod] = await first.locator("dd").allTextContents();
    assert.equal(template, "- matchExpressions:\n  - key: disk\n    operator: In\n    values:\n    - ssd");
    assert.equal(pod, "- matchFields:\n  - key: metadata.name\n    operator: In\n    values:\n    - worker-2");
    const box = await first.boundingBox();
    assert.ok(box.y + box.height < 900, "in sight without scrolling");
  });

  it("lists what was added, each with its rule", async () => {
    await openAffinity();
    const added = await pane().locator(".pod-changes > .added").allTextContents();
    for (const rule of ["R-407", "R-408", "R-404", "R-405", "R-130"]) {
      assert.ok(
        added.some((text) => text.includes(`rule ${rule}`)),
        rule,
      );
    }
    const tolerations = added.find((text) => text.includes("R-130"));
    assert.match(tolerations, /node\.kubernetes\.io\/not-ready.*node\.kubernetes\.io\/unschedulable/s);
  });

  it("shows the YAML with its marks, and copies it whole", async () => {
    await at.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await openAffinity();
    assert.match(await yaml(), /^# The pod of DaemonSet web\/cache on worker-2\./);
    const marks = await pane().locator(".yaml mark.replaced").allTextContents();
    assert.match(marks.join(""), /nodeSelectorTerms: {2}# replaced \(R-401\).*matchFields:.*- worker-2\n$/s);
    assert.doesNotMatch(marks.join(""), /containers:/);
    await pane().getByRole("button", { name: "Copy the pod as YAML" }).click();
    await pane().getByText("Copied: the pod on worker-2").waitFor();
    const copied = await at.page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, await yaml());
    assert.match(copied, /\n {2}- image: registry\.example\.com\/cache:7\.2\n/);
  });

  it("opens from a node's panel, and goes back to the node", async () => {
    await at.page.getByRole("button", { name: "worker-3", exact: true }).click();
    await at.page.locator("#node .path").waitFor();
    await at.page.locator("#node").getByRole("button", { name: "Pod", exact: true }).click();
    await pane().locator("h2", { hasText: "Pod on worker-3" }).waitFor();
    await at.page.locator("#node").waitFor({ state: "hidden" });
    await pane().locator(".yaml", { hasText: "- worker-3" }).waitFor();
    assert.match(await pane().textContent(), /What of the template gave way: nothing/);
    await pane().getByRole("button", { name: "Why this node" }).click();
    await at.page.locator("#node h2", { hasText: "worker-3" }).waitFor();
    await pane().getByRole("button", { name: "Another node" }).click();
    await at.page.locator("#nodes").waitFor();
  });

  it("follows the text, and the last one stays while that cannot be read", async () => {
    await openAffinity();
    const text = "        image: registry.example.com/cache:7.2";
    await at.page.locator(".cm-line", { hasText: text }).click();
    await at.page.keyboard.press("End");
    await at.page.keyboard.type("9");
    await pane().locator(".yaml", { hasText: "cache:7.29" }).waitFor();
    await at.page.keyboard.press("Enter");
    await at.page.keyboard.type("}");
    await at.page.locator("#plan.stale").waitFor();
    assert.match(await yaml(), /cache:7\.29/);
  });

  it("shows the pod of a node that should run none, and says that none is made", async () => {
    await at.page.getByRole("button", { name: "gpu-1", exact: true }).click();
    await at.page.locator("#node").getByRole("button", { name: "Pod", exact: true }).click();
    await pane().getByText("None is made now, since this node should run none.").waitFor();
    assert.match(await yaml(), /- gpu-1/);
  });

  it("shows why the API server refuses the pod, and what admission merges in", async () => {
    await at.page.selectOption("#platform", "openshift-4");
    await at.page.fill("#default-node-selector", "region=east");
    await at.says(/region=east/);
    await at.tab("Pod");
    await pane().locator("li.added", { hasText: "R-307" }).waitFor();
    assert.match(await pane().textContent(), /spec\.nodeSelector\.region "east"/);
    await at.page.fill("#default-node-selector", "role=infra");
    await pane().locator(".refusal").waitFor();
    assert.match(await pane().locator(".refusal").textContent(), /^The API server refuses this pod: .*conflict/);
  });

  it("is not asked for while another pane is open", async () => {
    const context = await at.context.browser().newContext();
    const page = await context.newPage();
    await page.addInitScript(() => {
      globalThis.posted = [];
      const post = Worker.prototype.postMessage;
      Worker.prototype.postMessage = function (data, ...rest) {
        globalThis.posted.push(data.kind);
        return post.call(this, data, ...rest);
      };
    });
    const asked = () => page.evaluate(() => globalThis.posted.filter((kind) => kind === "pod").length);
    await page.goto(at.url);
    await page.locator("#answer .sentence", { hasText: "5 of 12 nodes" }).waitFor();
    await page.selectOption("#examples", { label: "Cordon changes nothing" });
    await page.locator("#answer .sentence", { hasText: "node-agent" }).waitFor();
    assert.equal(await asked(), 0);
    await page.getByRole("tab", { name: "Pod" }).click();
    await page.locator("#pod .yaml").waitFor();
    assert.equal(await asked(), 1);
    await context.close();
  });

  it("says that there is none without nodes, and where the DaemonSet does not decode", async () => {
    await at.paste("Cluster", " ");
    await at.page.locator("#findings .error").first().waitFor();
    await at.tab("Pod");
    await pane().getByText("There is no node yet that could get a pod.").waitFor();
    await at.paste("Cluster", "apiVersion: v1\nkind: Node\nmetadata: {name: n1}\n");
    await at.says(/of 1 node/);
    const spec = "{selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: 5}}}";
    await at.paste("DaemonSet", `apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: agent}\nspec: ${spec}\n`);
    await pane().getByText("This DaemonSet does not decode as the API server decodes it").waitFor();
  });

  it("takes markup in a template for text", async () => {
    await at.cursorAt("DaemonSet", 15);
    await at.page.keyboard.type("<img src=x>");
    await at.says(/^hello-daemonset: 0 of 12/);
    await at.tab("Pod");
    await pane().locator(".yaml", { hasText: "<img src=x>" }).waitFor();
    assert.equal(await at.page.locator("#plan img").count(), 0);
  });
});

describe("the marks of a pod's YAML", () => {
  let linesOf;
  let asYaml;
  before(async () => {
    ({ linesOf, asYaml } = await load("yaml.ts"));
  });
  const marked = (text) =>
    linesOf(text)
      .filter(({ mark }) => mark)
      .map(({ text, mark }) => `${mark[0]} ${text}`);

  it("cover a field and what is below it, and end with the next field", () => {
    const text = "spec:\n  terms:  # replaced (R-401); the template has []\n  - a:\n    - b\n    c: 1\n  other: 2\n";
    assert.deepEqual(marked(text), [
      "r   terms:  # replaced (R-401); the template has []",
      ...["r   - a:", "r     - b", "r     c: 1"],
    ]);
  });

  it("cover the one item that a comment stands before", () => {
    const text = "  list:\n  - own: 1\n  # added (R-130)\n  - key: a\n    effect: b\n  - last: 1\n";
    assert.deepEqual(marked(text), ["a   # added (R-130)", "a   - key: a", "a     effect: b"]);
    const two = "  list:\n  # added (R-130)\n  - key: a\n  # added (R-130)\n  - key: b\n  next: 1\n";
    assert.equal(marked(two).length, 4);
  });

  it("cover a first field of an item alone", () => {
    assert.deepEqual(marked("list:\n- key: a  # replaced (R-132)\n  effect: b\n"), ["r - key: a  # replaced (R-132)"]);
  });

  it("are not looked for in what stands above the pod", () => {
    assert.deepEqual(marked("# refused: x # added (R-130)\nkind: Pod\n"), []);
  });

  it("leave values that YAML would read otherwise quoted", () => {
    assert.equal(
      asYaml('{"a":"true","b":"x y","c":[],"d":{"e":["1",2]}}'),
      'a: "true"\nb: "x y"\nc: []\nd:\n  e:\n  - "1"\n  - 2',
    );
    assert.equal(asYaml("12345678901234567890"), "12345678901234567890");
    assert.equal(asYaml("[[1],{}]"), "- - 1\n- {}");
  });
});
