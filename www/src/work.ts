// What a person works on: the texts, the files and the switches. It is what is kept, shared and opened; everything
// else follows from it.

import type { Platform } from "../../pkg/daemonset_planner.js";
import { INPUTS, type InputName, START, type Switches } from "./state.js";

/** A text, or the bytes of one that is too long for an editor. */
export type Content = string | Blob;

/** An input beside the editors. Its name is how findings call it. */
export interface WorkFile {
  name: string;
  blob: Blob;
}

export interface Work {
  platform: Platform;
  switches: Switches;
  /** `namespace/name` of the DaemonSet that is looked at. */
  daemonSet: string | undefined;
  texts: Record<InputName, Content>;
  files: WorkFile[];
}

/** Texts longer than this (in UTF-16 units) are held as they are, without an editor. */
export const MOST_EDITED = 1_000_000;

const PLATFORMS: readonly string[] = ["kubernetes", "kubernetes-podnodeselector", "openshift-4"] satisfies Platform[];

export function isPlatform(value: unknown): value is Platform {
  return typeof value === "string" && PLATFORMS.includes(value);
}

/** A text as it is held: one that is too long for an editor becomes bytes. */
export function contentOf(text: string): Content {
  return text.length > MOST_EDITED ? new Blob([text]) : text;
}

/** The switches that differ from those that the page starts with. */
export function changedSwitches(switches: Switches): Partial<Switches> {
  return Object.fromEntries(
    Object.entries(switches).filter(([name, value]) => START.switches[name as keyof Switches] !== value),
  );
}

/** Switches from a value that came from elsewhere; what is not one is left out. */
export function readSwitches(value: unknown): Switches {
  const switches = { ...START.switches };
  if (typeof value !== "object" || value === null) return switches;
  const given = new Map(Object.entries(value));
  for (const name of ["defaultNodeSelector", "podNodeSelectorConfig", "controllerDefaultNodeSelector"] as const) {
    const text = given.get(name);
    if (typeof text === "string") switches[name] = text;
  }
  const asks = given.get("controllerAsksAnnotations");
  if (typeof asks === "boolean") switches.controllerAsksAnnotations = asks;
  return switches;
}

/** Whether two works have the same texts, files and switches. */
export function sameWork(a: Work, b: Work): boolean {
  return (
    a.platform === b.platform &&
    JSON.stringify(a.switches) === JSON.stringify(b.switches) &&
    INPUTS.every((name) => a.texts[name] === b.texts[name]) &&
    a.files.length === b.files.length &&
    a.files.every((file, index) => file.blob === b.files[index]?.blob)
  );
}

/** The inputs that are planned, by the name that findings call them. */
export function inputsOf({ texts, files }: Work): Record<string, Content> {
  return { ...texts, ...Object.fromEntries(files.map(({ name, blob }) => [name, blob])) };
}

/** Bytes as people read them: `1.6 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return bytes === 1 ? "1 byte" : `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
