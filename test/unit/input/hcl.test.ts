// Files as documents: blocks, expressions, places, and what is said of files that cannot be read.

import { describe, expect, it } from "vitest";
import { createHclParser } from "../../../src/input/hcl.ts";
import type { ConfigurationBlock, Expression } from "../../../src/model/configuration.ts";
import { InputError, type InputProblem } from "../../../src/model/problem.ts";

async function blocksOf(path: string, text: string): Promise<readonly ConfigurationBlock[]> {
  const [file] = await createHclParser().parseFiles(new Map([[path, text]]));
  return file?.blocks ?? [];
}

async function argument(text: string): Promise<Expression | undefined> {
  const [block] = await blocksOf("main.tf", `locals {\n  a = ${text}\n}\n`);
  return block?.body.entries.get("a");
}

async function problemsOf(path: string, text: string): Promise<readonly InputProblem[]> {
  try {
    await blocksOf(path, text);
  } catch (problem) {
    if (problem instanceof InputError) return problem.problems;
    throw problem;
  }
  return [];
}

const literal = (value: string | number | boolean | null): Expression => ({ kind: "literal", value });
const name = (root: string, ...steps: (string | number)[]): Expression => ({
  kind: "traversal",
  root,
  steps,
});

describe("expressions", () => {
  it.each<[string, Expression]>([
    ["1", literal(1)],
    ["-1", literal(-1)],
    ["3.10", literal(3.1)],
    ["9007199254740993", { kind: "literal", value: 9007199254740992, exact: "9007199254740993" }],
    [
      "[1, 9007199254740993][1]",
      {
        kind: "steps",
        source: {
          kind: "tuple",
          elements: [literal(1), { kind: "literal", value: 9007199254740992, exact: "9007199254740993" }],
        },
        steps: [1],
      },
    ],
    ['"$${x}"', literal("${x}")],
    ['"a\\"b"', literal('a"b')],
    ['"${var.x}"', name("var", "x")],
    ["var.x", name("var", "x")],
    ['aws_x.y["k.\\"q"].z', name("aws_x", "y", 'k."q', "z")],
    ["aws_x.y.0.z", name("aws_x", "y", 0, "z")],
    ['"a-${var.x}"', { kind: "template", parts: [literal("a-"), name("var", "x")] }],
    [
      "a[*].b",
      { kind: "splat", source: name("a"), each: { kind: "steps", source: { kind: "item" }, steps: ["b"] } },
    ],
    [
      "a.*.b[0]",
      {
        kind: "steps",
        source: {
          kind: "splat",
          source: name("a"),
          each: { kind: "steps", source: { kind: "item" }, steps: ["b"] },
        },
        steps: [0],
      },
    ],
    [
      "a[var.k].b",
      {
        kind: "steps",
        source: { kind: "index", collection: name("a"), key: name("var", "k") },
        steps: ["b"],
      },
    ],
    ["f(a, b...)", { kind: "call", name: "f", args: [name("a"), name("b")], expand: true }],
    [
      "{ k = 1, (var.k) = 2 }",
      {
        kind: "object",
        entries: [
          [name("var", "k"), literal(2)],
          [literal("k"), literal(1)],
        ],
      },
    ],
    [
      "!a && b",
      {
        kind: "binary",
        operator: "&&",
        left: { kind: "unary", operator: "!", operand: name("a") },
        right: name("b"),
      },
    ],
    ["a ? b : c", { kind: "conditional", condition: name("a"), whenTrue: name("b"), whenFalse: name("c") }],
    [
      "{ for k, v in m : k => v... if v }",
      {
        kind: "for",
        keyName: "k",
        valueName: "v",
        collection: name("m"),
        key: name("k"),
        value: name("v"),
        condition: name("v"),
        grouped: true,
      },
    ],
    [
      "upper(<<-EOT\n    a\n      ${b}\n    EOT\n  )",
      {
        kind: "call",
        name: "upper",
        args: [{ kind: "template", parts: [literal("a\n  "), name("b"), literal("\n")] }],
        expand: false,
      },
    ],
    ["provider::x::f()", { kind: "call", name: "provider::x::f", args: [], expand: false }],
  ])("%s", async (text, wanted) => {
    expect(await argument(text)).toEqual(wanted);
  });

  it("with names in other scripts", async () => {
    expect(await argument('upper({ é = "ü" }.é)')).toMatchObject({
      args: [{ source: { entries: [[literal("é"), literal("ü")]] }, steps: ["é"] }],
    });
  });
});

