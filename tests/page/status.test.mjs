// The next sync as the page shows it: verdicts of a rollout, the status with its counters, choices, owners, revisions.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, beforeEach, describe, it } from "node:test";
import { ROOT } from "./support/browser.mjs";
import { load } from "./support/bundle.mjs";
import { dropFiles } from "./support/frame.mjs";
import { pageForEach } from "./support/suite.mjs";

const UID = "5d0c7a4e-8a52-4a53-9b0e-6f1f2f0f9a01";

const daemonSet = (strategy = "") => `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
  namespace: team
  uid: ${UID}
  generation: 2
  annotations: {deprecated.daemonset.template.generation: "2"}
spec:
  selector: {matchLabels: {app: agent}}
${strategy}  template:
    metadata: {labels: {app: agent}}
    spec: {containers: [{name: agent, image: agent}]}
`;

const node = (name) => `apiVersion: v1\nkind: Node\nmetadata: {name: ${name}}\n`;

/** A Ready pod of an older template, unless told otherwise. */
const pod = (name, on, { owned = true, ready = true, generation = "1", app = "agent" } = {}) => `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  namespace: team
  labels: {app: ${app}, controller-revision-hash: old, pod-template-generation: "${generation}"}
${owned ? `  ownerReferences: [{apiVersion: apps/v1, kind: DaemonSet, name: agent, uid: ${UID}, controller: true}]\n` : ""}spec: {nodeName: ${on}}
status:
  phase: Running
  conditions: [{type: Ready, status: "${ready ? "True" : "False"}", lastTransitionTime: "2026-11-01T00:00:00Z"}]
`;

const IMAGE = "Which pods does a new image replace, and how many at a time?";
const COLUMNS = ["DESIRED", "CURRENT", "READY", "UP-TO-DATE", "AVAILABLE", "unavailable", "misscheduled"];

