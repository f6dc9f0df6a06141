// Several inputs as one world: which objects are one, whose word counts, and what is looked up elsewhere.

import { describe, expect, it } from "vitest";
import { parseInput } from "../../../src/input/parse-input.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import { accountStack } from "../../../src/resolve/account-stack.ts";
import { idPrefixes, stackOf } from "../../../src/resolve/build-graph.ts";
import { joinStacks } from "../../../src/resolve/join-stacks.ts";
import { joined as joinedLazily } from "../../../src/resolve/joined.ts";
import type { Stack } from "../../../src/resolve/stack.ts";
import { sourcesOf } from "./sources/support.ts";

const ACCOUNT = "111122223333";
const OTHER_ACCOUNT = "444455556666";

function topicArn(name: string, account = ACCOUNT): string {
  return `arn:aws:sns:eu-west-1:${account}:${name}`;
}

function topic(name: string, more: JsonObject = {}, account = ACCOUNT): JsonObject {
  return { arn: topicArn(name, account), id: topicArn(name, account), name, ...more };
}

type Objects = Readonly<Record<string, JsonObject>>;

function entry(address: string): JsonObject {
  const isData = address.startsWith("data.");
  const [type = "", name = ""] = address.replace(/^data\./, "").split(".");
  return { address, mode: isData ? "data" : "managed", type, name };
}

function valuesOf(objects: Objects, outputs: JsonObject = {}): JsonObject {
  const resources = Object.entries(objects).map(([address, values]) => ({ ...entry(address), values }));
  return { root_module: { resources }, outputs };
}

function state(objects: Objects, outputs: JsonObject = {}): JsonObject {
  return { format_version: "1.0", values: valuesOf(objects, outputs) };
}

function stored(objects: Objects, lineage: string, serial: number): JsonObject {
  const resources = Object.entries(objects).map(([address, attributes]) => ({
    ...entry(address),
    provider: 'provider["registry.terraform.io/hashicorp/aws"]',
    instances: [{ attributes }],
  }));
  return { version: 4, lineage, serial, resources, outputs: {} };
}

interface Change {
  readonly actions: readonly string[];
  readonly before?: JsonObject;
  readonly after?: JsonObject;
  readonly unknown?: JsonObject;
}

function plan(changes: Readonly<Record<string, Change>>, more: JsonObject = {}): JsonObject {
  return {
    format_version: "1.2",
    resource_changes: Object.entries(changes).map(([address, { actions, before, after, unknown }]) => ({
      ...entry(address),
      change: { actions, before: before ?? null, after: after ?? null, after_unknown: unknown ?? {} },
    })),
    configuration: { root_module: {} },
    ...more,
  };
}

function kept(values: JsonObject): Change {
  return { actions: ["no-op"], before: values, after: values };
}

function stacksOf(inputs: Readonly<Record<string, Json>>): readonly Stack[] {
  const prefixOf = idPrefixes();
  return Object.entries(inputs).map(([label, json]) => {
    const document = parseInput(JSON.stringify(json), label);
    return stackOf({ document, sha256: undefined }, prefixOf(label));
  });
}

/** Inputs by label, the first one checked. */
function join(inputs: Readonly<Record<string, Json>>) {
  const { graph, notes } = joinStacks(stacksOf(inputs));
  return {
    graph,
    topics: () => graph.resources("aws_sns_topic").map(({ id, exists }) => `${id} ${exists}`),
    notes,
  };
}

