// argv to what is asked. Knows the options and their spelling, not what they do; loads commander.

import { Command, CommanderError, Option } from "commander";
import { FORMATS, type Format } from "../report/index.ts";
import { type CommandName, isCommandName } from "./commands/index.ts";
import { SUMMARY, TEACHING } from "./help.ts";
import type { VariableOption } from "./subject.ts";
import { fromCommander, unknownName, usageError } from "./usage-problems.ts";

export interface CheckOptions {
  /** Paths, `-` for standard input, `name=path`, and patterns; at least one. */
  readonly inputs: readonly string[];
  readonly others: readonly string[];
  /** Whether several inputs are one estate; else each is judged by itself. */
  readonly combine: boolean;
  /** How many inputs there have to be. */
  readonly expect: number | undefined;
  /** The plan's code: a directory or a saved plan. */
  readonly source: string | undefined;
  readonly variables: readonly VariableOption[];
  /** Whether comments in the code may waive. */
  readonly inlineWaivers: boolean;
  /** The terraform or tofu that reads saved plans. */
  readonly terraform: string | undefined;
  readonly format: Format;
  readonly outputs: readonly Output[];
  /** NAME@VERSION. */
  readonly benchmark: string | undefined;
  readonly controls: readonly string[];
  /** Files and directories of the user's own policies. */
  readonly policies: readonly string[];
  /** `undefined`: the one found from the working directory upwards, if any. */
  readonly config: string | undefined;
  readonly undecided: "fail" | "pass" | undefined;
  readonly acceptPending: true | undefined;
  readonly softFail: boolean;
  readonly verbosity: "quiet" | "normal" | "verbose";
  /** `undefined`: neither --color nor --no-color. */
  readonly color: boolean | undefined;
}

/** A report for a file, beside the one on stdout. */
export interface Output {
  readonly format: Format;
  readonly path: string;
}

export type CommandLine =
  | { readonly kind: "check"; readonly options: CheckOptions }
  | { readonly kind: "command"; readonly name: CommandName; readonly argv: readonly string[] }
  /** Help and version. */
  | { readonly kind: "print"; readonly text: string };

/** Throws InputError for a command line that tfcheck does not understand. */
export function parseCommandLine(argv: readonly string[], version: string): CommandLine {
  const [first = "", ...rest] = argv;
  if (isCommandName(first)) return { kind: "command", name: first, argv: rest };
  const asked: CheckOptions[] = [];
  const program = new Command("tfcheck")
    .version(version, "--version", "print the version")
    .enablePositionalOptions();
  const check = new Command("check");
  const named = argv.includes("check") ? [program, check] : [program];
  for (const command of named) describeCheck(command, (options) => asked.push(options));
  program.addCommand(check, { hidden: true });
  const printed = understand(program, argv);
  if (printed !== undefined) return { kind: "print", text: printed };
  const [options] = asked;
  if (options === undefined) throw new Error("commander ran no command");
  return { kind: "check", options };
}

/**
 * Runs the action of what `argv` asks for. Gives the text to print instead where help or the version is asked for.
 * Throws InputError for arguments that the program does not take.
 */
export function understand(program: Command, argv: readonly string[]): string | undefined {
  let printed = "";
  for (const command of [program, ...program.commands]) {
    command
      .exitOverride()
      .showSuggestionAfterError(false)
      .helpOption("-h, --help", "print this help")
      .configureOutput({ writeOut: (text) => (printed += text), writeErr: () => undefined });
  }
  try {
    program.parse(argv, { from: "user" });
    return undefined;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return printed;
    throw fromCommander(error, flagsOf(program), program.name());
  }
}

/** Of `check`; the other commands have some of them. */
export interface Flags {
  readonly format?: Format;
  readonly output?: readonly Output[];
  readonly with?: readonly string[];
  readonly combine?: true;
  readonly expect?: number;
  readonly source?: string;
  readonly terraform?: string;
  readonly inline?: boolean;
  readonly benchmark?: string;
  readonly control?: readonly string[];
  readonly policy?: readonly string[];
  readonly config?: string;
  readonly undecided?: "fail" | "pass";
  readonly acceptPending?: true;
  readonly softFail?: true;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly color?: boolean;
}

function describeCheck(command: Command, ask: (options: CheckOptions) => void): Command {
  const variables: VariableOption[] = [];
  takesInputs(command.description(SUMMARY), variables)
    .option("-f, --format <format>", `format of the report on stdout: ${FORMATS.join(", ")}`, toFormat)
    .option("-o, --output <format=path>", "write a report to a file as well; repeatable", collect(toOutput));
  return takesOutcome(takesControls(command))
    .option("--debug", "on a bug in tfcheck, show where it happened")
    .addHelpText("after", TEACHING)
    .action((inputs: readonly string[], flags: Flags) => ask(optionsOf(inputs, flags, variables)));
}

