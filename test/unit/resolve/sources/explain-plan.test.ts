// A plan beside its code: what the plan leaves open the code tells, and what the plan knows the code cannot change.

import { describe, expect, it } from "vitest";
import { parsePlan } from "../../../../src/input/plan.ts";
import { parseAddress } from "../../../../src/model/address.ts";
import type { Json, JsonObject } from "../../../../src/model/json.ts";
import { UNSET } from "../../../../src/model/value.ts";
import { buildGraph } from "../../../tools/build-graph.ts";
import { printValue } from "../../terraform/print-value.ts";
import { type FilesByPath, sourcesOf } from "./support.ts";

interface Planned {
  readonly address: string;
  readonly after: JsonObject;
  readonly unknown: JsonObject;
}

const ADDRESS = /^(?:(.*)\.)?(\w+)\.(\w+)(?:\[(.*)\])?$/;

function change({ address, after, unknown }: Planned): JsonObject {
  const [, module, type = "", name = "", key] = ADDRESS.exec(address) ?? [];
  return {
    address,
    mode: "managed",
    type,
    name,
    ...(module !== undefined && { module_address: module }),
    ...(key !== undefined && { index: JSON.parse(key) as Json }),
    change: { actions: ["create"], before: null, after, after_unknown: unknown },
  };
}

function planOf(objects: readonly Planned[], variables: JsonObject = {}): string {
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    variables: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, { value }])),
    resource_changes: objects.map(change),
    configuration: { root_module: {} },
  });
}

async function graphOfPlan(objects: readonly Planned[], files: FilesByPath, variables?: JsonObject) {
  const sources = await sourcesOf(files);
  const document = parsePlan(planOf(objects, variables), "plan.json");
  const { forPlan, locate } = sources;
  return buildGraph([{ document, sha256: undefined, sources: forPlan, locate }]);
}

/** Planned with its name alone known. */
const topic = (address: string, name = "x"): Planned => ({
  address,
  after: { name },
  unknown: { arn: true, id: true },
});
const alarm = (address: string, more: JsonObject = {}): Planned => ({
  address,
  after: { alarm_name: "a", ...more },
  unknown: { alarm_actions: true, arn: true },
});
const resource = (type: string, name: string, body: string) => `resource "${type}" "${name}" {\n${body}\n}\n`;

async function actions(
  objects: readonly Planned[],
  files: FilesByPath,
  address: string,
  variables?: JsonObject,
) {
  const graph = await graphOfPlan(objects, files, variables);
  return printValue(graph.byId(address)?.read("alarm_actions") ?? UNSET);
}

const TOPICS = resource("aws_sns_topic", "t", '  for_each = toset(["a", "b"])\n  name = each.key');
const TWO = [topic('aws_sns_topic.t["a"]'), topic('aws_sns_topic.t["b"]')];
const one = (expression: string, more = "") => ({
  "main.tf": `${TOPICS}${resource("aws_cloudwatch_metric_alarm", "m", `  alarm_name = "a"\n  alarm_actions = ${expression}`)}${more}`,
});

