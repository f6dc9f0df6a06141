// Values that are not known before apply: references keep their identity, and nothing unknown passes for known.

import { beforeAll, describe, expect, it } from "vitest";
import type { Expression } from "../../../src/model/configuration.ts";
import { known, unknown, type Value } from "../../../src/model/value.ts";
import { attempt, EvaluationFailure } from "../../../src/terraform/failure.ts";
import type { Scope } from "../../../src/terraform/scope.ts";
import { printValue } from "./print-value.ts";
import { evaluateStrictly, readExpressions, scopeOf } from "./support.ts";

const object = (to: string, ...path: string[]): Value => ({ kind: "reference", to, path, sensitive: false });
const tuple = (...elements: Value[]): Value => ({ kind: "list", form: "tuple", elements, sensitive: false });
const map = (entries: Record<string, Value>): Value => ({
  kind: "map",
  entries: new Map(Object.entries(entries)),
  sensitive: false,
});

/** a, b: topics; m: topics by key; l: topics in a list; u: a variable nobody sets; c: an undecided condition. */
const NAMES: Readonly<Record<string, Value>> = {
  a: object("a"),
  b: object("b"),
  m: map({ x: object("mx"), y: object("my") }),
  l: tuple(object("l0"), object("l1")),
  none: tuple(),
  u: unknown({ why: "variable-unset", subject: "var.u" }),
  c: unknown({ why: "variable-unset", subject: "var.c" }),
  secret: known("s", true),
};

