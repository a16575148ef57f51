// What each input was taken for, beside its title.

import { setText } from "../dom.js";
import { INPUTS, type InputName } from "../state.js";
import type { View } from "../store.js";

export function takenForView(places: Record<InputName, HTMLElement>): View {
  return {
    render({ answer }) {
      for (const name of INPUTS) {
        setText(places[name], answer?.inputs.find((input) => input.name === name)?.takenFor ?? "");
      }
    },
  };
}
