// The editor, loaded after the first paint. It lives in an open shadow root: there it keeps its styles in
// adopted sheets, which the policy allows; in the document it would write a <style>, which the policy refuses.

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, type Diagnostic as Mark, setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState, type Extension, type Text, Transaction } from "@codemirror/state";
import { EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { Diagnostic, Location } from "../../../pkg/daemonset_planner.js";
import { assist } from "./assist.js";
import { light, lighting } from "./light.js";
import type { Beginning, Holder } from "./pane.js";

/** Texts longer than this are not coloured: parsing them for colours would hold up the page for seconds. */
const COLOURED_UNITS = 200_000;
/** Marks drawn; the list of findings says how many there are. */
const MOST_MARKS = 500;

const theme = EditorView.theme({
  "&": { height: "100%", fontSize: "var(--code-size)", color: "var(--ink)", backgroundColor: "var(--paper)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "20px", overflow: "auto", contain: "strict" },
  ".cm-content": { caretColor: "var(--ink)", padding: "4px 0" },
  ".cm-gutters": { backgroundColor: "var(--paper)", color: "var(--quiet)", border: "none" },
  // Numbers of three digits take as much room as those of one, so that the texts of both editors begin alike.
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "36px", paddingRight: "4px" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine, &.cm-focused .cm-activeLineGutter": { backgroundColor: "var(--shade)" },
  // The browser draws cursor and selection: an editor that draws them lays the page out once more at every key, and
  // its blinking is two frames more.
  ".cm-content ::selection, .cm-content::selection": { backgroundColor: "var(--selected)" },
  "@media (prefers-reduced-motion: reduce)": { ".cm-content": { caretAnimation: "manual" } },
  ".cm-tooltip": {
    backgroundColor: "var(--paper)",
    color: "var(--ink)",
    border: "1px solid var(--line)",
    boxShadow: "0 2px 8px rgb(0 0 0 / 20%)",
    maxWidth: "min(480px, 90vw)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", fontSize: "var(--code-size)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--selected)", color: "var(--ink)" },
  ".cm-completionDetail": { color: "var(--quiet)", fontStyle: "normal", fontFamily: "var(--sans)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "600" },
  ".cm-completionInfo, .cm-field": { padding: "4px 8px", fontFamily: "var(--sans)", maxWidth: "360px" },
  ".cm-field code": { fontFamily: "var(--mono)", overflowWrap: "anywhere" },
  ".cm-diagnostic": { padding: "4px 8px", fontFamily: "var(--sans)" },
  ".cm-lintRange": { backgroundImage: "none", textDecorationLine: "underline", textDecorationStyle: "wavy" },
  ".cm-lintRange-error": { textDecorationColor: "var(--delete)" },
  ".cm-lintRange-warning": { textDecorationColor: "var(--refuse)" },
  ".cm-lintRange-info": { textDecorationColor: "var(--keep)" },
  ".cm-diagnostic-error": { borderLeft: "4px solid var(--delete)" },
  ".cm-diagnostic-warning": { borderLeft: "4px solid var(--refuse)" },
  ".cm-diagnostic-info": { borderLeft: "4px solid var(--keep)" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "5px 2px" },
  // The marks of the findings, in their colours.
  ".cm-gutter-lint .cm-lint-marker": { content: "normal", width: "10px", height: "10px" },
  ".cm-lint-marker-error": { backgroundColor: "var(--delete)", borderRadius: "50%" },
  ".cm-lint-marker-warning": { backgroundColor: "var(--refuse)", clipPath: "polygon(50% 0, 100% 100%, 0 100%)" },
  ".cm-lint-marker-info": { backgroundColor: "var(--keep)" },
});

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--code-key)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--code-text)" },
  { tag: [tags.comment, tags.lineComment], color: "var(--quiet)" },
  { tag: [tags.separator, tags.punctuation, tags.squareBracket, tags.brace], color: "var(--quiet)" },
]);

