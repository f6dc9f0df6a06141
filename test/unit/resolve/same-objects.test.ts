// Which records of several inputs are of one object, which inputs are of one stack, and what may be outdated.

import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import { differences, findSameObjects } from "../../../src/resolve/same-objects.ts";
import type { Stack, StackRecord } from "../../../src/resolve/stack.ts";
import { type Attributes, graphOf, OPEN } from "../../tools/world.ts";

const HOME = "111122223333";
const OTHER = "444455556666";
const HERE = { ".account": HOME, ".region": "eu-west-1" };

interface Told {
  /** Of the object after apply; `null`: it is destroyed. */
  readonly has?: Attributes | null;
  readonly before?: JsonObject;
  readonly after?: JsonObject;
  readonly was?: string;
}

type Records = Readonly<Record<string, Told>>;
type Input = readonly [kind: Stack["kind"], records: Records, lineage?: string];

function stackOf(label: string, [kind, records, lineage]: Input): Stack {
  const standing = Object.entries(records).flatMap(([address, { has = {} }]) =>
    has === null ? [] : [[address, has] as const],
  );
  const graph = graphOf(Object.fromEntries(standing));
  return {
    label,
    kind,
    graph,
    lineage,
    output: () => undefined,
    records: () =>
      Object.entries(records).map(
        ([address, { before, after, was }]): StackRecord => ({
          type: address.slice(0, address.indexOf(".")),
          addresses: was === undefined ? [address] : [address, was],
          instance: graph.byId(address),
          before,
          after,
        }),
      ),
  };
}

function find(inputs: Readonly<Record<string, Input>>) {
  const stacks = new Map(Object.entries(inputs).map(([label, input]) => [label, stackOf(label, input)]));
  const found = findSameObjects([...stacks.values()]);
  const name = ({ stack, addresses }: { stack: Stack; addresses: readonly string[] }) =>
    `${stack.label} ${addresses[0]}`;
  const same = (one: string, other: string) => {
    const [a, b] = [stacks.get(one), stacks.get(other)];
    return a !== undefined && b !== undefined && found.sameStack(a, b);
  };
  return { groups: found.groups.map((group) => group.map(name)), doubtful: found.doubtful.map(name), same };
}

const arnOf = (account = HOME, region = "eu-west-1") => `arn:aws:sns:${region}:${account}:x`;
const FILTER = "aws_cloudwatch_log_metric_filter";
const named = { log_group_name: "g", name: "f", ...HERE };

