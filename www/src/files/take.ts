// Takes files from a drop or a choice: as many as there are, folders too. Their bytes are read at once, so that a
// file that changes or goes away later changes nothing here.

import type { WorkFile } from "../work.js";

/** Files taken at once, and bytes of all of them; the rest is left, and that is said. */
export const MOST_FILES = 2000;
export const MOST_BYTES = 64_000_000;
/** Entries of folders looked at. */
const MOST_ENTRIES = 50_000;
/** What may hold objects or tables. In a folder other files are left; one that is named by hand is taken as it is. */
const TEXTS = /(\.(ya?ml|json|txt|list)|\/[^./]+|^[^./]+)$/i;

export interface Taken {
  files: WorkFile[];
  /** Files that were left, for their name or their number. */
  left: number;
}

interface Found {
  name: string;
  inFolder: boolean;
  file: () => Promise<File>;
}

export function fromList(list: Iterable<File>): Promise<Taken> {
  const found = [...list].map((file) => ({
    name: file.webkitRelativePath || file.name,
    inFolder: file.webkitRelativePath !== "",
    file: () => Promise.resolve(file),
  }));
  return read(found);
}

/** Must be called within the event: afterwards the transfer is empty. */
export async function fromDrop(transfer: DataTransfer): Promise<Taken> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) return fromList(transfer.files);
  const found: Found[] = [];
  const waiting = [...entries];
  let seen = 0;
  for (let entry = waiting.shift(); entry && seen < MOST_ENTRIES; entry = waiting.shift()) {
    seen++;
    const path = entry.fullPath.replace(/^\//, "");
    if (isFile(entry)) {
      const one = entry;
      found.push({ name: path, inFolder: path.includes("/"), file: () => new Promise((yes, no) => one.file(yes, no)) });
    } else if (isFolder(entry)) {
      waiting.push(...(await listed(entry)));
    }
  }
  return read(found, waiting.length);
}

async function read(found: Found[], beyond = 0): Promise<Taken> {
  const files: WorkFile[] = [];
  let left = beyond;
  let bytes = 0;
  for (const { name, inFolder, file } of found.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if ((inFolder && !TEXTS.test(name)) || files.length >= MOST_FILES) {
      left++;
      continue;
    }
    try {
      const one = await file();
      bytes += one.size;
      if (bytes > MOST_BYTES) {
        left++;
        continue;
      }
      files.push({ name, blob: new Blob([await one.arrayBuffer()]) });
    } catch {
      // Gone, or not ours to read.
      left++;
    }
  }
  return { files, left };
}

async function listed(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  // A reader gives its entries in parts; an empty part is the end.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((yes, no) => reader.readEntries(yes, no)).catch(() => []);
    if (part.length === 0) return all;
    all.push(...part);
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

/** The files under names of their own: no two alike, none like an editor's. */
export function named(files: readonly WorkFile[], taken: Iterable<string>): WorkFile[] {
  const names = new Set(taken);
  return files.map(({ name, blob }) => {
    let free = name;
    for (let number = 2; names.has(free); number++) free = `${name} (${number})`;
    names.add(free);
    return { name: free, blob };
  });
}

/** The text of a file, or undefined if it is no UTF-8. */
export async function textOf(blob: Blob): Promise<string | undefined> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await blob.arrayBuffer());
  } catch {
    return undefined;
  }
}
