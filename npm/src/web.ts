// Entry for pages, workers, Deno and bundlers: the wasm is fetched from beside this file, when it is first needed.

import { useLoader } from "./runtime.js";

export * from "./api.js";

useLoader({
  async: () =>
    import.meta.url === undefined
      ? // A bundle that is a plain script knows only the page that it is in.
        new URL("daemonset_planner_bg.wasm", globalThis.location?.href)
      : // Written out, for bundlers look for exactly this form to find the file.
        new URL("./daemonset_planner_bg.wasm", import.meta.url),
});
