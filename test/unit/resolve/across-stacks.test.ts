// What one input looks up in the others: outputs of remote states and SSM parameters, inside any value.

import { describe, expect, it } from "vitest";
import type { ResourceInstance } from "../../../src/model/graph.ts";
import { known, type Step, UNSET, unknown, type Value } from "../../../src/model/value.ts";
import { lookAcross } from "../../../src/resolve/across-stacks.ts";
import type { Stack } from "../../../src/resolve/stack.ts";
import { type Attribute, graphOf, oneOf, type Resources, reference } from "../../tools/world.ts";
import { printValue } from "../terraform/print-value.ts";

const STATE = "data.terraform_remote_state.other";
const ALARM = "aws_cloudwatch_metric_alarm.a";
const READ = [STATE, "outputs", "arn"] as const;

interface Other {
  readonly kind?: Stack["kind"];
  readonly outputs: Readonly<Record<string, Value>>;
  readonly backend?: string;
}

function stackOf(label: string, { kind = "state", outputs, backend }: Other): Stack {
  const settings = new Map([["path", backend ?? ""]]);
  return {
    label,
    kind,
    graph: graphOf({}),
    records: () => [],
    output: (name) => outputs[name],
    backend: backend === undefined ? undefined : { type: "consul", settings },
  };
}

interface World {
  readonly value?: Attribute;
  readonly others?: Readonly<Record<string, Other>>;
  readonly more?: Resources;
  readonly sameStack?: (one: Stack, other: Stack) => boolean;
}

const ONE = { "one.json": { outputs: { arn: known("arn:one") } } };

function look({ value = reference(...READ), others = ONE, more = {}, sameStack = () => false }: World) {
  const graph = graphOf({
    [STATE]: { backend: "consul", config: { path: "alerts" } },
    [ALARM]: { value },
    ...more,
  });
  const stacks = Object.entries(others).map(([label, other]) => stackOf(label, other));
  const own = stackOf("plan.json", { kind: "plan", outputs: { arn: known("own") } });
  return lookAcross([own, ...stacks], graph, sameStack);
}

function read(world: World): string {
  return printValue(look(world).graph.byId(ALARM)?.read("value") ?? UNSET);
}

const UNKNOWN = unknown({ why: "variable-unset", subject: "var.v" });
const to = (...steps: Step[]) => reference(STATE, ...steps);