describe("one object", () => {
  it.each<[string, Records, Records, boolean]>([
    [
      "by its ARN before",
      { "aws_sns_topic.a": { before: { arn: arnOf() } } },
      { "aws_sns_topic.b": { before: { arn: arnOf() } } },
      true,
    ],
    [
      "by its ARN after",
      { "aws_sns_topic.a": { after: { arn: arnOf() } } },
      { "aws_sns_topic.b": { before: { arn: arnOf() } } },
      true,
    ],
    [
      "by its ARN, written with the wildcard of log groups",
      { "aws_cloudwatch_log_group.a": { before: { arn: "arn:aws:logs:x:1:log-group:g:*" } } },
      { "aws_cloudwatch_log_group.b": { after: { arn: "arn:aws:logs:x:1:log-group:g" } } },
      true,
    ],
    [
      "not by the ARN of another type",
      { "aws_sns_topic.a": { before: { arn: arnOf() } } },
      { "aws_sns_topic_policy.b": { before: { arn: arnOf() } } },
      false,
    ],
    [
      "not by what is no ARN",
      { "aws_sns_topic.a": { before: { arn: "x" } } },
      { "aws_sns_topic.b": { before: { arn: "x" } } },
      false,
    ],
    ["by its names", { [`${FILTER}.a`]: { has: named } }, { [`${FILTER}.b`]: { has: named } }, true],
    [
      "not by one of its names",
      { [`${FILTER}.a`]: { has: named } },
      { [`${FILTER}.b`]: { has: { ...named, log_group_name: "h" } } },
      false,
    ],
    [
      "not by a name that is not known",
      { [`${FILTER}.a`]: { has: { ...named, name: OPEN } } },
      { [`${FILTER}.b`]: { has: { ...named, name: OPEN } } },
      false,
    ],
    [
      "not by an empty name",
      { [`${FILTER}.a`]: { has: { ...named, name: "" } } },
      { [`${FILTER}.b`]: { has: { ...named, name: "" } } },
      false,
    ],
    [
      "not in another account",
      { [`${FILTER}.a`]: { has: named } },
      { [`${FILTER}.b`]: { has: { ...named, ".account": OTHER } } },
      false,
    ],
    [
      "not in another region",
      { [`${FILTER}.a`]: { has: named } },
      { [`${FILTER}.b`]: { has: { ...named, ".region": "us-east-1" } } },
      false,
    ],
    [
      "not where the account is not known",
      { [`${FILTER}.a`]: { has: { ...named, ".account": OPEN } } },
      { [`${FILTER}.b`]: { has: { ...named, ".account": OPEN } } },
      false,
    ],
    [
      "not where the region is not known",
      { [`${FILTER}.a`]: { has: { ...named, ".region": OPEN } } },
      { [`${FILTER}.b`]: { has: { ...named, ".region": OPEN } } },
      false,
    ],
    [
      "not by a name that names no object",
      { "aws_iam_role_policy.a": { has: { name: "p", ...HERE } } },
      { "aws_iam_role_policy.b": { has: { name: "p", ...HERE } } },
      false,
    ],
    [
      "not where one of them goes",
      { [`${FILTER}.a`]: { has: null } },
      { [`${FILTER}.b`]: { has: named } },
      false,
    ],
  ])("is told %s", (_, one, other, wanted) => {
    const { groups } = find({ one: ["plan", one], two: ["state", other] });
    const names = [`one ${Object.keys(one)[0]}`, `two ${Object.keys(other)[0]}`];
    expect(groups).toEqual(wanted ? [names] : []);
  });

  it("may stand in three inputs, and is told by what joins any two", () => {
    const { groups } = find({
      one: ["plan", { "aws_sns_topic.a": { before: { arn: arnOf() } } }],
      two: ["plan", { "aws_sns_topic.b": { has: { name: "x", ...HERE } } }],
      three: ["plan", { "aws_sns_topic.c": { after: { arn: arnOf() }, has: { name: "x", ...HERE } } }],
    });
    expect(groups.map((group) => group.toSorted())).toEqual([
      ["one aws_sns_topic.a", "three aws_sns_topic.c", "two aws_sns_topic.b"],
    ]);
  });

  it("is nothing that one input alone holds twice", () => {
    const both = { before: { arn: arnOf() } };
    expect(find({ one: ["plan", { "aws_sns_topic.a": both, "aws_sns_topic.b": both }] }).groups).toEqual([]);
  });
});

describe("one stack", () => {
  const at = (address: string, told: Told): Records => ({ [address]: told });
  const own = { before: { arn: arnOf() } };

  it.each<[string, Input, Input, boolean]>([
    [
      "by an object at one address",
      ["plan", at("aws_sns_topic.a", own)],
      ["state", at("aws_sns_topic.a", own)],
      true,
    ],
    [
      "by the address before it was moved",
      ["plan", at("aws_sns_topic.b", { ...own, was: "aws_sns_topic.a" })],
      ["state", at("aws_sns_topic.a", own)],
      true,
    ],
    [
      "not by another address",
      ["plan", at("aws_sns_topic.a", own)],
      ["state", at("aws_sns_topic.b", own)],
      false,
    ],
    [
      "not by another object",
      ["plan", at("aws_sns_topic.a", own)],
      ["state", at("aws_sns_topic.a", { before: { arn: arnOf(OTHER) } })],
      false,
    ],
    [
      "not by an object without ARN",
      ["plan", at("aws_sns_topic.a", { before: {} })],
      ["state", at("aws_sns_topic.a", { before: {} })],
      false,
    ],
    [
      "not by an ARN that is only told after apply",
      ["plan", at("aws_sns_topic.a", { after: { arn: arnOf() } })],
      ["state", at("aws_sns_topic.a", { after: { arn: arnOf() } })],
      false,
    ],
    ["by the lineage of two states", ["state", {}, "l"], ["state", {}, "l"], true],
    ["not by another lineage", ["state", {}, "l"], ["state", {}, "m"], false],
    ["not where there is no lineage", ["state", {}], ["state", {}], false],
  ])("is told %s", (_, one, two, wanted) => {
    const { same } = find({ one, two });
    expect([same("one", "two"), same("two", "one"), same("one", "one")]).toEqual([wanted, wanted, true]);
  });

  it("is one over several inputs", () => {
    const { same } = find({
      one: ["state", {}, "l"],
      two: ["state", at("aws_sns_topic.a", own), "l"],
      three: ["plan", at("aws_sns_topic.a", own)],
    });
    expect(same("one", "three")).toBe(true);
  });

  it("holds one object at each address", () => {
    const inputs = (type: string): Readonly<Record<string, Input>> => ({
      plan: ["plan", { "aws_sns_topic.a": own, [`${type}.p`]: { has: null } }],
      state: ["state", { "aws_sns_topic.a": own, "aws_sns_topic_policy.p": {} }],
    });
    const topics = ["plan aws_sns_topic.a", "state aws_sns_topic.a"];
    expect(find(inputs("aws_sns_topic_policy")).groups.map((group) => group.toSorted())).toEqual([
      topics,
      ["plan aws_sns_topic_policy.p", "state aws_sns_topic_policy.p"],
    ]);
    expect(find(inputs("aws_sqs_queue")).groups).toEqual([topics]);
  });
});

