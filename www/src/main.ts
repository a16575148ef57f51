// Puts the page together: panes and switches change the state, the worker answers, views render.

import type { Location } from "../../pkg/daemonset_planner.js";
import { Client } from "./client.js";
import { byId, h } from "./dom.js";
import { createPane, type Pane } from "./editor/pane.js";
import { EXAMPLES } from "./examples.js";
import { rowOf } from "./rows.js";
import { answered, currentSet, INPUTS, type InputName, overrides, START, type State, WHOLE } from "./state.js";
import { createStore, type Store } from "./store.js";
import { answerView, firstError } from "./views/answer.js";
import { closeOnEscape } from "./views/escape.js";
import { findingsView } from "./views/findings.js";
import { takenForView } from "./views/inputs.js";
import { lightView } from "./views/light.js";
import { mapView } from "./views/map.js";
import { mergeView } from "./views/merge.js";
import { nodeView } from "./views/node.js";
import { nodesView } from "./views/nodes.js";
import { panesView } from "./views/panes.js";
import { platformView } from "./views/platform.js";
import { reasonsView } from "./views/reasons.js";
import { setsView } from "./views/sets.js";
import { staleView } from "./views/stale.js";

const panes: Record<InputName, Pane> = {
  DaemonSet: paneOf("DaemonSet", "daemonset-text"),
  Cluster: paneOf("Cluster", "cluster-text"),
};

/** The texts as they stand in the panes; only the one that changes is read anew. */
const texts: Record<InputName, string> = { DaemonSet: panes.DaemonSet.text(), Cluster: panes.Cluster.text() };

const client = new Client(() => new Worker(new URL("worker.js", import.meta.url), { type: "module" }), {
  planned(answer, newest) {
    store.update((state) => ({ ...answered(state, answer), pending: !newest }));
    for (const name of INPUTS) {
      panes[name].mark(answer.diagnostics.filter((finding) => finding.location?.source === name));
    }
    refreshNode();
  },
  stopped(message) {
    store.update({ stopped: message, pending: false });
  },
});

const store: Store = createStore(START, [
  platformView((choice) => {
    store.update(choice);
    ask();
  }),
  takenForView({
    DaemonSet: byId("daemonset-taken", HTMLElement),
    Cluster: byId("cluster-taken", HTMLElement),
  }),
  findingsView(byId("findings", HTMLElement), goTo, ({ place, text }) => inputOf(place)?.edit(place, text)),
  answerView(
    byId("answer", HTMLElement),
    () => {
      const place = firstError(store.state)?.location;
      if (place) goTo(place);
    },
    () => store,
    openNode,
  ),
  staleView(byId("plan", HTMLElement)),
  setsView(byId("sets", HTMLElement), () => store),
  panesView(byId("panes", HTMLElement), () => store),
  reasonsView(byId("reasons", HTMLElement), () => store),
  mapView(
    byId("map", HTMLElement),
    () => store,
    openNode,
    (groupBy) => {
      store.update({ groupBy, value: undefined });
      ask();
    },
  ),
  mergeView(byId("merge", HTMLElement), () => store, openNode, goTo),
  nodesView(byId("nodes", HTMLElement), () => store, openNode),
  nodeView(byId("node", HTMLElement), () => store, { goTo, line: (place) => inputOf(place)?.line(place) }),
  lightView((name, lines) => panes[name].light(lines)),
]);
closeOnEscape(() => store);

function paneOf(name: InputName, id: string): Pane {
  return createPane(
    name,
    byId(id, HTMLTextAreaElement),
    (text) => changed(name, text),
    (line) => store.update({ pointed: line === undefined ? undefined : { source: name, line } }),
  );
}

function changed(name: InputName, text: string): void {
  texts[name] = text;
  ask();
}

/** Asks for a plan of what stands there now. */
function ask(): void {
  store.update({ pending: true });
  const { groupBy } = store.state;
  client.plan({ texts: { ...texts }, platform: store.state.platform, settings: overrides(store.state), groupBy });
}

function goTo(place: Location): void {
  inputOf(place)?.goTo(place);
}

function inputOf(place: Location): Pane | undefined {
  const name = INPUTS.find((input) => input === place.source);
  return name && panes[name];
}

function openNode(name: string): void {
  const close = store.state.node?.name === name;
  store.update({ node: close ? undefined : { name, plan: undefined } });
  if (!close) refreshNode();
}

/** Asks again about the node that is looked at: another plan, other reasons. */
async function refreshNode(): Promise<void> {
  const { node, shown } = store.state;
  const set = currentSet(store.state);
  if (!node || !set || !shown || shown !== store.state.answer) return;
  const index = rowOf(set.rows, node.name);
  if (index < 0) {
    store.update({ node: undefined });
    return;
  }
  const plan = await client.node(shown.daemonSets.indexOf(set), index);
  store.update((state: State) =>
    state.node?.name === node.name ? { ...state, node: { ...state.node, plan } } : state,
  );
}

function openExample(index: number): void {
  const example = EXAMPLES[index];
  if (!example) return;
  for (const name of INPUTS) {
    texts[name] = example.texts[name];
    panes[name].setText(texts[name]);
  }
  store.update({ platform: example.platform, daemonSet: undefined, ...WHOLE, node: undefined });
  ask();
}

const examples = byId("examples", HTMLSelectElement);
examples.append(
  ...EXAMPLES.map((example, index) => h("option", { attributes: { value: String(index) } }, example.title)),
);
examples.addEventListener("change", () => {
  openExample(Number(examples.value));
});

ask();

// The editors come after the first paint; until then, and should they never come, the textareas do.
requestAnimationFrame(() =>
  setTimeout(async () => {
    const { createEditor } = await import("./editor/codemirror.js");
    for (const name of INPUTS) panes[name].upgrade(createEditor);
  }),
);

if (TEST_BUILD) Object.assign(globalThis, { stopPlanner: () => client.trap() });
