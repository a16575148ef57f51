// Keeps what is worked on in this browser, if it allows that: texts in localStorage, which is written at once even
// while the page is being closed, and long texts and files in IndexedDB, which takes its time. Nothing is kept but what
// was typed or taken in, and nothing beyond a limit.

import { INPUTS, type InputName } from "../state.js";
import { type Content, isPlatform, readSwitches, type Work, type WorkFile } from "../work.js";
import { clearBlobs, readBlobs, writeBlobs } from "./blobs.js";

/** Bytes of files and long texts that are kept. */
export const MOST_KEPT = 32_000_000;

/** The work in the page, and the reader's own while an example or somebody's link is open. */
export type Slot = "work" | "yours";

const PREFIX = "daemonset-planner.";
const OFF = `${PREFIX}keep-nothing`;

/** A work as localStorage has it: null stands for a text that is in the other store. */
interface Stored {
  platform: string;
  switches: object;
  daemonSet: string | undefined;
  texts: Record<string, string | null>;
  files: string[];
}

/** A work that was kept, and what of it is gone. */
export interface Kept {
  work: Work;
  /** Names of inputs whose bytes had not been written when the page went. */
  lost: string[];
}

export type Outcome = "kept" | "too large" | "refused";

/** Whether this browser lets the page keep anything. */
export function canKeep(): boolean {
  try {
    localStorage.setItem(`${PREFIX}try`, "1");
    localStorage.removeItem(`${PREFIX}try`);
    return true;
  } catch {
    return false;
  }
}

export function keeps(): boolean {
  return read(OFF) === undefined;
}

/** Turns keeping on or off; off forgets what was kept. */
export function setKeeps(on: boolean): void {
  if (on) {
    remove(OFF);
    return;
  }
  forget();
  write(OFF, "1");
}

/** The bytes that the other store has, or is about to have. */
const written = new Map<Slot, Map<string, Blob>>();

/** Whether a work has files or long texts that the store has not. */
export function hasNewBytes(slot: Slot, work: Work): boolean {
  return !sameBytes(blobsOf(work), written.get(slot));
}

/** What of a work is too long for localStorage, by its name in the other store. */
function blobsOf(work: Work): Map<string, Blob> {
  const blobs = new Map<string, Blob>();
  for (const name of INPUTS) {
    const content = work.texts[name];
    if (typeof content !== "string") blobs.set(`text ${name}`, content);
  }
  for (const { name, blob } of work.files) blobs.set(`file ${name}`, blob);
  return blobs;
}

function sameBytes(a: Map<string, Blob>, b: Map<string, Blob> = new Map()): boolean {
  return a.size === b.size && [...a].every(([name, blob]) => b.get(name) === blob);
}

export async function keep(slot: Slot, work: Work): Promise<Outcome> {
  const blobs = blobsOf(work);
  const texts: Stored["texts"] = {};
  for (const name of INPUTS) {
    const content = work.texts[name];
    texts[name] = typeof content === "string" ? content : null;
  }
  const { platform, switches, daemonSet } = work;
  const had = readStored(slot);
  const stored: Stored = { platform, switches, daemonSet, texts, files: work.files.map(({ name }) => name) };
  if (!write(PREFIX + slot, JSON.stringify(stored))) return "refused";
  let bytes = 0;
  for (const blob of blobs.values()) bytes += blob.size;
  const large = bytes > MOST_KEPT;
  const next = large ? new Map<string, Blob>() : blobs;
  // The other store is opened only if something is in it, or shall be; and not for what it has.
  const idle = next.size === 0 ? !(had && isLong(had)) : sameBytes(next, written.get(slot));
  written.set(slot, blobs);
  if (!idle && !(await writeBlobs(slot, next))) {
    written.delete(slot);
    return "refused";
  }
  return large ? "too large" : "kept";
}

/** What was kept, if there is something that can be read. */
export async function kept(slot: Slot): Promise<Kept | undefined> {
  const stored = readStored(slot);
  if (!stored) return undefined;
  const blobs = isLong(stored) ? await readBlobs(slot) : new Map<string, Blob>();
  if (!isPlatform(stored.platform)) return undefined;
  const lost: string[] = [];
  const bytes = (name: string, key: string): Blob | undefined => {
    const blob = blobs.get(key);
    if (!blob) lost.push(name);
    return blob;
  };
  const text = (name: InputName): Content => {
    const short = stored.texts[name];
    return short === null ? (bytes(name, `text ${name}`) ?? "") : (short ?? "");
  };
  const work: Work = {
    platform: stored.platform,
    switches: readSwitches(stored.switches),
    daemonSet: stored.daemonSet,
    texts: { DaemonSet: text("DaemonSet"), Cluster: text("Cluster") },
    files: stored.files.flatMap((name): WorkFile[] => {
      const blob = bytes(name, `file ${name}`);
      return blob ? [{ name, blob }] : [];
    }),
  };
  written.set(slot, blobs);
  return { work, lost };
}

export function isKept(slot: Slot): boolean {
  return read(PREFIX + slot) !== undefined;
}

export function drop(slot: Slot): void {
  if (!isKept(slot)) return;
  remove(PREFIX + slot);
  written.delete(slot);
  void clearBlobs(slot);
}

export function forget(): void {
  drop("work");
  drop("yours");
}

/** A choice that is no work: the theme, whether single keys do something. */
export function choice(name: string): string | undefined {
  return read(PREFIX + name);
}

export function setChoice(name: string, value: string | undefined): void {
  if (value === undefined) remove(PREFIX + name);
  else write(PREFIX + name, value);
}

/** Whether a part of it is in the other store. */
function isLong({ files, texts }: Stored): boolean {
  return files.length > 0 || INPUTS.some((name) => texts[name] === null);
}

function readStored(slot: Slot): Stored | undefined {
  try {
    const value: unknown = JSON.parse(read(PREFIX + slot) ?? "null");
    if (typeof value !== "object" || value === null) return undefined;
    const { platform, switches, daemonSet, texts, files } = value as Partial<Record<keyof Stored, unknown>>;
    if (typeof platform !== "string" || typeof texts !== "object" || texts === null) return undefined;
    const known: Stored["texts"] = {};
    for (const [name, text] of Object.entries(texts)) if (typeof text === "string" || text === null) known[name] = text;
    return {
      platform,
      switches: typeof switches === "object" && switches !== null ? switches : {},
      daemonSet: typeof daemonSet === "string" ? daemonSet : undefined,
      texts: known,
      files: Array.isArray(files) ? files.filter((name) => typeof name === "string") : [],
    };
  } catch {
    return undefined;
  }
}

function read(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

function write(key: string, value: string): boolean {
  try {
    localStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

function remove(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing is kept where nothing can be.
  }
}
