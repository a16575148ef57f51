// What the next sync writes: the status with its counters, which open into nodes; the rollout, what is left open, and
// whose owner or label changes.

import { COUNTER_WORDS, COUNTERS, type Counter, isCounter } from "../counters.js";
import { fill, h, hide, prose, setAttribute } from "../dom.js";
import type { Part } from "../filter.js";
import type { CounterAnswer, DaemonSetAnswer, PodName, StatusAnswer, SyncAnswer } from "../protocol.js";
import { currentSet, WHOLE } from "../state.js";
import type { Store, View } from "../store.js";
import { counted, nodeName, nodeNames } from "./names.js";
import { revisions } from "./revisions.js";

/** Choices that are shown; more are many pods on many nodes. */
const MOST_CHOICES = 10;

/** What holds where the plan has nothing to say of a counter. */
const NONE: Partial<Record<Counter, string>> = { numberMisscheduled: "No node has a pod that should not be there." };

/** @param open opens a node's panel */
export function statusView(root: HTMLElement, store: () => Store, open: (node: string) => void): View {
  let seen: DaemonSetAnswer | undefined;
  let openers: { button: HTMLElement; part: Part }[] = [];

  /** A number that narrows map and table to the nodes that it counts; a plain number where it counts none. */
  function opener(text: string, label: string, part: Part, count: number): HTMLElement {
    if (count === 0) return h("span", {}, text);
    const click = (): void => {
      const on = store().state.part === part;
      store().update({ ...WHOLE, part: on ? undefined : part });
    };
    const button = h("button", { class: "count", attributes: { type: "button", "aria-label": label }, on: { click } });
    button.textContent = text;
    openers.push({ button, part });
    return button;
  }

  function draw(set: DaemonSetAnswer): void {
    openers = [];
    const { sync } = set;
    fill(
      root,
      h("h2", { attributes: { id: "status-title" } }, "Status"),
      h("p", { class: "quiet" }, ...prose(written(sync.status))),
      sync.status && counters(sync.status),
      h("h3", {}, "Rollout"),
      ...rollout(set),
      ...sync.choices.slice(0, MOST_CHOICES).map((choice, index) => {
        const all = counted(choice.rows.length);
        const show = choice.rows.length > 0 && opener(all, `${all}: show them`, `choice:${index}`, choice.rows.length);
        const names = choice.names.map((name) => h("code", {}, name));
        return h(
          "div",
          { class: "choice-of" },
          h("p", {}, choice.sentence, " ", show),
          choice.rows.length > 0 ? nodeNames(set.rows, choice.rows, open) : h("p", { class: "names" }, ...names),
        );
      }),
      sync.choices.length > MOST_CHOICES &&
        h("p", { class: "quiet" }, `and ${counted(sync.choices.length - MOST_CHOICES, "more such choice")}.`),
      ...owners(set, open),
      h("h3", {}, "Revisions"),
      ...revisions(set),
      sync.notes.length > 0 && h("h3", {}, "Worth knowing"),
      ...sync.notes.map((note) => h("p", {}, ...prose(note))),
    );
  }

  function counters(status: StatusAnswer): HTMLElement {
    const known = status.counters.some(({ stored }) => stored !== undefined);
    const heads = ["Counter", "Computed", ...(known ? ["Stored"] : []), "Nodes"];
    const found = COUNTERS.flatMap((name) => status.counters.find((counter) => counter.name === name) ?? []);
    return h(
      "table",
      { class: "counters" },
      h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { attributes: { scope: "col" } }, head)))),
      h("tbody", {}, ...found.map((counter) => row(counter, known))),
    );
  }

  function row({ name, value, stored, rows, sentence }: CounterAnswer, known: boolean): HTMLElement | undefined {
    if (!isCounter(name)) return undefined;
    const { column, counted: holds, less } = COUNTER_WORDS[name];
    const rest = counted(rows.length);
    return h(
      "tr",
      { attributes: { "data-counter": name } },
      h("th", { attributes: { scope: "row" } }, h("span", { class: "column" }, column), " ", h("code", {}, name)),
      h("td", { class: "computed" }, opener(String(value), `${value}: ${holds}`, `in:${name}`, value)),
      known && h("td", { class: stored === value ? "stored" : "stored differs" }, String(stored ?? "")),
      h(
        "td",
        { class: "says" },
        sentence || NONE[name],
        " ",
        less !== undefined && rows.length > 0 && opener(rest, `${rest}: ${less}`, `less:${name}`, rows.length),
      ),
    );
  }

  function rollout({ sync, counts }: DaemonSetAnswer): (HTMLElement | undefined)[] {
    const { strategy, maxUnavailable, maxSurge, sentence } = sync.rollout;
    const limits = [
      strategy,
      maxUnavailable === undefined ? "" : `maxUnavailable ${maxUnavailable}`,
      maxSurge === undefined ? "" : `maxSurge ${maxSurge}`,
    ].filter((word) => word !== "");
    const now = opener(`${counts.roll} now`, `${counts.roll} now: replaced in this sync`, "do:roll", counts.roll);
    const later = opener(`${counts.wait} wait`, `${counts.wait} wait for their turn`, "do:wait", counts.wait);
    return [
      limits.length > 0 ? h("p", { class: "limits" }, ...limits.map((word) => h("code", {}, word))) : undefined,
      h("p", {}, sentence || nothingToRoll(sync)),
      counts.roll + counts.wait > 0 ? h("p", { class: "turns" }, now, later) : undefined,
    ];
  }

  return {
    render(state) {
      const set = currentSet(state);
      hide(root, !set || set.counts.nodes === 0 || state.view !== "status");
      if (root.hidden || !set) return;
      if (seen !== set) draw(set);
      seen = set;
      for (const { button, part } of openers) setAttribute(button, "aria-pressed", String(state.part === part));
    },
  };
}

