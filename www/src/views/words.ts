// What parts of the nodes are called.

import { COUNTER_WORDS, isCounter } from "../counters.js";
import type { Part } from "../filter.js";
import { type Verdict, WORDS } from "../verdict.js";

type Counted = `${"in" | "less" | "choice"}:${string}`;

const PARTS: Record<Exclude<Part, Verdict | Counted>, string> = {
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
  "do:roll": "have their pod replaced now",
  "do:wait": "wait for their turn, or are one of those that may be replaced now",
  "do:delete": "lose their pod",
  "do:none": "nothing happens",
  turn: "wait for their turn",
};

export function partText(part: Part | undefined): string | undefined {
  if (part === undefined) return undefined;
  const [head, tail = ""] = part.split(":");
  if (isCounter(tail)) return COUNTER_WORDS[tail][head === "in" ? "counted" : "less"];
  if (head === "choice") return "any of these";
  return part in PARTS ? PARTS[part as keyof typeof PARTS] : WORDS[part as Verdict];
}
