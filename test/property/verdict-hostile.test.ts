// Any JSON at any place of a plan gives a report or an InputError, in bounded time: never another exception.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isArray, isObject, type Json } from "../../src/model/json.ts";
import { InputError } from "../../src/model/problem.ts";
import { FORMATS, render } from "../../src/report/index.ts";
import { DEFAULT_OPTIONS } from "../../src/report/render-options.ts";
import { reportOf } from "../tools/check-plan.ts";
import { pathsOf, valueAt, withValueAt } from "../tools/plan-changes.ts";
import { SCENARIOS } from "../tools/scenarios.ts";

/** Values that code forgets: wrong types, names of built-in properties, patterns that are expensive or broken. */
const ODD: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json[]>(
    null,
    true,
    0,
    -1,
    1e308,
    "",
    "__proto__",
    "constructor",
    "arn:",
    "${",
    "{ $.a = ",
    `{ ${"(".repeat(500)}$.a = 1${")".repeat(500)} }`,
    `{ $.errorCode = "${"*a".repeat(40)}" }`,
    "module.a[",
    [],
    {},
    [null],
    { references: ["module.x.y", "each.value", "path.module", ""] },
    { constant_value: { a: [1] } },
  ),
  fc.jsonValue({ maxDepth: 3 }).map((value): Json => JSON.parse(JSON.stringify(value))),
);

const PATHS = SCENARIOS.map(({ plan }) => ({
  plan,
  paths: [...pathsOf(plan)].filter(([top]) => top !== "planned_values"),
}));

const mutated = fc
  .record({
    scenario: fc.nat({ max: PATHS.length - 1 }),
    places: fc.array(fc.tuple(fc.nat(), ODD, fc.boolean()), { minLength: 1, maxLength: 4 }),
  })
  .map(({ scenario, places }) => {
    const { plan, paths } = PATHS[scenario] ?? { plan: {}, paths: [[]] };
    return places.reduce<Json>((changed, [at, value, inKey]) => {
      const path = paths[at % paths.length] ?? [];
      // An earlier change may have cut the path off.
      const parent = valueAt(changed, path.slice(0, -1));
      if (!isObject(parent) && !isArray(parent)) return changed;
      if (isArray(parent) && Number(path.at(-1)) >= parent.length) return changed;
      const target = inKey && isObject(parent) ? [...path.slice(0, -1), "toString"] : path;
      return withValueAt(changed, target, value);
    }, plan);
  });

describe("a plan with odd values", () => {
  it("is answered or refused, in every format", async () => {
    await fc.assert(
      fc.asyncProperty(mutated, async (plan) => {
        try {
          const report = await reportOf(JSON.stringify(plan));
          for (const format of FORMATS) await render(report, format, DEFAULT_OPTIONS);
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          expect(error.problems.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 400, seed: 20261124, interruptAfterTimeLimit: 20_000 },
    );
  });

  it("is refused when it is cut off, wherever that is", async () => {
    const [first] = SCENARIOS;
    const text = JSON.stringify(first?.plan);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: text.length - 1 }), async (end) => {
        await expect(reportOf(text.slice(0, end))).rejects.toBeInstanceOf(InputError);
      }),
      { numRuns: 100, seed: 20261124 },
    );
  });
});
