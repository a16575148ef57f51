// Hover both ways: a node lights the lines that decided about it, a line dims the nodes that it does not touch.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { pageForEach } from "./support/suite.mjs";

describe("hover", () => {
  const at = pageForEach();

  const lit = (name) => at.page.locator(`.cm-content[aria-label="${name}"] .cm-lit`);
  const dimmed = () => at.page.locator("#nodes .row.dimmed .name").allTextContents();

  it("over a row lights the lines that decided, in both texts, and puts them out again", async () => {
    await at.page.locator("#nodes .row", { hasText: "control-plane-1" }).hover();
    await lit("DaemonSet").first().waitFor();
    assert.deepEqual(await lit("DaemonSet").allTextContents(), ["        role: worker"]);
    // The taint's two lines, of which the editor has those in sight.
    assert.deepEqual(await lit("Cluster").allTextContents(), [
      "    - effect: NoSchedule",
      "      key: node-role.kubernetes.io/control-plane",
    ]);
    await at.page.locator("h1").hover();
    await lit("DaemonSet").first().waitFor({ state: "detached" });
    assert.equal(await lit("Cluster").count(), 0);
  });

  it("moves nothing, however much there is to say", async () => {
    const row = at.page.locator("#nodes .row", { hasText: "control-plane-1" });
    const before = await row.boundingBox();
    await row.hover();
    await at.page.locator("#map-readout", { hasText: "control-plane-1" }).waitFor();
    assert.deepEqual(await row.boundingBox(), before);
  });

  it("over a cell does the same", async () => {
    await at.page.locator("#map canvas").hover({ position: { x: 12, y: 12 } });
    await lit("DaemonSet").first().waitFor();
    assert.match(await at.page.locator("#map-readout").textContent(), /^control-plane-1/);
    assert.equal(await at.page.locator("#nodes .row.hovered .name").textContent(), "control-plane-1");
  });

  it("over a line dims the nodes that it does not touch", async () => {
    await at.page.locator('.cm-content[aria-label="DaemonSet"] .cm-line', { hasText: "role: worker" }).hover();
    await at.page.locator("#nodes .row.dimmed").first().waitFor();
    // the label keeps these five away; the others are dimmed.
    const five = ["control-plane-1", "control-plane-2", "infra-1", "infra-2", "worker-7"];
    const all = Object.keys(await at.actions());
    assert.deepEqual(
      await dimmed(),
      all.filter((name) => !five.includes(name)),
    );
    await at.page.locator("h1").hover();
    await at.page.locator("#nodes .row.dimmed").first().waitFor({ state: "detached" });
  });

  it("over a node's own lines dims all other nodes, the cursor too", async () => {
    await at.cursorAt("Cluster", 10);
    await at.page.locator("h1").hover();
    await at.page.locator("#nodes .row.dimmed").first().waitFor();
    assert.equal((await dimmed()).length, 11);
    assert.ok(!(await dimmed()).includes("control-plane-1"));
    await at.page.locator("#platform").focus();
    await at.page.locator("#nodes .row.dimmed").first().waitFor({ state: "detached" });
  });

  it("over a line that decides nothing dims nothing", async () => {
    await at.page.locator('.cm-content[aria-label="DaemonSet"] .cm-line', { hasText: "kind: DaemonSet" }).hover();
    await at.page.waitForTimeout(200);
    assert.deepEqual(await dimmed(), []);
  });
});
