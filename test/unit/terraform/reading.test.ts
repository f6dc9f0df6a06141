// Text to expressions: what needs no parser, what hcl2json's trees mean, and templates of any kind.

import { describe, expect, it } from "vitest";
import { createHclParser } from "../../../src/input/hcl.ts";
import type { BinaryOperator, Expression } from "../../../src/model/configuration.ts";
import type { Step } from "../../../src/model/value.ts";
import {
  readSyntaxTree,
  readTupleTree,
  UnknownSyntax,
  unescapeQuoted,
} from "../../../src/terraform/expression.ts";
import { readSimpleExpression } from "../../../src/terraform/simple-expression.ts";
import {
  holdsTemplate,
  quotedText,
  readTemplate,
  TemplateProblem,
  withoutHeredocs,
} from "../../../src/terraform/template.ts";

const ITEM: Expression = { kind: "item" };
const [A, B, C] = [name("a"), name("b"), name("c")];

function literal(value: string | number | boolean | null): Expression {
  return { kind: "literal", value };
}

function name(root: string, ...steps: Step[]): Expression {
  return { kind: "traversal", root, steps };
}

function template(...parts: Expression[]): Expression {
  return { kind: "template", parts };
}

function tuple(...elements: Expression[]): Expression {
  return { kind: "tuple", elements };
}

function call(called: string, args: readonly Expression[], expand = false): Expression {
  return { kind: "call", name: called, args, expand };
}

function conditional(condition: Expression, whenTrue: Expression, whenFalse: Expression): Expression {
  return { kind: "conditional", condition, whenTrue, whenFalse };
}

function binary(operator: BinaryOperator, left: Expression, right: Expression): Expression {
  return { kind: "binary", operator, left, right };
}

function loop(parts: Partial<Extract<Expression, { kind: "for" }>>): Extract<Expression, { kind: "for" }> {
  return {
    kind: "for",
    keyName: undefined,
    valueName: "x",
    collection: A,
    key: undefined,
    value: name("x"),
    condition: undefined,
    grouped: false,
    ...parts,
  };
}

describe("simple expressions", () => {
  it.each<[string, Expression]>([
    ["true", literal(true)],
    ["false", literal(false)],
    [" null ", literal(null)],
    ["5", literal(5)],
    ["0.50", literal(0.5)],
    ["9007199254740993", { kind: "literal", value: 9007199254740992, exact: "9007199254740993" }],
    ["a", A],
    [" a.b\n", name("a", "b")],
    ["_a-1.b_2", name("_a-1", "b_2")],
    ["a.b.c", name("a", "b", "c")],
    ["a[0]", name("a", 0)],
    ["a[12].b", name("a", 12, "b")],
    ["a.0", name("a", 0)],
    ['a["b c"]', name("a", "b c")],
    ['a[""].d', name("a", "", "d")],
    ['a["0"]', name("a", "0")],
    ["nullify.x", name("nullify", "x")],
    ["a[*]", { kind: "splat", source: A, each: ITEM }],
    [
      "a.b[*].c[0]",
      { kind: "splat", source: name("a", "b"), each: { kind: "steps", source: ITEM, steps: ["c", 0] } },
    ],
  ])("%j", (text, expression) => {
    expect(readSimpleExpression(text)).toEqual(expression);
  });

  it.each([
    "",
    "5.",
    ".5",
    "-5",
    "5a",
    "a5 b",
    "1e5",
    "null.x",
    "true[0]",
    "a.",
    "a.b.",
    "a b",
    "a+b",
    "-a",
    "a[b]",
    "a[-1]",
    "a[0",
    "a[1.5]",
    "a.0.5x",
    "a.10.b",
    "a.1.5",
    "a[1234567890]",
    'a["${b}"]',
    'a["%{b}"]',
    'a["\\n"]',
    'a["b]',
    "a[*",
    "a[*].b[*]",
    "a[*] + 1",
    "a.*.b",
    "f(a)",
    '"a"',
    "[a]",
    "é",
  ])("%j is none, or may not be one", (text) => {
    expect(readSimpleExpression(text)).toBeUndefined();
  });
});

