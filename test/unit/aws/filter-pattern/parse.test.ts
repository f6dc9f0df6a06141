import { describe, expect, test } from "vitest";
import { parsePattern } from "../../../../src/aws/filter-pattern/parse.ts";
import { printPattern } from "../../../../src/aws/filter-pattern/print.ts";
import published from "../../../data/filter-pattern/cis-patterns.json" with { type: "json" };

/** `field "operator" value` for each comparison, operators and parentheses as printed. */
function canonical(text: string): string {
  const parsed = parsePattern(text);
  return "pattern" in parsed
    ? printPattern(parsed.pattern)
    : `${parsed.problem.code} at ${parsed.problem.offset}`;
}

describe("patterns that parse", () => {
  test.each([
    ["spaces are free", "{$.a=b}", '{ $.a = "b" }'],
    ["line ends are blanks", '{\n  ($.a = "b")\n  && ($.c = "d")\n}\n', '{ ($.a = "b") && ($.c = "d") }'],
    ["and binds tighter than or", "{ $.a=1 || $.b=2 && $.c=3 }", "{ ($.a = 1) || (($.b = 2) && ($.c = 3)) }"],
    [
      "parentheses bind tightest",
      "{ ($.a=1 || $.b=2) && $.c=3 }",
      "{ (($.a = 1) || ($.b = 2)) && ($.c = 3) }",
    ],
    [
      "nested operators of one kind are one",
      "{ ($.a=1 || $.b=2) || $.c=3 }",
      "{ ($.a = 1) || ($.b = 2) || ($.c = 3) }",
    ],
    ["needless parentheses go", "{ ((($.a = b))) }", '{ $.a = "b" }'],
    ["bare values with dots and stars", "{ $.a = *x.y* }", '{ $.a = "*x.y*" }'],
    [
      "bare values with undocumented characters",
      "{ $.a = arn:aws:iam::1:user/a-b }",
      '{ $.a = "arn:aws:iam::1:user/a-b" }',
    ],
    ["numbers keep their spelling", "{ $.a >= +1.50e-3 }", "{ $.a >= +1.50e-3 }"],
    ["numbers with a star stay bare", "{ $.a = 4* }", "{ $.a = 4* }"],
    ["an address with a star is text", "{ $.a != 123.123.* }", '{ $.a != "123.123.*" }'],
    ["quoted numbers are text", '{ $.a = "4" }', '{ $.a = "4" }'],
    ["escaped quotes and backslashes", '{ $.a = "x\\"y\\\\z" }', '{ $.a = "x\\"y\\\\z" }'],
    [
      "words",
      "{ $.a IS NULL || $.b IS TRUE || $.c IS FALSE || $.d NOT EXISTS }",
      "{ ($.a IS NULL) || ($.b IS TRUE) || ($.c IS FALSE) || ($.d NOT EXISTS) }",
    ],
    ["selector steps", "{ $.a-b_c[0][12].d[*] = x }", '{ $.a-b_c[0][12].d[*] = "x" }'],
    ["any field", "{ $.* = x }", '{ $.* = "x" }'],
    [
      "a quoted key, with and without dot",
      "{ $.['a.b'].c = 1 && $['d'] = 2 }",
      "{ ($.['a.b'].c = 1) && ($.d = 2) }",
    ],
    ["a regular expression with braces and bars", "{ $.a = %^a{1,2}|[^|}]$% }", "{ $.a = %^a{1,2}|[^|}]$% }"],
    ["two regular expressions", "{ $.a = %x% && $.b != %y% }", "{ ($.a = %x%) && ($.b != %y%) }"],
    ["terms", 'ERROR -"two words" ?x', 'ERROR -"two words" ?x'],
    ["a term that is a regular expression", "%AUTH.*ED%", "%AUTH.*ED%"],
    ["empty matches everything", "", ""],
    ["blank matches everything", " \n", ""],
    ["a quoted blank matches everything", '" "', ""],
    ["space-delimited", " [ip, ..., status = 4*] ", "[ip, ..., status = 4*]"],
  ])("%s", (_, text, printed) => {
    expect(canonical(text)).toBe(printed);
  });

  test.each([
    ["JSON", "{ $.a = b }", "json"],
    ["everything", '" "', "everything"],
    ["terms", "?A ?B", "terms"],
    ["delimited", "[a]", "delimited"],
  ])("the form of %s", (_, text, form) => {
    expect(parsePattern(text)).toMatchObject({ pattern: { form, text } });
  });
});

