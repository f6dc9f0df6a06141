// One plan or state as a graph: its objects, what goes, what is missing, and what it tells other inputs.

import { describe, expect, it } from "vitest";
import { parseInput } from "../../../src/input/parse-input.ts";
import type { Address } from "../../../src/model/address.ts";
import type { AwsScope, Graph } from "../../../src/model/graph.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import { known, UNSET, type Value } from "../../../src/model/value.ts";
import { type GraphInput, idPrefixes, stackOf } from "../../../src/resolve/build-graph.ts";
import type { PlanView } from "../../../src/resolve/sources/explain-plan.ts";
import { standsAlone } from "../../../src/resolve/stack.ts";
import { printValue } from "../terraform/print-value.ts";

const ADDRESS = /^((?:module\.\w+(?:\["\w+"\])?\.)*)(data\.)?(\w+)\.(\w+)(?:\[(.*)\])?$/;

/** An entry of a plan or state, taken apart by its address. */
function entry(address: string): JsonObject {
  const [, module = "", data, type = "", name = "", index] = ADDRESS.exec(address) ?? [];
  return {
    address,
    mode: data === undefined ? "managed" : "data",
    type,
    name,
    ...(module !== "" && { module_address: module.slice(0, -1) }),
    ...(index !== undefined && { index: JSON.parse(index) as Json }),
  };
}

interface Change {
  readonly actions?: readonly string[];
  readonly before?: JsonObject;
  readonly after?: JsonObject | null;
  readonly unknown?: Json;
  readonly from?: string;
}

interface Parts {
  readonly changes?: Readonly<Record<string, Change>>;
  readonly prior?: Readonly<Record<string, JsonObject>>;
  readonly root?: JsonObject;
  readonly more?: JsonObject;
}

function plan({ changes = {}, prior = {}, root = {}, more = {} }: Parts): JsonObject {
  const resources = Object.entries(prior).map(([address, values]) => ({ ...entry(address), values }));
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    resource_changes: Object.entries(changes).map(([address, { actions, before, after, unknown, from }]) => ({
      ...entry(address),
      ...(from !== undefined && { previous_address: from }),
      change: {
        actions: actions ?? ["create"],
        before: before ?? null,
        after: after === undefined ? {} : after,
        after_unknown: unknown ?? {},
      },
    })),
    prior_state: { format_version: "1.0", values: { root_module: { resources } } },
    configuration: { root_module: root },
    ...more,
  };
}

function state(objects: Readonly<Record<string, JsonObject>>): JsonObject {
  const resources = Object.entries(objects).map(([address, values]) => ({ ...entry(address), values }));
  return { format_version: "1.0", values: { root_module: { resources } } };
}

function stack(json: JsonObject, more: Partial<GraphInput> = {}, prefix = "") {
  return stackOf({ document: parseInput(JSON.stringify(json), "plan.json"), sha256: "5a", ...more }, prefix);
}

const names = (found: readonly { readonly name: string }[]) => found.map(({ name }) => name);
const locate = ({ type, name }: Address) => ({ file: `${type}.${name}.tf`, line: 1, column: 1 });

const TOPICS: Parts["changes"] = {
  "aws_sns_topic.b": {},
  "data.aws_sns_topic.c": { actions: ["read"] },
  "aws_sns_topic.a": {},
  "aws_sqs_queue.a": {},
};

