// Random filter patterns and events over a few fields and values, chosen so that patterns meet one another often.

import fc from "fast-check";
import type {
  Comparison,
  Expression,
  Operand,
  Pattern,
  Step,
  Test,
} from "../../src/aws/filter-pattern/ast.ts";
import { printPattern } from "../../src/aws/filter-pattern/print.ts";
import { parseRegex } from "../../src/aws/filter-pattern/regex.ts";
import type { Json } from "../../src/model/json.ts";

const name = (text: string): Step => ({ kind: "name", name: text });

/** Fields CloudTrail always writes, sometimes writes, and knows nothing about. */
const SELECTORS: readonly (readonly Step[])[] = [
  [name("errorCode")],
  [name("eventName")],
  [name("userIdentity"), name("type")],
  [name("userIdentity"), name("arn")],
  [name("readOnly")],
  [name("a")],
  [name("a"), name("b")],
  [name("a"), name("odd.key")],
  [name("list"), { kind: "index", index: 0 }],
  [name("list"), { kind: "index", index: 1 }],
];

const element = (index: number): Step => ({ kind: "index", index });

/** Wildcard selectors and plain ones that meet the same values. */
const WILDCARD_FAMILIES: readonly (readonly (readonly Step[])[])[] = [
  [
    [name("list"), { kind: "any-element" }],
    [name("list"), element(0)],
    [name("list"), element(1)],
    [name("list")],
  ],
  [
    [name("list"), { kind: "any-element" }, name("b")],
    [name("list"), element(0), name("b")],
    [name("list"), element(0)],
  ],
  [[name("a"), { kind: "any-field" }], [name("a"), name("b")], [name("a"), name("odd.key")], [name("a")]],
  [[{ kind: "any-field" }], [name("errorCode")], [name("eventName")], [name("a")]],
];

const TEXTS = [
  "x",
  "xy",
  "yx",
  "x*",
  "*x",
  "*y*",
  "x*y",
  "*",
  "*xy",
  "yx*",
  "",
  "true",
  "5",
  "x y",
  'q"\\',
  "é",
];
const NUMBERS = ["0", "5", "-1", "2.5", "1e3", "+7"];
const REGEXES = ["x", "^x", "y$", "^x+$", "^[xy]{2}$", "x|^y", "\\d", "^.?$", "[^x]"];

function regexOperand(source: string): Operand {
  const parsed = parseRegex(source);
  if ("problem" in parsed) throw new Error(source);
  return { kind: "regex", regex: parsed.regex };
}

const number = fc
  .constantFrom(...NUMBERS)
  .map((text) => ({ kind: "number", value: Number(text), text }) as const);
const operand: fc.Arbitrary<Operand> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...TEXTS).map((text): Operand => ({ kind: "text", text })) },
  { weight: 2, arbitrary: number },
  {
    weight: 1,
    arbitrary: fc.constantFrom("5*", "*5", "1*0").map((text): Operand => ({ kind: "number-pattern", text })),
  },
  { weight: 2, arbitrary: fc.constantFrom(...REGEXES).map(regexOperand) },
);

const comparisonTest: fc.Arbitrary<Test> = fc.oneof(
  { weight: 6, arbitrary: operand.map((value): Test => ({ operator: "=", operand: value })) },
  { weight: 6, arbitrary: operand.map((value): Test => ({ operator: "!=", operand: value })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom("<", ">", "<=", ">="), number)
      .map(([operator, value]): Test => ({ operator, operand: value })),
  },
  { weight: 2, arbitrary: fc.constant<Test>({ operator: "not-exists" }) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom("null", "true", "false")
      .map((word): Test => ({ operator: "is", operand: word })),
  },
);

function comparison(selectors: readonly (readonly Step[])[]): fc.Arbitrary<Comparison> {
  return fc
    .tuple(fc.constantFrom(...selectors), comparisonTest)
    .map(([selector, test]) => ({ kind: "comparison", selector, test }));
}

/** Flattened as the parser flattens. */
function compound(kind: "and" | "or", operands: readonly Expression[]): Expression {
  const flat = operands.flatMap((one) => (one.kind === kind ? one.operands : [one]));
  const [first, ...more] = flat;
  return first !== undefined && more.length === 0 ? first : { kind, operands: flat };
}

