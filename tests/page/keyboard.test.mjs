// Keys, theme, completion, and what is read out.

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { load } from "./support/bundle.mjs";
import { pageForEach } from "./support/suite.mjs";

describe("the keyboard", () => {
  const at = pageForEach();

  const press = async (...keys) => {
    for (const key of keys) await at.page.keyboard.press(key);
  };
  const focused = () =>
    at.page.evaluate(() => {
      const element = document.activeElement;
      const inner = element.shadowRoot?.activeElement ?? element;
      return inner.getAttribute("aria-label") ?? (inner.id || inner.className);
    });

  it("shows its keys at ?, and Escape closes them and gives the focus back", async () => {
    await at.page.locator("#open-share").focus();
    await press("?");
    const help = at.page.locator("#help");
    await help.waitFor();
    assert.match(await help.textContent(), /g d .*goes to the DaemonSet/);
    assert.match(await help.textContent(), /\/ .*searches nodes/);
    await press("Escape");
    await help.waitFor({ state: "hidden" });
    assert.equal(await focused(), "open-share");
  });

  it("goes to every part with g and a letter", async () => {
    const parts = { d: "DaemonSet", c: "Cluster", r: "reason", e: "examples", p: "platform" };
    for (const [key, part] of Object.entries(parts)) {
      await at.page.locator("#open-help").focus();
      await press("g", key);
      assert.equal(await focused(), part, key);
    }
    await at.page.locator("#open-help").focus();
    await press("g", "n");
    assert.ok(await at.page.evaluate(() => document.querySelector("#nodes").contains(document.activeElement)));
  });

  it("goes through the findings with j and k, and Enter goes to the place", async () => {
    await at.paste("DaemonSet", "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: a, b: c, d: e}\n");
    await at.page.locator("#findings .link").nth(1).waitFor();
    await at.page.locator("#open-help").focus();
    const texts = await at.page.locator("#findings .findings > li").allTextContents();
    const here = () =>
      at.page.evaluate(() => document.activeElement.closest("li")?.textContent ?? document.activeElement.id);
    await press("j");
    assert.equal(await here(), texts[0]);
    await press("j");
    assert.equal(await here(), texts[1]);
    await press("k");
    assert.equal(await here(), texts[0]);
    await press("Enter");
    assert.equal(await focused(), "DaemonSet");
  });

  it("writes the same letters in editors and fields", async () => {
    await at.cursorAt("DaemonSet", 15);
    await at.page.keyboard.type("gd?s");
    await at.page.locator(".cm-line", { hasText: "role: workergd?s" }).waitFor();
    assert.equal(await at.page.locator("dialog[open]").count(), 0);
  });

  it("does nothing with single keys once they are turned off, after a reload too", async () => {
    await at.page.click("#open-help");
    await at.page.uncheck("#single-keys");
    await press("Escape", "?");
    assert.equal(await at.page.locator("dialog[open]").count(), 0);
    await at.page.reload();
    await at.settled();
    await press("?");
    assert.equal(await at.page.locator("dialog[open]").count(), 0);
  });

  it("shares with s and closes again", async () => {
    await at.page.locator("#open-help").focus();
    await press("s");
    await at.page.locator("#share #share-link").waitFor();
    await press("Escape");
    await at.page.locator("#share").waitFor({ state: "hidden" });
  });

  it("keeps the theme that was chosen, in the editors too", async () => {
    const background = (selector) =>
      at.page
        .locator(selector)
        .first()
        .evaluate((element) => getComputedStyle(element).backgroundColor);
    const light = await background("body");
    await at.page.selectOption("#theme", "dark");
    const dark = await background("body");
    assert.notEqual(dark, light);
    assert.equal(await background(".cm-editor"), dark);
    await at.page.reload();
    await at.settled();
    assert.equal(await background("body"), dark);
    await at.page.selectOption("#theme", "system");
    assert.equal(await background("body"), light);
  });

  it("is heard as one sentence when the hands rest, not at every key", async () => {
    const answer = at.page.locator("#answer");
    await at.cursorAt("DaemonSet", 15);
    await at.page.keyboard.type("xyz", { delay: 50 });
    assert.equal(await answer.getAttribute("aria-busy"), "true");
    await at.page.locator("#answer:not([aria-busy])").waitFor();
  });

  it("prints the sentence and the plan without the editors", async () => {
    await at.page.emulateMedia({ media: "print" });
    assert.ok(await at.page.locator("#answer .sentence").isVisible());
    assert.ok(await at.page.locator("#nodes").isVisible());
    for (const hidden of [".inputs", ".choices", ".keeping"]) {
      assert.equal(await at.page.locator(hidden).isVisible(), false, hidden);
    }
  });

  it("completes field names from the schema and values that are few", async () => {
    await at.cursorAt("DaemonSet", 15);
    await press("Enter", "Backspace");
    await at.page.keyboard.type("toler");
    const options = at.page.locator(".cm-tooltip-autocomplete li");
    await options.first().waitFor();
    assert.match(await options.first().textContent(), /^tolerations\s*list of Toleration/);
    // The editor takes no key for its list in the first moment, so that nobody chooses by accident.
    await at.page.waitForTimeout(150);
    await press("Enter");
    await at.page.locator(".cm-line", { hasText: /^ {6}tolerations:/ }).waitFor();
    await press("Enter");
    await at.page.keyboard.type("- effect: No");
    // The list of keys is there first.
    await options.filter({ hasText: "NoExecute" }).waitFor();
    assert.deepEqual(await options.allTextContents(), ["NoExecute", "NoSchedule", "PreferNoSchedule"]);
    await press("Escape");
    assert.equal(await options.count(), 0);
  });

  it("completes labels that the cluster has", async () => {
    await at.cursorAt("DaemonSet", 15);
    for (let presses = 0; presses < "worker".length; presses++) await press("Backspace");
    await at.page.keyboard.type("wo");
    const options = at.page.locator(".cm-tooltip-autocomplete li");
    await options.first().waitFor();
    assert.match(await options.first().textContent(), /^worker\s*in this cluster$/);
    await at.page.waitForTimeout(150);
    await press("Enter");
    await at.page.locator(".cm-line", { hasText: /role: worker$/ }).waitFor();
    await at.says(/^hello-daemonset: 5 of 12/);
    await press("Enter");
    await at.page.keyboard.type("kub");
    await options.first().waitFor();
    assert.match(await options.first().textContent(), /^kubernetes.io\/\w+\s*in this cluster$/);
  });

  it("says on hover what a field is and which rule reads it", async () => {
    await at.page.locator(".cm-line", { hasText: "nodeSelector:" }).first().locator("span").first().hover();
    const tip = at.page.locator(".cm-field");
    await tip.waitFor();
    assert.match(await tip.textContent(), /spec\.template\.spec\.nodeSelector.*map of texts.*R-111/);
  });
});

