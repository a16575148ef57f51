// Puts the page together: panes, files and switches change the state, the worker answers, views render.

import type { Location } from "../../pkg/daemonset_planner.js";
import { Client } from "./client.js";
import { byId } from "./dom.js";
import type { Known } from "./editor/known.js";
import { createPane, type Pane } from "./editor/pane.js";
import { createChooser } from "./examples/chooser.js";
import { watchFiles } from "./files/drop.js";
import { named, type Taken, textOf } from "./files/take.js";
import { filesView, showChip } from "./files/view.js";
import { goToPart, isShown, type Key, stepFindings, watchKeys } from "./help/keys.js";
import { calm } from "./help/live.js";
import { watchTheme } from "./help/theme.js";
import { createKeeper } from "./keep/view.js";
import { say } from "./notes.js";
import { workOffline } from "./offline/register.js";
import { rowOf } from "./rows.js";
import { createShareDialog } from "./share/dialog.js";
import { openSaved, watchLinks } from "./share/open.js";
import {
  answered,
  currentSet,
  INPUTS,
  type InputName,
  overrides,
  START,
  type State,
  showsNodes,
  WHOLE,
} from "./state.js";
import { createStore, type Store } from "./store.js";
import { taintOf } from "./taints.js";
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
import { platformView, showSwitches } from "./views/platform.js";
import { podView } from "./views/pod.js";
import { reasonsView } from "./views/reasons.js";
import { setsView } from "./views/sets.js";
import { staleView } from "./views/stale.js";
import { statusView } from "./views/status.js";
import { type Content, contentOf, inputsOf, MOST_EDITED, type Work, type WorkFile } from "./work.js";

/** A plan that takes longer is said to take long. */
const SLOW_MS = 1500;

watchTheme();

const panes: Record<InputName, Pane> = {
  DaemonSet: paneOf("DaemonSet", "daemonset-text"),
  Cluster: paneOf("Cluster", "cluster-text"),
};

/** The texts as they stand in the panes; only the one that changes is read anew. */
const texts: Record<InputName, Content> = { DaemonSet: panes.DaemonSet.content(), Cluster: panes.Cluster.content() };
let files: WorkFile[] = [];

