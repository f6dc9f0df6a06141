// What an attribute of a planned object comes to, where the plan does not tell it: the code, the expression behind it, or
// the name that says the same.

import { describe, expect, it } from "vitest";
import { parseAddress } from "../../../src/model/address.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import { known, type Step, unknown, type Value } from "../../../src/model/value.ts";
import { type Explain, knownString, readAttribute } from "../../../src/resolve/attributes.ts";
import type { Scope } from "../../../src/resolve/follow.ts";
import type { IndexedObject } from "../../../src/resolve/plan-index.ts";
import { printValue } from "../terraform/print-value.ts";

interface Planned {
  readonly values?: Json;
  readonly unknown?: Json;
  readonly sensitive?: Json;
  /** `undefined`: the plan does not have the block. */
  readonly expressions?: JsonObject;
}

const GROUP = "aws_cloudwatch_log_group.g";

function objectOf(
  printed: string,
  { values = {}, unknown = {}, sensitive = {}, expressions }: Planned,
): IndexedObject {
  const address = parseAddress(printed);
  if (address === undefined) throw new Error(`${printed} is no address`);
  const { mode, type, name } = address;
  return {
    id: printed,
    object: { address, printed, values, unknown, sensitive, exists: "yes", doubt: undefined, fresh: true },
    configuration: expressions && {
      mode,
      type,
      name,
      providerKey: "aws",
      expressions,
      count: undefined,
      forEach: undefined,
    },
  };
}

/** What follows an expression: one that names `settled` is known to Terraform, others tell what they name. */
function followed(expression: Json | undefined): { value: Value; settled: boolean } {
  const text = JSON.stringify(expression);
  return { value: known(`followed ${text}`), settled: text.includes("settled") || text.includes("constant") };
}

function read(printed: string, attribute: string, planned: Planned, explain?: Explain): Value {
  return readAttribute(objectOf(printed, planned), attribute, { follow: followed, explain });
}

const refs = (...references: string[]) => ({ references });
const OPEN = { arn: true };
const told = (...references: string[]) => JSON.stringify(`followed ${JSON.stringify(refs(...references))}`);

describe("an attribute", () => {
  it.each<[string, string, Planned, string]>([
    ["that is known", "name", { values: { name: "x" } }, '"x"'],
    ["that is not there", "name", {}, "null"],
    ["that is sensitive", "name", { values: { name: "x" }, sensitive: { name: true } }, 'secret "x"'],
    ["of an object that is sensitive", "name", { values: { name: "x" }, sensitive: true }, 'secret "x"'],
    ["behind an expression", "arn", { unknown: OPEN, expressions: { arn: refs("a.b") } }, told("a.b")],
    [
      "behind an expression, of an object of which nothing is known",
      "arn",
      { unknown: true, expressions: { arn: refs("a.b") } },
      told("a.b"),
    ],
    [
      "behind an expression, sensitive",
      "arn",
      { unknown: OPEN, sensitive: OPEN, expressions: { arn: refs("a.b") } },
      `secret ${told("a.b")}`,
    ],
    ["that nobody writes", "arn", { unknown: OPEN, expressions: {} }, `<${GROUP}.arn>`],
    [
      "that nobody writes, sensitive",
      "arn",
      { unknown: OPEN, sensitive: OPEN, expressions: {} },
      `secret <${GROUP}.arn>`,
    ],
    ["of a block that the plan does not have", "arn", { unknown: OPEN }, "?"],
    ["behind what Terraform knows", "arn", { unknown: OPEN, expressions: { arn: refs("settled") } }, "?"],
    ["behind a constant", "arn", { unknown: OPEN, expressions: { arn: { constant_value: "x" } } }, '"x"'],
    [
      "behind a template",
      "arn",
      { unknown: OPEN, expressions: { arn: { constant_value: "x", ...refs("settled") } } },
      "?",
    ],
    ["behind a function of constants", "arn", { unknown: OPEN, expressions: { arn: {} } }, '"followed {}"'],
  ])("%s", (_, attribute, planned, wanted) => {
    expect(printValue(read(GROUP, attribute, planned))).toBe(wanted);
  });

  it("says where it is not known", () => {
    for (const expressions of [undefined, { policy: refs("settled") }]) {
      const value = read(GROUP, "policy", {
        unknown: { policy: [{ name: true }] },
        ...(expressions && { expressions }),
      });
      expect(value).toMatchObject({
        elements: [
          {
            entries: new Map([["name", unknown({ why: "after-apply", subject: `${GROUP}.policy.0.name` })]]),
          },
        ],
      });
    }
  });

  it("is followed from its own place", () => {
    const scopes: Scope[] = [];
    const object = objectOf('module.m["k"].aws_sns_topic.t[0]', {
      unknown: OPEN,
      expressions: { arn: refs("a.b") },
    });
    const forEach = refs("each.here");
    const configuration = object.configuration && { ...object.configuration, forEach };
    readAttribute({ ...object, configuration }, "arn", {
      explain: undefined,
      follow: (expression, scope) => {
        scopes.push(scope);
        return followed(expression);
      },
    });
    expect(scopes).toEqual([{ path: [{ name: "m", key: "k" }], key: 0, forEach }]);
  });
});