describe("one object in two inputs", () => {
  it("a plan's word counts before a state's", () => {
    const joined = join({
      "plan.json": plan({ "aws_sns_topic.a": kept(topic("alarms", { kms_master_key_id: "new" })) }),
      "state.json": state({ "aws_sns_topic.b": topic("alarms", { kms_master_key_id: "old" }) }),
    });
    expect(joined.topics()).toEqual(["aws_sns_topic.a yes"]);
    expect(joined.notes()).toEqual([
      {
        code: "input-outdated",
        place: "state.json",
        subject: "plan.json",
        detail: "aws_sns_topic.b (kms_master_key_id)",
      },
    ]);
  });

  it("also where the state comes first", () => {
    const joined = join({
      "state.json": state({ "aws_sns_topic.b": topic("alarms") }),
      "plan.json": plan({ "aws_sns_topic.a": kept(topic("alarms")) }),
    });
    expect(joined.topics()).toEqual(["plan.json: aws_sns_topic.a yes"]);
    expect(joined.graph.byId("aws_sns_topic.b")?.input).toBe("plan.json");
    expect(joined.notes()).toEqual([]);
  });

  it("what a plan destroys is gone, whoever's state holds it", () => {
    const joined = join({
      "plan.json": plan({ "aws_sns_topic.a": { actions: ["delete"], before: topic("alarms") } }),
      "state.json": state({ "aws_sns_topic.b": topic("alarms") }),
    });
    expect(joined.topics()).toEqual([]);
  });

  it("what a plan lets go of belongs to the stack that takes it over", () => {
    const joined = join({
      "plan.json": plan({ "aws_sns_topic.a": { actions: ["forget"], before: topic("alarms") } }),
      "state.json": state({ "aws_sns_topic.b": topic("alarms") }),
    });
    expect(joined.topics()).toEqual(["state.json: aws_sns_topic.b yes"]);
  });

  it("but not to the state of the plan's own stack", () => {
    const joined = join({
      "plan.json": plan({ "aws_sns_topic.a": { actions: ["forget"], before: topic("alarms") } }),
      "state.json": state({ "aws_sns_topic.a": topic("alarms") }),
    });
    expect(joined.topics()).toEqual(["aws_sns_topic.a maybe"]);
  });

  it("an object without ARN is told by its address within one stack", () => {
    const filter = { id: "denied", name: "denied", log_group_name: "trail", pattern: "new" };
    const joined = join({
      "plan.json": plan({
        "aws_sns_topic.a": kept(topic("alarms")),
        "aws_cloudwatch_log_metric_filter.f": {
          actions: ["delete"],
          before: filter,
        },
      }),
      "state.json": state({
        "aws_sns_topic.a": topic("alarms"),
        "aws_cloudwatch_log_metric_filter.f": filter,
      }),
    });
    expect(joined.graph.resources("aws_cloudwatch_log_metric_filter")).toEqual([]);
  });

  it("by name where account and region of both are known", () => {
    const filter = { id: "denied", name: "denied", log_group_name: "trail" };
    const joined = join({
      "plan.json": plan({
        "aws_sns_topic.a": kept(topic("one")),
        "aws_cloudwatch_log_metric_filter.f": kept({ ...filter, pattern: "new" }),
      }),
      "state.json": state({
        "aws_sns_topic.b": topic("two"),
        "aws_cloudwatch_log_metric_filter.g": { ...filter, pattern: "old" },
      }),
    });
    const filters = joined.graph.resources("aws_cloudwatch_log_metric_filter");
    expect(filters.map(({ id }) => id)).toEqual(["aws_cloudwatch_log_metric_filter.f"]);
  });

  it("never over accounts that differ or are not known", () => {
    const filter = { id: "denied", name: "denied", log_group_name: "trail" };
    const elsewhere = join({
      "plan.json": plan({
        "aws_sns_topic.a": kept(topic("one")),
        "aws_cloudwatch_log_metric_filter.f": kept(filter),
      }),
      "state.json": state({
        "aws_sns_topic.a": topic("one", {}, OTHER_ACCOUNT),
        "aws_cloudwatch_log_metric_filter.f": filter,
      }),
    });
    expect(elsewhere.topics()).toHaveLength(2);
    expect(elsewhere.graph.resources("aws_cloudwatch_log_metric_filter")).toHaveLength(2);
    const unknown = join({
      "plan.json": plan({ "aws_cloudwatch_log_metric_filter.f": kept(filter) }),
      "state.json": state({ "aws_cloudwatch_log_metric_filter.f": filter }),
    });
    expect(unknown.graph.resources("aws_cloudwatch_log_metric_filter")).toHaveLength(2);
  });

  it("what only an older state of the plan's stack holds may not exist any more", () => {
    const joined = join({
      "plan.json": plan({ "aws_sns_topic.a": kept(topic("one")) }),
      "state.json": state({ "aws_sns_topic.a": topic("one"), "aws_sns_topic.b": topic("two") }),
    });
    expect(joined.topics()).toEqual(["aws_sns_topic.a yes", "state.json: aws_sns_topic.b maybe"]);
  });

  it("a state that may be of the plan's stack proves nothing that the plan does not say", () => {
    const filter = { id: "denied", name: "denied", log_group_name: "trail" };
    const joined = join({
      "plan.json": plan({ "aws_cloudwatch_log_metric_filter.f": { actions: ["delete"], before: filter } }),
      "state.json": state({ "aws_cloudwatch_log_metric_filter.f": filter }),
    });
    const filters = joined.graph.resources("aws_cloudwatch_log_metric_filter");
    expect(filters.map(({ exists, doubt }) => [exists, doubt])).toEqual([["maybe", "inputs-differ"]]);
  });

  const FILTER = "aws_cloudwatch_log_metric_filter.f";
  const ROLE_POLICY = "aws_iam_role_policy.p";
  const HERE = { "aws_sns_topic.here": kept(topic("here")) };
  it.each<[string, string, JsonObject, JsonObject, "yes" | "maybe", Readonly<Record<string, Change>>?]>([
    [
      "by all of its names",
      FILTER,
      { name: "a", log_group_name: "g" },
      { name: "a", log_group_name: "g" },
      "maybe",
    ],
    [
      "by one of its names",
      FILTER,
      { name: "a", log_group_name: "g" },
      { name: "a", log_group_name: "h" },
      "yes",
    ],
    ["by no name", FILTER, { name: "a" }, { name: "a" }, "yes"],
    ["by an ARN of another account", "aws_sns_topic.a", topic("a"), topic("a", {}, OTHER_ACCOUNT), "yes"],
    ["by its id, where nothing names it", ROLE_POLICY, { id: "r:p" }, { id: "r:p" }, "maybe"],
    ["by another id", ROLE_POLICY, { id: "r:p" }, { id: "r:q" }, "yes"],
    ["by its name in one account", ROLE_POLICY, { id: "r:p" }, { id: "r:p" }, "maybe", HERE],
    [
      "by its name in another account",
      ROLE_POLICY,
      { id: "r:p" },
      { id: "r:p" },
      "yes",
      { "aws_sns_topic.here": kept(topic("here", {}, OTHER_ACCOUNT)) },
    ],
  ])(
    "and a state is taken to be of it that has an object of it %s",
    (_, address, planned, held, exists, more) => {
      const joined = join({
        "plan.json": plan({ [address]: { actions: ["create"], after: planned }, ...more }),
        "state.json": state({ [address]: held, "aws_sns_topic.z": topic("z") }),
      });
      expect(joined.topics()).toContain(`state.json: aws_sns_topic.z ${exists}`);
    },
  );

  it("nor does the state of code that is checked by itself", async () => {
    const code = await sourcesOf({ "main.tf": 'resource "aws_sns_topic" "a" {\n  name = "alarms"\n}\n' });
    const old = parseInput(
      JSON.stringify(
        state({
          "aws_sns_topic.a": topic("alarms"),
          "aws_sns_topic_subscription.s": { arn: `${topicArn("alarms")}:1`, topic_arn: topicArn("alarms") },
        }),
      ),
      "state.json",
    );
    const stacks = [code.stack(""), stackOf({ document: old, sha256: undefined }, "state.json: ")];
    const { graph } = joinStacks(stacks);
    expect(graph.resources("aws_sns_topic_subscription").map(({ exists }) => exists)).toEqual(["maybe"]);
  });

  it("of two stored states of one lineage the later one counts", () => {
    const joined = join({
      "old.tfstate": stored({ "aws_sns_topic.a": topic("one", { policy: "old" }) }, "l", 3),
      "new.tfstate": stored({ "aws_sns_topic.a": topic("one", { policy: "new" }) }, "l", 4),
    });
    expect(joined.topics()).toEqual(["new.tfstate: aws_sns_topic.a yes"]);
  });

  it.each([false, true])(
    "two plans that differ leave it open, and it is told (turned round: %s)",
    (turned) => {
      const inputs: [string, Json][] = [
        ["a.json", plan({ "aws_sns_topic.a": kept(topic("one", { policy: "x" })) })],
        ["b.json", plan({ "aws_sns_topic.b": kept(topic("one", { policy: "y" })) })],
      ];
      const joined = join(Object.fromEntries(turned ? inputs.toReversed() : inputs));
      const [only, ...more] = joined.graph.resources("aws_sns_topic");
      expect(more).toEqual([]);
      expect(only?.exists).toBe("yes");
      expect(only?.read("name")).toMatchObject({ kind: "known", value: "one" });
      expect(only?.read("policy")).toMatchObject({ kind: "unknown", origin: { why: "inputs-differ" } });
      expect(joined.notes()).toMatchObject([
        { code: "inputs-contradict", place: "a.json", subject: "b.json" },
      ]);
    },
  );

  it("one plan destroys what another keeps: it may exist", () => {
    const joined = join({
      "a.json": plan({ "aws_sns_topic.a": { actions: ["delete"], before: topic("one") } }),
      "b.json": plan({ "aws_sns_topic.b": kept(topic("one")) }),
    });
    expect(joined.topics()).toEqual(["b.json: aws_sns_topic.b maybe"]);
    expect(joined.notes()).toMatchObject([{ code: "inputs-contradict" }]);
  });
});

