import { describe, expect, it } from "vitest";
import { type Selection, selectControls } from "../../../src/input/select-controls.ts";
import type { Policy } from "../../../src/model/policy.ts";
import { InputError, type InputProblem } from "../../../src/model/problem.ts";

interface Sketch {
  readonly id: string;
  readonly numbers?: Readonly<Record<string, string>>;
  readonly texts?: Readonly<Record<string, readonly string[]>>;
  readonly cce?: string;
  readonly deprecated?: string;
}

const OWN = '{ $.errorCode = "AccessDenied*" }';

function sketch({ id, numbers = {}, texts = {}, cce, deprecated }: Sketch): Policy {
  return {
    id,
    title: id,
    severity: "low",
    rationale: "r",
    remediation: "r",
    benchmarks: Object.entries(numbers).map(([version, number]) => ({
      name: "cis",
      version,
      number,
      patterns: texts[version] ?? [],
    })),
    identifiers: new Map(cce === undefined ? [] : [["cce", cce]]),
    sources: [],
    deprecated,
    check: { kind: "log-pattern-alarm", pattern: OWN },
  };
}

const POLICIES = [
  sketch({
    id: "aws-unauthorized-api-calls-alarm",
    numbers: { "1.2.0": "3.1", "5.0.0": "4.1" },
    texts: { "1.2.0": ["{ $.a = 1 }", "{ $.b = 1 }"], "5.0.0": ["{ a = 1 }", "{ $.c = 1 }"] },
    cce: "CCE-1",
  }),
  sketch({ id: "aws-tenth-alarm", numbers: { "5.0.0": "4.10" }, texts: { "5.0.0": ["{ $.d = one two }"] } }),
  sketch({ id: "aws-second-alarm", numbers: { "1.2.0": "3.2", "5.0.0": "4.2" } }),
  sketch({ id: "aws-old-alarm", numbers: { "1.2.0": "3.9" }, deprecated: "merged" }),
  sketch({ id: "team-rule" }),
];

function idsOf(selection: Partial<Selection>): readonly string[] {
  const selected = selectControls(POLICIES, { benchmark: undefined, controls: [], ...selection });
  return selected.map(({ policy, benchmark }) => `${benchmark?.number ?? "-"} ${policy.id}`);
}

function problemsOf(selection: Partial<Selection>): readonly InputProblem[] {
  try {
    idsOf(selection);
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
  return [];
}

describe("controls of a run", () => {
  it.each<[string, Partial<Selection>, readonly string[]]>([
    ["nothing asked: the one tfcheck was made for", {}, ["- aws-unauthorized-api-calls-alarm"]],
    [
      "a benchmark: all it numbers, in the order of the numbers",
      { benchmark: "cis@5.0.0" },
      ["4.1 aws-unauthorized-api-calls-alarm", "4.2 aws-second-alarm", "4.10 aws-tenth-alarm"],
    ],
    [
      "a benchmark leaves out what is retired",
      { benchmark: "cis@1.2.0" },
      ["3.1 aws-unauthorized-api-calls-alarm", "3.2 aws-second-alarm"],
    ],
    ["a short version", { benchmark: "cis@v5", controls: ["4.2"] }, ["4.2 aws-second-alarm"]],
    ["an id", { controls: ["team-rule"] }, ["- team-rule"]],
    [
      "a glob, without the retired",
      { controls: ["*-alarm"] },
      ["- aws-unauthorized-api-calls-alarm", "- aws-tenth-alarm", "- aws-second-alarm"],
    ],
    [
      "a name of another register in any case",
      { controls: ["cce-1"] },
      ["- aws-unauthorized-api-calls-alarm"],
    ],
    [
      "a number with its benchmark",
      { benchmark: "cis@5.0.0", controls: ["4.1"] },
      ["4.1 aws-unauthorized-api-calls-alarm"],
    ],
    [
      "a glob of numbers",
      { benchmark: "cis@5.0.0", controls: ["4.1*"] },
      ["4.1 aws-unauthorized-api-calls-alarm", "4.10 aws-tenth-alarm"],
    ],
    [
      "one that the version does not number",
      { benchmark: "cis@5.0.0", controls: ["team-rule", "4.1"] },
      ["4.1 aws-unauthorized-api-calls-alarm", "- team-rule"],
    ],
    ["a retired one by its whole id", { controls: ["aws-old-alarm"] }, ["- aws-old-alarm"]],
    ["the same twice", { controls: ["team-rule", "team-*"] }, ["- team-rule"]],
  ])("%s", (_, selection, expected) => {
    expect(idsOf(selection)).toEqual(expected);
  });

  it.each<[string, Partial<Selection>, readonly string[]]>([
    ["without a benchmark the control's own", { controls: ["aws-unauthorized-*"] }, [OWN]],
    [
      "with one, all its texts that can be read",
      { benchmark: "cis@1.2.0", controls: ["3.1"] },
      ["{ $.a = 1 }", "{ $.b = 1 }"],
    ],
    ["without the broken ones", { benchmark: "cis@5.0.0", controls: ["4.1"] }, ["{ $.c = 1 }"]],
    ["the control's own where all are broken", { benchmark: "cis@5.0.0", controls: ["4.10"] }, [OWN]],
    ["the control's own where none is known", { benchmark: "cis@5.0.0", controls: ["4.2"] }, [OWN]],
  ])("patterns that are enough: %s", (_, selection, expected) => {
    const [selected] = selectControls(POLICIES, { benchmark: undefined, controls: [], ...selection });
    expect(selected?.patterns).toEqual(expected);
  });

  it.each<[string, Partial<Selection>, string]>([
    ["a misspelt id", { controls: ["aws-secnd-alarm"] }, "--control aws-second-alarm"],
    ["an id of nothing", { controls: ["zzz"] }, "tfcheck list"],
    ["a number without a benchmark", { controls: ["4.1"] }, "--benchmark cis@5.0.0 --control 4.1"],
    ["a number of an older version", { controls: ["3.1"] }, "--benchmark cis@1.2.0 --control 3.1"],
    ["a misspelt benchmark", { benchmark: "sic@5.0.0" }, "--benchmark cis@5.0.0"],
    ["a benchmark without a version", { benchmark: "cis" }, "--benchmark cis@5.0.0"],
    ["an unknown version", { benchmark: "cis@5.0.1" }, "--benchmark cis@5.0.0"],
    ["a retired one by a glob alone", { controls: ["aws-old-*"] }, "--control aws-old-alarm"],
  ])("%s is refused with a way out", (_, selection, help) => {
    expect(problemsOf(selection).map((problem) => problem.help)).toEqual([help]);
  });

  it("tells every name that is not known at once", () => {
    expect(problemsOf({ controls: ["x1", "team-rule", "x2"] }).map(({ message }) => message)).toEqual([
      'no control is named "x1"',
      'no control is named "x2"',
    ]);
  });
});
