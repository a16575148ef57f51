// Holds the state and draws it: many changes in a frame are one drawing.

import type { State } from "./state.js";

export interface View {
  render(state: State): void;
}

export interface Store {
  readonly state: State;
  update(change: Partial<State> | ((state: State) => State)): void;
}

export function createStore(start: State, views: View[]): Store {
  let state = start;
  let scheduled = false;

  function draw(): void {
    scheduled = false;
    for (const view of views) view.render(state);
  }

  return {
    get state() {
      return state;
    },
    update(change) {
      const next = typeof change === "function" ? change(state) : { ...state, ...change };
      if (next === state) return;
      state = next;
      if (scheduled) return;
      scheduled = true;
      requestAnimationFrame(draw);
    },
  };
}
