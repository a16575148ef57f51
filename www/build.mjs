// Builds the page into www/dist: `build.mjs [--test] [--out FOLDER]`. Needs pkg/, which `make build` makes first.
// --test adds a way to stop the module from outside, for the tests of failures.

import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { fieldsPlugin } from "./schema.mjs";

const root = fileURLToPath(new URL("../", import.meta.url));
const www = join(root, "www");

const { values } = parseArgs({ options: { test: { type: "boolean", default: false }, out: { type: "string" } } });
const out = values.out ?? join(www, "dist");

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

const common = {
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none",
  outdir: out,
  loader: { ".yaml": "text" },
  define: { TEST_BUILD: String(values.test) },
  logLevel: "warning",
  plugins: [fieldsPlugin(root)],
};
await Promise.all([
  // The editor becomes a chunk of its own, loaded after the first paint.
  build({ ...common, entryPoints: { main: join(www, "src/main.ts") }, splitting: true, chunkNames: "[name]-[hash]" }),
  build({ ...common, entryPoints: { worker: join(www, "src/worker.ts") } }),
  build({ ...common, entryPoints: { main: join(www, "styles/main.css") } }),
  copyFile(join(root, "pkg/daemonset_planner_bg.wasm"), join(out, "planner.wasm")),
  copyFile(join(www, "favicon.svg"), join(out, "favicon.svg")),
  copyFile(join(www, "_headers"), join(out, "_headers")),
  page(),
]);
await serviceWorker();

/** The service worker, which knows all files of this build: made last. */
async function serviceWorker() {
  const files = (await readdir(out)).filter((name) => name !== "_headers" && name !== "sw.js").sort();
  const hash = createHash("sha256");
  for (const name of files) hash.update(`${name}\n`).update(await readFile(join(out, name)));
  const name = hash.digest("hex").slice(0, 16);
  const urls = files.map((file) => (file === "index.html" ? "./" : file));
  await build({
    ...common,
    entryPoints: { sw: join(www, "sw.ts") },
    format: "iife",
    define: { ...common.define, BUILD: JSON.stringify({ name, files: urls }) },
  });
}

/** The document, with the policy of the header and the texts of the first example. */
async function page() {
  const read = (path) => readFile(join(root, path), "utf8");
  const [html, headers, answer, daemonSet, cluster] = await Promise.all(
    [
      "www/index.html",
      "www/_headers",
      "src/plan/answer.rs",
      "examples/hello-daemonset/daemonset.yaml",
      "examples/hello-daemonset/nodes.yaml",
    ].map(read),
  );
  const values = {
    policy: found(headers, /^\s*Content-Security-Policy: (.+)$/m),
    kubernetesVersion: found(answer, /KUBERNETES_VERSION: &str = "([^"]+)"/),
    daemonSet,
    cluster,
  };
  const filled = html.replace(/\{\{(\w+)\}\}/g, (_, name) => asHtml(values[name]));
  await writeFile(join(out, "index.html"), filled);
}

function found(text, pattern) {
  const match = text.match(pattern)?.[1];
  if (match === undefined) throw new Error(`nothing matches ${pattern}`);
  return match;
}

function asHtml(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
