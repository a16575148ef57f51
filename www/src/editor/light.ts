// Lines that light up while a node is pointed at, and the line that is pointed at here.

import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import type { LineRange } from "./pane.js";

/** Lines lit at once; a node's own are some dozens. */
const MOST_LINES = 400;

const setLit = StateEffect.define<LineRange[]>();
const line = Decoration.line({ class: "cm-lit" });

const lit = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(value, { state, effects, changes }) {
    const effect = [...effects].reverse().find((one) => one.is(setLit));
    if (!effect) return value.map(changes);
    const numbers = new Set<number>();
    for (const { first, last } of effect.value as LineRange[]) {
      for (let at = first; at <= Math.min(last, state.doc.lines) && numbers.size < MOST_LINES; at++) numbers.add(at);
    }
    const sorted = [...numbers].filter((at) => at >= 1).sort((a, b) => a - b);
    return Decoration.set(sorted.map((at) => line.range(state.doc.line(at).from)));
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Lights these lines and no others. */
export function light(view: EditorView, lines: LineRange[]): void {
  view.dispatch({ effects: setLit.of(lines) });
}

/** @param pointed is told the line under the pointer, or else that of the cursor while the editor has the focus */
export function lighting(pointed: (line: number | undefined) => void): Extension {
  let told: number | undefined;
  function tell(line: number | undefined): void {
    if (line === told) return;
    told = line;
    pointed(line);
  }
  function ofCursor({ state, hasFocus }: EditorView): number | undefined {
    return hasFocus ? state.doc.lineAt(state.selection.main.head).number : undefined;
  }
  return [
    lit,
    EditorView.theme({ ".cm-lit": { backgroundColor: "var(--lit)" } }),
    EditorView.updateListener.of(({ view, selectionSet, focusChanged }) => {
      if (selectionSet || focusChanged) tell(ofCursor(view));
    }),
    EditorView.domEventHandlers({
      mousemove({ clientX, clientY }, view) {
        const at = view.posAtCoords({ x: clientX, y: clientY });
        tell(at === null ? ofCursor(view) : view.state.doc.lineAt(at).number);
      },
      mouseleave: (_, view) => tell(ofCursor(view)),
    }),
  ];
}
