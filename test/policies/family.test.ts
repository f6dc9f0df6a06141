// The log-metric controls against each other: every published text covers its own control and no other's.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Pattern } from "../../src/aws/filter-pattern/ast.ts";
import { covers } from "../../src/aws/filter-pattern/covers.ts";
import { matchesEveryday } from "../../src/aws/filter-pattern/everyday-events.ts";
import { parsePattern } from "../../src/aws/filter-pattern/parse.ts";
import { parseAuditors } from "../../src/input/auditors.ts";
import { selectControls } from "../../src/input/select-controls.ts";
import { readPolicyFiles } from "../tools/builtin.ts";

const AUDITORS = await parseAuditors(readFileSync("policies/auditors.yaml", "utf8"), "auditors.yaml");
const SECURITY_HUB = AUDITORS.find(({ name }) => name === "AWS Security Hub")?.tests ?? [];

const POLICIES = (await readPolicyFiles()).map(({ policy }) => policy);

interface Control {
  readonly id: string;
  readonly required: Pattern;
  readonly texts: readonly string[];
}

function parsed(text: string): Pattern {
  const result = parsePattern(text);
  if ("problem" in result) throw new Error(`${text}: ${result.problem.code}`);
  return result.pattern;
}

const FAMILY: readonly Control[] = (await readPolicyFiles()).flatMap(
  ({ policy: { id, check, benchmarks } }) => {
    if (check.kind !== "log-pattern-alarm") return [];
    const printed = benchmarks.flatMap((entry) => entry.patterns);
    const exact = SECURITY_HUB.flatMap(({ control, find }) =>
      control === id && find.kind === "equals" ? find.texts : [],
    );
    return [{ id, required: parsed(check.pattern), texts: [...new Set([...printed, ...exact])] }];
  },
);

const readable = ({ texts }: Control): readonly Pattern[] =>
  texts.filter((text) => "pattern" in parsePattern(text)).map(parsed);
const sound = (control: Control): readonly Pattern[] =>
  readable(control).filter((pattern) => matchesEveryday(pattern) === undefined);

describe("the log-metric controls", () => {
  it("are the fifteen of CIS AWS Foundations", () => {
    expect(FAMILY).toHaveLength(15);
  });

  it.each(FAMILY)("$id: every text in print covers what the control asks for", (control) => {
    const missing = readable(control).filter((text) => covers([text], control.required).answer !== "yes");
    expect(missing.map(({ text }) => text)).toEqual([]);
  });

  it.each(FAMILY)("$id: no text of another control covers it", ({ id, required }) => {
    const others = FAMILY.filter((control) => control.id !== id).flatMap(sound);
    const covering = others.filter((text) => covers([text], required).answer !== "no");
    expect(covering.map(({ text }) => text)).toEqual([]);
  });

  it.each(FAMILY)("$id: what the control asks for does not go off on everyday calls", ({ required }) => {
    expect(matchesEveryday(required)).toBeUndefined();
  });

  it("knows the two texts that match nearly every call: those of 1.3 to 3.0 that say || throughout", () => {
    const everyday = FAMILY.flatMap(readable).filter((text) => matchesEveryday(text) !== undefined);
    expect(everyday).toHaveLength(2);
    for (const { text } of everyday) expect(text).toMatch(/\|\| \(\$\.sourceIPAddress!=.*\) \|\| /);
  });

  it("marks the four texts that are printed so that they cannot be read", () => {
    const unreadable = FAMILY.flatMap(({ id, texts }) =>
      texts.filter((text) => "problem" in parsePattern(text)).map(() => id),
    );
    expect(unreadable).toEqual([
      "aws-console-sign-in-failures-alarm",
      "aws-iam-policy-changes-alarm",
      "aws-organizations-changes-alarm",
      "aws-root-usage-alarm",
    ]);
  });
});

const VERSIONS = [...new Set(POLICIES.flatMap(({ benchmarks }) => benchmarks.map((entry) => entry.version)))];

describe("a benchmark version", () => {
  it.each(VERSIONS)("%s: each text it prints is enough when it is asked for", (version) => {
    const selected = selectControls(POLICIES, { benchmark: `cis-aws-foundations@${version}`, controls: [] });
    const refused = selected.flatMap(({ policy, patterns }) => {
      const printed = policy.benchmarks.filter((entry) => entry.version === version);
      const texts = printed
        .flatMap((entry) => entry.patterns)
        .filter((text) => "pattern" in parsePattern(text));
      return texts.filter((text) => !patterns.some((wanted) => isEnough(text, wanted)));
    });
    expect(refused).toEqual([]);
  });

  it.each([
    ["ModifySecurityGroupRules since 5.0", "aws-security-group-changes-alarm", "4.0.0", "5.0.0"],
    ["denied HeadBucket calls until 1.5", "aws-unauthorized-api-calls-alarm", "5.0.0", "1.2.0"],
  ])("asks for its own text: %s", (_, id, printing, asking) => {
    const [printed] = patternsOf(id, printing);
    expect(patternsOf(id, asking).some((wanted) => isEnough(printed ?? "", wanted))).toBe(false);
  });
});

function patternsOf(id: string, version: string): readonly string[] {
  const selection = { benchmark: `cis-aws-foundations@${version}`, controls: [id] };
  return selectControls(POLICIES, selection).flatMap(({ patterns }) => patterns);
}

function isEnough(text: string, wanted: string): boolean {
  return covers([parsed(text)], parsed(wanted)).answer === "yes";
}