describe("the status", () => {
  const at = pageForEach();

  const status = () => at.page.locator("#status");
  const counter = (name) => status().locator("tbody tr", { has: at.page.getByText(name, { exact: true }) });
  const names = () => at.page.locator("#names .name").allTextContents();

  /** Plans other inputs and opens the pane. */
  async function plan(manifest, cluster, sentence) {
    await at.paste("DaemonSet", manifest);
    await at.paste("Cluster", cluster.join("---\n"));
    await at.says(sentence);
    await at.tab("Status");
    await status().waitFor();
  }

  async function openImage() {
    await at.page.selectOption("#examples", { label: IMAGE });
    await at.says("replaces 1 and 1 of 4 more");
    await counter("READY").waitFor();
  }

  it("has the seven counters as kubectl calls them, with what is stored", async () => {
    await openImage();
    assert.deepEqual(await status().locator(".counters .column").allTextContents(), COLUMNS);
    assert.deepEqual(await status().locator(".counters .computed").allTextContents(), [..."5540410"]);
    assert.deepEqual(await status().locator(".counters .stored").allTextContents(), [..."5545410"]);
    // R-907: it differs, so it is written.
    assert.equal(await status().locator(".stored.differs").count(), 1);
    assert.match(await status().textContent(), /The next sync writes this status, which is not what is stored/);
    assert.match(await counter("READY").textContent(), /worker-4 has a pod that is not Ready\./);
  });

  it("opens a counter into its nodes, and what it lacks into others; map and table follow", async () => {
    await openImage();
    const ready = counter("READY").getByRole("button", { name: "4: have a pod that is Ready" });
    await ready.click();
    await at.page.locator("#nodes-title", { hasText: "4 of 5 nodes: have a pod that is Ready" }).waitFor();
    assert.deepEqual(await names(), ["worker-1", "worker-2", "worker-3", "worker-5"]);
    assert.equal(await ready.getAttribute("aria-pressed"), "true");
    // The pane stays, and so does the focus.
    assert.ok(await status().isVisible());
    assert.ok(await ready.evaluate((button) => button === document.activeElement));
    await counter("READY").getByRole("button", { name: "1 node: have a pod that is not Ready" }).click();
    await at.page.locator("#nodes-title", { hasText: "1 of 5 nodes" }).waitFor();
    assert.deepEqual(Object.keys(await at.actions()), ["worker-4"]);
    await counter("READY").getByRole("button", { name: "1 node: have a pod that is not Ready" }).click();
    await at.page.locator("#names").waitFor({ state: "hidden" });
  });

  it("opens every counter into as many nodes as it says", async () => {
    await openImage();
    for (const name of COLUMNS) {
      const value = counter(name).locator(".computed button");
      if ((await value.count()) === 0) continue;
      const number = await value.textContent();
      await value.click();
      await at.drawn();
      assert.equal(String((await names()).length), number, name);
    }
  });

  it("says what the rollout does in numbers, and what a map's order decides", async () => {
    await openImage();
    // R-802: 40 % of 5.
    assert.deepEqual(await status().locator(".limits code").allTextContents(), [
      ...["RollingUpdate", "maxUnavailable 2", "maxSurge 0"],
    ]);
    assert.match(await status().locator(".choice-of").textContent(), /Any 1 of these 4 nodes/);
    assert.deepEqual(await status().locator(".choice-of .name").allTextContents(), [
      ...["worker-1", "worker-2", "worker-3", "worker-5"],
    ]);
    await status().getByRole("button", { name: "1 now: replaced in this sync" }).click();
    await at.page.locator("#nodes-title", { hasText: "1 of 5 nodes" }).waitFor();
    assert.deepEqual(await at.actions(), { "worker-4": "roll" });
    await status().locator(".choice-of .count").click();
    await at.page.locator("#nodes-title", { hasText: "4 of 5 nodes: any of these" }).waitFor();
    assert.deepEqual(new Set(Object.values(await at.actions())), new Set(["wait"]));
  });

  it("lists the revisions: number, hash, name, whether of the present template, what happens", async () => {
    await openImage();
    const cells = (row) => status().locator(".revisions tbody tr").nth(row).locator("th, td").allTextContents();
    const [, old] = await cells(0);
    assert.deepEqual(await cells(0), ["1", old, `node-agent-${old}`, "older", "stays"]);
    const [, made] = await cells(1);
    assert.deepEqual(await cells(1), ["2", made, `node-agent-${made}`, "present", "made now"]);
    assert.match(await status().textContent(), new RegExp(`Pods made now get the hash ${made}`));
  });

  it("finds nothing to replace once the old image is back: R-704", async () => {
    await openImage();
    const text = await readFile(`${ROOT}examples/new-image/daemonset.yaml`, "utf8");
    await at.paste(
      "DaemonSet",
      text.replace("image: registry.example.com/node-agent:1.10", "image: registry.example.com/node-agent:1.9"),
    );
    await at.says(/^node-agent: 5 of 5 nodes should run a pod: keeps 5\.$/);
    await status().getByText("No pod is of an older template: there is nothing to replace.").waitFor();
    assert.equal(await status().locator(".revisions tbody tr").count(), 1);
    assert.match(await status().locator(".revisions tbody tr").textContent(), /presentstays$/);
  });

  it("names the pods that are adopted, let go and relabelled, with their nodes", async () => {
    const cluster = [
      ...["n1", "n2", "n3"].map(node),
      pod("agent-owned", "n1", { generation: "2" }),
      pod("agent-orphan", "n2", { owned: false, generation: "2" }),
      pod("agent-stray", "n3", { app: "other" }),
    ];
    await plan(daemonSet(), cluster, /^agent: 3 of 3 nodes/);
    const said = (done) => status().locator(`[data-done="${done}"]`).textContent();
    assert.match(await said("adopted"), /^1 pod adopted: .*agent-orphan on n2/);
    assert.match(await said("released"), /^1 pod released: .*agent-stray on n3/);
    await status().locator('[data-done="released"] .name').click();
    const node3 = at.page.locator("#node .pods");
    await node3.waitFor();
    assert.match(await node3.textContent(), /agent-stray.*runs on without an owner.*released/);
  });

  it("is gone to by keys", async () => {
    await openImage();
    await at.page.locator("#open-help").focus();
    await at.page.keyboard.press("g");
    await at.page.keyboard.press("u");
    assert.ok(await at.page.evaluate(() => document.querySelector("#status").contains(document.activeElement)));
  });

  it("is kind where there is nothing yet", async () => {
    await at.tab("Status");
    await status().getByText("No pod is there yet, so there is nothing to replace.").waitFor();
    assert.match(await status().textContent(), /The next sync writes this status; the input shows none\./);
    assert.match(await status().textContent(), /No node has a pod that should not be there\./);
    assert.equal(await status().locator(".counters .stored").count(), 0);
    // A manifest that was never applied: the sync makes its first revision.
    assert.equal(await status().locator(".revisions tbody tr").count(), 1);
    // Pods of which the inputs show no revision.
    await plan(daemonSet(), [node("n1"), pod("agent-a", "n1")], /^agent: 1 of 1 node/);
    assert.equal(
      await status().locator(".command code").textContent(),
      "kubectl get controllerrevisions -n team -o yaml",
    );
    await at.paste("Cluster", " ");
    await at.page.locator("#findings .error").waitFor();
    await status().waitFor({ state: "hidden" });
  });

  it("computes none for a DaemonSet that is being deleted", async () => {
    const leaving = daemonSet().replace(
      "  generation: 2\n",
      '  generation: 2\n  deletionTimestamp: "2026-11-24T00:00:00Z"\n',
    );
    await plan(leaving, [node("n1"), pod("agent-a", "n1")], /is being deleted/);
    await status().getByText("The controller computes no status here.").waitFor();
    assert.equal(await status().locator(".counters").count(), 0);
  });

  it("takes markup in a hash for text", async () => {
    const odd = pod("agent-a", "n1").replace("hash: old", 'hash: "<img src=x>"');
    const revision = `apiVersion: apps/v1
kind: ControllerRevision
metadata:
  name: agent-x
  namespace: team
  labels: {app: agent, controller-revision-hash: "<img src=x>"}
  ownerReferences: [{apiVersion: apps/v1, kind: DaemonSet, name: agent, uid: ${UID}, controller: true}]
revision: 1
data: {spec: {template: {$patch: replace}}}
`;
    await plan(daemonSet(), [node("n1"), odd, revision], /^agent: 1 of 1 node/);
    await status().getByText("<img src=x>").waitFor();
    assert.equal(await at.page.locator("#plan img").count(), 0);
  });
});

