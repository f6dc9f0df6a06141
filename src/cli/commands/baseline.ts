// `tfcheck baseline`: waivers for what is broken today, so that a gate can start now and stop what is new.

import type { Command } from "commander";
import { isDate } from "../../input/config.ts";
import type { Finding } from "../../model/finding.ts";
import { inJson } from "../../report/escape.ts";
import { type Flags as CheckFlags, optionsOf, takesControls, takesInputs } from "../command-line.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { notWritten } from "../files.ts";
import { reportOf } from "../run-check.ts";
import { settingsOf } from "../settings.ts";
import { print } from "../streams.ts";
import type { VariableOption } from "../subject.ts";
import { usageError } from "../usage-problems.ts";
import { writeNewWhole } from "../write-whole.ts";
import type { Subcommand } from "./command.ts";

interface Flags extends Omit<CheckFlags, "output"> {
  readonly until?: string;
  readonly reason?: string;
  readonly output?: string;
}

const DAYS = 90;
const DEFAULT_REASON = "broken when tfcheck was introduced";

const TEACHING = `
Examples:
  tfcheck baseline plan.json --output .tfcheck.yaml && tfcheck plan.json
  tfcheck baseline plan.json --benchmark cis-aws-foundations@5.0.0 --until 2030-06-30
  tfcheck baseline plan.json --reason "OPS-12 mends these" >> .tfcheck.yaml
`;

export const baseline: Subcommand = {
  describe: (program: Command, ask) => {
    const variables: VariableOption[] = [];
    takesInputs(program, variables).description(
      "Writes waivers for everything that is violated or undecided today, in the form of .tfcheck.yaml.",
    );
    takesControls(program)
      .option("--until <date>", `the last day the waivers count, as YYYY-MM-DD (default: in ${DAYS} days)`)
      .option("--reason <text>", `why it is accepted (default: ${DEFAULT_REASON})`)
      .option("-o, --output <file>", "write a new file instead of stdout")
      .addHelpText("after", TEACHING)
      .action((plans: readonly string[], flags: Flags) =>
        ask((version) => runBaseline(plans, flags, variables, version)),
      );
  },
};

async function runBaseline(
  plans: readonly string[],
  { until, reason = DEFAULT_REASON, output, ...flags }: Flags,
  variables: readonly VariableOption[],
  version: string,
): Promise<ExitCode> {
  const now = new Date();
  const today = dayOf(now);
  const expires = until ?? dayOf(new Date(now.getTime() + DAYS * 24 * 60 * 60 * 1000));
  refuseEnd(expires, today);
  const { findings } = await reportOf(await settingsOf(optionsOf(plans, flags, variables)), version);
  const text = waiversFor(findings, { today, expires, reason });
  if (output === undefined) await print(text);
  else writeNew(output, text);
  return EXIT.fine;
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function refuseEnd(expires: string, today: string): void {
  if (!isDate(expires)) {
    throw usageError({
      code: "usage-until",
      message: `--until takes a day, written as YYYY-MM-DD, and "${expires}" is none`,
    });
  }
  if (expires < today) {
    throw usageError({
      code: "usage-until",
      message: `--until ${expires} has passed, so nothing would be waived`,
    });
  }
}

interface Terms {
  readonly today: string;
  readonly expires: string;
  readonly reason: string;
}

/** YAML in which every text stands in JSON's quotes, which YAML reads alike. */
function waiversFor(findings: readonly Finding[], { today, expires, reason }: Terms): string {
  const open = findings.filter(({ verdict, waiver }) => verdict !== "satisfied" && waiver === undefined);
  if (open.length === 0) return "# nothing is broken that is not waived already\n";
  const said = inJson(JSON.stringify(`baseline of ${today}: ${reason}`));
  const entries = open.map(({ control, causes, verdict, input }) => {
    const [main] = causes;
    // A star in an address would be taken for a glob, and still fits the address itself.
    const address = main?.subject?.address;
    return [
      `  # ${verdict}${main === undefined ? "" : `: ${main.code}`}`,
      `  - control: ${control.id}`,
      // A cause about an input as a whole names the input, which is no address.
      ...(address === undefined || address === input
        ? []
        : [`    address: ${inJson(JSON.stringify(address))}`]),
      `    reason: ${said}`,
      `    expires: "${expires}"`,
    ].join("\n");
  });
  // Several inputs may break at objects of one address.
  return `waivers:\n${[...new Set(entries)].join("\n")}\n`;
}

/** A configuration that is there is somebody's work. */
function writeNew(path: string, text: string): void {
  try {
    writeNewWhole(path, text);
  } catch (error) {
    throw notWritten(path, error, "the waivers");
  }
}
