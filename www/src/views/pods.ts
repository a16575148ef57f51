// The DaemonSet's pods on one node: whose each is, of which template, and what happens to it.

import type { Ownership, PodOnNode } from "../../../pkg/daemonset_planner.js";
import { h } from "../dom.js";
import type { NodeAnswer } from "../protocol.js";
import { shape, type Verdict } from "../verdict.js";

const OWNERSHIP: Record<Ownership, string> = {
  owned: "the DaemonSet’s own",
  orphan: "adopted: it has no controller, and the selector matches",
  released: "released: the selector does not match it any more",
  byName: "taken for the DaemonSet’s by its name: a table shows no owner",
};

/** Nothing where there is none. */
export function podsOn({ action, pods, released }: NodeAnswer): HTMLElement | undefined {
  if (pods.length + released.length === 0) return undefined;
  return h(
    "ul",
    { class: "pods", attributes: { "aria-label": "Pods on this node" } },
    ...pods.map((pod) =>
      item(pod.name, ...fateOf(pod, action), OWNERSHIP[pod.ownership], templateOf(pod), labelOf(pod)),
    ),
    ...released.map(({ name, ownership }) => item(name, "none", "runs on without an owner", OWNERSHIP[ownership])),
  );
}

function item(name: string, verdict: Verdict, ...words: string[]): HTMLElement {
  const said = words.filter((word) => word !== "");
  const element = h("li", {}, h("code", {}, name), h("span", {}, said.join(" · ")));
  element.prepend(shape(verdict));
  return element;
}

/** What happens to a pod, on a node where this happens. */
function fateOf({ action, updated }: PodOnNode, ofNode: NodeAnswer["action"]): [Verdict, string] {
  if (action === "delete")
    return ofNode === "roll" ? ["roll", "deleted now, to be replaced"] : ["delete", "deleted now"];
  if (action === "none") return ["none", "being deleted already"];
  if (updated === false && ofNode === "roll") return ["wait", "stays until its successor is available"];
  if (updated === false && ofNode === "wait") return ["wait", "stays until its turn comes"];
  return ["keep", "stays"];
}

function templateOf({ updated }: PodOnNode): string {
  if (updated === undefined) return "of which template, the input does not tell";
  return updated ? "of the present template" : "of an older template";
}

function labelOf({ relabel }: PodOnNode): string {
  return relabel ? "its label controller-revision-hash is rewritten" : "";
}
