// Every hostile text, pasted: the page answers within two seconds, keeps the text, and says where the trouble is.
// What is no text at all can't be pasted; it comes as a file. And a module that stops is started anew.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { ROOT, start } from "./support/browser.mjs";
import { testBuild } from "./support/bundle.mjs";

const CASES = JSON.parse(await readFile(`${ROOT}tests/hostile/cases.json`, "utf8"));
/** Two seconds on a quiet machine; this is for busy ones. */
const LIMIT_MS = 10_000;
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
    // Nothing of one test is to stand in another's way.
    await at.page.uncheck("#keep");
    await at.page.evaluate(() => {
      /** The text of a recipe, or its bytes. */
      globalThis.cook = (recipe) =>
        recipe.map(({ text, bytes, repeat, numbered, count }) => {
          if (text !== undefined) return text.repeat(repeat);
          if (numbered !== undefined) {
            return Array.from({ length: count }, (_, index) => numbered.replaceAll("{n}", index)).join("");
          }
          const all = new Uint8Array(bytes.length * repeat);
          for (let at = 0; at < all.length; at += bytes.length) all.set(bytes, at);
          return all;
        });
      /** Gives it to the page, and waits for the answer; milliseconds. */
      globalThis.give = async (parts) => {
        const bytes = parts.some((part) => typeof part !== "string");
        const pane = document.querySelector('.pane[aria-labelledby="cluster-title"]');
        const dataTransfer = new DataTransfer();
        const begun = performance.now();
        if (bytes) {
          dataTransfer.items.add(new File(parts, "hostile.yaml"));
          pane.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
          // Its bytes are read first.
          await until(() => document.querySelector(".chip") !== null);
        } else {
          dataTransfer.setData("text/plain", parts.join(""));
          const content = pane.querySelector(".editor").shadowRoot.querySelector(".cm-content");
          content.dispatchEvent(new ClipboardEvent("paste", { clipboardData: dataTransfer, cancelable: true }));
          await frame();
        }
        // An answer is also that it takes long, with a way to stop it.
        await until(
          () =>
            document.querySelector("#plan").getAttribute("aria-busy") === "false" ||
            document.querySelector('[data-topic="slow"]') !== null,
        );
        await frame();
        return performance.now() - begun;
      };
      const until = async (reached) => {
        for (const begun = performance.now(); !reached() && performance.now() - begun < 10_000; ) await frame();
      };
      const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    });
  });
  after(async () => {
    await site?.close();
    await made?.remove();
  });

  async function clear() {
    await at.page.selectOption("#examples", "0");
    await at.says(/^hello-daemonset: 5 of 12 nodes/);
    await at.settled();
    await at.editor("Cluster").focus();
    await at.page.keyboard.press("Control+a");
  }

  for (const { name, recipe, expect } of CASES) {
    it(name, async () => {
      await clear();
      const milliseconds = await at.page.evaluate((recipe) => globalThis.give(globalThis.cook(recipe)), recipe);
      assert.ok(milliseconds < LIMIT_MS, `${milliseconds.toFixed(0)} ms`);
      const isText = recipe.every(({ bytes }) => bytes === undefined);
      if (isText) {
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
        const places = await at.page.locator("#findings .error .link").allTextContents();
        const place = PLACES[name] ?? `:${expect.line}:${expect.column}`;
        // The list ends at some number; what stands before it has places of its own.
        const cut = await at.page.locator("#findings .findings > .quiet").count();
        assert.ok(cut > 0 || places.some((text) => text.endsWith(place)), `${place} in ${places}`);
        assert.ok(places.length > 0);
      }
      // And the page is none the worse for it.
      assert.equal(await at.page.locator("#answer .notice", { hasText: "stopped" }).isVisible(), false);
      assert.deepEqual(at.messages, []);
      if (!isText) await at.page.locator(".chip, .held:visible").getByRole("button", { name: /^Take/ }).click();
    });
  }

  it("a module that stops on a text is started anew; text, files and switches stay", async () => {
    await clear();
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