const startWorker = (): Worker => new Worker(new URL("worker.js", import.meta.url), { type: "module" });
const client = new Client(startWorker, {
  planned(answer, newest) {
    patience(!newest);
    store.update((state) => ({ ...answered(state, answer), pending: !newest }));
    for (const name of INPUTS) {
      panes[name].mark(answer.diagnostics.filter((finding) => finding.location?.source === name));
    }
    refreshNode();
  },
  stopped(message) {
    patience(false);
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
  filesView(byId("files", HTMLElement), {
    edit: editFile,
    remove: (name) => setFiles(files.filter((file) => file.name !== name)),
    removeAll: () => setFiles([]),
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
  statusView(byId("status", HTMLElement), () => store, openNode),
  mergeView(byId("merge", HTMLElement), () => store, openNode, goTo),
  podView(byId("pod", HTMLElement), () => store, { ask: (set, node) => client.pod(set, node), open: openNode }),
  nodesView(byId("nodes", HTMLElement), () => store, openNode),
  nodeView(byId("node", HTMLElement), () => store, { goTo, line: (place) => inputOf(place)?.line(place) }, openPod),
  lightView((name, lines) => panes[name].light(lines)),
]);
closeOnEscape(() => store);

function paneOf(name: InputName, id: string): Pane {
  return createPane(
    name,
    byId(id, HTMLTextAreaElement),
    (text) => changed(name, text),
    (line) => store.update({ pointed: line === undefined ? undefined : { source: name, line } }),
    known,
  );
}

/** The labels of these inputs, asked for once. */
let labels: { of: [Content, WorkFile[]]; found: ReturnType<Client["labels"]> } | undefined;

async function known(): Promise<Known> {
  const { answer, pending } = store.state;
  const of: [Content, WorkFile[]] = [texts.Cluster, files];
  const asked = labels?.of.every((one, index) => one === of[index]) ? labels : { of, found: client.labels() };
  // While a plan is under way, they are those of the text before.
  labels = pending ? labels : asked;
  const taints = answer?.daemonSets.flatMap(({ groups }) => groups.flatMap((group) => taintOf(group) ?? [])) ?? [];
  return { labels: await asked.found, taints };
}

const typed = calm(byId("answer", HTMLElement));
const chooser = createChooser(work, openWork);
const keeper = createKeeper(() => (chooser.touched() ? work() : undefined), chooser.forgotten);

function changed(name: InputName, text: Content): void {
  texts[name] = text;
  typed();
  ask();
}

let slow: ReturnType<typeof setTimeout> | undefined;

/** Says that a plan takes long, should it, and offers to stop it. */
function patience(waiting: boolean): void {
  clearTimeout(slow);
  slow = undefined;
  say("slow", undefined);
  if (!waiting) return;
  const action = { word: "Stop", run: () => client.giveUp() };
  slow = setTimeout(() => say("slow", { text: "This text takes long to plan.", action }), SLOW_MS);
}

/** Asks for a plan of what stands there now. */
function ask(): void {
  if (slow === undefined) patience(true);
  store.update({ pending: true });
  keeper.changed();
  const { state } = store;
  const { platform, groupBy } = state;
  client.plan({ texts: inputsOf(work()), platform, settings: overrides(state), groupBy });
}

function work(): Work {
  const { platform, switches, daemonSet } = store.state;
  return { platform, switches, daemonSet, texts: { ...texts }, files };
}

/** Puts a work in the place of what is there, and opens a pane. */
function openWork(next: Work, view = store.state.view): void {
  for (const name of INPUTS) {
    texts[name] = next.texts[name];
    panes[name].setContent(texts[name]);
  }
  const { platform, switches, daemonSet } = next;
  showSwitches(switches);
  store.update({ platform, switches, daemonSet, view, ...WHOLE, node: undefined, podNode: undefined });
  setFiles(next.files);
}

function setFiles(next: WorkFile[]): void {
  files = next;
  store.update({ files: files.map(({ name, blob }) => ({ name, bytes: blob.size })) });
  ask();
}

/** One short file goes into an editor: the one that it was dropped on, else by what is in it. Others become chips. */
async function takeFiles({ files: came, left }: Taken, on: Element | undefined): Promise<void> {
  say("files", left > 0 ? { text: `${left} files were left: no text by their name, or too much.` } : undefined);
  const [only] = came;
  if (!only) return;
  if (came.length === 1 && (await openSaved(only.blob, chooser.replace))) return;
  const text = came.length === 1 && only.blob.size <= MOST_EDITED ? await textOf(only.blob) : undefined;
  chooser.leave();
  if (text !== undefined && files.length === 0) {
    put(paneFor(text, on), text);
    return;
  }
  // Someone's own files are not planned together with an example.
  if (!chooser.touched()) for (const name of INPUTS) put(name, "");
  setFiles([...files, ...named(came, [...INPUTS, ...files.map(({ name }) => name)])]);
}

function paneFor(text: string, on?: Element): InputName {
  const title = on?.closest(".pane")?.getAttribute("aria-labelledby");
  if (title) return title === "cluster-title" ? "Cluster" : "DaemonSet";
  return /^\s*-?\s*["']?kind["']?\s*:\s*["']?DaemonSet\b/m.test(text) ? "DaemonSet" : "Cluster";
}

function put(name: InputName, text: string): void {
  texts[name] = contentOf(text);
  panes[name].setContent(texts[name]);
  ask();
}

/** Moves a file into an editor, behind what is there. */
async function editFile(name: string): Promise<void> {
  const file = files.find((file) => file.name === name);
  const text = file && (await textOf(file.blob));
  if (text === undefined) {
    say("files", { text: `${name} is no UTF-8, which an editor could not show.`, error: true });
    return;
  }
  const pane = paneFor(text);
  const before = texts[pane];
  if (typeof before !== "string") return;
  files = files.filter((file) => file.name !== name);
  put(pane, before.trim() === "" ? text : `${before.replace(/\n?$/, "\n")}---\n${text}`);
  setFiles(files);
  panes[pane].focus();
}

function goTo(place: Location): void {
  const pane = inputOf(place);
  if (pane) pane.goTo(place);
  else showChip(place.source);
}

function inputOf(place: Location): Pane | undefined {
  const name = INPUTS.find((input) => input === place.source);
  return name && panes[name];
}

function openPod(name: string): void {
  store.update({ view: "pod", podNode: name, node: undefined });
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

/** The field is in the plan's pane, which may have to be drawn first. */
function searchNodes(): void {
  if (!showsNodes(store.state)) store.update({ view: "plan" });
  requestAnimationFrame(() => byId("search", HTMLInputElement).focus());
}

const share = createShareDialog({ work, answer: () => store.state.answer, startWorker });
byId("open-share", HTMLButtonElement).addEventListener("click", share.open);

const part = (keys: string, id: string, does: string): Key => ({
  keys,
  does,
  run: () => goToPart(id),
  able: () => isShown(id),
});
const help = watchKeys([
  { keys: "?", does: "shows these keys", run: () => help.open() },
  { keys: "g d", does: "goes to the DaemonSet", run: () => panes.DaemonSet.focus() },
  { keys: "g c", does: "goes to the cluster", run: () => panes.Cluster.focus() },
  part("g f", "findings", "goes to the findings"),
  part("g r", "reasons", "goes to the reasons"),
  part("g m", "merge", "goes to the node selector and what it takes away"),
  part("g u", "status", "goes to the status"),
  part("g o", "pod", "goes to the pod"),
  part("g n", "nodes", "goes to the nodes"),
  {
    keys: "/",
    does: "searches nodes, pods and reasons",
    run: searchNodes,
    able: () => currentSet(store.state) !== undefined,
  },
  { keys: "g e", does: "goes to the examples", run: () => byId("examples", HTMLElement).focus() },
  { keys: "g p", does: "goes to the platform", run: () => byId("platform", HTMLElement).focus() },
  {
    keys: "j",
    does: "next finding; Enter goes to its place",
    run: () => stepFindings(1),
    able: () => isShown("findings"),
  },
  { keys: "k", does: "finding before", run: () => stepFindings(-1), able: () => isShown("findings") },
  { keys: "s", does: "shares", run: () => share.open() },
]);
byId("open-help", HTMLButtonElement).addEventListener("click", help.open);

watchFiles(takeFiles);

/** A link comes first, then what was kept; else the page's own example, which stands there already. */
async function begin(): Promise<void> {
  if (!(await watchLinks(chooser.replace)) && !(await chooser.openKept())) ask();
}
begin();

// The editors come after the first paint; until then, and should they never come, the textareas do.
requestAnimationFrame(() =>
  setTimeout(async () => {
    const { createEditor } = await import("./editor/codemirror.js");
    for (const name of INPUTS) panes[name].upgrade(createEditor);
    workOffline();
    keeper.prepare();
  }),
);

if (TEST_BUILD) {
  Object.assign(globalThis, {
    stopPlanner: () => client.trap(),
    contentOf: (name: InputName) => new Response(panes[name].content()).text(),
  });
}
