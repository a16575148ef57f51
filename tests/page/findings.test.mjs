// Findings: each with its code and help, and a button where one edit mends it.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { load } from "./support/bundle.mjs";
import { siteForAll } from "./support/suite.mjs";

describe("a finding", () => {
  const site = siteForAll();

  it("that a value is no text is marked in the gutter, and mended by quotes at a click", async () => {
    const { page, context, cursorAt, says } = await site.open();
    await cursorAt("DaemonSet", 15);
    for (let presses = 0; presses < "worker".length; presses++) await page.keyboard.press("Backspace");
    await page.keyboard.type("true");
    const finding = page.locator("#findings .error", { hasText: "DSP002" });
    await finding.waitFor();
    await page.locator(".cm-gutter-lint .cm-lint-marker-error").first().waitFor();
    assert.match(await finding.locator(".help").textContent(), /quote it: role: "true"/);
    await finding.getByRole("button", { name: 'Write "true"' }).click();
    await finding.waitFor({ state: "detached" });
    await page.locator(".cm-line", { hasText: 'role: "true"' }).waitFor();
    await says(/^hello-daemonset: 0 of 12/);
    await context.close();
  });

  it("that a field is unknown is mended by the name that was meant", async () => {
    const { page, context, paste } = await site.open();
    await paste(
      "DaemonSet",
      `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: x}
spec:
  selector: {matchLabels: {a: b}}
  template:
    metadata: {labels: {a: b}}
    spec:
      nodeselector: {role: worker}
      containers: [{name: c, image: i}]
`,
    );
    await page.getByRole("button", { name: "Write nodeSelector" }).click();
    await page.locator("#answer .sentence", { hasText: /^x: 5 of 12 nodes/ }).waitFor();
    assert.equal(await page.locator("#findings .error").count(), 0);
    await context.close();
  });

  it("of lost nodes shows its command with a button that copies", async () => {
    const { page, context, says } = await site.open();
    await page.selectOption("#examples", "1");
    await says(/^log-agent: /);
    const finding = page.locator("#findings .warning", { hasText: "DSP301" });
    assert.match(await finding.locator(".command code").textContent(), /^oc patch namespace logging/);
    await context.close();
  });

  it("that no single edit mends for certain has no button", async () => {
    const { editFor } = await load("fixes.ts");
    const place = (line) => ({ source: "DaemonSet", start: { line: 1, column: 1 }, end: { line, column: 5 } });
    const quote = { code: "DSP002", location: place(1), found: "true", help: 'quote it: `role: "true"`' };
    assert.equal(editFor(quote)?.text, '"true"');
    assert.equal(editFor({ ...quote, location: place(2) }), undefined);
    assert.equal(editFor({ ...quote, found: "a long te…" }), undefined);
    assert.equal(editFor({ ...quote, location: undefined }), undefined);
    const field = { code: "DSP004", location: place(1), found: "x", help: "take it out, or look where it belongs" };
    assert.equal(editFor(field), undefined);
    assert.equal(editFor({ ...field, code: "DSP001" }), undefined);
  });

  it("is one of a hundred that are shown at first; a button shows more, and the keyboard goes on there", async () => {
    const { page, context, paste, settled, drawn } = await site.open();
    await paste("Cluster", "a: 1\n---\n".repeat(150));
    await page.locator("#findings h2", { hasText: "151" }).waitFor();
    await settled();
    const items = page.locator("#findings .findings > li");
    assert.equal(await items.count(), 100);
    const more = page.locator("#findings .more");
    assert.equal(await page.locator("#findings > p").textContent(), "Show 51 more of 51");
    await more.focus();
    await page.keyboard.press("Enter");
    await drawn();
    assert.equal(await items.count(), 151);
    assert.equal(await more.count(), 0);
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Cluster:201:1");
    await context.close();
  });
});
