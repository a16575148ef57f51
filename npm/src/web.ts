// Entry for pages, workers, Deno and bundlers: the wasm is fetched from beside this file, when it is first needed.

import { useLoader } from "./runtime.js";

export * from "./api.js";

// Written out, for bundlers look for exactly this form to find the file.
useLoader({ async: () => new URL("./daemonset_planner_bg.wasm", import.meta.url) });
