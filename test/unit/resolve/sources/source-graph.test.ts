// Configuration without a plan: which objects there are, what they hold, and what is left open.

import { describe, expect, it } from "vitest";
import { InputError } from "../../../../src/model/problem.ts";
import type { VariableSettings } from "../../../../src/resolve/sources/variables.ts";
import { printValue } from "../../terraform/print-value.ts";
import { type FilesByPath, graphOf } from "./support.ts";

const TYPE = "aws_sns_topic";
const topic = (name: string, more = "") => `resource "aws_sns_topic" "t" {\n  name = ${name}\n${more}}\n`;

/** Each topic with its name. */
async function topicsOf(files: FilesByPath, settings?: VariableSettings, workspace?: string) {
  const graph = await graphOf(files, settings, workspace);
  const entries = graph
    .resources(TYPE)
    .map((one) => [`${one.name}${one.exists === "maybe" ? " (maybe)" : ""}`, printValue(one.read("name"))]);
  return Object.fromEntries(entries);
}

describe("which objects there are", () => {
  it.each<[string, string, Record<string, string>]>([
    ["one", topic('"x"'), { "aws_sns_topic.t": '"x"' }],
    [
      "counted",
      topic('"x${count.index}"', "  count = 2\n"),
      { "aws_sns_topic.t[0]": '"x0"', "aws_sns_topic.t[1]": '"x1"' },
    ],
    ["counted to none", topic('"x"', "  count = 0\n"), {}],
    [
      "one per key of a map",
      topic('"${each.key}-${each.value.n}"', "  for_each = { b = { n = 2 }, a = { n = 1 } }\n"),
      { 'aws_sns_topic.t["a"]': '"a-1"', 'aws_sns_topic.t["b"]': '"b-2"' },
    ],
    [
      "one per element of a set",
      topic("each.value", '  for_each = toset(["b", "a"])\n'),
      { 'aws_sns_topic.t["a"]': '"a"', 'aws_sns_topic.t["b"]': '"b"' },
    ],
    [
      "perhaps one, where only apply knows",
      `variable "on" {}\n${topic('"x"', "  count = var.on ? 1 : 0\n")}`,
      { "aws_sns_topic.t[0] (maybe)": '"x"' },
    ],
    [
      "one for sure and one perhaps",
      `variable "on" {}\n${topic('"x"', "  count = var.on ? 2 : 1\n")}`,
      { "aws_sns_topic.t[0]": '"x"', "aws_sns_topic.t[1] (maybe)": '"x"' },
    ],
    [
      "keys of which some are not known",
      `variable "more" {}\n${topic("each.key", '  for_each = toset(concat(["a"], var.more))\n')}`,
      { "aws_sns_topic.t (maybe)": "?", 'aws_sns_topic.t["a"]': '"a"' },
    ],
    [
      "a count nobody knows",
      `variable "n" {}\n${topic('"x${count.index}"', "  count = var.n\n")}`,
      { "aws_sns_topic.t (maybe)": "x?" },
    ],
    ["switched off in OpenTofu", topic('"x"', "  lifecycle {\n    enabled = false\n  }\n"), {}],
    [
      "keys with quotes and dots",
      topic("each.key", '  for_each = toset(["a.b\\"c"])\n'),
      { 'aws_sns_topic.t["a.b\\"c"]': '"a.b\\"c"' },
    ],
  ])("%s", async (_name, text, wanted) => {
    expect(await topicsOf({ "main.tf": text })).toEqual(wanted);
  });

  it("leaves out what JSON syntax switches off in OpenTofu", async () => {
    const topics = { t: { name: "x", lifecycle: { enabled: false } }, u: { name: "y" } };
    const text = JSON.stringify({ resource: { aws_sns_topic: topics } });
    expect(await topicsOf({ "main.tf.json": text })).toEqual({ "aws_sns_topic.u": '"y"' });
  });

  it("says what may hide behind an unknown count, and nothing where all is known", async () => {
    const graph = await graphOf({ "main.tf": `variable "n" {}\n${topic('"x"', "  count = var.n\n")}` });
    expect(graph.gaps(TYPE)).toMatchObject([
      {
        types: [TYPE],
        origin: { why: "variable-unset", subject: "var.n" },
        location: { file: "main.tf", line: 2 },
      },
    ]);
    expect(graph.gaps("aws_cloudtrail")).toEqual([]);
  });

  it("has no gap where an undecided count is bounded", async () => {
    const graph = await graphOf({
      "main.tf": `variable "on" {}\n${topic('"x"', "  count = var.on ? 1 : 0\n")}`,
    });
    expect(graph.gaps(TYPE)).toEqual([]);
  });

  it("lists blocks without an instance", async () => {
    const graph = await graphOf({ "main.tf": topic('"x"', "  count = 0\n") });
    expect(graph.withoutInstance(TYPE)).toEqual(["aws_sns_topic.t"]);
  });
});

