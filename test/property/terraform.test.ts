// The evaluator over random expressions: what is not known never changes what it says, only how much it says.

import hcl2json from "@cdktf/hcl2json";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Expression } from "../../src/model/configuration.ts";
import type { Json } from "../../src/model/json.ts";
import { known, unknown, type Value } from "../../src/model/value.ts";
import { readTupleTree } from "../../src/terraform/expression.ts";
import { attempt, EvaluationFailure } from "../../src/terraform/failure.ts";
import { readSimpleExpression } from "../../src/terraform/simple-expression.ts";
import { quotedText } from "../../src/terraform/template.ts";
import { printValue } from "../unit/terraform/print-value.ts";
import { evaluateStrictly, readExpressions, scopeOf } from "../unit/terraform/support.ts";

const text = (value: string): Value => known(value);
const list = (...values: string[]): Value => ({
  kind: "list",
  form: "tuple",
  elements: values.map(text),
  sensitive: false,
});
const map = (entries: Record<string, string>): Value => ({
  kind: "map",
  entries: new Map(Object.entries(entries).map(([key, value]) => [key, text(value)])),
  sensitive: false,
});

const KNOWN: Readonly<Record<string, Value>> = {
  s: text("arn:aws:sns:eu-west-1:1:x"),
  t: text(""),
  n: known(2),
  yes: known(true),
  no: known(false),
  l: list("a", "b", "a"),
  e: list(),
  m: map({ a: "1", b: "" }),
};
const NAMES = Object.keys(KNOWN);

/** An undecided condition leaves a choice, whose candidates hold the truth. */
function hidden(name: string): Value {
  return unknown({ why: "variable-unset", subject: `var.${name}` });
}

