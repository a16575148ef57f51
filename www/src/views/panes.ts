// The panes of the answer: the plan, the status, the merge doctor, and a pod.

import { h, hide, setAttribute, setText } from "../dom.js";
import { currentSet, type State } from "../state.js";
import type { Store, View } from "../store.js";

const PANES: { view: State["view"]; title: string; panels: string[] }[] = [
  { view: "plan", title: "Plan", panels: ["reasons", "map", "nodes"] },
  { view: "status", title: "Status", panels: ["status", "map", "nodes"] },
  { view: "merge", title: "Merge", panels: ["merge"] },
  { view: "pod", title: "Pod", panels: ["pod"] },
];

export function panesView(root: HTMLElement, store: () => Store): View {
  const tabs = PANES.map(({ view, title, panels }) => {
    const number = h("span", { class: "number" });
    const tab = h(
      "button",
      {
        attributes: { type: "button", role: "tab", id: `tab-${view}`, "aria-controls": panels.join(" ") },
        on: { click: () => store().update({ view }) },
      },
      title,
      " ",
      number,
    );
    return { view, tab, number };
  });
  root.replaceChildren(...tabs.map(({ tab }) => tab));
  root.addEventListener("keydown", (event) => {
    const at = tabs.findIndex(({ view }) => view === store().state.view);
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const next = tabs[(at + by + tabs.length) % tabs.length];
    if (by === 0 || !next) return;
    event.preventDefault();
    store().update({ view: next.view });
    next.tab.focus();
  });

  return {
    render(state) {
      const set = currentSet(state);
      hide(root, !set);
      for (const { view, tab, number } of tabs) {
        const chosen = view === state.view;
        setAttribute(tab, "aria-selected", String(chosen));
        tab.tabIndex = chosen ? 0 : -1;
        const lost = set?.counts.lost ?? 0;
        setText(number, view === "merge" && lost > 0 ? `${lost} lost` : "");
      }
    },
  };
}
