// Entry for workers of the kind that may not compile: the runtime hands the wasm over compiled.

import module from "./daemonset_planner_bg.wasm";
import { useLoader } from "./runtime.js";

export * from "./api.js";

useLoader({ sync: () => module, async: () => module });
