// What log annotations of GitHub and Azure have in common: a story each, told once however many controls it stops.

import type { Report } from "../model/finding.ts";
import { type Result, resultMessage, resultsOf } from "./results.ts";
import { groupByObject, type Outcome, plural } from "./summary.ts";

export interface Annotation {
  readonly outcome: Exclude<Outcome, "satisfied">;
  readonly title: string;
  /** The first line says all; the others help. */
  readonly lines: readonly string[];
  readonly result: Result;
}

export function annotationsOf(report: Report): readonly Annotation[] {
  return groupByObject(report.findings).flatMap(({ outcome, findings }) => {
    if (outcome === "satisfied") return [];
    const [first] = findings;
    const ids = findings.map(({ control }) => control.id);
    const what = ids.length === 1 ? (ids[0] ?? "") : plural(ids.length, "control");
    const title = `${outcome}: ${what}`;
    return resultsOf([first], report).map((result): Annotation => {
      const lines = [resultMessage(result)];
      if (ids.length > 1) lines.push(`controls: ${ids.join(", ")}`);
      if (first.waiver !== undefined)
        lines.push(`waived until ${first.waiver.expires}: ${first.waiver.reason}`);
      if (result.help !== undefined) lines.push(`help: ${result.help}`);
      return { outcome, title, lines, result };
    });
  });
}
