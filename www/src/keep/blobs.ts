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

/** What a request gives, or undefined where the browser has no database for us. */
function within(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  return new Promise((resolve) => {
    try {
      const opening = indexedDB.open(DATABASE, 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
      opening.onerror = () => resolve(undefined);
      opening.onblocked = () => resolve(undefined);
      opening.onsuccess = () => {
        const database = opening.result;
        const transaction = database.transaction(STORE, mode);
        const request = ask(transaction.objectStore(STORE));
        const end = (value: unknown): void => {
          database.close();
          resolve(value);
        };
        transaction.oncomplete = () => end(request.result ?? true);
        transaction.onerror = () => end(undefined);
        transaction.onabort = () => end(undefined);
      };
    } catch {
      resolve(undefined);
    }
  });
}
