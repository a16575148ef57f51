// What the page has to say of itself, for once: a link that can't be read, files that were left, a new version.
// Each can be sent away.

import { byId, h } from "./dom.js";

export interface Note {
  text: string;
  error?: boolean;
  /** A button, and what it does. */
  action?: { word: string; run: () => void };
}

/** Shows a note; one of the same topic takes the place of the one before. */
export function say(topic: string, note: Note | undefined): void {
  const root = byId("notes", HTMLElement);
  for (const old of [...root.children]) if (old instanceof HTMLElement && old.dataset.topic === topic) old.remove();
  if (!note) return;
  const { text, error, action } = note;
  const close = (): void => item.remove();
  const item = h(
    "p",
    { class: error ? "note error" : "note", attributes: { "data-topic": topic } },
    h("span", {}, text),
    action &&
      h(
        "button",
        {
          attributes: { type: "button" },
          on: {
            click() {
              close();
              action.run();
            },
          },
        },
        action.word,
      ),
    h("button", { class: "link", attributes: { type: "button" }, on: { click: close } }, "Close"),
  );
  root.append(item);
}
