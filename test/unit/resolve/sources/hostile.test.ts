// Configuration that means harm, or is only odd: one clear message or an unknown value, soon.

import { describe, expect, it } from "vitest";
import { InputError } from "../../../../src/model/problem.ts";
import { type FilesByPath, graphOf } from "./support.ts";

async function problemsOf(
  files: FilesByPath,
): Promise<readonly { code: string; place: string; message: string }[]> {
  try {
    const graph = await graphOf(files);
    for (const instance of graph.everything()) instance.read("name");
  } catch (problem) {
    if (problem instanceof InputError) return problem.problems;
    throw problem;
  }
  return [];
}

const DEEP = `${"[".repeat(5000)}1${"]".repeat(5000)}`;
const DOUBLED = Array.from(
  { length: 60 },
  (_, index) => `a${index + 1} = "\${local.a${index}}\${local.a${index}}"`,
);
const NESTED = Array.from({ length: 60 }, (_, index) => `a${index + 1} = [local.a${index}, local.a${index}]`);
const CHAIN = Array.from({ length: 5000 }, (_, index) => `a${index + 1} = local.a${index}`);
const topic = (name: string) => `resource "aws_sns_topic" "t" {\n name = ${name}\n}\n`;

describe("one clear message", () => {
  it.each<[string, FilesByPath, string, RegExp]>([
    [
      "broken HCL",
      { "main.tf": 'resource "a" "b" {\n  x = [1\n  y = 2\n}\n' },
      "hcl-not-readable",
      /^main\.tf:3:3$/,
    ],
    [
      "JSON that is cut off",
      { "main.tf.json": '{"resource": {' },
      "hcl-not-readable",
      /^main\.tf\.json:1:15$/,
    ],
    [
      "brackets without end",
      { "main.tf": `locals {\n  a = ${DEEP}\n}\n` },
      "hcl-nested-too-deeply",
      /^main\.tf$/,
    ],
    [
      "locals in a circle",
      { "main.tf": "locals {\n  a = local.b\n  b = [for x in [1] : local.c]\n  c = upper(local.a)\n}\n" },
      "locals-in-a-circle",
      /^main\.tf:\d:3$/,
    ],
    [
      "a module that calls itself",
      { "main.tf": 'module "m" {\n  source = "./."\n}\n' },
      "module-calls-itself",
      /^main\.tf:1:1$/,
    ],
    [
      "modules that call each other",
      {
        "main.tf": 'module "a" {\n  source = "./a"\n}\n',
        "a/main.tf": 'module "b" {\n  source = "../b"\n}\n',
        "b/main.tf": 'module "a" {\n  source = "../a"\n}\n',
      },
      "module-calls-itself",
      /^b\/main\.tf:1:1$/,
    ],
    [
      "modules that double at every level",
      Object.fromEntries(
        Array.from({ length: 16 }, (_, level) => [
          level === 0 ? "main.tf" : `m${level}/main.tf`,
          ["x", "y"]
            .map((name) => `module "${name}" {\n  source = "${level === 0 ? "./" : "../"}m${level + 1}"\n}\n`)
            .join(""),
        ]).concat([["m16/main.tf", topic('"x"')]]),
      ),
      "too-many-modules",
      /^infra$/,
    ],
    [
      "modules counted in modules counted in modules",
      {
        "main.tf": 'module "a" {\n  count = 5000\n  source = "./a"\n}\n',
        "a/main.tf": 'module "b" {\n  count = 5000\n  source = "../b"\n}\n',
        "b/main.tf": "locals {\n  a = 1\n}\n",
      },
      "too-many-objects",
      /^infra$/,
    ],
    [
      "loops in loops in loops",
      {
        "main.tf": `locals {\n  n = range(1000)\n  all = [for a in local.n : [for b in local.n : [for c in local.n : a + b + c]]]\n}\n${topic("tostring(length(local.all))")}`,
      },
      "evaluation-too-long",
      /^infra$/,
    ],
    ["a directory without configuration", { "readme.json": "{}" }, "no-configuration", /^infra$/],
  ])("%s", async (_name, files, code, place) => {
    const problems = await problemsOf(files);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(problems[0]?.place).toMatch(place);
    expect(problems[0]?.message).not.toMatch(/\n/);
  });

  it("names the whole circle of locals", async () => {
    const [problem] = await problemsOf({ "main.tf": "locals {\n  a = local.b\n  b = local.a\n}\n" });
    expect(problem?.message).toBe(
      "these locals refer to each other in a circle: local.a → local.b → local.a",
    );
  });
});