describe("the objects of a plan", () => {
  const read = () => stack(plan({ changes: TOPICS }), { locate }).graph;

  it("come in the order of their addresses, managed ones and data sources apart", () => {
    const graph = read();
    expect(names(graph.resources("aws_sns_topic"))).toEqual(["aws_sns_topic.a", "aws_sns_topic.b"]);
    expect(names(graph.data("aws_sns_topic"))).toEqual(["data.aws_sns_topic.c"]);
    expect(names(graph.everything())).toEqual(["aws_sns_topic.a", "aws_sns_topic.b", "aws_sqs_queue.a"]);
    expect(graph.resources("aws_kms_key")).toEqual([]);
  });

  it("are one and the same however they are asked for", () => {
    const graph = read();
    const [first] = graph.resources("aws_sns_topic");
    expect(graph.byId("aws_sns_topic.a")).toBe(first);
    expect(graph.everything()[0]).toBe(first);
    expect(graph.byId("aws_sns_topic.z")).toBeUndefined();
    expect(graph.byId("not an address")).toBeUndefined();
  });

  it("say where they stand", () => {
    const graph = read();
    expect(graph.byId("aws_sns_topic.a")).toMatchObject({
      id: "aws_sns_topic.a",
      address: { module: [], mode: "managed", type: "aws_sns_topic", name: "a", key: undefined },
      input: "plan.json",
      exists: "yes",
      doubt: undefined,
      fresh: true,
      location: { file: "aws_sns_topic.a.tf" },
    });
    expect(stack(plan({ changes: TOPICS })).graph.byId("aws_sns_topic.a")?.location).toBeUndefined();
  });

  it("carry the input's label where it is not the first", () => {
    const prefixOf = idPrefixes();
    const prefixes = ["one.json", "two.json", "three.json"].map(prefixOf);
    expect(prefixes).toEqual(["", "two.json: ", "three.json: "]);
    const further = stack(plan({ changes: TOPICS }), {}, "two.json: ").graph;
    expect(further.byId("two.json: aws_sns_topic.a")?.name).toBe("aws_sns_topic.a");
    expect(further.byId("aws_sns_topic.a")).toBeUndefined();
  });

  it("resolve each attribute once", () => {
    const built = stack(plan({ changes: { "aws_sns_topic.a": { after: { name: ["x"] } } } })).graph;
    const topic = built.byId("aws_sns_topic.a");
    expect(topic?.read("name")).toBe(topic?.read("name"));
  });
});

describe("an input", () => {
  it("is summed up", () => {
    const document = plan({
      changes: { "aws_sns_topic.a": { actions: ["delete"], after: null, before: {} } },
    });
    expect(stack(document).graph.inputs).toEqual([
      {
        label: "plan.json",
        kind: "plan",
        formatVersion: "1.2",
        terraformVersion: "1.11.4",
        mode: "destroy",
        sha256: "5a",
      },
    ]);
    expect(stack(state({})).graph.inputs).toMatchObject([{ kind: "state", mode: "normal" }]);
  });

  it("tells its state's lineage where it is one", () => {
    const stored = { version: 4, lineage: "l", serial: 7, resources: [], outputs: {} };
    expect(stack(stored)).toMatchObject({ label: "plan.json", kind: "state", lineage: "l", serial: 7 });
    expect(stack(plan({}))).toMatchObject({ label: "plan.json", kind: "plan" });
    expect("lineage" in stack(plan({}))).toBe(false);
  });

  it("stands alone unless it reads parameters", () => {
    const reads = { "data.aws_ssm_parameter.p": { actions: ["read"] } };
    expect([standsAlone(stack(plan({}))), standsAlone(stack(plan({ changes: reads })))]).toEqual([
      true,
      false,
    ]);
  });
});

describe("what goes", () => {
  const gone = (graph: Graph, type: string) => graph.gone(type).map(({ name, how }) => `${name} ${how}`);

  it("is told by type, with how and where", () => {
    const { graph } = stack(
      plan({
        changes: {
          "aws_sns_topic.a": { actions: ["delete"], before: {}, after: null },
          'module.m["k"].aws_sns_topic.b': { actions: ["forget"], before: {}, after: null },
          "aws_sqs_queue.a": { actions: ["delete"], before: {}, after: null },
          "data.aws_sns_topic.d": { actions: ["delete"], before: {}, after: null },
          "aws_sns_topic.kept": {},
        },
      }),
      { locate },
    );
    expect(gone(graph, "aws_sns_topic")).toEqual([
      "aws_sns_topic.a destroyed",
      'module.m["k"].aws_sns_topic.b forgotten',
    ]);
    expect(graph.gone("aws_sqs_queue")).toMatchObject([
      { address: { type: "aws_sqs_queue", name: "a" }, location: { file: "aws_sqs_queue.a.tf" } },
    ]);
    expect(gone(graph, "aws_kms_key")).toEqual([]);
  });
});