describe("what the plan does not know", () => {
  it.each<[string, FilesByPath, string]>([
    [
      "through locals",
      one("[local.topics.sec]", 'locals {\n  topics = { sec = aws_sns_topic.t["b"].arn }\n}\n'),
      '[<aws_sns_topic.t["b"].arn>]',
    ],
    [
      "through for and values",
      one('[for k, t in aws_sns_topic.t : t.arn if k == "a"]'),
      '[<aws_sns_topic.t["a"].arn>]',
    ],
    [
      "beside what is known",
      one('concat(["arn:aws:sns:eu-west-1:1:z"], values(aws_sns_topic.t)[*].arn)'),
      '["arn:aws:sns:eu-west-1:1:z", <aws_sns_topic.t["a"].arn>, <aws_sns_topic.t["b"].arn>]',
    ],
    [
      "by names that the plan knows",
      one('[aws_sns_topic.t["a"].name == "x" ? aws_sns_topic.t["a"].arn : ""]'),
      '[<aws_sns_topic.t["a"].arn>]',
    ],
  ])("%s", async (_name, files, wanted) => {
    expect(
      await actions([...TWO, alarm("aws_cloudwatch_metric_alarm.m")], files, "aws_cloudwatch_metric_alarm.m"),
    ).toBe(wanted);
  });

  it("takes variables from the plan, not from the files beside the code", async () => {
    const files = {
      ...one("[aws_sns_topic.t[var.k].arn]", 'variable "k" {\n  default = "a"\n}\n'),
      "terraform.tfvars": 'k = "a"\n',
    };
    const objects = [...TWO, alarm("aws_cloudwatch_metric_alarm.m")];
    expect(await actions(objects, files, "aws_cloudwatch_metric_alarm.m", { k: "b" })).toBe(
      '[<aws_sns_topic.t["b"].arn>]',
    );
  });

  it("takes instances from the plan where the code does not know their keys", async () => {
    const files = {
      "main.tf": `data "aws_regions" "all" {}\n${resource("aws_sns_topic", "t", "  for_each = data.aws_regions.all.names\n  name = each.key")}${resource("aws_cloudwatch_metric_alarm", "m", "  for_each = data.aws_regions.all.names\n  alarm_name = each.key\n  alarm_actions = [aws_sns_topic.t[each.key].arn]")}`,
    };
    const objects = [...TWO, alarm('aws_cloudwatch_metric_alarm.m["b"]')];
    expect(await actions(objects, files, 'aws_cloudwatch_metric_alarm.m["b"]')).toBe(
      '[<aws_sns_topic.t["b"].arn>]',
    );
  });

  it("goes into the right instance of a module and out of another", async () => {
    const files = {
      "main.tf":
        'module "t" {\n  for_each = toset(["a", "b"])\n  source = "./t"\n}\nmodule "m" {\n  for_each = { x = "a", y = "b" }\n  source = "./m"\n  topic = module.t[each.value].arn\n}\n',
      "t/main.tf": `${resource("aws_sns_topic", "t", '  name = "x"')}output "arn" {\n  value = aws_sns_topic.t.arn\n}\n`,
      "m/main.tf": `variable "topic" {}\n${resource("aws_cloudwatch_metric_alarm", "m", '  alarm_name = "a"\n  alarm_actions = [var.topic]')}`,
    };
    const objects = [
      topic('module.t["a"].aws_sns_topic.t'),
      topic('module.t["b"].aws_sns_topic.t'),
      alarm('module.m["x"].aws_cloudwatch_metric_alarm.m'),
      alarm('module.m["y"].aws_cloudwatch_metric_alarm.m'),
    ];
    const address = 'module.m["y"].aws_cloudwatch_metric_alarm.m';
    expect(await actions(objects, files, address)).toBe('[<module.t["b"].aws_sns_topic.t.arn>]');
  });

  it("finds the written block of a set that the plan has in another order", async () => {
    const body = `  alarm_name = "a"
  metric_query {
    id = "e1"
    expression = "m1"
  }
  metric_query {
    id = "m1"
    metric {
      metric_name = aws_cloudwatch_log_metric_filter.f.id
    }
  }`;
    const files = {
      "main.tf": `${resource("aws_cloudwatch_metric_alarm", "m", body)}${resource("aws_cloudwatch_log_metric_filter", "f", '  name = "f"')}`,
    };
    const planned: Planned = {
      address: "aws_cloudwatch_metric_alarm.m",
      after: {
        metric_query: [
          { id: "m1", metric: [{}] },
          { id: "e1", expression: "m1", metric: [] },
        ],
      },
      unknown: { metric_query: [{ metric: [{ metric_name: true }] }, { metric: [] }] },
    };
    const filter: Planned = {
      address: "aws_cloudwatch_log_metric_filter.f",
      after: {},
      unknown: { id: true, name: true },
    };
    const graph = await graphOfPlan([planned, filter], files);
    const queries = graph.byId("aws_cloudwatch_metric_alarm.m")?.read("metric_query") ?? UNSET;
    expect(printValue(queries)).toContain(
      'id: "m1", metric: [{metric_name: <aws_cloudwatch_log_metric_filter.f.id>}]',
    );
  });

  it("leaves to the provider what nobody wrote", async () => {
    const graph = await graphOfPlan([topic("aws_sns_topic.t")], {
      "main.tf": resource("aws_sns_topic", "t", '  name = "x"'),
    });
    expect(printValue(graph.byId("aws_sns_topic.t")?.read("arn") ?? UNSET)).toMatch(
      /^<aws_sns_topic\.t\.arn>$|^\?$/,
    );
  });
});

