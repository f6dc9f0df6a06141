// The shape of a policy file: keys, types and closed vocabularies. What the keys mean together is in policy.ts.

import { parseRegex } from "../aws/filter-pattern/regex.ts";
import type { JsonObject } from "../model/json.ts";
import {
  ANYTHING,
  dictionary,
  FLAG,
  list,
  NUMBER,
  needed,
  optional,
  type Position,
  type ReadOf,
  record,
  SCALAR,
  type Shape,
  text,
  within,
  word,
} from "./document-shape.ts";
import { patternText } from "./pattern-text.ts";
import { isPath, PATH_GRAMMAR } from "./select.ts";
import type { YamlNode } from "./yaml-document.ts";

const SEVERITIES = ["low", "medium", "high", "critical"] as const;
const CHECKS = ["log-pattern-alarm", "resource-attribute"] as const;
export const OPERATORS = ["equals", "in", "matches", "exists", "at-least", "at-most", "references"] as const;

/** Only texts of this form are ids, benchmark names and registers. */
const NAME = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$";
const VERSION = "^\\d+\\.\\d+(\\.\\d+)?$";

const nameText = text({
  schema: { pattern: NAME },
  check: (value) =>
    new RegExp(NAME).test(value)
      ? undefined
      : { code: "name", message: `"${value}" is not made of small letters, digits and single hyphens` },
});

const versionText = text({
  schema: { pattern: VERSION },
  check: (value) =>
    new RegExp(VERSION).test(value)
      ? undefined
      : { code: "version", message: `"${value}" is no version such as "5.0.0"` },
});

const sourceText = text({
  schema: { pattern: "^https://[^\\s/]+\\.[^\\s/]+(/\\S*)?$" },
  check: (value) =>
    /^https:\/\/[^\s/]+\.[^\s/]+(\/\S*)?$/.test(value)
      ? undefined
      : {
          code: "source",
          message: `"${value}" is no https address`,
          ...(value.startsWith("http://") ? { help: `write "https://${value.slice(7)}"` } : {}),
        },
});

const typeText = text({
  schema: { pattern: "^[a-z][a-z0-9]*(_[a-z0-9]+)+$" },
  check: (value) =>
    /^[a-z][a-z0-9]*(_[a-z0-9]+)+$/.test(value)
      ? undefined
      : { code: "resource-type", message: `"${value}" is no resource type such as "aws_cloudtrail"` },
});

const pathText = text({
  schema: { pattern: PATH_GRAMMAR, maxLength: 256 },
  check: (value) =>
    isPath(value)
      ? undefined
      : {
          code: "path",
          message: `"${value}" is no path that can be followed`,
          note: "a path is an attribute and steps into it, such as $.event_selector[*].read_write_type; no filters",
          ...(isPath(`$.${value}`) ? { help: `write "$.${value}"` } : {}),
        },
});

const expressionText = text({
  check: (value) => {
    const parsed = parseRegex(value);
    return "regex" in parsed
      ? undefined
      : {
          code: "expression",
          offset: parsed.problem.offset,
          message: `"${value.slice(parsed.problem.offset)}" cannot be read (${parsed.problem.code})`,
          note: "regular expressions are those of CloudWatch Logs filter patterns: no groups, no look-around",
        };
  },
});

const versionList = dictionary(nameText, list(versionText, { min: 1 }));

export const LOG_PATTERN_ALARM = record({
  pattern: needed(patternText("parses"), "filter pattern of the events that have to raise the alarm"),
  published: optional(
    list(
      record({
        pattern: needed(patternText("any"), "the text exactly as printed"),
        in: needed(versionList, "benchmark versions that print it"),
        broken: optional(text(), "why no filter can be made of it; only for texts that cannot be read"),
      }),
      { min: 1 },
    ),
    "the texts that benchmark versions print",
  ),
});

