// What is typed is kept in the browser, unless its owner does not want that.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { copyOf, dropFiles } from "./support/frame.mjs";
import { pageForEach } from "./support/suite.mjs";

describe("keeping", () => {
  const at = pageForEach();

  async function type() {
    await at.cursorAt("DaemonSet", 15);
    await at.page.keyboard.type("x");
    await at.says(/^hello-daemonset: 0 of 12/);
  }
  async function reload() {
    await at.page.reload();
    await at.settled();
  }
  const stored = () => at.page.evaluate(() => Object.keys(localStorage));

  it("brings back text, platform and switches after a reload at once", async () => {
    await type();
    await at.page.selectOption("#platform", "openshift-4");
    await at.page.fill("#default-node-selector", "region=east");
    await at.tab(/Merge/);
    await at.page.locator("#merge .equation", { hasText: "region=east" }).waitFor();
    const text = await copyOf(at, "DaemonSet");
    await reload();
    await at.says(/^hello-daemonset: 0 of 12/);
    assert.equal(await copyOf(at, "DaemonSet"), text);
    assert.equal(await at.page.locator("#platform").inputValue(), "openshift-4");
    assert.equal(await at.page.locator("#default-node-selector").inputValue(), "region=east");
  });

  it("keeps a text though the page goes at the very next moment", async () => {
    await at.cursorAt("DaemonSet", 15);
    await at.page.keyboard.type("x");
    await reload();
    await at.says(/^hello-daemonset: 0 of 12/);
  });

  it("keeps files though the page goes as soon as they are shown", async () => {
    await dropFiles(at.page, "#plan", {
      "a.yaml": "kind: Node\napiVersion: v1\nmetadata: {name: n2}\n",
      "b.txt": "n3\n",
    });
    await at.page.locator(".chip").nth(1).waitFor();
    await reload();
    await at.page.locator(".chip").nth(1).waitFor();
    await at.settled();
    assert.match(await at.page.locator(".chip").nth(1).textContent(), /1 node|node names/);
    assert.equal(await at.page.locator("#notes .note").count(), 0);
  });

  it("says which files it could not bring back", async () => {
    // Before the new page's own scripts: the old one may still write what it has, or that it has nothing.
    await at.page.addInitScript(() => {
      const texts = { DaemonSet: "", Cluster: "n1\n" };
      const work = { platform: "kubernetes", switches: {}, texts, files: ["a.yaml", "b.txt"] };
      localStorage.setItem("daemonset-planner.work", JSON.stringify(work));
    });
    await reload();
    assert.match(await at.page.locator("#notes .note").textContent(), /^Not brought back: a\.yaml, b\.txt\./);
    assert.match(await copyOf(at, "Cluster"), /^n1\n?$/);
  });

  it("writes no bytes anew that it has", async () => {
    await at.page.evaluate(() => {
      globalThis.puts = 0;
      const { put } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.put = function (...given) {
        globalThis.puts++;
        return put.apply(this, given);
      };
    });
    const puts = (count) => at.page.waitForFunction((count) => globalThis.puts === count, count);
    await dropFiles(at.page, "#plan", { "a.txt": "n2\n", "b.txt": "n3\n" });
    await puts(1);
    await at.paste("Cluster", "n9\n");
    await at.page.waitForFunction(() => localStorage.getItem("daemonset-planner.work")?.includes("n9"));
    assert.equal(await at.page.evaluate(() => globalThis.puts), 1);
    await dropFiles(at.page, "#plan", { "c.txt": "n4\n" });
    await puts(2);
  });

  it("brings back files and long texts", async () => {
    await at.paste("Cluster", `# ${"x".repeat(1_000_001)}\napiVersion: v1\nkind: Node\nmetadata: {name: long}\n`);
    await at.says(/of 1 node/);
    await dropFiles(at.page, "#plan", {
      "a.yaml": "kind: Node\napiVersion: v1\nmetadata: {name: n2}\n",
      "b.txt": "n3\n",
    });
    await at.says(/of 3 nodes/);
    await reload();
    await at.says(/of 3 nodes/);
    assert.equal(await at.page.locator(".chip").count(), 2);
    assert.equal(await at.page.locator(".held:visible").count(), 1);
  });

  it("keeps no example that nobody changed", async () => {
    await at.page.selectOption("#examples", "3");
    await at.says(/^node-agent/);
    await at.page.waitForTimeout(600);
    assert.deepEqual(await stored(), []);
  });

  it("forgets all at a click", async () => {
    await type();
    await at.page.waitForFunction(() => localStorage.length > 0);
    await at.page.click("#forget");
    assert.deepEqual(await stored(), []);
    await reload();
    await at.says(/^hello-daemonset: 5 of 12/);
  });

  it("keeps nothing once that is switched off, and remembers the switch", async () => {
    await type();
    await at.page.waitForFunction(() => localStorage.length > 0);
    await at.page.uncheck("#keep");
    await at.page.keyboard.press("Tab");
    await at.cursorAt("DaemonSet", 15);
    await at.page.keyboard.type("y");
    await at.page.waitForTimeout(600);
    assert.deepEqual(await stored(), ["daemonset-planner.keep-nothing"]);
    await reload();
    await at.says(/^hello-daemonset: 5 of 12/);
    assert.equal(await at.page.locator("#keep").isChecked(), false);
  });

  it("works where the browser keeps nothing, and says so", async () => {
    const page = await at.context.newPage();
    await page.addInitScript(() => {
      Object.defineProperty(globalThis, "localStorage", {
        get() {
          throw new DOMException("no", "SecurityError");
        },
      });
    });
    await page.goto(at.url);
    await page.locator("#answer .sentence", { hasText: "5 of 12 nodes" }).waitFor();
    assert.match(await page.locator("#kept").textContent(), /does not let the page keep/);
    assert.ok(await page.locator("#keep").isDisabled());
    await page.close();
  });

  it("is not undone by what is kept and can't be read", async () => {
    await at.page.addInitScript(() => localStorage.setItem("daemonset-planner.work", '{"platform":7,"texts":[]}'));
    await reload();
    await at.says(/^hello-daemonset: 5 of 12/);
  });
});
