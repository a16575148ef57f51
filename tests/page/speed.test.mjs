// What `make bench` measures, with limits wide enough for machines that have much else to do.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { drawings, median, openLarge, transferred, typing } from "../../benches/page.mjs";
import { siteForAll } from "./support/suite.mjs";

/** How much slower a busy machine may be. */
const SLACK = 3;

describe("speed", () => {
  const site = siteForAll();

  it("a keystroke in 300 lines against 5,000 nodes is little work, in no long task, and the map is quick", async () => {
    const at = await openLarge(site);
    const { work, longest } = await typing(at, 10);
    assert.equal(work.length, 10);
    assert.ok(median(work) > 0 && median(work) < 16 * SLACK, `${median(work)} ms of work`);
    assert.ok(longest < 50 * SLACK, `a task of ${longest} ms`);
    const draws = await drawings(at, 9);
    assert.ok(draws.length >= 5);
    assert.ok(median(draws) < 16 * SLACK, `${median(draws)} ms to draw`);
    assert.deepEqual(at.messages, []);
    await at.context.close();
  });

  it("the nodes cross as buffers that change owner, not as copies", async () => {
    const at = await site.open();
    const [worker] = at.page.workers();
    await worker.evaluate(() => {
      const { postMessage } = globalThis;
      globalThis.postMessage = (message, buffers) => {
        postMessage.call(globalThis, message, buffers);
        if (message.kind !== "plan") return;
        const { rows } = message.answer.daemonSets[0];
        globalThis.left = Object.values(rows)
          .filter((column) => ArrayBuffer.isView(column))
          .map(({ byteLength }) => byteLength);
      };
    });
    await at.cursorAt("DaemonSet", 15);
    await at.page.keyboard.type("x");
    await at.says(/^hello-daemonset: 0 of 12/);
    const left = await worker.evaluate(() => globalThis.left);
    assert.ok(left.length > 5);
    assert.deepEqual([...new Set(left)], [0]);
    await at.context.close();
  });

  it("a first load transfers less than 600 kB, gzip", async () => {
    const files = await transferred(site);
    assert.ok(files.some(({ name }) => name === "planner.wasm"));
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    assert.ok(bytes < 600_000, `${bytes} bytes`);
  });
});
