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

describe("names in expressions", () => {
  const nameIn = async (name: string, more = "", files: FilesByPath = {}, workspace?: string) =>
    (await topicsOf({ "main.tf": `${topic(name)}${more}`, ...files }, undefined, workspace))[
      "aws_sns_topic.t"
    ];
  const other = 'resource "aws_sns_topic" "o" {\n  name = "o"\n}\n';

  it.each<[string, string, string, string]>([
    ["a resource", "aws_sns_topic.o.name", other, '"o"'],
    ["a resource, said in full", "resource.aws_sns_topic.o.name", other, '"o"'],
    ["a resource that is not there", "aws_sns_topic.z.name", "", "?"],
    ["a type without a name", "aws_sns_topic == 5", other, "?"],
    ["resource without more", "resource.aws_sns_topic", other, "?"],
    ["data without more", "data.aws_region", "", "?"],
    ["a data source that is not there", "data.aws_region.z.name", "", "?"],
    ["a local that is not there", "local.z", "", "?"],
    ["a variable that is not there", "var.z", "", "?"],
    ["var without more", "var", "", "?"],
    ["the root directory", "path.root", "", '"."'],
    ["the module's directory", "path.module", "", '"."'],
    ["the working directory", "path.cwd", "", "?"],
    ["another path", "path.home", "", "?"],
    ["the workspace", "terraform.workspace", "", "?"],
    ["something else of terraform", "terraform.version", "", "?"],
    ["a module that is not called", "module.z.o", "", "?"],
    ["an attribute that only apply knows", "aws_sns_topic.o.arn", other, "<aws_sns_topic.o.arn>"],
    [
      "an argument that Terraform itself uses",
      "tostring(aws_sns_topic.o.count)",
      other.replace("{", "{\n  count = 1"),
      "?",
    ],
    ["a field inside what apply knows", "aws_sns_topic.o.arn.x", other, "<aws_sns_topic.o.arn.x>"],
    [
      "an attribute of a data source",
      "data.aws_sns_topic.d.arn",
      'data "aws_sns_topic" "d" {\n  name = "d"\n}\n',
      "<data.aws_sns_topic.d.arn>",
    ],
    [
      "an argument of a data source",
      "data.aws_sns_topic.d.name",
      'data "aws_sns_topic" "d" {\n  name = "d"\n}\n',
      '"d"',
    ],
    [
      "the id of a log group",
      "aws_cloudwatch_log_group.g.id",
      'resource "aws_cloudwatch_log_group" "g" {\n  name = "trail"\n}\n',
      '"trail"',
    ],
    [
      "the id of a log group whose name apply makes up",
      "aws_cloudwatch_log_group.g.id",
      'resource "aws_cloudwatch_log_group" "g" {\n  name_prefix = "trail"\n}\n',
      "<aws_cloudwatch_log_group.g.id>",
    ],
    [
      "an argument that is written as null",
      'aws_sns_topic.o.display_name == null ? "none" : "some"',
      other.replace('"o"\n', '"o"\n  display_name = null\n'),
      '"none"',
    ],
    [
      "a name without what ARNs never hold",
      'length(split("*", aws_sns_topic.o.arn)) == 1 ? "one" : "more"',
      other,
      '"one"',
    ],
    ["an id without blanks", 'length(split(" ", aws_sns_topic.o.id)) == 1 ? "one" : "more"', other, '"one"'],
  ])("%s", async (_name, expression, more, wanted) => {
    expect(await nameIn(expression, more)).toBe(wanted);
  });

  it("tell something else of what may hold such a thing", async () => {
    expect(await nameIn('length(split("*", aws_sns_topic.o.policy)) == 1 ? "one" : "more"', other)).not.toBe(
      '"one"',
    );
    expect(await nameIn('length(split(":", aws_sns_topic.o.arn)) == 1 ? "one" : "more"', other)).not.toBe(
      '"one"',
    );
  });

  it("say where they stand in a module", async () => {
    const files = {
      "main.tf": 'module "m" {\n  source = "./m"\n}\n',
      "m/main.tf": topic('"${path.module} ${path.root} ${terraform.workspace}"'),
    };
    expect(await topicsOf(files, undefined, "prod")).toEqual({ "module.m.aws_sns_topic.t": '"m . prod"' });
  });

  it("say why they are not known", async () => {
    const why = async (expression: string, more = "") => {
      const graph = await graphOf({ "main.tf": `${topic(expression)}${more}` });
      const value = graph.byId("aws_sns_topic.t")?.read("name");
      return value?.kind === "unknown" ? value.origin : value?.kind;
    };
    expect(await why("terraform.workspace")).toEqual({
      why: "variable-unset",
      subject: "terraform.workspace",
    });
    expect(await why("path.cwd")).toEqual({ why: "function", subject: "path.cwd" });
    expect(await why("var.v", 'variable "v" {}\n')).toEqual({ why: "variable-unset", subject: "var.v" });
    expect(await why("module.far.o", 'module "far" {\n  source = "acme/far/aws"\n}\n')).toEqual({
      why: "module-not-installed",
      subject: "module.far",
    });
    const loop = await why("aws_sns_topic.t.name");
    expect(loop).toEqual({ why: "expression", subject: "aws_sns_topic.t.name, which refers to itself" });
    const read = (await graphOf({ "main.tf": 'data "aws_sns_topic" "d" {}\n' }))
      .data("aws_sns_topic")[0]
      ?.read("arn");
    expect(read).toMatchObject({ origin: { why: "data-source", subject: "data.aws_sns_topic.d.arn" } });
  });
});

