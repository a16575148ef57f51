// Opens what somebody shared: the end of the page's address, or a file that was saved.

import { say } from "../notes.js";
import type { Work } from "../work.js";
import { decode, FORMAT, fromShared, LinkError, parsed } from "./link.js";

/** Opens the link that the page was opened with, and those that come later; says whether there was one. */
export async function watchLinks(open: (work: Work) => void): Promise<boolean> {
  addEventListener("hashchange", () => openLink(open));
  return openLink(open);
}

async function openLink(open: (work: Work) => void): Promise<boolean> {
  const fragment = location.hash.slice(1);
  if (fragment === "") return false;
  try {
    open(await decode(fragment));
    say("link", { text: "Opened from a link. What you change stays here; share it anew to pass it on." });
    return true;
  } catch (error) {
    say("link", { text: `This link can’t be opened. ${messageOf(error)}`, error: true });
    return false;
  } finally {
    // The address is no longer what the page shows, and a reload must not undo what is typed from here on.
    history.replaceState(undefined, "", location.pathname + location.search);
  }
}

/** Opens a file if it is a work that was saved; says whether it is one. */
export async function openSaved(file: Blob, open: (work: Work) => void): Promise<boolean> {
  // A file of nodes may be long: its beginning tells.
  const beginning = await file.slice(0, 200).text();
  if (!beginning.trimStart().startsWith("{") || !beginning.includes('"daemonset-planner-work/')) return false;
  try {
    const value = parsed(await file.text());
    if (typeof value !== "object" || value === null || !("format" in value)) return false;
    if (typeof value.format !== "string" || !value.format.startsWith("daemonset-planner-work/")) return false;
    if (value.format !== FORMAT) throw new LinkError(`It is ${value.format}, and this page reads ${FORMAT}.`);
    open(fromShared(value));
    say("link", { text: "Opened from a file that was saved here." });
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
    say("link", { text: `This file can’t be opened. ${error.message}`, error: true });
  }
  return true;
}

function messageOf(error: unknown): string {
  return error instanceof LinkError ? error.message : "It is damaged.";
}