describe("an unknown value, and no crash", () => {
  it.each<[string, FilesByPath]>([
    [
      "a million keys",
      {
        "main.tf": `resource "aws_sns_topic" "t" {\n  for_each = toset([for p in setproduct(range(1000), range(1000)) : "\${p[0]}-\${p[1]}"])\n  name = each.key\n}\n`,
      },
    ],
    [
      "a count of a thousand million",
      { "main.tf": 'resource "aws_sns_topic" "t" {\n  count = 1000000000\n  name = "t${count.index}"\n}\n' },
    ],
    [
      "a string that doubles sixty times",
      { "main.tf": `locals {\n  a0 = "xy"\n  ${DOUBLED.join("\n  ")}\n}\n${topic("local.a60")}` },
    ],
    [
      "a list that doubles sixty times",
      {
        "main.tf": `locals {\n  a0 = ["xy"]\n  ${NESTED.join("\n  ")}\n}\n${topic("jsonencode(local.a60)")}`,
      },
    ],
    [
      "a chain of five thousand locals",
      { "main.tf": `locals {\n  a0 = "x"\n  ${CHAIN.join("\n  ")}\n}\n${topic("local.a5000")}` },
    ],
    ["padding without end", { "main.tf": topic('format("%99999999d", 1)') }],
    ["a name that refers to itself", { "main.tf": topic("aws_sns_topic.t.name") }],
    [
      "modules that feed each other",
      {
        "main.tf":
          'module "a" {\n  source = "./a"\n  in = module.b.out\n}\nmodule "b" {\n  source = "./a"\n  in = module.a.out\n}\n',
        "a/main.tf": `variable "in" {}\noutput "out" {\n  value = var.in\n}\n${topic("var.in")}`,
      },
    ],
    [
      "keys named like methods",
      {
        "main.tf": `locals {\n  m = { "__proto__" = "p", "constructor" = "c" }\n}\n${topic('"${local.m["hasOwnProperty"]}"')}`,
      },
    ],
    ["a file outside of the directory", { "main.tf": topic('file("../../etc/passwd")') }],
    ["a function nobody knows", { "main.tf": topic('provider::acme::name("x")') }],
  ])("%s", async (_name, files) => {
    const graph = await graphOf(files);
    const [first] = graph.resources("aws_sns_topic");
    const value = first?.read("name");
    expect(["unknown", "reference", "text"]).toContain(value?.kind);
  });

  it("keeps keys named like methods apart from methods", async () => {
    const graph = await graphOf({
      "main.tf": `resource "aws_sns_topic" "t" {\n  for_each = { "__proto__" = "p", "constructor" = "c" }\n  name = each.value\n}\n`,
    });
    expect(graph.resources("aws_sns_topic").map((one) => one.read("name"))).toMatchObject([
      { value: "p" },
      { value: "c" },
    ]);
  });

  it("finds no match for a pattern that backtracks for ever elsewhere", async () => {
    const name = `join("", regexall("(a+)+$", "${"a".repeat(60)}b"))`;
    const graph = await graphOf({ "main.tf": topic(name) });
    expect(graph.resources("aws_sns_topic")[0]?.read("name")).toMatchObject({ value: "" });
  });

  it("takes one object that may be there for a count that refers to itself", async () => {
    const graph = await graphOf({
      "main.tf": `resource "aws_sns_topic" "t" {\n  count = length(aws_sns_topic.t)\n  name = "x"\n}\n`,
    });
    expect(graph.resources("aws_sns_topic").map((one) => one.exists)).toEqual(["maybe"]);
    expect(graph.gaps("aws_sns_topic")).toHaveLength(1);
  });
});
