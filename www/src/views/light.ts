// Lights in the texts what decided about the node that is pointed at.

import type { LineRange } from "../editor/pane.js";
import { SPAN, spansAt } from "../rows.js";
import { currentSet, INPUTS, type InputName } from "../state.js";
import type { View } from "../store.js";

/** @param light lights lines of an input, and puts out all others */
export function lightView(light: (name: InputName, lines: LineRange[]) => void): View {
  let seen: unknown[] = [];
  const lit = new Set<InputName>();
  return {
    render(state) {
      const { hovered, shown, answer } = state;
      const set = currentSet(state);
      if (seen[0] === hovered && (hovered === undefined || seen[1] === set)) return;
      seen = [hovered, set];
      // Of a text that has changed since, the lines are others.
      const known = hovered !== undefined && set && shown && shown === answer;
      const deciding = known ? spansAt(set.rows, hovered) : new Uint32Array();
      // Where nothing stands in the way, the node itself is what decided.
      const own = known ? shown.nodeLines.subarray(hovered * SPAN, hovered * SPAN + SPAN) : deciding;
      const spans = deciding.length > 0 ? deciding : own;
      for (const name of INPUTS) {
        const input = shown?.inputs.findIndex((one) => one.name === name);
        const lines: LineRange[] = [];
        for (let at = 0; at < spans.length; at += SPAN) {
          if (spans[at] === input) lines.push({ first: spans[at + 1] ?? 1, last: spans[at + 2] ?? 1 });
        }
        if (lines.length === 0 && !lit.has(name)) continue;
        light(name, lines);
        if (lines.length > 0) lit.add(name);
        else lit.delete(name);
      }
    },
  };
}
