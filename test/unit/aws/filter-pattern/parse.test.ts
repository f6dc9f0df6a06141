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
    ["terms with several blanks between them", "  a   b ", "a b"],
    ["a blank in quotes beside a term", '" " x', '" " x'],
    ["blanks in quotes match everything", '" " " "', ""],
    ["an excluded blank", '-" "', '-" "'],
    [
      "a bare value that begins like a word between conditions",
      "{ $.a = android || $.b = band }",
      '{ ($.a = "android") || ($.b = "band") }',
    ],
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
    ["nothing", "", "everything"],
    ["blanks", " \n ", "everything"],
  ])("the form of %s", (_, text, form) => {
    expect(parsePattern(text)).toMatchObject({ pattern: { form, text }, remarks: [] });
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
    [
      "a field that begins with a digit, without dollar",
      "{ 1eventName = X }",
      "selector-expected",
      "1eventName",
      undefined,
    ],
    [
      "a field with a colon, without dollar",
      "{ event:Name = X }",
      "selector-expected",
      "event:Name",
      undefined,
    ],
    ["a field with a dot before it", "{ .eventName = X }", "selector-expected", ".eventName", "$.eventName"],
    ["a path without dollar", "{ user.name = X }", "selector-expected", "user.name", "$.user.name"],
    ["a digit behind the dollar", "{ $1 = c }", "selector-syntax", "1", undefined],
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
    [
      "a bare value with a blank before a word like and",
      "{ $.a = b android }",
      "value-with-blank",
      "b android",
      '"b android"',
    ],
    [
      "a bare value with a blank before a word like or",
      "{ $.a = b oracle c }",
      "value-with-blank",
      "b oracle c",
      '"b oracle c"',
    ],
    [
      "a bare value with a blank before a word like band",
      "{ $.a = b band }",
      "value-with-blank",
      "b band",
      '"b band"',
    ],
    ["parenthesis never closed, at the end", "{ ($.a = b", "parenthesis-not-closed", "(", undefined],
    [
      "two conditions side by side in parentheses",
      '{ ($.a = "b" $.c = d) }',
      "logical-operator-expected",
      "$.c",
      undefined,
    ],
    [
      "a word like and after parentheses",
      "{ ($.a = b) android ($.c = d) }",
      "logical-operator-expected",
      "android",
      undefined,
    ],
    [
      "a word that ends like and after parentheses",
      "{ ($.a = b) band ($.c = d) }",
      "logical-operator-expected",
      "band",
      undefined,
    ],
    ["words in small letters", "{ $.a not exists }", "keyword-case", "not exists", "NOT EXISTS"],
    ["IS NOT", "{ $.a IS NOT NULL }", "keyword-unsupported", "IS NOT", undefined],
    ["EXISTS", "{ $.a EXISTS }", "keyword-unsupported", "EXISTS", undefined],
    ["EXISTS of an element", "{ $.a[0] EXISTS }", "keyword-unsupported", "EXISTS", undefined],
    ["EXISTS of a field called NOT", "{ $.NOT EXISTS }", "keyword-unsupported", "EXISTS", undefined],
    [
      "another word behind a field that ends in NOT",
      "{ $.aNOT LIKE b }",
      "operator-expected",
      "LIKE",
      undefined,
    ],
    ["IS of something longer", "{ $.a IS NULLABLE }", "keyword-unsupported", "IS NULLABLE", undefined],
    ["IS alone", '{ $.a IS "x" }', "keyword-unsupported", "IS", undefined],
    ["a word that begins like IS", "{ $.a ISNT b }", "operator-expected", "ISNT", undefined],
    ["a word that ends like IS", "{ $.a THIS b }", "operator-expected", "THIS", undefined],
    ["a word before IS", "{ $.a XIS NULL }", "operator-expected", "XIS", undefined],
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
    ["an open single quote", "{ $.a = 'b }", "single-quotes", "'b }", '"b }"'],
    ["an open curly quote", "{ $.a = “b }", "curly-quotes", "“b }", '"b }"'],
    ["an open quote behind an escaped one", '{ $.a = "b\\"', "quote-not-closed", '"b\\"', undefined],
    ["text compared by size, in quotes", '{ $.a < "5" }', "number-expected", '"5"', undefined],
    ["an open regular expression", "{ $.a = %b }", "regex-not-closed", "%b }", undefined],
    ["an open repetition", "{ $.a = %a{% }", "regex-quantifier", "{", undefined],
    ["a repetition without numbers", "{ $.a = %a{}% }", "regex-quantifier", "{}", undefined],
    ["a repetition without numbers but a comma", "{ $.a = %a{,}% }", "regex-quantifier", "{,}", undefined],
    [
      "a repetition with two numbers and no comma",
      "{ $.a = %a{1 2}% }",
      "regex-quantifier",
      "{1 2}",
      undefined,
    ],
    ["a repetition the wrong way round", "{ $.a = %a{3,2}% }", "regex-quantifier", "{3,2}", undefined],
    ["two repetitions", "{ $.a = %a{2}{3}% }", "regex-quantifier", "{2}{", undefined],
    ["a closing brace alone", "{ $.a = %a}% }", "regex-quantifier", "}", undefined],
    ["a question mark alone", "{ $.a = %b|?% }", "regex-quantifier", "?", undefined],
    ["a class never closed", "{ $.a = %b[a% }", "regex-class", "[a", undefined],
    ["a closing bracket alone", "{ $.a = %b]% }", "regex-class", "]", undefined],
    ["an empty class that excludes nothing", "{ $.a = %[^]% }", "regex-class", "[^", undefined],
    ["a forbidden character in a class", "{ $.a = %[a!]% }", "regex-character", "!", undefined],
    ["a forbidden character as the end of a range", "{ $.a = %[a-!]% }", "regex-character", "!", undefined],
    ["a parenthesis at the end", "{ $.a = %b)% }", "regex-parenthesis", ")", undefined],
    ["half of an escape", "{ $.a = %b\\% }", "regex-escape", "\\", undefined],
    ["an escape with one digit", "{ $.a = %\\x4% }", "regex-escape", "\\x", undefined],
    ["an escape of no ASCII character", "{ $.a = %\\é% }", "regex-escape", "\\é", undefined],
    ["an escape of a digit", "{ $.a = %\\1% }", "regex-escape", "\\1", undefined],
    ["an escaped blank", "{ $.a = %\\ % }", "regex-escape", "\\ ", undefined],
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
    ["nothing at all in the braces", "{}", "empty-expression", "}", undefined],
    ["nothing in the braces, with blanks around", " {  } ", "empty-expression", "}", undefined],
    ["nothing in parentheses", "{ () }", "condition-expected", ")", undefined],
    ["nothing behind an operator", "{ $.a = b || }", "condition-expected", "}", undefined],
    ["parentheses without braces", "(($.a = b))", "braces-missing", "(($.a = b))", "{ (($.a = b)) }"],
    ["no braces, with blanks around", " ( $.a = b ) ", "braces-missing", "( $.a = b )", "{ ( $.a = b ) }"],
    ["no braces, and no dot", "$a = b", "braces-missing", "$a = b", "{ $a = b }"],
    ["a condition behind a term", "x $.a", "term-characters", "$.a", '"$.a"'],
    ["a term with a quote within", 'x a"b', "term-characters", 'a"b', undefined],
    ["a term with a percent sign within", "x a%b", "term-characters", "a%b", undefined],
    ["a sign alone", "a - b", "term-characters", "", undefined],
    ["an open quote among terms", 'x "y z', "quote-not-closed", '"y z', undefined],
    ["an open regular expression among terms", "x %y z", "regex-not-closed", "%y z", undefined],
    ["a parenthesis in a term's regular expression", "x %a(b%", "regex-parenthesis", "(", undefined],
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

  test("an end that is missing is told at the end of the text, without the blanks behind it", () => {
    expect(parsePattern(" [a, b  ")).toMatchObject({ problem: { offset: 6, end: 6 } });
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
    ["two wildcards", "{ $.*.* = b }", true],
    ["odd characters in a field", "{ $.a:b = c }", false],
    ["a parenthesis in a regular expression", "{ $.a = %(% }", true],
    ["a forbidden character in a regular expression", "{ $.a = %!% }", true],
    ["nothing to repeat", "{ $.a = %*% }", false],
    ["a class the wrong way round", "{ $.a = %[b-a]% }", false],
    ["a term with odd characters", "a-b", false],
    ["a parenthesis in a term's regular expression", "%(%", false],
    ["too long", "x".repeat(1025), true],
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
    ["optional terms beside an excluded one", "-a ?b", ["optional-ignored"], "?b"],
    ["optional terms beside a plain and an excluded one", "a -b ?c ?d", ["optional-ignored"], "?c"],
    ["null as text, in capitals", "{ $.a = NULL }", ["literal-word"], "NULL"],
    ["a star in the middle, beside one at the end", '{ $.a = "b*c*" }', ["inner-star"], '"b*c*"'],
    ["a bare value with a minus", "{ $.a = b-c }", ["bare-characters"], "b-c"],
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

  test.each([
    "?a ?b",
    "a b",
    "-a",
    "{ $.a = trueish }",
    "{ $.a = untrue }",
    '{ $.a = "*b*" }',
    '{ $.a = "b\\\\c" }',
    '{ $.a = "b\\"c" }',
    "{ $.a = b_c.d }",
    "{ $.a = -5 }",
  ])("nothing is said of %s", (text) => {
    expect(parsePattern(text)).toMatchObject({ remarks: [] });
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