describe("variables", () => {
  const main = `variable "v" {\n  default = "default"\n}\n${topic("var.v")}`;
  const settings = (environment: Record<string, string>, ...args: VariableSettings["arguments"]) => ({
    environment: new Map(Object.entries(environment)),
    arguments: args,
  });

  it.each<[string, FilesByPath, VariableSettings | undefined, string]>([
    ["the default", {}, undefined, "default"],
    ["the environment before the default", {}, settings({ v: "env" }), "env"],
    [
      "terraform.tfvars before the environment",
      { "terraform.tfvars": 'v = "file"\n' },
      settings({ v: "env" }),
      "file",
    ],
    [
      "the JSON form before the plain one",
      { "terraform.tfvars": 'v = "file"\n', "terraform.tfvars.json": '{"v": "json"}' },
      undefined,
      "json",
    ],
    [
      "automatic files in lexical order",
      {
        "terraform.tfvars": 'v = "file"\n',
        "b.auto.tfvars": 'v = "b"\n',
        "a.auto.tfvars.json": '{"v": "a"}',
      },
      undefined,
      "b",
    ],
    [
      "arguments last, and the last of them",
      { "z.auto.tfvars": 'v = "auto"\n' },
      settings(
        {},
        { kind: "file", path: "x.tfvars", text: 'v = "given"\n' },
        { kind: "value", name: "v", text: "said" },
      ),
      "said",
    ],
  ])("%s counts", async (_name, files, given, wanted) => {
    expect(await topicsOf({ "main.tf": main, ...files }, given)).toEqual({
      "aws_sns_topic.t": JSON.stringify(wanted),
    });
  });

  it("reads text for a collection as an expression, and for a string as it is", async () => {
    const text = `variable "l" {\n  type = list(string)\n}\nvariable "s" {\n  type = string\n}\n${topic('"${var.l[1]}-${var.s}"')}`;
    const given = settings({ l: '["a", "b"]', s: '["x"]' });
    expect(await topicsOf({ "main.tf": text }, given)).toEqual({
      "aws_sns_topic.t": JSON.stringify('b-["x"]'),
    });
  });

  it("refuses an argument for a variable that is not there", async () => {
    const given = settings({}, { kind: "value", name: "w", text: "x" });
    await expect(graphOf({ "main.tf": main }, given)).rejects.toThrow(InputError);
  });

  it.each<[string, string, string, string]>([
    ["a number becomes a string", "type = string\n  default = 5", "var.v", '"5"'],
    [
      "optional attributes get their defaults",
      'type = object({ a = string, b = optional(string, "d") })\n  default = { a = "x" }',
      '"${var.v.a}${var.v.b}"',
      '"xd"',
    ],
    [
      "other attributes are dropped",
      'type = object({ a = string })\n  default = { a = "x", c = "y" }',
      'join(",", keys(var.v))',
      '"a"',
    ],
    ["a list becomes a set", 'type = set(string)\n  default = ["b", "a", "b"]', 'join(",", var.v)', '"a,b"'],
    ["null stays null", "type = string\n  default = null", 'var.v == null ? "none" : var.v', '"none"'],
    ["unset is unknown", "type = string", "var.v", "?"],
    ["sensitive stays sensitive", 'default = "x"\n  sensitive = true', "var.v", 'secret "x"'],
  ])("%s", async (_name, body, name, wanted) => {
    const files = { "main.tf": `variable "v" {\n  ${body}\n}\n${topic(name)}` };
    expect(await topicsOf(files)).toEqual({ "aws_sns_topic.t": wanted });
  });
});

