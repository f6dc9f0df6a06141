// Everything in the repository that is made from policies and shapes: pages and JSON Schemas. Texts only; a test compares
// them with the files, and writes them with UPDATE_GENERATED=1.

import { parsePattern } from "../../src/aws/filter-pattern/parse.ts";
import { CONFIG } from "../../src/input/config.ts";
import { EXAMPLES } from "../../src/input/policy-examples.ts";
import { POLICY } from "../../src/input/policy-shape.ts";
import type { Auditor } from "../../src/model/auditor.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type {
  AttributeOperator,
  LogPatternAlarm,
  Policy,
  ResourceAttribute,
} from "../../src/model/policy.ts";

const NOTICE = "<!-- Made from policies/. Edit the policy, then run the tests with UPDATE_GENERATED=1. -->";

/** Text by path in the repository. */
export function generatedFiles(
  policies: readonly Policy[],
  auditors: readonly Auditor[],
): ReadonlyMap<string, string> {
  return new Map([
    ["policies/policy.schema.json", schemaText("A policy of tfcheck", POLICY.schema)],
    ["policies/examples.schema.json", schemaText("Examples of a tfcheck policy", EXAMPLES.schema)],
    ["policies/config.schema.json", schemaText("The configuration of tfcheck, .tfcheck.yaml", CONFIG.schema)],
    ["docs/policies/README.md", index(policies)],
    ...policies.map((policy): [string, string] => [`docs/policies/${policy.id}.md`, page(policy, auditors)]),
  ]);
}

function schemaText(title: string, schema: JsonObject): string {
  const whole = { $schema: "http://json-schema.org/draft-07/schema#", title, ...schema };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

function index(policies: readonly Policy[]): string {
  const rows = policies.map(({ id, title, severity }) => `| [${id}](${id}.md) | ${title} | ${severity} |`);
  return [
    NOTICE,
    "# Controls that come with tfcheck",
    "| control | demands | severity |\n|---|---|---|\n".concat(rows.join("\n")),
  ]
    .join("\n\n")
    .concat("\n");
}

function page(policy: Policy, auditors: readonly Auditor[]): string {
  const { check } = policy;
  const parts = [
    NOTICE,
    `# ${policy.title}`,
    `\`${policy.id}\`, severity ${policy.severity}`,
    ...(policy.deprecated === undefined ? [] : [`**Retired:** ${policy.deprecated}`]),
    policy.rationale,
    `## What to do\n\n${policy.remediation}`,
    `## What is checked\n\n${check.kind === "log-pattern-alarm" ? pattern(check) : attribute(check)}`,
    ...numbers(policy),
    ...published(policy),
    ...readers(policy, auditors),
    `## Sources\n\n${policy.sources.map((source) => `- <${source}>`).join("\n")}`,
  ];
  return `${parts.join("\n\n")}\n`;
}

function pattern({ pattern: text }: LogPatternAlarm): string {
  return [
    "An unbroken chain from a trail to somebody who hears of it, with a metric filter that counts at least these events:",
    fenced(text),
    "Patterns are compared by what they match, not by how they are written.",
  ].join("\n\n");
}

function attribute({ resource, path, operator, quantifier, whenUnset, joined }: ResourceAttribute): string {
  const which = quantifier === "all" ? "each" : "at least one";
  const by =
    joined === undefined ? "" : ` that the \`${joined.path}\` of some \`${joined.resource}\` leads to`;
  const unset =
    whenUnset === undefined ? "" : ` If it is not written, it counts as \`${JSON.stringify(whenUnset)}\`.`;
  return `Of the \`${resource}\` resources${by}, ${which} has a \`${path}\` that ${demand(operator)}.${unset}`;
}

function demand(operator: AttributeOperator): string {
  switch (operator.name) {
    case "equals":
      return `is \`${JSON.stringify(operator.value)}\``;
    case "in":
      return `is one of ${operator.values.map((value) => `\`${JSON.stringify(value)}\``).join(", ")}`;
    case "matches":
      return `matches \`${operator.pattern}\``;
    case "exists":
      return operator.value ? "is written" : "is not written";
    case "at-least":
      return `is ${operator.value} or more`;
    case "at-most":
      return `is ${operator.value} or less`;
    case "references":
      return `comes from an \`${operator.type}\``;
    default:
      return operator satisfies never;
  }
}

function numbers({ benchmarks, identifiers }: Policy): readonly string[] {
  const rows = [
    ...benchmarks.map(({ name, version, number }) => `| ${name} ${version} | ${number} |`),
    ...[...identifiers].map(([register, id]) => `| ${register} | ${id} |`),
  ];
  return rows.length === 0
    ? []
    : [`## Its names elsewhere\n\n| register | name |\n|---|---|\n${rows.join("\n")}`];
}

function published({ benchmarks }: Policy): readonly string[] {
  const versions = new Map<string, string[]>();
  for (const { version, patterns } of benchmarks) {
    for (const text of patterns) versions.set(text, [...(versions.get(text) ?? []), version]);
  }
  if (versions.size === 0) return [];
  const texts = [...versions].map(([text, where]) => {
    const broken = "problem" in parsePattern(text) ? ", and no filter can be made of it" : "";
    return `Printed in ${where.join(", ")}${broken}:\n\n${fenced(text)}`;
  });
  return [`## Published texts\n\n${texts.join("\n\n")}`];
}

function readers({ id }: Policy, auditors: readonly Auditor[]): readonly string[] {
  const rows = auditors
    .filter(({ tests }) => tests.some(({ control }) => control === id))
    .map(({ name, version, source }) => `- ${name} ${version}: <${source}>`);
  if (rows.length === 0) return [];
  return [`## Auditors that read the text\n\nThese compare the text of the pattern:\n\n${rows.join("\n")}`];
}

function fenced(text: string): string {
  return `\`\`\`text\n${text}\n\`\`\``;
}