describe("expressions", () => {
  it.each<[string, Expression]>([
    ["[]", tuple()],
    ["[a, 1, b]", tuple(A, literal(1), B)],
    ["[true, false, null]", tuple(literal(true), literal(false), literal(null))],
    [
      "[12345678901234567890]",
      tuple({ kind: "literal", value: 12345678901234567000, exact: "12345678901234567890" }),
    ],
    ["(a)", A],
    ["[(a)]", tuple(A)],
    ["{ 5 = b }", { kind: "object", entries: [[literal(5), B]] }],
    ["{}", { kind: "object", entries: [] }],
    [
      "{ a = b, c : 1 }",
      {
        kind: "object",
        entries: [
          [literal("a"), B],
          [literal("c"), literal(1)],
        ],
      },
    ],
    ['{ "a b" = c }', { kind: "object", entries: [[literal("a b"), C]] }],
    ["{ (a) = b }", { kind: "object", entries: [[A, B]] }],
    ["{ é = b }", { kind: "object", entries: [[literal("é"), B]] }],
    [
      "{ é = b, ü = c }",
      {
        kind: "object",
        entries: [
          [literal("é"), B],
          [literal("ü"), C],
        ],
      },
    ],
    ['{ "${a}x" = b }', { kind: "object", entries: [[template(A, literal("x")), B]] }],
    ["f()", call("f", [])],
    ["f(a, b)", call("f", [A, B])],
    ["f(a, b...)", call("f", [A, B], true)],
    ["p::q::f(a)", call("p::q::f", [A])],
    ["f(a).b[0]", { kind: "steps", source: call("f", [A]), steps: ["b", 0] }],
    ['f(a)["b c"]', { kind: "steps", source: call("f", [A]), steps: ["b c"] }],
    ["a[b]", { kind: "index", collection: A, key: B }],
    ["f(a)[b.c]", { kind: "index", collection: call("f", [A]), key: name("b", "c") }],
    ["a.*.b", { kind: "splat", source: A, each: { kind: "steps", source: ITEM, steps: ["b"] } }],
    [
      "f(a)[*].b",
      { kind: "splat", source: call("f", [A]), each: { kind: "steps", source: ITEM, steps: ["b"] } },
    ],
    ["f(a)[*]", { kind: "splat", source: call("f", [A]), each: ITEM }],
    ["a ? b : c", conditional(A, B, C)],
    ["!a", { kind: "unary", operator: "!", operand: A }],
    ["-a", { kind: "unary", operator: "-", operand: A }],
    ["a + b", binary("+", A, B)],
    ["a - b", binary("-", A, B)],
    ["a * b", binary("*", A, B)],
    ["a / b", binary("/", A, B)],
    ["a % b", binary("%", A, B)],
    ["a == b", binary("==", A, B)],
    ["a != b", binary("!=", A, B)],
    ["a < b", binary("<", A, B)],
    ["a <= b", binary("<=", A, B)],
    ["a > b", binary(">", A, B)],
    ["a >= b", binary(">=", A, B)],
    ["a && b", binary("&&", A, B)],
    ["a || b", binary("||", A, B)],
    ["a + b * c", binary("+", A, binary("*", B, C))],
    ["(a + b) * c", binary("*", binary("+", A, B), C)],
    ["[for x in a : x]", loop({})],
    ["[for k, x in a : k]", loop({ keyName: "k", value: name("k") })],
    ["[for x in a : x if b]", loop({ condition: B })],
    ["{ for x in a : b => x }", loop({ key: B })],
    [
      "{ for k, x in a : k => x... if c }",
      loop({ keyName: "k", key: name("k"), condition: C, grouped: true }),
    ],
    ["[a, # no ]\n b, // no ]\n /* ] */ c]", tuple(A, B, C)],
    // Templates
    ['"a"', literal("a")],
    ['["a"]', tuple(literal("a"))],
    ['[""]', tuple(literal(""))],
    ['["${a}"]', tuple(A)],
    ['["x${a}y"]', tuple(template(literal("x"), A, literal("y")))],
    ['["x ${~ a ~} y"]', tuple(template(literal("x"), A, literal("y")))],
    ['[" x ${a} y "]', tuple(template(literal(" x "), A, literal(" y ")))],
    ['["é ${~ a ~} é"]', tuple(template(literal("é"), A, literal("é")))],
    ['["a\\n\\r\\t\\"\\\\"]', tuple(literal('a\n\r\t"\\'))],
    ['["\\u00e9\\U0001F600"]', tuple(literal("é😀"))],
    ['["$${a} %%{b} $a %b"]', tuple(literal("${a} %{b} $a %b"))],
    ['["%{ if a }b%{ endif }"]', tuple(template(conditional(A, literal("b"), literal(""))))],
    [
      '["x%{ if a }b%{ else }c%{ endif }"]',
      tuple(template(literal("x"), conditional(A, literal("b"), literal("c")))),
    ],
    [
      '["%{ for x in a }${x}%{ endfor }"]',
      tuple(template({ kind: "join", tuple: loop({ value: template(name("x")) }) })),
    ],
    ['["${f(<<E\nx \\n $${a} %%{b}\nE\n)}"]', tuple(call("f", [literal("x \\n ${a} %{b}\n")]))],
    [
      '["${f(<<E\n\\t${"\\t"}\nE\n)}"]',
      tuple(call("f", [template(literal("\\t"), literal("\t"), literal("\n"))])),
    ],
    ["[<<E\nx ${a}\nE\n]", tuple(template(literal("x "), A, literal("\n")))],
  ])("%j", async (text, expression) => {
    expect(await createHclParser().parseExpression(text)).toEqual(expression);
  });

  it.each(["", "a +", "f(", "[a", "a b", '"${a"', "{ a }"])("%j is none", async (text) => {
    expect(await createHclParser().parseExpression(text)).toBeUndefined();
  });
});

