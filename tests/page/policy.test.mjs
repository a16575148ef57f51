// The policy holds, for the worker too, and nothing leaves the page.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, it } from "node:test";
import { start } from "./support/browser.mjs";

const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; " +
  "worker-src 'self'; img-src 'self' data:; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'";

describe("the policy", () => {
  let site;
  let elsewhere;
  let reached;
  before(async () => {
    site = await start();
    elsewhere = createServer((_request, response) => {
      reached++;
      response.setHeader("Access-Control-Allow-Origin", "*");
      response.end("reached");
    });
    await new Promise((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
  });
  after(async () => {
    elsewhere?.close();
    await site?.close();
  });

  it("comes with every response, the worker's and the module's included", async () => {
    const { responses, context } = await site.open();
    const paths = responses.map((response) => new URL(response.url()).pathname);
    for (const path of ["/", "/main.js", "/main.css", "/worker.js", "/planner.wasm"])
      assert.ok(paths.includes(path), path);
    for (const response of responses) assert.equal(response.headers()["content-security-policy"], POLICY);
    await context.close();
  });

  it("stands in the document as well", async () => {
    const { page, context } = await site.open();
    const meta = page.locator('meta[http-equiv="Content-Security-Policy"]');
    assert.equal(await meta.getAttribute("content"), POLICY);
    await context.close();
  });

  it("lets the page load, plan and edit without a console message", async () => {
    const { page, messages, context, cursorAt, says, settled } = await site.open();
    await cursorAt("DaemonSet", 15);
    await page.keyboard.type("x");
    await says(/^hello-daemonset: 0 of 12 nodes/);
    await page.selectOption("#examples", "1");
    await says(/^log-agent: /);
    await page.locator("#nodes .name").first().click();
    await page.locator("#node").waitFor();
    await settled();
    assert.deepEqual(messages, []);
    await context.close();
  });

  it("is not needed for quiet: the page asks its own origin only", async () => {
    const { requests, context, paste, says, page } = await site.open();
    await paste("Cluster", "apiVersion: v1\nkind: Node\nmetadata: {name: n1}\n");
    await says(/of 1 node/);
    await page.waitForTimeout(500);
    const origin = new URL(site.url).origin;
    assert.ok(requests.length > 4);
    assert.deepEqual(
      requests.filter((url) => new URL(url).origin !== origin),
      [],
    );
    await context.close();
  });

  it("keeps page and worker from another origin, should either ever try", async () => {
    const { page, context } = await site.open();
    const [worker] = page.workers();
    assert.ok(worker);
    reached = 0;
    const url = `http://127.0.0.1:${elsewhere.address().port}/`;
    const attempt = (url) => fetch(url).then(String, (error) => error.name);
    assert.equal(await page.evaluate(attempt, url), "TypeError");
    assert.equal(await worker.evaluate(attempt, url), "TypeError");
    assert.equal(reached, 0);
    await context.close();
  });
});