describe("inputs of modules", () => {
  const given = async (declared: string, call: string) => {
    const files = {
      "main.tf": `module "m" {\n  source = "./m"\n${call}\n}\n`,
      "m/main.tf": `variable "v" {\n${declared}\n}\n${topic('var.v == null ? "none" : var.v')}`,
    };
    return (await topicsOf(files))["module.m.aws_sns_topic.t"];
  };

  it.each<[string, string, string, string]>([
    ["are what the call says", 'default = "d"', '  v = "x"', '"x"'],
    ["are their default", 'default = "d"', "", '"d"'],
    ["are not known without either", "", "", '?(one of "none" | ? …)'],
    ["may be null", 'default = "d"', "  v = null", '"none"'],
    ["may be null in so many words", 'default = "d"\nnullable = true', "  v = null", '"none"'],
    ["are their default where null is refused", 'default = "d"\nnullable = false', "  v = null", '"d"'],
    ["are what the call says where null is refused", 'default = "d"\nnullable = false', '  v = "x"', '"x"'],
    ["are not sensitive where they are said not to be", "sensitive = false", '  v = "x"', '"x"'],
    ["are sensitive", "sensitive = true", '  v = "x"', 'secret "x"'],
  ])("%s", async (_name, declared, call, wanted) => {
    expect(await given(declared, call)).toBe(wanted);
  });
});

