// The page's own modules, for tests that need no browser.

import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { fieldsPlugin } from "../../../www/schema.mjs";
import { ROOT } from "./browser.mjs";

/** Imports a module of www/src. */
export async function load(name) {
  const { outputFiles } = await build({
    entryPoints: [`${ROOT}www/src/${name}`],
    bundle: true,
    format: "esm",
    write: false,
    loader: { ".yaml": "text" },
    define: { TEST_BUILD: "true" },
    plugins: [fieldsPlugin(ROOT)],
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}

/** Builds the page with what the tests of failures need; `remove` takes the build away again. */
export async function testBuild() {
  const folder = await mkdtemp(join(tmpdir(), "daemonset-planner-page-"));
  await promisify(execFile)("node", [`${ROOT}www/build.mjs`, "--test", "--out", folder]);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