describe("what the code says", () => {
  const planned = { unknown: OPEN, expressions: { arn: refs("a.b") } };
  const nothing = unknown({ why: "expression", subject: "x" });

  it.each<[string, Value | undefined, string]>([
    ["counts before the plan's configuration", known("code"), '"code"'],
    ["may be nothing", undefined, told("a.b")],
    ["may say nothing", nothing, told("a.b")],
    ["may be a choice", { ...nothing, candidates: [known("c")] }, '?(made from "c" …)'],
  ])("%s", (_, value, wanted) => {
    expect(printValue(read(GROUP, "arn", planned, () => value))).toBe(wanted);
  });

  it("is asked by the whole path", () => {
    const asked: (readonly Step[])[] = [];
    read(GROUP, "x", { unknown: { x: [{ y: true }] }, expressions: {} }, (object, path) => {
      asked.push([object.id, ...path]);
      return known("code");
    });
    expect(asked).toEqual([[GROUP, "x", 0, "y"]]);
  });
});

describe("a name that says the same", () => {
  const named = (values: JsonObject, more: Planned = {}) => ({
    values,
    unknown: { id: true },
    expressions: {},
    ...more,
  });

  it.each<[string, string, string, Planned, string]>([
    ["is the id of a log group", GROUP, "id", named({ name: "x" }), '"x"'],
    ["may not be known", GROUP, "id", named({}), `<${GROUP}.id>`],
    ["may be empty", GROUP, "id", named({ name: "" }), `<${GROUP}.id>`],
    ["may be no text", GROUP, "id", named({ name: 5 }), `<${GROUP}.id>`],
    [
      "is sensitive as the name is",
      GROUP,
      "id",
      named({ name: "x" }, { sensitive: { name: true } }),
      'secret "x"',
    ],
    ["is sensitive as the object is", GROUP, "id", named({ name: "x" }, { sensitive: true }), 'secret "x"'],
    ["is an alarm's id", "aws_cloudwatch_metric_alarm.a", "id", named({ alarm_name: "x", name: "y" }), '"x"'],
    ["is no topic's id", "aws_sns_topic.t", "id", named({ name: "x" }), "<aws_sns_topic.t.id>"],
    [
      "is no other attribute",
      GROUP,
      "arn",
      { values: { name: "x" }, unknown: { arn: true }, expressions: {} },
      `<${GROUP}.arn>`,
    ],
  ])("%s", (_, printed, attribute, planned, wanted) => {
    expect(printValue(read(printed, attribute, planned))).toBe(wanted);
  });

  it("is no text where it is asked for", () => {
    expect(knownString(objectOf(GROUP, { values: { name: "x", empty: "", n: 5 } }), "name")).toBe("x");
    expect(knownString(objectOf(GROUP, { values: { name: "x", empty: "", n: 5 } }), "empty")).toBeUndefined();
    expect(knownString(objectOf(GROUP, { values: { name: "x", empty: "", n: 5 } }), "n")).toBeUndefined();
    expect(knownString(objectOf(GROUP, { values: null }), "name")).toBeUndefined();
  });
});

const ALARM = "aws_cloudwatch_metric_alarm.a";
const query = (id: string, more: JsonObject = {}) => ({ id: { constant_value: id }, ...more });

