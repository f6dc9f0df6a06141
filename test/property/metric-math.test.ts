// The direction that is told of an expression is the one its values go, as the evaluator knows nothing of directions.

import fc from "fast-check";
import { expect, test } from "vitest";
import { type BinaryOperator, evaluateMetricMath, type MetricMath } from "../../src/aws/metric-math.ts";
import { type Direction, directionIn } from "../../src/aws/metric-math-direction.ts";
import { runs } from "./runs.ts";

const number = fc.integer({ min: -3, max: 3 });
const operators: readonly BinaryOperator[] = [
  "+",
  "-",
  "*",
  "/",
  ">",
  ">=",
  "<",
  "<=",
  "==",
  "!=",
  "AND",
  "OR",
];

const { math } = fc.letrec<{ math: MetricMath }>((tie) => ({
  math: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<MetricMath>({ kind: "query", id: "m1" }, { kind: "query", id: "m2" }),
    number.map((value): MetricMath => ({ kind: "number", value })),
    fc
      .tuple(fc.constantFrom(...operators), tie("math"), tie("math"))
      .map(([operator, left, right]): MetricMath => ({ kind: "binary", operator, left, right })),
    fc
      .tuple(fc.constantFrom("sum", "max", "min", "average"), tie("math"), tie("math"))
      .map(([kind, one, other]): MetricMath => ({ kind, of: { kind: "list", of: [one, other] } })),
    fc
      .tuple(fc.constantFrom("negate", "abs", "ceil", "floor"), tie("math"))
      .map(([kind, of]): MetricMath => ({ kind, of })),
    fc.tuple(tie("math"), number).map(([of, value]): MetricMath => ({ kind: "fill", of, value })),
    fc
      .tuple(tie("math"), tie("math"), fc.option(tie("math"), { nil: undefined }))
      .map(([condition, then, otherwise]): MetricMath => ({ kind: "if", condition, then, otherwise })),
  ),
}));

test("an expression goes where its direction says", () => {
  const seen = new Set<Direction>();
  const property = fc.property(math, number, number, fc.integer({ min: 1, max: 3 }), (one, m1, m2, more) => {
    const direction = directionIn(one, "m1", new Map());
    const at = (point: number) =>
      evaluateMetricMath(one, {
        expressions: new Map(),
        values: new Map([
          ["m1", point],
          ["m2", m2],
        ]),
      });
    const [before, after] = [at(m1), at(m1 + more)];
    if (typeof before !== "number" || typeof after !== "number") return;
    seen.add(direction);
    if (direction === "up") expect(after).toBeGreaterThanOrEqual(before);
    if (direction === "down") expect(after).toBeLessThanOrEqual(before);
    if (direction === "flat") expect(after).toBe(before);
  });
  fc.assert(property, { seed: 20261126, numRuns: runs(20_000), interruptAfterTimeLimit: 20_000 });
  expect(seen).toEqual(new Set(["up", "down", "flat", "unclear"]));
});
