// The files as chips: name, size, what each was taken for, and a way to edit it or to take it away.

import { fill, h, hide, toggle } from "../dom.js";
import type { State } from "../state.js";
import type { View } from "../store.js";
import { MOST_EDITED, sizeText } from "../work.js";

/** Chips drawn; beyond, the number. */
const MOST_CHIPS = 60;

export interface FileActions {
  edit(name: string): void;
  remove(name: string): void;
  removeAll(): void;
}

export function filesView(root: HTMLElement, actions: FileActions): View {
  let seen: unknown[] = [];
  return {
    render(state) {
      if (seen[0] === state.files && seen[1] === state.answer) return;
      seen = [state.files, state.answer];
      hide(root, state.files.length === 0);
      if (root.hidden) return fill(root);
      const more = state.files.length - MOST_CHIPS;
      const all = h("button", { class: "link", attributes: { type: "button" }, on: { click: actions.removeAll } });
      all.textContent = "Take all away";
      fill(
        root,
        h(
          "div",
          { class: "title" },
          h(
            "h2",
            { attributes: { id: "files-title" } },
            "Files",
            h("span", { class: "number" }, ` ${state.files.length}`),
          ),
          state.files.length > 1 && all,
        ),
        h(
          "ul",
          { class: "chips", attributes: { "aria-labelledby": "files-title" } },
          ...state.files.slice(0, MOST_CHIPS).map((file) => chip(file, state, actions)),
          more > 0 && h("li", { class: "quiet" }, `and ${more} more, planned like these.`),
        ),
      );
    },
  };
}

function chip(file: State["files"][number], state: State, actions: FileActions): HTMLElement {
  const { name, bytes } = file;
  const takenFor = state.answer?.inputs.find((input) => input.name === name)?.takenFor;
  const wrong = state.answer?.diagnostics.some(
    ({ severity, location }) => severity === "error" && location?.source === name,
  );
  const button = (word: string, click: () => void): HTMLElement =>
    h(
      "button",
      { class: "link", attributes: { type: "button", "aria-label": `${word} ${name}` }, on: { click } },
      word,
    );
  const item = h(
    "li",
    { class: "chip", attributes: { tabindex: "-1", "data-file": name } },
    h("code", { class: "file-name" }, name),
    " ",
    h("span", { class: "quiet" }, [sizeText(bytes), takenFor].filter(Boolean).join(", ")),
    " ",
    bytes <= MOST_EDITED && button("Edit", () => actions.edit(name)),
    " ",
    button("Take away", () => actions.remove(name)),
  );
  toggle(item, "wrong", wrong === true);
  return item;
}

/** Shows the chip of a file, should it be one. */
export function showChip(name: string): void {
  const chip = [...document.querySelectorAll<HTMLElement>(".chip")].find(({ dataset }) => dataset.file === name);
  chip?.scrollIntoView({ block: "nearest" });
  chip?.focus();
}
