// GitHub Actions: annotations for stdout, and as text for files the step summary and the step's outputs.
// Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands

import type { Report } from "../model/finding.ts";
import { type Annotation, annotationsOf } from "./annotations.ts";
import { inGithubMessage, inGithubProperty, mapStrings, visible, withoutCommands } from "./escape.ts";
import { renderMarkdownWithin } from "./markdown.ts";
import { countOutcomes, countsLine, OUTCOMES, overallOutcome } from "./summary.ts";

const COMMANDS = { violated: "error", undecided: "warning", waived: "notice" } as const;

/** GitHub shows ten of a kind per step. Source: actions/toolkit, docs/problem-matchers.md (limitations) */
const MOST_OF_A_KIND = 10;

/** Annotations, the last of a kind saying how many there are beside, and the counts as a plain line. */
export function renderGithub(given: Report): string {
  const report = mapStrings(given, visible);
  const annotations = annotationsOf(report);
  const lines = OUTCOMES.flatMap((outcome) => {
    if (outcome === "satisfied") return [];
    const own = annotations.filter((annotation) => annotation.outcome === outcome);
    if (own.length <= MOST_OF_A_KIND) return own.map(commandOf);
    const rest = own.length - (MOST_OF_A_KIND - 1);
    const more = `::${COMMANDS[outcome]} title=tfcheck::${rest} more are ${outcome}; the step summary has them all`;
    return [...own.slice(0, MOST_OF_A_KIND - 1).map(commandOf), more];
  });
  return `${[...lines, withoutCommands(countsLine(report))].join("\n")}\n`;
}

/** Without a place in the code the note stands on the run alone: a line of the plan's JSON would tell nobody anything. */
function commandOf({ outcome, title, lines, result }: Annotation): string {
  const { anchor } = result;
  const location = anchor?.location;
  const properties = [
    ...(location === undefined
      ? []
      : [`file=${inGithubProperty(location.file)}`, `line=${location.line}`, `col=${location.column}`]),
    `title=${inGithubProperty(title)}`,
  ].join(",");
  return `::${COMMANDS[outcome]} ${properties}::${lines.map(inGithubMessage).join("%0A")}`;
}

/** A summary over 1 MiB is refused as a whole. Source: workflow commands, step isolation and limits */
const SUMMARY_BYTES = 900 * 1024;

/** What to append to the file that GITHUB_STEP_SUMMARY names. */
export function githubSummary(report: Report): string {
  return renderMarkdownWithin(report, SUMMARY_BYTES, (text) => new TextEncoder().encode(text).length);
}

/** What to append to the file that GITHUB_OUTPUT names: `outcome` and the counts. */
export function githubOutputs(report: Report): string {
  const { controls, violated, undecided, waived, satisfied } = countOutcomes(report.findings);
  const outputs = { outcome: overallOutcome(report), controls, violated, undecided, waived, satisfied };
  return Object.entries(outputs)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
}
