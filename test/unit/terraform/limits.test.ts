// How much is evaluated, and how large values grow: far more than real configurations need, and then no further.

import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Expression } from "../../../src/model/configuration.ts";
import { InputError } from "../../../src/model/problem.ts";
import { known, unknown, type Value } from "../../../src/model/value.ts";
import { evaluate } from "../../../src/terraform/evaluate.ts";
import { attempt, EvaluationFailure, fail } from "../../../src/terraform/failure.ts";
import { FUNCTIONS } from "../../../src/terraform/functions/index.ts";
import { encodeJson } from "../../../src/terraform/functions/json.ts";
import { MAX_DEPTH, MAX_STEPS, type Scope } from "../../../src/terraform/scope.ts";
import { allDiffer, joinText, list, spread, text, tuple } from "../../../src/terraform/values.ts";
import { scopeOf } from "./support.ts";

const ONE: Expression = { kind: "literal", value: 1 };
const REFERENCE: Value = { kind: "reference", to: "t", path: ["arn"], sensitive: false };
const ORIGIN = { why: "variable-unset", subject: "var.u" } as const;

async function worked(steps: number, depth: number): Promise<Scope> {
  return { ...(await scopeOf()), work: { steps, depth, place: "main.tf" } };
}

/** The reason of what fails, or "fine". */
function outcome(work: () => unknown): string {
  const result = attempt(work);
  return result instanceof EvaluationFailure ? result.message : "fine";
}

describe("work", () => {
  it("ends after so many steps, with an error that names the place", async () => {
    expect(evaluate(ONE, await worked(MAX_STEPS - 1, 0))).toEqual(known(1));
    const scope = await worked(MAX_STEPS, 0);
    const problem = attempt(() => {
      try {
        return evaluate(ONE, scope);
      } catch (error) {
        return error;
      }
    });
    expect(problem).toBeInstanceOf(InputError);
    expect(problem instanceof InputError && problem.problems).toEqual([
      {
        code: "evaluation-too-long",
        place: "main.tf",
        message: "evaluating the configuration takes more than 2000000 steps",
        note: "loops over loops multiply; no configuration that Terraform plans in reasonable time comes near",
      },
    ]);
  });

  it("counts every expression", async () => {
    const scope = await worked(0, 0);
    evaluate({ kind: "tuple", elements: [ONE, ONE] }, scope);
    expect(scope.work.steps).toBe(3);
  });

  it("goes so deep and no deeper, and comes up again", async () => {
    const scope = await worked(0, MAX_DEPTH - 1);
    expect(evaluate(ONE, scope)).toEqual(known(1));
    const inner = evaluate({ kind: "tuple", elements: [ONE] }, scope);
    expect(inner.kind === "unknown" && inner.origin.subject).toBe("expressions nest too deeply");
    expect(scope.work.depth).toBe(MAX_DEPTH - 1);
  });

  it("that exhausts the stack is refused like what is too deep", () => {
    expect(outcome(() => new Array(-1))).toBe("expressions nest too deeply");
    const other = new TypeError("other");
    expect(() =>
      attempt(() => {
        throw other;
      }),
    ).toThrow(other);
  });

  it("is refused without a stack, which nobody reads", () => {
    const limit = Error.stackTraceLimit;
    const failure = attempt(() => fail("no"));
    expect(failure instanceof EvaluationFailure && failure.stack?.split("\n")).toHaveLength(1);
    expect(Error.stackTraceLimit).toBe(limit);
  });
});

describe("sizes", () => {
  it.each<[string, () => unknown, string]>([
    ["4,000,000 characters", () => text("x".repeat(4_000_000)), "fine"],
    ["4,000,001 characters", () => text("x".repeat(4_000_001)), "the string is too long"],
    ["parts of 4,000,000", () => joinText([text("x".repeat(3_999_999)), known("x")]), "fine"],
    [
      "parts of 4,000,001",
      () => joinText([text("x".repeat(4_000_000)), known("x")]),
      "the string is too long",
    ],
    ["10,000 parts", () => joinText(Array.from({ length: 10_000 }, () => REFERENCE)), "fine"],
    [
      "10,001 parts",
      () => joinText(Array.from({ length: 10_001 }, () => REFERENCE)),
      "the string has too many parts",
    ],
    ["4,000,000 unzipped bytes", () => unzipped(4_000_000), "fine"],
    ["4,000,001 unzipped bytes", () => unzipped(4_000_001), "the bytes are no gzip of reasonable size"],
    ["999,999 elements", () => tuple(new Array(999_999).fill(known(1))), "fine"],
    ["1,000,000 elements", () => list(new Array(1_000_000).fill(known(1))), "the value has too many parts"],
    ["lists of lists", () => doubled(18), "fine"],
    ["lists that double", () => doubled(20), "the value has too many parts"],
    ["200 brackets", () => encodeJson(nested(200)), "fine"],
    ["201 brackets", () => encodeJson(nested(201)), "the value nests too deeply"],
  ])("%s", (_, work, wanted) => {
    expect(outcome(work)).toBe(wanted);
  });

  it("are compared up to 64 elements", () => {
    const differing = (count: number) => [
      ...Array.from({ length: count - 1 }, (_, index) => known(index)),
      joinText([known("x"), REFERENCE]),
    ];
    expect([allDiffer(differing(64)), allDiffer(differing(65))]).toEqual([true, false]);
    expect(allDiffer(Array.from({ length: 65 }, (_, index) => known(index)))).toBe(true);
  });

  it("of choices are spread up to 16 combinations", () => {
    const choice = (count: number) =>
      unknown(ORIGIN, {
        candidates: Array.from({ length: count }, (_, index) => known(index)),
        relation: "one-of",
        closed: true,
      });
    const candidatesOf = (...counts: number[]) => {
      const result = spread(counts.map(choice), (values) => tuple(values));
      return result.kind === "unknown" ? result.candidates.length : "not spread";
    };
    expect([candidatesOf(16), candidatesOf(4, 4), candidatesOf(2, 2, 2, 2)]).toEqual([16, 16, 16]);
    expect([candidatesOf(17), candidatesOf(3, 6)]).toEqual(["not spread", "not spread"]);
  });
});

function unzipped(length: number): Value | undefined {
  const text = known(gzipSync("x".repeat(length)).toString("base64"));
  const nowhere = { scope: {} as Scope, bindings: undefined, item: undefined };
  return FUNCTIONS.get("base64gunzip")?.call([text], nowhere);
}

function doubled(times: number): Value {
  let value: Value = known(1);
  for (let count = 0; count < times; count += 1) value = tuple([value, value]);
  return value;
}

function nested(depth: number): Value {
  let value: Value = known(1);
  for (let count = 0; count < depth; count += 1) value = tuple([value]);
  return value;
}