describe("what may be outdated", () => {
  const own = { before: { arn: arnOf() } };

  it.each<[string, Input, readonly string[]]>([
    [
      "in a state, beside its plan",
      ["state", { "aws_sns_topic.a": own, "aws_sns_topic.z": {} }],
      ["two aws_sns_topic.z"],
    ],
    ["in another plan: nothing", ["plan", { "aws_sns_topic.a": own, "aws_sns_topic.z": {} }], []],
    ["in the state of another stack: nothing", ["state", { "aws_sns_topic.z": {} }], []],
  ])("is what only it holds %s", (_, two, wanted) => {
    expect(find({ one: ["plan", { "aws_sns_topic.a": own }], two }).doubtful).toEqual(wanted);
  });

  it("is not what a state holds beside another state", () => {
    const two: Input = ["state", { "aws_sns_topic.a": own, "aws_sns_topic.z": {} }];
    expect(find({ one: ["state", { "aws_sns_topic.a": own }], two }).doubtful).toEqual([]);
  });

  const perhaps = (one: Told, two: Told, type = FILTER) =>
    find({
      one: ["plan", { [`${type}.f`]: one }],
      two: ["state", { [`${type}.f`]: two, "aws_sns_topic.z": { has: { name: "z" } } }],
    }).doubtful.includes("two aws_sns_topic.z");
  const names = { log_group_name: "g", name: "f" };

  it.each<[string, Told, Told, boolean, string?]>([
    ["of those names", { has: names }, { has: names }, true],
    ["of those names, as they were before", { has: null, before: names }, { has: names }, true],
    ["of which one name is another", { has: names }, { has: { ...names, name: "g" } }, false],
    ["of which a name is not known", { has: names }, { has: { ...names, name: OPEN } }, false],
    ["of which a name is empty", { has: { ...names, name: "" } }, { has: { ...names, name: "" } }, false],
    ["that has no names", { has: {} }, { has: {} }, false],
    [
      "that is surely in another account",
      { has: { ...names, ...HERE } },
      { has: { ...names, ...HERE, ".account": OTHER } },
      false,
    ],
    [
      "that is surely in another region",
      { has: { ...names, ...HERE } },
      { has: { ...names, ...HERE, ".region": "x" } },
      false,
    ],
    [
      "whose region one does not know",
      { has: { ...names, ".account": HOME } },
      { has: { ...names, ...HERE } },
      true,
    ],
    [
      "of that ARN, moved there",
      { before: { arn: arnOf() }, has: { name: "x" } },
      { before: { arn: arnOf(OTHER) }, has: { name: "x" } },
      false,
      "aws_sns_topic",
    ],
    [
      "of that id, where nothing names it",
      { has: { id: "r" } },
      { has: { id: "r" } },
      true,
      "aws_iam_role_policy",
    ],
    ["of another id", { has: { id: "r" } }, { has: { id: "s" } }, false, "aws_iam_role_policy"],
  ])("is a state that has an object at an address of the plan %s", (_, one, two, wanted, type) => {
    expect(perhaps(one, two, type)).toBe(wanted);
  });

  it("is no state with an object of that name at another address", () => {
    const { doubtful } = find({
      one: ["plan", { [`${FILTER}.f`]: { has: names } }],
      two: ["state", { [`${FILTER}.g`]: { has: names } }],
    });
    expect(doubtful).toEqual([]);
  });

  it("may be told by the address that the plan moved the object from", () => {
    const { doubtful } = find({
      one: ["plan", { [`${FILTER}.f`]: { has: names, was: `${FILTER}.g` } }],
      two: ["state", { [`${FILTER}.g`]: { has: names } }],
    });
    expect(doubtful).toEqual([`two ${FILTER}.g`]);
  });

  const inAccount = (has: Attributes): Input => [
    "account",
    { [`${FILTER}.x`]: { has, after: { log_group_name: "g", name: "f" } } },
  ];

  it.each<[string, Input, Input, boolean]>([
    ["of a plan's names", ["plan", { [`${FILTER}.f`]: { has: named, after: names } }], inAccount({}), true],
    [
      "of a plan's names before",
      ["plan", { [`${FILTER}.f`]: { has: null, before: names } }],
      inAccount(HERE),
      true,
    ],
    ["of a state's names", ["state", { [`${FILTER}.f`]: { has: {}, after: names } }], inAccount(HERE), true],
    [
      "of another account's names",
      ["account", { [`${FILTER}.f`]: { has: {}, after: names } }],
      inAccount(HERE),
      false,
    ],
    [
      "of other names",
      ["plan", { [`${FILTER}.f`]: { has: {}, after: { ...names, name: "g" } } }],
      inAccount({}),
      false,
    ],
    [
      "of names that are not all known",
      ["plan", { [`${FILTER}.f`]: { has: {}, after: { name: "f" } } }],
      inAccount({}),
      false,
    ],
    [
      "of a plan for another account",
      ["plan", { [`${FILTER}.f`]: { has: { ".account": OTHER }, after: names } }],
      inAccount({ ".account": HOME }),
      false,
    ],
    [
      "of a plan for another region",
      ["plan", { [`${FILTER}.f`]: { has: { ".region": "x" }, after: names } }],
      inAccount({ ".region": "y" }),
      false,
    ],
    ["of another type", ["plan", { "aws_sns_topic.f": { has: {}, after: names } }], inAccount({}), false],
  ])("is what an account has %s", (_, one, two, wanted) => {
    expect(find({ one, two }).doubtful).toEqual(wanted ? [`two ${FILTER}.x`] : []);
  });

  it("is nothing that is told to be one object", () => {
    const { groups, doubtful } = find({
      one: ["plan", { [`${FILTER}.f`]: { has: named, after: names } }],
      two: inAccount(named),
    });
    expect([groups, doubtful]).toEqual([[[`one ${FILTER}.f`, `two ${FILTER}.x`]], []]);
  });
});

