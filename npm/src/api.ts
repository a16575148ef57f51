// The package's interface, the same in every environment.

import {
  type ClusterOptions,
  type InitInput,
  type PlanInputs,
  PlannerError,
  type Source,
  type SyncInitInput,
} from "./contract.js";
import { didYouMean } from "./nearest.js";
import { guarded, isAlive, ready, readySync } from "./runtime.js";
import type { Glue } from "./wasm/glue.mjs";
import type { Columns, Plan, Platform, PodPlan, SettingsOverrides, Summary } from "./wasm/types.js";

export type {
  ClusterOptions,
  ErrorCode,
  InitInput,
  NamedSource,
  PlanInputs,
  Source,
  SyncInitInput,
} from "./contract.js";
export { PlannerError } from "./contract.js";
export type * from "./wasm/types.js";

declare const PACKAGE_VERSION: string;
declare const KUBERNETES_VERSION: string;

/** The version of this package. */
export const version: string = PACKAGE_VERSION;

/** The release of Kubernetes whose behaviour is modelled. */
export const kubernetesVersion: string = KUBERNETES_VERSION;

/** How a plan is printed. */
export type ReportFormat = "table" | "wide" | "json" | "yaml" | "name";

const FORMATS: readonly ReportFormat[] = ["table", "wide", "json", "yaml", "name"];

/**
 * Loads the wasm. Needed only to say where it is, or to have it loaded before the first plan: everything
 * asynchronous does it by itself. May be called again and at the same time; the first call counts.
 *
 * @throws {PlannerError} `ERR_DAEMONSET_PLANNER_WASM` if it can't be loaded; a later call tries again.
 */
export async function init(input?: InitInput | Promise<InitInput>): Promise<void> {
  await ready(input);
}

/** The same at once, from bytes or a module; in Node, Deno and Bun it finds the wasm by itself. */
export function initSync(input?: SyncInitInput): void {
  readySync(input);
}

/**
 * Plans once.
 *
 * @throws {PlannerError} for misuse only; what is wrong with the texts is in the plan's `diagnostics`.
 */
export async function plan(request: PlanInputs): Promise<Plan> {
  const inputs = checkedInputs(request);
  const cluster = await Cluster.create(request);
  try {
    for (const [name, text] of inputs) cluster.set(name, text);
    return cluster.plan();
  } finally {
    cluster.free();
  }
}

/** Inputs that stay on the wasm side, to be asked again and again. */
export class Cluster {
  readonly #glue: Glue;
  readonly #handle: InstanceType<Glue["Cluster"]>;
  #freed = false;

  private constructor(glue: Glue, options: ClusterOptions) {
    this.#glue = glue;
    this.#handle = guarded(glue, () => new glue.Cluster());
    if (options.platform !== undefined) this.setPlatform(options.platform);
    if (options.settings !== undefined) this.setSettings(options.settings);
    if (options.now !== undefined) this.setNow(options.now);
  }

  /** A cluster without inputs. */
  static async create(options: ClusterOptions = {}): Promise<Cluster> {
    return new Cluster(await ready(), options);
  }

  /** The same at once; needs `init` or `initSync` before it, except in Node and Bun. */
  static createSync(options: ClusterOptions = {}): Cluster {
    return new Cluster(readySync(), options);
  }

  /** Adds an input, or replaces the one of that name in its place. */
  set(name: string, text: Source): void {
    checkText(name, "the name of an input");
    checkSource(text, name);
    this.#ask((handle) => (typeof text === "string" ? handle.setText(name, text) : handle.set(name, text)));
  }

  /** Takes an input away; says whether there was one. */
  remove(name: string): boolean {
    checkText(name, "the name of an input");
    return this.#ask((handle) => handle.remove(name));
  }

  /** Chooses a preset of switches; single switches stay as they were set. */
  setPlatform(platform: Platform): void {
    this.#ask((handle) => misuse("platform", () => handle.setPlatform(platform)));
  }

  /** Sets the single switches that differ from the preset, all of them at once. */
  setSettings(settings: SettingsOverrides): void {
    this.#ask((handle) => misuse("settings", () => handle.setSettings(settings)));
  }

  /**
   * Sets the time of the sync, a Date or as the API writes times (`2026-11-24T12:00:00Z`). Without one, pods that are
   * Ready have been so for long.
   */
  setNow(time: Date | string | undefined): void {
    const text = time instanceof Date ? timeText(time) : time;
    if (text !== undefined) checkText(text, "now");
    const known = this.#ask((handle) => handle.setNow(text));
    if (!known) throw argument(`now: ${JSON.stringify(text)} is no time; times look like 2026-11-24T12:00:00Z`);
  }

