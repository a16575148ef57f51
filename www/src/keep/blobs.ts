// Bytes in IndexedDB: one record a slot, a map from name to bytes.

import type { Slot } from "./keep.js";

const DATABASE = "daemonset-planner";
const STORE = "blobs";

export async function writeBlobs(slot: Slot, blobs: Map<string, Blob>): Promise<boolean> {
  if (blobs.size === 0) {
    await clearBlobs(slot);
    return true;
  }
  return (await within("readwrite", (store) => store.put(blobs, slot))) !== undefined;
}

export async function readBlobs(slot: Slot): Promise<Map<string, Blob>> {
  const found = await within("readonly", (store) => store.get(slot));
  return found instanceof Map ? found : new Map();
}

export async function clearBlobs(slot: Slot): Promise<void> {
  await within("readwrite", (store) => store.delete(slot));
}

let opened: Promise<IDBDatabase | undefined> | undefined;

/** Opens the database, for good: what is written while the page goes has no time to wait for it. */
export function open(): Promise<IDBDatabase | undefined> {
  opened ??= new Promise((resolve) => {
    const none = (): void => {
      opened = undefined;
      resolve(undefined);
    };
    try {
      const opening = indexedDB.open(DATABASE, 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
      opening.onerror = none;
      opening.onblocked = none;
      opening.onsuccess = () => {
        const { result } = opening;
        result.onclose = none;
        // Whoever deletes the database does not wait for us.
        result.onversionchange = () => {
          result.close();
          none();
        };
        resolve(result);
      };
    } catch {
      none();
    }
  });
  return opened;
}

/** What a request gives, or undefined where the browser has no database for us. */
async function within(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  const database = await open();
  if (!database) return undefined;
  return new Promise((resolve) => {
    try {
      const transaction = database.transaction(STORE, mode);
      const request = ask(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result ?? true);
      transaction.onerror = () => resolve(undefined);
      transaction.onabort = () => resolve(undefined);
      // Without this a page that goes takes what it has just asked for with it.
      transaction.commit();
    } catch {
      resolve(undefined);
    }
  });
}
