// Text that can't be read, and a module that stops: the text and the last plan stay.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { start } from "./support/browser.mjs";
import { testBuild } from "./support/bundle.mjs";
import { siteForAll } from "./support/suite.mjs";

describe("a text that can't be read", () => {
  const site = siteForAll();

  it("is named with line and column above the last plan, in the list and as a mark", async () => {
    const { page, context, cursorAt, sentence, settled } = await site.open();
    const before = await sentence();
    await cursorAt("DaemonSet", 4);
    await page.keyboard.insertText(" bad: x");
    await page.locator("#plan.stale").waitFor();
    await settled();

    const notice = page.locator("#answer .notice");
    assert.match(await notice.textContent(), /^DaemonSet:4:\d+ .*mapping values are not allowed/);
    assert.ok(await notice.getByText(/the last text that could be read/).isVisible());
    assert.equal(await sentence(), before);
    assert.match(await page.locator("#findings .error").first().textContent(), /^DaemonSet:4:\d+ error .*DSP001/);

    const mark = page.locator(".cm-lintRange-error");
    assert.equal(await mark.count(), 1);
    const line = await mark.evaluate((element) => element.closest(".cm-line").textContent);
    assert.equal(line, "  name: hello-daemonset bad: x");

    await page.keyboard.press("Control+z");
    await page.locator("#plan:not(.stale)").waitFor();
    await notice.waitFor({ state: "hidden" });
    assert.equal(await page.locator(".cm-lintRange-error").count(), 0);
    await context.close();
  });

  it("is gone to by a click on its finding", async () => {
    const { page, context, cursorAt } = await site.open();
    await cursorAt("DaemonSet", 4);
    await page.keyboard.insertText(" bad: x");
    await page.locator("#findings .error .link").first().waitFor();
    await page.locator("#platform").focus();
    await page.locator("#findings .error .link").first().click();
    const active = await page.evaluate(() =>
      document.activeElement.shadowRoot?.activeElement?.getAttribute("aria-label"),
    );
    assert.equal(active, "DaemonSet");
    // The cursor is at the place: what is typed lands on the line of the finding.
    await page.keyboard.type("!");
    await page.locator(".cm-line", { hasText: /name: hello-daemonset bad.*!/ }).waitFor();
    await context.close();
  });
});

describe("a module that stops", () => {
  let site;
  let made;
  before(async () => {
    made = await testBuild();
    site = await start({ folder: made.folder });
  });
  after(async () => {
    await site?.close();
    await made?.remove();
  });

  it("is started anew at the next change, and the text stays", async () => {
    const { page, context, cursorAt, says, editor } = await site.open();
    await cursorAt("DaemonSet", 15);
    await page.keyboard.type("x");
    await says(/^hello-daemonset: 0 of 12 nodes/);
    await page.evaluate(() => globalThis.stopPlanner());
    const notice = page.locator("#answer .notice");
    await notice.waitFor();
    assert.match(await notice.textContent(), /stopped .*Your text is kept/);
    assert.equal(await page.locator("#plan.stale").count(), 1);
    assert.match(await editor("DaemonSet").textContent(), /role: workerx/);

    await page.keyboard.press("Backspace");
    await says(/^hello-daemonset: 5 of 12 nodes/);
    await notice.waitFor({ state: "hidden" });
    await context.close();
  });
});

describe("the build that is shipped", () => {
  it("has no way to stop the module", async () => {
    const site = await start();
    const { page } = await site.open();
    assert.equal(await page.evaluate(() => typeof globalThis.stopPlanner), "undefined");
    await site.close();
  });
});
