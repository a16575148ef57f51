// Makes the page work offline, where the browser allows it: a service worker keeps the page's own files. It is asked
// for after the first plan, so that it takes nothing from it.

import { byId, setText } from "../dom.js";
import { say } from "../notes.js";

export async function workOffline(): Promise<void> {
  if (!isSecureContext || !("serviceWorker" in navigator)) return;
  const said = byId("offline", HTMLElement);
  try {
    const registration = await navigator.serviceWorker.register("sw.js");
    // Another version took over, because it was asked to: this page is the old one.
    let asked = false;
    navigator.serviceWorker.addEventListener("controllerchange", () => asked && location.reload());
    const tell = (waiting: ServiceWorker): void =>
      say("version", {
        text: "There is a new version of this page.",
        action: {
          word: "Load it",
          run() {
            asked = true;
            waiting.postMessage("take over");
          },
        },
      });
    if (registration.waiting && navigator.serviceWorker.controller) tell(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const { installing } = registration;
      installing?.addEventListener("statechange", () => {
        if (installing.state === "installed" && navigator.serviceWorker.controller) tell(installing);
      });
    });
    await navigator.serviceWorker.ready;
    setText(said, "Works offline.");
  } catch {
    // The page works without; it says nothing of what it does not have.
  }
}
