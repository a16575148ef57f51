// One node: every reason in a sentence, where it stands in the text, and what would change it.

import type { Location, NodePlan } from "../../../pkg/daemonset_planner.js";
import { fill, h } from "../dom.js";
import { placeText } from "../state.js";
import type { Store, View } from "../store.js";
import { change } from "./reasons.js";

export function nodeView(root: HTMLElement, store: () => Store, goTo: (place: Location) => void): View {
  let seen: unknown;
  // The focus stays in the table, so Escape is heard there too.
  root.parentElement?.addEventListener("keydown", (event) => {
    if (event.key === "Escape") store().update({ node: undefined });
  });
  return {
    render(state) {
      if (seen === state.node) return;
      seen = state.node;
      root.hidden = !state.node;
      if (!state.node) return;
      const { name, plan } = state.node;
      const close = h(
        "button",
        { class: "link", attributes: { type: "button" }, on: { click: () => store().update({ node: undefined }) } },
        "Close",
      );
      fill(
        root,
        h("div", { class: "title" }, h("h2", {}, h("code", {}, name)), close),
        plan && h("p", {}, verdictSentence(plan)),
        plan && h("ul", { class: "details" }, ...plan.reasons.map((reason) => detail(reason, goTo))),
        plan?.created?.message && h("p", { class: "quiet" }, plan.created.message),
      );
    },
  };
}

function verdictSentence(plan: NodePlan): string {
  const run = plan.shouldRun ? "A pod should run here" : "No new pod is made here";
  const stay = plan.shouldContinueRunning ? "one that is there may stay" : "one that is there is deleted";
  return `${run}; ${stay}.`;
}

function detail(reason: NodePlan["reasons"][number], goTo: (place: Location) => void): HTMLElement {
  const { span } = reason;
  return h(
    "li",
    {},
    h("p", {}, reason.sentence),
    h(
      "p",
      { class: "quiet" },
      span &&
        h(
          "button",
          { class: "link", attributes: { type: "button" }, on: { click: () => goTo(span) } },
          placeText(span),
        ),
      span && " · ",
      `rule ${reason.rule}`,
    ),
    change(reason.change),
  );
}
