// The merge doctor's pane.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { load } from "./support/bundle.mjs";
import { siteForAll } from "./support/suite.mjs";

describe("the merge doctor", () => {
  const site = siteForAll();

  it("adds template and annotation up to the pod's selector, says why, and names the nodes lost", async () => {
    const { page, context, says, tab } = await site.open();
    await page.selectOption("#examples", "1");
    await says(/^log-agent: /);
    await tab("Merge 2 lost");
    const merge = page.locator("#merge");
    const terms = await merge.locator(".equation dd code").allTextContents();
    assert.deepEqual(terms, ["role=worker", "region=east", "region=east,role=worker"]);
    // the annotation takes the place of the cluster's default.
    assert.match(await merge.textContent(), /takes the place of the cluster's default \(R-357\)/);
    // the controller makes no pod.
    assert.match(await merge.locator(".lost").textContent(), /2 nodes: the controller makes no pod/);
    assert.deepEqual(await merge.locator(".names .name").allTextContents(), ["worker-4", "worker-5"]);
    assert.equal(await page.locator("#nodes").isVisible(), false);

    await merge.getByRole("button", { name: "Cluster:6:33" }).click();
    const active = await page.evaluate(() =>
      document.activeElement.shadowRoot?.activeElement?.getAttribute("aria-label"),
    );
    assert.equal(active, "Cluster");
    await merge.getByRole("button", { name: "show on the map" }).click();
    await page.locator("#nodes-title", { hasText: "2 of 12 nodes: lost by a node selector" }).waitFor();
    await context.close();
  });

  it("says what each fix changes, and the plan after it agrees", async () => {
    const { page, context, says, paste, tab } = await site.open();
    await page.selectOption("#examples", "1");
    await says(/^log-agent: 4 of 12/);
    await tab("Merge 2 lost");
    const table = page.locator("#merge .before-after").first();
    const cells = await table.locator("td:not(:empty)").allTextContents();
    assert.deepEqual(cells, ["2", "0", "4", "6"]);
    assert.match(await page.locator("#merge .fix code").first().textContent(), /^oc patch namespace logging /);

    // What the command does, done in the text.
    const text = await page.evaluate(async () => {
      const nodes = [...document.querySelectorAll(".editor")][1].shadowRoot.querySelector(".cm-content");
      return nodes.cmTile?.view?.state.doc.toString() ?? nodes.cmView?.view?.state.doc.toString();
    });
    await paste("Cluster", text.replace("openshift.io/node-selector: region=east", 'openshift.io/node-selector: ""'));
    await says(/^log-agent: 6 of 12/);
    await context.close();
  });

  it("says on plain Kubernetes that nothing is merged", async () => {
    const { page, context, tab } = await site.open();
    await tab("Merge");
    assert.match(await page.locator("#merge").textContent(), /Plain Kubernetes merges nothing/);
    // Arrow keys go from tab to tab.
    await page.keyboard.press("ArrowLeft");
    await page.locator("#nodes").waitFor();
    await context.close();
  });

  it("counts pods that are made in vain as lost, and those that stay as running", async () => {
    const { beforeAndAfter } = await load("views/merge.ts");
    const rows = (number) => new Uint32Array(number);
    const of = (shouldRun, lost, frees) => beforeAndAfter({ counts: { shouldRun }, merge: { lost } }, { frees });
    // 3 of 10 stay Pending.
    assert.deepEqual(of(10, [{ outcome: "pending", rows: rows(3) }], { pending: 3 }), { before: 7, after: 10 });
    // no pod is made on 2, which are not counted as desired.
    assert.deepEqual(of(4, [{ outcome: "noPod", rows: rows(2) }], { noPod: 1 }), { before: 4, after: 5 });
    // what is there stays, and runs.
    assert.deepEqual(of(4, [{ outcome: "stays", rows: rows(2) }], { stays: 2 }), { before: 4, after: 4 });
  });
});
