// What the command line writes: answers to standard output, everything else to standard error.

/** Prints an answer. */
export function print(text: string): void {
  if (text !== "") process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
}

/** Says what went wrong with the command itself. */
export function complain(message: string, hint?: string): void {
  process.stderr.write(`daemonset-planner: ${message}\n${hint === undefined ? "" : `${hint}\n`}`);
}

/** Prints findings, with colours if a person looks at them. */
export function printFindings(text: string): void {
  if (text !== "") process.stderr.write(wantsColour() ? coloured(text) : text);
}

/** Ends quietly when the reader of a pipe has seen enough. */
export function quietOnBrokenPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      process.exit();
    });
  }
}

// NO_COLOR and FORCE_COLOR count if they are set and not empty; FORCE_COLOR=0 means no.
function wantsColour(): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (FORCE_COLOR) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return !NO_COLOR && TERM !== "dumb" && process.stderr.isTTY === true;
}

const COLOUR: Record<string, string> = { error: "31", warning: "33", info: "36" };

function coloured(text: string): string {
  return text
    .replace(/^(.*?: )?(error|warning|info)(\[\w+\])/gm, (_, place = "", level: string, code: string) => {
      return `${place && `\x1b[1m${place}\x1b[22m`}\x1b[1;${COLOUR[level]}m${level}${code}\x1b[0m`;
    })
    .replace(/\^+/g, (caret) => `\x1b[1;31m${caret}\x1b[0m`);
}