describe("blocks without an instance", () => {
  const block = (address: string): JsonObject => ({ ...entry(address), provider_config_key: "aws" });
  const inner: JsonObject = {
    source: "./m",
    module: {
      resources: [block("aws_sns_topic.in"), block("aws_sns_topic.there")],
      module_calls: { n: { source: "./n", module: { resources: [block("aws_sns_topic.deep")] } } },
    },
  };

  it("are those of the configuration that the plan has no object of", () => {
    const { graph } = stack(
      plan({
        changes: { "aws_sns_topic.a[0]": {}, 'module.m["k"].aws_sns_topic.there': {} },
        root: {
          resources: [
            block("aws_sns_topic.a"),
            block("aws_sns_topic.b"),
            block("aws_sqs_queue.q"),
            block("data.aws_sns_topic.d"),
          ],
          module_calls: { m: inner },
        },
      }),
    );
    expect(graph.withoutInstance("aws_sns_topic")).toEqual([
      "aws_sns_topic.b",
      "module.m.aws_sns_topic.in",
      "module.m.module.n.aws_sns_topic.deep",
    ]);
    expect(graph.withoutInstance("aws_kms_key")).toEqual([]);
    expect(stack(state({})).graph.withoutInstance("aws_sns_topic")).toEqual([]);
  });
});

describe("a plan's code", () => {
  const here = (scope: Partial<AwsScope>): AwsScope => ({
    partition: undefined,
    account: undefined,
    region: undefined,
    provider: "code|aws",
    ...scope,
  });
  const WRITTEN = here({ partition: "aws", account: "111122223333", region: "eu-west-1" });

  function withCode(changes: Parts["changes"], asked: (view: PlanView) => void = () => undefined) {
    const more = { variables: { v: { value: "x" } } };
    return stack(
      plan({ ...(changes && { changes }), more }),
      {
        sources: (view) => {
          asked(view);
          return {
            scopeOf: () => WRITTEN,
            explain: ({ id, printed }: { id: string; printed?: string }, path) =>
              known(`code of ${id} ${printed} ${path.join(".")}`),
          };
        },
      },
      "two: ",
    ).graph;
  }

  it("tells what the plan does not", () => {
    const graph = withCode({ "aws_sns_topic.a": { after: { name: "x" }, unknown: { arn: true } } });
    const [topic] = graph.resources("aws_sns_topic");
    expect(printValue(topic?.read("name") ?? UNSET)).toBe('"x"');
    expect(printValue(topic?.read("arn") ?? UNSET)).toBe(
      '"code of two: aws_sns_topic.a aws_sns_topic.a arn"',
    );
    expect(topic?.scope).toEqual({ ...WRITTEN, provider: "" });
  });

  it("does not outweigh what the plan knows of where an object is", () => {
    const arn = "arn:aws-cn:sns:cn-north-1:444455556666:x";
    const graph = withCode({ "aws_sns_topic.a": { after: { arn } } });
    expect(graph.resources("aws_sns_topic")[0]?.scope).toMatchObject({
      partition: "aws-cn",
      account: "444455556666",
      region: "cn-north-1",
    });
  });

  it("asks the plan for variables, instances and values", () => {
    let seen: PlanView | undefined;
    withCode(
      {
        'module.m["k"].aws_sns_topic.a["x"]': { after: { name: "n" } },
        "data.aws_region.r": { actions: ["read"] },
      },
      (view) => {
        seen = view;
      },
    );
    const path = [{ name: "m", key: "k" }];
    const value = (id: string): Value | undefined => seen?.value(id, "name");
    expect(seen?.idPrefix).toBe("two: ");
    expect(seen?.variables.get("v")).toBe("x");
    expect(seen?.keys(path, "aws_sns_topic.a")).toEqual(["x"]);
    expect(seen?.keys([], "data.aws_region.r")).toEqual([undefined]);
    expect(seen?.keys([], "aws_sns_topic.a")).toEqual([]);
    expect(seen?.moduleKeys([], "m")).toEqual(["k"]);
    expect(value('two: module.m["k"].aws_sns_topic.a["x"]')).toMatchObject({ value: "n" });
    expect(value("two: aws_sns_topic.none")).toBeUndefined();
  });
});

