// `tfcheck plan.json`: reads, checks, renders and writes, in that order.

import { check, checkEach, type Estate, loadPolicies, type StackFiles } from "../check.ts";
import type { KnownPolicies } from "../input/builtin-policies.ts";
import { asksForDefault } from "../input/select-controls.ts";
import type { Report } from "../model/finding.ts";
import type { Policy } from "../model/policy.ts";
import { everyOne } from "../model/problem.ts";
import { type Format, render } from "../report/index.ts";
import type { RenderOptions } from "../report/render-options.ts";
import type { CheckOptions } from "./command-line.ts";
import { type ExitCode, exitCodeOf } from "./exit-code.ts";
import { readPolicyFiles, writeOutput } from "./files.ts";
import { writeGithubFiles } from "./github-files.ts";
import { readAuditors, readBuiltinPolicies, readDefaultPolicy } from "./installation.ts";
import { longWork, withProgress } from "./progress.ts";
import { type Settings, settingsOf } from "./settings.ts";
import { mayBeTerminal, print } from "./streams.ts";
import { readBeside, readStack } from "./subject.ts";
import { type Surroundings, showsUnicode, wantsColor, widthOf } from "./terminal.ts";
import { usageError } from "./usage-problems.ts";

export async function runCheck(options: CheckOptions, version: string): Promise<ExitCode> {
  const settings = await settingsOf(options);
  const report = await reportOf(settings, version);
  await writeReport(report, settings);
  return exitCodeOf(report, settings);
}

type Presentation = Pick<Settings, "format" | "outputs" | "color" | "verbosity" | "undecided">;

/** To stdout, and to every file that was asked for. */
export async function writeReport(report: Report, presentation: Presentation): Promise<void> {
  const { format, outputs } = presentation;
  await print(await render(report, format, looks(presentation)));
  for (const { format: other, path } of outputs) {
    writeOutput(path, await render(report, other, { ...looks(presentation), color: false }));
  }
  if (format === "github") await writeGithubFiles(report, process.env);
}

/** `given`: what is checked, where it is not what the settings name. */
export async function reportOf(settings: Settings, version: string, given?: Stacks): Promise<Report> {
  const [stacks, known, auditors] = await Promise.all([
    given ?? readStacks(settings),
    askedPoliciesOf(settings),
    showsComplaints(settings) ? readAuditors() : [],
  ]);
  const { benchmark, controls, assumptions, waivers, acceptPending, delivery } = settings;
  const today = new Date().toISOString().slice(0, 10);
  const asking = {
    ...known,
    selection: { benchmark, controls },
    assumptions,
    waivers,
    acceptPending,
    delivery,
    today,
    version,
    auditors,
    digests: showsDigests(settings),
  };
  return withProgress(longWork(stacks), () =>
    settings.combine || settings.inputs.length === 1
      ? check({ ...asEstate(stacks), ...asking })
      : checkEach({ ...stacks, ...asking }),
  );
}

/** Formats that tell which auditors would still complain about a satisfied control. */
const TELLING: ReadonlySet<Format> = new Set(["json", "html", "markdown"]);

function showsComplaints({ format, outputs, verbosity }: Settings): boolean {
  if (verbosity === "verbose") return true;
  return [format, ...outputs.map((output) => output.format)].some((one) => TELLING.has(one));
}

/** Formats that print the digests of the inputs. */
const IDENTIFYING: ReadonlySet<Format> = new Set(["json", "html"]);

function showsDigests({ format, outputs, verbosity }: Settings): boolean {
  if (verbosity === "verbose") return true;
  return [format, ...outputs.map((output) => output.format)].some((one) => IDENTIFYING.has(one));
}

/** What is checked, at least one, and what stands beside it. */
interface Stacks {
  readonly subjects: readonly StackFiles[];
  readonly others: readonly StackFiles[];
}

async function readStacks(settings: Settings): Promise<Stacks> {
  const { inputs, others } = settings;
  const read = await everyOne([
    ...inputs.map((input) => readStack(input, settings)),
    ...others.map((input) => readBeside(input, settings)),
  ]);
  return { subjects: read.slice(0, inputs.length), others: read.slice(inputs.length) };
}

function asEstate({ subjects: [subject, ...more], others }: Stacks): Estate {
  if (subject === undefined) throw new Error("nothing to check was given");
  return { subject, more, others };
}

/** For commands that answer once; `what` they do. Throws InputError for several inputs that are not one estate. */
export async function readEstate(settings: Settings, what: string): Promise<Estate> {
  const { inputs, combine } = settings;
  if (inputs.length > 1 && !combine) {
    throw usageError({
      code: "usage-one-input",
      message: `${what} for one input at a time, or for several as one estate, and ${inputs.length} are given`,
      help: "add --combine, or give all but one with --with",
    });
  }
  return asEstate(await readStacks(settings));
}

/** Those that can be asked of, and how many there are in all. */
export async function askedPoliciesOf(settings: Settings): Promise<KnownPolicies> {
  if (asksForDefault(settings) && settings.policies.length === 0) return readDefaultPolicy();
  const policies = await policiesOf(settings);
  return { policies, policyCount: policies.length };
}

export async function policiesOf({ policies }: Settings): Promise<readonly Policy[]> {
  return loadPolicies(readBuiltinPolicies(), policies.flatMap(readPolicyFiles));
}

export function looks({ format, color, verbosity, undecided }: Omit<Presentation, "outputs">): RenderOptions {
  const { env, platform } = process;
  const { isTTY = false, columns }: Partial<typeof process.stdout> = mayBeTerminal() ? process.stdout : {};
  const surroundings: Surroundings = { env, platform, isTTY, columns };
  return {
    color: COLORED.has(format) && wantsColor(color, surroundings),
    unicode: showsUnicode(surroundings),
    width: widthOf(surroundings),
    verbosity,
    undecided,
  };
}

const COLORED: ReadonlySet<Format> = new Set(["text"]);
