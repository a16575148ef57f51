// Escape closes what was opened last: a node's panel first, then what map and table are narrowed to.

import { isNarrowed, WHOLE } from "../state.js";
import type { Store } from "../store.js";

export function closeOnEscape(store: () => Store): void {
  document.addEventListener("keydown", (event) => {
    // An editor or a dialog that has a use for the key has said so.
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const { state } = store();
    if (state.node) store().update({ node: undefined });
    else if (isNarrowed(state)) store().update(WHOLE);
  });
}
