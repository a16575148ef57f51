// Keeps the page's own files, so that it works offline. The files of one build belong together: they come from one
// cache, named after the build, and another build is used only when the page asks for it, or all of its windows are
// closed. Nothing but these files is ever fetched or answered.

/// <reference lib="webworker" />

/** Set by the build: the files, and a hash of all of them. */
declare const BUILD: { name: string; files: string[] };

const scope = self as unknown as ServiceWorkerGlobalScope;
const PREFIX = "daemonset-planner ";
const CACHE = PREFIX + BUILD.name;
/** The folder that the page lies in. */
const HOME = new URL("./", scope.location.href);

scope.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(CACHE).then((cache) =>
      // Past the browser's own cache: it may hold files of another build.
      cache.addAll(BUILD.files.map((file) => new Request(new URL(file, HOME), { cache: "no-cache" }))),
    ),
  );
});

scope.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys().then((names) => {
      const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
      return Promise.all(old.map((name) => caches.delete(name)));
    }),
  );
});

scope.addEventListener("message", ({ data }) => {
  if (data === "take over") scope.skipWaiting();
});

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== HOME.origin || !url.pathname.startsWith(HOME.pathname)) return;
  const path = url.pathname.slice(HOME.pathname.length);
  const file = path === "" || path === "index.html" ? "./" : path;
  if (!BUILD.files.includes(file)) return;
  event.respondWith(
    caches
      .open(CACHE)
      .then((cache) => cache.match(new URL(file, HOME)))
      .then((found) => found ?? fetch(request)),
  );
});