describe("modules as values", () => {
  const inner = `output "o" {\n  value = "x\${var.k}"\n}\noutput "s" {\n  value = "s"\n  sensitive = true\n}\nvariable "k" {\n  default = ""\n}\n`;
  const called = (more: string) => `module "m" {\n  source = "./m"\n${more}\n}\nvariable "u" {}\n`;
  const keyed = '  for_each = toset(["a", "b"])\n  k = each.key';
  const counted = "  count = 2\n  k = count.index";

  it.each<[string, string, string, string]>([
    ["an output", "", "module.m.o", '"x"'],
    ["a sensitive output", "", "module.m.s", 'secret "s"'],
    ["an output that is not there", "", "module.m.z", "?"],
    ["all outputs", "", 'join(",", keys(module.m))', '"o,s"'],
    ["the output of a key", keyed, 'module.m["b"].o', '"xb"'],
    ["the output of a key that is not there", keyed, 'module.m["c"].o', "?"],
    ["the output of a position", counted, "module.m[1].o", '"x1"'],
    ["the outputs of all positions", counted, 'join(",", module.m[*].o)', '"x0,x1"'],
    ["the keys of all", keyed, 'join(",", keys(module.m))', '"a,b"'],
    ["the outputs of all keys", keyed, 'join(",", [for m in module.m : m.o])', '"xa,xb"'],
    ["the output of a key that only apply knows", keyed, "module.m[var.u].o", '?(one of "xa" | "xb")'],
    ["the output of one that may not be there", "  count = var.u ? 1 : 0", "module.m[0].o", '"x"'],
    ["how many there are", counted, "tostring(length(module.m))", '"2"'],
    ["how many there may be", "  count = var.u ? 2 : 1", "tostring(length(module.m))", '?(one of "1" | "2")'],
    ["any of a number that nobody knows", "  count = var.u", "module.m[3].o", '"x"'],
  ])("%s", async (_name, call, expression, wanted) => {
    const files = { "main.tf": `${called(call)}${topic(expression)}`, "m/main.tf": inner };
    expect((await topicsOf(files))["aws_sns_topic.t"]).toBe(wanted);
  });
});

describe("resources of which it is not known how many there are", () => {
  const others = (more: string, name = '"o"') =>
    `variable "u" {}\nresource "aws_sns_topic" "o" {\n${more}\n  name = ${name}\n}\n`;
  const perhaps = (...keys: string[]) =>
    `  for_each = toset(concat(${keys.map((key) => `var.u ? ["${key}"] : []`).join(", ")}))`;

  it.each<[string, string, string, string]>([
    [
      "counted, all of them",
      others("  count = 2", '"o${count.index}"'),
      'join(",", aws_sns_topic.o[*].name)',
      '"o0,o1"',
    ],
    ["counted, one of them", others("  count = 2", '"o${count.index}"'), "aws_sns_topic.o[1].name", '"o1"'],
    [
      "counted, how many",
      others("  count = var.u ? 1 : 3"),
      "tostring(length(aws_sns_topic.o))",
      '?(one of "1" | "2" | "3")',
    ],
    [
      "perhaps one, how many",
      others("  count = var.u ? 1 : 0"),
      "tostring(length(aws_sns_topic.o))",
      '?(one of "0" | "1")',
    ],
    [
      "by key, all of them",
      others('  for_each = toset(["a", "b"])', "each.key"),
      'join(",", values(aws_sns_topic.o)[*].name)',
      '"a,b"',
    ],
    [
      "by key, perhaps one, how many",
      others(perhaps("a")),
      "tostring(length(aws_sns_topic.o))",
      '?(one of "1" | "0")',
    ],
    ["of an unknown number, one of them", others("  count = var.u"), "aws_sns_topic.o[3].name", '"o"'],
    [
      "of an unknown number, how many",
      others("  count = var.u"),
      "tostring(length(aws_sns_topic.o))",
      '?(one of "1" …)',
    ],
    ["alone, its name", others(""), "aws_sns_topic.o.name", '"o"'],
  ])("%s", async (_name, text, expression, wanted) => {
    expect((await topicsOf({ "main.tf": `${text}${topic(expression)}` }))["aws_sns_topic.t"]).toBe(wanted);
  });

  it("are one that may be there where the count refers to itself", async () => {
    const graph = await graphOf({ "main.tf": topic('"x"', "  count = length(aws_sns_topic.t)\n") });
    expect(graph.resources(TYPE).map(({ exists, doubt }) => [exists, doubt])).toEqual([
      ["maybe", "count-not-known"],
    ]);
    expect(graph.gaps(TYPE)).toHaveLength(1);
  });
});