describe("outputs of a remote state", () => {
  const secret: Value = { ...to("outputs", "arn"), sensitive: true };
  it.each<[string, Attribute, string]>([
    ["by themselves", to("outputs", "arn"), '"arn:one"'],
    ["that do not exist", to("outputs", "none"), `<${STATE}.outputs.none>`],
    ["all of them", to("outputs"), `<${STATE}.outputs>`],
    ["under another name", to("defaults", "arn"), `<${STATE}.defaults.arn>`],
    [
      "in a text",
      { kind: "text", parts: [to("outputs", "arn"), known(":*")], sensitive: false },
      '"arn:one:*"',
    ],
    ["in a list", [to("outputs", "arn"), "x"], '["arn:one", "x"]'],
    ["in a map", { a: to("outputs", "arn") }, '{a: "arn:one"}'],
    ["in a choice", oneOf(to("outputs", "arn"), known("x")), '?(one of "arn:one" | "x")'],
    ["that are marked sensitive where they are read", secret, 'secret "arn:one"'],
    [
      "in a text that is marked sensitive",
      { kind: "text", parts: [to("outputs", "arn")], sensitive: true },
      'secret "arn:one"',
    ],
    [
      "that do not exist, marked sensitive in one place",
      [{ ...to("outputs", "none"), sensitive: true }, to("outputs", "none")],
      `[secret <${STATE}.outputs.none>, <${STATE}.outputs.none>]`,
    ],
    ["of another object", reference("aws_sns_topic.t", "outputs", "arn"), "<aws_sns_topic.t.outputs.arn>"],
    ["of another data source", reference("data.aws_x.y", "outputs", "arn"), "<data.aws_x.y.outputs.arn>"],
    ["of nothing that is here", reference("data.gone.y", "outputs", "arn"), "<data.gone.y.outputs.arn>"],
    ["beside what is known", "x", '"x"'],
    ["beside what is not known", UNKNOWN, "?"],
  ])("%s", (_, value, wanted) => {
    const more = { "aws_sns_topic.t": { outputs: { arn: "x" } }, "data.aws_x.y": {} };
    expect(read({ value, more })).toBe(wanted);
  });

  it("lead on to outputs of further inputs, and into their objects", () => {
    const outputs = {
      arn: to("outputs", "second"),
      second: known("arn:end"),
      topics: { kind: "map", entries: new Map([["a", known("arn:a")]]), sensitive: false } as const,
      topic: reference("aws_sns_topic.t"),
    };
    const more = { "aws_sns_topic.t": { name: "t" } };
    const others = { "one.json": { outputs } };
    expect(read({ others })).toBe('"arn:end"');
    expect(read({ others, value: to("outputs", "topics", "a") })).toBe('"arn:a"');
    expect(read({ others, more, value: to("outputs", "topic", "name") })).toBe('"t"');
    expect(read({ others, value: to("outputs", "topic", "name") })).toBe("<aws_sns_topic.t.name>");
  });

  it("in a circle end as a reference", () => {
    const others = { "one.json": { outputs: { arn: to("outputs", "back"), back: to("outputs", "arn") } } };
    expect(read({ others })).toMatch(/^<data\.terraform_remote_state\.other\.outputs\.\w+>$/);
  });

  it.each<[string, Readonly<Record<string, Other>>, string, readonly object[]]>([
    [
      "the one that is surely the state, without a word",
      {
        "one.json": { outputs: { arn: known("arn:one") }, backend: "alerts" },
        "two.json": { outputs: { arn: known("arn:two") } },
      },
      '"arn:one"',
      [],
    ],
    [
      "no state that is surely another one",
      {
        "one.json": { outputs: { arn: known("arn:one") }, backend: "other" },
        "two.json": { outputs: { arn: known("arn:two") } },
      },
      '"arn:two"',
      [{ code: "remote-state-taken", place: "plan.json", subject: STATE, detail: "two.json" }],
    ],
    [
      "two that agree, and both are told",
      {
        "one.json": { outputs: { arn: known("arn:x") } },
        "two.json": { outputs: { arn: known("arn:x") } },
        "three.json": { outputs: {} },
      },
      '"arn:x"',
      [{ code: "remote-state-taken", place: "plan.json", subject: STATE, detail: "one.json, two.json" }],
    ],
    [
      "neither of two that differ",
      { "one.json": { outputs: { arn: known("arn:x") } }, "two.json": { outputs: { arn: known("arn:y") } } },
      `<${STATE}.outputs.arn>`,
      [],
    ],
    ["nothing where none has the output", { "one.json": { outputs: {} } }, `<${STATE}.outputs.arn>`, []],
    ["nothing but the input itself", {}, `<${STATE}.outputs.arn>`, []],
  ])("come from %s", (_, others, wanted, notes) => {
    const across = look({ others });
    expect(printValue(across.graph.byId(ALARM)?.read("value") ?? UNSET)).toBe(wanted);
    expect(across.notes()).toEqual(notes);
  });

  it("come from a stack's plan before its state", () => {
    const others: Readonly<Record<string, Other>> = {
      "old.json": { outputs: { arn: known("arn:old") } },
      "new.json": { kind: "plan", outputs: { arn: known("arn:new") } },
    };
    expect(read({ others, sameStack: () => true })).toBe('"arn:new"');
    expect(read({ others, sameStack: () => false })).toBe(`<${STATE}.outputs.arn>`);
    const states: Readonly<Record<string, Other>> = {
      ...others,
      "new.json": { outputs: { arn: known("arn:new") } },
    };
    expect(read({ others: states, sameStack: () => true })).toBe(`<${STATE}.outputs.arn>`);
  });

  it("are told once each, in order", () => {
    const second = "data.terraform_remote_state.another";
    const across = look({
      value: [to("outputs", "arn"), to("outputs", "arn"), reference(second, "outputs", "arn")],
      more: { [second]: {} },
    });
    across.graph.byId(ALARM)?.read("value");
    expect(across.notes().map(({ subject }) => subject)).toEqual([second, STATE]);
  });
});

const DATA = "data.aws_ssm_parameter.p";
const PARAMETER = "aws_ssm_parameter.p";
const HERE = { ".account": "111122223333", ".region": "eu-west-1" };

