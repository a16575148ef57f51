// Chromium on the page as it is built and served, with everything recorded that a page should not do.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "../../../scripts/serve.mjs";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** How many times slower than this machine the page is made to run: a test that fails so has a race. */
const SLOWER = Number(process.env.PAGE_SLOWER ?? 1);
/** For an answer to come, on a busy machine. */
const PATIENCE_MS = 20_000;

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
      if (SLOWER > 1) {
        const session = await context.newCDPSession(page);
        await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
      }
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
    drawn: () => drawn(page),
    /** Waits until the editors are there and the plan is as new as the text. */
    async settled() {
      await page.locator("#cluster-text").waitFor({ state: "detached" });
      await rest(page);
    },
    sentence: () => page.locator("#answer .sentence").textContent(),
    /** Waits for the sentence to match, once the plan is as new as the text: an older one may match too. */
    async says(pattern) {
      const end = Date.now() + PATIENCE_MS;
      const matches = (text) => (typeof pattern === "string" ? text.includes(pattern) : pattern.test(text));
      for (;;) {
        await rest(page);
        const text = await page.locator("#answer .sentence").textContent();
        if (matches(text)) return;
        if (Date.now() > end) throw new Error(`the sentence is "${text}", not ${pattern}`);
        await page.waitForTimeout(50);
      }
    },
    /** Chooses a tab of the answer, by the beginning of its name. */
    async tab(name) {
      await page.getByRole("tab", { name }).click();
      await drawn(page);
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
    async actions() {
      await rest(page);
      return page
        .locator("#nodes .rows .row")
        .evaluateAll((rows) =>
          Object.fromEntries(
            rows.map((row) => [
              row.querySelector(".node").textContent.trim(),
              row.querySelector(".verdict").textContent.trim(),
            ]),
          ),
        );
    },
  };
}

/** Waits until the page has drawn what was done so far: changes are drawn in the next frame. */
function drawn(page) {
  return page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));
}

/** Waits until the plan is as new as what was done. */
async function rest(page) {
  await drawn(page);
  await page.locator("#plan[aria-busy=false]").waitFor({ timeout: PATIENCE_MS });
}
