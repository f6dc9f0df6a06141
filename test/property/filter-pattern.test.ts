import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { comparisonsOf, type Pattern } from "../../src/aws/filter-pattern/ast.ts";
import { covers } from "../../src/aws/filter-pattern/covers.ts";
import { matches } from "../../src/aws/filter-pattern/matches.ts";
import { parsePattern } from "../../src/aws/filter-pattern/parse.ts";
import { printPattern } from "../../src/aws/filter-pattern/print.ts";
import { DEFAULT_READING, readingsFor } from "../../src/aws/filter-pattern/readings.ts";
import type { Json } from "../../src/model/json.ts";
import { fieldValues, plainPair, smallEvent, wildcardPair } from "./filter-pattern-random.ts";
import { runs } from "./runs.ts";

const SEED = 20251124;
/** A few seconds on an idle machine, a minute on a busy one. */
const PATIENCE = { timeout: 300_000 };

test("parsing a printed pattern gives the pattern back", () => {
  fc.assert(
    fc.property(fc.oneof(plainPair, wildcardPair), ([pattern]) => {
      const text = printPattern(pattern);
      // The parser allows two regular expressions and three wildcards.
      fc.pre((text.match(/%/g)?.length ?? 0) <= 4 && (text.match(/\.\* |\[\*\]/g)?.length ?? 0) <= 3);
      expect(parsePattern(text)).toMatchObject({ pattern });
    }),
    { seed: SEED, numRuns: runs(2000) },
  );
});

test("any text at all is parsed or refused, with a place inside the text", () => {
  const piece = fc.constantFrom(
    ..."{}()&|=!<>\"'%$.*[] \\-?,\n",
    "$.a",
    "$.errorCode",
    "IS",
    "NULL",
    "NOT EXISTS",
    "x",
    "é",
    "5",
  );
  const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
  const text = fc.oneof(
    fc.string({ unit }),
    fc.array(piece, { maxLength: 30 }).map((all) => all.join("")),
  );
  fc.assert(
    fc.property(text, fc.boolean(), (inside, braces) => {
      const given = braces ? `{${inside}}` : inside;
      const parsed = parsePattern(given);
      if ("problem" in parsed) {
        expect(parsed.problem.offset).toBeGreaterThanOrEqual(0);
        expect(parsed.problem.end).toBeGreaterThanOrEqual(parsed.problem.offset);
        expect(parsed.problem.end).toBeLessThanOrEqual(given.length);
      } else {
        const again = parsePattern(printPattern(parsed.pattern));
        expect(again).toMatchObject({ pattern: { ...parsed.pattern, text: expect.any(String) } });
      }
    }),
    { seed: SEED, numRuns: runs(5000) },
  );
});

describe("covers", () => {
  const events = fc.sample(smallEvent, { seed: SEED, numRuns: runs(600) });

  /** Checks the answer against the matcher: a no by its event, a yes by many events, each under one reading. */
  function judge(actual: Pattern, required: Pattern): "yes" | "no" | "maybe" {
    const coverage = covers([actual], required);
    const readings = readingsFor([actual, required]);
    if (coverage.answer === "no") {
      for (const reading of coverage.everywhere ? readings : [coverage.reading]) {
        if (!matches(required, coverage.event, reading) || matches(actual, coverage.event, reading)) {
          expect.fail(
            `no witness for ${actual.text} and ${required.text}: ${JSON.stringify(coverage.event)}`,
          );
        }
      }
    }
    if (coverage.answer === "yes") {
      for (const [at, event] of events.entries()) {
        const reading = readings[at % readings.length] ?? DEFAULT_READING;
        if (matches(required, event, reading) && !matches(actual, event, reading)) {
          expect.fail(`${actual.text} does not cover ${required.text}: ${JSON.stringify(event)}`);
        }
      }
    }
    return coverage.answer;
  }

  test.each([
    ["plain fields", plainPair, runs(10_000), 0.001],
    ["wildcard selectors", wildcardPair, runs(2_000), 0.01],
  ])("random pairs on %s: every no has a witness, every yes survives", PATIENCE, (_, pair, tries, maybes) => {
    const answers = { yes: 0, no: 0, maybe: 0 };
    const property = fc.property(pair, fc.boolean(), ([required, other], related) => {
      answers[judge(related ? loosened(required, other) : other, required)] += 1;
    });
    fc.assert(property, { seed: SEED, numRuns: tries });
    expect(answers.maybe / tries).toBeLessThanOrEqual(maybes);
    expect(answers.yes / tries).toBeGreaterThan(0.2);
    expect(answers.no / tries).toBeGreaterThan(0.2);
  });

  test("a yes survives every small event over the fields the patterns speak of", PATIENCE, () => {
    let enumerated = 0;
    const property = fc.property(plainPair, fc.boolean(), ([required, other], related) => {
      const actual = related ? loosened(required, other) : other;
      if (covers([actual], required).answer !== "yes") return;
      const readings = readingsFor([actual, required]);
      for (const event of everyEvent([actual, required])) {
        const reading = readings[enumerated % readings.length] ?? DEFAULT_READING;
        enumerated += 1;
        if (matches(required, event, reading) && !matches(actual, event, reading)) {
          expect.fail(`${actual.text} does not cover ${required.text}: ${JSON.stringify(event)}`);
        }
      }
    });
    fc.assert(property, { seed: SEED, numRuns: runs(300) });
    expect(enumerated).toBeGreaterThan(runs(100_000));
  });
});

/** `other` with a part of `required` beside it: often, not always, broader than `required`. */
function loosened(required: Pattern, other: Pattern): Pattern {
  if (required.form !== "json" || other.form !== "json") return other;
  const { expression } = required;
  const part = expression.kind === "and" ? (expression.operands[0] ?? expression) : expression;
  const operands = [other.expression, part].flatMap((one) => (one.kind === "or" ? one.operands : [one]));
  const pattern: Pattern = { form: "json", expression: { kind: "or", operands }, text: "" };
  return { ...pattern, text: printPattern(pattern) };
}

/** All combinations of small values in the top-level fields that the patterns name; others as in any event. */
function everyEvent(patterns: readonly Pattern[]): readonly Json[] {
  const steps = patterns.flatMap(comparisonsOf).map(({ selector }) => selector[0]);
  const names = new Set(steps.flatMap((step) => (step?.kind === "name" ? [step.name] : [])));
  let events: Record<string, Json>[] = [{ eventName: "x", userIdentity: { type: "x" } }];
  for (const name of names) {
    const values = fieldValues(name);
    // Two fields at most get all their values; a full product of more would take minutes.
    const few = events.length > 300 ? values.filter((_, at) => at % 5 === 0) : values;
    events = events.flatMap((event) => few.map((value) => withField(event, name, value)));
  }
  return events;
}

function withField(event: Record<string, Json>, name: string, value: Json | undefined): Record<string, Json> {
  const { [name]: _, ...others } = event;
  return value === undefined ? others : { ...others, [name]: value };
}
