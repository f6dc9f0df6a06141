import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Pattern } from "../../src/aws/filter-pattern/ast.ts";
import { covers } from "../../src/aws/filter-pattern/covers.ts";
import { matches } from "../../src/aws/filter-pattern/matches.ts";
import { parsePattern } from "../../src/aws/filter-pattern/parse.ts";
import { printPattern } from "../../src/aws/filter-pattern/print.ts";
import { readingsFor } from "../../src/aws/filter-pattern/readings.ts";
import { plainPattern, smallEvent, wildcardPattern } from "./filter-pattern-random.ts";

const SEED = 20251124;

test("parsing a printed pattern gives the pattern back", () => {
  fc.assert(
    fc.property(fc.oneof(plainPattern, wildcardPattern), (pattern) => {
      const text = printPattern(pattern);
      fc.pre(new TextEncoder().encode(text).length <= 1024 && (text.match(/%/g)?.length ?? 0) <= 4);
      expect(parsePattern(text)).toMatchObject({ pattern });
    }),
    { seed: SEED, numRuns: 2000 },
  );
});

describe("covers", () => {
  const events = fc.sample(smallEvent, { seed: SEED, numRuns: 400 });

  function judge(actual: Pattern, required: Pattern): "yes" | "no" | "maybe" {
    const coverage = covers([actual], required);
    const readings = readingsFor([actual, required]);
    if (coverage.answer === "no") {
      const under = coverage.everywhere ? readings : [coverage.reading];
      for (const reading of under) {
        expect(matches(required, coverage.event, reading)).toBe(true);
        expect(matches(actual, coverage.event, reading)).toBe(false);
      }
    }
    if (coverage.answer === "yes") {
      for (const event of events) {
        for (const reading of readings) {
          const slips = matches(required, event, reading) && !matches(actual, event, reading);
          if (slips) expect.fail(`${actual.text} covers ${required.text}: ${JSON.stringify(event)}`);
        }
      }
    }
    return coverage.answer;
  }

  test.each([
    ["plain fields", plainPattern, 10_000],
    ["wildcard selectors", wildcardPattern, 2_000],
  ])("random pairs on %s: every no has a confirmed witness, every yes survives small events", (_, pattern, runs) => {
    const answers = { yes: 0, no: 0, maybe: 0 };
    const started = performance.now();
    fc.assert(
      fc.property(pattern, pattern, fc.boolean(), (required, other, related) => {
        // Unrelated patterns rarely cover one another: half of the pairs share a branch.
        const actual = related ? loosened(required, other) : other;
        answers[judge(actual, required)] += 1;
      }),
      { seed: SEED, numRuns: runs },
    );
    console.log(answers, performance.now() - started);
    expect(answers.maybe / runs).toBeLessThan(0.01);
    expect(answers.yes / runs).toBeGreaterThan(0.05);
  });
});

/** `other`, or the part of `required` that its first operand is: often, not always, broader than `required`. */
function loosened(required: Pattern, other: Pattern): Pattern {
  if (required.form !== "json" || other.form !== "json") return other;
  const { expression } = required;
  const part = expression.kind === "and" ? (expression.operands[0] ?? expression) : expression;
  const operands = [other.expression, part].flatMap((one) => (one.kind === "or" ? one.operands : [one]));
  const pattern: Pattern = { form: "json", expression: { kind: "or", operands }, text: "" };
  return { ...pattern, text: printPattern(pattern) };
}
