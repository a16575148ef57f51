// What an editor can offer from the cluster: labels of the nodes where the DaemonSet selects nodes, taints where it
// tolerates them.

import type { Taint } from "../taints.js";
import type { LineReader } from "./fields.js";
import { placeAt } from "./fields.js";

export interface Known {
  /** Labels of the nodes, values by key. */
  labels: Readonly<Record<string, readonly string[]>>;
  /** Taints that keep pods away now. */
  taints: readonly Taint[];
}

export interface Wanted {
  /** What is typed of it already. */
  typed: string;
  /** Whether it is the key of a map, which a colon follows. */
  key: boolean;
  from(known: Known): readonly string[];
}

/** Lines between an expression's key and its values. */
const MOST_LINES = 100;
const TEXT = String.raw`([\w./-]*)`;
const KEY = new RegExp(`^([ -]*)${TEXT}$`);
const VALUE = new RegExp(`^([ -]*)([\\w./-]+):[ ]+${TEXT}$`);

/**
 * What the cluster knows of the place behind a piece of a line.
 *
 * @param before the line up to the cursor
 * @param usual the kind of an object that does not say its kind
 */
export function wantedAt(lineAt: LineReader, number: number, before: string, usual: string): Wanted | undefined {
  const value = VALUE.exec(before);
  if (value) {
    const [, indent = "", name = "", typed = ""] = value;
    const from = fieldFrom(lineAt, number, indent.length, name, usual);
    return from && { typed, key: false, from };
  }
  const key = KEY.exec(before);
  if (!key) return undefined;
  const [, indent = "", typed = ""] = key;
  const { path } = placeAt(lineAt, number, indent.length, usual);
  const [above, field] = path.slice(-2);
  if (field === "nodeSelector") return { typed, key: true, from: ({ labels }) => Object.keys(labels) };
  if (field === "values" && above === "matchExpressions" && path.includes("nodeAffinity")) {
    const name = textBeside(lineAt, number, 0, "key");
    return { typed, key: false, from: ({ labels }) => values(labels, name) };
  }
  return undefined;
}

function fieldFrom(
  lineAt: LineReader,
  number: number,
  column: number,
  name: string,
  usual: string,
): Wanted["from"] | undefined {
  const { path, type } = placeAt(lineAt, number, column, usual);
  if (path.at(-1) === "nodeSelector") return ({ labels }) => values(labels, name);
  if (type === "NodeSelectorRequirement" && name === "key" && path.at(-1) === "matchExpressions") {
    return ({ labels }) => Object.keys(labels);
  }
  if (type !== "Toleration") return undefined;
  if (name === "key") return ({ taints }) => taints.map(({ key }) => key);
  if (name !== "value") return undefined;
  const key = textBeside(lineAt, number, column, "key");
  return ({ taints }) => taints.flatMap((taint) => (taint.key === key && taint.value !== "" ? taint.value : []));
}

function values(labels: Known["labels"], key: string | undefined): readonly string[] {
  return key !== undefined && Object.hasOwn(labels, key) ? (labels[key] ?? []) : [];
}

/** The text of a field that stands above, in the same object or the one around; the lines between are deeper. */
function textBeside(lineAt: LineReader, number: number, column: number, name: string): string | undefined {
  const field = new RegExp(`^[ -]*${name}:\\s*["']?([^\\s"'#]+)`);
  for (let at = number - 1; at >= Math.max(1, number - MOST_LINES); at--) {
    const line = lineAt(at);
    const found = field.exec(line)?.[1];
    if (found !== undefined) return found;
    if (line.trim() !== "" && line.search(/[^ -]/) < column) return undefined;
  }
  return undefined;
}

/** A value as YAML has it for a text. */
export function quoted(text: string): string {
  return text === "" || /^(true|false|yes|no|on|off|null|y|n|[-.\d].*)$/i.test(text) ? JSON.stringify(text) : text;
}