describe("what the plan knows", () => {
  it("counts before the code", async () => {
    const graph = await graphOfPlan([topic("aws_sns_topic.t", "planned")], {
      "main.tf": resource("aws_sns_topic", "t", '  name = "written"'),
    });
    expect(graph.byId("aws_sns_topic.t")?.read("name")).toMatchObject({ value: "planned" });
  });

  it("has no object where the plan has none, whatever the code says", async () => {
    const files = one("aws_sns_topic.t[*] == [] ? [] : values(aws_sns_topic.t)[*].arn");
    expect(
      await actions([alarm("aws_cloudwatch_metric_alarm.m")], files, "aws_cloudwatch_metric_alarm.m"),
    ).not.toContain("aws_sns_topic");
  });

  it("gets regions from the code where the plan cannot tell them", async () => {
    const graph = await graphOfPlan([topic("aws_sns_topic.t")], {
      "main.tf": `locals {\n  region = "eu-west-1"\n}\nprovider "aws" {\n  region = local.region\n}\n${resource("aws_sns_topic", "t", '  name = "x"')}`,
    });
    expect(graph.byId("aws_sns_topic.t")?.scope.region).toBe("eu-west-1");
  });
});

describe("code that is not the plan's", () => {
  const document = parsePlan(
    JSON.stringify({
      format_version: "1.2",
      terraform_version: "1.11.4",
      resource_changes: [],
      configuration: {
        root_module: {
          variables: { v: {} },
          outputs: { o: { expression: {} } },
          resources: [
            {
              address: "aws_sns_topic.t",
              mode: "managed",
              type: "aws_sns_topic",
              name: "t",
              provider_config_key: "aws",
            },
          ],
          module_calls: {
            m: {
              source: "./m",
              module: {
                resources: [
                  {
                    address: "aws_sns_topic.u",
                    mode: "managed",
                    type: "aws_sns_topic",
                    name: "u",
                    provider_config_key: "aws",
                  },
                ],
              },
            },
          },
        },
      },
    }),
    "plan.json",
  );
  const fitting = {
    "main.tf": `variable "v" {}\noutput "o" {\n  value = 1\n}\nmodule "m" {\n  source = "./m"\n}\n${resource("aws_sns_topic", "t", "")}`,
    "m/main.tf": resource("aws_sns_topic", "u", ""),
  };

  it.each<[string, FilesByPath, readonly string[]]>([
    ["fits", fitting, []],
    ["lacks an object", { ...fitting, "m/main.tf": "locals {}\n" }, ["module.m.aws_sns_topic.u"]],
    ["is something else", { "main.tf": "locals {}\n" }, ["aws_sns_topic.t", "var.v", "output.o", "module.m"]],
  ])("%s", async (_name, files, wanted) => {
    const sources = await sourcesOf(files);
    expect(document.configuration && sources.missing(document.configuration)).toEqual(wanted);
  });
});

