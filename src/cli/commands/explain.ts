// `tfcheck explain`: the page of a control or of a cause. Checks nothing.

import type { Command } from "commander";
import { nearest } from "../../input/nearest.ts";
import { DELIVERY_CAUSES } from "../../model/delivery.ts";
import { matchesGlob } from "../../model/glob.ts";
import type { BenchmarkEntry, Policy } from "../../model/policy.ts";
import { CAUSE_PAGES, type CausePage } from "../../report/words/cause-pages.ts";
import { takesPolicies } from "../command-line.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { aligned, printLines, wrapped } from "../plain-text.ts";
import { usageError } from "../usage-problems.ts";
import type { Subcommand } from "./command.ts";
import { knownPolicies, type PolicyFlags } from "./known-policies.ts";

interface Flags extends PolicyFlags {
  readonly list?: true;
}

const TEACHING = `
Examples:
  tfcheck explain aws-unauthorized-api-calls-alarm   what the control asks for, and which texts benchmarks print
  tfcheck explain CloudWatch.2                       by its name in another register
  tfcheck explain no-alarm-on-metric                 what a cause in a report means, and how to mend it
  tfcheck explain --list                             every name that has a page
`;

export const explain: Subcommand = {
  describe: (program: Command, ask) => {
    takesPolicies(
      program
        .description("Explains a control, or the code of a cause that a report names in brackets.")
        .argument("[name]", "id of a control or code of a cause")
        .option("--list", "print every name there is"),
    )
      .addHelpText("after", TEACHING)
      .action((name: string | undefined, flags: Flags) => ask(() => runExplain(name, flags)));
  },
};

async function runExplain(name: string | undefined, flags: Flags): Promise<ExitCode> {
  const policies = await knownPolicies(flags);
  if (flags.list) await printLines(allNames(policies));
  else if (name === undefined) throw nothingAsked();
  else await printLines(pageOf(name, policies));
  return EXIT.fine;
}

function nothingAsked() {
  return usageError({
    code: "usage-missing-argument",
    message: "tfcheck explain needs the name of a control or of a cause",
    help: "tfcheck explain --list",
  });
}

function allNames(policies: readonly Policy[]): readonly string[] {
  return [
    "Controls:",
    ...aligned(
      policies.map(({ id, title }) => [id, title]),
      "  ",
    ),
    "",
    "Causes:",
    ...aligned(
      [...PAGES].map(([code, { means }]) => [code, means]),
      "  ",
    ),
  ];
}

const PAGES: ReadonlyMap<string, CausePage> = new Map(Object.entries(CAUSE_PAGES));

/** Throws InputError for a name that has no page. */
function pageOf(name: string, policies: readonly Policy[]): readonly string[] {
  const page = PAGES.get(name);
  if (page !== undefined) return causeLines(name, page);
  const policy = policies.find(({ id, identifiers }) =>
    [id, ...identifiers.values()].some((known) => known.toLowerCase() === name.toLowerCase()),
  );
  if (policy !== undefined) return controlLines(policy);
  throw unknownName(name, policies);
}

function unknownName(name: string, policies: readonly Policy[]) {
  const names = [
    ...policies.flatMap(({ id, identifiers }) => [id, ...identifiers.values()]),
    ...PAGES.keys(),
  ];
  const meant = nearest(name, names) ?? names.find((known) => name !== "" && matchesGlob(`*${name}*`, known));
  return usageError({
    code: "unknown-name",
    message: `no control and no cause is named "${name}"`,
    help: meant === undefined ? "tfcheck explain --list" : `tfcheck explain ${meant}`,
  });
}

function causeLines(code: string, { means, reasons, mend, example }: CausePage): readonly string[] {
  return [
    code,
    "",
    ...wrapped(means, "  "),
    "",
    "Usual reasons:",
    ...reasons.map((reason) => `  - ${reason}`),
    "",
    "How to mend it:",
    ...wrapped(mend, "  "),
    "",
    "Example:",
    ...example.split("\n").map((line) => `  ${line}`),
    ...(DELIVERY.has(code) ? remarkLines(code) : []),
  ];
}

const DELIVERY: ReadonlySet<string> = new Set(DELIVERY_CAUSES);

function remarkLines(code: string): readonly string[] {
  return ["", "To have it as a remark, in .tfcheck.yaml:", "  delivery:", `    ${code}: remark`];
}

function controlLines(policy: Policy): readonly string[] {
  const { id, title, severity, rationale, remediation, identifiers, sources, deprecated } = policy;
  return [
    id,
    "",
    ...wrapped(`${title} (${severity})`, "  "),
    ...(deprecated === undefined ? [] : ["", ...wrapped(`Retired: ${deprecated}`, "  ")]),
    "",
    "Why:",
    ...wrapped(rationale, "  "),
    "",
    "What to do:",
    ...wrapped(remediation, "  "),
    "",
    ...requirementLines(policy),
    ...numberLines(policy),
    ...(identifiers.size === 0 ? [] : ["Also known as:", ...aligned([...identifiers], "  "), ""]),
    "Sources:",
    ...sources.map((source) => `  ${source}`),
  ];
}

/** Patterns stay on one line, so that they can be copied. */
function requirementLines({ check }: Policy): readonly string[] {
  if (check.kind !== "log-pattern-alarm") {
    return ["Asks about:", `  ${check.resource}, ${check.path}`, ""];
  }
  return ["Asks for a filter that counts what this one counts:", `  ${onOneLine(check.pattern)}`, ""];
}

function numberLines({ benchmarks }: Policy): readonly string[] {
  if (benchmarks.length === 0) return [];
  const texts = [...new Set(benchmarks.flatMap((entry) => entry.patterns))];
  const rows = benchmarks.map((entry) => [
    `${entry.name}@${entry.version}`,
    entry.number,
    textsOf(entry, texts),
  ]);
  return [
    "Numbers:",
    ...aligned(rows, "  "),
    "",
    ...(texts.length === 0
      ? []
      : ["Texts in print:", ...texts.map((text, at) => `  (${at + 1})  ${onOneLine(text)}`), ""]),
  ];
}

function textsOf({ patterns }: BenchmarkEntry, texts: readonly string[]): string {
  return patterns.map((pattern) => `(${texts.indexOf(pattern) + 1})`).join(" ");
}

function onOneLine(pattern: string): string {
  return pattern.replace(/\s*\n\s*/g, " ").trim();
}
