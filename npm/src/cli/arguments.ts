// From the words of the command line to a request, or an error that names the word and what was meant.

import { parseArgs } from "node:util";

import type { ReportFormat } from "../api.js";
import { didYouMean } from "../nearest.js";
import type { Platform, SettingsOverrides } from "../wasm/types.js";

/** Exit codes. */
export const EXIT = {
  /** Planned. */
  planned: 0,
  /** Planned, with findings of level error. */
  findings: 1,
  /** Usage, or nothing usable was read. */
  usage: 2,
} as const;

/** Something to tell the person who typed the command. */
export class CliError extends Error {
  /** Where to read on. */
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

export const COMMANDS = ["plan", "explain", "pod", "merge"] as const;
export type Command = (typeof COMMANDS)[number];
export type Topic = Command | "general";

/** What every command works on. */
export interface Question {
  /** Files, folders, `-`. */
  files: string[];
  platform: Platform;
  settings: SettingsOverrides;
  /** A file whose text becomes `podNodeSelectorConfig`. */
  podNodeSelectorConfigFile: string | undefined;
  /** The time of the sync, for `minReadySeconds`. */
  now: string | undefined;
}

/** How `pod` prints. */
export type PodFormat = "yaml" | "json";

export type Request =
  | { command: "help"; topic: Topic }
  | { command: "version" }
  | ({ command: "plan"; output: ReportFormat } & Question)
  | ({ command: "explain"; node: string } & Question)
  | ({ command: "pod"; node: string; daemonSet: string | undefined; output: PodFormat } & Question)
  | ({ command: "merge" } & Question);

export const PLATFORMS: readonly Platform[] = ["kubernetes", "kubernetes-podnodeselector", "openshift-4"];
const FORMATS: readonly ReportFormat[] = ["table", "wide", "json", "yaml", "name"];
const POD_FORMATS: readonly PodFormat[] = ["yaml", "json"];

/** Admission plugins that read node selectors, and the switch of each. */
const PLUGINS = {
  PodNodeSelector: "podNodeSelector",
  "scheduling.openshift.io/OriginPodNodeEnvironment": "projectNodeSelector",
} as const satisfies Record<string, keyof SettingsOverrides>;

/** `string` takes a value, `switch` may take one after `=`, `flag` takes none. */
const FLAGS = {
  filename: { kind: "string", short: "f", commands: COMMANDS },
  output: { kind: "string", short: "o", commands: ["plan", "pod"] },
  daemonset: { kind: "string", commands: ["pod"] },
  now: { kind: "string", commands: COMMANDS },
  platform: { kind: "string", commands: COMMANDS },
  "enable-admission-plugins": { kind: "string", commands: COMMANDS },
  "disable-admission-plugins": { kind: "string", commands: COMMANDS },
  "pod-node-selector-config": { kind: "string", commands: COMMANDS },
  "default-node-selector": { kind: "string", commands: COMMANDS },
  "project-default-node-selector": { kind: "string", commands: COMMANDS },
  "controller-asks-annotations": { kind: "switch", commands: COMMANDS },
  help: { kind: "flag", short: "h", commands: COMMANDS },
  version: { kind: "flag", commands: COMMANDS },
} as const satisfies Record<
  string,
  { kind: "string" | "switch" | "flag"; short?: string; commands: readonly Command[] }
>;
type Flag = keyof typeof FLAGS;

/** Reads the words after the program's name. */
export function parse(argv: readonly string[]): Request {
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(
      Object.entries(FLAGS).map(([name, flag]) => [
        name,
        { type: flag.kind === "string" ? "string" : "boolean", ...("short" in flag ? { short: flag.short } : {}) },
      ]),
    ),
  });

  const words: string[] = [];
  const options: { flag: Flag; raw: string; value: string | undefined }[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") words.push(token.value);
    if (token.kind !== "option") continue;
    if (!isFlag(token.name)) throw unknownFlag(token.rawName, words[0]);
    // `-f=x` is `-f x`, as in kubectl.
    const short = !token.rawName.startsWith("--");
    const value = short && token.value?.startsWith("=") ? token.value.slice(1) : token.value;
    options.push({ flag: token.name, raw: token.rawName, value });
  }

  const has = (flag: Flag) => options.some((option) => option.flag === flag);
  const word = words.shift();
  if (word === "help" || word === undefined || has("help")) {
    const topic = word === "help" ? words[0] : word;
    if (topic === undefined && argv.length > 0 && !has("help") && word !== "help") {
      if (has("version")) return { command: "version" };
      throw new CliError(`a command is missing: ${COMMANDS.join(", ")}`, seeHelp());
    }
    return { command: "help", topic: topic === undefined ? "general" : asCommand(topic) };
  }
  if (has("version") || word === "version") return { command: "version" };

  const command = asCommand(word);
  const question: Question = {
    files: [],
    platform: "kubernetes",
    settings: {},
    podNodeSelectorConfigFile: undefined,
    now: undefined,
  };
  let output: ReportFormat = "table";
  let podOutput: PodFormat = "yaml";
  let daemonSet: string | undefined;
  for (const { flag, raw, value } of options) {
    const known = FLAGS[flag];
    if (!(known.commands as readonly Command[]).includes(command)) {
      throw new CliError(`${command} has no flag ${raw}`, seeHelp(command));
    }
    if (known.kind === "string" && value === undefined) throw new CliError(`${raw} needs a value`, seeHelp(command));
    const text = value ?? "";
    if (flag === "filename") question.files.push(text);
    else if (flag === "output" && command === "pod") {
      podOutput = oneOf(text, POD_FORMATS, `a value of ${raw}`, command);
    } else if (flag === "output") output = oneOf(text, FORMATS, `a value of ${raw}`, command);
    else if (flag === "daemonset") daemonSet = text;
    else if (flag === "now") question.now = text;
    else if (flag === "platform") question.platform = oneOf(text, PLATFORMS, `a value of ${raw}`, command);
    else setSwitch(question, flag, raw, value, command);
  }

  if (command === "explain" || command === "pod") {
    const node = words.shift();
    if (node === undefined) throw new CliError(`${command} needs the name of a node`, seeHelp(command));
    expectNoMore(words, command);
    const rest = withFiles(question, command);
    return command === "explain"
      ? { command, node, ...rest }
      : { command, node, daemonSet, output: podOutput, ...rest };
  }
  expectNoMore(words, command);
  return command === "plan"
    ? { command, output, ...withFiles(question, command) }
    : { command, ...withFiles(question, command) };
}

