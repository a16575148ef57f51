// Other names in the place of those of nodes, pods, namespaces and DaemonSets, the same everywhere.
//
// A name is replaced wherever it stands as a whole word in a value: so a label `kubernetes.io/hostname`, an owner, a
// selector and a table's column change with it, and the plan stays what it was. The new name is as long as the old
// one, because the columns of tables stand at fixed places. Keys are never touched.

import type { Shared } from "./link.js";

export interface Names {
  nodes: Iterable<string>;
  pods: Iterable<string>;
  namespaces: Iterable<string>;
  daemonSets: Iterable<string>;
}

/** Namespaces whose name means something to the platform, and says nothing about whose cluster it is. */
const STAYS = /^(default|kube-.*|openshift|openshift-.*)$/;
/** Words that mean something as values, and numbers: replacing them would change the text's meaning. */
const WORDS = /^(true|false|null|yes|no|on|off|y|n|v\d.*|apps|linux|windows|amd64|arm64|worker|master|[\d.]+)$/;
/** The characters of a whole word. */
const WORD = /[A-Za-z0-9][A-Za-z0-9._/-]*/g;
const CODE = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Old name to new name. */
export function pseudonyms(names: Names): Map<string, string> {
  const old = new Map<string, string>();
  const add = (kind: string, all: Iterable<string>): void => {
    for (const name of all) if (name !== "" && !WORDS.test(name) && !STAYS.test(name)) old.set(name, kind);
  };
  // A name of two kinds is of the first that has it here last.
  add("pod", names.pods);
  add("namespace", names.namespaces);
  add("set", names.daemonSets);
  add("node", names.nodes);
  // A node's name is often a domain's, and its first part stands alone as its host name.
  for (const name of names.nodes) {
    const [host = ""] = name.split(".");
    if (host !== name && !old.has(host)) add("node", [host]);
  }

  // Not one that is there already, and not one twice.
  const taken = new Set(old.keys());
  const numbers = new Map<string, number>();
  const given = new Map<string, string>();
  for (const name of [...old.keys()].sort()) {
    const kind = old.get(name) ?? "node";
    for (;;) {
      const series = `${kind} ${name.length}`;
      const number = (numbers.get(series) ?? 0) + 1;
      numbers.set(series, number);
      const other = madeUp(kind, number, name.length);
      if (other !== undefined && taken.has(other)) continue;
      // None of this length is left: it keeps its name.
      if (other !== undefined) {
        taken.add(other);
        given.set(name, other);
      }
      break;
    }
  }
  // Pods are made from their DaemonSet's name and a hyphen.
  for (const name of names.daemonSets) {
    const other = given.get(name);
    if (other !== undefined) given.set(`${name}-`, `${other}-`);
  }
  return given;
}

/** `node-0007`, or letters and digits where that is too long; a letter first, as names must have it. */
function madeUp(kind: string, number: number, length: number): string | undefined {
  const digits = String(number);
  const room = length - kind.length - 1;
  if (room >= digits.length) return `${kind}-${digits.padStart(room, "0")}`;
  let rest = number;
  let name = "";
  for (let place = 1; place < length; place++) {
    name = (CODE[rest % CODE.length] ?? "") + name;
    rest = Math.floor(rest / CODE.length);
  }
  return rest < 26 ? (CODE[rest] ?? "") + name : undefined;
}

export function anonymised(text: string, given: ReadonlyMap<string, string>): string {
  return text.replace(WORD, (word, at: number) => {
    // A sentence's full stop, or a path's last stroke, is no part of the name.
    const name = word.replace(/[./]+$/, "");
    const other = given.get(name);
    if (other === undefined) return word;
    return isKey(text, at + word.length) ? word : other + word.slice(name.length);
  });
}

/** Whether a colon makes what ends here a key. */
function isKey(text: string, end: number): boolean {
  return /^["']?[ \t]*:(\s|$|["'{[])/.test(text.slice(end, end + 16));
}

export function anonymisedWork(shared: Shared, given: ReadonlyMap<string, string>): Shared {
  const { d, t, f } = shared;
  return {
    ...shared,
    ...(d === undefined
      ? {}
      : {
          d: d
            .split("/")
            .map((name) => given.get(name) ?? name)
            .join("/"),
        }),
    t: { DaemonSet: anonymised(t.DaemonSet, given), Cluster: anonymised(t.Cluster, given) },
    // The names of files tell as much; findings need some name.
    ...(f ? { f: f.map(([, text], index): [string, string] => [`file-${index + 1}`, anonymised(text, given)]) } : {}),
  };
}
