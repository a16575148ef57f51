// What parts of the nodes are called.

import type { Part } from "../filter.js";
import { type Verdict, WORDS } from "../verdict.js";

const PARTS: Record<Exclude<Part, Verdict>, string> = {
  should: "should run a pod",
  refuse: "should run no pod",
  lost: "lost by a node selector",
  "lost:noPod": "lost, and get no pod",
  "lost:pending": "lost, and their pods stay Pending",
  "lost:refused": "lost, and their pods are refused",
  "lost:rejected": "lost, and their pods are rejected",
  "lost:stays": "lost, and keep the pod that is there",
  "lost:admitted": "let in",
  "do:create": "get a pod",
  "do:keep": "keep their pod",
  "do:delete": "lose their pod",
  "do:none": "nothing happens",
};

export function partText(part: Part | undefined): string | undefined {
  if (part === undefined) return undefined;
  return part in PARTS ? PARTS[part as keyof typeof PARTS] : WORDS[part as Verdict];
}
