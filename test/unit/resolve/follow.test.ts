import { describe, expect, test } from "vitest";
import { parsePlan } from "../../../src/input/plan.ts";
import type { Json } from "../../../src/model/json.ts";
import type { Value } from "../../../src/model/value.ts";
import { buildGraph } from "../../tools/build-graph.ts";

interface Module {
  readonly resources?: readonly Json[];
  readonly outputs?: Record<string, Json>;
  readonly variables?: Record<string, Json>;
  readonly module_calls?: Record<string, Json>;
}

const refs = (...references: string[]) => ({ references });
const constant = (value: Json) => ({ constant_value: value });

function block(
  type: string,
  name: string,
  expressions: Record<string, Json>,
  more: Record<string, Json> = {},
): Json {
  return {
    address: `${type}.${name}`,
    mode: "managed",
    type,
    name,
    provider_config_key: "aws",
    expressions,
    ...more,
  };
}

interface Instance {
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly module?: string;
  readonly after?: Record<string, Json>;
  readonly unknown?: Record<string, Json>;
}

function change({ type, name, index, module, after = {}, unknown = {} }: Instance): Json {
  const key = index === undefined ? "" : `[${JSON.stringify(index)}]`;
  return {
    address: `${module === undefined ? "" : `${module}.`}${type}.${name}${key}`,
    mode: "managed",
    type,
    name,
    ...(index !== undefined && { index }),
    ...(module !== undefined && { module_address: module }),
    change: { actions: ["create"], before: null, after, after_unknown: unknown, after_sensitive: {} },
  };
}

function graph(root: Module, instances: readonly Instance[], variables: Record<string, Json> = {}) {
  const plan = {
    format_version: "1.2",
    variables: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, { value }])),
    planned_values: { root_module: {} },
    resource_changes: instances.map(change),
    configuration: { root_module: root },
  };
  return buildGraph([{ document: parsePlan(JSON.stringify(plan), "plan.json"), sha256: undefined }]);
}

/** A value in one line: -> reference, ?(a, b) made from, ?? opaque. */
function line(value: Value): string {
  switch (value.kind) {
    case "known":
      return JSON.stringify(value.value);
    case "reference":
      return `-> ${[value.to, ...value.path].join(".")}`;
    case "list":
      return `[${value.elements.map(line).join(", ")}]`;
    case "map":
      return `{${[...value.entries].map(([key, item]) => `${key}: ${line(item)}`).join(", ")}}`;
    case "text":
      return "text";
    case "unknown":
      return value.candidates.length === 0
        ? `?? ${value.origin.why}`
        : `?(${value.candidates.map(line).join(", ")})${value.closed ? "" : " or more"}`;
    default:
      return value satisfies never;
  }
}

const TOPIC = {
  type: "aws_sns_topic",
  name: "a",
  unknown: { arn: true, id: true },
  after: { name: "alerts" },
};
const ALARM = { type: "aws_cloudwatch_metric_alarm", name: "x", unknown: { alarm_actions: true } };
const topicBlock = (name: string) => block("aws_sns_topic", name, { name: constant("alerts") });

function actions(
  expression: Json,
  instances: readonly Instance[],
  root: Module = {},
  variables: Record<string, Json> = {},
) {
  const alarm = block("aws_cloudwatch_metric_alarm", "x", { alarm_actions: expression });
  const built = graph(
    { ...root, resources: [alarm, topicBlock("a"), topicBlock("b"), ...(root.resources ?? [])] },
    [ALARM, ...instances],
    variables,
  );
  const [instance] = built.resources("aws_cloudwatch_metric_alarm");
  return instance === undefined ? "no alarm" : line(instance.read("alarm_actions"));
}

