// Drops anywhere on the page, and the two buttons that choose files or a folder.

import { byId, toggle } from "../dom.js";
import { fromDrop, fromList, type Taken } from "./take.js";

/** @param take what came, and the element that it was dropped on */
export function watchFiles(take: (taken: Taken, on: Element | undefined) => void): void {
  let depth = 0;
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
  const mark = (change: number): void => {
    depth = Math.max(0, depth + change);
    toggle(document.body, "dropping", depth > 0);
  };

  // Captured, so that an editor does not take the file for text of its own.
  document.addEventListener("dragenter", (event) => hasFiles(event) && mark(1), true);
  document.addEventListener("dragleave", (event) => hasFiles(event) && mark(-1), true);
  document.addEventListener(
    "dragover",
    (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
    },
    true,
  );
  document.addEventListener(
    "drop",
    async (event) => {
      if (!event.dataTransfer || !hasFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      mark(-depth);
      const on = event.target instanceof Element ? event.target : undefined;
      take(await fromDrop(event.dataTransfer), on);
    },
    true,
  );

  for (const kind of ["files", "folder"]) {
    const field = byId(`${kind}-field`, HTMLInputElement);
    byId(`choose-${kind}`, HTMLButtonElement).addEventListener("click", () => field.click());
    field.addEventListener("change", async () => {
      const chosen = [...(field.files ?? [])];
      // So that the same file can be chosen again.
      field.value = "";
      if (chosen.length > 0) take(await fromList(chosen), undefined);
    });
  }
}
