// Dims the plan while it is older than the text. The sheet waits a moment first, so that an answer that comes
// within a keystroke does not flicker.

import { toggle } from "../dom.js";
import type { View } from "../store.js";

export function staleView(root: HTMLElement): View {
  return {
    render({ pending, unreadable, stopped }) {
      toggle(root, "pending", pending);
      toggle(root, "stale", unreadable !== undefined || stopped !== undefined);
      root.setAttribute("aria-busy", String(pending));
    },
  };
}
