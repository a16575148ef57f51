// What callers and the package agree on beside the plan itself: inputs, what `init` takes, errors.

import type { Platform, SettingsOverrides } from "./wasm/types.js";

/** A text: a string, or its UTF-8 bytes. Large ones are better given as bytes. */
export type Source = string | Uint8Array;

/** One input of any kind; what it holds is recognised, not asked for. */
export interface NamedSource {
  /** How findings call it. */
  name: string;
  /** YAML, JSON, tables that kubectl printed, names of nodes, in any mixture. */
  text: Source;
}

/** What to plan. Each of the texts may hold any kind of input; the keys only name them in findings. */
export interface PlanInputs {
  /** The DaemonSets. */
  daemonSet?: Source;
  /** The nodes: `kubectl get nodes` in any form, or their names. */
  nodes?: Source;
  /** The pods that are there, if any. */
  pods?: Source;
  /** The namespaces with their annotations. */
  namespaces?: Source;
  /** More inputs, after those above; of two equal objects the later counts. */
  inputs?: readonly NamedSource[];
  /** A preset of switches; `kubernetes` if absent. */
  platform?: Platform;
  /** Single switches that differ from the preset. */
  settings?: SettingsOverrides;
  /** When the controller looks, for `minReadySeconds`; if absent, pods that are Ready have been so for long. */
  now?: Date | string;
}

/** What a cluster starts with. */
export type ClusterOptions = Pick<PlanInputs, "platform" | "settings" | "now">;

type Global<Name extends string> = typeof globalThis extends Record<Name, { prototype: infer Type }> ? Type : never;

// Asked of the global object, so that the types also compile where no DOM library is loaded.
type WasmModule = typeof globalThis extends { WebAssembly: { Module: { prototype: infer Type } } } ? Type : never;

/** The wasm as bytes, or compiled. */
export type SyncInitInput = Uint8Array | ArrayBuffer | WasmModule;

/** Where the wasm is, or the wasm itself. */
export type InitInput = SyncInitInput | string | Global<"URL"> | Global<"Request"> | Global<"Response">;

/** The `code` of a {@link PlannerError}. */
export type ErrorCode =
  /** An argument of the wrong type, or an unknown name. */
  | "ERR_DAEMONSET_PLANNER_ARGUMENT"
  /** The wasm could not be loaded. */
  | "ERR_DAEMONSET_PLANNER_WASM"
  /** The cluster was freed. */
  | "ERR_DAEMONSET_PLANNER_FREED"
  /** The wasm stopped; its clusters are lost, new ones work. */
  | "ERR_DAEMONSET_PLANNER_TRAP";

/** Thrown for misuse only. Problems of the inputs are in `diagnostics` of the plan. */
export class PlannerError extends Error {
  override readonly name = "PlannerError";
  /** Which misuse. */
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
