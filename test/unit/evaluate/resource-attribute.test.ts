// One attribute of every resource of one type, held against each operator, known or not.

import { describe, expect, it } from "vitest";
import { createWorld } from "../../../src/evaluate/chain/chain.ts";
import { checkResourceAttribute } from "../../../src/evaluate/checks/resource-attribute.ts";
import type { AttributeOperator, Join, PathStep, ResourceAttribute } from "../../../src/model/policy.ts";
import { known, unknown, type Value } from "../../../src/model/value.ts";
import { CONTROL } from "../../tools/chain-world.ts";
import {
  type Attribute,
  graphOf,
  madeFrom,
  OPEN,
  oneOf,
  type Resources,
  reference,
  type WorldParts,
} from "../../tools/world.ts";

const QUEUE = "aws_sqs_queue.q";

/** `a.0.*`: names, positions and every element. */
function stepsOf(path: string): readonly PathStep[] {
  return path
    .split(".")
    .map((step) =>
      step === "*" ? { kind: "every" } : { kind: "step", step: /^\d+$/.test(step) ? Number(step) : step },
    );
}

type Asked = Partial<Omit<ResourceAttribute, "kind" | "steps" | "joined">> & { readonly joined?: string };

function find(resources: Resources, { joined, path = "v", ...asked }: Asked, parts: WorldParts = {}) {
  const [resource = "", ...rest] = (joined ?? "").split(".");
  const join: Join | undefined =
    joined === undefined ? undefined : { resource, path: rest.join("."), steps: stepsOf(rest.join(".")) };
  const check: ResourceAttribute = {
    kind: "resource-attribute",
    resource: "aws_sqs_queue",
    path,
    steps: stepsOf(path),
    operator: { name: "exists", value: true },
    quantifier: "all",
    whenUnset: undefined,
    joined: join,
    ...asked,
  };
  const world = createWorld(graphOf(resources, parts), { acceptPending: false, assumptions: [] });
  return checkResourceAttribute(world, { ...CONTROL, policy: { ...CONTROL.policy, check } });
}

/** The verdict with the first cause and whom it is about. */
function tell(resources: Resources, asked: Asked, parts: WorldParts = {}): string {
  const { verdict, causes } = find(resources, asked, parts);
  const [first] = causes;
  return first === undefined ? verdict : `${verdict}: ${first.code} ${first.subject?.address ?? ""}`.trim();
}

const SATISFIED = "satisfied";
const DIFFERS = `violated: attribute-differs ${QUEUE}`;
const UNKNOWN = `undecided: not-known-before-apply ${QUEUE}`;
const NONE = "undecided: no-such-resource";

const judge = (v: Attribute, operator: AttributeOperator, more: Asked = {}, others: Resources = {}) =>
  tell({ [QUEUE]: { v }, ...others }, { operator, ...more });

