// The files of one directory as a module: which files count, overrides, and what stands under which name.

import { describe, expect, it } from "vitest";
import { createHclParser } from "../../../../src/input/hcl.ts";
import type { Expression } from "../../../../src/model/configuration.ts";
import {
  lifecycleArgument,
  literalText,
  type ModuleSource,
  moduleFiles,
  moduleSource,
} from "../../../../src/resolve/sources/module-source.ts";

describe("the files of a module", () => {
  it.each<[string, string[], string[]]>([
    ["in lexical order", ["b.tf", "a.tf.json", "a.tf"], ["a.tf", "a.tf.json", "b.tf"]],
    ["and nothing else", ["a.tf", "a.tfvars", "a.tf.bak", "tf", "a.json", "atf", "a.tfx"], ["a.tf"]],
    ["without editors' leftovers", [".a.tf", "#a.tf", "a.tf~", "a.tf"], ["a.tf"]],
    ["of OpenTofu in place of Terraform's", ["a.tf", "a.tofu", "b.tf"], ["a.tofu", "b.tf"]],
    [
      "of OpenTofu's JSON in place of Terraform's",
      ["a.tf.json", "a.tofu.json", "a.tf"],
      ["a.tf", "a.tofu.json"],
    ],
    ["of both, where names differ", ["a.tofu", "b.tf"], ["a.tofu", "b.tf"]],
  ])("%s", (_, names, wanted) => {
    expect(moduleFiles(names)).toEqual(wanted);
  });
});

async function moduleOf(files: Readonly<Record<string, string>>): Promise<ModuleSource> {
  return moduleSource("m", await createHclParser().parseFiles(new Map(Object.entries(files))));
}

/** Arguments in short: literals as they are, blocks as lists of their arguments. */
function short(expression: Expression | undefined): unknown {
  if (expression === undefined) return undefined;
  if (expression.kind === "literal") return expression.value;
  if (expression.kind === "tuple") return expression.elements.map(short);
  if (expression.kind !== "body") return expression.kind;
  const dynamic = [...expression.dynamic.keys()].map((name) => [name, "dynamic"]);
  const entries = [...expression.entries].map(([name, inner]) => [name, short(inner)]);
  return Object.fromEntries([...entries, ...dynamic]);
}

const TOPIC = "aws_sns_topic.t";
const topicIn = (module: ModuleSource) => short(module.resources.get(TOPIC)?.body);
const topic = (body: string) => `resource "aws_sns_topic" "t" {\n${body}\n}\n`;

describe("blocks", () => {
  it("stand under their names", async () => {
    const module = await moduleOf({
      "main.tf": `terraform {
  backend "s3" {
    bucket = "b"
    key    = "k"
  }
}
variable "v" {}
output "o" {
  value = 1
}
module "c" {
  source = "./c"
}
data "aws_region" "here" {}
provider "aws" {}
provider "aws" {
  alias = "eu"
}
moved {
  from = aws_sns_topic.old
  to   = aws_sns_topic.t
}
locals {
  l = 1
}
${topic("")}`,
    });
    const names = (blocks: ReadonlyMap<string, unknown>) => [...blocks.keys()];
    expect(module.directory).toBe("m");
    expect(names(module.variables)).toEqual(["v"]);
    expect(names(module.outputs)).toEqual(["o"]);
    expect(names(module.calls)).toEqual(["c"]);
    expect(names(module.resources)).toEqual(["data.aws_region.here", TOPIC]);
    expect(names(module.providers)).toEqual(["aws", "aws.eu"]);
    expect(module.backend?.type).toBe("s3");
    const settings = [...(module.backend?.settings ?? [])].map(([name, value]) => [name, short(value)]);
    expect(settings).toEqual([
      ["bucket", "b"],
      ["key", "k"],
    ]);
    expect(module.locals.get("l")?.location).toMatchObject({ file: "main.tf", line: 24, column: 3 });
  });

  it.each<[string, string, string | undefined]>([
    ["no settings", "terraform {}\n", undefined],
    ["settings without a backend", 'terraform {\n  required_version = "1"\n}\n', undefined],
    ["a backend, then other settings", 'terraform {\n  backend "gcs" {}\n}\nterraform {}\n', "gcs"],
    ["a local backend", 'terraform {\n  backend "local" {}\n}\n', "local"],
  ])("tell where the state is: %s", async (_, text, wanted) => {
    expect((await moduleOf({ "main.tf": text })).backend?.type).toBe(wanted);
  });

  it("of one name replace each other, the last one counts", async () => {
    const module = await moduleOf({
      "a.tf": topic('name = "a"\nfifo_topic = true'),
      "b.tf": topic('name = "b"'),
    });
    expect(topicIn(module)).toEqual({ name: "b" });
  });
});