describe("the verdicts of a rollout", () => {
  const at = pageForEach();
  beforeEach(async () => {
    await at.page.selectOption("#examples", { label: IMAGE });
    await at.says("replaces 1 and 1 of 4 more");
    await at.tab("Plan");
  });

  const number = (text) => at.page.locator("#answer .count", { hasText: new RegExp(`^${text}$`) });

  it("stand in table, legend and map", async () => {
    assert.deepEqual(await at.actions(), {
      ...{ "worker-1": "wait", "worker-2": "wait", "worker-3": "wait", "worker-4": "roll", "worker-5": "wait" },
    });
    await at.page.locator("#map canvas").focus();
    for (const key of ["ArrowRight", "End", "ArrowLeft"]) await at.page.keyboard.press(key);
    await at.page.locator("#map-readout", { hasText: "worker-4 · roll · its pod is of an older template" }).waitFor();
    await at.page.getByRole("button", { name: "roll 1" }).click();
    await at.page.locator("#nodes-title", { hasText: "1 of 5 nodes: roll" }).waitFor();
    await at.page.getByRole("button", { name: "wait 4" }).click();
    await at.page.locator("#nodes-title", { hasText: "4 of 5 nodes: wait" }).waitFor();
  });

  it("are found by their word, and copied", async () => {
    await at.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await at.page.fill("#nodes input", "roll");
    await at.page.locator("#nodes-title", { hasText: "1 of 5 nodes" }).waitFor();
    await at.page.getByRole("button", { name: "Copy the table, tab-separated" }).click();
    await at.page.getByText("Copied: 1 node, tab-separated").waitFor();
    assert.equal(
      await at.page.evaluate(() => navigator.clipboard.readText()),
      "Node\tAction\tPod\tWhy\nworker-4\troll\tnode-agent-s8hwl\tits pod is of an older template and not available: replaced at once\n",
    );
  });

  it("are numbers of the sentence that open into names", async () => {
    await number("1").click();
    await at.page.locator("#names b", { hasText: "1 node" }).waitFor();
    assert.deepEqual(await at.page.locator("#names .name").allTextContents(), ["worker-4"]);
    // Which of them it is, is open.
    await number("1 of 4").click();
    await at.page.locator("#names b", { hasText: "4 nodes" }).waitFor();
    assert.equal((await at.page.locator("#names .name").allTextContents()).includes("worker-4"), false);
  });

  it("are explained in the node's panel, with its pods", async () => {
    await at.page.getByRole("button", { name: "worker-4", exact: true }).click();
    const panel = at.page.locator("#node");
    await panel.locator(".pods").waitFor();
    assert.match(
      await panel.locator(".pods").textContent(),
      /node-agent-s8hwl.*deleted now, to be replaced · the DaemonSet’s own · of an older template/,
    );
    assert.match(
      await panel.locator(".path .rollout").textContent(),
      /Rollout.*goes at once, whatever maxUnavailable says/,
    );
    await at.page.getByRole("button", { name: "worker-1", exact: true }).first().click();
    await panel.locator("h2", { hasText: "worker-1" }).waitFor();
    await panel.locator(".pods", { hasText: "stays until its turn comes" }).waitFor();
    assert.match(await panel.locator(".path .rollout").textContent(), /1 of 4 is replaced now, which is open/);
  });
});

