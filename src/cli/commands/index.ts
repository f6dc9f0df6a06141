// The commands beside the check, each loaded when it is called.

import type { ExitCode } from "../exit-code.ts";
import type { Run, Subcommand } from "./command.ts";

const COMMANDS = {
  list: async () => (await import("./list.ts")).list,
  explain: async () => (await import("./explain.ts")).explain,
  pattern: async () => (await import("./pattern.ts")).pattern,
  audit: async () => (await import("./audit.ts")).audit,
  graph: async () => (await import("./graph.ts")).graph,
  suggest: async () => (await import("./suggest.ts")).suggestBlocks,
  baseline: async () => (await import("./baseline.ts")).baseline,
  policy: async () => (await import("./policy.ts")).policy,
  batch: async () => (await import("./batch.ts")).batch,
  render: async () => (await import("./render.ts")).renderAgain,
} satisfies Record<string, () => Promise<Subcommand>>;

export type CommandName = keyof typeof COMMANDS;

/** The first word of a command line that is one of these is no path. */
export function isCommandName(word: string): word is CommandName {
  return Object.hasOwn(COMMANDS, word);
}

export const COMMAND_NAMES: readonly CommandName[] = Object.keys(COMMANDS).filter(isCommandName);

/** Throws InputError for arguments that the command does not take. */
export async function runCommand(
  name: CommandName,
  argv: readonly string[],
  version: string,
): Promise<ExitCode> {
  const asked = await parseCommand(name, argv);
  if (typeof asked !== "string") return asked(version);
  const [{ EXIT }, { print }] = await Promise.all([import("../exit-code.ts"), import("../streams.ts")]);
  await print(asked);
  return EXIT.fine;
}

/** What to run, or the help to print. */
export async function parseCommand(name: CommandName, argv: readonly string[]): Promise<Run | string> {
  const [{ Command }, { understand }, command] = await Promise.all([
    import("commander"),
    import("../command-line.ts"),
    COMMANDS[name](),
  ]);
  const runs: Run[] = [];
  const program = new Command(`tfcheck ${name}`);
  command.describe(program, (run) => runs.push(run));
  program.option("--debug", "on a bug in tfcheck, show where it happened");
  const printed = understand(program, argv);
  if (printed !== undefined) return printed;
  const [run] = runs;
  if (run === undefined) throw new Error("commander ran no command");
  return run;
}
