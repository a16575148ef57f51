// The plan's sentence, and above it what stands in its way.

import { h, setText, toggle } from "../dom.js";
import { placeText, type State } from "../state.js";
import type { View } from "../store.js";

const STALE = "What you see is the plan of the last text that could be read.";

/** @param goToFirst goes to the place of the first error */
export function answerView(root: HTMLElement, goToFirst: () => void): View {
  const text = h("span");
  const show = h("button", { class: "link", attributes: { type: "button" }, on: { click: goToFirst } });
  const stale = h("span", { class: "quiet" }, STALE);
  const notice = h("p", { class: "notice" }, show, " ", text, " ", stale);
  const sentence = h("p", { class: "sentence" });
  root.replaceChildren(notice, sentence);

  return {
    render(state) {
      const first = firstError(state);
      notice.hidden = first === undefined && state.stopped === undefined;
      show.hidden = first === undefined || state.stopped !== undefined;
      if (state.stopped !== undefined) {
        setText(
          text,
          `The planner stopped on this text (${state.stopped}). Your text is kept; change it to plan again.`,
        );
      } else if (first) {
        setText(show, first.location ? placeText(first.location) : "");
        setText(text, first.message + rest(state));
      }
      stale.hidden = state.unreadable === undefined;
      setText(sentence, state.shown?.sentence ?? "Planning…");
      toggle(sentence, "stale", state.unreadable !== undefined || state.stopped !== undefined);
    },
  };
}

/** The finding that the notice names. */
export function firstError(state: State) {
  if (state.unreadable) return state.unreadable;
  return state.answer?.diagnostics.find((finding) => finding.severity === "error" && finding.location);
}

function rest(state: State): string {
  const findings = state.answer?.diagnostics ?? [];
  const more = findings.filter((finding) => finding.severity === "error" && finding.location).length - 1;
  if (more < 1) return "";
  return more === 1 ? " (and 1 more error)" : ` (and ${more} more errors)`;
}
