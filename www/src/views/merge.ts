// The merge doctor: template + text in force = pod, the nodes that it loses, and how to get them back.

import type { LostNode, Merge, MergeFix, SelectorSource } from "../../../pkg/daemonset_planner.js";
import { fill, h } from "../dom.js";
import { currentSet } from "../state.js";
import type { View } from "../store.js";
import { command } from "./copy.js";

const SOURCES: Record<SelectorSource, string> = {
  kubeAnnotation: "Annotation scheduler.alpha.kubernetes.io/node-selector",
  projectAnnotation: "Annotation openshift.io/node-selector",
  projectDefault: "Default of the cluster (Scheduler cluster)",
  controllerDefault: "Default that the controller was told",
  clusterDefault: "Default of PodNodeSelector’s configuration",
};

/** Lost nodes named one by one; beyond, the number. */
const MOST_NAMED = 20;

export function mergeView(root: HTMLElement): View {
  let seen: unknown;
  return {
    render(state) {
      const set = currentSet(state);
      if (seen === set) return;
      seen = set;
      root.hidden = !set || !matters(set.merge, state.shown?.platform === "kubernetes");
      if (!set || root.hidden) return;
      const { merge } = set;
      fill(
        root,
        h("h2", { attributes: { id: "merge-title" } }, "Node selector"),
        equation(merge),
        h("p", {}, merge.sentence),
        merge.why !== "" && merge.why !== merge.sentence && h("p", { class: "quiet" }, merge.why),
        merge.refusal && h("pre", { attributes: { tabindex: "0" } }, merge.refusal.message),
        merge.lost.length > 0 && lost(merge.lost),
        ...merge.fixes.map((fix) => remedy(fix, merge.lost.length)),
      );
    },
  };
}

/** Where nothing is merged there is nothing to show. */
function matters(merge: Merge, plain: boolean): boolean {
  return !plain || merge.inForce.length > 0 || merge.lost.length > 0 || merge.refusal !== undefined;
}

function equation(merge: Merge): HTMLElement {
  const line = (sign: string, term: string, text: string): HTMLElement[] => [
    h("dt", {}, h("span", { class: "sign" }, sign), term),
    h("dd", {}, h("code", {}, text)),
  ];
  return h(
    "dl",
    { class: "equation" },
    ...line("", "Template", selectorText(merge.template)),
    ...merge.inForce.flatMap(({ source, text, merged }) =>
      line(merged ? "+" : "?", SOURCES[source] + (merged ? "" : ", asked by the controller only"), text || "empty"),
    ),
    ...(merge.inForce.length === 0 ? line("+", "Namespace and cluster", "nothing") : []),
    ...line("=", "Pod", merge.merged ? selectorText(merge.merged) : "refused"),
  );
}

function selectorText(selector: Record<string, string>): string {
  const pairs = Object.entries(selector).map(([key, value]) => `${key}=${value}`);
  return pairs.length > 0 ? pairs.join(",") : "none";
}

function lost(nodes: LostNode[]): HTMLElement {
  const more = nodes.length - MOST_NAMED;
  return h(
    "ul",
    { class: "lost" },
    ...nodes.slice(0, MOST_NAMED).map((node) => h("li", {}, node.sentence)),
    more > 0 && h("li", {}, `and ${more} more nodes.`),
  );
}

function remedy(fix: MergeFix, lostNodes: number): HTMLElement {
  const frees = fix.frees.length === lostNodes ? "all of them" : `${fix.frees.length} of ${lostNodes}`;
  return h(
    "div",
    { class: "fix" },
    h("p", {}, `${fix.sentence} Frees ${frees}.`),
    ...fix.commands.map(command),
    ...(fix.then.length > 0 ? [h("p", {}, "Afterwards, by hand:"), ...fix.then.map(command)] : []),
    h("p", { class: "quiet" }, fix.needs),
  );
}
