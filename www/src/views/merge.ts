// The merge doctor: template + text in force = pod, the nodes that it loses, and how to get them back.

import type { LostNode, Merge, MergeFix, Outcome, SelectorSource } from "../../../pkg/daemonset_planner.js";
import { fill, h } from "../dom.js";
import { currentSet } from "../state.js";
import type { View } from "../store.js";
import { shape, type Verdict } from "../verdict.js";
import { command } from "./copy.js";

const SOURCES: Record<SelectorSource, string> = {
  kubeAnnotation: "Annotation scheduler.alpha.kubernetes.io/node-selector",
  projectAnnotation: "Annotation openshift.io/node-selector",
  projectDefault: "Default of the cluster (Scheduler cluster)",
  controllerDefault: "Default that the controller was told",
  clusterDefault: "Default of PodNodeSelector’s configuration",
};

/** What becomes of the pods, in the words of R-397. */
const OUTCOMES: Record<Outcome, { verdict: Verdict; text: string }> = {
  noPod: { verdict: "none", text: "the controller makes no pod and does not count the node as desired" },
  pending: { verdict: "pending", text: "the pod is made once and stays Pending for ever" },
  refused: { verdict: "refused", text: "the API server refuses the pod at creation, again and again" },
  rejected: { verdict: "rejected", text: "the kubelet rejects the pod, and it is made again and again" },
  stays: { verdict: "keep", text: "the pod that is there stays; a new one would not run" },
  admitted: { verdict: "create", text: "the pod is let onto the node" },
};

/** Lost nodes named one by one; beyond, the number. */
const MOST_NAMED = 60;

export function mergeView(root: HTMLElement, open: (node: string) => void): View {
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
        merge.lost.length > 0 && lost(merge.lost, open),
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
      line(merged ? "+" : "·", SOURCES[source] + (merged ? "" : ", asked by the controller only"), text || "empty"),
    ),
    ...(merge.inForce.length === 0 ? line("+", "Namespace and cluster", "nothing") : []),
    ...line("=", "Pod", merge.merged ? selectorText(merge.merged) : "refused"),
  );
}

function selectorText(selector: Record<string, string>): string {
  const pairs = Object.entries(selector).map(([key, value]) => `${key}=${value}`);
  return pairs.length > 0 ? pairs.join(",") : "none";
}

function lost(nodes: LostNode[], open: (node: string) => void): HTMLElement {
  const outcomes = [...new Set(nodes.map((node) => node.outcome))];
  return h("ul", { class: "lost" }, ...outcomes.map((outcome) => fate(outcome, nodes, open)));
}

/** The nodes that share an outcome, named; each opens. */
function fate(outcome: Outcome, lost: LostNode[], open: (node: string) => void): HTMLElement {
  const nodes = lost.filter((node) => node.outcome === outcome);
  const more = nodes.length - MOST_NAMED;
  const { verdict, text } = OUTCOMES[outcome];
  const head = h("p", {}, h("b", {}, nodes.length === 1 ? "1 node" : `${nodes.length} nodes`), `: ${text}`);
  head.prepend(shape(verdict));
  const names = nodes
    .slice(0, MOST_NAMED)
    .map(({ name, sentence }) =>
      h(
        "button",
        { class: "link name", attributes: { type: "button", title: sentence }, on: { click: () => open(name) } },
        name,
      ),
    );
  return h("li", {}, head, h("p", { class: "names" }, ...names, more > 0 && `and ${more} more`));
}

function remedy(fix: MergeFix, lostNodes: number): HTMLElement {
  const frees = `Frees ${fix.frees.length} of the ${lostNodes} nodes.`;
  return h(
    "div",
    { class: "fix" },
    h("p", {}, `${fix.sentence} ${frees}`),
    ...fix.commands.map((line) => command(line)),
    ...(fix.then.length > 0 ? [h("p", {}, "Afterwards, by hand:"), ...fix.then.map((line) => command(line))] : []),
    h("p", { class: "quiet" }, `Needs ${fix.needs}`),
  );
}
