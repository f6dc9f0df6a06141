import { expect, test } from "vitest";
import { describeProblem, describeRemark } from "../../../../src/aws/filter-pattern/describe-problem.ts";
import { parsePattern } from "../../../../src/aws/filter-pattern/parse.ts";

function described(text: string) {
  const parsed = parsePattern(text);
  if ("problem" in parsed) return describeProblem(parsed.problem, text);
  return parsed.remarks.map((remark) => describeRemark(remark, text))[0];
}

test("the carets stand below the place", () => {
  expect(described("{ ($eventName = X) }")).toEqual({
    sentence: '"$eventName" lacks the dot after $',
    help: "write $.eventName",
    excerpt: ["{ ($eventName = X) }", "   ^^^^^^^^^^"],
  });
});

test.each([
  ["$.a = b", "conditions on fields have to stand in braces, without them this is a search for words"],
  ["{ $.a = b", "the pattern starts with { and does not end with }"],
  ["{ $.a = b } && x", 'nothing may follow the closing brace, here it is "&& x"'],
  ["[a, b", "the pattern starts with [ and does not end with ]"],
  ["{ }", "there is no condition between the braces"],
  ["{ ($.a = b }", "this parenthesis is never closed"],
  ["{ $.a = b) }", "this parenthesis was never opened"],
  ["{", "the pattern ends where a condition has to be"],
  ["{ $.a = b && }", 'a condition has to stand here, not "}"'],
  ["{ eventName = X }", 'a field starts with $., "eventName" does not'],
  ["{ &.eventType = X }", 'a field starts with $., not with & as "&.eventType" does'],
  ["{ $eventName = X }", '"$eventName" lacks the dot after $'],
  [
    "{ $.a:b = c }",
    "\":b\" cannot stand in the name of a field; other characters than letters, digits, - and _ need ['...']",
  ],
  ["{ $.a[*].b.* = c }", 'AWS allows one wildcard in a field, "$.a[*].b.*" has more'],
  [
    "{ $.* = a || $.* = b || $.* = c || $.* = d }",
    "AWS allows wildcards in three fields of a pattern, this is the fourth",
  ],
  ["{ $.a", "the field is compared with nothing"],
  ["{ $.a }", "the field is compared with nothing"],
  ["{ ($.a) }", "the field is compared with nothing"],
  ["{ $.a LIKE b }", 'after a field comes =, !=, <, >, <=, >=, IS or NOT EXISTS, not "LIKE"'],
  ["{ $.a == b }", "equality is written with one ="],
  ["{ ($.a = b)($.c = d) }", 'two conditions are joined by && or ||, here comes "("'],
  ["{ $.a = b & $.c = d }", '"&" joins nothing, conditions are joined by && or ||'],
  ["{ $.a = b and $.c = d }", '"and" joins nothing, conditions are joined by && or ||'],
  ["{ NOT ($.a = b) }", "patterns have no negation of conditions, only != and NOT EXISTS"],
  ["{ $.a is null }", 'AWS documents these words in capitals only, here they are "is null"'],
  ["{ $.a IS NOT NULL }", 'AWS knows IS NULL, IS TRUE, IS FALSE and NOT EXISTS, not "IS NOT"'],
  ["{ $.aNOT EXISTS }", 'there is no blank before NOT EXISTS in "$.aNOT EXISTS"'],
  ["{ $.a =", "the value to compare with is missing"],
  ["{ $.a = }", "the value to compare with is missing"],
  ["{ ($.a = ) }", "the value to compare with is missing"],
  ["{ $.a = $.b }", 'a value has to stand here, not "$.b"'],
  ["{ $.a = b c }", "the value b c has a blank and no double quotes"],
  ["{ $.a < high }", '<, >, <= and >= compare numbers, "high" is none'],
  ["{ $.a = 'b' }", "only double quotes quote, 'b' stands in single ones"],
  ["{ $.a = “b” }", "only straight double quotes quote, “b” stands in curly ones"],
  ['{ $.a = "b }', "this quote is never closed"],
  ["{ $.a = %b }", "the regular expression has no closing %"],
  [
    "{ $.a = %a% || $.b = %b% || $.c = %c% }",
    "AWS allows two regular expressions in a pattern, this is the third",
  ],
  [
    "Access-Denied",
    "a word with other characters than letters, digits and _ needs double quotes: Access-Denied",
  ],
  ["{ $.a = %(b)% }", "parentheses are not allowed in a regular expression; \\x28 and \\x29 match them"],
  ["{ $.a = %b!% }", 'AWS does not allow "!" in a regular expression; \\x and two digits match it'],
  ["{ $.a = %[]% }", "this character class is empty, not closed, or has its bounds the wrong way round"],
  ["{ $.a = %\\b% }", "AWS does not document the escape \\b"],
  ["{ $.a = %*b% }", '"*" has nothing to repeat, or repeats in a way AWS does not document'],
  ["{ $.a = %% }", "there is nothing between the percent signs"],
  ["{ $.a = b:c }", "AWS documents values such as b:c in double quotes only"],
  ['{ $.a = "b\\d" }', 'a backslash in "b\\d" stands for itself; only \\" and \\\\ are escapes'],
  [
    '{ $.a = "b*c" }',
    'the * inside "b*c" was a plain character until 2022, and AWS does not say what it is now',
  ],
  ["{ $.a = true }", "true is compared as text; IS TRUE, IS FALSE and IS NULL test for the values"],
  ["a ?b", "AWS ignores ?b: words with ? count only when all words have it"],
])("%s: %s", (text, sentence) => {
  expect(described(text)?.sentence).toBe(sentence);
});

