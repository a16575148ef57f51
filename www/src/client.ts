// The page's side of the worker: at most one plan is under way, the newest question replaces those that wait,
// and a worker that stopped is replaced by a new one that gets all of the texts again.

import type { Platform, PodPlan, SettingsOverrides } from "../../pkg/daemonset_planner.js";
import type { Answer, NodeAnswer, Reply, Request, Texts } from "./protocol.js";
import type { Content } from "./work.js";

export interface Question {
  /** All inputs; those that are missing are taken away. */
  texts: Record<string, Content>;
  platform: Platform;
  settings: SettingsOverrides;
  groupBy?: string | undefined;
}

export interface Listener {
  /** An answer to the newest question that has been answered so far; `newest` if no newer one waits. */
  planned(answer: Answer, newest: boolean): void;
  /** The module stopped; the page keeps its texts, and the next question starts it anew. */
  stopped(message: string): void;
}

/** What is used of a worker, so that tests can stand in for it. */
export type Port = Pick<Worker, "postMessage" | "terminate" | "onmessage" | "onerror">;

export class Client {
  #port: Port | undefined;
  #number = 0;
  /** The number of the plan that is under way. */
  #underWay: number | undefined;
  #waiting: Question | undefined;
  /** The inputs that the worker holds. */
  #held: Record<string, Content> = {};
  /** Who waits for what was asked beside the plan, by its number; told nothing if the worker stops. */
  #asked = new Map<number, (reply?: Reply) => void>();

  constructor(
    private readonly start: () => Port,
    private readonly listener: Listener,
  ) {}

  /** Asks for a plan. Only texts that the worker does not hold yet are sent. */
  plan(question: Question): void {
    this.#waiting = question;
    if (this.#underWay === undefined) this.#next();
  }

  /** Asks for one node of the plan that was answered last. */
  async node(daemonSet: number, node: number): Promise<NodeAnswer | undefined> {
    const reply = await this.#ask({ kind: "node", id: ++this.#number, daemonSet, node });
    return reply?.kind === "node" ? reply.node : undefined;
  }

  /** Asks for the pod that a DaemonSet gets on a node. */
  async pod(daemonSet: number, node: number): Promise<PodPlan | undefined> {
    const reply = await this.#ask({ kind: "pod", id: ++this.#number, daemonSet, node });
    return reply?.kind === "pod" ? reply.pod : undefined;
  }

  /** The labels of the nodes as they were planned last, values by key. */
  async labels(): Promise<Record<string, string[]>> {
    const reply = await this.#ask({ kind: "labels", id: ++this.#number });
    return reply?.kind === "labels" ? reply.labels : {};
  }

  /** Gives up on the plan that is under way. */
  giveUp(): void {
    if (this.#underWay !== undefined) this.#stop("you stopped it");
  }

  /** Lets the worker go. */
  close(): void {
    this.#port?.terminate();
    this.#port = undefined;
  }

  /** Stops the module as a fault would; does nothing but in the build for tests. */
  trap(): void {
    this.#send({ kind: "trap", id: ++this.#number });
  }

  #next(): void {
    const question = this.#waiting;
    if (!question) return;
    this.#waiting = undefined;
    const port = this.#alive();
    const texts: Texts = {};
    for (const name of Object.keys(this.#held)) if (!Object.hasOwn(question.texts, name)) texts[name] = null;
    for (const [name, text] of Object.entries(question.texts)) if (this.#held[name] !== text) texts[name] = text;
    this.#held = { ...question.texts };
    this.#underWay = ++this.#number;
    const { platform, settings, groupBy } = question;
    port.postMessage({ kind: "plan", id: this.#underWay, texts, platform, settings, groupBy } satisfies Request);
  }

  #ask(request: Request): Promise<Reply | undefined> {
    return new Promise((resolve) => {
      this.#asked.set(request.id, resolve);
      this.#send(request);
    });
  }

  #send(request: Request): void {
    this.#alive().postMessage(request);
  }

  #alive(): Port {
    if (this.#port) return this.#port;
    const port = this.start();
    port.onmessage = ({ data }: MessageEvent<Reply>) => {
      if (port === this.#port) this.#receive(data);
    };
    port.onerror = (event: ErrorEvent) => {
      event.preventDefault();
      if (port === this.#port) this.#stop(event.message || "the worker could not be loaded");
    };
    this.#port = port;
    return port;
  }

  #receive(reply: Reply): void {
    switch (reply.kind) {
      case "ready":
        return;
      case "plan":
        // Anything but the plan under way is older than what has been shown.
        if (reply.id !== this.#underWay) return;
        this.#underWay = undefined;
        this.listener.planned(reply.answer, this.#waiting === undefined);
        this.#next();
        return;
      case "node":
      case "pod":
      case "labels":
        this.#asked.get(reply.id)?.(reply);
        this.#asked.delete(reply.id);
        return;
      case "stopped":
        this.#stop(reply.message);
    }
  }

  #stop(message: string): void {
    this.#port?.terminate();
    this.#port = undefined;
    this.#underWay = undefined;
    this.#held = {};
    for (const resolve of this.#asked.values()) resolve();
    this.#asked.clear();
    this.listener.stopped(message);
    // What was typed in the meantime may be the cure; what stopped it is not tried again.
    this.#next();
  }
}
