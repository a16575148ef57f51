// What the tests of the package share: the packed tarball, installed in a folder of its own as a user would.

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const fixture = (name) => readFileSync(join(ROOT, "tests/fixtures/logs", name), "utf8");

export const DAEMON_SET = fixture("daemonset.yaml");

/** One that takes the pod, one that lacks the label, one that is tainted. */
export const NODES = fixture("nodes.yaml");

/** What happens on those nodes. */
export const ACTIONS = ["create", "none", "none"];

/** A folder that is removed when this process ends. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), "daemonset-planner-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * Runs a program to its end. Never throws for its exit code.
 *
 * @returns {{ status: number | null, stdout: string, stderr: string, all: string }}
 */
export function run(program, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: "utf8",
    timeout: 120_000,
    maxBuffer: 1 << 28,
    ...options,
    env: { ...cleanEnvironment(), ...options.env },
  });
  if (error) throw error;
  return { status, stdout, stderr, all: `${stdout}${stderr}` };
}

/** Without what colours the output or comes from the runner of these tests. */
function cleanEnvironment() {
  const drop = /^(?:NO_COLOR|FORCE_COLOR|NODE_TEST_CONTEXT|NODE_OPTIONS|npm_.*)$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !drop.test(name)));
}

/** A tool of the root's node_modules. */
export function tool(name, args, options) {
  return run(join(ROOT, "node_modules/.bin", name), args, options);
}

/** The packed tarball. */
export function pack() {
  const folder = temporaryFolder();
  const packed = run("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: join(ROOT, "npm") });
  if (packed.status !== 0) throw new Error(packed.all);
  const [tarball] = readdirSync(folder);
  return join(folder, tarball);
}

/**
 * A user's project with the tarball installed and the example inputs in it.
 *
 * @returns {{ folder: string, tarball: string, installed: string, write: (name: string, text: string) => string }}
 */
export function project() {
  const tarball = pack();
  const folder = temporaryFolder();
  const write = (name, text) => {
    const path = join(folder, name);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, text);
    return path;
  };
  write("package.json", '{ "name": "user", "private": true }\n');
  write("ds.yaml", DAEMON_SET);
  write("nodes.yaml", NODES);
  const install = run("npm", ["install", "--silent", "--offline", "--no-audit", "--no-fund", tarball], { cwd: folder });
  if (install.status !== 0) throw new Error(install.all);
  return { folder, tarball, installed: join(folder, "node_modules/daemonset-planner"), write };
}

/** Copies a folder of the root's node_modules into a project, as if it were installed there. */
export function lend(name, folder) {
  cpSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name), { recursive: true });
}

/** The fixtures of tests/plan-hash and the hash of each answer. */
export function fixtures() {
  const read = (path) => readFileSync(join(ROOT, path), "utf8");
  const expected = JSON.parse(read("tests/plan-hash/expected.json"));
  return JSON.parse(read("tests/plan-hash/fixtures.json")).map((fixture) => ({
    name: fixture.name,
    options: { platform: fixture.platform, settings: fixture.settings },
    inputs: fixture.inputs.map((path) => ({ name: path, text: read(path) })),
    sha256: expected[fixture.name],
  }));
}
