// The table of nodes: searched, sorted, narrowed, copied, and gone through by keys.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cluster } from "../../benches/page.mjs";
import { pageForEach, siteForAll } from "./support/suite.mjs";

describe("the table", () => {
  const at = pageForEach();

  const shown = async () => Object.keys(await at.actions());
  const focused = () => at.page.evaluate(() => document.activeElement?.textContent);

  it("is searched by name and by reason, after a slash", async () => {
    await at.page.locator("#map canvas").focus();
    await at.page.keyboard.press("/");
    await at.page.locator("#nodes input:focus").waitFor();
    await at.page.keyboard.type("infra");
    await at.page.locator("#nodes-title", { hasText: "2 of 12 nodes" }).waitFor();
    assert.deepEqual(await shown(), ["infra-1", "infra-2"]);
    await at.page.fill("#nodes input", "UNREACHABLE");
    await at.page.locator("#nodes-title", { hasText: "1 of 12 nodes" }).waitFor();
    assert.deepEqual(await shown(), ["worker-6"]);
    await at.page.fill("#nodes input", "no such node");
    await at.page.getByText("No node matches.").waitFor();
    await at.page.keyboard.press("Escape");
    await at.page.getByRole("heading", { name: "Nodes", exact: true }).waitFor();
    assert.equal((await shown()).length, 12);
  });

  it("is not searched by a slash that is typed into a text", async () => {
    await at.cursorAt("DaemonSet", 15);
    await at.page.keyboard.type("/");
    await at.page.locator(".cm-line", { hasText: "role: worker/" }).waitFor();
  });

  it("is sorted by a column, and the other way at the second click", async () => {
    const sort = at.page.getByRole("columnheader", { name: "Action" });
    await sort.getByRole("button").click();
    await at.page.locator('[role=columnheader][aria-sort="ascending"]', { hasText: "Action" }).waitFor();
    assert.deepEqual((await shown()).slice(0, 6), [
      "worker-1",
      "worker-2",
      "worker-3",
      "worker-4",
      "worker-5",
      "control-plane-1",
    ]);
    await sort.getByRole("button").click();
    await at.page.locator('[role=columnheader][aria-sort="descending"]', { hasText: "Action" }).waitFor();
    assert.deepEqual((await shown()).slice(0, 2), ["control-plane-1", "control-plane-2"]);
  });

  it("is copied as it is shown, tab-separated", async () => {
    await at.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await at.page.fill("#nodes input", "gpu");
    await at.page.locator("#nodes-title", { hasText: "1 of 12 nodes" }).waitFor();
    await at.page.getByRole("button", { name: "Copy the table, tab-separated" }).click();
    await at.page.getByText("Copied: 1 node, tab-separated").waitFor();
    assert.equal(
      await at.page.evaluate(() => navigator.clipboard.readText()),
      "Node\tAction\tPod\tWhy\ngpu-1\tnone\t\ttaint gpu=true:NoSchedule is not tolerated\n",
    );
  });

  it("is one stop of Tab, and gone through by the arrow keys", async () => {
    assert.equal(await at.page.locator("#nodes .rows [tabindex='0']").count(), 1);
    await at.page.locator("#nodes .rows [tabindex='0']").focus();
    await at.page.keyboard.press("ArrowDown");
    await at.page.keyboard.press("ArrowDown");
    assert.equal(await focused(), "gpu-1");
    await at.page.keyboard.press("End");
    assert.equal(await focused(), "worker-7");
    await at.page.keyboard.press("Enter");
    await at.page.locator("#node h2", { hasText: "worker-7" }).waitFor();
  });

  it("says how many rows it has, and goes through 5,000 with few in the document", async () => {
    await at.paste("Cluster", cluster());
    await at.says(/of 5000 nodes/);
    const grid = at.page.getByRole("grid");
    assert.equal(await grid.getAttribute("aria-rowcount"), "5001");
    await at.page.locator("#nodes .rows [tabindex='0']").first().focus();
    await at.page.keyboard.press("End");
    await at.page.waitForFunction(() => document.activeElement?.textContent === "node-04999");
    assert.ok((await at.page.locator("#nodes .rows .row").count()) < 100);
    assert.equal(await at.page.locator(".row", { hasText: "node-04999" }).getAttribute("aria-rowindex"), "5001");
    await at.page.keyboard.press("ArrowUp");
    await at.page.waitForFunction(() => document.activeElement?.textContent === "node-04998");
  });
});

describe("the path of a decision", () => {
  const site = siteForAll();

  it("has a step for each question, with the line, the rule, and what would turn it", async () => {
    const { page, context } = await site.open();
    await page.getByRole("button", { name: "infra-1", exact: true }).click();
    const steps = page.locator("#node .path > li");
    await steps.first().waitFor();
    assert.deepEqual(await steps.locator("h3").allTextContents(), [
      ...["Node name", "Node selector", "Node affinity", "Taints", "Merge"],
    ]);
    const signs = await steps.locator(".sign").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
    // a label that differs ends a pod that is there; R-103: a taint NoSchedule does not.
    assert.deepEqual(signs, ["passes", "no pod", "passes", "no new pod", "passes"]);
    const selector = steps.nth(1);
    assert.match(await selector.textContent(), /rule R-111/);
    assert.equal(await selector.locator(".line").textContent(), "role: worker");
    assert.equal(
      await selector.locator(".command code").textContent(),
      "kubectl label node infra-1 role=worker --overwrite",
    );
    await selector.getByRole("button", { name: "DaemonSet:15:15" }).click();
    const active = await page.evaluate(() =>
      document.activeElement.shadowRoot?.activeElement?.getAttribute("aria-label"),
    );
    assert.equal(active, "DaemonSet");
    await context.close();
  });
});
