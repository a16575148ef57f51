// The small server behind `make run`.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { parseHeaders, serve } from "../../scripts/serve.mjs";
import { temporaryFolder } from "./harness.mjs";

let server;
before(async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "public"));
  writeFileSync(join(folder, "secret.txt"), "secret");
  writeFileSync(join(folder, "public/index.html"), "<!doctype html>");
  writeFileSync(join(folder, "public/a b.js"), "1");
  writeFileSync(join(folder, "public/x.wasm"), "\0asm");
  server = await serve({
    folder: join(folder, "public"),
    headers:
      "# a comment\n/*\n  Content-Security-Policy: default-src 'none'; script-src 'self'\n\n/*.wasm\n  X-Kind: wasm\n",
  });
});
after(() => server.close());

/** Without fetch's tidying of the path. */
function get(path, method = "GET") {
  const { port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path, method }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text) => {
        body += text;
      });
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, body }));
    });
    asked.on("error", reject).end();
  });
}

describe("the server", () => {
  test("sends the policy with every answer, those that fail included", async () => {
    for (const [path, status] of [
      ["/", 200],
      ["/a%20b.js", 200],
      ["/x.wasm", 200],
      ["/nowhere", 404],
    ]) {
      const answer = await get(path);
      assert.equal(answer.status, status, path);
      assert.equal(answer.headers["content-security-policy"], "default-src 'none'; script-src 'self'", path);
    }
  });

  test("sends the types that scripts and wasm need", async () => {
    assert.equal((await get("/")).headers["content-type"], "text/html; charset=utf-8");
    assert.equal((await get("/a%20b.js?v=1")).headers["content-type"], "text/javascript; charset=utf-8");
    const wasm = await get("/x.wasm");
    assert.equal(wasm.headers["content-type"], "application/wasm");
    assert.equal(wasm.headers["x-kind"], "wasm");
  });

  test("serves nothing from outside its folder", async () => {
    for (const path of ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/%00", "/%", "//secret.txt"]) {
      const answer = await get(path);
      assert.equal(answer.status, 404, path);
      assert.ok(!answer.body.includes("secret\n"), path);
    }
  });

  test("only answers reading", async () => {
    assert.equal((await get("/", "POST")).status, 405);
    const head = await get("/", "HEAD");
    assert.deepEqual([head.status, head.body, head.headers["content-length"]], [200, "", "15"]);
  });

  test("takes another port where the wanted one is taken, and listens on this machine only", async () => {
    const second = await serve({ folder: ".", port: Number(new URL(server.url).port) });
    try {
      assert.notEqual(second.url, server.url);
      assert.match(second.url, /^http:\/\/127\.0\.0\.1:\d+\/$/);
    } finally {
      await second.close();
    }
  });
});

test("a _headers file is read as static hosts read it", () => {
  const rules = parseHeaders("/*\n  A: 1\n/img/*\n  # why\n  B: x: y\n");
  const of = (path) => rules.filter((rule) => rule.matches(path)).map(({ name, value }) => `${name}=${value}`);
  assert.deepEqual(of("/"), ["A=1"]);
  assert.deepEqual(of("/img/a.png"), ["A=1", "B=x: y"]);
});
