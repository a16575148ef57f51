// Chromium on the page as it is built and served, with everything recorded that a page should not do.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "../../../scripts/serve.mjs";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Serves a build and starts a browser.
 *
 * @param {{ folder?: string }} [options] the build; www/dist, which `make build` makes, if not told otherwise
 */
export async function start({ folder = `${ROOT}www/dist` } = {}) {
  const headers = await readFile(`${ROOT}www/_headers`, "utf8");
  const server = await serve({ folder, headers });
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ARGS });

  return {
    url: server.url,
    /** Opens the page and waits for its first plan and its editors; `before` is told of it while it is empty. */
    async open({ width = 1440, height = 900, colorScheme = "light", wait = true, before = undefined } = {}) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme });
      const page = await context.newPage();
      const messages = [];
      const requests = [];
      const responses = [];
      context.on("request", (request) => requests.push(request.url()));
      context.on("response", (response) => responses.push(response));
      page.on("console", (message) => messages.push(`${message.type()}: ${message.text()}`));
      page.on("pageerror", (error) => messages.push(`error: ${error.message}`));
      await before?.(page);
      await page.goto(server.url);
      const opened = Object.assign(driver(page), { page, context, messages, requests, responses });
      if (wait) await opened.settled();
      return opened;
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** What a person does and sees. */
function driver(page) {
  return {
    /** Waits until the editors are there and the plan is as new as the text. */
    async settled() {
      await page.locator("#cluster-text").waitFor({ state: "detached" });
      await page.locator("#plan[aria-busy=false]").waitFor();
    },
    sentence: () => page.locator("#answer .sentence").textContent(),
    /** Waits for the sentence to match. */
    async says(pattern) {
      const sentence = page.locator("#answer .sentence", { hasText: pattern });
      await sentence.waitFor({ timeout: 10_000 }).catch(async () => {
        throw new Error(`the sentence is "${await page.locator("#answer .sentence").textContent()}", not ${pattern}`);
      });
    },
    editor: (name) => page.locator(`.cm-content[aria-label="${name}"]`),
    /** Puts the cursor at the end of a line, counted from 1. */
    async cursorAt(name, line) {
      await page.locator(`.cm-content[aria-label="${name}"]`).click();
      await page.keyboard.press("Control+Home");
      for (let at = 1; at < line; at++) await page.keyboard.press("ArrowDown");
      await page.keyboard.press("End");
    },
    /** Puts a text in the place of what is there, as a paste does. */
    async paste(name, text) {
      const content = page.locator(`.cm-content[aria-label="${name}"]`);
      await content.focus();
      await page.keyboard.press("Control+a");
      await content.evaluate((element, text) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", text);
        element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
      }, text);
    },
    /** The table as it stands in the document: node to action. */
    actions: () =>
      page
        .locator("#nodes .rows .row")
        .evaluateAll((rows) =>
          Object.fromEntries(
            rows.map((row) => [
              row.querySelector(".node").textContent.trim(),
              row.querySelector(".verdict").textContent.trim(),
            ]),
          ),
        ),
  };
}
