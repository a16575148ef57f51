// The choice among several DaemonSets; nothing where there is one.

import { fill, h, hide } from "../dom.js";
import { currentSet, keyOf, WHOLE } from "../state.js";
import type { Store, View } from "../store.js";

export function setsView(root: HTMLElement, store: () => Store): View {
  let seen: unknown;
  return {
    render(state) {
      const current = currentSet(state);
      if (seen === current) return;
      seen = current;
      const sets = state.shown?.daemonSets ?? [];
      hide(root, sets.length < 2);
      fill(
        root,
        ...sets.map((set) =>
          h(
            "button",
            {
              attributes: { type: "button", "aria-pressed": String(set === current) },
              on: { click: () => store().update({ daemonSet: keyOf(set), ...WHOLE, node: undefined }) },
            },
            keyOf(set),
          ),
        ),
      );
    },
  };
}