describe("arguments that differ", () => {
  const deep = (levels: number, leaf: Json): Json => (levels === 0 ? leaf : [deep(levels - 1, leaf)]);

  it.each<[string, Json | undefined, Json | undefined, readonly string[]]>([
    ["none in the same", { a: 1, b: ["x"] }, { a: 1, b: ["x"] }, []],
    ["all that do, in order", { b: 1, a: 1, c: 1 }, { a: 2, b: 2, c: 1 }, ["a", "b"]],
    ["only what both know", { a: 1 }, { b: 1 }, []],
    [
      "not what Terraform and AWS keep count of",
      { tags: { a: 1 }, tags_all: { a: 1 }, timeouts: { a: 1 }, id: "x" },
      { tags: { a: 2 }, tags_all: { a: 2 }, timeouts: { a: 2 }, id: "y" },
      [],
    ],
    [
      "not one that is left out in one of several ways",
      { a: null, b: "", c: [], d: {}, e: false },
      { a: "", b: [], c: {}, d: false, e: null },
      [],
    ],
    [
      "one that is set in one of them",
      { a: null, b: 0, c: "x" },
      { a: "x", b: null, c: "" },
      ["a", "b", "c"],
    ],
    ["lists of another length", { a: ["x"] }, { a: ["x", "y"] }, ["a"]],
    ["lists of other elements", { a: ["x", "y"] }, { a: ["x", "z"] }, ["a"]],
    ["lists of the same elements", { a: [{ b: 1 }] }, { a: [{ b: 1 }] }, []],
    ["objects with another entry", { a: { b: 1 } }, { a: { b: 1, c: 2 } }, ["a"]],
    ["objects without an entry", { a: { b: 1, c: 2 } }, { a: { b: 1 } }, ["a"]],
    ["objects with an entry that is left out", { a: { b: 1, c: null } }, { a: { b: 1 } }, []],
    ["a text and a number", { a: "1" }, { a: 1 }, ["a"]],
    ["a list and an object", { a: ["x"] }, { a: { b: "x" } }, ["a"]],
    ["none in what is no object", undefined, { a: 1 }, []],
    ["none in what is not told", { a: 1 }, null, []],
    ["down to where nothing real is", { a: deep(63, "x") }, { a: deep(63, "y") }, ["a"]],
    ["and no deeper", { a: deep(66, "x") }, { a: deep(66, "y") }, []],
  ])("%s", (_, one, other, wanted) => {
    expect(differences(one, other)).toEqual(wanted);
  });
});
