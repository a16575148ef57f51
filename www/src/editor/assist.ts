// Completion of field names and of the values that there are few of, and what a field is on hover.

import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
} from "@codemirror/autocomplete";
import type { Extension, Text } from "@codemirror/state";
import { type EditorView, hoverTooltip, keymap } from "@codemirror/view";
import { END, fieldOf, fieldsOf, opens, placeAt, shapeText } from "./fields.js";
import { type Known, quoted, wantedAt } from "./known.js";
import { KINDS, meaningOf, VALUES } from "./words.js";

/** Longer lines are data, not fields. */
const MOST_COLUMNS = 500;

/**
 * @param usual the kind of an object that does not say its kind
 * @param known gives what the cluster has
 */
export function assist(usual: string, known: () => Promise<Known>): Extension {
  const fromCluster = (context: CompletionContext): Promise<CompletionResult | null> => offer(context, usual, known);
  return [
    autocompletion({
      override: [(context) => complete(context, usual), fromCluster],
      icons: false,
      defaultKeymap: false,
    }),
    keymap.of([...completionKeymap]),
    hoverTooltip((view, position) => hover(view, position, usual)),
  ];
}

function lineReader(doc: Text): (number: number) => string {
  return (number) => (number < 1 || number > doc.lines ? END : doc.line(number).text);
}

function complete(context: CompletionContext, usual: string): CompletionResult | null {
  const { doc } = context.state;
  const line = doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  if (line.length > MOST_COLUMNS || before.includes("#")) return null;
  const lineAt = lineReader(doc);

  const value = /^([ -]*?)([A-Za-z]\w*):[ ]+(\S*)$/.exec(before);
  if (value) {
    const [, indent = "", name = "", typed = ""] = value;
    const { path, type } = placeAt(lineAt, line.number, indent.length, usual);
    const options = valuesOf(type, name, path.length);
    if (options.length === 0) return null;
    return { from: context.pos - typed.length, options: options.map((label) => ({ label })), validFor: /^\S*$/ };
  }

  const key = /^([ -]*)([A-Za-z]\w*)?$/.exec(before);
  if (!key) return null;
  const [, indent = "", typed = ""] = key;
  if (typed === "" && !context.explicit) return null;
  const { type } = placeAt(lineAt, line.number, indent.length, usual);
  if (type === undefined) return null;
  const there = siblings(lineAt, line.number, indent.length);
  const options = fieldsOf(type)
    .filter(({ name }) => !there.has(name))
    .map(({ name, shape, required }): Completion => {
      const meaning = meaningOf(type, name);
      return {
        label: name,
        detail: shapeText(shape) + (required ? ", required" : ""),
        apply: `${name}:${opens(shape) ? "" : " "}`,
        // What decides stands first.
        ...(meaning ? { info: meaning, boost: 20 } : required ? { boost: 10 } : {}),
      };
    });
  return { from: context.pos - typed.length, options, validFor: /^\w*$/ };
}

/** Labels and taints that are there. */
async function offer(
  context: CompletionContext,
  usual: string,
  known: () => Promise<Known>,
): Promise<CompletionResult | null> {
  const { doc } = context.state;
  const line = doc.lineAt(context.pos);
  if (line.length > MOST_COLUMNS) return null;
  const wanted = wantedAt(lineReader(doc), line.number, line.text.slice(0, context.pos - line.from), usual);
  if (!wanted) return null;
  const { typed, key, from } = wanted;
  if (typed === "" && key && !context.explicit) return null;
  const found = [...new Set(from(await known()))].sort();
  // Who has typed it all wants no list that takes the next Enter.
  if (found.length === 0 || found.includes(typed)) return null;
  const detail = "in this cluster";
  const options = found.map((label) => ({ label, detail, apply: key ? `${label}: ` : quoted(label) }));
  return { from: context.pos - typed.length, options };
}

function valuesOf(type: string | undefined, field: string, depth: number): readonly string[] {
  if (depth === 0 && field === "kind") return KINDS;
  if (depth === 0 && field === "apiVersion") return ["apps/v1", "v1"];
  const shape = type === undefined ? undefined : fieldOf(type, field)?.shape;
  if (shape === "boolean") return ["true", "false"];
  const named = shape?.startsWith("text ") ? shape.slice(5) : "";
  return Object.hasOwn(VALUES, named) ? (VALUES[named] ?? []) : [];
}

/** The fields that stand beside the one at a place. */
function siblings(lineAt: (number: number) => string, number: number, column: number): Set<string> {
  const names = new Set<string>();
  for (const step of [-1, 1]) {
    for (let at = number + step; Math.abs(at - number) < 1000; at += step) {
      const text = lineAt(at);
      if (/^(---|\.\.\.)/.test(text)) break;
      const indent = /^[ -]*/.exec(text)?.[0].length ?? 0;
      if (text.trim() === "" || indent > column) continue;
      if (indent < column) break;
      const name = /^([A-Za-z]\w*):/.exec(text.slice(column))?.[1];
      const begins = text.slice(0, column).includes("-");
      // A dash begins another item: upwards it is this item's first line, downwards it is the next one's.
      if (begins && step > 0) break;
      if (name) names.add(name);
      if (begins) break;
    }
  }
  return names;
}

function hover(view: EditorView, position: number, usual: string) {
  const { doc } = view.state;
  const line = doc.lineAt(position);
  if (line.length > MOST_COLUMNS) return null;
  const key = /^([ -]*)([A-Za-z]\w*):(?=\s|$)/.exec(line.text);
  const [, indent = "", name = ""] = key ?? [];
  const from = line.from + indent.length;
  const to = from + name.length;
  if (name === "" || position < from || position > to) return null;
  const { path, type } = placeAt(lineReader(doc), line.number, indent.length, usual);
  const field = type === undefined ? undefined : fieldOf(type, name);
  if (type === undefined || !field) return null;
  const meaning = meaningOf(type, name);
  // Made by hand, so that the editor shares no code with the page: that would be one more file to wait for.
  const dom = document.createElement("div");
  dom.className = "cm-field";
  const title = document.createElement("code");
  title.textContent = [...path, name].join(".");
  dom.append(title);
  for (const text of [shapeText(field.shape) + (field.required ? ", required" : ""), meaning]) {
    if (text === undefined) continue;
    const line = document.createElement("div");
    line.textContent = text;
    dom.append(line);
  }
  return { pos: from, end: to, above: true, create: () => ({ dom }) };
}