describe("a place inside an argument", () => {
  const ALARM = "aws_cloudwatch_metric_alarm.m";
  /** The attribute `q` of an alarm whose code and plan are given. */
  async function placeIn(body: string, after: JsonObject, unknown: JsonObject): Promise<string> {
    const code = `${resource("aws_cloudwatch_metric_alarm", "m", `  alarm_name = "a"\n${body}`)}${resource("aws_sns_topic", "t", '  name = "x"')}${resource("aws_sns_topic", "u", '  name = "y"')}`;
    const planned: Planned = { address: ALARM, after: { alarm_name: "a", ...after }, unknown };
    const graph = await graphOfPlan([planned, topic("aws_sns_topic.t"), topic("aws_sns_topic.u")], {
      "main.tf": code,
    });
    return printValue(graph.byId(ALARM)?.read("q") ?? UNSET);
  }
  const block = (inside: string) => `  q {\n${inside}\n  }`;
  const T = "aws_sns_topic.t.arn";
  const U = "aws_sns_topic.u.arn";

  it.each<[string, string, JsonObject, JsonObject, string]>([
    ["of a map", `  q = { a = ${T}, b = "x" }`, { q: { b: "x" } }, { q: { a: true } }, `{b: "x", a: <${T}>}`],
    [
      "of a map that does not have it",
      '  q = { b = "x" }',
      { q: { b: "x" } },
      { q: { a: true } },
      '{b: "x", a: ?}',
    ],
    ["of a list", `  q = ["x", ${T}]`, { q: ["x", null] }, { q: [false, true] }, `["x", <${T}>]`],
    ["of a text", `  q = "x"`, { q: ["x", null] }, { q: [false, true] }, '["x", ?]'],
    ["of a lone block", block(`    a = ${T}`), { q: [{}] }, { q: [{ a: true }] }, `[{a: <${T}>}]`],
    [
      "that its block does not write",
      block("    b = 1"),
      { q: [{ b: 1 }] },
      { q: [{ a: true }] },
      "[{b: 1, a: ?}]",
    ],
    [
      "of the block that agrees with what is known",
      `${block(`    id = "one"\n    a = ${T}`)}\n${block(`    id = "two"\n    a = ${U}`)}`,
      { q: [{ id: "two" }, { id: "one" }] },
      { q: [{ a: true }, { a: true }] },
      `[{id: "two", a: <${U}>}, {id: "one", a: <${T}>}]`,
    ],
    [
      "of the block that agrees, though a number is written as text",
      `${block(`    n = "1"\n    a = ${T}`)}\n${block(`    n = "2"\n    a = ${U}`)}`,
      { q: [{ n: 2 }, { n: 1 }] },
      { q: [{ a: true }, { a: true }] },
      `[{n: 2, a: <${U}>}, {n: 1, a: <${T}>}]`,
    ],
    [
      "of either of two blocks that agree",
      `${block(`    a = ${T}`)}\n${block(`    a = ${U}`)}`,
      { q: [{}, {}] },
      { q: [{ a: true }, {}] },
      `[{a: ?(one of <${T}> | <${U}>)}, {}]`,
    ],
    [
      "of a block that no written one agrees with",
      block(`    id = "one"\n    a = ${T}`),
      { q: [{ id: "other" }] },
      { q: [{ a: true }] },
      '[{id: "other", a: ?}]',
    ],
    [
      "of two blocks of which one does not write it",
      `${block(`    a = ${T}`)}\n${block("    c = 1")}`,
      { q: [{}, {}] },
      { q: [{ a: true }, {}] },
      "[{a: ?}, {}]",
    ],
  ])("%s", async (_, body, after, unknown, wanted) => {
    expect(await placeIn(body, after, unknown)).toBe(wanted);
  });

  it("in a circle with the plan is not known", async () => {
    const files = {
      "main.tf": resource(
        "aws_sns_topic",
        "t",
        '  name = "x"\n  display_name = "${aws_sns_topic.t.display_name}!"',
      ),
    };
    const planned: Planned = {
      address: "aws_sns_topic.t",
      after: { name: "x" },
      unknown: { display_name: true, arn: true },
    };
    const graph = await graphOfPlan([planned], files);
    expect(printValue(graph.byId("aws_sns_topic.t")?.read("display_name") ?? UNSET)).not.toContain('"');
  });

  it("of an object that the code does not have is left to the plan", async () => {
    const graph = await graphOfPlan(
      [topic("aws_sns_topic.z"), topic("module.m.aws_sns_topic.z"), topic('aws_sns_topic.t["c"]')],
      {
        "main.tf": TOPICS,
      },
    );
    for (const instance of graph.everything()) {
      expect(printValue(instance.read("arn"))).toBe("?");
      expect(instance.scope).toMatchObject({ region: undefined, account: undefined });
    }
  });
});

