// Light, dark, or as the system has it. The colours are defined for both; `color-scheme` chooses.

import { byId } from "../dom.js";
import { choice, setChoice } from "../keep/keep.js";

const THEMES: readonly string[] = ["light", "dark"];

export function watchTheme(): void {
  const field = byId("theme", HTMLSelectElement);
  const kept = choice("theme");
  if (kept !== undefined && THEMES.includes(kept)) field.value = kept;
  apply();
  field.addEventListener("change", () => {
    setChoice("theme", THEMES.includes(field.value) ? field.value : undefined);
    apply();
  });

  function apply(): void {
    if (THEMES.includes(field.value)) document.documentElement.dataset.theme = field.value;
    else delete document.documentElement.dataset.theme;
  }
}