describe("patterns that do not parse", () => {
  test.each([
    ["single quotes", "{ $.a = 'Root' }", "single-quotes", "'Root'", '"Root"'],
    ["curly quotes", "{ $.a = “Root” }", "curly-quotes", "“Root”", '"Root"'],
    ["double equals", "{ $.a == b }", "double-equals", "==", "="],
    [
      "ampersand for dollar",
      '{ $.a = b && &.eventType != "x" }',
      "selector-ampersand",
      "&.eventType",
      "$.eventType",
    ],
    ["dollar without dot", "{ ($eventName = X) }", "selector-without-dot", "$eventName", "$.eventName"],
    ["a field without dollar", "{ eventName = X }", "selector-expected", "eventName", "$.eventName"],
    ["odd characters in a field", "{ $.a:b = c }", "selector-syntax", ":b", undefined],
    ["a lone dollar", "{ $ = c }", "selector-syntax", "$", undefined],
    ["double quotes around a key", '{ $.["a"] = c }', "selector-syntax", '.["a"]', undefined],
    ["parenthesis never closed", "{ ($.a = b || ($.c = d) }", "parenthesis-not-closed", "(", undefined],
    ["parenthesis never opened", "{ $.a = b) }", "parenthesis-not-opened", ")", undefined],
    [
      "a bare value with a blank",
      "{ $.a = Failed authentication }",
      "value-with-blank",
      "Failed authentication",
      '"Failed authentication"',
    ],
    [
      "no blank before NOT EXISTS",
      "{ $.invokedByNOT EXISTS }",
      "blank-before-keyword",
      "$.invokedByNOT EXISTS",
      "$.invokedBy NOT EXISTS",
    ],
    ["words in small letters", "{ $.a not exists }", "keyword-case", "not exists", "NOT EXISTS"],
    ["IS NOT", "{ $.a IS NOT NULL }", "keyword-unsupported", "IS NOT", undefined],
    ["EXISTS", "{ $.a EXISTS }", "keyword-unsupported", "EXISTS", undefined],
    ["NOT before a group", "{ NOT ($.a = b) }", "negated-group", "NOT", undefined],
    ["an exclamation mark before a group", "{ !($.a = b) }", "negated-group", "!", undefined],
    ["the word and", "{ $.a = b and $.c = d }", "word-for-operator", "and", "&&"],
    ["the word OR after parentheses", "{ ($.a = b) OR ($.c = d) }", "word-for-operator", "OR", "||"],
    ["a single ampersand", "{ $.a = b & $.c = d }", "single-logical-operator", "&", "&&"],
    ["a single bar", "{ $.a = b | $.c = d }", "single-logical-operator", "|", "||"],
    ["two groups side by side", "{ ($.a=b)($.c=d) }", "logical-operator-expected", "(", undefined],
    ["an operator at the end", "{ $.a = b && }", "condition-expected", "}", undefined],
    ["two operators in a row", "{ $.a = b || || $.c = d }", "condition-expected", "||", undefined],
    ["a field alone", "{ $.a }", "operator-expected", "}", undefined],
    ["an unknown word after a field", "{ $.a LIKE b }", "operator-expected", "LIKE", undefined],
    ["no value", "{ $.a = }", "value-expected", "}", undefined],
    ["a field as value", "{ $.a = $.b }", "value-expected", "$.b", undefined],
    ["text compared by size", "{ $.a < high }", "number-expected", "high", undefined],
    ["an open quote", '{ $.a = "b }', "quote-not-closed", '"b }', undefined],
    ["an open regular expression", "{ $.a = %b }", "regex-not-closed", "%b }", undefined],
    ["parentheses in a regular expression", "{ $.a = %(a|b)% }", "regex-parenthesis", "(", undefined],
    ["a forbidden character in a regular expression", "{ $.a = %a!% }", "regex-character", "!", undefined],
    ["nothing to repeat", "{ $.a = %*a% }", "regex-quantifier", "*", undefined],
    ["an undocumented repetition", "{ $.a = %a*?% }", "regex-quantifier", "*?", undefined],
    ["an empty class", "{ $.a = %[]% }", "regex-class", "[", undefined],
    ["class bounds the wrong way round", "{ $.a = %[z-a]% }", "regex-class", "z-a", undefined],
    ["an undocumented escape", "{ $.a = %\\b% }", "regex-escape", "\\b", undefined],
    ["an empty regular expression", "{ $.a = %% }", "regex-empty", "", undefined],
    [
      "a third regular expression",
      "{ $.a = %a% || $.b = %b% || $.c = %c% }",
      "too-many-regexes",
      "%c%",
      undefined,
    ],
    ["two wildcards in a field", "{ $.a[*].b.* = c }", "selector-wildcards", "$.a[*].b.*", undefined],
    [
      "a fourth field with a wildcard",
      "{ $.* = a || $.* = b || $.* = c || $.x[*] = d }",
      "too-many-wildcards",
      "$.x[*]",
      undefined,
    ],
    ["no closing brace", "{ $.a = b", "closing-brace-missing", "", "}"],
    ["text after the closing brace", "{ $.a = b } && x", "text-after-pattern", " && x", undefined],
    ["nothing in the braces", "{ }", "empty-expression", "}", undefined],
    ["an opening brace alone", "{", "condition-expected", "", undefined],
    ["no braces", '($.a = "b")', "braces-missing", '($.a = "b")', '{ ($.a = "b") }'],
    ["no closing bracket", "[a, b ", "closing-bracket-missing", "", "]"],
    ["a term with odd characters", "x Access-Denied", "term-characters", "Access-Denied", '"Access-Denied"'],
  ])("%s", (_, text, code, found, suggestion) => {
    const parsed = parsePattern(text);
    expect(parsed).toMatchObject({ problem: { code, found, suggestion } });
    if ("problem" in parsed) expect(text.slice(parsed.problem.offset, parsed.problem.end)).toBe(found);
  });

  test("1024 bytes parse, one more does not, and bytes are counted rather than characters", () => {
    const padded = (value: string): string => `{ $.a = "${value}" }`;
    expect(parsePattern(padded("x".repeat(1012)))).toHaveProperty("pattern");
    expect(parsePattern(padded("x".repeat(1013)))).toMatchObject({
      problem: { code: "too-long", found: "1025 bytes" },
    });
    expect(parsePattern(padded("é".repeat(507)))).toMatchObject({
      problem: { code: "too-long", found: "1026 bytes" },
    });
    expect(parsePattern("x".repeat(10_000_000))).toMatchObject({ problem: { code: "too-long" } });
  });

  test("nesting as deep as the limit allows parses", () => {
    expect(canonical(`{${"(".repeat(500)}$.a=b${")".repeat(500)}}`)).toBe('{ $.a = "b" }');
    expect(canonical(`{${"(".repeat(500)}$.a=b}`)).toBe("parenthesis-not-closed at 500");
  });

  test.each([
    ["small letters in keywords", "{ $.a is null }", false],
    ["conditions without braces", "$.a = b", false],
    ["a missing dot", "{ $a = b }", true],
    ["single quotes", "{ $.a = 'b' }", true],
  ])("whether AWS is known to refuse: %s", (_, text, certain) => {
    expect(parsePattern(text)).toMatchObject({ problem: { certain } });
  });
});

