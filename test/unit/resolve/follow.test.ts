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

/** The line of one attribute in a plan given by its root module and instances. */
function readIn(
  root: Module,
  instances: readonly Instance[],
  id: string,
  attribute: string,
  variables = {},
): string {
  const instance = graph(root, instances, variables).byId(id);
  if (instance === undefined) throw new Error(`no ${id}`);
  const value = instance.read(attribute);
  return `${value.sensitive ? "secret " : ""}${line(value)}`;
}

const alarmWith = (expression: Json, more: Record<string, Json> = {}) =>
  block("aws_cloudwatch_metric_alarm", "x", { alarm_actions: expression }, more);
const ONE_ALARM = "aws_cloudwatch_metric_alarm.x";

describe("the source text of .tf.json", () => {
  const written = (value: Json) => ({
    constant_value: value,
    ...refs("aws_sns_topic.a.arn", "aws_sns_topic.a"),
  });
  test.each<[string, Json, string]>([
    ["in a map", { t: "${aws_sns_topic.a.arn}", n: 5 }, "{t: -> aws_sns_topic.a.arn, n: 5}"],
    ["in a list of maps", [{ t: "${aws_sns_topic.a.arn}" }, "x"], '[{t: -> aws_sns_topic.a.arn}, "x"]'],
    [
      "in text with two references",
      "${aws_sns_topic.a.arn}${aws_sns_topic.b.arn}",
      "?(-> aws_sns_topic.a.arn, -> aws_sns_topic.b.arn)",
    ],
    ["in a function of what Terraform knows", "${lower(aws_sns_topic.a.name)}", "?? after-apply"],
    ["without a name", "${5}", "?? expression"],
    ["without a template, which Terraform knows", "x", "?? after-apply"],
    ["that is a list without a template", ["x", null], "?? after-apply"],
  ])("%s", (_, value, wanted) => {
    expect(actions(written(value), [TOPIC, { ...TOPIC, name: "b" }])).toBe(wanted);
  });

  test("that Terraform knows is not what is unknown", () => {
    expect(actions(written(["${var.x}", "y"]), [TOPIC], {}, { x: "z" })).toBe("?? after-apply");
    expect(actions(written({ a: "${var.x}" }), [TOPIC], {}, { x: "z" })).toBe("?? after-apply");
    expect(actions(written(["${var.x}", "${aws_sns_topic.a.arn}"]), [TOPIC], {}, { x: "z" })).toBe(
      '["z", -> aws_sns_topic.a.arn]',
    );
  });
});

describe("a key behind a block", () => {
  const keyed = ["eu", "us"].map((index) => ({ ...TOPIC, index }));
  const counted = [0, 1].map((index) => ({ ...TOPIC, index }));
  const both = '?(-> aws_sns_topic.a["eu"], -> aws_sns_topic.a["us"])';
  const either = `?(${both})`;

  test.each<[string, Json, readonly Instance[], Record<string, Json>, string]>([
    [
      "that a variable gives",
      refs("aws_sns_topic.a", "var.k"),
      keyed,
      { k: "us" },
      '?(-> aws_sns_topic.a["us"])',
    ],
    [
      "that a variable gives, as a number",
      refs("aws_sns_topic.a", "var.k"),
      counted,
      { k: 1 },
      "?(-> aws_sns_topic.a[1])",
    ],
    ["that a variable gives, and none has", refs("aws_sns_topic.a", "var.k"), keyed, { k: "ap" }, either],
    ["that a variable gives, as a boolean", refs("aws_sns_topic.a", "var.k"), keyed, { k: true }, either],
    ["that a variable leaves open", refs("aws_sns_topic.a", "var.k"), keyed, { k: null }, either],
    [
      "that another block gives",
      refs("aws_sns_topic.a", "data.aws_region.r"),
      keyed,
      {},
      `?(${both}, ?? not-in-plan) or more`,
    ],
  ])("%s", (_, expression, instances, variables, wanted) => {
    expect(actions(expression, instances, {}, variables)).toBe(wanted);
  });

  test.each<[string, Json, readonly Instance[], string]>([
    ["by count.index", refs("aws_sns_topic.a", "count.index"), counted, "-> aws_sns_topic.a[1]"],
    [
      "by count.index, beside what Terraform knows",
      refs("aws_sns_topic.a", "count.index", "var.x"),
      counted,
      "?(-> aws_sns_topic.a[1])",
    ],
    [
      "by count.index, where none has it",
      refs("aws_sns_topic.a", "count.index"),
      [{ ...TOPIC, index: 0 }],
      "?(-> aws_sns_topic.a[0])",
    ],
    [
      "and not where a key is written",
      refs("aws_sns_topic.a[0].arn", "aws_sns_topic.a[0]", "aws_sns_topic.a", "count.index"),
      counted,
      "?(-> aws_sns_topic.a[0].arn)",
    ],
  ])("%s", (_, expression, instances, wanted) => {
    const root = { resources: [alarmWith(expression), topicBlock("a")] };
    const alarms = [{ ...ALARM, index: 1 }, ...instances];
    expect(readIn(root, alarms, `${ONE_ALARM}[1]`, "alarm_actions", { x: "y" })).toBe(wanted);
  });
});