/** Makes an editor in a host's own shadow root. */
export function createEditor(host: HTMLElement, beginning: Beginning): Holder {
  const { name, text, selection, focused, changed, pointed, fits, pasted, known } = beginning;
  const root = host.attachShadow({ mode: "open" });
  /** Our own settings of the text, of which the page knows already. */
  let silent = false;

  const extensions = [
    lineNumbers(),
    lintGutter(),
    history(),
    highlightActiveLine(),
    indentUnit.of("  "),
    indentOnInput(),
    bracketMatching(),
    assist(name === "Cluster" ? "Node" : "DaemonSet", known),
    // Tab is not bound: it leaves the editor, as the keyboard expects.
    keymap.of([...defaultKeymap, ...historyKeymap]),
    theme,
    syntaxHighlighting(colours),
    colouring(text.length),
    lighting(pointed),
    EditorView.contentAttributes.of({ "aria-label": name, spellcheck: "false", autocapitalize: "off" }),
    EditorView.domEventHandlers({
      // What would make the text too long for an editor never gets into it.
      paste(event, view) {
        const text = event.clipboardData?.getData("text/plain") ?? "";
        const { from, to } = view.state.selection.main;
        const { doc } = view.state;
        if (fits(doc.length - (to - from) + text.length)) return false;
        pasted(doc.sliceString(0, from) + text + doc.sliceString(to));
        event.preventDefault();
        return true;
      },
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged && !silent) changed(update.state.doc.toString());
    }),
  ];
  const doc = EditorState.create({ doc: text }).doc;
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc,
      selection: { anchor: Math.min(selection.start, doc.length), head: Math.min(selection.end, doc.length) },
      extensions,
    }),
  });
  // The scroller can be reached by keyboard, which a region that scrolls must be.
  view.scrollDOM.tabIndex = 0;
  if (focused) view.focus();

  return {
    text: () => view.state.doc.toString(),
    setText(text) {
      silent = true;
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: text },
        selection: { anchor: 0 },
        scrollIntoView: true,
        annotations: Transaction.userEvent.of("input.paste"),
      });
      silent = false;
    },
    mark(findings) {
      const marks = findings
        .slice(0, MOST_MARKS)
        .flatMap((finding) => markOf(view.state.doc, finding))
        .sort((a, b) => a.from - b.from);
      view.dispatch(setDiagnostics(view.state, marks));
    },
    light: (lines) => light(view, lines),
    edit(place, insert) {
      view.dispatch({ changes: { ...rangeOf(view.state.doc, place), insert }, scrollIntoView: true });
    },
    line: ({ start }) => (start.line <= view.state.doc.lines ? view.state.doc.line(start.line).text : undefined),
    focus: () => view.focus(),
    goTo(place) {
      const { from, to } = rangeOf(view.state.doc, place);
      view.dispatch({
        selection: { anchor: from, head: to },
        effects: EditorView.scrollIntoView(from, { y: "center" }),
      });
      view.focus();
    },
  };
}

/** The language, as long as the text is not too long for it. */
function colouring(length: number): Extension {
  const language = new Compartment();
  const fitting = (length: number): Extension => (length <= COLOURED_UNITS ? yaml() : []);
  return [
    language.of(fitting(length)),
    EditorState.transactionExtender.of(({ docChanged, startState, newDoc }) => {
      const changes = docChanged && startState.doc.length <= COLOURED_UNITS !== newDoc.length <= COLOURED_UNITS;
      return changes ? { effects: language.reconfigure(fitting(newDoc.length)) } : null;
    }),
  ];
}

function markOf(doc: Text, { location, severity, message, help, code }: Diagnostic): Mark[] {
  if (!location) return [];
  const { from, to } = rangeOf(doc, location);
  // Only the first line of a long place is marked. A place without a length is drawn as the character that stands
  // there, or the one before it.
  const line = doc.lineAt(from);
  const end = to > from ? Math.min(to, Math.max(line.to, from + 1)) : Math.min(from + 1, line.to);
  const start = end > from ? from : Math.max(line.from, from - 1);
  return [{ from: start, to: end, severity, source: code, message: help ? `${message}\n${help}` : message }];
}

function rangeOf(doc: Text, { start, end }: Location): { from: number; to: number } {
  const from = offset(doc, start);
  return { from, to: Math.max(from, offset(doc, end)) };
}

/** The offset of a place, clamped: an answer may be older than the text. */
function offset(doc: Text, { line, column }: Location["start"]): number {
  if (line > doc.lines) return doc.length;
  const at = doc.line(Math.max(1, line));
  return Math.min(at.from + Math.max(0, column - 1), at.to);
}
