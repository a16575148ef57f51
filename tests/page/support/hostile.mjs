// Every hostile text, given to the page as people would give it: pasted, or as a file where it is no text.

import { readFile } from "node:fs/promises";
import { ROOT } from "./browser.mjs";

export const CASES = JSON.parse(await readFile(`${ROOT}tests/hostile/cases.json`, "utf8"));
/** What a case may take until the page answers, on a quiet machine. */
export const QUIET_MS = 2000;

export function isText(recipe) {
  return recipe.every(({ bytes }) => bytes === undefined);
}

/** Makes a page ready for them. */
export async function prepare({ page }) {
  // Nothing of one text is to stand in another's way.
  await page.uncheck("#keep");
  await page.evaluate(() => {
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
}

/** Puts the page's own example there, with the cluster's text selected. */
export async function clear({ page, editor, says, settled }) {
  await page.selectOption("#examples", "0");
  await says(/^hello-daemonset: 5 of 12 nodes/);
  await settled();
  await editor("Cluster").focus();
  await page.keyboard.press("Control+a");
}

/** Milliseconds from the paste of a recipe to the page's answer. */
export function give({ page }, recipe) {
  return page.evaluate((recipe) => globalThis.give(globalThis.cook(recipe)), recipe);
}

/** Takes away what came as a file. */
export async function takeAway({ page }) {
  await page.locator(".chip, .held:visible").getByRole("button", { name: /^Take/ }).click();
}