describe("whose word counts", () => {
  const policyIn = (inputs: readonly (readonly [string, Json])[]) => {
    const { graph, notes } = join(Object.fromEntries(inputs));
    const values = graph.resources("aws_sns_topic").map((one) => one.read("policy"));
    return [
      values.map((value) => (value.kind === "known" ? value.value : value.kind)).join(),
      notes().map(({ code }) => code),
    ];
  };
  const bothWays = (one: readonly [string, Json], other: readonly [string, Json], wanted: unknown) => {
    expect(policyIn([one, other])).toEqual(wanted);
    expect(policyIn([other, one])).toEqual(wanted);
  };
  const held = (policy: string, serial: number, lineage = "l") =>
    stored({ "aws_sns_topic.a": topic("one", { policy }) }, lineage, serial);

  it.each<[string, Json, Json, unknown]>([
    ["the later state's", held("x", 3), held("y", 4), ["y", ["input-outdated"]]],
    ["the later state's, wherever it stands", held("x", 4), held("y", 3), ["x", ["input-outdated"]]],
    ["neither's of two states as late", held("x", 3), held("y", 3), ["unknown", ["inputs-contradict"]]],
    [
      "neither's of two states of two stacks",
      held("x", 3),
      held("y", 4, "m"),
      ["unknown", ["inputs-contradict"]],
    ],
    ["either's of two states that agree", held("x", 3, "l"), held("x", 4, "m"), ["x", []]],
  ])("%s", (_, one, other, wanted) => {
    bothWays(["a.tfstate", one], ["b.tfstate", other], wanted);
  });

  it("a plan's before its own state's, even of what it lets go", () => {
    const planned = plan({
      "aws_sns_topic.a": kept(topic("one", { policy: "plan" })),
      "aws_sns_topic.b": { actions: ["forget"], before: topic("two", { policy: "gone" }) },
    });
    const own = state({
      "aws_sns_topic.a": topic("one", { policy: "state" }),
      "aws_sns_topic.b": topic("two", { policy: "state" }),
    });
    bothWays(["plan.json", planned], ["state.json", own], ["plan,gone", ["input-outdated"]]);
  });

  it("the account's before a state's, and a plan's before the account's", () => {
    const account = accountStack(
      {
        kind: "account",
        label: "account",
        objects: [
          {
            type: "aws_sns_topic",
            name: "topic one",
            scope: { partition: "aws", account: ACCOUNT, region: "eu-west-1" },
            values: topic("one", { display_name: "asked" }),
            unknown: new Map(),
            rest: undefined,
          },
        ],
        gaps: [],
        notes: [],
      },
      "account: ",
    );
    const told = (json: Json) => {
      const { graph } = joinStacks([...stacksOf({ "other.json": json }), account]);
      return graph.resources("aws_sns_topic").map((one) => one.read("display_name"));
    };
    expect(told(state({ "aws_sns_topic.a": topic("one", { display_name: "old" }) }))).toMatchObject([
      { value: "asked" },
    ]);
    expect(told(plan({ "aws_sns_topic.a": kept(topic("one", { display_name: "new" })) }))).toMatchObject([
      { value: "new" },
    ]);
  });

  it("each object's own, where one input gives two the same name", () => {
    const filter = (pattern: string) => ({ id: "denied", name: "denied", log_group_name: "trail", pattern });
    const FILTER = "aws_cloudwatch_log_metric_filter";
    const joined = join({
      "plan.json": plan({
        "aws_sns_topic.a": kept(topic("one")),
        [`${FILTER}.f`]: kept(filter("first")),
        [`${FILTER}.g`]: kept(filter("second")),
      }),
      "state.json": state({ "aws_sns_topic.b": topic("two"), [`${FILTER}.h`]: filter("old") }),
    });
    const patterns = joined.graph.resources(FILTER).map((one) => [one.id, one.read("pattern")]);
    expect(patterns).toMatchObject([
      [`${FILTER}.f`, { value: "first" }],
      [`${FILTER}.g`, { value: "second" }],
    ]);
    expect(joined.graph.byId(`state.json: ${FILTER}.h`)?.id).toBe(`${FILTER}.f`);
  });
});