describe("syntax trees", () => {
  const operator = (type: string, word: string) => ({ type, meta: { operator: word }, children: [] });

  it.each<[object, string]>([
    [{ type: "novelty" }, '"novelty"'],
    [{ type: "unaryOp", meta: { operator: "increment" }, children: [{}] }, '"increment"'],
    [{ ...operator("binaryOp", "power"), children: [{}, {}] }, '"power"'],
    [{ type: "for", meta: {}, children: [{}] }, '"for" without a value'],
    [{ type: "for", meta: {}, children: [] }, '"for" without a value'],
    [{ type: "scopeTraversal", meta: { traversal: [] } }, "a traversal without a name"],
    [{ type: "scopeTraversal", meta: { traversal: [{ segment: "0" }] } }, "a traversal without a name"],
    [{ type: "scopeTraversal", meta: {} }, "a traversal without steps"],
    [{ type: "relativeTraversal", children: [{}] }, "a traversal without steps"],
  ])("%j are not known", (tree, message) => {
    const read = () => readSyntaxTree(tree as never, "");
    expect(read).toThrow(UnknownSyntax);
    expect(read).toThrow(message);
  });

  it("of one tuple give its elements, and others none", () => {
    const item = { type: "", children: [] };
    expect(readTupleTree({ type: "tuple", children: [item] }, "[x]")).toEqual([ITEM]);
    expect(() => readTupleTree(item, "x")).toThrow("not a tuple");
    expect(() => readTupleTree(item, "x")).toThrow(UnknownSyntax);
  });

  it("may leave out what is empty", () => {
    expect(readSyntaxTree({ type: "function" }, "")).toEqual(call("", []));
    expect(readSyntaxTree({ type: "template" }, "")).toEqual(literal(""));
    expect(readSyntaxTree({ type: "literalValue", meta: { type: "string" } }, "")).toEqual(literal(""));
    expect(readSyntaxTree({ type: "object", children: [{ type: "" }] }, "")).toEqual({
      kind: "object",
      entries: [],
    });
  });
});