describe("each.value", () => {
  const each = (...path: string[]) =>
    path.length === 0 ? refs("each.value") : refs(["each.value", ...path].join("."), "each.value");
  const keyed = ["eu", "us"].map((index) => ({ ...TOPIC, index }));
  const read = (
    expression: Json,
    forEach: Json | undefined,
    more: Module = {},
    instances: readonly Instance[] = keyed,
  ) =>
    readIn(
      {
        ...more,
        resources: [
          alarmWith(expression, forEach === undefined ? {} : { for_each_expression: forEach }),
          topicBlock("a"),
          topicBlock("b"),
        ],
      },
      [{ ...ALARM, index: "eu" }, ...instances],
      `${ONE_ALARM}["eu"]`,
      "alarm_actions",
      { map: { eu: "arn:eu" } },
    );
  const outputs = { arn: { expression: refs("aws_sns_topic.a.arn", "aws_sns_topic.a") } };
  const notify = { source: "./n", module: { resources: [topicBlock("a")], outputs } };
  const inside = ["eu", "us"].map((key) => ({ ...TOPIC, module: `module.notify["${key}"]` }));
  const withModule = { module_calls: { notify } };

  test.each<[string, () => string, string]>([
    [
      "of constants is known to Terraform",
      () => read(each(), { constant_value: { eu: "x" } }),
      "?? after-apply",
    ],
    ["of a function is known to Terraform", () => read(each(), undefined), "?? after-apply"],
    [
      "of a block is its instance of the same key",
      () => read(each(), refs("aws_sns_topic.a")),
      '-> aws_sns_topic.a["eu"]',
    ],
    [
      "of a block without that key may be any",
      () => read(each("arn"), refs("aws_sns_topic.a"), {}, [{ ...TOPIC, index: "us" }]),
      '-> aws_sns_topic.a["us"].arn',
    ],
    [
      "of two blocks may be of either",
      () =>
        read(each("arn"), refs("aws_sns_topic.a", "aws_sns_topic.b"), {}, [
          ...keyed,
          { ...TOPIC, name: "b" },
        ]),
      '?(?(-> aws_sns_topic.a["eu"].arn, -> aws_sns_topic.a["us"].arn), -> aws_sns_topic.b.arn)',
    ],
    [
      "of an attribute of a block is made from it",
      () => read(each(), refs("aws_sns_topic.a.arn", "aws_sns_topic.a")),
      '?(-> aws_sns_topic.a["eu"].arn, -> aws_sns_topic.a["us"].arn)',
    ],
    [
      "of a module is the output of the same key",
      () => read(each("arn"), refs("module.notify"), withModule, inside),
      '-> module.notify["eu"].aws_sns_topic.a.arn',
    ],
    ["of a local is open", () => read(each("arn"), refs("local.all")), "?? local-without-sources"],
    ["of a variable is known to Terraform", () => read(each(), refs("var.map")), "?? after-apply"],
  ])("%s", (_, told, wanted) => {
    expect(told()).toBe(wanted);
  });
});