describe("a table of pods", () => {
  const at = pageForEach();

  it("shows whose a pod is by its name, and not of which template", async () => {
    await at.paste("DaemonSet", daemonSet());
    const table = `NAMESPACE   NAME          READY   STATUS    RESTARTS   AGE   IP       NODE   NOMINATED NODE   READINESS GATES
team        agent-x7k2p   1/1     Running   0          1d    <none>   n1     <none>           <none>
`;
    await at.paste("Cluster", node("n1"));
    await at.says(/^agent: 1 of 1 node/);
    await dropFiles(at.page, "#plan", { "pods.txt": table, "more.yaml": node("n2") });
    await at.says(/^agent: 2 of 2 nodes should run a pod: creates 1, keeps 1/);
    await at.page.getByRole("button", { name: "n1", exact: true }).click();
    const pods = at.page.locator("#node .pods");
    await pods.waitFor();
    assert.match(await pods.textContent(), /agent-x7k2pstays · taken for the DaemonSet’s by its name.*does not tell/);
  });
});

describe("the shapes of the verdicts", () => {
  let verdict;
  before(async () => {
    verdict = await load("verdict.ts");
  });

  it("are one a verdict, so that nothing hangs on a colour", () => {
    const { VERDICTS, SHAPES, FILLED, LINED, MEANINGS } = verdict;
    const drawn = VERDICTS.map((one) => `${SHAPES[one]} ${FILLED.has(one)} ${LINED.has(one)}`);
    assert.equal(new Set(drawn).size, VERDICTS.length);
    for (const one of VERDICTS) assert.ok(FILLED.has(one) || LINED.has(one), one);
    assert.equal(new Set(Object.values(MEANINGS)).size, VERDICTS.length);
  });

  it("tell apart, too, what a rollout makes in vain: R-831 with R-395", () => {
    assert.equal(verdict.verdictOf("roll", undefined), "roll");
    assert.equal(verdict.verdictOf("roll", "admitted"), "roll");
    assert.equal(verdict.verdictOf("roll", "refused"), "refused");
    assert.equal(verdict.verdictOf("wait", undefined), "wait");
    assert.equal(verdict.verdictOf("create", "pending"), "pending");
  });
});

