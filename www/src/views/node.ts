// One node: the decision as a path, each step with the line and the rule behind it, and what would turn it.

import type { Location, Reason } from "../../../pkg/daemonset_planner.js";
import { fill, h, hide, prose } from "../dom.js";
import { pathOf, type Step } from "../path.js";
import type { NodeAnswer } from "../protocol.js";
import { placeText } from "../state.js";
import type { Store, View } from "../store.js";
import { MEANINGS, shape, verdictOf, WORDS } from "../verdict.js";
import { podsOn } from "./pods.js";
import { change } from "./reasons.js";

const MARKS: Record<Step["state"], { sign: string; said: string }> = {
  clear: { sign: "✓", said: "passes" },
  blocksNew: { sign: "✗", said: "no new pod" },
  blocks: { sign: "✗", said: "no pod" },
  rollout: { sign: "↻", said: "rollout" },
};

/** What a place in the text needs: to be shown there, and to be read here. */
export interface Places {
  goTo(place: Location): void;
  /** The line of a place as it stands in the text, if it does. */
  line(place: Location): string | undefined;
}

/** @param openPod shows the pod that a node gets */
export function nodeView(root: HTMLElement, store: () => Store, places: Places, openPod: (node: string) => void): View {
  let seen: unknown;
  return {
    render(state) {
      if (seen === state.node) return;
      seen = state.node;
      hide(root, !state.node);
      if (!state.node) return;
      const { name, plan } = state.node;
      const close = h(
        "button",
        { class: "link", attributes: { type: "button" }, on: { click: () => store().update({ node: undefined }) } },
        "Close ",
        h("kbd", {}, "Esc"),
      );
      const pod = h(
        "button",
        { attributes: { type: "button", title: "The pod that this node gets" }, on: { click: () => openPod(name) } },
        "Pod",
      );
      fill(
        root,
        h("div", { class: "title" }, h("h2", {}, h("code", {}, name)), plan && verdict(plan), pod, close),
        plan && podsOn(plan),
        plan && h("ol", { class: "path details" }, ...pathOf(plan).map((step) => item(step, places))),
        plan?.created?.message && h("p", { class: "quiet" }, plan.created.message),
      );
    },
  };
}

function verdict(plan: NodeAnswer): HTMLElement {
  const word = verdictOf(plan.action, plan.created?.outcome);
  const pods = plan.pods.map((pod) => pod.name).join(", ");
  const run = plan.shouldRun ? "a pod should run here" : "no new pod is made here";
  const stay = plan.shouldContinueRunning ? "one that is there may stay" : "one that is there is deleted";
  const rolls = word === "roll" || word === "wait";
  const text = h(
    "p",
    { class: "verdict" },
    h("b", {}, WORDS[word]),
    pods && h("code", {}, ` ${pods}`),
    rolls ? `: ${MEANINGS[word]}.` : `: ${run}; ${stay}.`,
  );
  text.prepend(shape(word), " ");
  return text;
}

function item(step: Step, places: Places): HTMLElement {
  const { sign, said } = MARKS[step.state];
  return h(
    "li",
    { class: step.state },
    h("span", { class: "sign", attributes: { role: "img", "aria-label": said } }, sign),
    h(
      "div",
      {},
      h("h3", {}, step.title),
      step.state === "clear" && step.clear !== "" && h("p", { class: "quiet" }, step.clear),
      ...step.reasons.map((reason) => detail(reason, places)),
    ),
  );
}

function detail(reason: Reason, places: Places): HTMLElement {
  const { span } = reason;
  const line = span && places.line(span)?.trim();
  return h(
    "div",
    { class: "detail" },
    h("p", {}, ...prose(reason.sentence)),
    h(
      "p",
      { class: "quiet" },
      span &&
        h(
          "button",
          { class: "link", attributes: { type: "button" }, on: { click: () => places.goTo(span) } },
          placeText(span),
        ),
      line !== undefined && line !== "" && h("code", { class: "line" }, line),
      h("span", { class: "rule" }, `rule ${reason.rule}`),
    ),
    change(reason.change),
  );
}