describe("SSM parameters", () => {
  const owner = { name: "/topic", value: "arn:kept", ...HERE };
  const reader = { name: "/topic", ...HERE };
  it.each<[string, readonly Step[], Resources, string]>([
    ["its value", ["value"], { [PARAMETER]: owner }, 'secret "arn:kept"'],
    ["its value that is no secret", ["insecure_value"], { [PARAMETER]: owner }, '"arn:kept"'],
    [
      "its value, written as no secret",
      ["value"],
      { [PARAMETER]: { ...owner, value: null, insecure_value: "arn:open" } },
      'secret "arn:open"',
    ],
    ["nothing else of it", ["type"], { [PARAMETER]: owner }, `<${DATA}.type>`],
    ["nothing inside its value", ["value", "x"], { [PARAMETER]: owner }, `<${DATA}.value.x>`],
    ["not another one's", ["value"], { [PARAMETER]: { ...owner, name: "/other" } }, `<${DATA}.value>`],
    [
      "not one of a name that is not known",
      ["value"],
      { [PARAMETER]: { ...owner, name: UNKNOWN } },
      `<${DATA}.value>`,
    ],
    [
      "not another region's",
      ["value"],
      { [PARAMETER]: { ...owner, ".region": "us-east-1" } },
      `<${DATA}.value>`,
    ],
    [
      "not one that may be in another region",
      ["value"],
      { [PARAMETER]: { name: "/topic", value: "x", ".provider": "other" } },
      `<${DATA}.value>`,
    ],
    [
      "not one that may be gone",
      ["value"],
      { [PARAMETER]: { ...owner, ".exists": "maybe" } },
      `<${DATA}.value>`,
    ],
    ["neither of two", ["value"], { [PARAMETER]: owner, "aws_ssm_parameter.q": owner }, `<${DATA}.value>`],
    [
      "that one of two of the name which is here",
      ["value"],
      { [PARAMETER]: owner, "aws_ssm_parameter.q": { ...owner, ".region": "us-east-1", value: "x" } },
      'secret "arn:kept"',
    ],
    ["none", ["value"], {}, `<${DATA}.value>`],
  ])("%s", (_, path, more, wanted) => {
    expect(read({ value: reference(DATA, ...path), more: { [DATA]: reader, ...more } })).toBe(wanted);
  });

  it("of a name that is not known are not looked for", () => {
    const more = { [DATA]: { ...reader, name: UNKNOWN }, [PARAMETER]: { ...owner, name: "undefined" } };
    expect(read({ value: reference(DATA, "value"), more })).toBe(`<${DATA}.value>`);
  });

  it("that are made of themselves, twice, end as a reference", () => {
    const twice: Value = {
      kind: "text",
      parts: [reference(DATA, "value"), reference(DATA, "value")],
      sensitive: false,
    };
    const more = { [DATA]: reader, [PARAMETER]: { ...owner, value: twice } };
    expect(read({ value: reference(DATA, "value"), more })).toBe(`secret <${DATA}.value><${DATA}.value>`);
  });

  it("are no outputs of a state", () => {
    const more = { [DATA]: reader, [PARAMETER]: owner };
    expect(read({ value: reference(DATA, "outputs", "arn"), more })).toBe(`<${DATA}.outputs.arn>`);
    expect(read({ value: to("value"), more: { [PARAMETER]: owner } })).toBe(`<${STATE}.value>`);
  });
});

describe("the graph", () => {
  it("is the same where nothing is looked up", () => {
    const graph = graphOf({ [ALARM]: { value: "x" } });
    const across = lookAcross([], graph, () => false);
    expect(across.graph).toBe(graph);
    expect(across.notes()).toEqual([]);
  });

  it("shows each object as it is, one and the same however it is asked for", () => {
    const { graph } = look({
      more: { "aws_cloudwatch_metric_alarm.b": { ".exists": "maybe", ".region": "eu-west-1" } },
    });
    const same = (instance: ResourceInstance | undefined) => instance && graph.byId(instance.id);
    const [a, b] = graph.resources("aws_cloudwatch_metric_alarm");
    const [source] = graph.data("terraform_remote_state");
    expect([same(a), same(b), same(source)]).toEqual([a, b, source]);
    expect(same(a)).toBe(a);
    expect(graph.everything()).toEqual([a, b]);
    expect(graph.byId("aws_sns_topic.none")).toBeUndefined();
    expect(b).toMatchObject({
      id: "aws_cloudwatch_metric_alarm.b",
      address: { type: "aws_cloudwatch_metric_alarm", name: "b" },
      name: "aws_cloudwatch_metric_alarm.b",
      input: "plan.json",
      exists: "maybe",
      doubt: "forgotten",
      fresh: true,
      scope: { region: "eu-west-1" },
      location: undefined,
    });
    expect(a?.read("value")).toBe(a?.read("value"));
  });
});