describe("files", () => {
  it.each<[string, FilesByPath, string]>([
    ["override files win", { "main.tf": topic('"a"'), "x_override.tf": topic('"o"') }, '"o"'],
    [
      "OpenTofu's file stands in for Terraform's",
      { "main.tf": topic('"a"'), "main.tofu": topic('"t"') },
      '"t"',
    ],
    [
      "JSON syntax",
      {
        "main.tf.json":
          '{"resource": {"aws_sns_topic": {"t": {"name": "x-${upper(\\"a\\")}"}}}, "//": "comment"}',
      },
      '"x-A"',
    ],
    [
      "JSON syntax with lists of blocks",
      {
        "main.tf.json":
          '{"locals": [{"n": "x"}], "resource": [{"aws_sns_topic": [{"t": [{"name": "${local.n}"}]}]}]}',
      },
      '"x"',
    ],
    [
      "editors' leftovers are no configuration",
      { "main.tf": topic('"a"'), ".#main.tf": "broken {", "main.tf~": "x" },
      '"a"',
    ],
    [
      "files beside the configuration",
      { "main.tf": topic('trimspace(file("${path.module}/n.txt"))'), "n.txt": "from file\n" },
      '"from file"',
    ],
    [
      "templates that data sources fill",
      {
        "main.tf": `data "aws_iam_policy_document" "d" {\n  policy_id = templatefile("a.tpl", { n = "b" })\n}\n${topic("data.aws_iam_policy_document.d.policy_id")}`,
        "a.tpl": "got ${n}",
      },
      '"got b"',
    ],
    [
      "templates, and templates that templates lead to",
      {
        "main.tf": topic('templatefile(templatefile("a.tpl", { n = "b" }), { x = "y" })'),
        "a.tpl": "${n}.tpl",
        "b.tpl": "%{ if true }got ${x}%{ endif }",
      },
      '"got y"',
    ],
    ["the workspace", { "main.tf": topic('"x-${terraform.workspace}"') }, '"x-prod"'],
    [
      "locals in any order",
      {
        "a.tf": topic("local.a"),
        "b.tf": 'locals {\n  a = "${local.b}!"\n}\n',
        "c.tf": 'locals {\n  b = "x"\n}\n',
      },
      '"x!"',
    ],
  ])("%s", async (_name, files, wanted) => {
    expect(await topicsOf(files, undefined, "prod")).toEqual({ "aws_sns_topic.t": wanted });
  });

  it("adds up nested blocks of dynamic and written ones, keeping what is not known apart", async () => {
    const graph = await graphOf({
      "main.tf": `variable "q" {}
resource "aws_cloudtrail" "t" {
  name = "t"
  event_selector {
    read_write_type = "ReadOnly"
  }
  dynamic "event_selector" {
    for_each = { a = "All" }
    iterator = it
    content {
      read_write_type = it.value
      dynamic "data_resource" {
        for_each = [it.key]
        content {
          type = data_resource.value
        }
      }
    }
  }
  dynamic "insight_selector" {
    for_each = var.q
    content {
      insight_type = insight_selector.value
    }
  }
}
`,
    });
    const [trail] = graph.resources("aws_cloudtrail");
    expect(
      printValue(trail?.read("event_selector") ?? { kind: "known", value: null, sensitive: false }),
    ).toBe(
      '[{data_resource: [], exclude_management_event_sources: null, include_management_events: true, read_write_type: "ReadOnly"}, {data_resource: [{type: "a"}], exclude_management_event_sources: null, include_management_events: true, read_write_type: "All"}]',
    );
    expect(trail?.read("insight_selector").kind).toBe("unknown");
    expect(trail?.read("is_multi_region_trail")).toMatchObject({ value: false });
    expect(trail?.read("arn")).toMatchObject({ kind: "reference", to: "aws_cloudtrail.t", path: ["arn"] });
  });
});

