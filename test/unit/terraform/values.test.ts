// How values are put together: order, choices, what is made from what, and what stands for several.

import { describe, expect, it } from "vitest";
import { known, UNSET, unknown, type Value } from "../../../src/model/value.ts";
import { fail } from "../../../src/terraform/failure.ts";
import {
  allDiffer,
  compareText,
  derived,
  distinctValues,
  holdsSensitive,
  isDefinite,
  isSettled,
  isSeveral,
  isUnordered,
  joinText,
  list,
  madeFrom,
  mapElements,
  mapOf,
  marked,
  oneOf,
  originOf,
  set,
  several,
  spread,
  taken,
  text,
  tuple,
  unordered,
} from "../../../src/terraform/values.ts";
import { printValue } from "./print-value.ts";

const ORIGIN = { why: "variable-unset", subject: "var.u" } as const;
const OTHER = { why: "after-apply", subject: "t.x" } as const;
const U = unknown(ORIGIN);
const SECRET = known("s", true);
const A: Value = { kind: "reference", to: "a", path: ["arn"], sensitive: false };
const B: Value = { kind: "reference", to: "b", path: [], sensitive: false };

function choice(candidates: readonly Value[], closed = true, sensitive = false) {
  return unknown(ORIGIN, { candidates, relation: "one-of", closed, sensitive });
}

/** A value of which one part, deep inside, is the given one. */
function around(part: Value): Value {
  return tuple([known(1), mapOf([["k", tuple([part])]])]);
}

describe("what is known of a value", () => {
  it.each<[Value, boolean, boolean, boolean]>([
    [known(1), true, true, false],
    [SECRET, true, true, true],
    [A, false, true, false],
    [joinText([known("x"), A]), false, true, false],
    [joinText([known("x"), U]), false, false, false],
    [U, false, false, false],
    [marked(U, true), false, false, true],
    [tuple([]), true, true, false],
    [around(known(1)), true, true, false],
    [around(SECRET), true, true, true],
    [around(A), false, true, false],
    [around(U), false, false, false],
    [around(marked(A, true)), false, true, true],
    [choice([known(1), SECRET]), false, false, true],
    [joinText([known("x"), marked(A, true)]), false, true, true],
  ])("%#", (value, settled, definite, sensitive) => {
    expect([isSettled(value), isDefinite(value), holdsSensitive(value)]).toEqual([
      settled,
      definite,
      sensitive,
    ]);
    // A second time it comes from what is remembered.
    expect([isSettled(value), isDefinite(value), holdsSensitive(value)]).toEqual([
      settled,
      definite,
      sensitive,
    ]);
  });

  it("is marked once", () => {
    expect(marked(A, false)).toBe(A);
    expect(marked(SECRET, true)).toBe(SECRET);
    expect(marked(SECRET, false)).toBe(SECRET);
    expect(marked(A, true)).toEqual({ ...A, sensitive: true });
  });

  it("has the reason of the first part that is not known", () => {
    expect(originOf([])).toBeUndefined();
    expect(originOf([known(1), tuple([known(2)])])).toBeUndefined();
    expect(originOf([known(1), around(U), A])).toEqual(ORIGIN);
    expect(originOf([around(A), U])).toEqual({ why: "after-apply", subject: "a.arn" });
    expect(originOf([joinText([known("x"), A])])).toEqual({ why: "after-apply", subject: "a.arn" });
    expect(originOf([{ ...A, path: ["x", 0, "y"] } as Value])).toEqual({
      why: "after-apply",
      subject: "a.x.0.y",
    });
  });
});

describe("strings", () => {
  it.each<[readonly Value[], string]>([
    [[], '""'],
    [[known("")], '""'],
    [[known("a"), known(1), known(true)], '"a1true"'],
    [[known(""), A, known("")], "<a.arn>"],
    [[known("x"), joinText([known("y"), A]), known("z")], "xy<a.arn>z"],
    [[SECRET], 'secret "s"'],
    [[known("x"), SECRET], 'secret "xs"'],
    [[SECRET, A], "secret s<a.arn>"],
    [[A, B], "<a.arn><b>"],
  ])("%#", (parts, printed) => {
    expect(printValue(joinText(parts))).toBe(printed);
  });

  it("hold literals that are joined", () => {
    const joined = joinText([known("a"), known("b"), A, known("c"), known("d")]);
    expect(joined.kind === "text" && joined.parts).toEqual([known("ab"), A, known("cd")]);
  });
});

