// SARIF 2.1.0 as GitHub code scanning takes it: what is violated or undecided, never what is waived, because a
// suppressed result would show there as an open alert. Every location is real.
// Source: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning

import type { ControlSummary, Report } from "../model/finding.ts";
import type { Json, JsonObject } from "../model/json.ts";
import type { Severity } from "../model/policy.ts";
import { inJson, mapStrings, shorten, visible } from "./escape.ts";
import { fileUri, identitiesOf, type Result, resultMessage, resultsOf } from "./results.ts";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
/** GitHub's limit for descriptions. */
const LONGEST = 1024;

export function renderSarif(given: Report): string {
  const report = mapStrings(given, visible);
  // Several inputs are asked the same, and a rule stands once.
  const rules = [...new Map(report.findings.map(({ control }) => [control.id, control])).values()];
  const results = resultsOf(report.findings, report).filter(({ outcome }) => outcome !== "waived");
  const identities = identitiesOf(results);
  const run: JsonObject = {
    tool: {
      driver: {
        name: report.tool.name,
        semanticVersion: report.tool.version,
        rules: rules.map(ruleOf),
      },
    },
    automationDetails: { id: `tfcheck/${report.inputs[0]?.label ?? "run"}/` },
    columnKind: "utf16CodeUnits",
    results: results.map((result, position) =>
      sarifResult(result, {
        ruleIndex: rules.findIndex(({ id }) => id === result.finding.control.id),
        identity: identities[position] ?? "",
      }),
    ),
  };
  return `${inJson(JSON.stringify({ $schema: SCHEMA, version: "2.1.0", runs: [run] }, null, 2))}\n`;
}

/** What GitHub shows as critical, high, medium or low. Source: the page above, `security-severity`. */
const SCORES: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "2.0",
};

function ruleOf(control: ControlSummary): Json {
  const { id, title, rationale, remediation, severity, benchmark, sources } = control;
  const [helpUri] = sources;
  return {
    id,
    name: id,
    shortDescription: { text: described(title, id) },
    fullDescription: { text: described(rationale, title, id) },
    help: { text: described(remediation, title, id) },
    ...(helpUri?.startsWith("https://") ? { helpUri } : {}),
    defaultConfiguration: { level: "error" },
    properties: {
      tags: [
        "security",
        ...(benchmark === undefined ? [] : [`${benchmark.name}/${benchmark.version}/${benchmark.number}`]),
      ],
      precision: "high",
      "security-severity": SCORES[severity],
    },
  };
}

/** The first text that says something: GitHub refuses empty ones. */
function described(...texts: readonly string[]): string {
  return shorten(texts.find((text) => text.trim() !== "") ?? "control", LONGEST);
}

function sarifResult(result: Result, { ruleIndex, identity }: { ruleIndex: number; identity: string }): Json {
  const { finding, cause, outcome, help, anchor } = result;
  const address = cause?.subject?.address;
  const logical =
    address === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: address, kind: "resource" }] };
  const text = [`${resultMessage(result)}.`, ...(help === undefined ? [] : [`Help: ${help}.`])].join(" ");
  return {
    ruleId: finding.control.id,
    ruleIndex,
    level: outcome === "violated" ? "error" : "note",
    message: { text: withoutLinks(text) },
    ...(anchor === undefined
      ? {}
      : { locations: [{ physicalLocation: physicalLocation(anchor), ...logical }] }),
    partialFingerprints: { primaryLocationLineHash: identity },
    properties: {
      outcome,
      ...(cause === undefined ? {} : { cause: cause.code }),
      ...(finding.input === undefined ? {} : { input: finding.input }),
    },
  };
}

function physicalLocation({ file, location }: NonNullable<Result["anchor"]>): JsonObject {
  const region =
    location === undefined
      ? { startLine: 1 }
      : { startLine: location.line, startColumn: location.column, endLine: location.line };
  return { artifactLocation: { uri: fileUri(file) }, region };
}

/** `[text](target)` in a message would be a link; a blank keeps it text. Source: SARIF 2.1.0 §3.11.6 */
function withoutLinks(text: string): string {
  return text.replaceAll("](", "] (");
}
