// The command line. Loads nothing but what the command needs: help and version come without the wasm.

import { CliError, EXIT, parse } from "./arguments.js";
import { run } from "./commands.js";
import { HELP } from "./help.js";
import { complain, print, quietOnBrokenPipe } from "./output.js";

declare const PACKAGE_VERSION: string;
declare const KUBERNETES_VERSION: string;

function main(argv: readonly string[]): number {
  const request = parse(argv);
  switch (request.command) {
    case "help":
      print(HELP[request.topic]);
      return EXIT.planned;
    case "version":
      print(`daemonset-planner ${PACKAGE_VERSION} (Kubernetes ${KUBERNETES_VERSION})\n`);
      return EXIT.planned;
    default:
      return run(request);
  }
}

quietOnBrokenPipe();
try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  // People get sentences, never a stack.
  const known = error instanceof CliError;
  complain(error instanceof Error ? error.message : String(error), known ? error.hint : undefined);
  process.exitCode = EXIT.usage;
}
