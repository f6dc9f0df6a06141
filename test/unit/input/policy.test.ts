import { describe, expect, it } from "vitest";
import { parsePolicy } from "../../../src/input/policy.ts";
import { InputError, type InputProblem } from "../../../src/model/problem.ts";

const PATTERN = `id: team-rule
title: A denied call is counted
severity: medium
rationale: Denied calls tell of stolen keys.
remediation: Count them.
benchmarks:
  team-baseline:
    "1.0": "2.10"
    "2.0": "3.1"
identifiers:
  ticket: SEC-7
sources:
  - https://example.com/rules#denied
check: log-pattern-alarm
with:
  pattern: >-
    { ($.errorCode = "AccessDenied*")
    || ($.errorCode = "*UnauthorizedOperation") }
  published:
    - pattern: '{ $.errorCode = "AccessDenied*" }'
      in: { team-baseline: ["1.0", "2.0"] }
    - pattern: '{ $.errorCode = Access Denied }'
      in: { team-baseline: ["1.0"] }
      broken: two words without quotes
`;

const ATTRIBUTE = `id: team-rule
title: Topics have names of ours
severity: low
rationale: Names tell who is asked.
remediation: Rename it.
sources: [https://example.com/names]
check: resource-attribute
with:
  resource: aws_sns_topic
  path: $.name
  matches: ^security-
`;

async function problemsOf(text: string, file = "rules/team-rule.yaml"): Promise<readonly InputProblem[]> {
  try {
    await parsePolicy(text, file);
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
  return [];
}

/** The text with one line changed, as a slip would. */
function changed(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`nothing says ${from}`);
  return text.replace(from, to);
}

describe("a policy", () => {
  it("comes with the texts of each benchmark version, the broken ones too", async () => {
    const policy = await parsePolicy(PATTERN, "rules/team-rule.yaml");
    expect(policy.benchmarks).toEqual([
      {
        name: "team-baseline",
        version: "1.0",
        number: "2.10",
        patterns: ['{ $.errorCode = "AccessDenied*" }', "{ $.errorCode = Access Denied }"],
      },
      {
        name: "team-baseline",
        version: "2.0",
        number: "3.1",
        patterns: ['{ $.errorCode = "AccessDenied*" }'],
      },
    ]);
    expect(policy.identifiers).toEqual(new Map([["ticket", "SEC-7"]]));
    expect(policy.check).toEqual({
      kind: "log-pattern-alarm",
      pattern: '{ ($.errorCode = "AccessDenied*") || ($.errorCode = "*UnauthorizedOperation") }',
    });
  });

  it("comes with its path taken apart", async () => {
    const text = changed(ATTRIBUTE, "path: $.name", "path: $.event_selector[*]['a.b'][2].read_write_type");
    const policy = await parsePolicy(text, "team-rule.yaml");
    expect(policy.check).toMatchObject({
      steps: [
        { kind: "step", step: "event_selector" },
        { kind: "every" },
        { kind: "step", step: "a.b" },
        { kind: "step", step: 2 },
        { kind: "step", step: "read_write_type" },
      ],
    });
  });

  it("may be JSON, and may come with a BOM and Windows line ends", async () => {
    const json = `\uFEFF${JSON.stringify(
      {
        id: "team-rule",
        title: "t",
        severity: "low",
        rationale: "r",
        remediation: "r",
        sources: ["https://example.com"],
        check: "resource-attribute",
        with: { resource: "aws_sns_topic", path: "$.name", exists: true },
      },
      null,
      2,
    ).replaceAll("\n", "\r\n")}`;
    expect(await problemsOf(json)).toEqual([]);
  });

  it.each([
    ["equals: true", { name: "equals", value: true }],
    ["in: [1, b, true]", { name: "in", values: [1, "b", true] }],
    ["matches: ^a+$", { name: "matches", pattern: "^a+$" }],
    ["exists: false", { name: "exists", value: false }],
    ["at-least: 365", { name: "at-least", value: 365 }],
    ["at-most: 0.5", { name: "at-most", value: 0.5 }],
    ["references: aws_kms_key", { name: "references", type: "aws_kms_key" }],
  ])("understands the operator %s", async (line, operator) => {
    const policy = await parsePolicy(changed(ATTRIBUTE, "matches: ^security-", line), "team-rule.yaml");
    expect(policy.check).toMatchObject({ operator, quantifier: "all", whenUnset: undefined });
  });

  it("says what an unset attribute counts as, how many have to meet it, and what leads there", async () => {
    const more = `matches: ^security-
  default: none
  for: any
  joined:
    resource: aws_cloudwatch_metric_alarm
    path: $.alarm_actions[*]
`;
    const policy = await parsePolicy(changed(ATTRIBUTE, "matches: ^security-\n", more), "team-rule.yaml");
    expect(policy.check).toMatchObject({
      quantifier: "any",
      whenUnset: "none",
      joined: {
        resource: "aws_cloudwatch_metric_alarm",
        path: "$.alarm_actions[*]",
        steps: [{ kind: "step", step: "alarm_actions" }, { kind: "every" }],
      },
    });
  });
});