function setSwitch(question: Question, flag: Flag, raw: string, value: string | undefined, command: Command): void {
  const { settings } = question;
  const text = value ?? "";
  switch (flag) {
    case "enable-admission-plugins":
    case "disable-admission-plugins":
      for (const plugin of text.split(",").map((name) => name.trim())) {
        if (plugin === "") continue;
        settings[PLUGINS[asPlugin(plugin, raw, command)]] = flag === "enable-admission-plugins";
      }
      break;
    case "pod-node-selector-config":
      question.podNodeSelectorConfigFile = text;
      break;
    case "default-node-selector":
      settings.defaultNodeSelector = text;
      break;
    case "project-default-node-selector":
      settings.controllerDefaultNodeSelector = text;
      break;
    case "controller-asks-annotations":
      settings.controllerAsksAnnotations =
        value === undefined || oneOf(text, ["true", "false"], `a value of ${raw}`, command) === "true";
      break;
    default:
      throw new CliError(`${raw} takes no value`, seeHelp(command));
  }
}

function withFiles(question: Question, command: Command): Question {
  if (question.files.length === 0) {
    throw new CliError("nothing to read: name a file or folder with -f, or standard input with -f -", seeHelp(command));
  }
  return question;
}

function expectNoMore(words: readonly string[], command: Command): void {
  const [word] = words;
  if (word === undefined) return;
  throw new CliError(
    `${command} does not know what to do with ${quote(word)}; files are named with -f`,
    seeHelp(command),
  );
}

function asCommand(word: string): Command {
  const command = COMMANDS.find((known) => known === word);
  if (command) return command;
  throw new CliError(
    `there is no command ${quote(word)}${didYouMean(word, [...COMMANDS, "help", "version"])}`,
    seeHelp(),
  );
}

function asPlugin(name: string, flag: string, command: Command): keyof typeof PLUGINS {
  const names = Object.keys(PLUGINS) as (keyof typeof PLUGINS)[];
  return oneOf(name, names, `a plugin of ${flag} that reads node selectors`, command);
}

function oneOf<T extends string>(text: string, known: readonly T[], what: string, command: Command): T {
  const found = known.find((one) => one === text);
  if (found !== undefined) return found;
  const meant = didYouMean(text, known);
  const choice = meant === "" ? `; known are ${known.join(", ")}` : meant;
  throw new CliError(`${quote(text)} is not ${what}${choice}`, seeHelp(command));
}

function isFlag(name: string): name is Flag {
  return Object.hasOwn(FLAGS, name);
}

function unknownFlag(raw: string, word: string | undefined): CliError {
  const names = Object.keys(FLAGS).map((name) => `--${name}`);
  const meant = raw.startsWith("--") ? didYouMean(raw, names) : "";
  const command = COMMANDS.find((known) => known === word);
  return new CliError(`there is no flag ${raw}${meant}`, seeHelp(command));
}

function seeHelp(command?: Command): string {
  return `Run 'daemonset-planner ${command ? `${command} ` : ""}--help' for what there is.`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
