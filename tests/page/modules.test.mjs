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
