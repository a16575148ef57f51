// After the first load the page works without a network, and it says when there is a new version.

import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { ROOT, start } from "./support/browser.mjs";

describe("the service worker", () => {
  let folder;
  let site;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "daemonset-planner-offline-"));
    await cp(`${ROOT}www/dist`, folder, { recursive: true });
    site = await start({ folder });
  });
  after(async () => {
    await site?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("makes the page work offline, editors and planner included", async () => {
    const { page, context, cursorAt, says, settled, messages } = await site.open();
    await page.locator("#offline", { hasText: "Works offline." }).waitFor();
    await context.setOffline(true);
    await page.reload();
    await settled();
    await cursorAt("DaemonSet", 15);
    await page.keyboard.type("x");
    await says(/^hello-daemonset: 0 of 12/);
    assert.deepEqual(messages, []);
    await context.close();
  });

  it("keeps the policy on what it answers", async () => {
    const { page, context } = await site.open();
    await page.locator("#offline", { hasText: "Works offline." }).waitFor();
    await context.setOffline(true);
    const responses = [];
    page.on("response", (response) => responses.push(response));
    await page.reload();
    await page.locator("#answer .sentence", { hasText: "5 of 12" }).waitFor();
    const answered = responses.filter((response) => response.fromServiceWorker());
    assert.ok(answered.length >= 3, `${answered.length} answers`);
    for (const response of answered) assert.match(response.headers()["content-security-policy"], /default-src 'none'/);
    await context.close();
  });

  it("says that a new version is there, and loads it when asked", async () => {
    const { page, context, settled } = await site.open();
    await page.locator("#offline", { hasText: "Works offline." }).waitFor();
    const [html, worker] = await Promise.all(
      ["index.html", "sw.js"].map((name) => readFile(join(folder, name), "utf8")),
    );
    await writeFile(join(folder, "index.html"), html.replace("<h1>daemonset-planner</h1>", "<h1>another version</h1>"));
    await writeFile(join(folder, "sw.js"), worker.replace(/name:"[0-9a-f]{16}"/, 'name:"0123456789abcdef"'));
    // The old version is shown until somebody asks for the new one.
    await page.reload();
    await settled();
    assert.equal(await page.locator("h1").textContent(), "daemonset-planner");
    await page.getByRole("button", { name: "Load it" }).click();
    await page.locator("h1", { hasText: "another version" }).waitFor();
    await settled();
    const caches = await page.evaluate(() => globalThis.caches.keys());
    assert.deepEqual(caches, ["daemonset-planner 0123456789abcdef"]);
    await context.close();
  });
});