describe("the graph of a configuration", () => {
  const files = {
    "main.tf": `${topic('"x"')}resource "aws_sns_topic" "a" {}\nresource "aws_sns_topic" "none" {\n  count = 0\n}\nresource "aws_sqs_queue" "none" {\n  count = 0\n}\ndata "aws_region" "r" {}\ndata "aws_sns_topic" "none" {\n  count = 0\n}\nmodule "m" {\n  source = "./m"\n}\n`,
    "m/main.tf": 'resource "aws_sns_topic" "b" {}\nresource "aws_sns_topic" "none" {\n  count = 0\n}\n',
  };

  it("has its objects in the order of their addresses, managed ones and data sources apart", async () => {
    const graph = await graphOf(files);
    const names = (found: readonly { readonly name: string }[]) => found.map(({ name }) => name);
    const topics = ["aws_sns_topic.a", "aws_sns_topic.t", "module.m.aws_sns_topic.b"];
    expect(names(graph.resources(TYPE))).toEqual(topics);
    expect(names(graph.everything())).toEqual(topics);
    expect(names(graph.data("aws_region"))).toEqual(["data.aws_region.r"]);
    expect([graph.data(TYPE), graph.resources("aws_region"), graph.gone(TYPE)]).toEqual([[], [], []]);
    expect(graph.byId("module.m.aws_sns_topic.b")).toMatchObject({
      input: "infra",
      exists: "yes",
      doubt: undefined,
      fresh: true,
      location: { file: "m/main.tf", line: 1 },
    });
    expect(graph.byId("aws_sns_topic.z")).toBeUndefined();
    expect(graph.withoutInstance(TYPE)).toEqual(["aws_sns_topic.none", "module.m.aws_sns_topic.none"]);
    expect(graph.inputs).toEqual([
      {
        label: "infra",
        kind: "sources",
        formatVersion: undefined,
        terraformVersion: undefined,
        mode: "normal",
        sha256: undefined,
      },
    ]);
  });

  it("says what a module may hold of which it is not known how often it is there", async () => {
    const text = `module "n" {\n  source = "./n"\n}\nresource "aws_sqs_queue" "q" {}\ndata "aws_region" "r" {}\nmodule "far" {\n  source = "acme/far/aws"\n}\n`;
    const graph = await graphOf({
      "main.tf": `variable "u" {}\nmodule "m" {\n  source = "./m"\n  count = var.u\n}\n`,
      "m/main.tf": `${topic('"x"')}${text}`,
      "m/n/main.tf": `resource "aws_kms_key" "k" {}\nresource "aws_sqs_queue" "r" {}\n`,
    });
    const [gap] = graph.gaps("aws_kms_key");
    expect(gap).toMatchObject({
      types: ["aws_sns_topic", "aws_sqs_queue", "aws_kms_key"],
      location: { file: "main.tf", line: 2 },
    });
    expect(graph.gaps("aws_region").map(({ origin }) => origin.subject)).toEqual(["module.m.module.far"]);
    expect(graph.everything().map(({ exists }) => exists)).toEqual(Array(4).fill("maybe"));
  });

  it("leaves open how many data sources there are without a gap", async () => {
    const graph = await graphOf({
      "main.tf": 'variable "u" {}\ndata "aws_region" "r" {\n  count = var.u\n}\n',
    });
    expect(graph.gaps("aws_region")).toEqual([]);
    expect(graph.data("aws_region").map(({ exists }) => exists)).toEqual(["maybe"]);
  });

  it("has objects of modules that others wrote where the user calls them", async () => {
    const graph = await graphOf({
      "main.tf": 'module "own" {\n  source = "./own"\n}\n',
      "own/main.tf": `\n\nmodule "far" {\n  source = "acme/far/aws"\n}\n${topic('"x"')}`,
      "lib/far/main.tf": 'module "in" {\n  source = "./in"\n}\n',
      "lib/far/in/main.tf": topic('"y"'),
      ".terraform/modules/modules.json": '{"Modules":[{"Key":"own.far","Dir":"lib/far"}]}',
    });
    expect(graph.resources(TYPE).map(({ name, location }) => [name, location?.file, location?.line])).toEqual(
      [
        ["module.own.aws_sns_topic.t", "own/main.tf", 6],
        ["module.own.module.far.module.in.aws_sns_topic.t", "own/main.tf", 3],
      ],
    );
  });
});