describe("what inputs say against each other", () => {
  const names = ["a", "b", "c", "d", "e"];
  const topics = (count: number, policy: string) =>
    Object.fromEntries(
      names.slice(0, count).map((name) => [`aws_sns_topic.${name}`, kept(topic(name, { policy }))]),
    );

  it.each<[number, string]>([
    [1, "aws_sns_topic.a (policy)"],
    [3, "aws_sns_topic.a (policy), aws_sns_topic.b (policy), aws_sns_topic.c (policy)"],
    [5, "aws_sns_topic.a (policy), aws_sns_topic.b (policy), aws_sns_topic.c (policy) and 2 more"],
  ])("is one note for %d objects", (count, detail) => {
    const { notes } = join({ "b.json": plan(topics(count, "x")), "a.json": plan(topics(count, "y")) });
    expect(notes()).toEqual([{ code: "inputs-contradict", place: "a.json", subject: "b.json", detail }]);
  });

  it("names three of the arguments that differ", () => {
    const more = (value: string) => ({ a: value, b: value, c: value, d: value });
    const told = (value: string) => plan({ "aws_sns_topic.a": kept(topic("one", more(value))) });
    expect(join({ "a.json": told("x"), "b.json": told("y") }).notes()).toMatchObject([
      { detail: "aws_sns_topic.a (a, b, c)" },
    ]);
  });

  it("is that one destroys it", () => {
    const destroys = plan({ "aws_sns_topic.a": { actions: ["delete"], before: topic("one") } });
    const keeps = plan({ "aws_sns_topic.b": kept(topic("one")) });
    expect(join({ "a.json": destroys, "b.json": keeps }).notes()).toMatchObject([
      { code: "inputs-contradict", detail: "aws_sns_topic.a (one destroys it)" },
    ]);
    expect(join({ "a.json": destroys, "b.json": destroys }).notes()).toEqual([]);
  });

  it("is one note for each two inputs", () => {
    const told = (policy: string) => plan({ "aws_sns_topic.a": kept(topic("one", { policy })) });
    const { notes } = join({ "a.json": told("x"), "b.json": told("y"), "c.json": told("z") });
    expect(notes().map(({ place, subject }) => [place, subject])).toEqual([
      ["a.json", "b.json"],
      ["a.json", "c.json"],
      ["b.json", "c.json"],
    ]);
  });

  it("compares a state with what its plan found, not with what the plan makes of it", () => {
    const changes = {
      "aws_sns_topic.a": {
        actions: ["update"],
        before: topic("one", { policy: "old" }),
        after: topic("one", { policy: "new" }),
      },
    };
    const { notes } = join({
      "plan.json": plan(changes),
      "state.json": state({ "aws_sns_topic.a": topic("one", { policy: "old" }) }),
    });
    expect(notes()).toEqual([]);
  });
});

