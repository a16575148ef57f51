// The package in a plain page and in bundles, in Chromium, under the strictest policy that it can live with.

import assert from "node:assert/strict";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { chromium } from "playwright-core";

import { serve } from "../../scripts/serve.mjs";
import { ACTIONS, DAEMON_SET, fixtures, NODES, project, tool } from "./harness.mjs";

const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; img-src data:; base-uri 'none'; form-action 'none'";

const ANSWER = `
  document.title = answer.daemonSets[0].nodes.map((node) => node.action).join();
`;

let user;
let server;
let browser;
before(async () => {
  user = project();
  server = await serve({ folder: user.folder, headers: `/*\n  Content-Security-Policy: ${POLICY}\n` });
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** Opens a page that runs a script, and waits until the title says what came of it. */
async function open(name, script, { type = "module", source = `/${name}.js` } = {}) {
  if (script !== undefined) user.write(`${name}.js`, script);
  user.write(
    `${name}.html`,
    `<!doctype html><link rel="icon" href="data:,"><title>…</title><script type="${type}" src="${source}"></script>`,
  );
  const page = await browser.newPage();
  const complaints = [];
  const requests = [];
  page.on("console", (message) => complaints.push(message.text()));
  const failure = new Promise((resolve) => {
    page.on("pageerror", (error) => {
      complaints.push(error.message);
      resolve();
    });
  });
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(`${server.url}${name}.html`);
  const answer = page.waitForFunction(() => document.title !== "…", undefined, { timeout: 20_000 });
  await Promise.race([answer.catch(() => {}), failure]);
  return { page, complaints, requests, title: await page.title() };
}

const TEXTS = `const texts = ${JSON.stringify({ daemonSet: DAEMON_SET, nodes: NODES })};`;

describe("a plain page", () => {
  test("imports the package and plans, without a complaint or a request elsewhere", async () => {
    const { page, complaints, requests, title } = await open(
      "plain",
      `import { plan } from "/node_modules/daemonset-planner/dist/web.mjs";${TEXTS}
       const answer = await plan(texts);${ANSWER}`,
    );
    assert.deepEqual({ title, complaints }, { title: ACTIONS.join(), complaints: [] });
    assert.deepEqual(
      requests.filter((url) => !url.startsWith(server.url) && !url.startsWith("data:")),
      [],
    );
    assert.equal(requests.filter((url) => url.endsWith(".wasm")).length, 1);
    await page.close();
  });

  test("a worker imports the package and plans", async () => {
    user.write(
      "worker.js",
      `import { plan } from "/node_modules/daemonset-planner/dist/web.mjs";
       onmessage = async ({ data }) => postMessage(await plan(data));`,
    );
    const { page, complaints, title } = await open(
      "host",
      `${TEXTS}
       const worker = new Worker("/worker.js", { type: "module" });
       worker.postMessage(texts);
       const { data: answer } = await new Promise((resolve) => worker.addEventListener("message", resolve));${ANSWER}`,
    );
    assert.deepEqual({ title, complaints }, { title: ACTIONS.join(), complaints: [] });
    await page.close();
  });

  test("gives the plan the same bytes as native Rust", async () => {
    const cases = fixtures();
    const { page, complaints, title } = await open(
      "hashes",
      `import { Cluster } from "/node_modules/daemonset-planner/dist/web.mjs";
       window.hash = async ({ options, inputs }) => {
         const cluster = await Cluster.create(options);
         for (const { name, text } of inputs) cluster.set(name, text);
         const bytes = new TextEncoder().encode(cluster.planJson());
         // Not in a secure context everywhere that tests run, so the hash is made outside.
         return Array.from(bytes);
       };
       document.title = "ready";`,
    );
    assert.deepEqual({ title, complaints }, { title: "ready", complaints: [] });
    const { createHash } = await import("node:crypto");
    for (const fixture of cases) {
      const bytes = await page.evaluate((question) => window.hash(question), fixture);
      assert.equal(createHash("sha256").update(Buffer.from(bytes)).digest("hex"), fixture.sha256, fixture.name);
    }
    await page.close();
  });

  test("that may not fetch the wasm is told so with a code", async () => {
    const { page, title } = await open(
      "away",
      `import { init } from "/node_modules/daemonset-planner/dist/web.mjs";
       await init("/nowhere.wasm").catch((error) => { document.title = error.code + " " + error.message; });`,
    );
    assert.match(title, /^ERR_DAEMONSET_PLANNER_WASM the wasm could not be loaded: .*nowhere\.wasm: HTTP status 404$/);
    await page.close();
  });
});

describe("a bundle by esbuild", () => {
  const bundle = (name, text, args) => {
    writeFileSync(join(user.folder, `${name}.mjs`), text);
    const built = tool("esbuild", [`${name}.mjs`, "--bundle", "--log-level=error", ...args], { cwd: user.folder });
    assert.deepEqual([built.status, built.all], [0, ""]);
  };

  test("takes the wasm as a file of its own", async () => {
    const text = `import { init, plan } from "daemonset-planner";
      import wasm from "daemonset-planner/wasm";${TEXTS}
      await init(new URL(wasm, import.meta.url));
      const answer = await plan(texts);${ANSWER}`;
    bundle("app", text, ["--format=esm", "--loader:.wasm=file", "--outdir=bundled"]);
    const { page, complaints, title } = await open("bundled-file", undefined, { source: "/bundled/app.js" });
    assert.deepEqual({ title, complaints }, { title: ACTIONS.join(), complaints: [] });
    await page.close();
  });

  test("finds the wasm that was copied beside it, as a module and as a plain script", async () => {
    for (const [format, type] of [
      ["esm", "module"],
      ["iife", "text/javascript"],
    ]) {
      const text = `import { plan } from "daemonset-planner";${TEXTS}
        plan(texts).then((answer) => {${ANSWER}}, (error) => { document.title = error.message; });`;
      bundle(`copied-${format}`, text, [`--format=${format}`, "--outdir=."]);
      copyFileSync(
        join(user.installed, "dist/daemonset_planner_bg.wasm"),
        join(user.folder, "daemonset_planner_bg.wasm"),
      );
      const { page, complaints, title } = await open(`copied-${format}`, undefined, { type });
      assert.deepEqual({ title, complaints }, { title: ACTIONS.join(), complaints: [] }, format);
      await page.close();
    }
  });
});