describe("modules", () => {
  const child = `variable "n" {}\nvariable "topics" {\n  default = {}\n}\n${topic("var.n")}output "arn" {\n  value = aws_sns_topic.t.arn\n}\n`;

  it("hands values in and out, per instance", async () => {
    const graph = await graphOf({
      "main.tf": `module "m" {
  for_each = toset(["a", "b"])
  source   = "./m"
  n        = "x-\${each.key}"
}
resource "aws_sns_topic_subscription" "s" {
  topic_arn = module.m["b"].arn
  endpoint  = join(",", [for k, m in module.m : m.arn])
}
`,
      "m/main.tf": child,
    });
    const [subscription] = graph.resources("aws_sns_topic_subscription");
    expect(graph.resources(TYPE).map((one) => [one.name, printValue(one.read("name"))])).toEqual([
      ['module.m["a"].aws_sns_topic.t', '"x-a"'],
      ['module.m["b"].aws_sns_topic.t', '"x-b"'],
    ]);
    expect(subscription && printValue(subscription.read("topic_arn"))).toBe(
      '<module.m["b"].aws_sns_topic.t.arn>',
    );
    expect(subscription && printValue(subscription.read("endpoint"))).toBe(
      '<module.m["a"].aws_sns_topic.t.arn>,<module.m["b"].aws_sns_topic.t.arn>',
    );
  });

  it("finds installed modules, and points at the call in the user's own file", async () => {
    const graph = await graphOf({
      "main.tf": '\nmodule "far" {\n  source = "acme/topics/aws"\n  n = "x"\n}\n',
      ".terraform/modules/modules.json":
        '{"Modules":[{"Key":"","Source":"","Dir":"."},{"Key":"far","Source":"registry/acme","Dir":".terraform/modules/far"},{"Key":"far.in","Source":"./in","Dir":".terraform/modules/far/in"}]}',
      ".terraform/modules/far/main.tf": 'variable "n" {}\nmodule "in" {\n  source = "./in"\n  n = var.n\n}\n',
      ".terraform/modules/far/in/main.tf": child,
    });
    expect(graph.resources(TYPE)).toMatchObject([
      { name: "module.far.module.in.aws_sns_topic.t", location: { file: "main.tf", line: 2, column: 1 } },
    ]);
  });

  it("leaves open what a module that is not installed may hold", async () => {
    const graph = await graphOf({
      "main.tf": `module "far" {\n  source = "acme/topics/aws"\n}\n${topic('"x"')}resource "aws_sns_topic_subscription" "s" {\n  topic_arn = module.far.arn\n}\n`,
    });
    expect(graph.gaps("aws_cloudtrail")).toMatchObject([
      {
        types: undefined,
        origin: { why: "module-not-installed", subject: "module.far" },
        location: { line: 1 },
      },
    ]);
    expect(graph.resources("aws_sns_topic_subscription")[0]?.read("topic_arn")).toMatchObject({
      kind: "unknown",
      origin: { why: "module-not-installed", subject: "module.far" },
    });
  });

  it("takes no circle for one where outputs and inputs only cross", async () => {
    const graph = await graphOf({
      "main.tf":
        'module "a" {\n  source = "./a"\n  given = module.b.own\n}\nmodule "b" {\n  source = "./a"\n  given = module.a.own\n}\n',
      "a/main.tf": `variable "given" {}\noutput "own" {\n  value = "own"\n}\n${topic("var.given")}`,
    });
    expect(graph.resources(TYPE).map((one) => printValue(one.read("name")))).toEqual(['"own"', '"own"']);
  });
});

