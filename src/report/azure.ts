// Azure Pipelines logging commands, and the counts as a plain line.
// Source: https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands (LogIssue)

import type { Report } from "../model/finding.ts";
import { type Annotation, annotationsOf } from "./annotations.ts";
import { inAzureMessage, inAzureProperty, mapStrings, visible, withoutCommands } from "./escape.ts";
import { countsLine } from "./summary.ts";

export function renderAzure(given: Report): string {
  const report = mapStrings(given, visible);
  return `${[...annotationsOf(report).map(lineOf), withoutCommands(countsLine(report))].join("\n")}\n`;
}

/** A waived finding is told, not raised: the host knows errors and warnings only. */
function lineOf({ outcome, title, lines, result }: Annotation): string {
  if (outcome === "waived") return withoutCommands(`${title}: ${lines.join("; ")}`);
  const location = result.anchor?.location;
  const properties = [
    `type=${outcome === "violated" ? "error" : "warning"}`,
    ...(location === undefined
      ? []
      : [
          `sourcepath=${inAzureProperty(location.file)}`,
          `linenumber=${location.line}`,
          `columnnumber=${location.column}`,
        ]),
    ...(result.cause === undefined ? [] : [`code=${inAzureProperty(result.cause.code)}`]),
  ].join(";");
  return `##vso[task.logissue ${properties}]${inAzureMessage(`${title}: ${lines.join("; ")}`)}`;
}