describe("the colours of the verdicts", () => {
  let tokens;
  before(async () => {
    tokens = await readFile(`${ROOT}www/styles/tokens.css`, "utf8");
  });

  /** WCAG 2.2: relative luminance, and the contrast of two colours. */
  const luminance = (hex) => {
    const [r, g, b] = [1, 3, 5]
      .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [dark, light] = [luminance(a), luminance(b)].sort((one, other) => one - other);
    return (light + 0.05) / (dark + 0.05);
  };
  const pair = (name) => new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(tokens).slice(1);

  it("have the contrast of text against paper and shade, light and dark", () => {
    for (const name of ["create", "roll", "wait", "delete"]) {
      for (const under of ["paper", "shade"]) {
        pair(name).forEach((colour, theme) => {
          const reached = contrast(colour, pair(under)[theme]);
          assert.ok(reached >= (name === "delete" ? 3 : 4.5), `${name} on ${under}: ${reached.toFixed(2)}`);
        });
      }
    }
  });
});

describe("the counters", () => {
  it("count the nodes of another, less those that make the difference", async () => {
    const { countedBy, COUNTERS } = await load("counters.ts");
    const difference = {
      currentNumberScheduled: [4],
      numberReady: [3],
      updatedNumberScheduled: [0, 1],
      numberAvailable: [2],
      numberMisscheduled: [5],
    };
    const set = {
      // The first five should run a pod, the last should not.
      rows: { flags: Uint8Array.of(1, 1, 1, 1, 1, 0) },
      sync: { status: { counters: COUNTERS.map((name) => ({ name, rows: difference[name] ?? [] })) } },
    };
    const rows = (name) => [0, 1, 2, 3, 4, 5].filter(countedBy(set, name));
    assert.deepEqual(Object.fromEntries(COUNTERS.map((name) => [name, rows(name)])), {
      desiredNumberScheduled: [0, 1, 2, 3, 4],
      currentNumberScheduled: [0, 1, 2, 3],
      numberReady: [0, 1, 2],
      updatedNumberScheduled: [2, 3],
      numberAvailable: [0, 1],
      numberUnavailable: [2, 3, 4],
      numberMisscheduled: [5],
    });
    assert.equal(countedBy({ ...set, sync: {} }, "desiredNumberScheduled")(0), false);
  });
});

describe("a sentence about a rollout", () => {
  it("has numbers for those that are replaced, those of which some are, and those that wait: R-821", async () => {
    const { pieces } = await load("sentence.ts");
    const { holdsFor } = await load("filter.ts");
    const { ACTIONS, ACTION_SHIFT } = await load("rows.ts");
    const actions = ["roll", "wait", "wait", "wait", "keep"];
    const set = {
      sentence: "5 of 5 nodes should run a pod: keeps 1, replaces 1, lets 2 wait for their turn.",
      groups: [],
      merge: { lost: [] },
      sync: { choices: [{ what: "replace", count: 1, rows: Uint32Array.of(1, 3) }] },
      rows: { count: 5, flags: Uint8Array.from(actions, (action) => ACTIONS.indexOf(action) << ACTION_SHIFT) },
    };
    const counts = pieces(set).flatMap(({ text, counts }) => (counts ? [[text, counts.part ?? "all"]] : []));
    assert.deepEqual(counts, [
      ...[
        ["5", "should"],
        ["5", "all"],
        ["1", "do:keep"],
        ["1", "do:roll"],
        ["2", "turn"],
      ],
    ]);
    const rows = (part) => [0, 1, 2, 3, 4].filter(holdsFor(part, set));
    assert.deepEqual(rows("do:roll"), [0]);
    assert.deepEqual(rows("choice:0"), [1, 3]);
    // Those that may be replaced now are not told to wait for their turn.
    assert.deepEqual(rows("turn"), [2]);
    assert.deepEqual(rows("do:wait"), [1, 2, 3]);
    // Another plan has no such choice.
    assert.deepEqual(rows("choice:1"), []);
  });
});