describe("the place of a field", () => {
  let fields;
  before(async () => {
    fields = await load("editor/fields.ts");
  });
  const typeAt = (text, number, column, usual = "DaemonSet") => {
    const lines = text.split("\n");
    const lineAt = (at) => (at < 1 || at > lines.length ? fields.END : lines[at - 1]);
    return fields.placeAt(lineAt, number, column, usual).type;
  };

  it("is found in lists, whether dashes are indented or not", () => {
    const text = "kind: DaemonSet\nspec:\n  template:\n    spec:\n      tolerations:\n";
    assert.equal(typeAt(`${text}      - key: a\n        x`, 7, 8), "Toleration");
    assert.equal(typeAt(`${text}        - key: a\n          x`, 7, 10), "Toleration");
    assert.equal(typeAt(`${text}      - key: a\n      x`, 7, 6), "PodSpec");
  });

  it("is that of the document or the item that it stands in", () => {
    assert.equal(typeAt("kind: Node\nspec:\n  x\n---\nkind: Namespace\nspec:\n  x", 3, 2), "NodeSpec");
    assert.equal(typeAt("kind: Node\nspec:\n  x\n---\nkind: Namespace\nspec:\n  x", 7, 2), "NamespaceSpec");
    const list = "kind: List\nitems:\n- kind: Pod\n  spec:\n    x\n- spec:\n    x\n  kind: Node\n";
    assert.equal(typeAt(list, 5, 4), "PodSpec");
    assert.equal(typeAt(list, 7, 4), "NodeSpec");
  });

  it("is not guessed in a kind that the schema does not have, nor in a map of texts", () => {
    assert.equal(typeAt("kind: ConfigMap\ndata:\n  x", 3, 2), undefined);
    assert.equal(typeAt("kind: Node\nmetadata:\n  labels:\n    x", 4, 4), undefined);
    assert.equal(typeAt("kind: constructor\nspec:\n  x", 3, 2), undefined);
  });
});