describe("operators", () => {
  const equals = (value: string | number | boolean): AttributeOperator => ({ name: "equals", value });
  const within = (...values: (string | number | boolean)[]): AttributeOperator => ({ name: "in", values });
  const matches = (pattern: string): AttributeOperator => ({ name: "matches", pattern });
  const exists = (value: boolean): AttributeOperator => ({ name: "exists", value });
  const atLeast = (value: number): AttributeOperator => ({ name: "at-least", value });
  const atMost = (value: number): AttributeOperator => ({ name: "at-most", value });

  it.each<[string, Attribute, AttributeOperator, string]>([
    ["text that is equal", "x", equals("x"), SATISFIED],
    ["text that is not", "x", equals("y"), DIFFERS],
    ["text for a boolean", "true", equals(true), SATISFIED],
    ["a boolean", false, equals(true), DIFFERS],
    ["text for a number", "5", equals(5), SATISFIED],
    ["text for the same number", "5.0", equals(5), SATISFIED],
    ["a number", 6, equals(5), DIFFERS],
    ["no number", "x", equals(5), DIFFERS],
    ["a number for text", 5, equals("5"), SATISFIED],
    ["null", null, equals("null"), DIFFERS],
    ["empty text", "", equals(""), SATISFIED],
    ["what is not known", OPEN, equals("x"), UNKNOWN],
    ["a list", ["x"], equals("x"), UNKNOWN],
    ["an empty list", [], equals("x"), DIFFERS],
    ["one of several", "b", within("a", "b"), SATISFIED],
    ["one of several numbers", "2", within(1, 2), SATISFIED],
    ["none of several", "c", within("a", "b"), DIFFERS],
    ["text that matches", "abc", matches("^a.c$"), SATISFIED],
    ["text that does not", "abd", matches("^a.c$"), DIFFERS],
    ["a pattern that is none", "abd", matches("(a"), UNKNOWN],
    ["what is set", "x", exists(true), SATISFIED],
    ["what is not set", null, exists(true), DIFFERS],
    ["what is set in vain", "x", exists(false), DIFFERS],
    ["what is rightly not set", null, exists(false), SATISFIED],
    ["an empty list, which is not set", [], exists(true), DIFFERS],
    ["what may be set", OPEN, exists(true), UNKNOWN],
    ["what may be set in vain", OPEN, exists(false), UNKNOWN],
    ["enough", 90, atLeast(90), SATISFIED],
    ["too little", 89, atLeast(90), DIFFERS],
    ["enough, as text", "91", atLeast(90), SATISFIED],
    ["no amount", "many", atLeast(90), DIFFERS],
    ["few enough", 90, atMost(90), SATISFIED],
    ["too many", 91, atMost(90), DIFFERS],
    ["what is not told", null, atMost(90), DIFFERS],
  ])("%s", (_, value, operator, wanted) => {
    expect(judge(value, operator)).toBe(wanted);
  });

  it.each<[string, Attribute, string | number | boolean | undefined, string]>([
    ["the provider's default", null, 90, SATISFIED],
    ["a default that does not do", null, 7, DIFFERS],
    ["nothing", null, undefined, DIFFERS],
    ["what is written, whatever the default", 7, 90, DIFFERS],
    ["nothing while it may be written", OPEN, 90, UNKNOWN],
  ])("an argument that is not set counts as %s", (_, value, whenUnset, wanted) => {
    expect(judge(value, atLeast(90), { whenUnset })).toBe(wanted);
  });
});

describe("references", () => {
  const operator: AttributeOperator = { name: "references", type: "aws_kms_key" };
  const KEY = "aws_kms_key.k";
  const KEYS: Resources = {
    [KEY]: { arn: "arn:k", id: "k", key_id: "k2", name: "k3" },
    "aws_sns_topic.t": { arn: "arn:t" },
  };
  const text = (...parts: Value[]): Value => ({ kind: "text", parts, sensitive: false });
  const other = reference("aws_sns_topic.t", "arn");
  const open = (candidates: readonly Value[]) => unknown({ why: "expression", subject: "x" }, { candidates });

  it.each<[string, Attribute, string]>([
    ["to one", reference(KEY, "arn"), SATISFIED],
    ["to something else", other, DIFFERS],
    ["to nothing here", reference("aws_kms_key.z", "arn"), DIFFERS],
    ["by its ARN", "arn:k", SATISFIED],
    ["by its id", "k", SATISFIED],
    ["by its key id", "k2", SATISFIED],
    ["by its name", "k3", SATISFIED],
    ["by what nothing here has", "arn:elsewhere", UNKNOWN],
    ["by nothing", null, DIFFERS],
    ["by an empty text", "", DIFFERS],
    ["in a text", text(known("x"), reference(KEY, "arn")), SATISFIED],
    ["in a text of other things", text(known("arn:k"), other), DIFFERS],
    ["in a list", [other, reference(KEY, "arn")], SATISFIED],
    ["in a list of other things", [other], DIFFERS],
    ["in a map", { a: other, b: reference(KEY, "arn") }, SATISFIED],
    ["in a map of other things", { a: other }, DIFFERS],
    ["by one of two", oneOf(reference(KEY, "arn"), reference(KEY, "id")), SATISFIED],
    ["by one of two others", oneOf(other, other), DIFFERS],
    ["by one of two that differ", oneOf(reference(KEY, "arn"), other), UNKNOWN],
    ["by one, or something else", open([reference(KEY, "arn")]), UNKNOWN],
    ["by what is not known", OPEN, UNKNOWN],
  ])("%s", (_, value, wanted) => {
    expect(judge(value, operator, {}, KEYS)).toBe(wanted);
  });
});

