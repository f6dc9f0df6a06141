// How often a block is there: what count, for_each and `enabled` come to, known or not.

import { describe, expect, it } from "vitest";
import type { ConfigurationBlock, Expression } from "../../../../src/model/configuration.ts";
import { known, type Scalar, UNSET, unknown, type Value } from "../../../../src/model/value.ts";
import {
  plannedRepetitions,
  type Repetitions,
  repetitionsOf,
} from "../../../../src/resolve/sources/repetition.ts";
import { list, mapOf, oneOf, set } from "../../../../src/terraform/values.ts";
import { printValue } from "../../terraform/print-value.ts";

const NO_PLACE = { location: undefined, attributes: new Map(), comments: [] };
const HERE: Expression = { kind: "literal", value: "asked for" };

function block(entries: Readonly<Record<string, Expression>>): ConfigurationBlock {
  const body = { kind: "body", entries: new Map(Object.entries(entries)), dynamic: new Map() } as const;
  return { type: "resource", labels: ["aws_sns_topic", "t"], body, ...NO_PLACE };
}

/** `key exists each.key each.value count.index` of each, then why there may be more. */
function told({ form, list: repetitions, open }: Repetitions): readonly string[] {
  const lines = repetitions.map(({ key, exists, bindings }) => {
    const names: string[] = [];
    for (let at = bindings; at !== undefined; at = at.outer) names.push(`${at.name} ${printValue(at.value)}`);
    return [JSON.stringify(key) ?? "-", exists, ...names].join(" ");
  });
  return [form, ...lines, ...(open === undefined ? [] : [`open: ${open.why} ${open.subject}`])];
}

const WAITS: Value = { kind: "reference", to: "aws_x.y", path: ["n"], sensitive: false };
const UNKNOWN = unknown({ why: "variable-unset", subject: "var.n" });
const CHOICE = { why: "expression", subject: "a choice" } as const;
const either = (...values: Value[]) => oneOf(values, CHOICE);
const texts = (...values: Scalar[]) => list(values.map((value) => known(value)));

const REST = "each {key: ?, value: ?} count {index: ?}";

describe("count", () => {
  it.each<[string, Value, readonly string[]]>([
    ["none", known(0), []],
    ["two", known(2), ["0 yes count {index: 0}", "1 yes count {index: 1}"]],
    ["a number as text", known("1"), ["0 yes count {index: 0}"]],
    ["one or none", either(known(0), known(1)), ["0 maybe count {index: 0}"]],
    ["one or two", either(known(1), known(2)), ["0 yes count {index: 0}", "1 maybe count {index: 1}"]],
    ["null, which Terraform refuses", UNSET, [`- maybe ${REST}`, "open: expression count"]],
    ["less than none", known(-1), [`- maybe ${REST}`, "open: expression count"]],
    ["half a time", known(1.5), [`- maybe ${REST}`, "open: expression count"]],
    ["a word", known("many"), [`- maybe ${REST}`, "open: expression count"]],
    ["more than anybody has", known(10_001), [`- maybe ${REST}`, "open: expression count"]],
    ["not known", UNKNOWN, [`- maybe ${REST}`, "open: variable-unset var.n"]],
    ["known after apply", WAITS, [`- maybe ${REST}`, "open: after-apply aws_x.y.n"]],
    ["one or an unknown number", either(known(1), WAITS), [`- maybe ${REST}`, "open: expression a choice"]],
    [
      "one or something else",
      unknown(CHOICE, { candidates: [known(1)], relation: "one-of", closed: false }),
      [`- maybe ${REST}`, "open: expression a choice"],
    ],
    [
      "made from one",
      unknown(CHOICE, { candidates: [known(1)], relation: "made-from", closed: true }),
      [`- maybe ${REST}`, "open: expression a choice"],
    ],
  ])("%s", (_, value, wanted) => {
    expect(told(repetitionsOf(block({ count: HERE }), () => value))).toEqual(["count", ...wanted]);
  });

  it("goes as far as ten thousand", () => {
    expect(repetitionsOf(block({ count: HERE }), () => known(10_000)).list).toHaveLength(10_000);
  });
});