describe("what an input tells others", () => {
  const records = (json: JsonObject, prefix = "") => {
    const built = stack(json, {}, prefix);
    return built.records().map(({ type, addresses, instance, before, after }) => ({
      type,
      addresses,
      instance: instance?.id,
      before,
      after,
    }));
  };

  it("of a plan: each managed object before and after", () => {
    const found = records(
      plan({
        changes: {
          "aws_sns_topic.new": { after: { n: 1 } },
          "aws_sns_topic.kept": { actions: ["no-op"], before: { n: 1 }, after: { n: 2 } },
          "aws_sns_topic.gone": { actions: ["delete"], before: { n: 1 }, after: null },
          "aws_sns_topic.renamed": {
            actions: ["no-op"],
            before: { n: 1 },
            after: { n: 1 },
            from: "aws_sns_topic.was",
          },
          "data.aws_region.r": { actions: ["read"], before: { n: 1 }, after: { n: 2 } },
        },
        prior: {
          "aws_sns_topic.kept": { n: 0 },
          "aws_sns_topic.left": { n: 5 },
          "data.aws_region.r": { n: 1 },
        },
      }),
      "two: ",
    );
    const topic = (name: string, more: object) => ({
      type: "aws_sns_topic",
      addresses: [`aws_sns_topic.${name}`],
      instance: `two: aws_sns_topic.${name}`,
      before: undefined,
      after: undefined,
      ...more,
    });
    const byAddress = (a: { addresses: readonly string[] }, b: { addresses: readonly string[] }) =>
      (a.addresses[0] ?? "") < (b.addresses[0] ?? "") ? -1 : 1;
    expect(found.toSorted(byAddress)).toEqual([
      topic("gone", { instance: undefined, before: { n: 1 } }),
      topic("kept", { before: { n: 1 }, after: { n: 2 } }),
      topic("left", { before: { n: 5 }, after: { n: 5 } }),
      topic("new", { after: { n: 1 } }),
      topic("renamed", {
        addresses: ["aws_sns_topic.renamed", "aws_sns_topic.was"],
        before: { n: 1 },
        after: { n: 1 },
      }),
    ]);
  });

  it("of a state: each managed object as it is", () => {
    expect(records(state({ "aws_sns_topic.a": { n: 1 }, "data.aws_region.r": { n: 2 } }))).toEqual([
      {
        type: "aws_sns_topic",
        addresses: ["aws_sns_topic.a"],
        instance: "aws_sns_topic.a",
        before: { n: 1 },
        after: { n: 1 },
      },
    ]);
  });

  const OUTPUT = { expression: { references: ["aws_sns_topic.t.arn", "aws_sns_topic.t"] } };
  const block = { ...entry("aws_sns_topic.t"), provider_config_key: "aws", expressions: {} };

  function output(change: JsonObject | undefined, declared: JsonObject | undefined): string {
    const document = plan({
      changes: { "aws_sns_topic.t": { after: {}, unknown: { arn: true } } },
      root: { resources: [block], ...(declared && { outputs: { o: declared } }) },
      more: change === undefined ? {} : { output_changes: { o: { actions: ["create"], ...change } } },
    });
    const found = stack(document).output("o");
    return found === undefined ? "none" : printValue(found);
  }

  it.each<[string, JsonObject | undefined, JsonObject | undefined, string]>([
    ["that is not there", undefined, undefined, "none"],
    ["that is known", { after: "x" }, OUTPUT, '"x"'],
    ["that is known and sensitive", { after: "x", after_sensitive: true }, OUTPUT, 'secret "x"'],
    ["that waits for apply", { after_unknown: true }, OUTPUT, "<aws_sns_topic.t.arn>"],
    [
      "that waits for apply and is sensitive",
      { after_unknown: true },
      { ...OUTPUT, sensitive: true },
      "secret <aws_sns_topic.t.arn>",
    ],
    ["that is declared and not told", undefined, OUTPUT, "<aws_sns_topic.t.arn>"],
    ["that waits for apply and is not declared", { after_unknown: true }, undefined, "none"],
    ["that is known in part", { after: { a: "x" }, after_unknown: { b: true } }, OUTPUT, '{a: "x", b: ?}'],
  ])("an output %s", (_, change, declared, wanted) => {
    expect(output(change, declared)).toBe(wanted);
  });

  it("says which part of an output is not known", () => {
    const more = { output_changes: { o: { actions: ["create"], after: {}, after_unknown: { b: [true] } } } };
    expect(stack(plan({ more })).output("o")).toMatchObject({
      entries: new Map([
        ["b", { elements: [{ origin: { why: "after-apply", subject: "output.o.b.0" }, closed: false }] }],
      ]),
    });
  });

  it("of a state are its outputs", () => {
    const json = { ...state({}), values: { root_module: {}, outputs: { o: { value: "x" } } } };
    expect(stack(json).output("o")).toMatchObject({ value: "x" });
    expect(stack(json).output("p")).toBeUndefined();
  });
});