describe("where objects live", () => {
  it.each<[string, FilesByPath, object]>([
    [
      "the plain provider",
      { "main.tf": `provider "aws" {\n  region = "eu-west-1"\n}\n${topic('"x"')}` },
      { region: "eu-west-1", partition: "aws", provider: "infra|aws" },
    ],
    [
      "an alias",
      {
        "main.tf": `provider "aws" {\n  alias = "us"\n  region = "us-east-1"\n}\n${topic('"x"', "  provider = aws.us\n")}`,
      },
      { region: "us-east-1", provider: "infra|aws.us" },
    ],
    [
      "a region of its own",
      {
        "main.tf": `provider "aws" {\n  region = "eu-west-1"\n}\n${topic('"x"', '  region = "cn-north-1"\n')}`,
      },
      { region: "cn-north-1", partition: "aws-cn" },
    ],
    [
      "the account of the role that is assumed",
      {
        "main.tf": `locals {\n  account = "123456789012"\n}\nprovider "aws" {\n  assume_role {\n    role_arn = "arn:aws:iam::\${local.account}:role/x"\n  }\n}\n${topic('"x"')}`,
      },
      { account: "123456789012", partition: "aws", region: undefined },
    ],
    [
      "the only account allowed",
      { "main.tf": `provider "aws" {\n  allowed_account_ids = ["123456789012"]\n}\n${topic('"x"')}` },
      { account: "123456789012" },
    ],
    [
      "a provider that modules hand down under other names",
      {
        "main.tf":
          'provider "aws" {\n  alias = "eu"\n  region = "eu-west-1"\n}\nmodule "m" {\n  source = "./m"\n  providers = {\n    aws.main = aws.eu\n  }\n}\n',
        "m/main.tf": 'module "n" {\n  source = "./n"\n  providers = {\n    aws = aws.main\n  }\n}\n',
        "m/n/main.tf": topic('"x"'),
      },
      { region: "eu-west-1", provider: "infra|aws.eu" },
    ],
    [
      "a provider that modules inherit",
      {
        "main.tf": 'provider "aws" {\n  region = "eu-west-1"\n}\nmodule "m" {\n  source = "./m"\n}\n',
        "m/main.tf": topic('"x"'),
      },
      { region: "eu-west-1", provider: "infra|aws" },
    ],
    [
      "one of several instances of a provider",
      {
        "main.tf": `provider "aws" {\n  for_each = toset(["eu-west-1", "us-east-1"])\n  alias = "by_region"\n  region = each.key\n}\n${topic('"x"', '  provider = aws.by_region["us-east-1"]\n')}`,
      },
      { region: "us-east-1", provider: 'infra|aws.by_region["us-east-1"]' },
    ],
    [
      "nowhere that is known",
      { "main.tf": topic('"x"') },
      { region: undefined, account: undefined, partition: undefined, provider: "infra|aws" },
    ],
  ])("%s", async (_name, files, wanted) => {
    const graph = await graphOf(files);
    expect(graph.resources(TYPE)[0]?.scope).toMatchObject(wanted);
  });

  it("tells region and account to data sources that ask for them", async () => {
    const graph = await graphOf({
      "main.tf": `provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["123456789012"]
}
data "aws_region" "here" {}
data "aws_caller_identity" "me" {}
data "aws_partition" "p" {}
${topic('"arn:${data.aws_partition.p.partition}:sns:${data.aws_region.here.name}:${data.aws_caller_identity.me.account_id}:x"')}`,
    });
    expect(graph.resources(TYPE)[0]?.read("name")).toMatchObject({
      value: "arn:aws:sns:eu-west-1:123456789012:x",
    });
  });
});
