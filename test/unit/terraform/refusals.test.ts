// What Terraform refuses, and why: the reason stands in reports beside the value that nobody knows for it.

import { beforeAll, describe, expect, it } from "vitest";
import type { Expression } from "../../../src/model/configuration.ts";
import { known, unknown } from "../../../src/model/value.ts";
import { evaluate } from "../../../src/terraform/evaluate.ts";
import type { Scope } from "../../../src/terraform/scope.ts";
import { inGroups, readAll, scopeOf } from "./support.ts";

const REFUSED: readonly (readonly [why: string, ...expressions: string[]])[] = [
  // The language
  ['there is no "nobody"', "nobody"],
  ['there is no "nobody.a.0"', "nobody.a[0]", "[for x in [1] : nobody.a[0]]"],
  ["null is no part of a string", '"a${[null][0]}"', '"%{ for x in [null] }${x}%{ endfor }"'],
  [
    "null is no key",
    "{ ([null][0]) = 1 }",
    "{ for x in [null] : x => 1 }",
    "{ for x in [null] : x => 1... }",
  ],
  ["null is no key", "{ a = 1 }[[null][0]]", "[1][[null][0]]"],
  ["the condition is null", "[null][0] ? 1 : 2", "[for x in [1] : x if [null][0]]"],
  ["neither branch has a value", "u ? [][0] : {}.a"],
  ["null has no elements", "[for x in [null][0] : x]"],
  ["the value has no elements", "[for x in 5 : x]", '[for x in "${u}x" : x]', '"a"[u]', '"${u}x"[u]'],
  ['the key "a" comes twice', '{ for x in ["a", "a"] : x => 1 }'],
  ["a collection is no string", '"a${[1]}"', '"a${{}}"', "tostring([])", "tostring({})"],
  ["a collection is no number", "1 + []", "1 + {}", "-[1]"],
  ["the value is no number", '1 + "a"', "1 + true"],
  ["null is no number", "1 + [null][0]", "-[null][0]"],
  ["the value is neither true nor false", "!word", '"yes" ? 1 : 2', "1 && true"],
  ["a collection is neither true nor false", "![]", "!{}", "[] ? 1 : 2", "true && {}"],
  ["null is neither true nor false", "![null][0]", "[null][0] || true", "true && [null][0]"],
  ["division by zero", "1 / 0"],
  ["the value has no attributes", '"a".b', '"${u}x".b', "{ a = 1 }.a.b", "[null][0].a"],
  ['there is no "b"', "{ a = 1 }.b", '{ a = 1 }["b"]'],
  ["there is no position 1", "[1][1]", "[1].1"],
  ["there is no position a", "[1].a"],
  ["the position is no whole number", "[1][half]"],
  ["a collection is no key", "[1][[0]]", "{ a = 1 }[{}]"],
  ["the collection is empty", "[][u]", "{}[u]"],
  ["the value is no list", "tolist(5)", "tolist({})", 'toset("a")'],
  ["the value is no map", "tomap([])", "tomap(1)"],
  ["the value is no collection", 'toset("${u}x")'],
  // Calls
  ["the function has another number of arguments", "upper()", 'upper("a", "b")', "can()", "lookup({})"],
  ["the function has another number of arguments", "substr(1, 2, 3, 4)"],
  ["what is expanded is no list", 'upper("a"...)', "max({}...)"],
  ["no argument has a value", "try()", "try([][0], {}.a)"],
  ["null is no string", "upper([null][0])", 'join([null][0], ["a"])', 'split(",", [null][0])'],
  ["a collection is no string", "upper([])", 'join(",", [[]])'],
  ["no number", "abs([null][0])"],
  ["a collection is no number", "abs([])"],
  ["no whole number", 'substr("a", 0.5, 1)'],
  ["neither true nor false", 'format("%t", [null][0])'],
  ["no list", "sum(5)", "alltrue(5)", "element({}, 0)", 'concat("a")', 'concat("${u}x")', 'join(",", "a")'],
  [
    "no list",
    "chunklist(5, 1)",
    'compact("a")',
    "contains({}, 1)",
    "distinct(1)",
    "flatten(1)",
    "index(1, 1)",
  ],
  [
    "no list",
    "one(1)",
    'reverse("a")',
    'slice("a", 0, 1)',
    'sort("a")',
    'zipmap("a", [])',
    'zipmap(["a"], "b")',
  ],
  ["no list", 'coalescelist("a")', 'matchkeys("x", [], [])', "matchkeys([], 1, [])", "matchkeys([], [], 1)"],
  ["no list", 'transpose({ a = "x" })', "chunklist(5, u)", "matchkeys([u], u, 1)"],
  [
    "no map",
    'keys("a")',
    "values([1])",
    'lookup("a", "b")',
    'transpose("a")',
    'merge("a")',
    "merge({}, 5)",
    "merge(u, 5)",
  ],
  ["no set", 'setunion("a")', 'setproduct([], "${u}x")', "setsubtract(1, u)", 'setintersection([], "a")'],
  // Collections
  ["null is not looked for", "contains([1], [null][0])"],
  ["the list does not hold the value", "index([1], 2)"],
  ["the value has no length", "length(5)", "length([null][0])", "length(true)"],
  ["the list is empty", "element([], 0)", "element([], u)"],
  ["the map is empty", "lookup({}, u)"],
  ["all arguments are null or empty", 'coalesce("", [null][0])'],
  ["all lists are empty", "coalescelist([], [])"],
  ["the list has more than one element", "one([1, 2])"],
  ["the slice is out of range", "slice([1], 0, 2)", "slice([1], -1, 1)", "slice([1, 2], 2, 1)"],
  ["the size is negative", "chunklist([1], -1)"],
  ["the step leads away", "range(1, 5, -1)", "range(5, 1, 1)", "range(1, 2, 0)", "range(2, 1, 0)"],
  ["the range has more than 1024 numbers", "range(1025)"],
  [
    "the lists are of different lengths",
    "matchkeys([1], [], [])",
    "zipmap([], [1])",
    'formatlist("%s%s", [1], [])',
  ],
  ["the product is too large", "setproduct(range(1000), range(101))"],
  // Numbers
  ["there is nothing to add up", "sum([])"],
  ["the result is no number", "log(0, 10)", "pow(10, 400)", "pow(-1, 0.5)"],
  ["there is no number", "max()", "min()"],
  [
    "the base is not between 2 and 62",
    'parseint("1", 1)',
    'parseint("1", 63)',
    `parseint("${"1".repeat(1001)}", 10)`,
  ],
  ["the text is no whole number", 'parseint("", 10)', 'parseint("1.5", 10)', 'parseint("-", 10)'],
  ["the text is no whole number of base 8", 'parseint("8", 8)'],
  // Strings
  ["the format ends within a verb", 'format("%", 1)', 'format("a%5", 1)'],
  ["the format has more verbs than values", 'format("%s")', 'format("%[2]s", 1)'],
  ["the format has fewer verbs than values", 'format("x", 1)', 'format("%s", 1, 2)'],
  ['there is no verb "%y"', 'format("%y", 1)'],
  ["the number has a fraction", 'format("%d", 1.5)', 'format("%x", 0.5)'],
  ["the pattern matches nothing", 'regex("a", "b")'],
  ["some groups have names and some have none", 'regex("(?P<n>a)(b)", "ab")'],
  ["the pattern is too large", 'regex("((a{100}){100}){100}", "a")'],
  ["a bracket of the pattern is closed and was not open", 'regex("a)", "a")'],
  ["a repetition of the pattern has nothing to repeat", 'regex("*a", "a")', 'regex("a|+", "a")'],
  ["the pattern nests too deeply", `regex("${"(".repeat(201)}${")".repeat(201)}", "a")`],
  ["the pattern has a group that RE2 does not know", 'regex("(?=a)", "a")', 'regex("(?P=n)", "a")'],
  ["a bracket of the pattern is not closed", 'regex("(a", "a")', 'regex("(?:a", "a")'],
  ["the pattern ends with a backslash", 'regex("a\\\\", "a")'],
  ["the pattern repeats a repetition", 'regex("a**", "a")', 'regex("a{2}{3}", "a")'],
  [
    "the pattern repeats too often",
    'regex("a{1001}", "a")',
    'regex("a{2,1}", "a")',
    'regex("a{1,1001}", "a")',
  ],
  ['the pattern has a character class "Klingon" that nobody knows', 'regex("\\\\p{Klingon}", "a")'],
  ["the pattern has a character class that nobody knows", 'regex("[[:nope:]]", "a")'],
  ["a character class of the pattern is not closed", 'regex("[a", "a")', 'regex("[]", "a")'],
  ["a range of the pattern runs backwards", 'regex("[b-a]", "a")'],
  ['the pattern has an escape "\\y" that RE2 does not know', 'regex("\\\\y", "a")', 'regex("[\\\\y]", "a")'],
  // Encodings
  ["the text is no base64", 'base64decode("!")'],
  ["the bytes are no UTF-8 text", 'base64decode("/w==")'],
  ["the bytes are no gzip of reasonable size", 'base64gunzip("YQ==")'],
  ['the encoding "nope" is not known', 'textencodebase64("a", "nope")'],
  ['the bytes are no text of encoding "nope"', 'textdecodebase64("YQ==", "nope")'],
  ['the bytes are no text of encoding "UTF-8"', 'textdecodebase64("/w==", "UTF-8")'],
  ["the text is not URL encoded", 'urldecode("%zz")', 'urldecode("%")'],
  ["the text has no header", 'csvdecode("")'],
  ["a column name comes twice", 'csvdecode("a,a")'],
  ["a row has another number of fields than the header", 'csvdecode("a,b\\n1")', 'csvdecode("a\\n1,2")'],
  ["the text is no CSV", 'csvdecode("a\\nx\\"y")'],
  ["the text is no JSON", 'jsondecode("{")', 'jsondecode("")'],
  ["the text holds private characters", 'jsondecode("\\"\\ue0000\\ue001\\"")'],
  ["the document nests too deeply", `jsondecode("${"[".repeat(202)}${"]".repeat(202)}")`],
  ["the document nests too deeply", `yamldecode("${"[".repeat(102)}${"]".repeat(102)}")`],
  ["the text is not one document", 'yamldecode("")', 'yamldecode("a\\n---\\nb")'],
  ["the text is no YAML", 'yamldecode("[")'],
  ["an alias has no anchor", 'yamldecode("[*x]")'],
  ["a key is no scalar", 'yamldecode("? [a]\\n: b")'],
  ["what is merged is no map", 'yamldecode("<<: 5")', 'yamldecode("<<: [{a: 1}]")'],
  // Dates, hashes, networks
  ["a quote is not closed", 'formatdate("\'a", "2018-01-02T00:00:00Z")'],
  ['"WW" is no part of a date', 'formatdate("WW", "2018-01-02T00:00:00Z")'],
  [
    "the text is no RFC 3339 timestamp",
    'timeadd("2018-01-02", "1h")',
    'timecmp("2018-02-30T00:00:00Z", "x")',
  ],
  ["the text is no duration", 'timeadd("2018-01-02T00:00:00Z", "1d")', 'timeadd("2018-01-02T00:00:00Z", "")'],
  ["the time is out of range", 'timeadd("2018-01-02T00:00:00Z", "999999999999h")'],
  ["the namespace is no UUID", 'uuidv5("x", "y")'],
  ["the text is no CIDR prefix", 'cidrhost("10.0.0.0/33", 0)', 'cidrhost("::/129", 0)'],
  [
    "the text is no IP address",
    'cidrhost("10.0.0/8", 0)',
    'cidrhost("10.0.0.256/8", 0)',
    'cidrhost("1:2/8", 0)',
  ],
  [
    "the text is no IP address",
    'cidrhost("1::2::3/8", 0)',
    'cidrhost("1::12345/8", 0)',
    'cidrhost("10.0.0.0", 0)',
  ],
  ["only IPv4 has netmasks", 'cidrnetmask("::/8")'],
  ["the prefix has fewer hosts", 'cidrhost("10.0.0.0/31", 2)', 'cidrhost("10.0.0.0/31", -3)'],
  ["the prefix has too few bits", 'cidrsubnet("10.0.0.0/31", 2, 0)', 'cidrsubnets("10.0.0.0/31", 2)'],
  ["the prefix has fewer subnets", 'cidrsubnet("10.0.0.0/8", 1, 2)', 'cidrsubnet("10.0.0.0/8", 1, -1)'],
  ["the subnets do not fit the prefix", 'cidrsubnets("10.0.0.0/8", 1, 1, 1)'],
  ["the addresses are of different families", 'cidrcontains("10.0.0.0/8", "::1")'],
  // Files
  ["the values are no map", 'templatestring("a", [])'],
  ["the template gives null", 'templatefile("null.tftpl", {})'],
  ["a set has no positions", 'slice(toset(["a"]), 0, 1)'],
  ["the text is no template", "templatestring(broken, {})"],
  ["the pattern has too many alternatives", 'fileset(".", "{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}")'],
];

const NAMES = {
  u: unknown({ why: "variable-unset", subject: "var.u" }),
  broken: known("${"),
  word: known("x"),
  half: known(0.5),
};

const CASES = REFUSED.flatMap(([why, ...expressions]) => expressions.map((text) => [text, why] as const));

describe("what is refused is not known, and says why", () => {
  let expressions: ReadonlyMap<string, Expression> = new Map();
  let scope: Scope;

  beforeAll(async () => {
    expressions = await readAll(CASES.map(([text]) => text));
    scope = await scopeOf({ names: NAMES, files: { "null.tftpl": "${null}" } });
  });

  it("outside of splats there is no item", () => {
    const value = evaluate({ kind: "item" }, scope);
    expect(value.kind === "unknown" && value.origin.subject).toBe("no splat is around");
  });

  it.each(inGroups(CASES))("$first and those behind it", ({ group }) => {
    const results = group.map(([text]) => {
      const value = evaluate(expressions.get(text) as Expression, scope);
      return [text, value.kind === "unknown" && value.origin.why === "expression" && value.origin.subject];
    });
    expect(results).toEqual(group);
  });
});
