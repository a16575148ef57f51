// What happens on a node, as one word and one shape. The shape says it without the colour.

import type { Action, Outcome } from "../../pkg/daemonset_planner.js";

export const VERDICTS = ["create", "keep", "delete", "none", "pending", "refused", "rejected"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** The action, or what becomes of the pod that is created where it never runs. */
export function verdictOf(action: Action, outcome: Outcome | undefined): Verdict {
  if (action !== "create") return action;
  return outcome === "pending" || outcome === "refused" || outcome === "rejected" ? outcome : "create";
}

export const WORDS: Record<Verdict, string> = {
  create: "create",
  keep: "keep",
  delete: "delete",
  none: "none",
  pending: "Pending",
  refused: "refused",
  rejected: "rejected",
};

/** In a box of this many units. */
export const SHAPE_BOX = 12;

/** Shapes that are filled; the others are lines, so wide. */
export const FILLED: ReadonlySet<Verdict> = new Set(["create", "keep"]);

export const SHAPES: Record<Verdict, string> = {
  create: "M1 1h10v10h-10z",
  keep: "M3 3h6v6h-6z",
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