describe("order", () => {
  it.each([
    ["a", "a", 0],
    ["a", "b", -1],
    ["b", "a", 1],
    ["a", "ab", -1],
    ["ab", "a", 1],
    ["", "a", -1],
    ["a", "", 1],
    ["Z", "a", -1],
    ["\uFFFD", "😀", -1],
    ["😀", "\uFFFD", 1],
    ["😀a", "😀b", -1],
    ["😀b", "😀a", 1],
    ["x😀", "x😁", -1],
    ["😀", "😀😀", -1],
  ])("of %j and %j", (a, b, sign) => {
    expect(Math.sign(compareText(a, b))).toBe(sign);
  });

  it.each<[readonly Value[], string]>([
    [[known("b"), known("a"), known("b")], 'set("a", "b")'],
    [[known(10), known(9)], "set(9, 10)"],
    [[known(true), known(false)], "set(false, true)"],
    [[known("b"), A, known("a")], 'set("b", <a.arn>, "a")'],
    [[A, A, B], "set(<a.arn>, <b>)"],
    [[tuple([known(1)]), tuple([known(1)])], "set([1])"],
    [[tuple([known(2)]), tuple([known(1)])], "set([2], [1])"],
    [[known(1), known("1")], 'set(1, "1")'],
  ])("of sets %#", (elements, printed) => {
    expect(printValue(set(elements))).toBe(printed);
  });

  it("of maps is that of their keys, and the last of equal ones counts", () => {
    const map = mapOf([
      ["b", known(1)],
      ["a", known(2)],
      ["b", known(3)],
    ]);
    expect(printValue(map)).toBe("{a: 2, b: 3}");
  });

  it.each<[Value, boolean]>([
    [set([A, B]), true],
    [set([A]), false],
    [set([known(1), known(2)]), false],
    [tuple([A, B]), false],
    [list([A, B]), false],
    [A, false],
    [mapOf([["k", A]]), false],
  ])("is not known of sets with parts that are not (%#)", (value, answer) => {
    expect(isUnordered(value)).toBe(answer);
  });

  it("is lost by what is made of such sets", () => {
    expect(printValue(unordered(tuple([A, known(1)])))).toBe("set(<a.arn>, 1)");
    expect(printValue(unordered(tuple([known(1), known(2)])))).toBe("[?(one of 1 | 2), ?(one of 1 | 2)]");
    expect(printValue(unordered(known(1)))).toBe("1");
    expect(originOf([unordered(tuple([known(1), known(2)]))])).toEqual({
      why: "expression",
      subject: "an element of a set",
    });
  });
});

describe("the same and others", () => {
  it("stand once", () => {
    const values = [A, known("a"), A, known("a"), tuple([A]), tuple([A]), U, U, B];
    expect(distinctValues(values).map(printValue)).toEqual(["<a.arn>", '"a"', "[<a.arn>]", "?", "<b>"]);
    expect(distinctValues([U, unknown(ORIGIN)])).toHaveLength(2);
    expect(
      distinctValues([{ ...A, path: ["arn", 0] } as Value, { ...A, path: ["arn", "0"] } as Value]),
    ).toHaveLength(2);
  });

  it.each<[readonly Value[], boolean]>([
    [[], true],
    [[known(1), known(2)], true],
    [[A], true],
    [[A, B], false],
    [[A, UNSET], true],
    [[known("x"), joinText([known("y"), U])], true],
    [[known("y1"), joinText([known("y"), U])], false],
    [[known(1), A, known(2)], false],
  ])("surely differ or may not (%#)", (elements, answer) => {
    expect(allDiffer(elements)).toBe(answer);
  });
});

