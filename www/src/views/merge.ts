// The merge doctor: template + text in force = pod, the nodes that it loses, and how to get them back.

import type { Location, Outcome, SelectorSource } from "../../../pkg/daemonset_planner.js";
import { fill, h, hide, prose } from "../dom.js";
import type { DaemonSetAnswer, FixAnswer, MergeAnswer } from "../protocol.js";
import { currentSet, placeText, WHOLE } from "../state.js";
import type { Store, View } from "../store.js";
import { shape, type Verdict } from "../verdict.js";
import { command } from "./copy.js";
import { counted, nodeNames } from "./names.js";

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

/**
 * @param open opens a node's panel
 * @param goTo shows a place in the text
 */
export function mergeView(
  root: HTMLElement,
  store: () => Store,
  open: (node: string) => void,
  goTo: (place: Location) => void,
): View {
  let seen: unknown;
  return {
    render(state) {
      const set = currentSet(state);
      hide(root, !set || state.view !== "merge");
      if (root.hidden || !set || seen === set) return;
      seen = set;
      const { merge } = set;
      const lost = merge.lost.reduce((sum, { rows }) => sum + rows.length, 0);
      const onMap = (): void => store().update({ ...WHOLE, part: "lost", view: "plan" });
      fill(
        root,
        h("h2", { attributes: { id: "merge-title" } }, "Node selector"),
        equation(merge, goTo),
        // Most often the sentence above says it already.
        !set.sentence.includes(merge.sentence) && h("p", { class: "says" }, merge.sentence),
        merge.why !== "" && merge.why !== merge.sentence && h("p", { class: "quiet" }, ...prose(merge.why)),
        merge.inForce.length === 0 && state.shown?.platform === "kubernetes" && h("p", { class: "quiet" }, PLAIN),
        merge.refusal && h("pre", { attributes: { tabindex: "0" } }, merge.refusal.message),
        lost > 0 &&
          h(
            "h2",
            {},
            "Nodes lost ",
            h("button", { class: "link", attributes: { type: "button" }, on: { click: onMap } }, "show on the map"),
          ),
        lost > 0 && h("ul", { class: "lost" }, ...merge.lost.map((fate) => fateOf(set, fate, open))),
        merge.fixes.length > 0 &&
          h("h2", {}, merge.fixes.length === 1 ? "A way back" : "Ways back, each planned again"),
        ...merge.fixes.map((fix) => remedy(set, fix, lost)),
      );
    },
  };
}

const PLAIN =
  "Plain Kubernetes merges nothing. Choose a platform with PodNodeSelector or OpenShift 4 above to see what they would merge.";

function equation(merge: MergeAnswer, goTo: (place: Location) => void): HTMLElement {
  const line = (sign: string, term: string, text: string, place?: Location): HTMLElement[] => [
    h("dt", {}, h("span", { class: "sign" }, sign), term),
    h(
      "dd",
      {},
      h("code", {}, text),
      place &&
        h(
          "button",
          { class: "link place", attributes: { type: "button" }, on: { click: () => goTo(place) } },
          placeText(place),
        ),
    ),
  ];
  return h(
    "dl",
    { class: "equation" },
    ...line("", "Template", selectorText(merge.template)),
    ...merge.inForce.flatMap(({ source, text, merged, span }) =>
      line(
        merged ? "+" : "·",
        SOURCES[source] + (merged ? "" : ", asked by the controller only"),
        text || "empty",
        span,
      ),
    ),
    ...(merge.inForce.length === 0 ? line("+", "Namespace and cluster", "nothing") : []),
    ...line("=", "Pod", merge.merged ? selectorText(merge.merged) : "refused"),
  );
}

function selectorText(selector: Record<string, string>): string {
  const pairs = Object.entries(selector).map(([key, value]) => `${key}=${value}`);
  return pairs.length > 0 ? pairs.join(",") : "none";
}

/** The nodes that share an outcome, named; each opens. */
function fateOf(
  { rows: columns }: DaemonSetAnswer,
  { outcome, rows }: MergeAnswer["lost"][number],
  open: (node: string) => void,
): HTMLElement {
  const { verdict, text } = OUTCOMES[outcome];
  const head = h("p", {}, h("b", {}, counted(rows.length)), `: ${text}`);
  head.prepend(shape(verdict));
  return h("li", {}, head, nodeNames(columns, rows, open));
}

function remedy(set: DaemonSetAnswer, fix: FixAnswer, lost: number): HTMLElement {
  const { before, after } = beforeAndAfter(set, fix);
  const freed = Object.values(fix.frees).reduce((sum, number) => sum + number, 0);
  const row = (name: string, before: number, after: number): HTMLElement =>
    h(
      "tr",
      {},
      h("th", { attributes: { scope: "row" } }, name),
      h("td", {}, String(before)),
      h("td", {}, String(after)),
    );
  return h(
    "div",
    { class: "fix" },
    h("p", {}, fix.sentence),
    ...fix.commands.map((line) => command(line)),
    fix.then.length > 0 && h("p", {}, "Afterwards, by hand:"),
    ...fix.then.map((line) => command(line)),
    h(
      "table",
      { class: "before-after" },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("td", {}),
          h("th", { attributes: { scope: "col" } }, "Before"),
          h("th", { attributes: { scope: "col" } }, "After"),
        ),
      ),
      h("tbody", {}, row("Nodes lost", lost, lost - freed), row("Nodes with a pod that can run", before, after)),
    ),
    h("p", { class: "quiet" }, `Needs ${fix.needs}`),
  );
}

/**
 * Nodes on which a pod can run as far as node selectors decide it, now and after a fix: those where one should run,
 * less those where it is made in vain. Where none is made, none should run; where one stays, it runs already.
 */
export function beforeAndAfter(
  { counts, merge }: Pick<DaemonSetAnswer, "counts" | "merge">,
  { frees }: Pick<FixAnswer, "frees">,
): { before: number; after: number } {
  const vain: Outcome[] = ["pending", "refused", "rejected"];
  const inVain = merge.lost
    .filter(({ outcome }) => vain.includes(outcome))
    .reduce((sum, { rows }) => sum + rows.length, 0);
  const now = counts.shouldRun - inVain;
  const gained = [...vain, "noPod" as const].reduce((sum, outcome) => sum + (frees[outcome] ?? 0), 0);
  return { before: now, after: now + gained };
}
