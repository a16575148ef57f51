// Files: dropped or chosen, one or many, short or long.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { ROOT } from "./support/browser.mjs";
import { dropFiles } from "./support/frame.mjs";
import { pageForEach } from "./support/suite.mjs";

const node = (name, more = "") =>
  `apiVersion: v1\nkind: Node\nmetadata:\n  name: ${name}\n  labels: {role: worker}\n${more}`;

describe("files", () => {
  const at = pageForEach();
  let daemonSet;
  before(async () => {
    daemonSet = await readFile(`${ROOT}examples/hello-daemonset/daemonset.yaml`, "utf8");
  });

  it("one short file goes into the editor that it is dropped on", async () => {
    await dropFiles(at.page, '.pane[aria-labelledby="cluster-title"]', { "nodes.yaml": node("n1") });
    await at.says(/^hello-daemonset: 1 of 1 node/);
    assert.match(await at.editor("Cluster").textContent(), /name: n1/);
    assert.equal(await at.page.locator(".chip").count(), 0);
  });

  it("one short file that is dropped elsewhere goes where its content belongs", async () => {
    await dropFiles(at.page, "#plan", { "ds.yaml": daemonSet.replace("role: worker", "role: infra") });
    await at.says(/^hello-daemonset: 0 of 12 nodes/);
    assert.match(await at.editor("DaemonSet").textContent(), /role: infra/);
  });

  it("several files become chips with what each was taken for, in place of the example", async () => {
    await dropFiles(at.page, "#plan", {
      "ds.yaml": daemonSet,
      "nodes.txt":
        "NAME   STATUS   ROLES    AGE   VERSION   LABELS\nw1     Ready    <none>   1d    v1.37.2   role=worker\n",
    });
    await at.says(/^hello-daemonset: 1 of 1 node/);
    const chips = at.page.locator(".chip");
    assert.match(await chips.nth(0).textContent(), /ds\.yaml.*584 bytes, YAML: 1 DaemonSet/);
    assert.match(await chips.nth(1).textContent(), /nodes\.txt.*a table of 1 node/);
    await at.page.getByRole("button", { name: "Take away nodes.txt" }).click();
    await at.page.locator("#nodes .empty").waitFor();
    assert.equal(await chips.count(), 1);
  });

  it("a file of a chip can be edited, and its findings lead to it", async () => {
    await dropFiles(at.page, "#plan", {
      "bad.yaml": "kind: Node\n\tx: 1\n",
      "ds.yaml": daemonSet,
      "n.yaml": node("n1"),
    });
    await at.says(/^hello-daemonset: 1 of 1 node/);
    await at.page.locator("#findings .link", { hasText: "bad.yaml:2:1" }).click();
    assert.equal(await at.page.evaluate(() => document.activeElement.dataset.file), "bad.yaml");
    await at.page.getByRole("button", { name: "Edit ds.yaml" }).click();
    await at.page.locator(".cm-line", { hasText: "role: worker" }).first().waitFor();
    assert.equal(await at.page.locator(".chip").count(), 2);
    await at.says(/^hello-daemonset: 1 of 1 node/);
  });

  it("a folder is taken whole, without what is no text", async () => {
    const folder = await mkdtemp(join(tmpdir(), "daemonset-planner-files-"));
    await mkdir(join(folder, "deep/er"), { recursive: true });
    await writeFile(join(folder, "deep/er/n1.yaml"), node("n1"));
    await writeFile(join(folder, "deep/n2.json"), '{"apiVersion":"v1","kind":"Node","metadata":{"name":"n2"}}');
    await writeFile(join(folder, "picture.png"), "no text");
    await at.page.setInputFiles("#folder-field", folder);
    await at.page.locator(".chip").nth(1).waitFor();
    const names = await at.page.locator(".file-name").allTextContents();
    assert.deepEqual(
      names.map((name) => name.split("/").slice(1).join("/")),
      ["deep/er/n1.yaml", "deep/n2.json"],
    );
    assert.match(await at.page.locator("#notes .note").textContent(), /^1 files? (was|were) left/);
    await rm(folder, { recursive: true });
  });

  it("a file that is no UTF-8 is an error with its place, not a broken page", async () => {
    await dropFiles(at.page, "#plan", { "latin.yaml": [0x61, 0x3a, 0x20, 0xff, 0x0a] });
    await at.page.locator("#findings .link", { hasText: "latin.yaml:1:4" }).waitFor();
    assert.equal(await at.page.locator(".chip.wrong").count(), 1);
  });

  it("a paste of more than a million characters is planned without an editor, and the text before comes back", async () => {
    const filler = `  annotations: {x: "${"y".repeat(1_000_001)}"}\n`;
    await at.paste("Cluster", node("big", filler));
    await at.says(/^hello-daemonset: 1 of 1 node/);
    const held = at.page.locator(".held:visible");
    assert.match(await held.textContent(), /1\.0 MB/);
    assert.equal(await at.page.locator("#cluster-taken").textContent(), "YAML: 1 Node");
    assert.equal(await at.editor("Cluster").isVisible(), false);
    await held.getByRole("button", { name: "Take it away" }).click();
    await at.says(/^hello-daemonset: 5 of 12 nodes/);
    assert.ok(await at.editor("Cluster").isVisible());
  });
});