/** One to four comparisons, `&&` and `||` nested both ways. */
function expression(leaf: fc.Arbitrary<Comparison>): fc.Arbitrary<Expression> {
  const pair = (from: fc.Arbitrary<Expression>, most: number) =>
    fc.array(from, { minLength: 1, maxLength: most });
  return fc
    .tuple(
      pair(
        pair(leaf, 2).map((inner) => compound("and", inner)),
        2,
      ),
      pair(
        pair(leaf, 2).map((inner) => compound("or", inner)),
        2,
      ),
    )
    .chain(([ands, ors]) => fc.constantFrom(compound("or", ands), compound("and", ors)));
}

function jsonPattern(from: fc.Arbitrary<Expression>): fc.Arbitrary<Pattern> {
  return from.map((tree): Pattern => {
    const pattern: Pattern = { form: "json", expression: tree, text: "" };
    return { ...pattern, text: printPattern(pattern) };
  });
}

export type PatternPair = readonly [Pattern, Pattern];

/** Two patterns over the same one to three selectors, so that they meet. */
function pairOver(selectors: fc.Arbitrary<readonly (readonly Step[])[]>): fc.Arbitrary<PatternPair> {
  return selectors.chain((chosen) => {
    const pattern = jsonPattern(expression(comparison(chosen)));
    return fc.tuple(pattern, pattern);
  });
}

/** Patterns on plain fields. */
export const plainPair = pairOver(fc.shuffledSubarray([...SELECTORS], { minLength: 1, maxLength: 3 }));

/** Patterns with wildcard selectors and the fields these stand for. */
export const wildcardPair = pairOver(
  fc
    .constantFrom(...WILDCARD_FAMILIES)
    .chain(([wildcard = [], ...near]) =>
      fc.shuffledSubarray(near, { minLength: 1, maxLength: 2 }).map((others) => [wildcard, ...others]),
    ),
);

const word = fc.constantFrom(
  "x",
  "xy",
  "yx",
  "y",
  "xzy",
  "",
  "true",
  "5",
  "x y",
  "yxy",
  "xx",
  "z",
  "x*y",
  'q"\\',
  "é",
);
const scalar: fc.Arbitrary<Json> = fc.oneof(
  { weight: 6, arbitrary: word },
  fc.constantFrom<Json>(null, true, false),
  fc.constantFrom<Json>(0, 5, -1, 2.5, 1000, 7, 55, 3, 150),
);

/** Small events as CloudTrail could write them: known fields have their kinds, the others hold anything. */
export const smallEvent: fc.Arbitrary<Json> = fc
  .record(
    {
      errorCode: word,
      readOnly: fc.boolean(),
      a: fc.oneof(
        scalar,
        fc.constant<Json>([]),
        fc.record({ b: scalar, "odd.key": scalar, c: scalar }, { requiredKeys: [] }),
      ),
      list: fc.oneof(
        scalar,
        fc.array(fc.oneof(scalar, fc.record({ b: scalar }, { requiredKeys: [] })), { maxLength: 3 }),
      ),
      eventName: word,
      userIdentity: fc.record({ type: word, arn: word }, { requiredKeys: ["type"] }),
    },
    { requiredKeys: ["eventName", "userIdentity"] },
  )
  .map((event): Json => event);

const SMALL_WORDS = ["x", "xy", "yx", "xzy", "true", "5", "z", "x*y"];
const SMALL_SCALARS: readonly Json[] = [...SMALL_WORDS, null, true, false, 0, 5, 7, 1000];

/** Small values of a top-level field, `undefined` for none, to be combined with those of other fields. */
export function fieldValues(name: string): readonly (Json | undefined)[] {
  switch (name) {
    case "eventName":
      return SMALL_WORDS;
    case "errorCode":
      return [undefined, ...SMALL_WORDS];
    case "readOnly":
      return [undefined, true, false];
    case "userIdentity":
      return SMALL_WORDS.flatMap((type) =>
        [undefined, "x", "xy", "y5"].map((arn) => (arn === undefined ? { type } : { type, arn })),
      );
    case "a":
      return [
        undefined,
        [],
        {},
        ...SMALL_SCALARS,
        ...SMALL_SCALARS.flatMap((b): Json[] => [{ b }, { "odd.key": b }, { b, "odd.key": "xy" }]),
      ];
    default:
      return [
        undefined,
        [],
        {},
        "x",
        ...SMALL_SCALARS.flatMap((one): Json[] => [[one], ["x", one], [one, null]]),
      ];
  }
}
