// Every hostile text, pasted: the page answers within two seconds, keeps the text, and says where the trouble is.
// What is no text at all can't be pasted; it comes as a file. And a module that stops is started anew.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { start } from "./support/browser.mjs";
import { testBuild } from "./support/bundle.mjs";
import { CASES, clear, give, isText, prepare, QUIET_MS, takeAway } from "./support/hostile.mjs";

/** How much slower than a quiet machine a busy one may be. */
const SLACK = 4;
/** Places that are others than the reader's: UTF-16 is known as a whole, before a line of it is read. */
const PLACES = { "UTF-16, which splitting by lines breaks; a whole input is read as UTF-16": ":1:1" };

describe("hostile input", () => {
  let site;
  let made;
  let at;
  before(async () => {
    made = await testBuild();
    site = await start({ folder: made.folder });
    at = await site.open();
    await prepare(at);
  });
  after(async () => {
    await site?.close();
    await made?.remove();
  });

  for (const { name, recipe, expect } of CASES) {
    it(name, async (test) => {
      await clear(at);
      const milliseconds = await give(at, recipe);
      test.diagnostic(`${name}: ${milliseconds.toFixed(0)} ms`);
      assert.ok(milliseconds < QUIET_MS * SLACK, `${milliseconds.toFixed(0)} ms`);
      if (isText(recipe)) {
        const kept = await at.page.evaluate(
          async (recipe) => (await globalThis.contentOf("Cluster")) === globalThis.cook(recipe).join(""),
          recipe,
        );
        assert.ok(kept, "the text is kept");
      } else {
        assert.equal(await at.page.locator(".chip, .held:visible").count(), 1);
      }
      const slow = at.page.locator('[data-topic="slow"]');
      if ((await slow.isVisible()) && !expect.kind) {
        await slow.getByRole("button", { name: "Stop" }).click();
        await at.page.locator("#answer .notice", { hasText: "Your text is kept" }).waitFor();
        return;
      }
      await at.settled();
      if (expect.kind) {
        const more = at.page.locator("#findings .more");
        while ((await more.count()) > 0) await more.click();
        const places = await at.page.locator("#findings .error .link").allTextContents();
        const place = PLACES[name] ?? `:${expect.line}:${expect.column}`;
        assert.ok(
          places.some((text) => text.endsWith(place)),
          `${place} in ${places.slice(-5)}`,
        );
      }
      // And the page is none the worse for it.
      assert.equal(await at.page.locator("#answer .notice", { hasText: "stopped" }).isVisible(), false);
      assert.deepEqual(at.messages, []);
      if (!isText(recipe)) await takeAway(at);
    });
  }

  it("a module that stops on a text is started anew; text, files and switches stay", async () => {
    await clear(at);
    await at.cursorAt("DaemonSet", 15);
    await at.page.keyboard.type("x");
    await at.says(/^hello-daemonset: 0 of 12 nodes/);
    await at.page.setInputFiles("#files-field", [
      { name: "more.txt", mimeType: "text/plain", buffer: Buffer.from("n1\n") },
      { name: "most.txt", mimeType: "text/plain", buffer: Buffer.from("n2\n") },
    ]);
    await at.says(/^hello-daemonset: 0 of 14 nodes/);
    await at.page.evaluate(() => globalThis.stopPlanner());
    const notice = at.page.locator("#answer .notice");
    await notice.waitFor();
    assert.match(await notice.textContent(), /stopped .*Your text is kept/);
    await at.cursorAt("DaemonSet", 15);
    await at.page.keyboard.press("Backspace");
    await at.says(/^hello-daemonset: 5 of 14 nodes/);
    await notice.waitFor({ state: "hidden" });
    await at.page.getByRole("button", { name: "Take all away" }).click();
    await at.says(/^hello-daemonset: 5 of 12 nodes/);
  });
});