describe("several resources", () => {
  const equals: AttributeOperator = { name: "equals", value: "x" };
  const queues = (...values: Attribute[]): Resources =>
    Object.fromEntries(values.map((v, at) => [`aws_sqs_queue.q${at}`, { v }]));
  const perhaps = (value: Attribute): Resources => ({ "aws_sqs_queue.p": { v: value, ".exists": "maybe" } });
  const differs = "violated: attribute-differs aws_sqs_queue.q1";

  it.each<[string, Resources, "all" | "any", string]>([
    ["all do", queues("x", "x"), "all", SATISFIED],
    ["one does not", queues("x", "y"), "all", differs],
    ["one is not known", queues("x", OPEN), "all", "undecided: not-known-before-apply aws_sqs_queue.q1"],
    ["one is not known and one does not", queues(OPEN, "y"), "all", differs],
    [
      "one that may not exist does not",
      { ...queues("x"), ...perhaps("y") },
      "all",
      "undecided: may-not-exist aws_sqs_queue.p",
    ],
    ["one that may not exist does", { ...queues("x"), ...perhaps("x") }, "all", SATISFIED],
    ["one of several is enough", queues("y", "x"), "any", SATISFIED],
    ["none of several", queues("y", "y"), "any", "violated: attribute-differs aws_sqs_queue.q0"],
    [
      "only one that may not exist",
      { ...queues("y"), ...perhaps("x") },
      "any",
      "undecided: may-not-exist aws_sqs_queue.p",
    ],
    [
      "none, of which one may not exist",
      { ...queues("y"), ...perhaps("y") },
      "any",
      "violated: attribute-differs aws_sqs_queue.q0",
    ],
    ["there are none", {}, "all", NONE],
    ["there are none that could do", {}, "any", NONE],
  ])("%s", (_, resources, quantifier, wanted) => {
    expect(tell(resources, { operator: equals, quantifier })).toBe(wanted);
  });

  it("are each told, the ones that decide", () => {
    const { causes } = find(queues("y", "x", OPEN, "z"), { operator: equals });
    expect(causes.map(({ subject }) => subject?.address)).toEqual(["aws_sqs_queue.q0", "aws_sqs_queue.q3"]);
  });

  const gap = {
    origin: { why: "module-not-installed", subject: "module.m" },
    types: undefined,
    location: undefined,
  } as const;
  it.each<[string, Resources, "all" | "any", string]>([
    ["none is listed", {}, "all", "undecided: more-may-exist module.m"],
    ["those that are listed do", queues("x"), "all", "undecided: more-may-exist module.m"],
    ["one that is listed does not", queues("y"), "all", "violated: attribute-differs aws_sqs_queue.q0"],
    ["one that is listed is enough", queues("x"), "any", SATISFIED],
    ["none that is listed is enough", queues("y"), "any", "undecided: more-may-exist module.m"],
    [
      "one that is listed is not known",
      queues(OPEN),
      "any",
      "undecided: not-known-before-apply aws_sqs_queue.q0",
    ],
  ])("may be more than are listed: %s", (_, resources, quantifier, wanted) => {
    expect(tell(resources, { operator: equals, quantifier }, { gaps: { aws_sqs_queue: gap } })).toBe(wanted);
  });
});

