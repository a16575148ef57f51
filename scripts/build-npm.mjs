// Builds npm/dist from pkg/ (the wasm and its glue) and npm/src. Run by the Makefile, after the wasm.

import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

import { build } from "esbuild";
import ts from "typescript";

const root = new URL("../", import.meta.url);
const at = (path) => new URL(path, root);
const WASM_FILE = "daemonset_planner_bg.wasm";

const generated = "npm/src/wasm/";
const dist = "npm/dist/";

await rm(at(dist), { recursive: true, force: true });
await mkdir(at(dist), { recursive: true });
await mkdir(at(generated), { recursive: true });
await writeGlue();
await writeTypes();
const facts = await askFacts();
await bundle();
await declare();
for (const file of ["LICENSE", "NOTICE"]) await copyFile(at(file), at(`npm/${file}`)).catch(ignoreMissing);
await copyFile(at(`pkg/${WASM_FILE}`), at(dist + WASM_FILE));

const wasm = await readFile(at(dist + WASM_FILE));
console.log(`wasm: ${wasm.length} bytes, ${gzipSync(wasm, { level: 9 }).length} gzip; package: npm/dist`);

/**
 * The glue holds its instance in a variable of its module and makes it once. As a function that makes the
 * whole module anew, it can be had again after a trap, and costs nothing until it is called.
 */
async function writeGlue() {
  const result = await build({
    entryPoints: [at("pkg/daemonset_planner.js").pathname],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "glue",
    target: "es2022",
    // Its own way to the wasm is not used: the entries know better where it is.
    logOverride: { "empty-import-meta": "silent" },
  });
  const text = result.outputFiles[0].text;
  await writeFile(at(`${generated}glue.mjs`), `export function createGlue() {\n${text}\nreturn glue;\n}\n`);
  await copyFile(at("pkg/daemonset_planner.d.ts"), at(`${generated}module.d.ts`));
  await writeFile(
    at(`${generated}glue.d.mts`),
    'export type Glue = typeof import("./module.js");\n\n/** Makes the module of the wasm anew, without an instance. */\nexport function createGlue(): Glue;\n',
  );
}

/** The types of the answer, as made from the Rust types, without the declarations of the glue. */
async function writeTypes() {
  const text = await readFile(at("pkg/daemonset_planner.d.ts"), "utf8");
  const source = ts.createSourceFile("types.d.ts", text, ts.ScriptTarget.Latest, true);
  const own = new Set(["InitInput", "InitOutput", "SyncInitInput"]);
  const kept = source.statements.filter(
    (statement) =>
      (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) && !own.has(statement.name.text),
  );
  if (kept.length === 0) throw new Error("pkg/daemonset_planner.d.ts declares no types");
  const header = "// Made from the types of the Rust crate.\n\n";
  await writeFile(
    at(`${generated}types.d.ts`),
    `${header}${kept.map((statement) => statement.getFullText().trim()).join("\n\n")}\n`,
  );
}

/** The versions, asked of the module itself. */
async function askFacts() {
  const { createGlue } = await import(at(`${generated}glue.mjs`).href);
  const glue = createGlue();
  glue.initSync({ module: await readFile(at(`pkg/${WASM_FILE}`)) });
  const { version } = JSON.parse(await readFile(at("npm/package.json"), "utf8"));
  if (version !== glue.version()) {
    throw new Error(`npm/package.json says version ${version}, Cargo.toml says ${glue.version()}`);
  }
  return { version, kubernetes: glue.kubernetesVersion() };
}

async function bundle() {
  const common = {
    bundle: true,
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    // `sideEffects` of npm/package.json speaks of dist/; the entries of src/ register how the wasm is found.
    ignoreAnnotations: true,
    minifySyntax: true,
    minifyWhitespace: true,
    define: {
      PACKAGE_VERSION: JSON.stringify(facts.version),
      KUBERNETES_VERSION: JSON.stringify(facts.kubernetes),
      WASM_FILE: JSON.stringify(WASM_FILE),
    },
    logOverride: { "empty-import-meta": "silent" },
  };
  const entry = (name, more) => build({ ...common, entryPoints: [at(`npm/src/${name}.ts`).pathname], ...more });
  await Promise.all([
    entry("node", { outfile: at(`${dist}node.mjs`).pathname, format: "esm", platform: "node" }),
    entry("node", { outfile: at(`${dist}node.cjs`).pathname, format: "cjs", platform: "node" }),
    entry("web", { outfile: at(`${dist}web.mjs`).pathname, format: "esm", platform: "browser" }),
    entry("workerd", {
      outfile: at(`${dist}workerd.mjs`).pathname,
      format: "esm",
      platform: "browser",
      external: ["*.wasm"],
    }),
    entry("cli/main", {
      outfile: at(`${dist}cli.js`).pathname,
      format: "cjs",
      platform: "node",
      banner: { js: "#!/usr/bin/env node" },
    }),
  ]);
}

/** The declarations, once for `import` and once for `require`. */
async function declare() {
  const config = ts.getParsedCommandLineOfConfigFile(
    at("npm/tsconfig.json").pathname,
    { noEmit: false, declaration: true, emitDeclarationOnly: true, outDir: at(dist).pathname },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail },
  );
  const emitted = new Map();
  const program = ts.createProgram({
    rootNames: [at("npm/src/api.ts").pathname, at("npm/src/assets.d.ts").pathname],
    options: config.options,
  });
  const { diagnostics } = program.emit(undefined, (path, text) => emitted.set(path.replace(/^.*\//, ""), text));
  const problems = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (problems.length > 0) fail(...problems);

  const types = await readFile(at(`${generated}types.d.ts`), "utf8");
  const files = { index: emitted.get("api.d.ts"), contract: emitted.get("contract.d.ts"), types };
  for (const [name, text] of Object.entries(files)) {
    for (const [module, extension] of [
      ["mjs", "d.mts"],
      ["cjs", "d.cts"],
    ]) {
      const specifiers = text.replaceAll(/"\.\/(?:wasm\/)?(\w+)\.js"/g, `"./$1.${module}"`);
      await writeFile(at(`${dist}${name}.${extension}`), specifiers);
    }
  }
}

function fail(...problems) {
  throw new Error(ts.formatDiagnostics(problems, ts.createCompilerHost({})));
}

function ignoreMissing(error) {
  if (error.code !== "ENOENT") throw error;
}