test("one edit, where one is sure to be right", () => {
  expect(described("{ $.a == b }")?.help).toBe("write =");
  expect(described("{ $.a:b = c }")?.help).toBeUndefined();
  expect(described('{ $.a = "x*y" }')?.help).toBeUndefined();
});

test("a place at the beginning of the text, and at the beginning of a line", () => {
  expect(described("Access-Denied")?.excerpt).toEqual(["Access-Denied", "^^^^^^^^^^^^^"]);
  expect(described("\nAccess-Denied\n")?.excerpt).toEqual(["Access-Denied", "^^^^^^^^^^^^^"]);
  expect(described("{ $.a = b &\n$.c = d }")?.excerpt).toEqual(["{ $.a = b &", "          ^"]);
  expect(described("{ $.a = b &&\n$.c == d\n}")?.excerpt).toEqual(["$.c == d", "    ^^"]);
});

test("a long line is cut to 100 columns around the place", () => {
  const word = (length: number) => "x".repeat(length);
  const near = (before: number, after: number) =>
    described(`{ $.a = ${word(before)} == ${word(after)} }`)?.excerpt ?? ["", ""];
  // The place, 9 columns and the word behind the beginning, stands in the middle of what is shown.
  expect(near(200, 200)).toEqual([`...${word(49)} == ${word(47)}...`, `${" ".repeat(53)}^^`]);
  expect(near(20, 200)).toEqual([`{ $.a = ${word(20)} == ${word(68)}...`, `${" ".repeat(29)}^^`]);
  expect(near(200, 10)).toEqual([`...${word(84)} == ${word(10)} }`, `${" ".repeat(88)}^^`]);
});

test("only the line with the problem is shown", () => {
  expect(described("{\n  ($.a = b)\n\t&& ($.c == d)\n}")?.excerpt).toEqual([" && ($.c == d)", "         ^^"]);
});

test("a long line is cut on both sides, and the carets follow", () => {
  const text = `{ ${'($.a = "b") || '.repeat(20)}($.c == d) ${'|| ($.a = "b")'.repeat(20)} }`;
  const [line, carets] = described(text)?.excerpt ?? ["", ""];
  expect(line.length).toBeLessThanOrEqual(106);
  expect(line.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1)).toBe("==");
});

test("a place at the end of the text gets one caret", () => {
  expect(described("{ $.a = b")?.excerpt).toEqual(["{ $.a = b", "         ^"]);
  expect(described("{ $.a =\n")).toMatchObject({ sentence: "the value to compare with is missing" });
});

test("a text that is far too long is not shown whole", () => {
  const description = described("x".repeat(100_000));
  expect(description?.sentence).toBe("the pattern has 100000 bytes, AWS allows 1024");
  expect(description?.excerpt.join("").length).toBeLessThan(300);
});

test("remarks have a place as well", () => {
  expect(described('{ $.a = "x*y" }')).toMatchObject({ excerpt: ['{ $.a = "x*y" }', "        ^^^^^"] });
});