describe("references of one module", () => {
  const keyed = [
    { ...TOPIC, index: "eu" },
    { ...TOPIC, index: "us" },
  ];
  test.each<[string, Json, Instance[], string]>([
    ["an attribute", refs("aws_sns_topic.a.arn", "aws_sns_topic.a"), [TOPIC], "-> aws_sns_topic.a.arn"],
    ["the id of a topic", refs("aws_sns_topic.a.id", "aws_sns_topic.a"), [TOPIC], "-> aws_sns_topic.a.id"],
    [
      "one instance",
      refs('aws_sns_topic.a["eu"].arn', 'aws_sns_topic.a["eu"]', "aws_sns_topic.a"),
      keyed,
      '-> aws_sns_topic.a["eu"].arn',
    ],
    [
      "a key that is not there",
      refs("aws_sns_topic.a[7].arn", "aws_sns_topic.a[7]", "aws_sns_topic.a"),
      keyed,
      "?? after-apply",
    ],
    ["a splat", refs("aws_sns_topic.a"), keyed, '?(-> aws_sns_topic.a["eu"], -> aws_sns_topic.a["us"])'],
    ["a splat over one", refs("aws_sns_topic.a"), [{ ...TOPIC, index: 0 }], "-> aws_sns_topic.a[0]"],
    [
      "two topics",
      refs("aws_sns_topic.a.arn", "aws_sns_topic.a", "aws_sns_topic.b.arn", "aws_sns_topic.b"),
      [TOPIC, { ...TOPIC, name: "b" }],
      "?(-> aws_sns_topic.a.arn, -> aws_sns_topic.b.arn)",
    ],
    ["a local", refs("local.topic"), [TOPIC], "?? local-without-sources"],
    [
      "a topic and a local",
      refs("aws_sns_topic.a.arn", "aws_sns_topic.a", "local.more"),
      [TOPIC],
      "?(-> aws_sns_topic.a.arn, ?? local-without-sources) or more",
    ],
    [
      "a block that has no instance",
      refs("aws_sns_topic.b.arn", "aws_sns_topic.b"),
      [TOPIC],
      "?? after-apply",
    ],
    [
      "a block the plan does not have",
      refs("aws_sns_topic.z.arn", "aws_sns_topic.z"),
      [TOPIC],
      "?? not-in-plan",
    ],
    ["a function of constants", {}, [TOPIC], "?? after-apply"],
    [
      "the text of .tf.json",
      {
        constant_value: ["${aws_sns_topic.a.arn}", "arn:x"],
        ...refs("aws_sns_topic.a.arn", "aws_sns_topic.a"),
      },
      [TOPIC],
      '[-> aws_sns_topic.a.arn, "arn:x"]',
    ],
    [
      "text put together in .tf.json",
      { constant_value: "${aws_sns_topic.a.arn}:*", ...refs("aws_sns_topic.a.arn", "aws_sns_topic.a") },
      [TOPIC],
      "-> aws_sns_topic.a.arn",
    ],
  ])("%s", (_, expression, instances, expected) => {
    expect(actions(expression, instances)).toBe(expected);
  });

  test("what Terraform knows cannot be the unknown part", () => {
    const expression = refs("var.arn", "aws_sns_topic.a.arn", "aws_sns_topic.a");
    expect(actions(expression, [TOPIC], {}, { arn: "" })).toBe("?(-> aws_sns_topic.a.arn)");
  });

  test("an index by each.key picks the instance of the same key", () => {
    const alarm = block(
      "aws_cloudwatch_metric_alarm",
      "x",
      { alarm_actions: refs("aws_sns_topic.a", "each.key") },
      { for_each_expression: refs("local.all") },
    );
    const built = graph({ resources: [alarm, topicBlock("a")] }, [{ ...ALARM, index: "us" }, ...keyed]);
    expect(
      built.resources("aws_cloudwatch_metric_alarm").map((one) => line(one.read("alarm_actions"))),
    ).toEqual(['-> aws_sns_topic.a["us"]']);
  });

  test("for_each over another block pairs by key", () => {
    const alarm = block(
      "aws_cloudwatch_metric_alarm",
      "x",
      { alarm_actions: refs("each.value.arn", "each.value") },
      { for_each_expression: refs("aws_sns_topic.a") },
    );
    const built = graph({ resources: [alarm, topicBlock("a")] }, [{ ...ALARM, index: "eu" }, ...keyed]);
    expect(
      built.resources("aws_cloudwatch_metric_alarm").map((one) => line(one.read("alarm_actions"))),
    ).toEqual(['-> aws_sns_topic.a["eu"].arn']);
  });
});