describe("escapes", () => {
  it.each([
    ["plain", "plain"],
    ['\\n\\r\\t\\"\\\\', '\n\r\t"\\'],
    ["\\u0041\\U00000042", "AB"],
    ["\\u004", "\\u004"],
    ["\\U0010FFFF", "\u{10FFFF}"],
    ["\\U00110000", "\uFFFD"],
    ["\\x", "\\x"],
    ["$${a}%%{b}", "${a}%{b}"],
    ["$$a %%b $", "$$a %%b $"],
    ["\\\\n", "\\n"],
  ])("%j means %j", (written, meant) => {
    expect(unescapeQuoted(written)).toBe(meant);
  });
});

describe("template texts", () => {
  const read = (text: string): Expression => name(text);

  it.each<[string, Expression]>([
    ["", literal("")],
    ["plain", literal("plain")],
    ["two\nlines\n", literal("two\nlines\n")],
    ["${a}", A],
    ["${ a }", A],
    ["x${a}", template(literal("x"), A)],
    ["${a}${b}", template(A, B)],
    ["${a}\n", template(A, literal("\n"))],
    ["$${a} %%{b} $ % {", literal("${a} %{b} $ % {")],
    ["$$${a}", literal("$${a}")],
    ['${f({ x = "}" })}', name('f({ x = "}" })')],
    ["a ${~ b ~} c", template(literal("a"), B, literal("c"))],
    ["a ${~ b } c", template(literal("a"), B, literal(" c"))],
    ["a ${ b ~} c", template(literal("a "), B, literal("c"))],
    ["${~ a ~}", A],
    ["${~a~}", A],
    ["a\n ${~ b ~} \nc", template(literal("a\n"), literal(""), B, literal(""), literal("c"))],
    ["%{ if a }b%{ endif }", template(conditional(A, literal("b"), literal("")))],
    ["%{if a}b%{else}c%{endif}", template(conditional(A, literal("b"), literal("c")))],
    ["%{ if a ~} b %{~ else ~} c %{~ endif }", template(conditional(A, literal("b"), literal("c")))],
    ["%{ if a }${b}%{ endif }", template(conditional(A, template(B), literal("")))],
    [
      "%{ if a }%{ if b }c%{ endif }%{ endif }",
      template(conditional(A, template(conditional(B, literal("c"), literal(""))), literal(""))),
    ],
    [
      "%{ for x in a }${x}%{ endfor }",
      template({ kind: "join", tuple: loop({ value: template(name("x")) }) }),
    ],
    [
      "%{ for k, x in a }y%{ endfor }",
      template({ kind: "join", tuple: loop({ keyName: "k", value: literal("y") }) }),
    ],
    [
      "%{for  é_1 ,x-y  in  a}z%{endfor}",
      template({ kind: "join", tuple: loop({ keyName: "é_1", valueName: "x-y", value: literal("z") }) }),
    ],
    [
      "%{ for x in[1] }y%{ endfor }",
      template({ kind: "join", tuple: loop({ collection: name("[1]"), value: literal("y") }) }),
    ],
    [
      "%{ for x in a\n.b }y%{ endfor }",
      template({ kind: "join", tuple: loop({ collection: name("a\n.b"), value: literal("y") }) }),
    ],
  ])("%j", (text, expression) => {
    expect(readTemplate(text, read)).toEqual(expression);
  });

  it.each([
    ["${a", '"${" is not closed'],
    ["x %{ if a", '"%{" is not closed'],
    ["%{ unless a }", '"%{ unless a }" is no directive'],
    ["%{ }", '"%{  }" is no directive'],
    ["a%{ endif }", '"%{ endif }" is no directive'],
    ["%{ if a }b", "a directive is not closed by else or endif"],
    ["%{ if a }b%{ else }c", "a directive is not closed by endif"],
    ["%{ if a }b%{ else }c%{ else }d%{ endif }", '"%{ else }" is no directive'],
    ["%{ if a }b%{ endfor }", '"%{ endfor }" is no directive'],
    ["%{ for x in a }b", "a directive is not closed by endfor"],
    ["%{ for x of a }b%{ endfor }", '"%{ for x of a }" is no loop'],
    ["%{ for in a }b%{ endfor }", '"%{ for in a }" is no loop'],
    ["%{ for x, in a }b%{ endfor }", '"%{ for x, in a }" is no loop'],
    ["%{ for 1 in a }b%{ endfor }", '"%{ for 1 in a }" is no loop'],
    ["%{ for x ina }b%{ endfor }", '"%{ for x ina }" is no loop'],
  ])("%j is none: %s", (text, message) => {
    expect(() => readTemplate(text, read)).toThrow(TemplateProblem);
    expect(() => readTemplate(text, read)).toThrow(message);
  });

  it.each([
    ["a", false],
    ["$ { % {", false],
    ["${a}", true],
    ["a%{ if", true],
    ["$${", true],
  ])("%j holds a template: %s", (text, answer) => {
    expect(holdsTemplate(text)).toBe(answer);
  });
});

