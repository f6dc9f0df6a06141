// Text for Atlantis' custom_policy_check, which judges a step by its words and not by its exit code.
// From 0.39 on it finds "N failure" with N > 0, or text that begins with FAIL; up to 0.38 the letters "fail" anywhere.
// So a run that stops nothing must not hold those letters, not even inside a name.
// Source: https://github.com/runatlantis/atlantis, server/events/project_command_runner.go (read at v0.47.1 and v0.38.0)

import type { Finding, Report } from "../model/finding.ts";
import { mapStrings, visible, withoutCommands } from "./escape.ts";
import type { RenderOptions } from "./render-options.ts";
import { resultLine, resultsOf } from "./results.ts";
import { countOutcomes, groupByObject, inputPrefix, outcomeOf, plural } from "./summary.ts";

/** Longer comments are folded away or split by the hosts. */
const MOST_LINES = 200;

/** Lines as the diff that Atlantis shows: `-` red, `!` orange; the same findings in the same order give the same text. */
export function renderAtlantis(given: Report, { undecided }: RenderOptions): string {
  const report = mapStrings(given, (text) => visible(text).replaceAll("```", "'''"));
  const stops = (finding: Finding) =>
    outcomeOf(finding) === "violated" || (outcomeOf(finding) === "undecided" && undecided === "fail");
  const stopped = report.findings.filter(stops);
  const warned = report.findings.filter((finding) => outcomeOf(finding) === "undecided" && !stops(finding));
  const lines = [...linesOf(stopped, "- FAIL", report), ...linesOf(warned, "! WARN", report)];
  const shown = lines.slice(0, MOST_LINES);
  const rest = lines.length - shown.length;
  if (rest > 0) shown.push(`  and ${plural(rest, "line")} more`);
  const text = `${[...shown, ...(shown.length > 0 ? [""] : []), countsLine(report, stopped, warned)].join("\n")}\n`;
  return withoutCommands(stopped.length > 0 ? text : text.replace(/f(?=ail)/gi, "$&-"));
}

/** One story is one line for each control that it stops, and its help follows once. */
function linesOf(findings: readonly Finding[], mark: string, report: Report): readonly string[] {
  return groupByObject(findings).flatMap((group) => {
    const results = resultsOf([group.findings[0]], report);
    const lines = group.findings.flatMap((finding) =>
      results.map((result) => {
        const { control, verdict } = finding;
        const name =
          control.benchmark === undefined ? control.id : `${control.benchmark.number} ${control.id}`;
        return `${mark} ${inputPrefix(finding)}${name}: ${verdict === "undecided" ? "undecided, " : ""}${resultLine(result, report)}`;
      }),
    );
    return [...lines, ...results.flatMap(({ help }) => (help === undefined ? [] : [`  help: ${help}`]))];
  });
}

function countsLine(report: Report, stopped: readonly Finding[], warned: readonly Finding[]): string {
  const { waived } = countOutcomes(report.findings);
  const passed = report.findings.length - stopped.length - warned.length - waived;
  const parts = [plural(report.findings.length, "test"), `${passed} passed`];
  if (waived > 0) parts.push(`${waived} waived`);
  if (warned.length > 0) parts.push(plural(warned.length, "warning"));
  if (stopped.length > 0) parts.push(plural(stopped.length, "failure"));
  return parts.join(", ");
}