describe("for_each", () => {
  it.each<[string, Value, readonly string[]]>([
    ["nothing", mapOf([]), []],
    [
      "a map",
      mapOf([
        ["a", known(1)],
        ["b", known(2)],
      ]),
      ['"a" yes each {key: "a", value: 1}', '"b" yes each {key: "b", value: 2}'],
    ],
    [
      "a set",
      set([known("x"), known("y")]),
      ['"x" yes each {key: "x", value: "x"}', '"y" yes each {key: "y", value: "y"}'],
    ],
    [
      "a list, taken as a set",
      texts("x", 1),
      ['"x" yes each {key: "x", value: "x"}', '"1" yes each {key: "1", value: 1}'],
    ],
    [
      "a list with something unknown in it",
      list([known("x"), WAITS]),
      ['"x" yes each {key: "x", value: "x"}', `- maybe ${REST}`, "open: after-apply aws_x.y.n"],
    ],
    ["a list with null in it", list([UNSET]), [`- maybe ${REST}`, "open: expression for_each"]],
    [
      "one of two maps",
      either(
        mapOf([
          ["a", known(1)],
          ["b", known(2)],
        ]),
        mapOf([["b", known(3)]]),
      ),
      ['"a" maybe each {key: "a", value: 1}', '"b" yes each {key: "b", value: ?(one of 2 | 3)}'],
    ],
    ["a text, which Terraform refuses", known("x"), [`- maybe ${REST}`, "open: expression for_each"]],
    ["not known", UNKNOWN, [`- maybe ${REST}`, "open: variable-unset var.n"]],
    [
      "a map or what is not known",
      either(mapOf([]), WAITS),
      [`- maybe ${REST}`, "open: expression a choice"],
    ],
  ])("%s", (_, value, wanted) => {
    expect(told(repetitionsOf(block({ for_each: HERE }), () => value))).toEqual(["for_each", ...wanted]);
  });

  it.each([
    [10_000, 10_000],
    [10_001, 1],
  ])("%d keys make %d instances", (size, wanted) => {
    const keys = Array.from({ length: size }, (_, index) => known(`k${index}`));
    expect(repetitionsOf(block({ for_each: HERE }), () => list(keys)).list).toHaveLength(wanted);
  });
});

describe("neither count nor for_each", () => {
  const lifecycle = (name: string): Expression => ({
    kind: "tuple",
    elements: [{ kind: "body", entries: new Map([[name, HERE]]), dynamic: new Map() }],
  });

  it.each<[string, string, Value, readonly string[]]>([
    ["switched off", "enabled", known(false), []],
    ["switched off as text", "enabled", known("false"), []],
    ["switched on", "enabled", known(true), ["- yes"]],
    ["perhaps switched on", "enabled", UNKNOWN, ["- maybe"]],
    ["with another setting", "prevent_destroy", known(false), ["- yes"]],
  ])("%s", (_, name, value, wanted) => {
    const read = repetitionsOf(block({ lifecycle: lifecycle(name) }), () => value);
    expect(told(read)).toEqual(["single", ...wanted]);
  });

  it("is there once", () => {
    expect(told(repetitionsOf(block({}), () => UNKNOWN))).toEqual(["single", "- yes"]);
  });
});

describe("the instances that a plan lists", () => {
  it.each<
    [
      string,
      Readonly<Record<string, Expression>>,
      readonly (string | number | undefined)[],
      Value,
      readonly string[],
    ]
  >([
    ["one", {}, [undefined], UNSET, ["single", "- yes"]],
    ["none", {}, [], UNSET, ["single"]],
    [
      "counted",
      { count: HERE },
      [0, 2],
      UNSET,
      ["count", "0 yes count {index: 0}", "2 yes count {index: 2}"],
    ],
    [
      "of a map, with what the code says under the key",
      { for_each: HERE },
      ["b"],
      mapOf([["b", known(2)]]),
      ["for_each", '"b" yes each {key: "b", value: 2}'],
    ],
    [
      "of a map without the key",
      { for_each: HERE },
      ["c"],
      mapOf([["b", known(2)]]),
      ["for_each", '"c" yes each {key: "c", value: ?}'],
    ],
    [
      "of a set",
      { for_each: HERE },
      ["b"],
      list([WAITS]),
      ["for_each", '"b" yes each {key: "b", value: "b"}'],
    ],
    [
      "of something unknown",
      { for_each: HERE },
      ["b"],
      UNKNOWN,
      ["for_each", '"b" yes each {key: "b", value: ?}'],
    ],
    ["of a text", { for_each: HERE }, ["b"], known("b"), ["for_each", '"b" yes each {key: "b", value: ?}']],
  ])("%s", (_, entries, keys, collection, wanted) => {
    expect(told(plannedRepetitions(block(entries), keys, () => collection))).toEqual(wanted);
  });

  it.each<[string, Value, object]>([
    ["why the collection is not known", UNKNOWN, { why: "variable-unset", subject: "var.n" }],
    ["that the code does not tell", known("b"), { why: "expression", subject: "each.value" }],
    ["that the key is not in the code", mapOf([]), { why: "expression", subject: "each.value" }],
  ])("say of each.value %s", (_, collection, origin) => {
    const [only] = plannedRepetitions(block({ for_each: HERE }), ["b"], () => collection).list;
    const each = only?.bindings?.value;
    expect(each?.kind === "map" && each.entries.get("value")).toMatchObject({ origin });
  });
});
