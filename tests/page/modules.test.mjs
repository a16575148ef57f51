// The state and the client, without a browser.

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { load } from "./support/bundle.mjs";

const ERROR = {
  code: "DSP001",
  severity: "error",
  message: "mapping values are not allowed in this context",
  location: { source: "DaemonSet", start: { line: 4, column: 28 }, end: { line: 4, column: 29 } },
};

const answer = (sentence, { sets = 1, nodes = 1, diagnostics = [] } = {}) => ({
  sentence,
  diagnostics,
  daemonSets: Array.from({ length: sets }, () => ({ counts: { nodes } })),
});

describe("the state after an answer", () => {
  let state;
  before(async () => {
    state = await load("state.ts");
  });

  it("shows the answer", () => {
    const next = state.answered(state.START, answer("one"));
    assert.equal(next.shown.sentence, "one");
    assert.equal(next.unreadable, undefined);
  });

  it("keeps the last plan where nothing could be planned for an error in a text", () => {
    const good = state.answered(state.START, answer("good"));
    const next = state.answered(good, answer("none", { sets: 0, diagnostics: [ERROR] }));
    assert.equal(next.shown.sentence, "good");
    assert.equal(next.answer.sentence, "none");
    assert.equal(next.unreadable, ERROR);
    const noNodes = state.answered(good, answer("none", { nodes: 0, diagnostics: [ERROR] }));
    assert.equal(noNodes.shown.sentence, "good");
  });

  it("shows a plan that stands beside an error", () => {
    const good = state.answered(state.START, answer("good"));
    const next = state.answered(good, answer("other", { diagnostics: [ERROR] }));
    assert.equal(next.shown.sentence, "other");
    assert.equal(next.unreadable, undefined);
  });

  it("shows that a text was emptied", () => {
    const good = state.answered(state.START, answer("good"));
    const nothing = { code: "DSP022", severity: "error", message: "There is no DaemonSet to plan with." };
    assert.equal(state.answered(good, answer("none", { sets: 0, diagnostics: [nothing] })).shown.sentence, "none");
  });
});

describe("the switches that are sent", () => {
  let state;
  before(async () => {
    state = await load("state.ts");
  });
  const switches = {
    defaultNodeSelector: "region=east",
    podNodeSelectorConfig: "x",
    controllerAsksAnnotations: false,
    controllerDefaultNodeSelector: " ",
  };

  it("are none on plain Kubernetes", () => {
    assert.deepEqual(state.overrides({ platform: "kubernetes", switches }), {});
  });

  it("are the plugin's alone where only it runs", () => {
    assert.deepEqual(state.overrides({ platform: "kubernetes-podnodeselector", switches }), {
      podNodeSelectorConfig: "x",
    });
  });

  it("are those that differ from OpenShift's preset", () => {
    assert.deepEqual(state.overrides({ platform: "openshift-4", switches }), {
      defaultNodeSelector: "region=east",
      podNodeSelectorConfig: "x",
      controllerAsksAnnotations: false,
    });
  });
});

describe("the client", () => {
  let Client;
  before(async () => {
    ({ Client } = await load("client.ts"));
  });

  /** A client whose workers do nothing but remember. */
  function make() {
    const ports = [];
    const heard = [];
    const client = new Client(
      () => {
        const port = {
          sent: [],
          ended: false,
          postMessage: (data) => port.sent.push(data),
          terminate: () => end(port),
        };
        ports.push(port);
        return port;
      },
      {
        planned: ({ sentence }, newest) => heard.push([sentence, newest]),
        stopped: (message) => heard.push(["stopped", message]),
      },
    );
    const end = (port) => {
      port.ended = true;
    };
    const ask = (text) =>
      client.plan({ texts: { DaemonSet: text, Cluster: "n" }, platform: "kubernetes", settings: {} });
    const reply = (port, data) => port.onmessage({ data });
    return { client, ports, heard, ask, reply };
  }

  it("has one plan under way, and asks the newest question next", () => {
    const { ports, heard, ask, reply } = make();
    for (const text of ["a", "b", "c"]) ask(text);
    const [port] = ports;
    assert.equal(port.sent.length, 1);
    reply(port, { kind: "plan", id: port.sent[0].id, answer: answer("a") });
    assert.deepEqual(
      port.sent.map(({ texts }) => texts),
      [{ DaemonSet: "a", Cluster: "n" }, { DaemonSet: "c" }],
    );
    reply(port, { kind: "plan", id: port.sent[1].id, answer: answer("c") });
    assert.deepEqual(heard, [
      ["a", false],
      ["c", true],
    ]);
  });

  it("does not hear a late answer", () => {
    const { ports, heard, ask, reply } = make();
    ask("a");
    const [port] = ports;
    const { id } = port.sent[0];
    reply(port, { kind: "plan", id, answer: answer("a") });
    ask("b");
    reply(port, { kind: "plan", id, answer: answer("late") });
    assert.deepEqual(heard, [["a", true]]);
  });

  it("starts a new worker after a stop, gives it all texts, and does not try what stopped it again", () => {
    const { ports, heard, ask, reply } = make();
    ask("bad");
    reply(ports[0], { kind: "stopped", id: ports[0].sent[0].id, message: "unreachable" });
    assert.deepEqual(heard, [["stopped", "unreachable"]]);
    assert.ok(ports[0].ended);
    assert.equal(ports.length, 1);
    ask("good");
    assert.deepEqual(ports[1].sent[0].texts, { DaemonSet: "good", Cluster: "n" });
    reply(ports[0], { kind: "plan", id: ports[1].sent[0].id, answer: answer("from the dead") });
    assert.equal(heard.length, 1);
  });

  it("gives each question beside the plan its own answer", async () => {
    const { client, ports, ask, reply } = make();
    ask("a");
    const [node, pod] = [client.node(0, 3), client.pod(0, 3)];
    const [, ofNode, ofPod] = ports[0].sent;
    assert.deepEqual([ofNode.kind, ofPod.kind], ["node", "pod"]);
    reply(ports[0], { kind: "pod", id: ofPod.id, pod: "the pod" });
    reply(ports[0], { kind: "node", id: ofNode.id, node: "the node" });
    assert.deepEqual(await Promise.all([node, pod]), ["the node", "the pod"]);
  });

  it("answers a question about a node with nothing when the worker stops", async () => {
    const { client, ports, ask, reply } = make();
    ask("a");
    const [node, pod] = [client.node(0, 3), client.pod(0, 3)];
    reply(ports[0], { kind: "stopped", id: 1, message: "unreachable" });
    assert.deepEqual(await Promise.all([node, pod]), [undefined, undefined]);
  });
});

