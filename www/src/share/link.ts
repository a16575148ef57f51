// A work as the end of a link, `#` and then: the format's digit, and the work as JSON, deflated, in base64url. It is
// after the `#`, so no server ever sees it. Links live long: a digit that was ever given out is read for ever.

import type { InputName } from "../state.js";
import { INPUTS } from "../state.js";
import { changedSwitches, contentOf, isPlatform, readSwitches, type Work, type WorkFile } from "../work.js";

/** Chats and mail cut longer links. Of the whole address. */
export const MOST_LINK = 8000;
/** Characters after the `#` that are looked at, and bytes that they may unfold to. */
export const MOST_FRAGMENT = 200_000;
export const MOST_INFLATED = 4_000_000;
/** Files in a link or in a file that was saved. */
const MOST_FILES = 2000;

const VERSION = "1";
/** What a saved file calls itself. */
export const FORMAT = "daemonset-planner-work/1";

/** A work without bytes: what a link and a saved file hold. Keys are short because they are in links. */
export interface Shared {
  /** Platform. */
  p: string;
  /** Switches that are not as they come. */
  s?: object;
  /** The DaemonSet that is looked at. */
  d?: string;
  /** The texts of the editors. */
  t: Record<InputName, string>;
  /** Files: name and text. */
  f?: [string, string][];
}

/** What a link or a file is not read for; the message is for people. */
export class LinkError extends Error {}

/** @param textOf gives the text of what is held as bytes */
export async function toShared(work: Work, textOf: (blob: Blob) => Promise<string>): Promise<Shared> {
  const text = (name: InputName): string | Promise<string> => {
    const content = work.texts[name];
    return typeof content === "string" ? content : textOf(content);
  };
  const switches = changedSwitches(work.switches);
  const files = await Promise.all(
    work.files.map(async ({ name, blob }): Promise<[string, string]> => [name, await textOf(blob)]),
  );
  return {
    p: work.platform,
    ...(Object.keys(switches).length > 0 ? { s: switches } : {}),
    ...(work.daemonSet === undefined ? {} : { d: work.daemonSet }),
    t: { DaemonSet: await text("DaemonSet"), Cluster: await text("Cluster") },
    ...(files.length > 0 ? { f: files } : {}),
  };
}

export function fromShared(value: unknown): Work {
  const wrong = new LinkError("What is in it is no work of this page.");
  if (!isRecord(value) || !isPlatform(value.p) || !isRecord(value.t)) throw wrong;
  const texts = value.t;
  const read = (name: InputName) => {
    const text = texts[name] ?? "";
    if (typeof text !== "string") throw wrong;
    return contentOf(text);
  };
  const [daemonSet, cluster] = INPUTS.map(read);
  return {
    platform: value.p,
    switches: readSwitches(value.s),
    daemonSet: typeof value.d === "string" ? value.d : undefined,
    texts: { DaemonSet: daemonSet ?? "", Cluster: cluster ?? "" },
    files: readFiles(value.f ?? [], wrong),
  };
}

function readFiles(value: unknown, wrong: LinkError): WorkFile[] {
  if (!Array.isArray(value) || value.length > MOST_FILES) throw wrong;
  const names = new Set<string>(INPUTS);
  return value.map((pair: unknown) => {
    if (!Array.isArray(pair)) throw wrong;
    const [name, text] = pair;
    if (typeof name !== "string" || typeof text !== "string" || names.has(name)) throw wrong;
    names.add(name);
    return { name, blob: new Blob([text]) };
  });
}

/** The end of the link, without the `#`. */
export async function encode(shared: Shared): Promise<string> {
  const stream = new Blob([JSON.stringify(shared)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return VERSION + toBase64Url(new Uint8Array(await new Response(stream).arrayBuffer()));
}

/** The work of a link's end. Whatever is wrong with it is a LinkError. */
export async function decode(fragment: string): Promise<Work> {
  if (fragment.length > MOST_FRAGMENT) {
    throw new LinkError(`It has ${fragment.length} characters; at most ${MOST_FRAGMENT} are read.`);
  }
  const version = fragment.slice(0, 1);
  if (!/^[0-9]$/.test(version)) throw new LinkError("It does not begin with the number of a format.");
  if (version !== VERSION) {
    throw new LinkError(`It is of format ${version}, and this page reads format ${VERSION}. Is there a newer page?`);
  }
  return fromShared(parsed(await inflate(fromBase64Url(fragment.slice(1)))));
}

/** The text as JSON; whatever is wrong with it is a LinkError. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new LinkError("It is damaged: what is in it is not JSON.");
  }
}

/** Inflates up to a limit, and stops there: a small text may unfold to a very large one. */
async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let length = 0;
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > MOST_INFLATED) break;
      text += decoder.decode(value, { stream: true });
    }
    if (length <= MOST_INFLATED) return text + decoder.decode();
  } catch {
    throw new LinkError("It is damaged: it can't be unpacked. Was a part of the link lost?");
  } finally {
    // What is wrong has been said already.
    reader.cancel().catch(() => undefined);
  }
  throw new LinkError(`It would unfold to more than ${MOST_INFLATED} bytes.`);
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 4096) binary += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const wrong = /[^A-Za-z0-9_-]/.exec(text);
  if (wrong) throw new LinkError(`It is damaged: the character at ${wrong.index + 2} can't stand there.`);
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) =>
      character.charCodeAt(0),
    );
  } catch {
    throw new LinkError("It is damaged: a part of it is missing.");
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