describe("the expression behind a place in blocks", () => {
  const OTHER = { stat: refs("other") };
  const WANTED = { stat: refs("wanted") };

  it.each<[string, JsonObject, Planned["values"], Json, string]>([
    ["of a lone block", { q: [WANTED] }, { q: [{}] }, { q: [{ stat: true }] }, `[{stat: ${told("wanted")}}]`],
    [
      "of a block that is no list",
      { q: WANTED },
      { q: [{}] },
      { q: [{ stat: true }] },
      `[{stat: ${told("wanted")}}]`,
    ],
    [
      "of another one than the lone block that is no list",
      { q: WANTED },
      { q: [{}, {}] },
      { q: [{}, { stat: true }] },
      "[{}, {stat: ?}]",
    ],
    [
      "by its id, whatever its position",
      { q: [query("b", OTHER), query("a", WANTED)] },
      { q: [{ id: "a" }, { id: "b" }] },
      { q: [{ stat: true }, {}] },
      `[{id: "a", stat: ${told("wanted")}}, {id: "b"}]`,
    ],
    [
      "by its field",
      {
        q: [
          { field: { constant_value: "b" }, ...OTHER },
          { field: { constant_value: "a" }, ...WANTED },
        ],
      },
      { q: [{ field: "a" }, { field: "b" }] },
      { q: [{ stat: true }, {}] },
      `[{field: "a", stat: ${told("wanted")}}, {field: "b"}]`,
    ],
    [
      "by an id that two blocks have",
      { q: [query("a", OTHER), query("a", WANTED)] },
      { q: [{ id: "a" }, { id: "a" }] },
      { q: [{ stat: true }, {}] },
      '[{id: "a", stat: ?}, {id: "a"}]',
    ],
    [
      "by an id that is written otherwise",
      { q: [{ id: refs("var.a"), ...OTHER }, query("b", OTHER)] },
      { q: [{ id: "a" }, { id: "b" }] },
      { q: [{ stat: true }, {}] },
      '[{id: "a", stat: ?}, {id: "b"}]',
    ],
    [
      "by position, where nothing else tells",
      { q: [OTHER, WANTED] },
      { q: [{}, {}] },
      { q: [{}, { stat: true }] },
      `[{}, {stat: ${told("wanted")}}]`,
    ],
    [
      "where some blocks are not written",
      { q: [WANTED] },
      { q: [{}, {}] },
      { q: [{ stat: true }, {}] },
      "[{stat: ?}, {}]",
    ],
    [
      "of a block that is not told",
      { q: [WANTED] },
      {},
      { q: [{ stat: true }] },
      `[{stat: ${told("wanted")}}]`,
    ],
    [
      "that is not written in its block",
      { q: [{}, {}] },
      { q: [{}, {}] },
      { q: [{ stat: true }, {}] },
      '[{stat: "followed {}"}, {}]',
    ],
    ["that its block leaves out", { q: [OTHER] }, { q: [{}] }, { q: [{ more: true }] }, "[{more: ?}]"],
    ["in a list of blocks that is not written", {}, { q: [{}] }, { q: [{ stat: true }] }, "[{stat: ?}]"],
    [
      "in a block of a block",
      { q: [query("b", { metric: [OTHER] }), query("a", { metric: [WANTED] })] },
      { q: [{ id: "a", metric: [{}] }, { id: "b" }] },
      { q: [{ metric: [{ stat: true }] }, {}] },
      `[{id: "a", metric: [{stat: ${told("wanted")}}]}, {id: "b"}]`,
    ],
    [
      "in blocks of a block, by id",
      { q: [{ inner: [query("y", OTHER), query("x", WANTED)] }] },
      { q: [{ inner: [{ id: "x" }, { id: "y" }] }] },
      { q: [{ inner: [{ stat: true }, {}] }] },
      `[{inner: [{id: "x", stat: ${told("wanted")}}, {id: "y"}]}]`,
    ],
    [
      "inside an argument",
      { q: refs("a.b") },
      { q: ["x", null] },
      { q: [false, true] },
      `["x", ${told("a.b")}]`,
    ],
    [
      "inside a constant",
      { q: { constant_value: ["x", "y"] } },
      { q: ["x", null] },
      { q: [false, true] },
      '["x", "y"]',
    ],
    ["of all blocks at once", { q: [WANTED] }, {}, { q: true }, "?"],
  ])("%s", (_, expressions, values, mask, wanted) => {
    const planned = { expressions, values: values ?? {}, unknown: mask };
    expect(printValue(read(ALARM, "q", planned))).toBe(wanted);
  });
});
