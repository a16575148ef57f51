// Takes the picture of README.md from the page as it is built. `node scripts/screenshots.mjs`, after `make build`.

import { mkdirSync } from "node:fs";
import { start } from "../tests/page/support/browser.mjs";

const folder = new URL("../docs/screenshots/", import.meta.url).pathname;
mkdirSync(folder, { recursive: true });

const site = await start();
try {
  const { page, context } = await site.open({ width: 1440, height: 900 });
  await page.screenshot({ path: `${folder}first-page.png` });
  await context.close();
} finally {
  await site.close();
}