describe("values through modules", () => {
  const inner = (
    module: Json,
    expressions: Record<string, Json> = {},
    more: Record<string, Json> = {},
  ): Json => ({
    source: "./m",
    expressions,
    module,
    ...more,
  });
  const output = (expression: Json, sensitive = false): Json => ({
    outputs: { o: { expression, sensitive } },
    resources: [topicBlock("a")],
  });
  const fromModule = refs("module.m.o", "module.m");
  const within = { ...TOPIC, module: "module.m" };

  test.each<[string, Json, readonly Instance[], string]>([
    [
      "out of a module",
      inner(output(refs("aws_sns_topic.a.arn", "aws_sns_topic.a"))),
      [within],
      "-> module.m.aws_sns_topic.a.arn",
    ],
    [
      "out of a module, sensitive there",
      inner(output(refs("aws_sns_topic.a.arn", "aws_sns_topic.a"), true)),
      [within],
      "secret -> module.m.aws_sns_topic.a.arn",
    ],
    [
      "out of a module without instance here",
      inner(output(refs("aws_sns_topic.a.arn", "aws_sns_topic.a"))),
      [],
      "?? after-apply",
    ],
    ["out of a module that has no such output", inner({ outputs: {} }), [within], "?? expression"],
    ["known out of a module", inner(output({ constant_value: "x" })), [within], "?? after-apply"],
  ])("%s", (_, m, instances, wanted) => {
    const root = { resources: [alarmWith(fromModule), topicBlock("a")], module_calls: { m } };
    expect(readIn(root, [ALARM, ...instances], ONE_ALARM, "alarm_actions")).toBe(wanted);
  });

  const reading = (variables: Json): Json => ({ variables, resources: [alarmWith(refs("var.v"))] });
  const alarmWithin = (module = "module.m") => ({ ...ALARM, module });
  test.each<[string, Json, string]>([
    [
      "into a module",
      inner(reading({ v: {} }), { v: refs("aws_sns_topic.a.arn", "aws_sns_topic.a") }),
      "-> aws_sns_topic.a.arn",
    ],
    [
      "into a module, sensitive there",
      inner(reading({ v: { sensitive: true } }), { v: refs("aws_sns_topic.a.arn", "aws_sns_topic.a") }),
      "secret -> aws_sns_topic.a.arn",
    ],
    ["into a module from a default", inner(reading({ v: { default: "x" } })), "?? after-apply"],
    ["into a module from nowhere", inner(reading({ v: {} })), "?? after-apply"],
    [
      "into a module that does not declare it",
      inner(reading({}), { v: refs("aws_sns_topic.a.arn", "aws_sns_topic.a") }),
      "-> aws_sns_topic.a.arn",
    ],
  ])("%s", (_, m, wanted) => {
    const root = { resources: [topicBlock("a")], module_calls: { m } };
    expect(readIn(root, [TOPIC, alarmWithin()], `module.m.${ONE_ALARM}`, "alarm_actions")).toBe(wanted);
  });

  test("into one of several modules by each.value and each.key", () => {
    const byValue = inner(
      reading({ v: {} }),
      { v: refs("each.value.arn", "each.value") },
      { for_each_expression: refs("aws_sns_topic.a") },
    );
    const instances = [
      ...["eu", "us"].map((index) => ({ ...TOPIC, index })),
      ...["eu", "us"].map((key) => alarmWithin(`module.m["${key}"]`)),
    ];
    const root = { resources: [topicBlock("a")], module_calls: { m: byValue } };
    expect(readIn(root, instances, `module.m["us"].${ONE_ALARM}`, "alarm_actions")).toBe(
      '-> aws_sns_topic.a["us"].arn',
    );
    const byKey = inner(reading({ v: {} }), { v: refs("aws_sns_topic.a", "each.key") });
    const other = { resources: [topicBlock("a")], module_calls: { m: byKey } };
    expect(readIn(other, instances, `module.m["us"].${ONE_ALARM}`, "alarm_actions")).toBe(
      '-> aws_sns_topic.a["us"]',
    );
  });

  test("of variables of the root module, as deep as they are asked", () => {
    const variables = { v: { a: ["arn:x"] }, w: null };
    const root = (reference: string) => ({
      resources: [alarmWith(refs(reference, "aws_sns_topic.a.arn", "aws_sns_topic.a")), topicBlock("a")],
      variables: { s: { sensitive: true } },
    });
    const told = (reference: string) => {
      const value = graph(root(reference), [ALARM, TOPIC], variables).byId(ONE_ALARM)?.read("alarm_actions");
      return value?.kind === "unknown" ? (value.besides ?? []).map(line) : undefined;
    };
    expect(told("var.v.a[0]")).toEqual(['"arn:x"']);
    expect(told("var.v")).toEqual(['{a: ["arn:x"]}']);
    expect(told("var.w")).toEqual([]);
  });
});

