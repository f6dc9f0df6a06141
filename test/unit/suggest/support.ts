// A configuration, its suggestion, and the configuration with the suggestion in place.

import { createWorld } from "../../../src/evaluate/chain/chain.ts";
import { requirementOf } from "../../../src/evaluate/chain/coverage.ts";
import { checkLogPatternAlarm } from "../../../src/evaluate/checks/log-pattern-alarm.ts";
import { viewGraph } from "../../../src/evaluate/view.ts";
import type { Graph } from "../../../src/model/graph.ts";
import type { SelectedControl } from "../../../src/model/policy.ts";
import { type Judged, type SuggestInput, type Suggestion, suggest } from "../../../src/suggest/suggest.ts";
import { graphOf } from "../resolve/sources/support.ts";

export const PATTERN =
  '{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && ($.sourceIPAddress != "delivery.logs.amazonaws.com") && ($.eventName != "HeadBucket") }';

export const CONTROL: SelectedControl = {
  policy: {
    id: "aws-unauthorized-api-calls-alarm",
    title: "An unauthorized API call raises an alarm that reaches someone",
    severity: "medium",
    rationale: "",
    remediation: "",
    benchmarks: [],
    identifiers: new Map(),
    sources: [],
    deprecated: undefined,
    check: { kind: "log-pattern-alarm", pattern: PATTERN },
  },
  benchmark: undefined,
  patterns: [PATTERN],
};

const REQUIREMENT = requirementOf(CONTROL);

export function judge(graph: Graph): Judged & { readonly finding: ReturnType<typeof checkLogPatternAlarm> } {
  const world = createWorld(graph, { acceptPending: false, assumptions: [] });
  return { finding: checkLogPatternAlarm(world, CONTROL), view: viewGraph(world, REQUIREMENT) };
}

export function suggestFor(graph: Graph, wishes: Partial<SuggestInput> = {}): Suggestion {
  return suggest({ graph, control: CONTROL, judge, interfaces: [], ...wishes });
}

export type Files = Readonly<Record<string, string>>;

const ENDPOINT = 'alert_endpoint = "arn:aws:sqs:us-east-1:123456789012:alarms"\n';

/**
 * The files with a suggestion carried out: added blocks in files of their own, changes as Terraform's override files,
 * which replace arguments and whole nested blocks, and blocks to take out cut off.
 */
export function carryOut(files: Files, suggestion: Suggestion, directories: Files = {}): Files {
  const result: Record<string, string> = { ...files };
  const append = (path: string, text: string) => {
    result[path] = `${result[path] ?? ""}${text}\n`;
  };
  for (const { action, module, address, hcl, remove } of suggestion.blocks) {
    const directory = directories[module] ?? "";
    if (action === "add") append(`${directory}suggested.tf`, hcl);
    if (action === "change") append(`${directory}suggested_override.tf`, withNulls(address, hcl, remove));
    if (action === "remove") cut(result, address);
    if (address === "variable.alert_endpoint" && directory === "") append("terraform.tfvars", ENDPOINT);
  }
  return result;
}

function withNulls(address: string, hcl: string, remove: readonly string[]): string {
  const [type, name] = address.split(".");
  const text = hcl === "" ? `resource "${type}" "${name}" {\n}` : hcl;
  return text.replace("{\n", () => `{\n${remove.map((argument) => `  ${argument} = null\n`).join("")}`);
}

function cut(files: Record<string, string>, address: string): void {
  const [type, name] = address.split(".");
  for (const [path, text] of Object.entries(files)) {
    files[path] = text.replace(new RegExp(`resource "${type}" "${name}" \\{\\n[\\s\\S]*?\\n\\}\\n`), "");
  }
}

export async function judgeFiles(files: Files) {
  return judge(await graphOf(files)).finding;
}