const strings: fc.Arbitrary<string> = fc.letrec<Record<"s" | "n" | "b" | "l" | "m", string>>((tie) => {
  const [s, n, b, l, m] = [tie("s"), tie("n"), tie("b"), tie("l"), tie("m")];
  const call = (name: string, ...args: fc.Arbitrary<string>[]) =>
    fc.tuple(...args).map((values) => `${name}(${values.join(", ")})`);
  const either = (one: fc.Arbitrary<string>) =>
    fc.tuple(b, one, one).map(([c, x, y]) => `(${c} ? ${x} : ${y})`);
  const small = fc.constantFrom("0", "1", "2");
  return {
    s: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constantFrom("s", "t", '"a"', '""', '"b:*"', '"x-y"'),
      fc.tuple(s, s).map(([x, y]) => `"\${${x}}-\${${y}}"`),
      fc.tuple(l, small).map(([x, i]) => `${x}[${i}]`),
      call("join", fc.constantFrom('","', '""'), l),
      call("format", fc.constant('"%s:%s"'), s, s),
      call("coalesce", s, s, fc.constant('"z"')),
      call("try", s, fc.constant('"caught"')),
      call("replace", s, fc.constantFrom('":*"', '"a"', '"/a+$/"'), fc.constantFrom('""', '"c"')),
      call("trimsuffix", s, fc.constantFrom('":*"', '"a"')),
      call("trimprefix", s, fc.constantFrom('"arn:"', '"a"')),
      call("lower", s),
      call("lookup", m, s, fc.constant('"d"')),
      call("element", l, n),
      call("jsonencode", fc.oneof(l, m, s)),
      call("substr", s, small, small),
      either(s),
      fc.tuple(l).map(([x]) => `"%{ for v in ${x} }\${v};%{ endfor }"`),
    ),
    n: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.constantFrom("n", "0", "1", "3"),
      fc.tuple(n, fc.constantFrom("+", "-", "*"), n).map((parts) => `(${parts.join(" ")})`),
      call("length", fc.oneof(l, m, s)),
      either(n),
      call("max", n, n),
    ),
    b: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.constantFrom("yes", "no", "true"),
      fc.tuple(s, fc.constantFrom("==", "!="), s).map((parts) => `(${parts.join(" ")})`),
      fc.tuple(n, fc.constantFrom("<", ">=", "=="), n).map((parts) => `(${parts.join(" ")})`),
      fc.tuple(b, fc.constantFrom("&&", "||"), b).map((parts) => `(${parts.join(" ")})`),
      b.map((one) => `!${one}`),
      call("contains", l, s),
      call("startswith", s, fc.constantFrom('"arn:"', '"b"')),
      call("endswith", s, fc.constantFrom('":*"', '"a"')),
      call("strcontains", s, fc.constantFrom('"a"', '":"')),
      call("can", fc.oneof(s, n)),
      call(
        "alltrue",
        fc.tuple(b, b).map(([x, y]) => `[${x}, ${y}]`),
      ),
    ),
    l: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.constantFrom("l", "e", '["a", ""]'),
      fc.tuple(s, s).map(([x, y]) => `[${x}, ${y}]`),
      call("concat", l, l),
      call("compact", l),
      call("distinct", l),
      call(
        "flatten",
        fc.tuple(l, l).map(([x, y]) => `[${x}, ${y}]`),
      ),
      call("tolist", call("toset", l)),
      call("reverse", l),
      call("sort", l),
      call("keys", m),
      call("values", m),
      call("coalescelist", l, l),
      call("split", fc.constantFrom('","', '":"'), s),
      call("setunion", l, l).map((one) => `tolist(${one})`),
      call("setsubtract", l, l).map((one) => `tolist(${one})`),
      call("setintersection", l, l).map((one) => `tolist(${one})`),
      call("matchkeys", l, l, l),
      call("slice", l, fc.constantFrom("0", "1"), fc.constantFrom("1", "2")),
      either(l),
      fc.tuple(l, b).map(([x, c]) => `[for v in ${x} : "\${v}!" if v != "a" || ${c}]`),
      l.map((one) => `${one}[*]`),
    ),
    m: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      fc.constantFrom("m", "{}"),
      fc.tuple(s, s).map(([x, y]) => `{ a = ${x}, c = ${y} }`),
      call("merge", m, m),
      call(
        "zipmap",
        fc.constant('["a", "b"]'),
        fc.tuple(s, s).map(([x, y]) => `[${x}, ${y}]`),
      ),
      fc.tuple(l).map(([x]) => `{ for i, v in ${x} : "k\${i}" => v }`),
      either(m),
    ),
  };
}).s;

/** Whether what is said without knowing leaves room for the truth. */
function leavesRoom(said: Value, truth: Value): boolean {
  switch (said.kind) {
    case "unknown":
      if (!said.closed || said.relation === "made-from") return true;
      return said.candidates.some((candidate) => leavesRoom(candidate, truth));
    case "known":
      return truth.kind === "known" && said.value === truth.value;
    case "text":
      return truth.kind === "known" && patternOf(said).test(String(truth.value));
    case "list":
      return truth.kind === "list" && listLeavesRoom(said, truth.elements);
    case "map":
      return (
        truth.kind === "map" &&
        said.entries.size === truth.entries.size &&
        [...said.entries].every(([key, value]) => {
          const other = truth.entries.get(key);
          return other !== undefined && leavesRoom(value, other);
        })
      );
    case "reference":
      return true;
    default:
      return said satisfies never;
  }
}

function patternOf(said: Extract<Value, { kind: "text" }>): RegExp {
  const parts = said.parts.map((part) =>
    part.kind === "known" ? String(part.value).replace(/[.*+?^${}()|[\]\\]/g, "\\$&") : "[^]*",
  );
  return new RegExp(`^${parts.join("")}$`);
}

function listLeavesRoom(said: Extract<Value, { kind: "list" }>, truth: readonly Value[]): boolean {
  const isLoose = said.form === "set" || said.elements.some((one) => one.kind === "unknown" && one.several);
  if (!isLoose) {
    return (
      said.elements.length === truth.length &&
      said.elements.every((one, index) => truth[index] !== undefined && leavesRoom(one, truth[index]))
    );
  }
  const sure = said.elements.filter((one) => !(one.kind === "unknown" && one.several));
  return (
    truth.every((one) =>
      said.elements.some((element) => element.kind === "unknown" || leavesRoom(element, one)),
    ) && sure.every((element) => truth.some((one) => leavesRoom(element, one)))
  );
}