describe("remarks", () => {
  test.each([
    ["a bare value with a colon", "{ $.a = b:c }", ["bare-characters"], "b:c"],
    ["a lone backslash", '{ $.a = "b\\d" }', ["backslash"], '"b\\d"'],
    ["a star between characters", '{ $.a = "b*c" }', ["inner-star"], '"b*c"'],
    ["a boolean as text", "{ $.a = false }", ["literal-word"], "false"],
    ["optional terms beside a plain one", "a ?b", ["optional-ignored"], "?b"],
  ])("%s", (_, text, codes, found) => {
    const parsed = parsePattern(text);
    const remarks = "pattern" in parsed ? parsed.remarks : [];
    expect(remarks.map(({ code }) => code)).toEqual(codes);
    expect(remarks[0]).toMatchObject({
      found,
      offset: text.indexOf(found),
      end: text.indexOf(found) + found.length,
    });
  });

  test("nothing is said of the texts that everybody writes", () => {
    const parsed = parsePattern(
      '{ ($.errorCode = "*UnauthorizedOperation") || ($.eventSource = kms.amazonaws.com) && ($.n = 4*) }',
    );
    expect(parsed).toMatchObject({ remarks: [] });
  });
});

describe("published texts", () => {
  const broken = new Map([
    ["invokedByNOT EXISTS", "blank-before-keyword"],
    ["($eventName=DetachRolePolicy)", "selector-without-dot"],
    ["= Failed authentication", "value-with-blank"],
  ]);

  test.each(
    published.flatMap(({ control, patterns }) => patterns.map(({ pattern }) => [control, pattern] as const)),
  )("of control %i: %s", (_, text) => {
    const parsed = parsePattern(text);
    const flaw = [...broken].find(([part]) => text.includes(part))?.[1];
    if (flaw === undefined) expect(parsed).toHaveProperty("pattern");
    else expect(parsed).toMatchObject({ problem: { code: flaw, certain: true } });
  });
});
