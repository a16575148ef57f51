// axe finds nothing: light and dark, narrow and wide, in each state that matters. And the keyboard gets everywhere.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import { start } from "./support/browser.mjs";

const STATES = {
  "hello-daemonset": async () => {},
  "the project's selector": async ({ page, says }) => {
    await page.selectOption("#examples", "1");
    await says(/^log-agent: /);
  },
  "the merge doctor": async ({ page, says, tab }) => {
    await page.selectOption("#examples", "1");
    await says(/^log-agent: /);
    await tab("Merge 2 lost");
    await page.locator("#merge .before-after").first().waitFor();
  },
  "a number opened, and a line pointed at": async ({ page, cursorAt }) => {
    await page.locator("#answer .count").first().click();
    await page.locator("#names").waitFor();
    await cursorAt("Cluster", 200);
    await page.locator("#nodes .row.dimmed").first().waitFor();
  },
  "broken input": async ({ page, cursorAt }) => {
    await cursorAt("DaemonSet", 4);
    await page.keyboard.insertText(" bad: x");
    await page.locator("#plan.stale").waitFor();
  },
  "one node and one reason": async ({ page }) => {
    await page.locator("#reasons .reason").first().click();
    await page.locator("#nodes .name").first().click();
    await page.locator("#node .details li").first().waitFor();
  },
  "the status, a counter opened": async ({ page, says }) => {
    await page.selectOption("#examples", { label: "Which pods does a new image replace, and how many at a time?" });
    await says("replaces 1 of 4");
    await page.locator("#status .computed .count").first().click();
    await page.locator("#names").waitFor();
  },
  "the pods of a node": async ({ page, says, tab }) => {
    await page.selectOption("#examples", { label: "Which pods does a new image replace, and how many at a time?" });
    await says("replaces 1 of 4");
    await tab("Plan");
    await page.locator("#nodes .name").first().click();
    await page.locator("#node .pods").waitFor();
  },
  "the pod, its affinity overridden": async ({ page, says }) => {
    await page.selectOption("#examples", { label: "Who overrode my affinity?" });
    await says(/^cache: /);
    await page.locator("#pod .yaml mark").first().waitFor();
  },
  "the pod refused": async ({ page, says, tab }) => {
    await page.selectOption("#platform", "openshift-4");
    await page.fill("#default-node-selector", "role=infra");
    await says(/loses/);
    await tab("Pod");
    await page.locator("#pod .refusal").waitFor();
  },
};

describe("accessibility", () => {
  let site;
  let axe;
  before(async () => {
    site = await start();
    axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  });
  after(() => site?.close());

  for (const colorScheme of ["light", "dark"]) {
    for (const width of [360, 1440]) {
      it(`axe finds nothing in ${colorScheme} at ${width} px`, async () => {
        for (const [state, reach] of Object.entries(STATES)) {
          const at = await site.open({ colorScheme, width });
          await reach(at);
          await at.settled();
          await at.page.evaluate(axe);
          const { violations } = await at.page.evaluate(() => globalThis.axe.run());
          const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
          assert.deepEqual(found, [], state);
          await at.context.close();
        }
      });
    }
  }

  it("nothing is wider than 360 pixels", async () => {
    for (const reach of Object.values(STATES)) {
      const at = await site.open({ width: 360 });
      await reach(at);
      assert.equal(await at.page.evaluate(() => document.documentElement.scrollWidth), 360);
      await at.context.close();
    }
  });

  it("Tab goes through everything, and out of the editors again", async () => {
    const { page, context } = await site.open();
    const reached = new Set();
    await page.locator("#examples").focus();
    for (let presses = 0; presses < 40; presses++) {
      reached.add(
        await page.evaluate(() => {
          const element = document.activeElement;
          const inner = element.shadowRoot?.activeElement ?? element;
          return inner.getAttribute("aria-label") ?? (inner.id || inner.className);
        }),
      );
      await page.keyboard.press("Tab");
    }
    for (const stop of ["examples", "platform", "DaemonSet", "Cluster", "reason", "name"]) {
      assert.ok(reached.has(stop), `${stop} in ${[...reached]}`);
    }
    await context.close();
  });

  it("the sentence is in a polite live region", async () => {
    const { page, context } = await site.open();
    assert.equal(await page.locator('[role="status"][aria-live="polite"] .sentence').count(), 1);
    await context.close();
  });
});
