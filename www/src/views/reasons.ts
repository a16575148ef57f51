// The reasons, the one that covers the most nodes first. A click narrows map and table to a reason's nodes.

import type { Change, ReasonEffect } from "../../../pkg/daemonset_planner.js";
import { fill, h, hide } from "../dom.js";
import type { DaemonSetAnswer, GroupAnswer } from "../protocol.js";
import { verdictAt } from "../rows.js";
import { currentGroup, currentSet, reasonKey, WHOLE } from "../state.js";
import type { Store, View } from "../store.js";
import { shape, type Verdict } from "../verdict.js";
import { command } from "./copy.js";
import { counted } from "./names.js";

const EFFECTS: Record<ReasonEffect, { verdict: Verdict; text: string }> = {
  evicts: { verdict: "none", text: "no pod" },
  blocksNew: { verdict: "none", text: "no new pod" },
  losesPod: { verdict: "pending", text: "pod never runs" },
  note: { verdict: "keep", text: "note" },
};

export function reasonsView(root: HTMLElement, store: () => Store): View {
  let seen: unknown[] = [];
  return {
    render(state) {
      const set = currentSet(state);
      const chosen = currentGroup(state, set);
      hide(root, !set || set.counts.nodes === 0 || state.view !== "plan");
      if (root.hidden || !set || (seen[0] === set && seen[1] === chosen)) return;
      seen = [set, chosen];
      const choose = (group: GroupAnswer): void =>
        store().update({ ...WHOLE, reason: group === chosen ? undefined : reasonKey(group) });
      fill(
        root,
        h("h2", { attributes: { id: "reasons-title" } }, "Reasons"),
        set.groups.length === 0 && h("p", { class: "quiet" }, "Nothing keeps a pod from any node."),
        h("ul", { class: "reasons" }, ...set.groups.map((group) => item(set, group, group === chosen, choose))),
        set.notJudged.length > 0 && h("p", { class: "quiet" }, `Not judged here: ${set.notJudged.join(" ")}`),
        ...set.podsElsewhere.map((pod) => h("p", { class: "quiet" }, pod.sentence)),
      );
    },
  };
}

function item(
  set: DaemonSetAnswer,
  group: GroupAnswer,
  chosen: boolean,
  choose: (group: GroupAnswer) => void,
): HTMLElement {
  const { text } = EFFECTS[group.effect];
  const nodes = counted(group.rows.length);
  const button = h(
    "button",
    {
      class: "reason",
      attributes: { type: "button", "aria-pressed": String(chosen) },
      on: { click: () => choose(group) },
    },
    shapeIn(verdictOf(set, group)),
    h("span", { class: "number" }, nodes),
    " ",
    h("span", { class: "summary" }, group.summary),
    " ",
    h("span", { class: "effect" }, text),
  );
  return h("li", { class: chosen ? "chosen" : "" }, button, chosen && change(group.change));
}

/** The mark of a reason: that of its effect, and where it is a rollout's that of its nodes. */
function verdictOf(set: DaemonSetAnswer, { code, effect, rows }: GroupAnswer): Verdict {
  const rolls = code === "pod-outdated" || code === "rollout-waits";
  return rolls && rows[0] !== undefined ? verdictAt(set.rows, rows[0]) : EFFECTS[effect].verdict;
}

/** What would turn it, with the command where there is one. */
export function change(change: Change): HTMLElement {
  switch (change.kind) {
    case "command":
      return h("div", { class: "change" }, h("p", {}, change.sentence), command(change.command));
    case "edit":
      return h(
        "div",
        { class: "change" },
        h("p", {}, change.sentence),
        change.yaml ? command(change.yaml, "YAML") : undefined,
      );
    case "none":
      return h("div", { class: "change" }, h("p", {}, change.why));
  }
}

function shapeIn(verdict: Verdict): HTMLElement {
  const holder = h("span", { class: "holder" });
  holder.append(shape(verdict));
  return holder;
}