const CASES: readonly (readonly [expression: string, value: string])[] = [
  // Moved around
  ["a.arn", "<a.arn>"],
  ["concat([a.arn], [b.arn])", "[<a.arn>, <b.arn>]"],
  ['compact([a.arn, "", null])', "[<a.arn>]"],
  ["compact([u])", "[?*]"],
  ["distinct([a.arn, a.arn])", "[<a.arn>]"],
  ["toset([a.arn, a.arn])", "set(<a.arn>)"],
  ["tolist(toset([a.arn]))", "[<a.arn>]"],
  ["tolist(toset([a.arn, b.arn]))", "set(<a.arn>, <b.arn>)"],
  ["tolist(toset([a.arn, b.arn]))[0]", "?(one of <a.arn> | <b.arn>)"],
  ["merge({ k = a.arn }, { j = 1 }).k", "<a.arn>"],
  ['lookup({ k = a.arn }, "k", null)', "<a.arn>"],
  ["lookup({ j = a.arn, k = b.arn }, u)", "?(one of <a.arn> | <b.arn>)"],
  ["try(a.arn, null)", "<a.arn>"],
  ["try(none[0].arn, b.arn)", "<b.arn>"],
  ['try(u, "x")', '?(one of ? | "x" …)'],
  ["can(a.arn)", "true"],
  ["can(u.x)", "?"],
  ["one([a.arn])", "<a.arn>"],
  ["one([])", "null"],
  ["one(l[*].arn)", "FAILS"],
  ['join("", [a.arn])', "<a.arn>"],
  ['join(",", l[*].arn)', "<l0.arn>,<l1.arn>"],
  ["element([a.arn, b.arn], 3)", "<b.arn>"],
  ["element([a.arn, b.arn], u)", "?(one of <a.arn> | <b.arn>)"],
  ['coalesce("", a.arn, "x")', "<a.arn>"],
  ['coalesce(u, "x")', '?(one of ? | "x" …)'],
  ["coalescelist([], [a.arn])", "[<a.arn>]"],
  ["flatten([[a.arn], [[b.arn]]])", "[<a.arn>, <b.arn>]"],
  ["flatten([u, [a.arn]])", "[?*, <a.arn>]"],
  ['zipmap(["k"], [a.arn])', "{k: <a.arn>}"],
  ['setproduct(["k"], [a.arn])', '[["k", <a.arn>]]'],
  ["values(m)[*].arn", "[<mx.arn>, <my.arn>]"],
  ["keys(m)", '["x", "y"]'],
  ["[for k, t in m : t.arn]", "[<mx.arn>, <my.arn>]"],
  ["{ for k, t in m : k => t.arn }", "{x: <mx.arn>, y: <my.arn>}"],
  ['m["y"].arn', "<my.arn>"],
  ["m[u].arn", "?(one of <mx.arn> | <my.arn>)"],
  ["l[*].arn", "[<l0.arn>, <l1.arn>]"],
  ["l.*.arn", "[<l0.arn>, <l1.arn>]"],
  ["a[*].arn", "[<a.arn>]"],
  ["reverse(l)[0].arn", "<l1.arn>"],
  ["slice(l, 1, 2)[0].arn", "<l1.arn>"],
  ["contains([a.arn], a.arn)", "true"],
  ["contains([a.arn], b.arn)", "?"],
  ["setunion([a.arn], [b.arn])", "set(<a.arn>, <b.arn>)"],
  ["setsubtract([a.arn], [a.arn])", "set()"],
  ["nonsensitive(a.arn)", "<a.arn>"],
  ["sensitive(a.arn)", "secret <a.arn>"],
  // Strings of parts
  ['"${a.arn}"', "<a.arn>"],
  ['"${a.arn}:*"', "<a.arn>:*"],
  ['format("%s:*", a.arn)', "<a.arn>:*"],
  ['formatlist("%s:*", l[*].arn)', "[<l0.arn>:*, <l1.arn>:*]"],
  ['trimsuffix("${a.arn}:*", ":*")', "<a.arn>"],
  ['trimsuffix(a.arn, ":*")', "<a.arn>"],
  ['trimsuffix(a.arn, "x")', "?"],
  ['trimprefix("arn:${u}", "arn:")', "?"],
  ['replace(a.arn, ":*", "")', "<a.arn>"],
  ['replace("${a.arn}:*", ":*", "")', "<a.arn>"],
  ['replace(a.arn, "/:\\\\*$/", "")', "<a.arn>"],
  ['replace(a.arn, "sns", "sqs")', "?"],
  ["trimspace(a.arn)", "<a.arn>"],
  ['split(",", join(",", l[*].arn))', "[<l0.arn>, <l1.arn>]"],
  ['split(":", a.arn)', "?"],
  ['startswith("arn:${u}", "arn:")', "true"],
  ['endswith("${u}:*", "x")', "false"],
  ['strcontains("x${u}", "y")', "?"],
  ["upper(a.arn)", "?"],
  ["jsonencode({ Resource = a.arn })", '{"Resource":"<a.arn>"}'],
  ["jsonencode({ n = u })", '{"n":?}'],
  ["jsondecode(jsonencode({ Resource = [a.arn] })).Resource[0]", "<a.arn>"],
  ['yamldecode("a: ${a.arn}")', "?"],
  // Choices
  ["c ? a.arn : b.arn", "?(one of <a.arn> | <b.arn>)"],
  ["c ? a.arn : a.arn", "<a.arn>"],
  ["[c ? a.arn : b.arn]", "[?(one of <a.arn> | <b.arn>)]"],
  ["c ? [a.arn] : []", "?(one of [<a.arn>] | [])"],
  ["concat(c ? [a.arn] : [], [b.arn])", "?(one of [<a.arn>, <b.arn>] | [<b.arn>])"],
  ['"${c ? a.arn : b.arn}:*"', "?(one of <a.arn>:* | <b.arn>:*)"],
  ["length(c ? [1] : [])", "?(one of 1 | 0)"],
  ["(c ? { k = a.arn } : { k = b.arn }).k", "?(one of <a.arn> | <b.arn>)"],
  ["[for x in [1, 2] : x if c || x == 1]", "?(one of [1, 2] | [1])"],
  ["c && false", "false"],
  ["c || true", "true"],
  ["c && true", "?"],
  ['compact([c ? a.arn : ""])', "[?*(one of <a.arn>)]"],
  ["flatten([c ? [a.arn] : [], [b.arn]])", "?(one of [<a.arn>, <b.arn>] | [<b.arn>])"],
  ["try(c ? a.arn : b.arn, null)", "?(one of <a.arn> | <b.arn> | null)"],
  ["false && u", "false"],
  ["c && [][0]", "?"],
  // Lists of which only a part is known
  ["concat([a.arn], u)[0]", "<a.arn>"],
  ["concat([a.arn], u)[1]", "?(one of <a.arn> | ? …)"],
  ["concat(u, [a.arn])[0]", "?(one of ? | <a.arn> …)"],
  ['[for x in concat(["k"], u) : "${x}!"]', '["k!", ?*(one of ?!)]'],
  ["concat([a], u)[*].arn", "[<a.arn>, ?*]"],
  ['join(",", concat(["k"], u))', "?"],
  ["jsonencode(concat([a.arn], u))", "?"],
  ["contains(concat([a.arn], u), a.arn)", "true"],
  ["contains(concat([a.arn], u), b.arn)", "?"],
  ["[for x in toset([a.arn, b.arn]) : x]", "set(<a.arn>, <b.arn>)"],
  ["[for x in toset([a.arn, b.arn]) : x][0]", "?(one of <a.arn> | <b.arn>)"],
  ['join(",", toset([a.arn, b.arn]))', "?"],
  // Comparing
  ["a.arn == a.arn", "true"],
  ["a.arn == b.arn", "?"],
  ["a.arn == null", "false"],
  ['a.arn == "" ? 1 : 0', "0"],
  ["a.name == null", "?"],
  ['"x-${u}" == "y-z"', "false"],
  ['"x-${u}" != ""', "true"],
  ["u == null", "?"],
  // Not known is not absent
  ["u.x.y", "?"],
  ["u[*].x", "?"],
  ["[for x in u : x]", "?"],
  ["concat([a.arn], u)", "[<a.arn>, ?*]"],
  ["length(concat([a.arn], u))", "?"],
  ["toset(concat([a.arn], u))", "set(<a.arn>, ?*)"],
  ["merge({ k = a.arn }, u)", "?(made from <a.arn> | ? …)"],
  ["length(toset([a.arn, b.arn]))", "?"],
  ["{ (u) = 1 }", "?"],
  ["uuid()", "?"],
  ["timestamp()", "?"],
  ["provider::acme::shout(a.arn)", "?"],
  ["u + 1", "?"],
  ["-u", "?"],
  ["!u", "?"],
  // Sensitive stays sensitive
  ['"${secret}-x"', 'secret "s-x"'],
  ["upper(secret)", 'secret "S"'],
  ["[secret]", '[secret "s"]'],
  ["length([secret])", "1"],
  ['secret == "s"', "secret true"],
  ['secret == "s" ? 1 : 2', "secret 1"],
  ["nonsensitive(secret)", '"s"'],
  ["jsonencode({ k = secret })", 'secret "{\\"k\\":\\"s\\"}"'],
  ['merge({ k = secret }, { j = "x" })', '{j: "x", k: secret "s"}'],
];

describe("values that are not known before apply", () => {
  let expressions: readonly Expression[] = [];
  let scope: Scope;

  beforeAll(async () => {
    expressions = await readExpressions(CASES.map(([expression]) => expression));
    scope = await scopeOf({ names: NAMES, cannotHold: (_, text) => /[*\s,]/.test(text) });
  });

  it.each(CASES.map(([expression, value], index) => ({ expression, value, index })))(
    "$expression",
    ({ value, index }) => {
      const result = attempt(() => evaluateStrictly(expressions[index] as Expression, scope));
      expect(result instanceof EvaluationFailure ? "FAILS" : printValue(result)).toBe(value);
    },
  );
});
