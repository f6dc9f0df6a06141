// JUnit XML as Jenkins, GitLab and Azure read it: one test case per control, the satisfied ones too; what is waived
// or undecided is skipped and says so. No clock: the same report gives the same bytes.

import type { Finding, Report } from "../model/finding.ts";
import { inMarkup, mapStrings, visible, withoutCommands } from "./escape.ts";
import { type Result, resultLine, resultsOf } from "./results.ts";
import { showEvidence } from "./show-value.ts";
import { countOutcomes, judgedInputs, outcomeOf } from "./summary.ts";
import { noteLinesOf } from "./words/told.ts";
import { tellCause, tellFinding } from "./words.ts";

export function renderJunit(given: Report): string {
  const report = mapStrings(given, visible);
  const judged = judgedInputs(report);
  const together = report.inputs.map(({ label }) => label).join(", ") || "tfcheck";
  const suites =
    judged.length === 0
      ? suiteLines(together, report.findings, report)
      : judged.flatMap((input) =>
          suiteLines(
            input,
            report.findings.filter((finding) => finding.input === input),
            report,
          ),
        );
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="tfcheck" ${countsOf(report.findings)}>`,
    ...suites,
    "</testsuites>",
  ];
  return withoutCommands(`${lines.join("\n")}\n`);
}

function countsOf(findings: readonly Finding[]): string {
  const { controls, violated, undecided, waived } = countOutcomes(findings);
  return `tests="${controls}" failures="${violated}" errors="0" skipped="${undecided + waived}" time="0"`;
}

/** Inputs that are judged each by itself have a suite each. */
function suiteLines(name: string, findings: readonly Finding[], report: Report): readonly string[] {
  return [
    `  <testsuite name="${inMarkup(name)}" ${countsOf(findings)}>`,
    `    <properties><property name="tfcheck.version" value="${inMarkup(report.tool.version)}"/></properties>`,
    ...findings.flatMap((finding) => testCase(finding, report)),
    "  </testsuite>",
  ];
}

function testCase(finding: Finding, report: Report): readonly string[] {
  const { control } = finding;
  const results = resultsOf([finding], report);
  const file = results.find(({ anchor }) => anchor?.location !== undefined)?.anchor?.file;
  const attributes = [
    `classname="${inMarkup(control.id)}"`,
    `name="${inMarkup(nameOf(finding))}"`,
    ...(file === undefined ? [] : [`file="${inMarkup(file)}"`]),
    'time="0"',
  ].join(" ");
  const body = bodyOf(finding, results, report);
  return body.length === 0
    ? [`    <testcase ${attributes}/>`]
    : [`    <testcase ${attributes}>`, ...body, "    </testcase>"];
}

function nameOf({ control: { title, id, benchmark } }: Finding): string {
  const name = title.trim() === "" ? id : title;
  return benchmark === undefined ? name : `${benchmark.number} ${name}`;
}

function bodyOf(finding: Finding, results: readonly Result[], report: Report): readonly string[] {
  const { waiver, control } = finding;
  const outcome = outcomeOf(finding);
  switch (outcome) {
    case "satisfied":
      return [];
    case "violated": {
      const message = inMarkup(tellFinding(finding));
      const story = results.flatMap((result) => resultLines(result, report)).join("\n");
      return [
        `      <failure type="${control.severity}" message="${message}">${inXmlLines(story)}</failure>`,
      ];
    }
    case "undecided":
      return [`      <skipped message="undecided: ${inMarkup(tellFinding(finding))}"/>`];
    case "waived": {
      const until = waiver === undefined ? "" : ` until ${waiver.expires}: ${waiver.reason}`;
      return [`      <skipped message="${inMarkup(`waived${until}`)}"/>`];
    }
    default:
      return outcome satisfies never;
  }
}

function resultLines(result: Result, report: Report): readonly string[] {
  const { cause, help } = result;
  const evidence = cause?.evidence ?? [];
  return [
    resultLine(result, report),
    ...evidence.map((entry) => `  ${entry.place.address}  ${showEvidence(entry)}`.trimEnd()),
    ...(cause === undefined ? [] : noteLinesOf(tellCause(cause)).map((note) => `  ${note}`)),
    ...(help === undefined ? [] : [`  help: ${help}`]),
  ];
}

function inXmlLines(text: string): string {
  return text.split("\n").map(inMarkup).join("\n");
}
