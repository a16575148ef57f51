// The one instance of the wasm: loaded when first needed, dropped if it ever traps.

import { type InitInput, PlannerError, type SyncInitInput } from "./contract.js";
import { createGlue, type Glue } from "./wasm/glue.mjs";

/** How an environment finds the wasm by itself. */
export interface Loader {
  /** Without waiting; absent where that can't be done. */
  sync?: () => SyncInitInput;
  /** With waiting. */
  async: () => InitInput | Promise<InitInput>;
}

let loader: Loader | undefined;
let compiled: WebAssembly.Module | undefined;
let instance: Glue | undefined;
let pending: Promise<Glue> | undefined;

/** Says how the wasm is found; called once by each entry of the package. */
export function useLoader(of: Loader): void {
  loader = of;
}

/** The instance, made now if need be. */
export function readySync(input?: SyncInitInput): Glue {
  if (instance) return instance;
  if (!compiled) {
    const source = input ?? loader?.sync?.();
    if (source === undefined) {
      throw new PlannerError(
        "ERR_DAEMONSET_PLANNER_WASM",
        "the wasm is not loaded: call `await init()` first, or give its bytes or module to `initSync`",
      );
    }
    compiled = loading(() => compileSync(source));
  }
  const glue = createGlue();
  const module = compiled;
  loading(() => glue.initSync({ module }));
  instance = glue;
  return glue;
}

/** The instance, waited for if need be. Calls at the same time share one load. */
export function ready(input?: InitInput | Promise<InitInput>): Promise<Glue> {
  if (instance) return Promise.resolve(instance);
  pending ??= load(input).finally(() => {
    pending = undefined;
  });
  return pending;
}

async function load(input?: InitInput | Promise<InitInput>): Promise<Glue> {
  try {
    compiled ??= await compile(await (input ?? loader?.async() ?? missing()));
    // A synchronous call may have been quicker.
    if (instance) return instance;
    const glue = createGlue();
    await glue.default({ module_or_path: compiled });
    instance ??= glue;
    return instance;
  } catch (error) {
    throw asLoadError(error);
  }
}

/** Does something with an instance. If it traps, the instance is dropped: its memory can't be trusted any more. */
export function guarded<T>(glue: Glue, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isTrap(error)) throw error;
    if (instance === glue) instance = undefined;
    throw new PlannerError(
      "ERR_DAEMONSET_PLANNER_TRAP",
      "the planner stopped inside its wasm, which is a bug worth reporting; clusters made before are lost, new ones work",
      error,
    );
  }
}

/** Whether an instance is still the one in use. */
export function isAlive(glue: Glue): boolean {
  return instance === glue;
}

// Running out of stack inside the wasm is a RangeError in V8 and an InternalError in SpiderMonkey.
function isTrap(error: unknown): boolean {
  return (
    error instanceof WebAssembly.RuntimeError ||
    error instanceof RangeError ||
    (error instanceof Error && error.name === "InternalError")
  );
}

function compileSync(source: SyncInitInput): WebAssembly.Module {
  if (source instanceof WebAssembly.Module) return source;
  return new WebAssembly.Module(bytes(source));
}

async function compile(source: InitInput): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  if (source instanceof Uint8Array || source instanceof ArrayBuffer) return WebAssembly.compile(bytes(source));
  const response = isResponse(source) ? source : await fetch(source);
  if (!response.ok) throw new Error(`${response.url || "the wasm"}: HTTP status ${response.status}`);
  // Compiles while it loads, where the server names the type that this demands.
  if (response.headers.get("content-type")?.startsWith("application/wasm") && WebAssembly.compileStreaming) {
    return WebAssembly.compileStreaming(response);
  }
  return WebAssembly.compile(await response.arrayBuffer());
}

function bytes(source: Uint8Array | ArrayBuffer): BufferSource {
  return source as BufferSource;
}

function isResponse(source: InitInput): source is Response {
  return typeof Response === "function" && source instanceof Response;
}

function missing(): never {
  throw new Error("this environment can't find the wasm by itself: give it to `init`");
}

function loading<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asLoadError(error);
  }
}

function asLoadError(error: unknown): PlannerError {
  if (error instanceof PlannerError) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new PlannerError("ERR_DAEMONSET_PLANNER_WASM", `the wasm could not be loaded: ${why}`, error);
}
