// A command or a piece of YAML, whole, with a button that copies it and says what it copied.

import { h, setText } from "../dom.js";

const SAID_FOR_MS = 2000;

export function command(text: string, what: "command" | "YAML" = "command"): HTMLElement {
  const code = h("code", {}, text);
  const { element, said } = copier(
    "Copy",
    `Copy the ${what} ${text}`,
    () => ({ text, what: text }),
    () => getSelection()?.selectAllChildren(code),
  );
  element.className = "copy";
  return h("div", { class: "command" }, code, element, said);
}

/**
 * A button that copies a text, and the place that says what it copied.
 *
 * @param make gives the text, and what to call it
 * @param instead selects the text, where the browser does not let the page copy
 */
export function copier(
  title: string,
  label: string,
  make: () => { text: string; what: string } | undefined,
  instead?: () => void,
): { element: HTMLElement; said: HTMLElement } {
  const said = h("span", { class: "said", attributes: { role: "status" } });
  const element = h("button", { attributes: { type: "button", "aria-label": label }, on: { click } }, title);

  async function click(): Promise<void> {
    const made = make();
    if (!made) return;
    try {
      await navigator.clipboard.writeText(made.text);
      setText(said, `Copied: ${made.what}`);
      setText(element, "Copied");
    } catch {
      // No permission: leave it selected, so that the usual key copies it.
      instead?.();
      setText(said, instead ? "Selected; copy it with the keyboard." : "The browser does not let this page copy.");
    }
    setTimeout(() => {
      setText(said, "");
      setText(element, title);
    }, SAID_FOR_MS);
  }

  return { element, said };
}
