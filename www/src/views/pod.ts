// The pod of one node: what of the template gave way and to whom, what was added, and the pod as YAML. It is asked for
// only while the pane is open.

import type { PodChange, PodChangeKind, PodPlan } from "../../../pkg/daemonset_planner.js";
import { fill, h, hide, prose } from "../dom.js";
import type { DaemonSetAnswer } from "../protocol.js";
import { nameAt, rowOf, SHOULD_RUN } from "../rows.js";
import { currentSet, keyOf, type State } from "../state.js";
import type { Store, View } from "../store.js";
import { asYaml, linesOf } from "../yaml.js";
import { copier } from "./copy.js";
import { counted } from "./names.js";

/** Lines and changes that are shown; the copy has all. */
const MOST_LINES = 4000;
const MOST_CHANGES = 200;

const KINDS: Record<PodChangeKind, string> = { added: "added", replaced: "replaced", dropped: "not taken over" };

/** What the pane asks of the page. */
export interface PodActions {
  /** The pod of a DaemonSet on a node, by their places in the answer that is shown. */
  ask(daemonSet: number, node: number): Promise<PodPlan | undefined>;
  /** Opens a node's panel. */
  open(node: string): void;
}

export function podView(root: HTMLElement, store: () => Store, { ask, open }: PodActions): View {
  let asked: { set: DaemonSetAnswer; row: number } | undefined;
  let shown: { node: string | undefined; pod: State["pod"] } | undefined;

  async function load(state: State, set: DaemonSetAnswer, row: number): Promise<void> {
    const now = { set, row };
    asked = now;
    const plan = await ask(state.shown?.daemonSets.indexOf(set) ?? -1, row);
    const { answer, stopped } = store().state;
    // A worker that stopped knows nothing; a newer question has its own answer; and of a text that came between the
    // worker may know nothing, or another pod.
    if (asked !== now || answer !== state.answer || stopped !== undefined) return;
    store().update({ pod: { node: nameAt(set.rows, row), set: keyOf(set), plan } });
  }

  return {
    render(state) {
      const set = currentSet(state);
      hide(root, !set || state.view !== "pod");
      if (root.hidden || !set) return;
      const row = rowFor(set, state.podNode);
      const node = row < 0 ? undefined : nameAt(set.rows, row);
      // Of a text that cannot be read there is no pod: the last one stays.
      if (node !== undefined && state.shown === state.answer && (asked?.set !== set || asked.row !== row)) {
        load(state, set, row);
      }
      const here = state.pod?.node === node && state.pod?.set === keyOf(set) ? state.pod : undefined;
      if (shown && node === shown.node && (here === shown.pod || isSame(here?.plan, shown.pod?.plan))) return;
      shown = { node, pod: here };
      fill(root, ...content(node, here, open, () => store().update({ view: "plan" })));
    },
  };
}

/** Whether two pods look the same, so that what is selected in one may stay. */
function isSame(a: PodPlan | undefined, b: PodPlan | undefined): boolean {
  return (
    a !== undefined && b !== undefined && a.yaml === b.yaml && a.refusal === b.refusal && a.shouldRun === b.shouldRun
  );
}

/** The chosen node's row, else that of the first node that should run a pod, else the first; -1 without nodes. */
function rowFor({ rows }: DaemonSetAnswer, node: string | undefined): number {
  const chosen = node === undefined ? -1 : rowOf(rows, node);
  if (chosen >= 0 || rows.count === 0) return chosen;
  return Math.max(
    0,
    rows.flags.findIndex((flags) => (flags & SHOULD_RUN) !== 0),
  );
}