describe("providers", () => {
  const located = async (files: FilesByPath) =>
    (await graphOf(files)).everything().map(({ scope }) => [scope.region, scope.provider]);
  const aws = (body: string) => `provider "aws" {\n${body}\n}\n`;
  const byRegion = aws(
    '  for_each = { eu = "eu-west-1", us = "us-east-1" }\n  alias = "r"\n  region = each.value',
  );

  it.each<[string, FilesByPath, readonly (readonly [string | undefined, string])[]]>([
    [
      "named as a text",
      { "main.tf": aws('  alias = "eu"\n  region = "eu-west-1"') + topic('"x"', '  provider = "aws.eu"\n') },
      [["eu-west-1", "infra|aws.eu"]],
    ],
    [
      "picked by a key",
      { "main.tf": byRegion + topic('"x"', '  provider = aws.r["us"]\n') },
      [["us-east-1", 'infra|aws.r["us"]']],
    ],
    [
      "picked by each.key",
      { "main.tf": byRegion + topic('"x"', '  for_each = toset(["eu"])\n  provider = aws.r[each.key]\n') },
      [["eu-west-1", 'infra|aws.r["eu"]']],
    ],
    [
      "of another name",
      { "main.tf": `${aws('  region = "eu-west-1"')}resource "random_id" "r" {}\n` },
      [[undefined, "infra|random"]],
    ],
    [
      "that a module has of its own",
      {
        "main.tf": `${aws('  region = "eu-west-1"')}module "m" {\n  source = "./m"\n}\n`,
        "m/main.tf": aws('  region = "us-east-1"') + topic('"x"'),
      },
      [["us-east-1", "infra|module.m:aws"]],
    ],
    [
      "that a module would have to be handed",
      {
        "main.tf": `${aws('  region = "eu-west-1"')}module "m" {\n  source = "./m"\n}\n`,
        "m/main.tf": topic('"x"', "  provider = aws.other\n"),
      },
      [[undefined, ""]],
    ],
    [
      "of two that are handed, each under its name",
      {
        "main.tf": `${aws('  region = "eu-west-1"')}${aws('  alias = "us"\n  region = "us-east-1"')}module "m" {\n  source = "./m"\n  providers = {\n    aws.a = aws\n    aws.b = aws.us\n  }\n}\n`,
        "m/main.tf": `${topic('"x"', "  provider = aws.a\n")}resource "aws_sns_topic" "u" {\n  provider = aws.b\n}\n`,
      },
      [
        ["eu-west-1", "infra|aws"],
        ["us-east-1", "infra|aws.us"],
      ],
    ],
    [
      "handed by a key of the module",
      {
        "main.tf": `${byRegion}module "m" {\n  for_each = toset(["us"])\n  source = "./m"\n  providers = {\n    aws = aws.r[each.key]\n  }\n}\n`,
        "m/main.tf": topic('"x"'),
      },
      [["us-east-1", 'infra|aws.r["us"]']],
    ],
    [
      "of several regions by name alone",
      {
        "main.tf":
          aws('  for_each = toset(["eu-west-1"])\n  alias = "r"\n  region = each.value') +
          topic('"x"', '  provider = aws.r["eu-west-1"]\n'),
      },
      [["eu-west-1", 'infra|aws.r["eu-west-1"]']],
    ],
  ])("%s", async (_name, files, wanted) => {
    expect(await located(files)).toEqual(wanted);
  });

  it.each<[string, string, string | undefined]>([
    ["one account allowed", '  allowed_account_ids = ["111122223333"]', "111122223333"],
    ["two accounts allowed", '  allowed_account_ids = ["111122223333", "444455556666"]', undefined],
    ["none allowed", "  allowed_account_ids = []", undefined],
    ["a role without ARN", "  assume_role {}", undefined],
    ["nothing said", "", undefined],
  ])("with %s", async (_name, body, wanted) => {
    const graph = await graphOf({ "main.tf": aws(body) + topic('"x"') });
    expect(graph.resources(TYPE)[0]?.scope.account).toBe(wanted);
  });
});