describe("one world", () => {
  const gone = { actions: ["delete"], before: topic("gone") };
  const inputs = {
    "one.json": plan(
      {
        "aws_sns_topic.a": kept(topic("a")),
        "aws_sns_topic.gone": gone,
        "data.aws_region.r": kept({ name: "x" }),
      },
      {
        configuration: { root_module: { resources: [{ ...entry("aws_sns_topic.none"), expressions: {} }] } },
      },
    ),
    "two.json": state({
      "aws_sns_topic.b": topic("b", {}, OTHER_ACCOUNT),
      "data.aws_region.s": { name: "y" },
    }),
  };
  const names = (found: readonly { readonly name: string }[]) => found.map(({ name }) => name);

  it("has what each of its inputs has", () => {
    const { graph } = join(inputs);
    expect(graph.inputs.map(({ label }) => label)).toEqual(["one.json", "two.json"]);
    expect(names(graph.resources("aws_sns_topic"))).toEqual(["aws_sns_topic.a", "aws_sns_topic.b"]);
    expect(names(graph.data("aws_region"))).toEqual(["data.aws_region.r", "data.aws_region.s"]);
    expect(names(graph.everything())).toEqual(["aws_sns_topic.a", "aws_sns_topic.b"]);
    expect(names(graph.gone("aws_sns_topic"))).toEqual(["aws_sns_topic.gone"]);
    expect(graph.withoutInstance("aws_sns_topic")).toEqual(["aws_sns_topic.none"]);
    expect(graph.gaps("aws_sns_topic")).toEqual([]);
    expect(graph.byId("two.json: aws_sns_topic.b")?.name).toBe("aws_sns_topic.b");
    expect(graph.byId("aws_sns_topic.z")).toBeUndefined();
  });

  it("has the gaps of its inputs", async () => {
    const code = await sourcesOf({ "main.tf": 'module "far" {\n  source = "acme/far/aws"\n}\n' });
    const { graph } = joinStacks([...stacksOf(inputs), code.stack("three: ")]);
    expect(graph.gaps("aws_sns_topic")).toMatchObject([{ origin: { subject: "module.far" } }]);
  });

  it.each([
    [1, [ACCOUNT]],
    [2, [ACCOUNT, OTHER_ACCOUNT]],
  ])("asks about the accounts of the first %d", (asked, accounts) => {
    const { graph } = joinStacks(stacksOf(inputs), asked);
    expect(graph.askedAccounts?.()).toEqual(accounts);
    expect(graph.askedAccounts?.()).toBe(graph.askedAccounts?.());
  });

  it("asks about no account where none is told", () => {
    const { graph } = join({
      "one.json": plan({ "aws_sqs_queue.q": kept({ name: "q" }) }),
      "two.json": inputs["two.json"],
    });
    expect(graph.askedAccounts?.()).toEqual([]);
  });

  it("is a single input's own, unless it looks something up", async () => {
    const reads = plan({ "data.aws_ssm_parameter.p": { actions: ["read"], after: { name: "p" } } });
    for (const [json, own] of [
      [inputs["one.json"], true],
      [reads, false],
    ] as const) {
      const [only] = stacksOf({ "one.json": json });
      if (only === undefined) throw new Error("no stack");
      expect(joinStacks([only]).graph === only.graph).toBe(own);
      expect(joinStacks([only]).notes()).toEqual([]);
      const lazily = await joinedLazily([only], 1);
      expect([lazily.graph === only.graph, lazily.notes()]).toEqual([own, []]);
    }
    expect((await joinedLazily(stacksOf(inputs), 2)).graph.askedAccounts?.()).toEqual([
      ACCOUNT,
      OTHER_ACCOUNT,
    ]);
    expect(() => joinStacks([])).toThrow("nothing to join");
  });
});