/** What is planted, where, and what the answer has to hold: place, code and a word of the help. */
const SLIPS: readonly (readonly [string, string, string, string, string, string, string | undefined])[] = [
  ["a misspelt id key", PATTERN, "id: team", "di: team", "1:1", "unknown-key", '"id"'],
  ["a misspelt title", PATTERN, "title:", "titel:", "2:1", "unknown-key", '"title"'],
  ["a misspelt severity", PATTERN, "severity:", "serverity:", "3:1", "unknown-key", '"severity"'],
  ["a misspelt rationale", PATTERN, "rationale:", "rational:", "4:1", "unknown-key", '"rationale"'],
  ["a misspelt remediation", PATTERN, "remediation:", "remidiation:", "5:1", "unknown-key", '"remediation"'],
  ["a misspelt benchmarks", PATTERN, "benchmarks:", "benchmark:", "6:1", "unknown-key", '"benchmarks"'],
  ["misspelt identifiers", PATTERN, "identifiers:", "identifier:", "10:1", "unknown-key", '"identifiers"'],
  ["misspelt sources", PATTERN, "sources:", "source:", "12:1", "unknown-key", '"sources"'],
  ["a misspelt check key", PATTERN, "check:", "chek:", "14:1", "unknown-key", '"check"'],
  ["a misspelt with", PATTERN, "with:", "wiht:", "15:1", "unknown-key", '"with"'],
  ["a misspelt pattern", PATTERN, "  pattern: >-", "  patern: >-", "16:3", "unknown-key", '"pattern"'],
  ["a misspelt published", PATTERN, "published:", "publishd:", "19:3", "unknown-key", '"published"'],
  ["a misspelt in", PATTERN, "      in: {", "      ni: {", "21:7", "unknown-key", '"in"'],
  ["a misspelt broken", PATTERN, "      broken:", "      brocken:", "24:7", "unknown-key", '"broken"'],
  ["a misspelt resource", ATTRIBUTE, "resource:", "resorce:", "9:3", "unknown-key", '"resource"'],
  ["a misspelt path", ATTRIBUTE, "  path:", "  paht:", "10:3", "unknown-key", '"path"'],
  ["a misspelt operator", ATTRIBUTE, "matches:", "mathces:", "11:3", "unknown-key", '"matches"'],
  ["an unknown severity", PATTERN, "medium", "medum", "3:11", "unknown-severity", '"medium"'],
  [
    "an unknown check",
    PATTERN,
    "log-pattern-alarm",
    "log-patern-alarm",
    "14:8",
    "unknown-check",
    '"log-pattern-alarm"',
  ],
  ["an id that is no id", PATTERN, "id: team-rule", "id: Team_Rule", "1:5", "name", undefined],
  [
    "an id of another file",
    PATTERN,
    "id: team-rule",
    "id: other-rule",
    "1:5",
    "id-differs",
    "other-rule.yaml",
  ],
  ["a version in words", PATTERN, '"2.0": "3.1"', 'two: "3.1"', "9:5", "version", undefined],
  ["a number that YAML would shorten", PATTERN, '"2.10"', "2.10", "8:12", "wrong-type", '"2.10"'],
  ["a source without s", PATTERN, "https://ex", "http://ex", "13:5", "source", "https://"],
  ["a source that is none", PATTERN, "https://example.com/rules#denied", "wiki", "13:5", "source", undefined],
  [
    "a slip in a folded pattern",
    PATTERN,
    "|| ($.errorCode",
    "|| (&.errorCode",
    "18:9",
    "pattern",
    "$.errorCode",
  ],
  [
    "a slip in a published text",
    PATTERN,
    '$.errorCode = "AccessDenied*" }\'',
    '$.errorCode == "AccessDenied*" }\'',
    "20:31",
    "pattern",
    "broken",
  ],
  [
    "a text that is not broken",
    PATTERN,
    "Access Denied }",
    "AccessDenied }",
    "22:16",
    "not-broken",
    "broken",
  ],
  [
    "a pattern that matches all",
    PATTERN,
    '{ $.errorCode = "AccessDenied*" }\'',
    "'",
    "20:16",
    "empty",
    undefined,
  ],
  ["an unknown version", PATTERN, '["1.0", "2.0"]', '["1.0", "2.1"]', "21:36", "unknown-version", "2.0"],
  [
    "an unknown benchmark",
    PATTERN,
    'in: { team-baseline: ["1.0"] }',
    'in: { cis: ["1.0"] }',
    "23:13",
    "unknown-benchmark",
    undefined,
  ],
  ["a resource that is no type", ATTRIBUTE, "aws_sns_topic", "sns", "9:13", "resource-type", undefined],
  ["a path without $", ATTRIBUTE, "$.name", "name", "10:9", "path", "$.name"],
  ["a path with a filter", ATTRIBUTE, "$.name", "$.x[?(@.y)]", "10:9", "path", undefined],
  ["a path with a script", ATTRIBUTE, "$.name", "$.x[(@.length-1)]", "10:9", "path", undefined],
  ["a regular expression with a group", ATTRIBUTE, "^security-", "^(a+)+$", "11:13", "expression", undefined],
  ["no operator", ATTRIBUTE, "  matches: ^security-\n", "", "9:3", "one-of", undefined],
  [
    "two operators",
    ATTRIBUTE,
    "  matches: ^security-\n",
    "  matches: a\n  exists: true\n",
    "9:3",
    "one-of",
    undefined,
  ],
  ["a number as text", ATTRIBUTE, "matches: ^security-", 'at-least: "365"', "11:13", "wrong-type", undefined],
  [
    "a list as text",
    ATTRIBUTE,
    "title: Topics have names of ours",
    "title: [a]",
    "2:8",
    "wrong-type",
    undefined,
  ],
  ["no value", ATTRIBUTE, "title: Topics have names of ours", "title:", "2:7", "empty", undefined],
  ["an empty list", ATTRIBUTE, "[https://example.com/names]", "[]", "6:10", "too-few", undefined],
  [
    "a key that stands twice",
    ATTRIBUTE,
    "severity: low",
    "severity: low\nseverity: high",
    "4:1",
    "key-twice",
    undefined,
  ],
  ["an alias", ATTRIBUTE, "title: Topics have names of ours", "title: *t", "2:8", "alias", undefined],
  ["a second document", ATTRIBUTE, "check:", "---\ncheck:", "7:1", "not-yaml", undefined],
];