describe("what the cluster has for a place in a text", () => {
  let known;
  let end;
  const CLUSTER = {
    labels: { "topology.kubernetes.io/zone": ["a", "b"], gpu: ["true", "a100"] },
    taints: [
      { key: "dedicated", value: "logs" },
      { key: "spot", value: "" },
    ],
  };
  const SPEC = `kind: DaemonSet
spec:
  template:
    spec:
`;
  before(async () => {
    known = await load("editor/known.ts");
    ({ END: end } = await load("editor/fields.ts"));
  });

  /** What is offered behind a text. */
  function at(text) {
    const lines = (SPEC + text).split("\n");
    const wanted = known.wantedAt((number) => lines[number - 1] ?? end, lines.length, lines.at(-1), "DaemonSet");
    return wanted && { typed: wanted.typed, offered: wanted.from(CLUSTER) };
  }

  it("is labels and their values in a node selector", () => {
    assert.deepEqual(at("      nodeSelector:\n        topo"), { typed: "topo", offered: Object.keys(CLUSTER.labels) });
    assert.deepEqual(at("      nodeSelector:\n        topology.kubernetes.io/zone: "), {
      typed: "",
      offered: ["a", "b"],
    });
    assert.deepEqual(at("      nodeSelector:\n        other: x"), { typed: "x", offered: [] });
  });

  it("is labels and their values in an expression of node affinity", () => {
    const affinity = `      affinity:
        nodeAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            nodeSelectorTerms:
            - matchExpressions:
              - key: `;
    assert.deepEqual(at(`${affinity}g`).offered, Object.keys(CLUSTER.labels));
    for (const list of ["              ", "                  "]) {
      const values = `${affinity}gpu\n                operator: In\n                values:\n${list}  - t`;
      assert.deepEqual(at(values), { typed: "t", offered: ["true", "a100"] });
    }
  });

  it("is taints in a toleration", () => {
    assert.deepEqual(at("      tolerations:\n      - key: d").offered, ["dedicated", "spot"]);
    assert.deepEqual(at("      tolerations:\n      - key: dedicated\n        value: ").offered, ["logs"]);
    assert.deepEqual(at("      tolerations:\n      - key: spot\n        value: ").offered, []);
  });

  it("is nothing elsewhere", () => {
    assert.equal(at("      containers:\n      - name: x"), undefined);
    assert.equal(at("      hostNet"), undefined);
  });

  it("takes taints from the reasons that name one", async () => {
    const { taintOf } = await load("taints.ts");
    const of = (code, summary) => taintOf({ code, summary });
    assert.deepEqual(of("taint-no-schedule", "taint gpu=a:NoSchedule is not tolerated"), { key: "gpu", value: "a" });
    assert.deepEqual(of("taint-no-execute", "taint x/y:NoExecute is not tolerated"), { key: "x/y", value: "" });
    assert.equal(of("cordoned", "taint gpu=a:NoSchedule is not tolerated"), undefined);
  });

  it("is quoted where YAML would take it for something other than a text", () => {
    assert.deepEqual(["true", "1", "", "No", "a100"].map(known.quoted), ['"true"', '"1"', '""', '"No"', "a100"]);
  });
});