/** A plan whose data source waits for apply, with an alarm that reads it. */
function reader(data: string, arguments_: JsonObject, computed: string, reference: string): JsonObject {
  return plan(
    {
      "aws_sqs_queue.q": kept({ arn: `arn:aws:sqs:eu-west-1:${ACCOUNT}:q` }),
      [data]: { actions: ["read"], after: arguments_, unknown: { [computed]: true } },
      "aws_cloudwatch_metric_alarm.a": {
        actions: ["create"],
        after: { alarm_name: "denied" },
        unknown: { alarm_actions: true },
      },
    },
    {
      configuration: {
        provider_config: { aws: { name: "aws", expressions: {} } },
        root_module: {
          resources: [
            { ...entry(data), provider_config_key: "aws", expressions: {} },
            { ...entry("aws_sqs_queue.q"), provider_config_key: "aws", expressions: {} },
            {
              ...entry("aws_cloudwatch_metric_alarm.a"),
              provider_config_key: "aws",
              expressions: { alarm_actions: { references: [reference, data] } },
            },
          ],
        },
      },
    },
  );
}

const REMOTE = "data.terraform_remote_state.alerts";

function remoteReader(config: JsonObject): JsonObject {
  return reader(REMOTE, { backend: "s3", config }, "outputs", `${REMOTE}.outputs.topic_arn`);
}

function actionsIn(joined: ReturnType<typeof join>) {
  return joined.graph.resources("aws_cloudwatch_metric_alarm")[0]?.read("alarm_actions");
}

const READ = { kind: "known", value: topicArn("alarms") };