export const RESOURCE_ATTRIBUTE = record(
  {
    resource: needed(typeText, "resource type, such as aws_cloudtrail"),
    path: needed(pathText, "JSONPath of the attribute, such as $.kms_key_id"),
    for: optional(
      word("quantifier", ["all", "any"]),
      "whether all resources have to meet it or any one; all if left out",
    ),
    default: optional(SCALAR, "what the provider uses when the attribute is not written"),
    joined: optional(
      record({
        resource: needed(typeText, "resource type that leads to the one checked"),
        path: needed(pathText, "JSONPath of the attribute that leads there"),
      }),
      "checks only resources that an attribute of another type leads to",
    ),
    equals: optional(SCALAR, "the attribute is this value"),
    in: optional(list(SCALAR, { min: 1 }), "the attribute is one of these values"),
    matches: optional(expressionText, "the attribute matches this regular expression of filter patterns"),
    exists: optional(FLAG, "whether the attribute is written at all"),
    "at-least": optional(NUMBER, "the attribute is this number or more"),
    "at-most": optional(NUMBER, "the attribute is this number or less"),
    references: optional(typeText, "the attribute comes from a resource of this type"),
  },
  { exactlyOne: OPERATORS },
);

const common = {
  id: needed(nameText, "what the control demands; equals the name of the file"),
  title: needed(text(), "one sentence that says what holds when the control does"),
  severity: needed(word("severity", SEVERITIES), "how bad it is when the control does not hold"),
  rationale: needed(text(), "why anybody wants this"),
  remediation: needed(text(), "what to do when it does not hold"),
  benchmarks: optional(
    dictionary(
      nameText,
      dictionary(versionText, text({ schema: { pattern: "^\\S+$" }, check: numberComplaint })),
    ),
    "by benchmark and version, the number of the control there",
  ),
  identifiers: optional(dictionary(nameText, text()), "names of the control in other registers, such as cce"),
  sources: needed(list(sourceText, { min: 1 }), "pages that say so"),
  deprecated: optional(text(), "why the control is retired; its id is never used again"),
  check: needed(word("check", CHECKS), "the kind of question"),
  with: needed(ANYTHING, "the parameters of the check"),
};

const COMMON = record(common);

function numberComplaint(value: string): { code: string; message: string } | undefined {
  return /^\S+$/.test(value)
    ? undefined
    : { code: "number", message: `"${value}" is no number of a control` };
}

/** A policy file as written. */
export type PolicyDocument = Omit<ReadOf<typeof common>, "check" | "with"> & CheckDocument;

export type CheckDocument =
  | { readonly check: "log-pattern-alarm"; readonly with: LogPatternAlarmDocument }
  | { readonly check: "resource-attribute"; readonly with: ResourceAttributeDocument };

export type LogPatternAlarmDocument = NonNullable<ReturnType<typeof LOG_PATTERN_ALARM.read>>;
export type ResourceAttributeDocument = NonNullable<ReturnType<typeof RESOURCE_ATTRIBUTE.read>>;

/** `check` says what `with` looks like. */
export const POLICY: Shape<PolicyDocument> = {
  schema: policySchema(),
  read: (node, at) => {
    const parameters = readParameters(node, at);
    const read = COMMON.read(node, at);
    return read === undefined || parameters === undefined ? undefined : { ...read, ...parameters };
  },
};

/** Read beside the other keys, so that all problems come at once. */
function readParameters(node: YamlNode, at: Position): CheckDocument | undefined {
  if (node.kind !== "map") return undefined;
  const value = (key: string) => node.entries.find((entry) => entry.key === key)?.value;
  const [check, parameters] = [value("check"), value("with")];
  if (check?.kind !== "scalar" || parameters === undefined) return undefined;
  switch (CHECKS.find((name) => name === check.value)) {
    case "log-pattern-alarm": {
      const read = LOG_PATTERN_ALARM.read(parameters, within(at, "with"));
      return read === undefined ? undefined : { check: "log-pattern-alarm", with: read };
    }
    case "resource-attribute": {
      const read = RESOURCE_ATTRIBUTE.read(parameters, within(at, "with"));
      return read === undefined ? undefined : { check: "resource-attribute", with: read };
    }
    case undefined:
      return undefined;
  }
}

function policySchema(): JsonObject {
  const branch = (check: (typeof CHECKS)[number], parameters: JsonObject): JsonObject => ({
    if: { properties: { check: { const: check } }, required: ["check"] },
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
    then: { properties: { with: parameters } },
  });
  return {
    ...COMMON.schema,
    allOf: [
      branch("log-pattern-alarm", LOG_PATTERN_ALARM.schema),
      branch("resource-attribute", RESOURCE_ATTRIBUTE.schema),
    ],
  };
}