describe("paths", () => {
  const equals: AttributeOperator = { name: "equals", value: "x" };
  const at = (path: string, v: Attribute, quantifier: "all" | "any" = "all") =>
    tell({ [QUEUE]: { v } }, { operator: equals, path, quantifier });

  it.each<[string, string, Attribute, string]>([
    ["into a block", "v.a", { a: "x" }, SATISFIED],
    ["into a block that has another value", "v.a", { a: "y" }, DIFFERS],
    ["into a block without it", "v.b", { a: "x" }, DIFFERS],
    ["by position", "v.1", ["y", "x"], SATISFIED],
    ["to any element", "v.*", ["y", "x"], SATISFIED],
    ["to any element, of which none does", "v.*", ["y", "z"], DIFFERS],
    ["to any element of none", "v.*", [], DIFFERS],
    ["to any entry", "v.*", { a: "y", b: "x" }, SATISFIED],
    ["to a field of any block", "v.*.a", [{ a: "y" }, { a: "x" }], SATISFIED],
    ["to any element, where it is not known how many", "v.*", OPEN, UNKNOWN],
    ["to any element of a list that is not known", "v.*.*", [["x"], OPEN], UNKNOWN],
    ["to the only one", "v.*", "x", SATISFIED],
    ["to everything", "*", "x", UNKNOWN],
  ])("%s", (_, path, value, wanted) => {
    expect(at(path, value)).toBe(wanted);
  });

  it("are shown by the attribute that they begin with", () => {
    const { causes } = find({ [QUEUE]: { v: [{ a: "y" }] } }, { operator: equals, path: "v.0.a" });
    expect(causes).toMatchObject([
      {
        code: "attribute-differs",
        subject: { address: QUEUE, input: "plan.json" },
        attribute: "v",
        expected: equals,
        evidence: [
          { place: { address: QUEUE }, attribute: "v", value: { kind: "text", text: '[{"a":"y"}]' } },
        ],
      },
    ]);
  });

  it("say why a value is not known", () => {
    const origin = { why: "variable-unset", subject: "var.v" } as const;
    const [cause] = find({ [QUEUE]: { v: unknown(origin) } }, { operator: equals }).causes;
    expect(cause).toMatchObject({ attribute: "v", origin });
    const list = find({ [QUEUE]: { v: ["x"] } }, { operator: equals }).causes;
    expect(list).toMatchObject([{ attribute: "v", origin: { why: "after-apply", subject: QUEUE } }]);
  });
});