  /** The whole plan as plain objects. For thousands of nodes see `columns`. */
  plan(): Plan {
    return this.#ask((handle) => handle.plan());
  }

  /** The whole plan as JSON, the same bytes in every environment. */
  planJson(): string {
    return this.#ask((handle) => handle.planJson());
  }

  /** The plan as text. */
  report(format: ReportFormat): string {
    const text = this.#ask((handle) => handle.report(format));
    if (text === undefined) {
      throw argument(`there is no format ${JSON.stringify(format)}; the formats are ${FORMATS.join(", ")}`);
    }
    return text;
  }

  /** What happens on one node and why, in sentences; undefined if there is no such node. */
  explain(node: string): string | undefined {
    checkText(node, "the name of a node");
    return this.#ask((handle) => handle.explain(node));
  }

  /**
   * The pods that the DaemonSets get on one node, in the order of the plan's DaemonSets, with what differs from the
   * template; DaemonSets that do not decode are left out. Undefined if there is no such node.
   */
  pods(node: string): PodPlan[] | undefined {
    checkText(node, "the name of a node");
    return this.#ask((handle) => handle.pods(node));
  }

  /** The node selectors that admission merges, and what they do, in sentences. */
  merge(): string {
    return this.#ask((handle) => handle.merge());
  }

  /** The findings as `FILE:LINE:COLUMN: severity[CODE]: …`, each with its source line and a caret. */
  diagnosticsText(): string {
    return this.#ask((handle) => handle.diagnosticsText());
  }

  /** How many findings and objects there are. */
  summary(): Summary {
    return this.#ask((handle) => handle.summary());
  }

  /** The nodes of one DaemonSet (by its place in the plan) as typed arrays; undefined if there are fewer. */
  columns(daemonSet: number): Columns | undefined {
    return this.#ask((handle) => handle.columns(daemonSet));
  }

  /** Gives the memory back now; otherwise it happens when the object is collected. */
  free(): void {
    if (this.#freed) return;
    this.#freed = true;
    // The memory of an instance that trapped is gone with it.
    if (isAlive(this.#glue)) this.#handle.free();
  }

  #ask<T>(question: (handle: InstanceType<Glue["Cluster"]>) => T): T {
    if (this.#freed) throw new PlannerError("ERR_DAEMONSET_PLANNER_FREED", "this cluster was freed");
    if (!isAlive(this.#glue)) {
      throw new PlannerError(
        "ERR_DAEMONSET_PLANNER_TRAP",
        "this cluster was lost when the wasm stopped; make a new one",
      );
    }
    return guarded(this.#glue, () => question(this.#handle));
  }
}

const TEXTS = ["daemonSet", "nodes", "pods", "namespaces"] as const;
const KEYS: readonly string[] = [...TEXTS, "inputs", "platform", "settings", "now"];

/** The texts of a request in their order, or an error that names what is no text. */
function checkedInputs(request: PlanInputs): [string, Source][] {
  if (typeof request !== "object" || request === null) throw argument("plan takes an object with the texts to plan");
  for (const key of Object.keys(request)) {
    if (!KEYS.includes(key)) throw argument(`plan knows no ${JSON.stringify(key)}${didYouMean(key, KEYS)}`);
  }
  const inputs: [string, Source][] = [];
  for (const name of TEXTS) {
    const text = request[name];
    if (text !== undefined) inputs.push([name, checkSource(text, name)]);
  }
  for (const [index, input] of (request.inputs ?? []).entries()) {
    checkText(input?.name, `inputs[${index}].name`);
    inputs.push([input.name, checkSource(input.text, `inputs[${index}].text`)]);
  }
  return inputs;
}

function checkSource(text: Source, name: string): Source {
  if (typeof text === "string" || text instanceof Uint8Array) return text;
  throw argument(`${name} must be a string or a Uint8Array, not ${kindOf(text)}`);
}

/** A time as the API writes it: no fraction of a second. */
function timeText(time: Date): string {
  if (Number.isNaN(time.getTime())) throw argument("now: the date is none");
  return `${time.toISOString().slice(0, 19)}Z`;
}

function checkText(text: unknown, what: string): void {
  if (typeof text !== "string") throw argument(`${what} must be a string, not ${kindOf(text)}`);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : typeof value;
}

/** Turns the wasm's refusal of a value into this package's error. */
function misuse(what: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Error) || error.constructor !== Error) throw error;
    throw argument(`${what}: ${error.message}`, error);
  }
}

function argument(message: string, cause?: unknown): PlannerError {
  return new PlannerError("ERR_DAEMONSET_PLANNER_ARGUMENT", message, cause);
}
