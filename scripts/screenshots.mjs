// Takes the pictures of docs/screenshots from the page as it is built. `node scripts/screenshots.mjs [NAME…]`,
// after `make build`.

import { mkdirSync, writeFileSync } from "node:fs";
import { argv, exit } from "node:process";
import { start } from "../tests/page/support/browser.mjs";
import { indexedPng } from "./png.mjs";

/** Bytes that a picture may have. */
const MOST_BYTES = 150_000;

const SHOTS = {
  "wide-light": { width: 1280, height: 760, reach: openGpuNode },
  "wide-dark": { width: 1280, height: 760, colorScheme: "dark", reach: openGpuNode },
  narrow: { width: 360, height: 720, reach: async () => {} },
  "broken-input": {
    width: 1280,
    height: 720,
    async reach({ page, cursorAt }) {
      await cursorAt("DaemonSet", 4);
      await page.keyboard.insertText(" bad: x");
      await page.locator("#plan.stale").waitFor();
    },
  },
  "merge-doctor": {
    width: 1280,
    height: 800,
    async reach({ page, says, tab }) {
      await page.selectOption("#examples", { label: "OpenShift project selector eats my DaemonSet" });
      await says(/^log-agent/);
      await tab(/^Merge/);
    },
  },
  "5000-nodes": {
    width: 1280,
    height: 760,
    async reach({ page, says }) {
      await page.selectOption("#examples", { label: "5,000 nodes" });
      await says(/of 5000 nodes/);
    },
  },
};

async function openGpuNode({ page, says }) {
  await page.selectOption("#examples", { label: "My log agent skips GPU nodes" });
  await says(/^log-agent/);
  await page.locator("#reasons .reason").first().click();
}

/** The pixels of a picture, as a browser reads it. */
async function pixelsOf(context, png) {
  const page = await context.newPage();
  const { width, height, data } = await page.evaluate(
    async (url) => {
      const bitmap = await createImageBitmap(await (await fetch(url)).blob());
      const { width, height } = bitmap;
      const drawing = new OffscreenCanvas(width, height).getContext("2d");
      drawing.drawImage(bitmap, 0, 0);
      const reader = new FileReader();
      reader.readAsDataURL(new Blob([drawing.getImageData(0, 0, width, height).data]));
      await new Promise((resolve) => {
        reader.onload = resolve;
      });
      return { width, height, data: reader.result };
    },
    `data:image/png;base64,${png.toString("base64")}`,
  );
  await page.close();
  return { width, height, pixels: new Uint8Array(Buffer.from(data.slice(data.indexOf(",") + 1), "base64")) };
}

const folder = new URL("../docs/screenshots/", import.meta.url).pathname;
mkdirSync(folder, { recursive: true });
const wanted = argv.slice(2);
let large = false;

const site = await start();
try {
  for (const [name, { width, height, colorScheme = "light", reach }] of Object.entries(SHOTS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const at = await site.open({ width, height, colorScheme });
    await reach(at);
    await at.settled();
    await at.page.mouse.move(0, 0);
    // Without the blinking cursor, and after the moment that a plan under way gets.
    await at.page.evaluate(() => document.activeElement?.blur());
    await at.page.waitForTimeout(400);
    const picture = indexedPng(await pixelsOf(at.context, await at.page.screenshot()));
    writeFileSync(`${folder}${name}.png`, picture);
    const size = picture.length;
    large ||= size > MOST_BYTES;
    console.log(`${name}.png: ${size} bytes${size > MOST_BYTES ? `, more than ${MOST_BYTES}` : ""}`);
    await at.context.close();
  }
} finally {
  await site.close();
}
exit(large ? 1 : 0);