describe("references through modules", () => {
  const notify = {
    source: "./notify",
    module: {
      resources: [topicBlock("a")],
      outputs: {
        arn: { expression: refs("aws_sns_topic.a.arn", "aws_sns_topic.a") },
        topic: { expression: refs("aws_sns_topic.a") },
      },
    },
  };
  const inside = (module: string): Instance => ({ ...TOPIC, module });

  test.each<[string, Json, Instance[], string]>([
    [
      "an output",
      refs("module.notify.arn", "module.notify"),
      [inside("module.notify")],
      "-> module.notify.aws_sns_topic.a.arn",
    ],
    [
      "a whole resource as output",
      refs("module.notify.topic.arn", "module.notify.topic", "module.notify"),
      [inside("module.notify")],
      "-> module.notify.aws_sns_topic.a.arn",
    ],
    [
      "one of several module instances",
      refs('module.notify["eu"].arn', 'module.notify["eu"]'),
      [inside('module.notify["eu"]'), inside('module.notify["us"]')],
      '-> module.notify["eu"].aws_sns_topic.a.arn',
    ],
    [
      "any of several module instances",
      refs("module.notify"),
      [inside('module.notify["eu"]'), inside('module.notify["us"]')],
      '?(-> module.notify["eu"].aws_sns_topic.a.arn, -> module.notify["eu"].aws_sns_topic.a, -> module.notify["us"].aws_sns_topic.a.arn, -> module.notify["us"].aws_sns_topic.a)',
    ],
    [
      "a module the plan does not have",
      refs("module.gone.arn", "module.gone"),
      [],
      "?? module-not-installed",
    ],
  ])("%s", (_, expression, instances, expected) => {
    expect(actions(expression, instances, { module_calls: { notify } })).toBe(expected);
  });

  test("an input comes from the call, at any depth, and a default is known", () => {
    const deep = (call: Json): Json => ({
      source: "./deep",
      expressions: call === null ? {} : { arn: call },
      module: leaf,
    });
    const leaf: Json = {
      variables: { arn: { default: null } },
      resources: [block("aws_cloudwatch_metric_alarm", "x", { alarm_actions: refs("var.arn") })],
    };
    const outer = {
      source: "./outer",
      expressions: { arn: refs("aws_sns_topic.a.arn", "aws_sns_topic.a") },
      module: { variables: { arn: {} }, module_calls: { inner: deep(refs("var.arn")), bare: deep(null) } },
    };
    const built = graph({ resources: [topicBlock("a")], module_calls: { outer } }, [
      TOPIC,
      { ...ALARM, module: "module.outer.module.inner" },
      { ...ALARM, module: "module.outer.module.bare" },
    ]);
    expect(
      built.resources("aws_cloudwatch_metric_alarm").map((one) => line(one.read("alarm_actions"))),
    ).toEqual(["?? after-apply", "-> aws_sns_topic.a.arn"]);
  });

  test("outputs that lead back to themselves end as unknown", () => {
    const inner = {
      source: "./m",
      expressions: {
        a: refs("module.m.a", "module.m", "module.m.b", "module.m"),
        b: refs("module.m.b", "module.m", "module.m.a", "module.m"),
      },
      module: {
        variables: { a: {}, b: {} },
        outputs: { a: { expression: refs("var.a", "var.b") }, b: { expression: refs("var.b", "var.a") } },
      },
    };
    expect(actions(refs("module.m.a", "module.m"), [], { module_calls: { m: inner } })).toMatch(/^\?/);
  });

  test("outputs that fan out and join again cost no more than their number", () => {
    const topics = ["a", "b"].map((name) => ({
      expression: refs(`aws_sns_topic.${name}.arn`, `aws_sns_topic.${name}`),
    }));
    const [a = null, b = null] = topics;
    let call: Json = {
      source: "./m",
      module: { resources: [topicBlock("a"), topicBlock("b")], outputs: { a, b } },
    };
    for (let depth = 0; depth < 40; depth += 1) {
      const both = { expression: refs("module.m.a", "module.m", "module.m.b", "module.m") };
      call = { source: "./m", module: { module_calls: { m: call }, outputs: { a: both, b: both } } };
    }
    const alarm = block("aws_cloudwatch_metric_alarm", "x", {
      alarm_actions: refs("module.m.a", "module.m", "module.m.b", "module.m"),
    });
    const path = Array.from({ length: 41 }, () => "module.m").join(".");
    const built = graph({ resources: [alarm], module_calls: { m: call } }, [
      ALARM,
      { ...TOPIC, module: path },
      { ...TOPIC, name: "b", module: path },
    ]);
    const [one] = built.resources("aws_cloudwatch_metric_alarm");
    expect(one === undefined ? "" : line(one.read("alarm_actions"))).toContain(
      `-> ${path}.aws_sns_topic.b.arn`,
    );
  });
});

describe("names that say the same as an unknown id", () => {
  test("the id of a new log group is its name", () => {
    const built = graph(
      { resources: [block("aws_cloudwatch_log_group", "g", { name: constant("trail") })] },
      [
        {
          type: "aws_cloudwatch_log_group",
          name: "g",
          after: { name: "trail" },
          unknown: { id: true, arn: true },
        },
      ],
    );
    const [group] = built.resources("aws_cloudwatch_log_group");
    expect(group === undefined ? "" : line(group.read("id"))).toBe('"trail"');
    expect(group === undefined ? "" : line(group.read("arn"))).toBe("-> aws_cloudwatch_log_group.g.arn");
  });
});