describe("blocks", () => {
  const text = `# Says why.
resource "aws_sns_topic" "t" { # here
  name = "x"
  rule {
    a = 1
  }
  dynamic "rule" {
    for_each = var.l
    iterator = it
    content {
      a = it.value
    }
  }
  rule {
    a = 2
  }
}
resource "aws_sns_topic" "u" {}
`;

  it("hold arguments, blocks in order, and dynamic ones apart", async () => {
    const [block] = await blocksOf("main.tf", text);
    expect(block).toMatchObject({
      type: "resource",
      labels: ["aws_sns_topic", "t"],
      location: { file: "main.tf", line: 2, column: 1 },
      comments: ["Says why.", "here"],
    });
    expect(block?.attributes.get("name")).toEqual({ file: "main.tf", line: 3, column: 3 });
    expect(block?.body.entries.get("rule")).toMatchObject({
      kind: "tuple",
      elements: [{ entries: new Map([["a", literal(1)]]) }, { entries: new Map([["a", literal(2)]]) }],
    });
    expect(block?.body.dynamic.get("rule")).toMatchObject([
      {
        forEach: name("var", "l"),
        iterator: "it",
        content: { entries: new Map([["a", name("it", "value")]]) },
      },
    ]);
  });

  it("read the same from JSON, with the places of their keys", async () => {
    const json = `{
  "//": "a comment",
  "resource": {
    "aws_sns_topic": {
      "t": {
        "name": "x-\${var.n}",
        "provider": "aws.eu"
      }
    }
  },
  "variable": [
    { "n": { "type": "list(string)" } }
  ]
}
`;
    const [topic, variable] = await blocksOf("main.tf.json", json);
    expect(topic).toMatchObject({
      labels: ["aws_sns_topic", "t"],
      location: { file: "main.tf.json", line: 5, column: 7 },
    });
    expect(topic?.attributes.get("name")).toEqual({ file: "main.tf.json", line: 6, column: 9 });
    expect(topic?.body.entries.get("name")).toMatchObject({ parts: [literal("x-"), name("var", "n")] });
    expect(topic?.body.entries.get("provider")).toEqual(name("aws", "eu"));
    expect(variable?.body.entries.get("type")).toMatchObject({ kind: "call", name: "list" });
    expect(variable?.location).toEqual({ file: "main.tf.json", line: 12, column: 7 });
  });
});

describe("what cannot be read", () => {
  it.each<[string, string, string, Partial<InputProblem>]>([
    [
      "a missing comma",
      "main.tf",
      "locals {\n  a = [1\n  2]\n}\n",
      { code: "hcl-not-readable", place: "main.tf:3:3" },
    ],
    ["a quote that is not closed", "main.tf", 'locals {\n  a = "x\n}\n', { place: "main.tf:2:9" }],
    [
      "JSON cut off",
      "main.tf.json",
      '{\n  "locals": {',
      { place: "main.tf.json:2:14", message: "the JSON ends before it is complete" },
    ],
    ["JSON that is none", "main.tf.json", "{\n  locals: {}\n}", { place: "main.tf.json:2:3" }],
    [
      "a broken interpolation in JSON",
      "main.tf.json",
      '{"locals": {"a": "${[1}"}}',
      { code: "hcl-not-readable" },
    ],
    [
      "an expression without end",
      "main.tf",
      `locals {\n  a = ${"1+".repeat(1000)}1\n}\n`,
      { code: "hcl-not-readable", message: "an expression has more than 400 operators" },
    ],
    [
      "brackets without end",
      "main.tf",
      `locals {\n  a = ${"(".repeat(1000)}\n}\n`,
      { code: "hcl-nested-too-deeply" },
    ],
  ])("%s", async (_name, path, text, wanted) => {
    const problems = await problemsOf(path, text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject(wanted);
  });

  it("is said of all files at once", async () => {
    const files = new Map([
      ["a.tf", "locals {"],
      ["b.tf", "locals {}\n"],
      ["c.tf", "x y z"],
    ]);
    await expect(createHclParser().parseFiles(files)).rejects.toMatchObject({
      problems: [{ place: expect.stringMatching(/^a\.tf:1/) }, { place: expect.stringMatching(/^c\.tf:1/) }],
    });
  });
});

describe("variable files and single expressions", () => {
  it("gives the assignments", async () => {
    const parser = createHclParser();
    const assignments = await parser.parseAssignments(
      "x.tfvars",
      'a = "x"\nb = 9007199254740993\nc = { d = [1] }\n',
    );
    expect([...assignments.keys()]).toEqual(["a", "b", "c"]);
    expect(assignments.get("b")).toMatchObject({ exact: "9007199254740993" });
    expect([...(await parser.parseAssignments("x.tfvars.json", '{"a": "x"}')).values()]).toEqual([
      literal("x"),
    ]);
    await expect(parser.parseAssignments("x.tfvars", "a = [")).rejects.toThrow(InputError);
  });

  it("gives nothing for text that is no expression", async () => {
    const parser = createHclParser();
    expect(await parser.parseExpression('["a"]')).toMatchObject({ kind: "tuple" });
    expect(await parser.parseExpression("[")).toBeUndefined();
    expect(await parser.parseExpression("1], [2")).toBeUndefined();
  });
});
