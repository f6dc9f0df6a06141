// `tfcheck render`: a report that was saved as JSON, in any format. Checks nothing again.

import type { Command } from "commander";
import { FORMATS } from "../../report/index.ts";
import { parseReport } from "../../report/parse-report.ts";
import {
  type Flags as CheckFlags,
  collect,
  optionsOf,
  takesOutcome,
  toFormat,
  toOutput,
} from "../command-line.ts";
import { type ExitCode, exitCodeOf } from "../exit-code.ts";
import { readBytes } from "../files.ts";
import { writeReport } from "../run-check.ts";
import type { Subcommand } from "./command.ts";

const TEACHING = `
Examples:
  tfcheck plan.json --format json > result.json
  tfcheck render result.json                              for a terminal
  tfcheck render result.json -f markdown                  for a pull request
  tfcheck render result.json -f sarif -o html=report.html

The exit code is the one of the run that the report tells of.
`;

export const renderAgain: Subcommand = {
  describe: (program: Command, ask) => {
    const command = program
      .description("Prints a report that was saved with --format json, in any format.")
      .argument("<report>", "a report in JSON, or - for standard input")
      .option("-f, --format <format>", `format on stdout: ${FORMATS.join(", ")}`, toFormat)
      .option("-o, --output <format=path>", "write it to a file as well; repeatable", collect(toOutput));
    takesOutcome(command)
      .addHelpText("after", TEACHING)
      .action((path: string, flags: CheckFlags) => ask(() => runRender(path, flags)));
  },
};

async function runRender(path: string, flags: CheckFlags): Promise<ExitCode> {
  const { bytes, label } = await readBytes(path);
  const report = parseReport(new TextDecoder().decode(bytes), label);
  const { undecided = "fail", ...options } = optionsOf([path], flags, []);
  const settings = { ...options, undecided };
  await writeReport(report, settings);
  return exitCodeOf(report, settings);
}
