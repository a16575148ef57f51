// Dims the plan while it is older than the text. It waits a moment first, so that an answer that comes within a
// keystroke neither flickers nor costs a repaint.

import { setAttribute, toggle } from "../dom.js";
import type { View } from "../store.js";

const DIM_AFTER_MS = 200;

export function staleView(root: HTMLElement): View {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    render({ pending, unreadable, stopped }) {
      if (!pending) {
        clearTimeout(timer);
        timer = undefined;
        toggle(root, "pending", false);
      } else {
        timer ??= setTimeout(() => toggle(root, "pending", true), DIM_AFTER_MS);
      }
      toggle(root, "stale", unreadable !== undefined || stopped !== undefined);
      setAttribute(root, "aria-busy", String(pending));
    },
  };
}
