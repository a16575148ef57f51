// The map: cells in groups, a cursor moved by keys, verdicts that narrow; and the sentence's numbers.

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { load } from "./support/bundle.mjs";
import { pageForEach } from "./support/suite.mjs";

const WORKERS = ["worker-1", "worker-2", "worker-3", "worker-4", "worker-5"];

describe("the layout of the map", () => {
  let map;
  before(async () => {
    map = await load("map/layout.ts");
  });

  it("lays every cell where a point finds it, none on another", () => {
    for (const [counts, titles, width] of [
      [[5000], undefined, 900],
      [[834, 833, 3, 1], [60, 60, 200, 40], 820],
      [[7], undefined, 30],
      [Array.from({ length: 40 }, () => 9), Array.from({ length: 40 }, () => 50), 340],
    ]) {
      const laid = map.layout(counts, titles, width);
      const seen = new Set();
      for (const [block, { x, y, columns, count }] of laid.blocks.entries()) {
        assert.equal(count, counts[block]);
        for (let cell = 0; cell < count; cell++) {
          const left = x + (cell % columns) * laid.pitch;
          const top = y + Math.floor(cell / columns) * laid.pitch;
          assert.ok(
            left >= 0 && left + laid.pitch <= Math.max(width, laid.pitch * 2) && top + laid.pitch <= laid.height,
          );
          assert.deepEqual(map.placeAt(laid, left + 1, top + 1, titles !== undefined), { block, cell });
          seen.add(`${left} ${top}`);
        }
      }
      assert.equal(
        seen.size,
        counts.reduce((sum, count) => sum + count),
      );
    }
  });

  it("draws 5,000 nodes in 900 by 400 pixels, with cells of 8", () => {
    const laid = map.layout([5000], undefined, 900);
    assert.equal(laid.pitch, 8);
    assert.ok(laid.height < 400);
  });

  it("draws tiles above 20,000 nodes, and no cell", () => {
    assert.equal(map.layout([20_000], undefined, 900).tiles, false);
    const laid = map.layout([10_000, 10_001], [40, 40], 900);
    assert.equal(laid.tiles, true);
    const [, second] = laid.blocks;
    assert.deepEqual(map.placeAt(laid, second.x + 5, second.y + 5, true), { block: 1, cell: undefined });
  });

  it("steps to the nearest cell of another block at an edge", () => {
    const laid = map.layout([4, 4], [10, 10], 60);
    const { columns } = laid.blocks[0];
    const last = Math.floor(3 / columns) * columns;
    assert.deepEqual(map.step(laid, { block: 0, cell: 0 }, "ArrowRight"), { block: 0, cell: 1 });
    assert.deepEqual(map.step(laid, { block: 0, cell: 3 }, "ArrowRight"), { block: 1, cell: 0 });
    assert.equal(map.step(laid, { block: 0, cell: last }, "ArrowDown")?.block, 1);
    assert.equal(map.step(laid, { block: 0, cell: 0 }, "ArrowUp"), undefined);
    assert.deepEqual(map.step(laid, { block: 0, cell: 2 }, "End"), { block: 1, cell: 3 });
  });
});