describe("one of several", () => {
  it.each<[string, () => Value, string]>([
    ["of none", () => oneOf([], ORIGIN), "?"],
    ["of one", () => oneOf([A], ORIGIN), "<a.arn>"],
    ["of one and maybe others", () => oneOf([A], ORIGIN, false), "?(one of <a.arn> …)"],
    ["of an unknown one", () => oneOf([U], ORIGIN), "?"],
    ["of equal ones", () => oneOf([A, A], ORIGIN), "<a.arn>"],
    ["of two", () => oneOf([A, B], ORIGIN), "?(one of <a.arn> | <b>)"],
    ["of two and maybe others", () => oneOf([A, B], ORIGIN, false), "?(one of <a.arn> | <b> …)"],
    ["with an unknown one", () => oneOf([A, U], ORIGIN), "?(one of <a.arn> | ? …)"],
    ["with a choice", () => oneOf([A, choice([B, known(1)])], ORIGIN), "?(one of <a.arn> | <b> | 1)"],
    ["with an open choice", () => oneOf([A, choice([B], false)], ORIGIN), "?(one of <a.arn> | <b> …)"],
    ["with a choice of nothing", () => oneOf([A, choice([])], ORIGIN), "?(one of <a.arn> | ?)"],
    [
      "with a secret choice",
      () => oneOf([A, choice([B], true, true)], ORIGIN),
      "?(one of <a.arn> | secret <b>)",
    ],
    [
      "with what is made from others",
      () => oneOf([A, unknown(ORIGIN, { candidates: [B], closed: true })], ORIGIN),
      "?(one of <a.arn> | ?(made from <b>))",
    ],
  ])("%s", (_, make, printed) => {
    expect(printValue(make())).toBe(printed);
  });

  it("has the reason of the choice", () => {
    expect(originOf([oneOf([A, B], OTHER)])).toEqual(OTHER);
    expect(originOf([oneOf([], OTHER)])).toEqual(OTHER);
  });
});

describe("what is made from others", () => {
  it.each<[string, () => Value, string]>([
    ["derived from nothing", () => derived([]), "?"],
    ["derived from a secret", () => derived([known(1), around(SECRET)]), "secret ?"],
    ["derived", () => derived([A, known(1)]), "?"],
    ["made from nothing", () => madeFrom([]), "?"],
    ["made from one", () => madeFrom([A]), "?(made from <a.arn> …)"],
    ["made from some and no other", () => madeFrom([A, B, A], true), "?(made from <a.arn> | <b>)"],
    ["made from known ones", () => madeFrom([known(1), known(1)], true), "?"],
    [
      "made beside known ones",
      () => madeFrom([A, known(1), UNSET, known(1)]),
      "?(made from <a.arn> … beside 1)",
    ],
    ["made from a secret", () => madeFrom([A, SECRET]), 'secret ?(made from <a.arn> … beside secret "s")'],
  ])("%s", (_, make, printed) => {
    expect(printValue(make())).toBe(printed);
  });

  it("has the reason of the first that is not known", () => {
    expect(originOf([derived([known(1), A, U])])).toEqual({ why: "after-apply", subject: "a.arn" });
    expect(originOf([madeFrom([known(1), U, A])])).toEqual(ORIGIN);
    expect(originOf([derived([known(1)])])).toEqual({ why: "expression", subject: "expression" });
    expect(originOf([madeFrom([known(1)])])).toEqual({ why: "expression", subject: "expression" });
  });

  it("keeps known values apart only where there are any", () => {
    const made = madeFrom([A]);
    expect("besides" in made).toBe(false);
  });
});

