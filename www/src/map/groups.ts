// Puts the nodes of a map into groups.

import type { DaemonSetAnswer, Labels, Rows } from "../protocol.js";
import { groupsAt } from "../rows.js";
import { VERDICTS, WORDS } from "../verdict.js";

/** Ways of grouping that are no labels; a label's key holds no space. */
export const BY_VERDICT = "by verdict";
export const BY_REASON = "by reason";

export interface Group {
  title: string;
  /** The value of the label; null for nodes without it, undefined where the group is no label's. */
  value: string | null | undefined;
  rows: Uint32Array;
}

/** The groups that have nodes; one without a title where nothing is grouped. */
export function grouped(set: DaemonSetAnswer, labels: Labels, by: string | undefined): Group[] {
  const { rows } = set;
  if (by === BY_VERDICT) {
    const titles = VERDICTS.map((verdict) => ({ title: WORDS[verdict], value: undefined }));
    return fillGroups(titles, rows, (row) => rows.verdicts[row] ?? 0);
  }
  if (by === BY_REASON) {
    const titles = [...set.groups.map(({ summary }) => summary), "nothing to say"];
    return fillGroups(
      titles.map((title) => ({ title, value: undefined })),
      rows,
      (row) => groupsAt(rows, row)[0] ?? set.groups.length,
    );
  }
  if (by !== undefined && labels.key === by) {
    const titles = labels.values.map((value) => ({ title: titleOf(by, value), value: value ?? null }));
    return fillGroups(titles, rows, (row) => labels.codes[row] ?? 0);
  }
  const all = new Uint32Array(rows.count);
  for (let row = 0; row < all.length; row++) all[row] = row;
  return [{ title: "", value: undefined, rows: all }];
}

function titleOf(key: string, value: string | undefined): string {
  const short = key.split("/").at(-1) ?? key;
  if (value === undefined) return `no ${short}`;
  return value === "" ? short : value;
}

function fillGroups(titles: Omit<Group, "rows">[], rows: Rows, codeOf: (row: number) => number): Group[] {
  const lists: number[][] = titles.map(() => []);
  for (let row = 0; row < rows.count; row++) lists[codeOf(row)]?.push(row);
  return titles.flatMap(({ title, value }, code) => {
    const list = lists[code] ?? [];
    return list.length > 0 ? { title: `${title} · ${list.length}`, value, rows: Uint32Array.from(list) } : [];
  });
}