describe("what is said of variables outside of the code", () => {
  const refused = async (text: string, ...args: VariableSettings["arguments"]) => {
    const refusal: unknown = await graphOf(
      { "main.tf": text },
      { environment: new Map(), arguments: args },
    ).catch((error: unknown) => error);
    return refusal instanceof InputError ? refusal.problems : refusal;
  };
  const value = (name: string, text: string) => ({ kind: "value", name, text }) as const;
  const declared = (count: number) =>
    Array.from({ length: count }, (_, at) => `variable "v${String(count - at).padStart(2, "0")}" {}\n`).join(
      "",
    );

  it("is refused for a variable that is not there, with the names that are", async () => {
    expect(await refused(declared(2), value("w", "x"))).toEqual([
      {
        code: "variable-not-declared",
        place: "--var w",
        message: 'the root module has no variable "w"',
        note: 'its variables are "v01", "v02"',
      },
    ]);
    expect(await refused(declared(12), value("w", "x"))).toMatchObject([
      { note: expect.stringContaining('"v12"') },
    ]);
    for (const count of [0, 13]) {
      const [problem] = (await refused(
        `locals {}\n${declared(count)}`,
        value("w", "x"),
      )) as readonly object[];
      expect(problem).not.toHaveProperty("note");
    }
  });

  it("is refused where a collection is no expression", async () => {
    expect(await refused('variable "l" {\n  type = list(string)\n}\n', value("l", "[a"))).toEqual([
      {
        code: "variable-not-readable",
        place: "--var l",
        message: '"[a" is no value of the variable\'s type, which is a collection',
        help: 'write it as in a configuration, such as ["a", "b"] or { a = "b" }',
      },
    ]);
    const environment = new Map([["l", "[a"]]);
    const refusal: unknown = await graphOf(
      { "main.tf": 'variable "l" {\n  type = list(string)\n}\n' },
      { environment, arguments: [] },
    ).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ problems: [{ place: "TF_VAR_l" }] });
  });

  it.each([
    ["number", "5", '"5"'],
    ["bool", "true", '"true"'],
    ["string", "[]", '"[]"'],
    ["any", '["x"]', '"[\\"x\\"]"'],
  ])("is taken for a %s as the text %s", async (type, text, wanted) => {
    const main = `variable "v" {\n  type = ${type}\n}\n${topic("try(tostring(var.v), jsonencode(var.v))")}`;
    const given = { environment: new Map([["other", "x"]]), arguments: [value("v", text)] };
    expect(await topicsOf({ "main.tf": main }, given)).toEqual({ "aws_sns_topic.t": wanted });
  });
});

describe("templates", () => {
  const files = {
    "a.tpl": "got ${n}",
    "m/main.tf": `variable "n" {}\noutput "o" {\n  value = templatefile("a.tpl", { n = var.n })\n}\n`,
  };

  it.each<[string, string]>([
    ["in a local", `locals {\n  l = templatefile("a.tpl", { n = "x" })\n}\n${topic("local.l")}`],
    ["in a module", `module "m" {\n  source = "./m"\n  n = "x"\n}\n${topic("module.m.o")}`],
    ["of a text", topic('templatestring("got $${n}", { n = "x" })')],
    ["of the core, said in full", topic('core::templatefile("a.tpl", { n = "x" })')],
  ])("are found %s", async (_name, text) => {
    expect((await topicsOf({ ...files, "main.tf": text }))["aws_sns_topic.t"]).toBe('"got x"');
  });

  it("that are none are not known", async () => {
    const told = await topicsOf({ "main.tf": topic('templatefile("a.tpl", {})'), "a.tpl": "broken ${" });
    expect(told["aws_sns_topic.t"]).toBe("?");
  });
});