describe("outputs that terraform_remote_state reads", () => {
  const outputs = { topic_arn: { value: topicArn("alarms") } };

  it("come from the one input that has such an output, which is told", () => {
    const joined = join({ "plan.json": remoteReader({}), "state.json": state({}, outputs) });
    expect(actionsIn(joined)).toMatchObject(READ);
    expect(joined.notes()).toMatchObject([{ code: "remote-state-taken", detail: "state.json" }]);
  });

  it("come from the file that lies under the key, which needs no telling", () => {
    const joined = join({
      "plan.json": remoteReader({ bucket: "b", key: "alerts/terraform.tfstate" }),
      "states/alerts/terraform.tfstate": state({}, outputs),
      "other.json": state({}, { topic_arn: { value: topicArn("wrong") } }),
    });
    expect(actionsIn(joined)).toMatchObject(READ);
    expect(joined.notes()).toEqual([]);
  });

  it("come from the code whose backend block says that it is the one", async () => {
    const owner = (bucket: string, name: string) =>
      sourcesOf({
        "main.tf": [
          `terraform {\n  backend "s3" {\n    bucket = "${bucket}"\n    key    = "alerts"\n  }\n}`,
          `resource "aws_sns_topic" "t" {\n  name = "${name}"\n}`,
          'output "topic_arn" {\n  value = aws_sns_topic.t.arn\n}',
        ].join("\n"),
      });
    const plan = parseInput(JSON.stringify(remoteReader({ bucket: "b", key: "alerts" })), "plan.json");
    const [other, right] = [await owner("other", "x"), await owner("b", "alarms")];
    const joined = joinStacks([
      stackOf({ document: plan, sha256: undefined }, ""),
      { ...other.stack("one: "), label: "one" },
      { ...right.stack("two: "), label: "two" },
    ]);
    const [alarm] = joined.graph.resources("aws_cloudwatch_metric_alarm");
    expect(alarm?.read("alarm_actions")).toMatchObject({ kind: "reference", to: "two: aws_sns_topic.t" });
    expect(joined.notes()).toEqual([]);
  });

  it("stay unknown where two inputs could be the state and differ", () => {
    const joined = join({
      "plan.json": remoteReader({}),
      "one.json": state({}, outputs),
      "two.json": state({}, { topic_arn: { value: topicArn("wrong") } }),
    });
    expect(actionsIn(joined)).toMatchObject({ kind: "reference", path: ["outputs", "topic_arn"] });
  });

  it("are told by what the output is made from where the other stack is planned", () => {
    const owner = plan(
      { "aws_sns_topic.t": { actions: ["create"], after: { name: "alarms" }, unknown: { arn: true } } },
      {
        output_changes: { topic_arn: { actions: ["create"], after_unknown: true } },
        configuration: {
          root_module: {
            outputs: {
              topic_arn: { expression: { references: ["aws_sns_topic.t.arn", "aws_sns_topic.t"] } },
            },
            resources: [{ ...entry("aws_sns_topic.t"), expressions: {} }],
          },
        },
      },
    );
    const joined = join({ "plan.json": remoteReader({}), "owner.json": owner });
    expect(actionsIn(joined)).toMatchObject({ kind: "reference", to: "owner.json: aws_sns_topic.t" });
  });

  it("that the plan of the other stack takes away are not there", () => {
    const owner = plan({}, { output_changes: { topic_arn: { actions: ["delete"], before: "x" } } });
    const joined = join({ "plan.json": remoteReader({}), "owner.json": owner });
    expect(actionsIn(joined)).toMatchObject({ kind: "reference" });
  });
});

describe("SSM parameters", () => {
  const data = "data.aws_ssm_parameter.topic";
  const reading = reader(data, { name: "/alerts/topic" }, "value", `${data}.value`);
  const parameter = (name: string, account = ACCOUNT) => ({
    name,
    arn: `arn:aws:ssm:eu-west-1:${account}:parameter${name}`,
    value: topicArn("alarms"),
  });

  it("are read where another input manages them", () => {
    const owner = state({ "aws_ssm_parameter.p": parameter("/alerts/topic") });
    expect(actionsIn(join({ "plan.json": reading, "state.json": owner }))).toMatchObject(READ);
  });

  it("of another name or another account are not", () => {
    for (const other of [parameter("/alerts/other"), parameter("/alerts/topic", OTHER_ACCOUNT)]) {
      const joined = join({ "plan.json": reading, "state.json": state({ "aws_ssm_parameter.p": other }) });
      expect(actionsIn(joined)).toMatchObject({ kind: "reference" });
    }
  });
});
