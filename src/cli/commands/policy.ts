// `tfcheck policy test`: every example beside a policy through the whole path, and whether it gets its verdict.

import { dirname, join } from "node:path";
import type { Command } from "commander";
import { type CheckInput, check } from "../../check.ts";
import { parsePolicy } from "../../input/policy.ts";
import { examplesFileOf, type PolicyExample, parseExamples } from "../../input/policy-examples.ts";
import type { Finding } from "../../model/finding.ts";
import type { Policy } from "../../model/policy.ts";
import { InputError, type InputProblem } from "../../model/problem.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { readInput, readPolicyFiles, readTextIfThere } from "../files.ts";
import { printLines } from "../plain-text.ts";
import { openSourceDirectory } from "../source-directory.ts";
import type { Subcommand } from "./command.ts";

const TEACHING = `
A policy in team-retention.yaml has its examples in team-retention.examples.yaml beside it:

  examples:
    - name: logs are kept for a year
      resources:
        aws_cloudwatch_log_group.trail: { name: trail, retention_in_days: 365 }
      expect: satisfied

Examples:
  tfcheck policy test policies                   every policy below a directory
  tfcheck policy test policies/team-retention.yaml

Exit codes:
  0  every example gets its verdict
  1  one does not
  2  a policy or its examples cannot be used, or there is none
`;

export const policy: Subcommand = {
  describe: (program: Command, ask) => {
    program.description("Works on policies of your own.").addHelpText("after", TEACHING);
    program
      .command("test")
      .description("run the examples beside each policy and say which get another verdict than they expect")
      .argument("<path>", "a policy, or a directory of them")
      .addHelpText("after", TEACHING)
      .action((path: string) => ask((version) => runTest(path, version)));
  },
};

interface Tested {
  readonly policy: Policy;
  readonly file: string;
  readonly examples: readonly PolicyExample[];
}

async function runTest(path: string, version: string): Promise<ExitCode> {
  const tested = await readTested(path);
  const lines: string[] = [];
  let [passed, differing] = [0, 0];
  for (const { policy: one, file, examples } of tested) {
    lines.push(...(lines.length === 0 ? [] : [""]), `${one.id}  ${file}`);
    if (examples.length === 0) lines.push("  no examples");
    for (const example of examples) {
      const finding = await findingFor(one, file, example, version);
      const wrong = differencesOf(example, finding);
      if (wrong.length === 0) passed += 1;
      else differing += 1;
      lines.push(`  ${wrong.length === 0 ? "as expected" : "differs    "}  ${example.name}`);
      lines.push(...wrong.map((sentence) => `    ${example.place}: ${sentence}`));
    }
  }
  lines.push("", `${passed + differing} examples: ${passed} as expected, ${differing} differing`);
  await printLines(lines);
  return differing === 0 ? EXIT.fine : EXIT.violated;
}

/** Throws InputError with the problems of all files at once. */
async function readTested(path: string): Promise<readonly Tested[]> {
  const problems: InputProblem[] = [];
  const tested: Tested[] = [];
  for (const { file, text } of readPolicyFiles(path)) {
    try {
      const parsed = await parsePolicy(text, file);
      const examplesFile = examplesFileOf(file);
      const written = readTextIfThere(examplesFile);
      const examples = written === undefined ? [] : await parseExamples(written, examplesFile);
      tested.push({ policy: parsed, file, examples });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new InputError(problems);
  if (tested.every(({ examples }) => examples.length === 0)) throw nothingToTest(path);
  return tested;
}

/** A run that tested nothing is no success. */
function nothingToTest(place: string): InputError {
  return new InputError([
    {
      code: "no-examples",
      place,
      message: "there are no examples of a policy here",
      help: "write them in NAME.examples.yaml beside NAME.yaml; see tfcheck policy --help",
    },
  ]);
}

async function findingFor(
  one: Policy,
  file: string,
  example: PolicyExample,
  version: string,
): Promise<Finding> {
  const here = (path: string) => join(dirname(file), path);
  const { findings } = await check({
    subject: await subjectOf(example, here),
    others: await Promise.all(
      example.with.map(async (path) => ({ plan: await readInput(here(path)), sources: undefined })),
    ),
    policies: [one],
    selection: { benchmark: undefined, controls: [one.id] },
    assumptions: [],
    waivers: [],
    acceptPending: example.acceptPending,
    // No waiver, so no day matters.
    today: "1970-01-01",
    version,
  });
  const [finding] = findings;
  if (finding === undefined) throw new Error("one control gives one finding");
  return finding;
}

async function subjectOf(
  { input, variables }: PolicyExample,
  here: (path: string) => string,
): Promise<CheckInput["subject"]> {
  switch (input.kind) {
    case "plan-text": {
      const bytes = new TextEncoder().encode(input.text);
      return { plan: { label: "the example's resources", bytes }, sources: undefined };
    }
    case "plan-file":
      return { plan: await readInput(here(input.file)), sources: undefined };
    case "source": {
      const given = [...variables].map(([name, value]) => ({
        kind: "value" as const,
        name,
        text: String(value),
      }));
      const settings = { environment: new Map<string, string>(), arguments: given };
      const tree = openSourceDirectory(here(input.directory));
      return { plan: undefined, sources: { tree, settings, workspace: "default" } };
    }
    default:
      return input satisfies never;
  }
}

/** A sentence for each thing that is not as expected. */
function differencesOf({ expected }: PolicyExample, { verdict, link, causes }: Finding): readonly string[] {
  const codes = causes.map(({ code }): string => code);
  const found = codes.length === 0 ? "" : `, with ${[...new Set(codes)].join(", ")}`;
  const missing = expected.causes.filter((code) => !codes.includes(code));
  return [
    ...(verdict === expected.verdict ? [] : [`expected ${expected.verdict}, and it is ${verdict}${found}`]),
    ...(expected.link === undefined || expected.link === link
      ? []
      : [`expected link ${expected.link}, and it is ${link ?? "none"}`]),
    ...(missing.length === 0
      ? []
      : [`expected ${missing.join(", ")} among the causes: ${codes.join(", ") || "none"}`]),
  ];
}
