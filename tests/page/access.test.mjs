// axe finds nothing: light and dark, narrow and wide, in each state that matters. And the keyboard gets everywhere.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { before, describe, it } from "node:test";
import { dropFiles } from "./support/frame.mjs";
import { siteForAll } from "./support/suite.mjs";

/** Each state is reached from the page as it opens. */
const STATES = {
  "hello-daemonset": async () => {},
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
  "a dialog: share": async ({ page }) => {
    await page.click("#open-share");
    await page.locator("#share-copy").waitFor();
  },
  "a dialog: share, with other names": async ({ page, drawn }) => {
    await page.click("#open-share");
    await page.check("#share-anonymise");
    await page.locator("#share-renamed:not(:empty)").waitFor();
    await drawn();
  },
  "a dialog: keys": async ({ page, drawn }) => {
    await page.click("#open-help");
    await page.locator("#help[open]").waitFor();
    await drawn();
  },
  "files beside the editors, one of them wrong": async ({ page }) => {
    await dropFiles(page, "#plan", {
      "a.yaml": "kind: Node\napiVersion: v1\nmetadata: {name: n1}\n",
      "b.yaml": "kind: [\n",
      "c.txt": "n3\n",
    });
    await page.locator(".chip.wrong").waitFor();
  },
  "a text too long for an editor": async ({ page, paste }) => {
    await paste("Cluster", `# ${"x".repeat(1_000_001)}\nn1\n`);
    await page.locator(".held:visible").waitFor();
  },
  "switches of a platform": async ({ page, drawn }) => {
    await page.selectOption("#platform", "openshift-4");
    await drawn();
  },
  "no nodes": async ({ page, paste }) => {
    await paste("Cluster", "");
    await page.locator("#findings .error").first().waitFor();
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
    await says("1 of 4 more");
    await page.locator("#status .computed .count").first().click();
    await page.locator("#names").waitFor();
  },
  "the pods of a node": async ({ page, says, tab }) => {
    await page.selectOption("#examples", { label: "Which pods does a new image replace, and how many at a time?" });
    await says("1 of 4 more");
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

/** What axe finds in the page. */
async function violations({ page }) {
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
}

describe("accessibility", () => {
  const site = siteForAll();
  let axe;
  before(async () => {
    axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  });

  for (const colorScheme of ["light", "dark"]) {
    for (const width of [360, 1440]) {
      it(`axe finds nothing in ${colorScheme} at ${width} px`, async () => {
        for (const [state, reach] of Object.entries(STATES)) {
          const at = await site.open({ colorScheme, width });
          await reach(at);
          await at.settled();
          await at.page.evaluate(axe);
          assert.deepEqual(await violations(at), [], state);
          await at.context.close();
        }
      });

      it(`axe finds nothing in any example in ${colorScheme} at ${width} px`, async () => {
        const at = await site.open({ colorScheme, width });
        await at.page.evaluate(axe);
        const examples = await at.page
          .locator("#examples option")
          .evaluateAll((options) => options.filter(({ value }) => /^\d+$/.test(value)).map(({ value }) => value));
        assert.ok(examples.length > 5);
        for (const example of examples) {
          await at.page.selectOption("#examples", example);
          await at.settled();
          assert.deepEqual(await violations(at), [], `example ${example}`);
          await at.tab(/^Merge/);
          assert.deepEqual(await violations(at), [], `the merge of example ${example}`);
          await at.tab(/^Plan/);
        }
        await at.context.close();
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
