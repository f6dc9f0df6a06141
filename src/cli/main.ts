// The process around a run: its arguments, streams, clock and exit code. Decides nothing about plans.

import { InputError } from "../model/problem.ts";
import { visible } from "../report/escape.ts";
import { parseCommandLine } from "./command-line.ts";
import { runCommand } from "./commands/index.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { readVersion } from "./installation.ts";
import { printProblems } from "./problems.ts";
import { print, write } from "./streams.ts";

/** Runs the command line of this process. Sets the exit code and lets the streams drain. */
export async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  try {
    process.exitCode = await run(argv);
  } catch (error) {
    process.exitCode = EXIT.couldNotCheck;
    // With nowhere left to say it, the exit code still does.
    await write(process.stderr, describe(error, argv.includes("--debug"))).catch(() => undefined);
  }
}

async function run(argv: readonly string[]): Promise<ExitCode> {
  const version = readVersion();
  const command = parseCommandLine(argv, version);
  switch (command.kind) {
    case "print":
      await print(command.text);
      return EXIT.fine;
    case "command":
      return runCommand(command.name, command.argv, version);
    case "check": {
      const { runCheck } = await import("./run-check.ts");
      return runCheck(command.options, version);
    }
    default:
      return command satisfies never;
  }
}

/** What cannot be used is told problem by problem; anything else that is thrown is a bug, told in one line. */
function describe(error: unknown, debug: boolean): string {
  if (error instanceof InputError) return printProblems(error.problems);
  const [first = ""] = String(error).split("\n", 1);
  const line = `tfcheck: this is a bug in tfcheck, not in your input: ${visible(first)} [bug]\n`;
  if (!debug) return `${line}  help: run again with --debug, and report the bug with what it prints\n`;
  return `${line}${error instanceof Error ? error.stack : ""}\n`;
}