describe("the map", () => {
  const at = pageForEach();

  const readout = () => at.page.locator("#map-readout").textContent();

  it("paints each verdict in its own colour, and others paler while it is narrowed", async () => {
    const painted = () =>
      at.page.locator("#map canvas").evaluate((canvas) => {
        // A copy is read: the console warns of reading what is painted.
        const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
        copy.drawImage(canvas, 0, 0);
        const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
        const colours = new Map();
        for (let at = 0; at < data.length; at += 4) {
          if (data[at + 3] === 0) continue;
          const key = [...data.subarray(at, at + 3)].join();
          colours.set(key, Math.max(colours.get(key) ?? 0, data[at + 3]));
        }
        return Object.fromEntries(colours);
      });
    const create = "0,114,178";
    assert.equal((await painted())[create], 255);
    await at.page.getByRole("button", { name: "none 7" }).click();
    await at.page.locator("#nodes-title", { hasText: "7 of 12 nodes" }).waitFor();
    const dim = await painted();
    assert.ok((dim[create] ?? 0) < 100, "no node that gets a pod is as bright as before");
    assert.ok(Object.values(dim).some((alpha) => alpha === 255));
  });

  it("moves a cursor by the arrow keys, says where it is, and opens the node with Enter", async () => {
    await at.page.locator("#map canvas").focus();
    await at.page.keyboard.press("ArrowRight");
    await at.page.locator("#map-readout", { hasText: "control-plane-1 · none · no label role=worker" }).waitFor();
    await at.page.keyboard.press("ArrowRight");
    await at.page.keyboard.press("ArrowRight");
    await at.page.locator("#map-readout", { hasText: /^gpu-1/ }).waitFor();
    await at.page.keyboard.press("End");
    await at.page.locator("#map-readout", { hasText: /^worker-7/ }).waitFor();
    await at.page.keyboard.press("Enter");
    await at.page.locator("#node h2", { hasText: "worker-7" }).waitFor();
    await at.page.keyboard.press("Escape");
    await at.page.locator("#node").waitFor({ state: "hidden" });
    assert.match(await readout(), /^worker-7/);
  });

  it("groups by a label of the nodes, and narrows to the group of a title", async () => {
    const keys = await at.page
      .locator("#map select option")
      .evaluateAll((options) => options.map(({ value }) => value));
    assert.ok(keys.includes("region"), String(keys));
    assert.ok(keys.includes("role"), String(keys));
    await at.page.selectOption("#map select", "region");
    await at.page.waitForFunction(() => document.querySelector("#map canvas").height > 50);
    // The first group's title is "east".
    await at.page.locator("#map canvas").click({ position: { x: 12, y: 10 } });
    await at.page.locator("#nodes-title", { hasText: "6 of 12 nodes: region=east" }).waitFor();
    assert.equal(Object.keys(await at.actions()).length, 6);
    await at.page.keyboard.press("Escape");
    await at.page.getByRole("heading", { name: "Nodes", exact: true }).waitFor();
  });

  it("keeps its grouping while one types, and offers what the new nodes have", async () => {
    await at.page.selectOption("#map select", "region");
    await at.cursorAt("DaemonSet", 15);
    await at.page.keyboard.type("x");
    await at.says(/^hello-daemonset: 0 of 12/);
    assert.equal(await at.page.locator("#map select").inputValue(), "region");
    await at.paste(
      "Cluster",
      "kind: Node\napiVersion: v1\nmetadata: {name: a, labels: {pool: x}}\n---\nkind: Node\napiVersion: v1\nmetadata: {name: b}\n",
    );
    await at.says(/of 2 nodes/);
    const keys = await at.page.locator("#map select option").allTextContents();
    assert.deepEqual(keys.slice(3), ["pool"]);
  });

  it("draws a tile a group above 20,000 nodes, with counts in the table's place still right", async () => {
    const nodes = Array.from(
      { length: 20_100 },
      (_, index) => `n${index}   Ready   <none>   1d   v1.37.2   role=${index % 3 === 0 ? "worker" : "infra"}`,
    );
    await at.paste("Cluster", `NAME   STATUS   ROLES   AGE   VERSION   LABELS\n${nodes.join("\n")}\n`);
    await at.says(/^hello-daemonset: 6700 of 20100 nodes/);
    await at.page.selectOption("#map select", "role");
    await at.settled();
    const canvas = at.page.locator("#map canvas");
    assert.ok((await canvas.boundingBox()).height < 120);
    await canvas.click({ position: { x: 20, y: 30 } });
    await at.page.locator("#nodes-title", { hasText: "13400 of 20100 nodes: role=infra" }).waitFor();
  });
});

describe("the sentence's numbers", () => {
  const at = pageForEach();

  const number = (text, nth = 0) => at.page.locator("#answer .count", { hasText: new RegExp(`^${text}$`) }).nth(nth);
  const names = () => at.page.locator("#names .name").allTextContents();

  it("leave the sentence as it is", async () => {
    assert.equal(
      await at.sentence(),
      'hello-daemonset: 5 of 12 nodes should run a pod: creates 5. 7 refuse: no label role=worker (3), label role is not "worker" (2), 4 other reasons.',
    );
  });

  it("open into names, and narrow map and table", async () => {
    await number("5").click();
    await at.page.locator("#names").waitFor();
    assert.deepEqual(await names(), WORKERS);
    assert.deepEqual(Object.keys(await at.actions()), WORKERS);
    await number("7").click();
    await at.page.locator("#names b", { hasText: "7 nodes" }).waitFor();
    await number("2").click();
    await at.page.locator("#names b", { hasText: "2 nodes" }).waitFor();
    assert.deepEqual(await names(), ["infra-1", "infra-2"]);
    assert.equal(await number("2").getAttribute("aria-pressed"), "true");
    await at.page.keyboard.press("Escape");
    await at.page.locator("#names").waitFor({ state: "hidden" });
    assert.equal(Object.keys(await at.actions()).length, 12);
  });

  it("of lost nodes open into those", async () => {
    await at.page.selectOption("#examples", "1");
    await at.says(/^log-agent: .* loses 2: 2 get no pod/);
    await number("2", 1).click();
    await at.page.locator("#names").waitFor();
    assert.deepEqual(await names(), ["worker-4", "worker-5"]);
  });
});
