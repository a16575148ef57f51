// Where the cursor is, as a path of fields, read from the lines' indentation: it works while the text is being typed
// and is no YAML yet. Only lines of block style are understood, which is what people write by hand.

import table from "schema:fields";

/** What may stand at a place. */
export interface Place {
  /** The fields above, from the object down; items of lists are not counted. */
  path: string[];
  /** The type that has the field at this place, if it is known. */
  type: string | undefined;
}

export interface Field {
  name: string;
  /** As in the table: `[]T`, `{}`, `T`, `text`… */
  shape: string;
  required: boolean;
}

/** Gives a line by its number, counted from 1; `END` beyond the first and the last. */
export type LineReader = (number: number) => string;

/** Lines looked at upwards: more than any object has, fewer than would be felt. */
const MOST_LINES = 4000;

const KEY = /^( *)((?:- +)*)("[^"]*"|'[^']*'|[^\s#:'"{}[\],&*!|>%@`-][^\s:]*)\s*:(?=\s|$)/;
const DASHES = /^( *)((?:-(?: +|$))+)/;

interface Entry {
  column: number;
  /** Undefined for a list's dash. */
  key: string | undefined;
}

/** What begins on a line, from left to right: dashes, then perhaps a key. */
function entries(line: string): Entry[] {
  const found: Entry[] = [];
  const dashes = DASHES.exec(line);
  let column = dashes?.[1]?.length ?? 0;
  for (const mark of dashes?.[2] ?? "") {
    if (mark === "-") found.push({ column, key: undefined });
    column++;
  }
  const key = KEY.exec(line);
  const name = key?.[3];
  if (key && name !== undefined) {
    const at = (key[1]?.length ?? 0) + (key[2]?.length ?? 0);
    found.push({ column: at, key: name.replace(/^["']|["']$/g, "") });
  }
  return found;
}

/**
 * The place of a field that begins at a column (counted from 0) of a line.
 *
 * @param lineAt gives a line by its number, counted from 1
 * @param usual the kind of an object that does not say its kind
 */
export function placeAt(lineAt: (number: number) => string, number: number, column: number, usual: string): Place {
  const path: string[] = [];
  // What stands left of this is above us; a list's dash may stand under its key, in the same column.
  let keysBelow = column;
  let dashesBelow = column;
  let top = { line: number, column };
  const end = Math.max(1, number - MOST_LINES);
  for (let at = number; at >= end; at--) {
    const line = lineAt(at);
    if (/^(---|\.\.\.)/.test(line)) break;
    for (const { column, key } of entries(line).reverse()) {
      if (key === undefined) {
        if (column >= dashesBelow) continue;
        dashesBelow = column;
        keysBelow = column + 1;
        top = { line: at, column: column + 2 };
        // A list without a key to its left is a List's items, however far up that stands.
        if (column === 0) return { path, type: typeAt(kindOf(lineAt, top, usual), path) };
      } else if (column < keysBelow) {
        if (column === 0 && key === "items") return { path, type: typeAt(kindOf(lineAt, top, usual), path) };
        path.unshift(key);
        keysBelow = column;
        dashesBelow = column;
      }
    }
    if (keysBelow === 0) break;
  }
  const kind = kindOf(lineAt, { line: number, column: 0 }, usual);
  return { path, type: typeAt(kind, path) };
}

/** The kind of the object whose fields begin at a column, looked for above and below. */
function kindOf(lineAt: (number: number) => string, { line, column }: { line: number; column: number }, usual: string) {
  const kind = new RegExp(`^(?: {${column}}|[ -]{${column}})["']?kind["']?:\\s*["']?(\\w+)`);
  for (const step of [1, -1]) {
    for (let at = line; Math.abs(at - line) < MOST_LINES; at += step) {
      const text = lineAt(at);
      if (text === END) break;
      const found = kind.exec(text)?.[1];
      if (found) return found;
      const other = /^(---|\.\.\.)/.test(text) || (column > 0 && new RegExp(`^ {0,${column - 2}}- `).test(text));
      // The first line of an item has its dash itself; another dash in that column begins another object.
      if (other && at !== line) break;
    }
  }
  return usual;
}

/** A line that is not there: before the first, after the last. */
export const END = "--- end";

export function typeAt(kind: string, path: readonly string[]): string | undefined {
  let type: string | undefined = Object.hasOwn(table, kind) ? kind : undefined;
  for (const name of path) {
    const shape = type === undefined ? undefined : fieldOf(type, name)?.shape;
    type = shape?.replace(/^(\[\])+/, "");
    if (type === undefined || !Object.hasOwn(table, type)) return undefined;
  }
  return type;
}

export function fieldOf(type: string, name: string): Field | undefined {
  const fields = Object.hasOwn(table, type) ? table[type] : undefined;
  const shape = fields && Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (shape === undefined) return undefined;
  return { name, shape: shape.replace(/!$/, ""), required: shape.endsWith("!") };
}

export function fieldsOf(type: string): Field[] {
  return Object.keys((Object.hasOwn(table, type) ? table[type] : undefined) ?? {}).flatMap(
    (name) => fieldOf(type, name) ?? [],
  );
}

/** A shape in words. */
export function shapeText(shape: string): string {
  if (shape === "{}") return "map of texts";
  if (shape.startsWith("[]")) return `list of ${shapeText(shape.slice(2))}`;
  return shape.startsWith("text ") ? `text (${shape.slice(5)})` : shape;
}

/** Whether what stands there goes on in the next line. */
export function opens(shape: string): "map" | "list" | undefined {
  if (shape.startsWith("[]")) return "list";
  return shape === "{}" || Object.hasOwn(table, shape) ? "map" : undefined;
}