describe("only those that another resource leads to", () => {
  const operator: AttributeOperator = { name: "equals", value: "x" };
  const POLICY = "aws_sqs_queue_policy.p";
  const led = (queue_url: Attribute, queue: Resources[string] = {}) =>
    tell(
      { [QUEUE]: { v: "y", ...queue }, [POLICY]: { queue_url } },
      { operator, joined: "aws_sqs_queue_policy.queue_url" },
    );
  const named = { arn: "arn:q", id: "https://q", name: "jobs" };
  const open = (candidates: readonly Value[]) => unknown({ why: "expression", subject: "x" }, { candidates });
  const mine = reference(QUEUE, "id");
  const other = reference("aws_sqs_queue.z", "id");
  const text = (...parts: Value[]): Value => ({ kind: "text", parts, sensitive: false });

  it.each<[string, Attribute, Resources[string], string]>([
    ["by reference", mine, {}, DIFFERS],
    ["not by another reference", other, {}, NONE],
    ["by its ARN", "arn:q", named, DIFFERS],
    ["by its ARN with the wildcard of log groups", "arn:q:*", named, DIFFERS],
    ["by its id", "https://q", named, DIFFERS],
    ["by its name", "jobs", named, DIFFERS],
    ["by an ARN that ends in its name", "arn:aws:sqs:x:1:jobs", named, DIFFERS],
    ["not by a name that only ends alike", "other-jobs", named, NONE],
    ["not by another name", "other", named, NONE],
    ["not by nothing", "", named, NONE],
    ["not by null", null, named, NONE],
    [
      "perhaps by a name, where its own are not known",
      "jobs",
      { arn: OPEN, id: OPEN, name: OPEN },
      "undecided: not-known-before-apply",
    ],
    ["not where one of its own is known", "jobs", { arn: "arn:z", id: OPEN, name: OPEN }, NONE],
    ["in a text", text(known("x"), mine), {}, DIFFERS],
    ["not in a text of other things", text(known("jobs"), other), named, NONE],
    ["in a list", [other, mine], {}, DIFFERS],
    ["not in a list of others", [other], {}, NONE],
    ["in a map", { a: other, b: mine }, {}, DIFFERS],
    ["not in a map of others", { a: other }, {}, NONE],
    ["by a choice of it alone", oneOf(mine, mine), {}, DIFFERS],
    ["not by a choice of others", oneOf(other, other), {}, NONE],
    ["perhaps by a choice", oneOf(mine, other), {}, "undecided: not-known-before-apply"],
    ["perhaps by it or something else", open([mine]), {}, "undecided: not-known-before-apply"],
    ["perhaps by what is made from others and more", open([other]), {}, "undecided: not-known-before-apply"],
    ["by what is made from it", madeFrom([mine]), {}, DIFFERS],
    ["perhaps by what is not known", OPEN, {}, "undecided: not-known-before-apply"],
  ])("%s", (_, value, queue, wanted) => {
    expect(led(value, queue)).toMatch(new RegExp(`^${wanted}`));
  });

  it("holds where the one that is meant does, whatever others do", () => {
    const resources = { [QUEUE]: { v: "x" }, "aws_sqs_queue.z": { v: "y" }, [POLICY]: { queue_url: mine } };
    expect(tell(resources, { operator, joined: "aws_sqs_queue_policy.queue_url" })).toBe(SATISFIED);
  });

  it("cannot be saved by one that may not be meant", () => {
    const resources = { [QUEUE]: { v: "x" }, [POLICY]: { queue_url: OPEN } };
    const joined = "aws_sqs_queue_policy.queue_url";
    expect(tell(resources, { operator, joined, quantifier: "any" })).toBe(UNKNOWN);
    expect(tell(resources, { operator, joined, quantifier: "all" })).toBe(SATISFIED);
  });

  it("goes by any element, and is open where it is not known how many there are", () => {
    const joined = "aws_sqs_queue_policy.all.*.url";
    const resources = (all: Attribute) => ({ [QUEUE]: { v: "y" }, [POLICY]: { all } });
    expect(tell(resources([{ url: other }, { url: mine }]), { operator, joined })).toBe(DIFFERS);
    expect(tell(resources([{ url: other }]), { operator, joined })).toBe(NONE);
    expect(tell(resources(OPEN), { operator, joined })).toMatch(/^undecided: not-known/);
    expect(tell(resources(mine), { operator, joined: "aws_sqs_queue_policy.*" })).toMatch(
      /^undecided: not-known/,
    );
  });

  it("is open where others may lead to more than is listed", () => {
    const gap = {
      origin: { why: "module-not-installed", subject: "module.m" },
      types: undefined,
      location: undefined,
    } as const;
    const resources = { [QUEUE]: { v: "y" } };
    const joined = "aws_sqs_queue_policy.queue_url";
    expect(tell(resources, { operator, joined })).toBe(NONE);
    expect(tell(resources, { operator, joined }, { gaps: { aws_sqs_queue_policy: gap } })).toMatch(
      /^undecided: not-known/,
    );
  });
});

describe("another kind of check", () => {
  it("is a bug", () => {
    const world = createWorld(graphOf({}), { acceptPending: false, assumptions: [] });
    expect(() => checkResourceAttribute(world, CONTROL)).toThrow(/log-pattern-alarm/);
  });
});