describe("what an object that is named is known by", () => {
  const named = (after: Record<string, Json>, unknown: Record<string, Json> = {}) => ({
    ...TOPIC,
    after,
    unknown,
  });

  test.each<[string, Json, Instance, string]>([
    [
      "an attribute that Terraform knows",
      refs("aws_sns_topic.a.name", "aws_sns_topic.a"),
      named({ name: "x" }),
      "?? after-apply",
    ],
    [
      "an attribute that waits for apply",
      refs("aws_sns_topic.a.arn", "aws_sns_topic.a"),
      named({ name: "x" }, { arn: true }),
      "-> aws_sns_topic.a.arn",
    ],
    [
      "an object of which everything is known",
      refs("aws_sns_topic.a"),
      named({ name: "x" }),
      "?? after-apply",
    ],
    [
      "a list that is known in part",
      refs("aws_sns_topic.a.l", "aws_sns_topic.a"),
      named({ l: ["x"] }, { l: [false, true] }),
      '["x", ?? after-apply]',
    ],
    [
      "a known element of such a list",
      refs("aws_sns_topic.a.l[0]", "aws_sns_topic.a.l", "aws_sns_topic.a"),
      named({ l: ["x"] }, { l: [false, true] }),
      "?? after-apply",
    ],
    ["a known map", refs("aws_sns_topic.a.m", "aws_sns_topic.a"), named({ m: { a: "x" } }), "?? after-apply"],
  ])("%s", (_, expression, instance, wanted) => {
    expect(actions(expression, [instance])).toBe(wanted);
  });

  test("its id may be told by its name, which Terraform itself still waits for", () => {
    const group = {
      type: "aws_cloudwatch_log_group",
      name: "g",
      after: { name: "trail" },
      unknown: { id: true, arn: true },
    };
    const root = {
      resources: [
        block("aws_cloudwatch_log_group", "g", { name: constant("trail") }),
        alarmWith(refs("aws_cloudwatch_log_group.g.id", "aws_cloudwatch_log_group.g")),
      ],
    };
    expect(readIn(root, [ALARM, group], ONE_ALARM, "alarm_actions")).toBe('"trail"');
  });
});

describe("what stands beside what is not known", () => {
  const beside = (variable: Json) => {
    const expression = refs("var.v", "aws_sns_topic.a.arn", "aws_sns_topic.a");
    const root = { resources: [alarmWith(expression), topicBlock("a")] };
    const value = graph(root, [ALARM, TOPIC], { v: variable }).byId(ONE_ALARM)?.read("alarm_actions");
    return value?.kind === "unknown" ? (value.besides ?? []).map(line).join() : "known";
  };

  test.each<[string, Json, string]>([
    ["an ARN", "arn:aws:sns:x", '"arn:aws:sns:x"'],
    ["ARNs in a list", ["x", "arn:y"], '["x", "arn:y"]'],
    ["ARNs in a map", { a: "arn:y" }, '{a: "arn:y"}'],
    ["no name", "alerts", ""],
    ["no number", 5, ""],
    ["no list of names", ["x"], ""],
    ["nothing", null, ""],
  ])("%s", (_, variable, wanted) => {
    expect(beside(variable)).toBe(wanted);
  });

  test("and why it is not known", () => {
    const origin = (...names: string[]) => {
      const root = { resources: [alarmWith(refs(...names)), topicBlock("a"), topicBlock("b")] };
      const instances = [ALARM, TOPIC, { ...TOPIC, name: "b" }];
      const value = graph(root, instances).byId(ONE_ALARM)?.read("alarm_actions");
      return value?.kind === "unknown" ? [value.origin, value.closed] : undefined;
    };
    const topics = ["aws_sns_topic.a.arn", "aws_sns_topic.a", "aws_sns_topic.b.arn", "aws_sns_topic.b"];
    expect(origin(...topics)).toEqual([{ why: "after-apply", subject: "aws_sns_topic.a" }, true]);
    expect(origin(...topics, "local.x")).toEqual([
      { why: "local-without-sources", subject: "local.x" },
      false,
    ]);
    expect(origin(...topics, "module.x")).toEqual([
      { why: "module-not-installed", subject: "module.x" },
      false,
    ]);
    expect(origin("data.aws_x.y")).toEqual([{ why: "not-in-plan", subject: "data.aws_x.y" }, false]);
  });

  test("too many candidates say nothing", () => {
    const told = (count: number) => {
      const instances = Array.from({ length: count }, (_, index) => ({ ...TOPIC, index }));
      const root = {
        resources: [
          alarmWith(refs("aws_sns_topic.a", "aws_sns_topic.b.arn", "aws_sns_topic.b")),
          topicBlock("a"),
          topicBlock("b"),
        ],
      };
      const value = graph(root, [ALARM, ...instances, { ...TOPIC, name: "b" }])
        .byId(ONE_ALARM)
        ?.read("alarm_actions");
      return value?.kind === "unknown" ? [value.candidates.length, value.closed] : undefined;
    };
    expect([told(200), told(201)]).toEqual([
      [2, true],
      [2, false],
    ]);
  });
});
