// Entry for Node and Bun: the wasm is read from the file beside this one, when it is first needed.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

import { PlannerError } from "./contract.js";
import { useLoader } from "./runtime.js";

export * from "./api.js";

declare const WASM_FILE: string;

// Only one of the two exists, and neither in some bundles.
function here(): string {
  if (typeof __filename === "string") return __filename;
  if (import.meta.url !== undefined) return fileURLToPath(import.meta.url);
  return `${process.cwd()}/index.js`;
}

function read(): Uint8Array {
  const base = pathToFileURL(here());
  try {
    return readFileSync(new URL(WASM_FILE, base));
  } catch {
    // Bundled: this file is not where it was, but the package may still be installed.
    try {
      return readFileSync(createRequire(base).resolve("daemonset-planner/wasm"));
    } catch (error) {
      throw new PlannerError(
        "ERR_DAEMONSET_PLANNER_WASM",
        `${WASM_FILE} is not beside ${here()}: copy it there, or give its bytes to \`init\``,
        error,
      );
    }
  }
}

useLoader({ sync: read, async: read });