function content(
  node: string | undefined,
  pod: State["pod"],
  open: (node: string) => void,
  choose: () => void,
): (HTMLElement | false | undefined)[] {
  if (node === undefined) {
    return [title(), h("p", { class: "quiet" }, "There is no node yet that could get a pod.")];
  }
  const link = (text: string, click: () => void): HTMLElement =>
    h("button", { class: "link", attributes: { type: "button" }, on: { click } }, text);
  const links = [link("Why this node", () => open(node)), link("Another node", choose)];
  if (!pod) return [title(node, ...links)];
  const { plan } = pod;
  if (!plan) {
    const text = "This DaemonSet does not decode as the API server decodes it, so there is no pod to show.";
    return [title(node, ...links), h("p", { class: "quiet" }, text)];
  }
  const copy = copier("Copy", "Copy the pod as YAML", () => ({ text: plan.yaml, what: `the pod on ${node}` }));
  copy.element.className = "copy";
  const given = plan.changes.filter(({ kind }) => kind !== "added");
  const added = plan.changes.filter(({ kind }) => kind === "added");
  return [
    title(node, ...links),
    plan.refusal !== "" && h("p", { class: "refusal" }, h("b", {}, "The API server refuses this pod: "), plan.refusal),
    !plan.shouldRun && h("p", { class: "quiet" }, "None is made now, since this node should run none. It would be:"),
    h("h3", {}, `What of the template gave way: ${fields(given)}`),
    given.length > 0 && changes(given),
    h("h3", {}, `What was added: ${fields(added)}`),
    added.length > 0 && changes(added),
    h("div", { class: "title" }, h("h3", {}, "The pod as YAML"), copy.element, copy.said),
    yaml(plan.yaml),
  ];
}

function title(node?: string, ...links: HTMLElement[]): HTMLElement {
  const of = node === undefined ? [] : [" on ", h("code", {}, node)];
  return h("div", { class: "title" }, h("h2", { attributes: { id: "pod-title" } }, "Pod", ...of), ...links);
}

function fields(changes: PodChange[]): string {
  return changes.length === 0 ? "nothing" : counted(changes.length, "field");
}

/** Changes with the same sentence stand together under it. */
function changes(all: PodChange[]): HTMLElement {
  const groups: PodChange[][] = [];
  for (const change of all.slice(0, MOST_CHANGES)) {
    const last = groups.at(-1)?.[0];
    const same = last && last.kind === change.kind && last.rule === change.rule && last.sentence === change.sentence;
    if (same) groups.at(-1)?.push(change);
    else groups.push([change]);
  }
  const more = all.length - MOST_CHANGES;
  return h(
    "ul",
    { class: "pod-changes" },
    ...groups.map(group),
    more > 0 && h("li", { class: "quiet" }, `and ${more} more, in the YAML below.`),
  );
}

function group(changes: PodChange[]): HTMLElement | undefined {
  const [first] = changes;
  if (!first) return undefined;
  return h(
    "li",
    { class: first.kind },
    h("p", {}, ...prose(first.sentence), " ", h("span", { class: "rule" }, `rule ${first.rule}`)),
    ...changes.map((change) => (change.kind === "added" ? addition(change) : overridden(change))),
  );
}

function addition({ path, pod }: PodChange): HTMLElement {
  return h("p", { class: "addition" }, h("code", { class: "path" }, path), " ", h("code", {}, pod ?? ""));
}

/** What the template has beside what the pod has. */
function overridden({ path, kind, template, pod }: PodChange): HTMLElement {
  const side = (of: string, json: string | undefined): HTMLElement =>
    h("div", {}, h("dt", {}, of), h("dd", {}, h("code", {}, json === undefined ? "nothing" : asYaml(json))));
  return h(
    "div",
    { class: "overridden" },
    h("p", {}, h("code", {}, path), " ", h("span", { class: "quiet" }, KINDS[kind])),
    h("dl", { class: "values" }, side("Template", template), side("Pod", pod)),
  );
}

/** The YAML, with what is not as in the template marked. */
function yaml(text: string): HTMLElement {
  const lines = linesOf(text);
  const more = lines.length - MOST_LINES;
  const pre = h("pre", {
    class: "yaml",
    attributes: { tabindex: "0", role: "region", "aria-label": "The pod as YAML" },
  });
  let plain = "";
  for (const { text, mark } of lines.slice(0, MOST_LINES)) {
    if (mark === undefined) {
      plain += `${text}\n`;
      continue;
    }
    pre.append(plain, h("mark", { class: mark }, `${text}\n`));
    plain = "";
  }
  pre.append(plain, more > 0 ? `… and ${counted(more, "line")} more, which the copy has.` : "");
  return pre;
}
