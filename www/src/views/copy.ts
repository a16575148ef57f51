// A command or a piece of YAML, whole, with a button that copies it and says what it copied.

import { h, setText } from "../dom.js";

const SAID_FOR_MS = 2000;

export function command(text: string, what: "command" | "YAML" = "command"): HTMLElement {
  const said = h("span", { class: "said", attributes: { role: "status" } });
  const code = h("code", {}, text);
  const button = h(
    "button",
    { class: "copy", attributes: { type: "button", "aria-label": `Copy the ${what} ${text}` }, on: { click } },
    "Copy",
  );

  async function click(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setText(said, `Copied: ${text}`);
      setText(button, "Copied");
    } catch {
      // No permission: leave it selected, so that the usual key copies it.
      getSelection()?.selectAllChildren(code);
      setText(said, "Selected; copy it with the keyboard.");
    }
    setTimeout(() => {
      setText(said, "");
      setText(button, "Copy");
    }, SAID_FOR_MS);
  }

  return h("div", { class: "command" }, code, button, said);
}
