// GitLab's Code Quality report: a list of issues, empty when there are none.
// Source: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format

import type { Report } from "../model/finding.ts";
import type { Json } from "../model/json.ts";
import type { Severity } from "../model/policy.ts";
import { inJson, mapStrings, visible } from "./escape.ts";
import { identitiesOf, type Result, relativePath, resultMessage, resultsOf } from "./results.ts";

export function renderGitlab(given: Report): string {
  const report = mapStrings(given, visible);
  const results = resultsOf(report.findings, report).filter(({ outcome }) => outcome !== "waived");
  // Two plans in one pipeline may hold the same addresses, and of two issues with one fingerprint one is shown.
  const identities = identitiesOf(results, report.inputs[0]?.label);
  const issues = results.map((result, position) => issueOf(result, identities[position] ?? ""));
  return `${inJson(JSON.stringify(issues, null, 2))}\n`;
}

const SEVERITIES: Readonly<Record<Severity, string>> = {
  critical: "blocker",
  high: "critical",
  medium: "major",
  low: "minor",
};

function issueOf(result: Result, fingerprint: string): Json {
  const { finding, outcome, anchor } = result;
  const { id, severity } = finding.control;
  return {
    description: `${id}: ${outcome === "undecided" ? "undecided, " : ""}${resultMessage(result)}`,
    check_name: id,
    fingerprint,
    severity: outcome === "undecided" ? "info" : SEVERITIES[severity],
    location: {
      path: relativePath(anchor?.file ?? "stdin"),
      lines: { begin: anchor?.location?.line ?? 1 },
    },
  };
}
