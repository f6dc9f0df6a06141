import { describe, expect, test } from "vitest";
import {
  agree,
  all,
  any,
  child,
  elementsOf,
  isSensitive,
  isTrue,
  isUnset,
  known,
  not,
  numberOf,
  stringOf,
  type Tri,
  UNSET,
  unknown,
  type Value,
} from "../../../src/model/value.ts";

const list = (...elements: Value[]): Value => ({ kind: "list", form: "list", elements, sensitive: false });
const open = unknown({ why: "after-apply", subject: "x" });
const reference: Value = { kind: "reference", to: "aws_sns_topic.a", path: ["arn"], sensitive: false };

describe("three-valued logic", () => {
  test.each<[Tri[], Tri, Tri, Tri]>([
    [[], "yes", "no", "maybe"],
    [["yes"], "yes", "yes", "yes"],
    [["no"], "no", "no", "no"],
    [["maybe"], "maybe", "maybe", "maybe"],
    [["yes", "no"], "no", "yes", "maybe"],
    [["yes", "maybe"], "maybe", "yes", "maybe"],
    [["no", "maybe"], "no", "maybe", "maybe"],
    [["yes", "yes"], "yes", "yes", "yes"],
    [["no", "no"], "no", "no", "no"],
    [["maybe", "no", "yes"], "no", "yes", "maybe"],
  ])("%j: all, any, agree", (answers, wantAll, wantAny, wantAgree) => {
    expect(all(answers)).toBe(wantAll);
    expect(any(answers)).toBe(wantAny);
    expect(agree(answers)).toBe(wantAgree);
  });

  test("the opposite of not knowing is not knowing", () => {
    expect([not("yes"), not("no"), not("maybe")]).toEqual(["no", "yes", "maybe"]);
  });
});

describe("values", () => {
  test.each<[string, Value, Tri]>([
    ["null", UNSET, "yes"],
    ["the empty string, as the provider stores it", known(""), "yes"],
    ["false", known(false), "no"],
    ["zero", known(0), "no"],
    ["an empty list", list(), "yes"],
    ["a list of one null", list(UNSET), "no"],
    ["a reference to an ARN", reference, "no"],
    ["a reference to what AWS may leave empty", { ...reference, path: ["dimensions"] }, "maybe"],
    ["an unknown", open, "maybe"],
  ])("%s is unset: see table", (_, value, answer) => {
    expect(isUnset(value)).toBe(answer);
  });

  test.each<[string, Value, boolean, Tri]>([
    ["true", known(true), false, "yes"],
    ["the string true", known("true"), false, "yes"],
    ["false", known(false), true, "no"],
    ["unset where the default is true", UNSET, true, "yes"],
    ["unset where the default is false", UNSET, false, "no"],
    ["unknown, whatever the default", open, true, "maybe"],
    ["a reference", reference, false, "maybe"],
  ])("%s as a condition", (_, value, whenUnset, answer) => {
    expect(isTrue(value, whenUnset)).toBe(answer);
  });

  test("going into a value keeps not knowing and never invents", () => {
    const map: Value = { kind: "map", entries: new Map([["a", known(1)]]), sensitive: false };
    expect(child(map, "a")).toEqual(known(1));
    expect(child(map, "constructor")).toBe(UNSET);
    expect(child(list(known("x")), 0)).toEqual(known("x"));
    expect(child(list(known("x")), 7)).toBe(UNSET);
    expect(child(reference, 0)).toMatchObject({ path: ["arn", 0] });
    expect(child(open, "a")).toMatchObject({ kind: "unknown", closed: false });
  });

  test("how many elements an unknown has is not known", () => {
    expect(elementsOf(open)).toBeUndefined();
    expect(elementsOf(UNSET)).toEqual([]);
    expect(elementsOf(list(known(1), open))).toHaveLength(2);
  });

  test("numbers are read as Terraform converts them, and nothing else is a number", () => {
    expect(["1", "-2.5", "1e3"].map((text) => numberOf(known(text)))).toEqual([1, -2.5, 1000]);
    expect(["", "0x10", "1 ", "Infinity", "$.latency"].map((text) => numberOf(known(text)))).toEqual(
      Array.from({ length: 5 }, () => undefined),
    );
    expect(stringOf(known(5))).toBe("5");
    expect(stringOf(UNSET)).toBeUndefined();
  });

  test("one sensitive part makes the whole sensitive", () => {
    expect(isSensitive(list(known("a"), known("secret", true)))).toBe(true);
    expect(isSensitive(list(known("a")))).toBe(false);
  });
});