describe("what the code tells beside a plan", () => {
  it("goes by variables of the plan, and leaves open those it does not have", async () => {
    const files = { ...one("[aws_sns_topic.t[var.k].arn]", 'variable "k" {}\n') };
    const objects = [...TWO, alarm("aws_cloudwatch_metric_alarm.m")];
    expect(await actions(objects, files, "aws_cloudwatch_metric_alarm.m", {})).toBe(
      '[?(one of <aws_sns_topic.t["a"].arn> | <aws_sns_topic.t["b"].arn>)]',
    );
  });

  it("has the data sources that a plan has read before it lists any", async () => {
    const files = one("[data.aws_sns_topic.d.arn]", 'data "aws_sns_topic" "d" {\n  name = "x"\n}\n');
    expect(
      await actions([alarm("aws_cloudwatch_metric_alarm.m")], files, "aws_cloudwatch_metric_alarm.m"),
    ).toBe("[<data.aws_sns_topic.d.arn>]");
  });

  it("has no instance of a module that the plan does not list", async () => {
    const files = {
      "main.tf": `module "m" {\n  for_each = toset(["a", "b"])\n  source = "./m"\n}\n${resource("aws_cloudwatch_metric_alarm", "m", '  alarm_name = "a"\n  alarm_actions = [for m in module.m : m.arn]')}`,
      "m/main.tf": `${resource("aws_sns_topic", "t", '  name = "x"')}output "arn" {\n  value = aws_sns_topic.t.arn\n}\n`,
    };
    const objects = [topic('module.m["b"].aws_sns_topic.t'), alarm("aws_cloudwatch_metric_alarm.m")];
    expect(await actions(objects, files, "aws_cloudwatch_metric_alarm.m")).toBe(
      '[<module.m["b"].aws_sns_topic.t.arn>]',
    );
  });
});

describe("where a block stands", () => {
  const files: FilesByPath = {
    "main.tf": `${resource("aws_sns_topic", "t", "")}module "own" {\n  source = "./own"\n}\nmodule "gone" {\n  source = "./gone"\n}\n`,
    "own/main.tf": `\n${resource("aws_sns_topic", "in", "")}data "aws_region" "r" {}\nmodule "far" {\n  source = "acme/far/aws"\n}\n`,
    "lib/far/main.tf": `${resource("aws_sns_topic", "deep", "")}module "in" {\n  source = "./in"\n}\n`,
    "lib/far/in/main.tf": resource("aws_sns_topic", "deeper", ""),
    ".terraform/modules/modules.json": '{"Modules":[{"Key":"own.far","Dir":"lib/far"}]}',
  };

  it.each<[string, string | undefined]>([
    ["aws_sns_topic.t", "main.tf:1"],
    ["aws_sns_topic.t[3]", "main.tf:1"],
    ["aws_sns_topic.z", undefined],
    ["module.own.aws_sns_topic.in", "own/main.tf:2"],
    ['module.own["k"].aws_sns_topic.in', "own/main.tf:2"],
    ["module.own.data.aws_region.r", "own/main.tf:5"],
    ["module.own.aws_sns_topic.t", undefined],
    ["module.gone.aws_sns_topic.t", undefined],
    ["module.none.aws_sns_topic.t", undefined],
    ["module.own.module.far.aws_sns_topic.deep", "own/main.tf:6"],
    ["module.own.module.far.module.in.aws_sns_topic.deeper", "own/main.tf:6"],
  ])("%s: %s", async (text, wanted) => {
    const { locate } = await sourcesOf(files);
    const address = parseAddress(text);
    const found = address && locate(address);
    expect(found && `${found.file}:${found.line}`).toBe(wanted);
  });
});
