// What happens on a node, as one word and one shape. The shape says it without the colour.

import type { Action, Outcome } from "../../pkg/daemonset_planner.js";

export const VERDICTS = ["create", "keep", "roll", "wait", "delete", "none", "pending", "refused", "rejected"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** The action, or what becomes of the pod that is created where it never runs: with surge a rollout creates one too. */
export function verdictOf(action: Action, outcome: Outcome | undefined): Verdict {
  if (action !== "create" && action !== "roll") return action;
  return outcome === "pending" || outcome === "refused" || outcome === "rejected" ? outcome : action;
}

export const WORDS: Record<Verdict, string> = {
  create: "create",
  keep: "keep",
  roll: "roll",
  wait: "wait",
  delete: "delete",
  none: "none",
  pending: "Pending",
  refused: "refused",
  rejected: "rejected",
};

/** The same in a few words. */
export const MEANINGS: Record<Verdict, string> = {
  create: "gets a pod",
  keep: "keeps its pod",
  roll: "its pod of an older template is replaced now",
  wait: "its pod of an older template waits for its turn",
  delete: "loses its pod",
  none: "nothing happens",
  pending: "gets a pod that stays Pending",
  refused: "the API server refuses its pod",
  rejected: "the kubelet rejects its pod",
};

/** In a box of this many units. */
export const SHAPE_BOX = 12;

/** Shapes that are filled, and those that have a line: some have both. */
export const FILLED: ReadonlySet<Verdict> = new Set(["create", "keep", "roll", "wait"]);
export const LINED: ReadonlySet<Verdict> = new Set(VERDICTS.filter((verdict) => !["roll", "wait"].includes(verdict)));

export const SHAPES: Record<Verdict, string> = {
  create: "M1 1h10v10h-10z",
  keep: "M3 3h6v6h-6z",
  roll: "M6 .5l5.5 5.5l-5.5 5.5l-5.5 -5.5z",
  wait: "M1.5 1h9l-9 10h9z",
  delete: "M2 2l8 8M10 2l-8 8",
  none: "M1.5 1.5h9v9h-9zM1.5 10.5l9 -9",
  pending: "M6 1.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0 -9M6 3.5v2.5l2 1.5",
  refused: "M6 1.5l5 9h-10z",
  rejected: "M6 10.5l5 -9h-10z",
};

const SVG = "http://www.w3.org/2000/svg";

export function shape(verdict: Verdict): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 12 12");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  svg.append(path);
  setShape(svg, verdict);
  return svg;
}

/** Makes a shape that of another verdict. */
export function setShape(svg: SVGSVGElement, verdict: Verdict): void {
  svg.setAttribute("class", `mark ${verdict}`);
  svg.firstElementChild?.setAttribute("d", SHAPES[verdict]);
}