describe("what stands for several", () => {
  it("is marked, and taken out as one", () => {
    expect(printValue(several(U))).toBe("?*");
    expect(printValue(several(A))).toBe("?*(one of <a.arn>)");
    expect(printValue(taken(several(A)))).toBe("<a.arn>");
    expect(printValue(taken(several(choice([A, B]))))).toBe("?(one of <a.arn> | <b>)");
    expect(printValue(taken(several(choice([A], false))))).toBe("?(one of <a.arn> …)");
    expect(taken(A)).toBe(A);
    expect(taken(U)).toBe(U);
    expect([isSeveral(several(A)), isSeveral(A), isSeveral(U), isSeveral(known(1))]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(originOf([several(A)])).toEqual({ why: "after-apply", subject: "a.arn" });
    expect(originOf([several(known(1))])).toEqual({ why: "expression", subject: "elements of a list" });
  });

  it("makes several of what is made of it, or nothing where that is refused", () => {
    const seen: number[] = [];
    const made = mapElements([A, several(B), known(1)], (element, position) => {
      seen.push(position);
      return tuple([element]);
    });
    expect(made.map(printValue)).toEqual(["[<a.arn>]", "?*(one of [<b>])", "[1]"]);
    expect(seen).toEqual([0, 1, 2]);
    expect(mapElements([several(A)], () => fail("no"))).toEqual([]);
    expect(() => mapElements([A], () => fail("no"))).toThrow("no");
  });
});

describe("spreading", () => {
  const pair = (values: readonly Value[]) => tuple(values);

  it.each<[string, () => Value, string]>([
    ["nothing undecided", () => spread([A, known(1)], pair), "[<a.arn>, 1]"],
    ["what is simply not known", () => spread([U], pair), "[?]"],
    ["a choice of nothing", () => spread([choice([])], pair), "[?]"],
    ["what is made from others", () => spread([madeFrom([A])], pair), "[?(made from <a.arn> …)]"],
    ["a choice", () => spread([choice([A, B]), known(1)], pair), "?(one of [<a.arn>, 1] | [<b>, 1])"],
    [
      "two choices",
      () => spread([choice([A, B]), choice([known(1), known(2)])], pair),
      "?(one of [<a.arn>, 1] | [<a.arn>, 2] | [<b>, 1] | [<b>, 2])",
    ],
    ["an open choice", () => spread([choice([A, B], false)], pair), "?(one of [<a.arn>] | [<b>] …)"],
    [
      "an open and a closed choice",
      () => spread([choice([A]), choice([B], false)], pair),
      "?(one of [<a.arn>, <b>] …)",
    ],
    [
      "a secret choice",
      () => spread([choice([A, B], true, true)], pair),
      "secret ?(one of [<a.arn>] | [<b>])",
    ],
    [
      "a secret choice beside another",
      () => spread([choice([A], true, true), choice([B])], pair),
      "secret [<a.arn>, <b>]",
    ],
    ["results that are equal", () => spread([choice([A, B])], () => known(1)), "1"],
    [
      "what is refused for one",
      () => spread([choice([A, B])], ([one = UNSET]) => (one === A ? one : fail("no"))),
      "?(one of <a.arn> …)",
    ],
    [
      "what is refused for the first",
      () => spread([choice([A, B])], ([one = UNSET]) => (one === B ? one : fail("no"))),
      "?(one of <b> …)",
    ],
  ])("%s", (_, make, printed) => {
    expect(printValue(make())).toBe(printed);
  });

  it("fails where all are refused", () => {
    expect(() => spread([choice([A, B])], () => fail("no"))).toThrow("no");
  });

  it("lets through what is no refusal", () => {
    const broken = ([one = UNSET]: readonly Value[]) => {
      if (one === B) throw new TypeError("other");
      return one;
    };
    expect(() => spread([choice([A, B])], broken)).toThrow("other");
  });

  it("keeps the choice's reason", () => {
    const second = unknown(OTHER, { candidates: [A, B], relation: "one-of", closed: true });
    expect(originOf([spread([second, choice([A, B])], pair)])).toEqual(OTHER);
  });

  it("hides the candidates where there are too many", () => {
    const many = choice(Array.from({ length: 17 }, (_, index) => text(String(index))));
    const result = spread([many], ([one = UNSET]) => one);
    expect(result).toEqual({ ...many, relation: "made-from" });
    expect(spread([many, A], ([, other = UNSET]) => other)).toBe(A);
  });
});