/** What is read: a plan or code, and what stands beside it. `variables` is filled in the order of the arguments. */
export function takesInputs(command: Command, variables: VariableOption[]): Command {
  return command
    .argument(
      "<plan...>",
      "a plan or state in JSON (terraform show -json), - for standard input, a saved plan, a stored state, or a directory of code; several, patterns and name=path too",
    )
    .option(
      "--with <file>",
      "a stack that holds other parts of the chain, as it stands: anything that can be checked; repeatable",
      collect(String),
    )
    .option("--combine", "take several inputs as one estate; else each is judged by itself")
    .option("--expect <number>", "could not check unless there are that many inputs", toNumber)
    .option("--source <path>", "the code of the plan: its directory, or the saved plan, which holds it")
    .option("--var <name=value>", "set a variable of the code; repeatable", (text) => {
      variables.push(toVariable(text));
    })
    .option("--var-file <file>", "set variables of the code from a file; repeatable", (path) => {
      variables.push({ kind: "file", path });
    })
    .option(
      "--terraform <path>",
      "the terraform or tofu that reads a saved plan (default: TFCHECK_TERRAFORM)",
    );
}

/** What is asked of it. */
export function takesControls(command: Command): Command {
  return takesPolicies(
    command
      .option(
        "--benchmark <name@version>",
        "check every control that a benchmark version numbers, by its own text",
      )
      .option(
        "--control <id>",
        "check this control; an id, an id in another register, or a glob; repeatable",
        collect(String),
      ),
  )
    .option("--accept-pending", "take subscriptions that wait for a person's confirmation as confirmed")
    .option("--no-inline", "waivers in comments of the code (# tfcheck:ignore) count for nothing");
}

export function takesPolicies(command: Command): Command {
  return command
    .option("--policy <path>", "a policy of your own, or a directory of them; repeatable", collect(String))
    .option(
      "-c, --config <file>",
      "configuration (default: .tfcheck.yaml here or above, up to the git root)",
    );
}

/** What a report on stdout looks like, and what exit code goes with it. */
export function takesOutcome(command: Command): Command {
  return command
    .addOption(undecidedOption())
    .option("-s, --soft-fail", "exit with 0 where it would be 1 or 3")
    .addOption(new Option("-q, --quiet", "only what is not satisfied, and the counts").conflicts("verbose"))
    .option("--verbose", "all evidence, and what stands behind a control")
    .option("--color", "colours even where nobody seems to look")
    .option("--no-color", "no colours");
}

export function undecidedOption(): Option {
  return new Option(
    "--undecided <fail|pass>",
    "what an undecided control does to the exit code (default: fail)",
  ).argParser(toGate);
}

export function optionsOf(
  inputs: readonly string[],
  flags: Flags,
  variables: readonly VariableOption[],
): CheckOptions {
  const others = flags.with ?? [];
  const repeated = [...inputs, ...others].find((path, position, all) => all.indexOf(path) !== position);
  if (repeated !== undefined) {
    throw usageError({ code: "usage-input-twice", message: `"${repeated}" is given twice` });
  }
  return {
    inputs,
    others,
    combine: flags.combine ?? false,
    expect: flags.expect,
    source: flags.source,
    variables,
    terraform: flags.terraform,
    inlineWaivers: flags.inline ?? true,
    format: flags.format ?? "text",
    outputs: flags.output ?? [],
    benchmark: flags.benchmark,
    controls: flags.control ?? [],
    policies: flags.policy ?? [],
    config: flags.config,
    undecided: flags.undecided,
    acceptPending: flags.acceptPending,
    softFail: flags.softFail ?? false,
    verbosity: flags.quiet ? "quiet" : flags.verbose ? "verbose" : "normal",
    color: flags.color,
  };
}

/** For options that may be repeated. */
export function collect<T>(
  parse: (text: string) => T,
): (text: string, before: readonly T[] | undefined) => readonly T[] {
  return (text, before = []) => [...before, parse(text)];
}

export function toFormat(text: string): Format {
  const format = FORMATS.find((name) => name === text);
  if (format === undefined) throw unknownName("format", text, FORMATS);
  return format;
}

export function toOutput(text: string): Output {
  const at = text.indexOf("=");
  if (at <= 0 || at === text.length - 1) {
    throw usageError({
      code: "usage-output",
      message: `--output wants a format and a path, and "${text}" is not of that form`,
      help: `--output json=${text === "" ? "report.json" : text}`,
    });
  }
  return { format: toFormat(text.slice(0, at)), path: text.slice(at + 1) };
}

function toVariable(text: string): VariableOption {
  const at = text.indexOf("=");
  if (at <= 0) {
    throw usageError({
      code: "usage-variable",
      message: `--var wants a name and a value, and "${text}" is not of that form`,
      help: "--var name=value",
    });
  }
  return { kind: "value", name: text.slice(0, at), text: text.slice(at + 1) };
}

function toNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) {
    throw usageError({ code: "usage-expect", message: `--expect takes a number of inputs, not "${text}"` });
  }
  return Number(text);
}

function toGate(text: string): "fail" | "pass" {
  if (text !== "fail" && text !== "pass") {
    throw usageError({
      code: "usage-undecided",
      message: `--undecided takes "fail" or "pass", not "${text}"`,
    });
  }
  return text;
}

function flagsOf(program: Command): readonly string[] {
  const options = [program, ...program.commands].flatMap((command) => command.options);
  return [...new Set(options.flatMap(({ long }) => long ?? [])), "--help"];
}
