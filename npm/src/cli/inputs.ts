// Reads what -f names.

import { type Dirent, readdirSync, readFileSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { isatty } from "node:tty";

import { CliError } from "./arguments.js";

/** A file's name, as findings call it, and its bytes. */
export interface InputFile {
  name: string;
  bytes: Uint8Array;
}

const STANDARD_INPUT = "<stdin>";
const READABLE = /\.(?:ya?ml|json|txt)$/i;

/** Every file that the arguments of -f name, each once, in their order; folders in name order. */
export function readInputs(files: readonly string[]): InputFile[] {
  const read = new Map<string, InputFile>();
  for (const file of files) {
    for (const name of file === "-" ? [STANDARD_INPUT] : expand(file)) {
      if (!read.has(name))
        read.set(name, { name, bytes: name === STANDARD_INPUT ? readStandardInput() : readFile(name) });
    }
  }
  return [...read.values()];
}

/** The bytes of one file. */
export function readFile(path: string): Uint8Array {
  return orComplain(path, () => readFileSync(path));
}

// Not through process.stdin: merely touching it makes the descriptor non-blocking.
function readStandardInput(): Uint8Array {
  if (isatty(0)) process.stderr.write("daemonset-planner: reading standard input; Ctrl-D ends it\n");
  return orComplain("standard input", () => {
    const pieces: Uint8Array[] = [];
    for (;;) {
      const piece = new Uint8Array(1 << 16);
      const length = readOrWait(piece);
      if (length === 0) return Buffer.concat(pieces);
      pieces.push(piece.subarray(0, length));
    }
  });
}

/** Reads what is there. Whoever made the pipe may have made it non-blocking; then it is asked again and again. */
function readOrWait(into: Uint8Array): number {
  for (;;) {
    try {
      return readSync(0, into);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function expand(path: string): string[] {
  if (!orComplain(path, () => statSync(path)).isDirectory()) return [path];
  const found: string[] = [];
  const folders = [path];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const at = folder;
    for (const entry of orComplain(at, () => readdirSync(at, { withFileTypes: true }))) {
      const name = join(at, entry.name);
      // Hidden ones hold what tools keep for themselves; links to folders could go round in circles.
      if (entry.name.startsWith(".")) continue;
      if (entry.isDirectory()) folders.push(name);
      else if (READABLE.test(entry.name) && isFile(entry, name)) found.push(name);
    }
  }
  if (found.length === 0) throw new CliError(`${path}: no .yaml, .yml, .json or .txt file in this folder`);
  return found.sort();
}

function isFile(entry: Dirent, name: string): boolean {
  return entry.isFile() || (entry.isSymbolicLink() && orComplain(name, () => statSync(name)).isFile());
}

function orComplain<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new CliError(`${path}: ${sentence(path, error)}`);
  }
}

function sentence(path: string, error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return /^https?:\/\//.test(path)
        ? "nothing is fetched from the network; pipe it in with -f -"
        : "there is no such file or folder";
    case "EACCES":
    case "EPERM":
      return "may not be read";
    case "EISDIR":
      return "is a folder";
    case "ERR_FS_FILE_TOO_LARGE":
    case "ERR_STRING_TOO_LONG":
      return "is too large to be read whole";
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