function written(status: StatusAnswer | undefined): string {
  if (!status) return "The controller computes no status here.";
  const known = status.counters.some(({ stored }) => stored !== undefined);
  const collisions = status.collisionCount === undefined ? "" : `, \`collisionCount ${status.collisionCount}\``;
  const rest = `\`observedGeneration ${status.observedGeneration}\`${collisions}.`;
  if (!status.written) return `The next sync writes no status: what is stored says the same. ${rest}`;
  return known
    ? `The next sync writes this status, which is not what is stored. ${rest}`
    : `The next sync writes this status; the input shows none. ${rest}`;
}

function nothingToRoll({ hash, status }: SyncAnswer): string {
  if (hash === undefined) return "Which pods are of the present template is not known here.";
  const current = status?.counters.find(({ name }) => name === "currentNumberScheduled")?.value ?? 0;
  return current === 0
    ? "No pod is there yet, so there is nothing to replace."
    : "No pod is of an older template: there is nothing to replace.";
}

/** Pods whose owner or label changes, named; nothing where there are none. */
function owners({ sync, counts }: DaemonSetAnswer, open: (node: string) => void): HTMLElement[] {
  const { adopted, released, relabelled } = sync;
  const kinds: [number, PodName[], string, string][] = [
    [counts.adopt, adopted, "adopted", "without a controller, and the selector matches"],
    [counts.release, released, "released", "the DaemonSet’s until now, and the selector does not match any more"],
    [counts.relabel, relabelled, "relabelled", "the label `controller-revision-hash` is rewritten"],
  ];
  const there = kinds.filter(([count]) => count > 0);
  if (there.length === 0) return [];
  return [
    h("h3", {}, "Pods adopted, released, relabelled"),
    ...there.map(([count, pods, done, why]) =>
      h(
        "div",
        { attributes: { "data-done": done } },
        h("p", {}, h("b", {}, `${counted(count, "pod")} ${done}`), ": ", ...prose(why), "."),
        h(
          "p",
          { class: "names" },
          ...pods.map(({ name, node, row }) =>
            h(
              "span",
              {},
              h("code", {}, name),
              node !== "" && " on ",
              row >= 0 ? nodeName(node, open) : node !== "" && h("code", {}, node),
            ),
          ),
          count > pods.length && pods.length > 0 && `and ${count - pods.length} more`,
        ),
      ),
    ),
  ];
}
