import { describe, expect, it } from "vitest";
import {
  evidenceOf,
  outsidePlace,
  placeOf,
  readPath,
  show,
  spoken,
  withoutTokens,
} from "../../../src/evaluate/evidence.ts";
import type { ResourceInstance } from "../../../src/model/graph.ts";
import { known, unknown, type Value } from "../../../src/model/value.ts";
import { type Attribute, graphOf, madeFrom, OPEN, oneOf, reference } from "../../tools/world.ts";
import { printValue } from "../terraform/print-value.ts";

const FILTER = "aws_cloudwatch_log_metric_filter.f";

function filterWith(attributes: Readonly<Record<string, Attribute>>): ResourceInstance {
  const found = graphOf({ [FILTER]: attributes }).byId(FILTER);
  if (found === undefined) throw new Error("no filter");
  return found;
}

describe("web addresses", () => {
  it.each([
    ["nothing to hide", "https://example.com", "https://example.com"],
    ["a root", "https://example.com/", "https://example.com/"],
    ["a path", "https://hooks.example.com/services/T0/B0/key", "https://hooks.example.com/(hidden)"],
    ["a query", "https://api.example.com?apiKey=key", "https://api.example.com/(hidden)"],
    ["a fragment", "https://example.com/#key", "https://example.com/(hidden)"],
    ["user and password", "https://user:key@example.com", "https://example.com/(hidden)"],
    ["two at signs", "http://user:k@ey@example.com/", "http://example.com/(hidden)"],
    ["capitals and blanks", "  HTTPS://example.com/key", "HTTPS://example.com/(hidden)"],
    ["backslashes", "https:\\\\example.com\\key", "https://example.com/(hidden)"],
    ["an ARN", "arn:aws:sqs:eu-west-1:111122223333:inbox", "arn:aws:sqs:eu-west-1:111122223333:inbox"],
  ])("with %s", (_, text, shown) => {
    expect(withoutTokens(text)).toBe(shown);
  });

  it("are shortened wherever a value is shown", () => {
    const endpoint = known("https://example.com/hook?token=key");
    expect(show(endpoint)).toEqual({ kind: "text", text: "https://example.com/(hidden)" });
    expect(spoken(endpoint)).toBe("https://example.com/(hidden)");
    expect(spoken(known("key", true))).toBe("(sensitive)");
  });
});

describe("what is shown of a value", () => {
  const text = (...parts: Value[]): Value => ({ kind: "text", parts, sensitive: false });
  const topic = reference("aws_sns_topic.t", "arn");
  const from = (...names: string[]) => ({ kind: "unknown", from: names });

  it.each<[string, Attribute, object]>([
    ["text", "x", { kind: "text", text: "x" }],
    ["a number", 5, { kind: "text", text: "5" }],
    ["false", false, { kind: "text", text: "false" }],
    ["what is not set", null, { kind: "unset" }],
    ["what is sensitive", known("x", true), { kind: "sensitive" }],
    ["a list with something sensitive", ["x", known("y", true)], { kind: "sensitive" }],
    ["a list", ["x", 5, null], { kind: "text", text: '["x",5,null]' }],
    ["a map", { a: "x", b: { c: [true] } }, { kind: "text", text: '{"a":"x","b":{"c":[true]}}' }],
    ["an empty list", [], { kind: "text", text: "[]" }],
    ["a reference", topic, from("aws_sns_topic.t.arn")],
    ["a reference to an object", reference("aws_sns_topic.t"), from("aws_sns_topic.t")],
    ["a text with a reference", text(topic, known(":*")), from("aws_sns_topic.t.arn")],
    ["a list of references, each once", [topic, "x", topic], from("aws_sns_topic.t.arn")],
    [
      "a map of references",
      { a: topic, b: reference("aws_x.y", "z", 0) },
      from("aws_sns_topic.t.arn", "aws_x.y.z.0"),
    ],
    ["a choice", oneOf(topic, reference("aws_x.y", "id")), from("aws_sns_topic.t.arn", "aws_x.y.id")],
    ["what is made from something", madeFrom([topic], [known("x")]), from("aws_sns_topic.t.arn")],
    ["what is not known", OPEN, from("elsewhere")],
    ["what nothing is known of", unknown({ why: "expression", subject: "" }), from()],
    [
      "a list with something of which nothing is known",
      [unknown({ why: "expression", subject: "" })],
      { kind: "text", text: "[null]" },
    ],
    ["long text", "x".repeat(2001), { kind: "text", text: `${"x".repeat(2000)}…` }],
    ["text that is not too long", "x".repeat(2000), { kind: "text", text: "x".repeat(2000) }],
  ])("%s", (_, value, wanted) => {
    expect(show(filterWith({ v: value }).read("v"))).toEqual(wanted);
  });

  it.each<[string, Value, string]>([
    ["text", known("x"), "x"],
    ["a number", known(5), "5"],
    ["what is not set", known(null), ""],
    ["what is not known", OPEN, ""],
    ["what is sensitive", known("x", true), "(sensitive)"],
  ])("in a sentence: %s", (_, value, wanted) => {
    expect(spoken(value)).toBe(wanted);
  });
});

describe("an attribute, or a field of a block", () => {
  it.each<[string, Attribute, string, string]>([
    ["by name", "x", "v", '"x"'],
    ["that is not there", "x", "w", "null"],
    ["in a lone block", [{ a: "x" }], "v.a", '"x"'],
    ["in a map", { a: "x" }, "v.a", '"x"'],
    ["in a lone block of a lone block", [{ a: [{ b: "x" }] }], "v.a.b", '"x"'],
    [
      "in one of several blocks, which are shown as they are",
      [{ a: "x" }, { a: "y" }],
      "v.a",
      '[{a: "x"}, {a: "y"}]',
    ],
    ["in no block", [], "v.a", "[]"],
    ["in what is no block", "x", "v.a", '"x"'],
    ["in what is not known", OPEN, "v.a", "?"],
    ["in a lone element that is no block", ["x"], "v.a", '"x"'],
    ["that its block does not have", [{ a: "x" }], "v.b", "null"],
  ])("%s", (_, value, path, wanted) => {
    expect(printValue(readPath(filterWith({ v: value }), path))).toBe(wanted);
  });
});

describe("a place", () => {
  it("is where an object of the inputs stands, with the attribute that is looked at", () => {
    const filter = filterWith({ v: [{ a: "x" }] });
    const place = { address: FILTER, location: undefined, input: "plan.json" };
    expect(placeOf(filter)).toEqual(place);
    expect(evidenceOf(filter)).toEqual({ place, attribute: undefined, value: undefined });
    expect(evidenceOf(filter, "v.a")).toEqual({
      place,
      attribute: "v.a",
      value: { kind: "text", text: "x" },
    });
  });

  it("may be outside the inputs", () => {
    expect(outsidePlace("trail")).toEqual({ address: "trail", location: undefined, input: undefined });
  });
});
