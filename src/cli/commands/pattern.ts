// `tfcheck pattern`: reads a filter pattern, holds it against another one, tries it on events.

import type { Command } from "commander";
import { type Coverage, covers } from "../../aws/filter-pattern/covers.ts";
import { describeProblem } from "../../aws/filter-pattern/describe-problem.ts";
import { decode } from "../../input/decode.ts";
import type { Json } from "../../model/json.ts";
import { InputError, type InputProblem } from "../../model/problem.ts";
import type { Tri } from "../../model/value.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { readBytes } from "../files.ts";
import { printJson, printLines } from "../plain-text.ts";
import type { Subcommand } from "./command.ts";
import { type ListingFormat, listingFormat } from "./listing-format.ts";
import {
  answerOf,
  eventsOf,
  type ReadPattern,
  readPattern,
  studyPattern,
  tryEvents,
} from "./pattern-study.ts";
import { type PatternAnswer, patternJson, patternLines } from "./pattern-text.ts";

interface Flags {
  readonly covers?: string;
  readonly event?: string;
  readonly format?: ListingFormat;
}

const TEACHING = `
Examples:
  tfcheck pattern '{ $.errorCode = "AccessDenied*" }'
  tfcheck pattern '{ $.errorCode = "*" }' --covers '{ $.errorCode = "AccessDenied*" }'
  tfcheck pattern '{ $.eventName = ConsoleLogin }' --event event.json
  tfcheck pattern '{ $.readOnly IS TRUE }' --event cloudtrail.json.gz

Exit codes:
  0  it can be read; what --covers and --event ask is so
  1  it is not so: an event slips through, or does not match
  2  a pattern or the events cannot be read
  3  it turns on what AWS does not document, or is too much to work out
`;

export const pattern: Subcommand = {
  describe: (program: Command, ask) => {
    program
      .description("Reads a CloudWatch Logs filter pattern, and says what it counts and what it leaves out.")
      .argument("<pattern>", "the pattern, in single quotes for the shell")
      .option("--covers <pattern>", "does it count every event that this pattern counts")
      .option(
        "--event <file>",
        "does it count these: an event, a list, or a file of CloudTrail; - for standard input",
      )
      .addOption(listingFormat())
      .addHelpText("after", TEACHING)
      .action((text: string, flags: Flags) => ask(() => runPattern(text, flags)));
  },
};

async function runPattern(text: string, flags: Flags): Promise<ExitCode> {
  const read = readPattern(text);
  const wanted = flags.covers === undefined ? undefined : readPattern(flags.covers);
  if ("problem" in read || (wanted !== undefined && "problem" in wanted)) throw unreadable(read, wanted);
  const events = flags.event === undefined ? [] : await readEvents(flags.event);
  const coverage: Coverage | undefined =
    wanted === undefined ? undefined : covers([read.pattern], wanted.pattern);
  const trials = tryEvents(read.pattern, events);
  const answer: PatternAnswer = { ...read, study: studyPattern(read.pattern), coverage, trials };
  if (flags.format === "json") await printJson(patternJson(answer));
  else await printLines(patternLines(answer));
  return EXITS[answerOf(coverage, trials)];
}

const EXITS: Readonly<Record<Tri, ExitCode>> = {
  yes: EXIT.fine,
  no: EXIT.violated,
  maybe: EXIT.undecided,
};

function unreadable(read: ReadPattern, wanted: ReadPattern | undefined): InputError {
  const problems = [
    problemOf(read, "the pattern"),
    wanted === undefined ? [] : problemOf(wanted, "--covers"),
  ];
  return new InputError(problems.flat());
}

function problemOf(read: ReadPattern, place: string): readonly InputProblem[] {
  if (!("problem" in read)) return [];
  const { sentence, help, excerpt } = describeProblem(read.problem, read.text);
  return [
    {
      code: `pattern-${read.problem.code}`,
      place,
      message: sentence,
      excerpt,
      ...(help === undefined ? {} : { help }),
    },
  ];
}

/** In any encoding and compression that plans may have: CloudTrail delivers its files as gzip. */
async function readEvents(path: string): Promise<readonly Json[]> {
  const { bytes, label } = await readBytes(path);
  const text = await decode(bytes, label, "either");
  const events = eventsOf(parseEvents(text, label));
  if (events === undefined) throw noEvents(label, "this holds no events");
  return events;
}

function parseEvents(text: string, label: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    throw noEvents(label, "this is no JSON");
  }
}

function noEvents(place: string, message: string): InputError {
  return new InputError([
    {
      code: "events-not-readable",
      place,
      message,
      note: "events are a JSON object, a list of objects, or a file of CloudTrail with Records",
    },
  ]);
}