describe("a slip in a policy", () => {
  it.each(SLIPS)("%s has its place and a way out", async (_, text, from, to, place, code, help) => {
    const problems = await problemsOf(changed(text, from, to));
    const found = problems.find((problem) => problem.place === `rules/team-rule.yaml:${place}`);
    expect(problems.map((problem) => `${problem.place} ${problem.code}`)).toContain(
      `rules/team-rule.yaml:${place} policy-${code}`,
    );
    if (help !== undefined) expect(found?.help).toContain(help);
  });

  it("is told together with all the others of the file, in the order of the lines", async () => {
    const text = changed(changed(PATTERN, "severity: medium", "severity: bad"), "title:", "titel:");
    const problems = await problemsOf(changed(text, "|| ($.errorCode", "|| (errorCode"));
    expect(problems.map(({ place }) => place.split(":").slice(1).join(":"))).toEqual(["2:1", "3:11", "18:9"]);
  });

  it.each(["id", "title", "severity", "rationale", "remediation", "sources", "check", "with"])(
    "that leaves out %s says so once",
    async (key) => {
      const lines = ATTRIBUTE.split("\n");
      const from = lines.findIndex((line) => line.startsWith(`${key}:`));
      const until = lines.findIndex((line, index) => index > from && !line.startsWith("  "));
      const text = [...lines.slice(0, from), ...lines.slice(until)].join("\n");
      const problems = await problemsOf(text);
      expect(problems.map(({ code, message }) => [code, message])).toEqual([
        ["policy-missing-key", `"${key}" is missing`],
      ]);
    },
  );
});

describe("a hostile policy", () => {
  it.each([
    ["nested brackets", "[".repeat(50_000)],
    ["nested dashes", "- ".repeat(50_000)],
    ["nested question marks", "? ".repeat(50_000)],
    ["nested maps", "{a: ".repeat(20_000)],
    ["a long indentation", `${" ".repeat(100_000)}a: 1`],
    ["a huge text", `title: ${"x".repeat(600_000)}`],
    ["many keys", Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`).join("\n")],
    ["a billion laughs", "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]"],
    ["a tag", "title: !!js/function 'x'"],
    ["a binary value", "title: !!binary aGk="],
    ["a prototype", "__proto__: { id: team-rule }\nconstructor: 1"],
    ["nothing", ""],
    ["a scalar", "just text"],
    ["a list", "- id: team-rule"],
  ])(
    "%s is refused in time and in words",
    async (_, text) => {
      const problems = await problemsOf(text);
      expect(problems.length).toBeGreaterThan(0);
      for (const { message, place } of problems) {
        expect(message).toMatch(/^["a-z]/);
        expect(place).toMatch(/^rules\/team-rule\.yaml/);
      }
    },
    5_000,
  );
});
