// What every command beside the check has in common.

import type { Command } from "commander";
import type { ExitCode } from "../exit-code.ts";

/** What a command does once its arguments are understood. */
export type Run = (version: string) => Promise<ExitCode>;

export interface Subcommand {
  /** Adds arguments, options and help to a fresh program, whose action calls `ask`. */
  readonly describe: (program: Command, ask: (run: Run) => void) => void;
}
