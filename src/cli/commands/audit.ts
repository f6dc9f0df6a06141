// `tfcheck audit`: the same question of what exists now, from what AWS commands print.

import type { Command } from "commander";
import type { AccountFiles } from "../../input/account/read-account.ts";
import { FORMATS } from "../../report/index.ts";
import { readAccountDirectory, refuseUsedDirectory, saveOutputs } from "../account-directory.ts";
import {
  type Flags as CheckFlags,
  collect,
  optionsOf,
  takesControls,
  takesOutcome,
  toFormat,
  toOutput,
} from "../command-line.ts";
import { type ExitCode, exitCodeOf } from "../exit-code.ts";
import { expandInputs } from "../input-paths.ts";
import { withProgress } from "../progress.ts";
import { reportOf, writeReport } from "../run-check.ts";
import { settingsOf } from "../settings.ts";
import { readBeside } from "../subject.ts";
import { usageError } from "../usage-problems.ts";
import type { Subcommand } from "./command.ts";

interface Flags extends CheckFlags {
  readonly live?: true;
  readonly save?: string;
  readonly profile?: string;
  readonly region?: string;
  readonly aws?: string;
}

const TEACHING = `
Examples:
  tfcheck audit --live                           ask AWS now, with the credentials of the aws command line
  tfcheck audit --live --profile audit --save account-outputs
  tfcheck audit account-outputs                  what was saved, by that or by the script in docs/audit.md
  tfcheck audit account-outputs --benchmark cis-aws-foundations@5.0.0
  tfcheck plan.json --with account-outputs       a plan, judged against the account

The commands only read. What AWS does not answer is unknown, and the report names the command.

Exit codes:
  0  every selected control is satisfied or waived
  1  one is violated: the account has no such chain
  2  could not check: usage, credentials, outputs that cannot be used
  3  none is violated, one is undecided: an output is missing or cut short
`;

export const audit: Subcommand = {
  describe: (program: Command, ask) => {
    program
      .description("Says whether an unauthorized AWS API call raises an alarm that reaches someone now.")
      .argument("[directory]", "outputs of AWS commands, saved as JSON")
      .option("--live", "ask AWS now, by the aws command line; nothing is changed")
      .option("--save <directory>", "with --live, keep the outputs in a new directory")
      .option("--profile <name>", "with --live, the profile of the aws command line")
      .option("--region <region>", "with --live, the region to ask first; trails name the others")
      .option("--aws <path>", "the aws command line (default: TFCHECK_AWS, else aws)")
      .option("--with <path>", "outputs of another account, a plan or a state; repeatable", collect(String))
      .option("-f, --format <format>", `format of the report on stdout: ${FORMATS.join(", ")}`, toFormat)
      .option(
        "-o, --output <format=path>",
        "write a report to a file as well; repeatable",
        collect(toOutput),
      );
    takesOutcome(takesControls(program))
      .addHelpText("after", TEACHING)
      .action((directory: string | undefined, flags: Flags) =>
        ask((version) => runAudit(directory, flags, version)),
      );
  },
};

async function runAudit(directory: string | undefined, flags: Flags, version: string): Promise<ExitCode> {
  refuseMixture(directory, flags);
  const settings = await settingsOf(optionsOf([directory ?? "account"], flags, []));
  const [input] = settings.inputs;
  const account =
    directory === undefined || input === undefined
      ? await askLive(flags)
      : { ...readAccountDirectory(input.path), label: input.label.replace(/(?<=.)\/+$/, "") };
  // What the configuration names beside a plan has no say about what is there now.
  const others = expandInputs(flags.with ?? []);
  const report = await reportOf(settings, version, {
    subjects: [{ plan: undefined, sources: undefined, account }],
    others: await Promise.all(others.map((other) => readBeside(other, settings))),
  });
  await writeReport(report, settings);
  return exitCodeOf(report, settings);
}

async function askLive(flags: Flags): Promise<AccountFiles> {
  if (flags.save !== undefined) refuseUsedDirectory(flags.save);
  const { askAccount } = await import("../live-account.ts");
  const program = flags.aws ?? process.env.TFCHECK_AWS ?? "aws";
  const { profile, region } = flags;
  const account = await withProgress("asking AWS ...", () => askAccount({ program, profile, region }));
  if (flags.save !== undefined) saveOutputs(flags.save, account.files);
  return account;
}

function refuseMixture(directory: string | undefined, flags: Flags): void {
  if (directory === undefined && flags.live !== true) {
    throw usageError({
      code: "usage-no-account",
      message: "neither a directory of outputs nor --live is given",
      help: "tfcheck audit --live asks AWS; tfcheck audit DIR reads what was saved",
    });
  }
  if (directory !== undefined && flags.live === true) {
    throw usageError({
      code: "usage-conflict",
      message: "--live asks AWS, and a directory holds what was asked before: one of them is enough",
      help: `tfcheck audit --live --save ${directory}`,
    });
  }
  const live = (["save", "profile", "region"] as const).find((name) => flags[name] !== undefined);
  if (directory !== undefined && live !== undefined) {
    throw usageError({
      code: "usage-conflict",
      message: `--${live} goes with --live`,
      help: `tfcheck audit --live --${live} ${flags[live] ?? ""}`,
    });
  }
}