describe("overrides", () => {
  const dynamic = (name: string) => `dynamic "${name}" {\n  for_each = []\n  content {}\n}`;

  it.each<[string, string, string, object]>([
    [
      "arguments replace arguments",
      'name = "a"\nfifo_topic = true',
      'name = "b"',
      { name: "b", fifo_topic: true },
    ],
    [
      "a block replaces all of its type",
      "x {\n  a = 1\n}\nx {\n  a = 2\n}",
      "x {\n  b = 3\n}",
      { x: [{ b: 3 }] },
    ],
    ["a dynamic block too", "x {\n  a = 1\n}\ny {}", dynamic("x"), { y: [{}], x: "dynamic" }],
    ["and is replaced itself", `${dynamic("x")}\n${dynamic("y")}`, "x {}", { x: [{}], y: "dynamic" }],
    [
      "the arguments of lifecycle are taken one by one",
      "lifecycle {\n  prevent_destroy = true\n  enabled = true\n}",
      "lifecycle {\n  enabled = false\n}",
      { lifecycle: [{ prevent_destroy: true, enabled: false }] },
    ],
    [
      "a lifecycle where there was none",
      "",
      "lifecycle {\n  enabled = false\n}",
      { lifecycle: [{ enabled: false }] },
    ],
  ])("%s", async (_, own, other, wanted) => {
    const files = { "main.tf": topic(own), "override.tf": topic(other) };
    expect(topicIn(await moduleOf(files))).toEqual(wanted);
  });

  it.each(["override.tf", "x_override.tf", "sub/override.tf", "override.tofu"])(
    "stand in %s",
    async (name) => {
      const files = { [name]: topic('name = "over"'), "zz.tf": topic('name = "main"\nfifo_topic = true') };
      expect(topicIn(await moduleOf(files))).toEqual({ name: "over", fifo_topic: true });
    },
  );

  it.each(["overrides.tf", "xoverride.tf"])("do not stand in %s", async (name) => {
    const files = { [name]: topic('name = "over"'), "zz.tf": topic('name = "main"') };
    expect(topicIn(await moduleOf(files))).toEqual({ name: "main" });
  });

  it("of JSON, which may write a lone block without a list", async () => {
    const written = (lifecycle: object) =>
      JSON.stringify({ resource: { aws_sns_topic: { t: { lifecycle } } } });
    const files = {
      "main.tf.json": written({ prevent_destroy: true }),
      "main_override.tf.json": written({ enabled: false }),
    };
    const block = (await moduleOf(files)).resources.get(TOPIC);
    if (block === undefined) throw new Error("no topic");
    expect(short(lifecycleArgument(block, "enabled"))).toBe(false);
    expect(short(lifecycleArgument(block, "prevent_destroy"))).toBe(true);
  });
});

describe("an argument that has to be literal", () => {
  it.each([
    ['"./x"', "./x"],
    ["5", undefined],
    ["local.x", undefined],
  ])("%s", async (text, wanted) => {
    const call = (await moduleOf({ "main.tf": `module "c" {\n  source = ${text}\n}\n` })).calls.get("c");
    if (call === undefined) throw new Error("no call");
    expect(literalText(call, "source")).toBe(wanted);
    expect(literalText(call, "version")).toBeUndefined();
  });
});

describe("an argument of lifecycle", () => {
  it.each<[string, string, unknown]>([
    ["written", "lifecycle {\n  enabled = false\n}", false],
    ["of another name", "lifecycle {\n  prevent_destroy = true\n}", undefined],
    ["without the block", "", undefined],
    ["that is no block", "lifecycle = 5", undefined],
  ])("%s", async (_, body, wanted) => {
    const block = (await moduleOf({ "main.tf": topic(body) })).resources.get(TOPIC);
    if (block === undefined) throw new Error("no topic");
    expect(short(lifecycleArgument(block, "enabled"))).toBe(wanted);
  });
});