/**
 * An operand that fails in truth, and whose value does not matter where it is not known (`c ? x : x`), is only seen
 * failing by a `try` around it: Terraform plans no such thing otherwise.
 */
function isCaughtBehindAnOperator(text: string, expression: Expression): boolean {
  if (!/\?|contains|alltrue|&&|\|\|/.test(text)) return false;
  const value = attempt(() => evaluateStrictly(expression, full));
  return !(value instanceof EvaluationFailure) && printValue(value).includes("caught");
}

describe("hiding what is known", () => {
  it("never makes an expression say something else", async () => {
    await fc.assert(
      fc.asyncProperty(strings, fc.subarray(NAMES, { minLength: 1 }), async (expression, names) => {
        const [read] = await readExpressions([expression]);
        if (read === undefined) throw new Error("not read");
        const truth = attempt(() => evaluateStrictly(read, full));
        if (truth instanceof EvaluationFailure || isCaughtBehindAnOperator(expression, read)) return;
        const some = { ...KNOWN, ...Object.fromEntries(names.map((name) => [name, hidden(name)])) };
        const said = attempt(() => evaluateStrictly(read, { ...full, lookup: lookupIn(some) }));
        const told = said instanceof EvaluationFailure ? `fails: ${said.message}` : printValue(said);
        if (said instanceof EvaluationFailure || !leavesRoom(said, truth)) {
          expect.fail(
            `${expression}\n  without ${names.join(", ")}: ${told}\n  in truth: ${printValue(truth)}`,
          );
        }
      }),
      { seed: 11, numRuns: 2_000, interruptAfterTimeLimit: 8_000 },
    );
  });
});

const full = await scopeOf({ names: KNOWN });

function lookupIn(names: Readonly<Record<string, Value>>) {
  return (root: string) => {
    const value = names[root];
    return value === undefined ? undefined : { value, used: 0 };
  };
}

describe("reading", () => {
  const step = fc.oneof(
    fc.constantFrom(".name", ".a-b", ".arn", "[0]", '["k.x"]', '["é]"]', "[12]", ".0", ".1.x", "[*]", ".*"),
  );
  const traversal = fc
    .tuple(
      fc.constantFrom("var", "aws_sns_topic", "each", "x-y", "true", "null", "nullable", "é"),
      fc.array(step, { maxLength: 5 }),
    )
    .map(([root, steps]) => root + steps.join(""));

  it("simple expressions without a parser gives what the parser gives", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(traversal, fc.constantFrom("1", "1.50", "007", "1e3", "-1")),
        async (expression) => {
          const simple = readSimpleExpression(expression);
          if (simple === undefined) return;
          const tuple = `[${expression}]`;
          const tree = (await hcl2json.getExpressionAst("x", tuple)) as Json;
          expect(simple).toEqual(readTupleTree(tree, tuple)[0]);
        },
      ),
      { seed: 5, numRuns: 300, interruptAfterTimeLimit: 4_000 },
    );
  });

  it("any text in quotes gives that text back", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.string({ unit: "binary" }),
            fc.constantFrom("${", "$", "%{", "$$", '"', "\\", "\n", "~}"),
          ),
          {
            maxLength: 6,
          },
        ),
        async (pieces) => {
          const wanted = pieces.join("").normalize("NFC");
          const [read] = await readExpressions([`lower("") == "" ? "${quotedText(wanted)}" : ""`]);
          expect(read && evaluateStrictly(read, full)).toMatchObject({ value: wanted });
        },
      ),
      { seed: 6, numRuns: 300, interruptAfterTimeLimit: 4_000 },
    );
  });
});
