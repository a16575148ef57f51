// The switch and the button of keeping, and when to keep: texts a moment after the last change and before the page
// goes; files and long texts at once, since their store takes longer than a page that goes has.

import { byId, setText } from "../dom.js";
import { sizeText, type Work } from "../work.js";
import { open } from "./blobs.js";
import { canKeep, drop, forget, hasNewBytes, keep, keeps, MOST_KEPT, setKeeps } from "./keep.js";

/** After a change, before it is written. */
const PAUSE_MS = 400;

export interface Keeper {
  /** Something has changed. */
  changed(): void;
  /** The page has time to get ready for files. */
  prepare(): void;
}

/** @param work gives what is worth keeping, or undefined if nothing is */
export function createKeeper(work: () => Work | undefined, forgotten: () => void): Keeper {
  const field = byId("keep", HTMLInputElement);
  const clear = byId("forget", HTMLButtonElement);
  const said = byId("kept", HTMLElement);
  const able = canKeep();
  let timer: ReturnType<typeof setTimeout> | undefined;

  field.checked = able && keeps();
  field.disabled = !able;
  clear.disabled = !able;
  if (!able) setText(said, "This browser does not let the page keep anything.");

  field.addEventListener("change", () => {
    setKeeps(field.checked);
    if (!field.checked) forgotten();
    setText(said, field.checked ? "" : "Nothing is kept any more; what was kept is gone.");
    if (field.checked) save();
  });
  clear.addEventListener("click", () => {
    clearTimeout(timer);
    timer = undefined;
    forget();
    forgotten();
    setText(said, "Cleared. What stands in the page stays until you leave it.");
  });

  async function save(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (!field.checked) return;
    const now = work();
    if (!now) return drop("work");
    const outcome = await keep("work", now);
    if (outcome === "refused") setText(said, "Not kept: this browser gives the page too little room.");
    else if (outcome === "too large") setText(said, `The files are not kept: over ${sizeText(MOST_KEPT)}.`);
    else setText(said, "");
  }

  const leaving = (): void => {
    if (timer !== undefined) save();
  };
  addEventListener("pagehide", leaving);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leaving());

  return {
    prepare() {
      if (field.checked) open();
    },
    changed() {
      if (!field.checked) return;
      clearTimeout(timer);
      timer = undefined;
      const now = work();
      if (now && hasNewBytes("work", now)) save();
      else timer = setTimeout(save, PAUSE_MS);
    },
  };
}