describe("heredocs", () => {
  it.each([
    ["a << b", "a << b"],
    ["[a]", "[a]"],
    ["<<E\nx\nE", '"x\\n"'],
    ["<<E\nE", '""'],
    ["<<E\nx\n  E\n", '"x\\n"\n'],
    ["f(<<E\nx\nE\n, 1)", 'f("x\\n"\n, 1)'],
    ["<<E\r\nx\r\nE\r\n", '"x\\r\\n"\r\n'],
    ["<<E\nx", '"x"'],
    ["<<E\nEx\nE", '"Ex\\n"'],
    ["<<-E\n    x\n      y\n    E", '"x\\n  y\\n"'],
    ["<<-E\n    x\n\n  y\nE", '"  x\\n\\ny\\n"'],
    ["<<-E\n    x\n  \n    y\nE", '"x\\n  \\ny\\n"'],
    ["<<-E\n  ${a}\n    x\nE", '"${a}\\n  x\\n"'],
    ["<<-E\n${a}\n    x\nE", '"${a}\\n    x\\n"'],
    ["<<-E\n    ${a} b\n  ${c}\nE", '"  ${a} b\\n${c}\\n"'],
    ["<<-E\n    %{ if a ~}\n  x\n    %{ endif ~}\nE", '"%{if a}  x\\n%{endif}"'],
    ["<<E\n  x\nE", '"  x\\n"'],
    ["<<E\na ${~ b ~} c\nE", '"a${b}c\\n"'],
    ['<<E\n"q" \\ \t\nE', '"\\"q\\" \\\\ \\t\\n"'],
    ["<<E\n$${a} %%{b} $ %\nE", '"$${a} %%{b} $ %\\n"'],
    ["<<E\n${f(<<F\ny\nF\n)}\nE", '"${f("y\\n"\n)}\\n"'],
    ['<<E\n${"}"}\nE', '"${"}"}\\n"'],
    ['"<<E\n" + <<E\nx\nE', '"<<E\n" + "x\\n"'],
    ["# <<E\n<<E\nx\nE", '# <<E\n"x\\n"'],
    ["/* <<E\n */ <<E\nx\nE", '/* <<E\n */ "x\\n"'],
    ["<<E_1-é\nx\nE_1-é", '"x\\n"'],
    ["<< E\nx\nE", "<< E\nx\nE"],
    ["<<E x\nE", "<<E x\nE"],
    ["<<E \t\nx\nE", '"x\\n"'],
  ])("%j are %j", (text, quoted) => {
    expect(withoutHeredocs(text)).toBe(quoted);
  });

  it.each([
    ["a", "a"],
    ['a\nb\t"c"\\', 'a\\nb\\t\\"c\\"\\\\'],
    ["\b\f", "\\u0008\\u000c"],
    ["${a} %{b}", "$${a} %%{b}"],
    ["a$", "a\\u0024"],
    ["a%", "a\\u0025"],
    ["$a%b", "$a%b"],
    ["é😀", "é😀"],
  ])("text %j is written %j between quotes", (text, written) => {
    expect(quotedText(text)).toBe(written);
  });
});
