import { describe, expect, test } from "vitest";
import type { Pattern } from "../../../../src/aws/filter-pattern/ast.ts";
import { covers } from "../../../../src/aws/filter-pattern/covers.ts";
import { matches } from "../../../../src/aws/filter-pattern/matches.ts";
import { parsePattern } from "../../../../src/aws/filter-pattern/parse.ts";
import { get } from "../../../../src/model/json.ts";
import published from "../../../data/filter-pattern/cis-patterns.json" with { type: "json" };

function pattern(text: string): Pattern {
  const parsed = parsePattern(text);
  if ("problem" in parsed) throw new Error(`${text}: ${parsed.problem.code}`);
  return parsed.pattern;
}

/** The answer, after checking its witness with the matcher. */
function covered(actual: string | readonly string[], required: string) {
  const patterns = [actual].flat().map(pattern);
  const coverage = covers(patterns, pattern(required));
  if (coverage.answer === "no") {
    expect(matches(pattern(required), coverage.event, coverage.reading)).toBe(true);
    expect(patterns.some((one) => matches(one, coverage.event, coverage.reading))).toBe(false);
  }
  return coverage;
}

/** The weakest text that a published version of the control "unauthorized API calls" asks for. */
const REQUIRED =
  '{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && ($.sourceIPAddress != "delivery.logs.amazonaws.com") && ($.eventName != "HeadBucket") }';
const V12 = '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }';
const V14 =
  '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") || ($.sourceIPAddress!="delivery.logs.amazonaws.com") || ($.eventName!="HeadBucket") }';
const V20 =
  '{ ($.errorCode ="*UnauthorizedOperation") || ($.errorCode ="AccessDenied*") && ($.sourceIPAddress!="delivery.logs.amazonaws.com") && ($.eventName!="HeadBucket") }';
const DENIED = '($.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied*")';

describe("the published texts of unauthorized API calls", () => {
  test.each(
    published
      .filter(({ control }) => control === 1)
      .flatMap(({ patterns }) => patterns.map((one) => one.pattern)),
  )("%s covers the weakest of them", (text) => {
    expect(covered(text, REQUIRED)).toEqual({ answer: "yes" });
  });

  test("each is within the next: the common module's, 2.0, 1.2, 1.4", () => {
    const order = [REQUIRED, V20, V12, V14];
    for (const [at, wider] of order.entries()) {
      for (const [other, narrower] of order.entries()) {
        expect(covered(wider, narrower).answer).toBe(other <= at ? "yes" : "no");
      }
    }
  });
});

describe("patterns from public repositories", () => {
  test.each([
    ["no blanks", '{($.errorCode="*UnauthorizedOperation")||($.errorCode="AccessDenied*")}'],
    ["a trailing blank", `${V12} `],
    ["several lines", '{\n  $.errorCode = "*UnauthorizedOperation"\n  || $.errorCode = "AccessDenied*"\n}'],
    ["broader on both sides", '{ ($.errorCode = "*Unauthorized*" || $.errorCode = "*AccessDenied*") }'],
    ["any error code", '{ $.errorCode = "*" }'],
    ["regular expressions", "{ $.errorCode = %UnauthorizedOperation$% || $.errorCode = %^AccessDenied% }"],
    ["one regular expression", "{ $.errorCode = %UnauthorizedOperation$|^AccessDenied% }"],
    ["any field at all", '{ $.* = "*UnauthorizedOperation" || $.* = "AccessDenied*" }'],
    ["words in the event's text", "?AccessDenied ?UnauthorizedOperation"],
    ["the name of the field in the event's text", "errorCode"],
    ["words in every event's text", "eventVersion"],
    ["everything", ""],
    [
      "a guarded exclusion and its counterpart",
      `{ ${DENIED} && ($.userIdentity.arn NOT EXISTS || $.userIdentity.arn != "v") || $.userIdentity.arn = v }`,
    ],
    ["exclusions of what is excluded anyway", `{ ${DENIED} && $.eventName != HeadBucket }`],
  ])("covered: %s", (_, text) => {
    expect(covered(text, REQUIRED)).toEqual({ answer: "yes" });
  });

  test.each([
    [
      "no wildcards",
      '{($.errorCode = "UnauthorizedOperation") || ($.errorCode = "AccessDenied")}',
      "Client.UnauthorizedOperation",
    ],
    [
      "no trailing wildcard",
      '{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied")}',
      "AccessDeniedException",
    ],
    [
      "the wrong wildcard",
      '{ ($.errorCode = "*AccessDenied*") || ($.errorCode = "UnauthorizedOperation") }',
      "Client.UnauthorizedOperation",
    ],
    [
      "one prefix by name",
      '{ ($.errorCode = "AccessDenied*" || $.errorCode = "Client.UnauthorizedOperation") }',
      "UnauthorizedOperation",
    ],
    [
      "and for or",
      '{ ($.errorCode = "*UnauthorizedOperation") && ($.errorCode = "AccessDenied*") }',
      "Client.UnauthorizedOperation",
    ],
    ["half of it", '{ $.errorCode = "AccessDenied*" }', "Client.UnauthorizedOperation"],
    ["the wrong field", "{ ($.eventName = UnauthorizedOperation*) }", "Client.UnauthorizedOperation"],
    [
      "a field in small letters",
      '{ ($.errorcode = "*UnauthorizedOperation") || ($.errorcode = "AccessDenied*") }',
      "Client.UnauthorizedOperation",
    ],
    ["one word of two", "AccessDenied", "Client.UnauthorizedOperation"],
    ["space-delimited", "[a, b]", "Client.UnauthorizedOperation"],
  ])("missed: %s", (_, text, errorCode) => {
    const coverage = covered(text, REQUIRED);
    expect(coverage).toMatchObject({ answer: "no", event: { errorCode }, departsFrom: [], everywhere: true });
  });

  test.each([
    [
      "an exclusion of a session issuer",
      `{ ${DENIED} && ($.userIdentity.sessionContext.sessionIssuer.userName != "AWSServiceRoleForConfig") }`,
      ["userIdentity", "sessionContext", "sessionIssuer", "userName"],
      "AWSServiceRoleForConfig",
    ],
    [
      "an exclusion of an ARN",
      `{ ${DENIED} && $.userIdentity.arn!="*assumed-role/AWSServiceRoleFor*"}`,
      ["userIdentity", "arn"],
      "arn:aws:sts::111122223333:assumed-role/AWSServiceRoleFor",
    ],
    [
      "an exclusion of a principal, behind an and",
      '{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode ="AccessDenied*") && ($.userIdentity.principalId != "*AWSConfig-BucketConfigCheck")) }',
      ["userIdentity", "principalId"],
      "AROACKCEVSQ6C2EXAMPLE:AWSConfig-BucketConfigCheck",
    ],
    [
      "an exclusion of event names",
      `{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") && ($.eventName != "ListDelegatedAdministrators") && ($.eventName != "GetMacieSession") }`,
      ["eventName"],
      "ListDelegatedAdministrators",
    ],
    [
      "a guard and an exclusion",
      `{ ${DENIED} && (($.userIdentity.type != "AssumedRole") || ($.userIdentity.sessionContext.sessionIssuer.userName != "CortexXDRCloudApp")) }`,
      ["userIdentity", "type"],
      "AssumedRole",
    ],
    [
      "an exclusion of three things at once",
      `{ ${DENIED} && ($.eventSource != "s3.amazonaws.com" || $.eventName != "GetObject" || $.userIdentity.invokedBy != "cloudfront.amazonaws.com") }`,
      ["userIdentity", "invokedBy"],
      "cloudfront.amazonaws.com",
    ],
    [
      "all assumed roles excluded",
      `{ ${DENIED} && ($.userIdentity.type != "AssumedRole") }`,
      ["userIdentity", "type"],
      "AssumedRole",
    ],
    [
      "a scope behind an and",
      '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") && ($.userIdentity.sessionContext.sessionIssuer.arn = "*ec2-least-privilege-role*") }',
      ["errorCode"],
      "AccessDenied",
    ],
  ] as const)("missed: %s", (_, text, path, value) => {
    const coverage = covered(text, REQUIRED);
    expect(coverage).toMatchObject({ answer: "no", everywhere: true });
    if (coverage.answer !== "no") return;
    expect(path.reduce((at, name) => get(at, name) ?? null, coverage.event)).toBe(value);
  });

  test("the witness is short and in the order in which people read it", () => {
    const coverage = covered('{ $.errorCode = "AccessDenied*" }', REQUIRED);
    expect(coverage).toMatchObject({
      event: {
        eventSource: "ec2.amazonaws.com",
        eventName: "RunInstances",
        errorCode: "Client.UnauthorizedOperation",
        sourceIPAddress: "198.51.100.7",
        userIdentity: { type: "AssumedRole", arn: "arn:aws:sts::111122223333:assumed-role/app/session" },
      },
    });
    if (coverage.answer === "no") expect(JSON.stringify(coverage.event).length).toBeLessThan(300);
  });
});

describe("unions", () => {
  const halves = ['{ $.errorCode = "*UnauthorizedOperation" }', '{ $.errorCode = "AccessDenied*" }'];

  test("two halves cover together", () => {
    expect(covered(halves, REQUIRED)).toEqual({ answer: "yes" });
  });

  test("one half and something else do not", () => {
    expect(covered([halves[0] ?? "", "{ $.eventName = ConsoleLogin }", "[a]"], REQUIRED).answer).toBe("no");
  });

  test("nothing covers nothing", () => {
    expect(covered([], REQUIRED).answer).toBe("no");
    expect(covered([], "{ $.a = x && $.a = y }").answer).toBe("yes");
  });
});

describe("kinds of value", () => {
  test.each([
    ["ranges that meet", "{ $.a > 4 || $.a <= 4 || $.a = * }", "{ $.a >= 0 }", "yes"],
    ["a star is any number", "{ $.a = * }", "{ $.a > 3 }", "yes"],
    ["nothing differs from a star", "{ $.q = x }", "{ $.a != * && $.a > 3 }", "yes"],
    ["ranges with a hole", "{ $.a > 4 || $.a < 4 }", "{ $.a >= 0 }", "no"],
    ["an open range within a closed one", "{ $.a >= 4 }", "{ $.a > 4 }", "yes"],
    ["a closed range is not within an open one", "{ $.a > 4 }", "{ $.a >= 4 }", "no"],
    ["spellings of one number", "{ $.a = 100 && $.a > 0 }", "{ $.a = 1e2 && $.a > 0 }", "yes"],
    ["digits with a star", "{ $.a = 4* }", "{ $.a = 404 }", "yes"],
    ["digits with a star and a range", "{ $.a = 4* }", "{ $.a > 399 && $.a < 500 }", "no"],
    ["a field and its inside", "{ $.a NOT EXISTS || $.a IS NULL || $.a = * }", "{ $.a.b = x }", "no"],
    ["a field inside a text", "{ $.a.b NOT EXISTS }", "{ $.a = x }", "yes"],
    ["a field inside a known text", "{ $.errorCode.x NOT EXISTS }", "{ $.eventName = * }", "yes"],
    [
      "an element needs those before it",
      "{ $.a[0] NOT EXISTS }",
      "{ $.a[1] = x && $.a[0] NOT EXISTS }",
      "yes",
    ],
    ["no element without those before it", "{ $.a = x }", "{ $.a[1] = x && $.a[0] NOT EXISTS }", "yes"],
    ["an array is no object", "{ $.q = x }", "{ $.a[0] = x && $.a.b = x }", "yes"],
    ["any element includes the first", "{ $.a[*] = x }", "{ $.a[0] = x }", "yes"],
    ["the first is not any", "{ $.a[0] = x }", "{ $.a[*] = x }", "no"],
    ["any field includes one", "{ $.a.* = x }", "{ $.a.b = x }", "yes"],
    [
      "any field of the event includes the event's name",
      "{ $.* = RunInstances }",
      "{ $.eventName = RunInstances }",
      "yes",
    ],
    [
      "always present fields exist",
      "{ $.eventName = * && $.userIdentity.type = * }",
      "{ $.errorCode = * }",
      "yes",
    ],
    ["optional fields need not exist", "{ $.userAgent = * }", "{ $.errorCode = * }", "no"],
    [
      "booleans have two values",
      "{ $.readOnly IS TRUE || $.readOnly IS FALSE || $.readOnly NOT EXISTS }",
      "{ $.eventName = * }",
      "yes",
    ],
    ["no element differs where there is none", "{ $.q = x }", "{ $.a[*] != x && $.a NOT EXISTS }", "yes"],
    ["a star at the other end", '{ $.a = "*ab" }', '{ $.a = "ab*" }', "no"],
    ["a star at the end and none", '{ $.a = "ab*" }', "{ $.a = ab }", "yes"],
    ["a star at the beginning and none", '{ $.a = "*b" }', "{ $.a = ab }", "yes"],
    ["none and a star at the end", "{ $.a = ab }", '{ $.a = "ab*" }', "no"],
    ["at most and less", "{ $.a <= 4 }", "{ $.a < 4 }", "yes"],
    ["less and at most", "{ $.a < 4 }", "{ $.a <= 4 }", "no"],
    ["at most and a smaller number", "{ $.a <= 4 }", "{ $.a = 3 && $.a > 2 }", "yes"],
    ["at most and a greater number", "{ $.a <= 4 }", "{ $.a = 5 && $.a > 2 }", "no"],
    ["between two numbers", "{ $.a < 5 || $.a > 4 }", "{ $.a >= 0 }", "yes"],
    ["neither of two numbers", "{ $.a = 1 || $.a = 2 }", "{ $.a >= 1 && $.a <= 2 }", "no"],
    ["any element's field", "{ $.a[*].b = x }", "{ $.a[2].b = x }", "yes"],
    ["any element's other field", "{ $.a[*].c = x }", "{ $.a[2].b = x }", "no"],
    ["any element exists", "{ $.a[*] NOT EXISTS }", "{ $.a[0] = x }", "no"],
    ["no element exists", "{ $.a[*] NOT EXISTS }", "{ $.a = x }", "yes"],
    ["any field exists", "{ $.a.* NOT EXISTS }", "{ $.a.b = x }", "no"],
    ["no field exists", "{ $.a.* NOT EXISTS }", "{ $.a NOT EXISTS }", "yes"],
    ["two elements at once", "{ $.a[0] = x }", "{ $.a[*] = x && $.a[*] = y }", "no"],
    ["two fields at once", "{ $.q = x }", "{ $.a.* = x && $.a.* = y }", "no"],
    ["an element with two fields", "{ $.a[1] = * }", "{ $.a[0].b = x && $.a[0].c = y }", "no"],
    ["an element beyond those that are built", "{ $.a[0] = x }", "{ $.a[200] = x }", "maybe"],
    ["an element at the end of those that are built", "{ $.a[0] = x }", "{ $.a[199] = x }", "no"],
    ["an array is not null", "{ $.a IS NULL }", "{ $.a[0] = x }", "no"],
    [
      "what errors hold is text",
      "{ $.errorCode = * || $.errorCode NOT EXISTS }",
      "{ $.eventName = * }",
      "yes",
    ],
    [
      "what unknown fields hold is not always text",
      "{ $.a = * || $.a NOT EXISTS }",
      "{ $.eventName = * }",
      "no",
    ],
    [
      "parameters are an object or null",
      "{ $.requestParameters IS NULL || $.requestParameters NOT EXISTS }",
      "{ $.requestParameters.a NOT EXISTS }",
      "no",
    ],
    ["parameters are never missing", "{ $.q = x }", "{ $.requestParameters NOT EXISTS }", "yes"],
    ["parameters are no text", "{ $.q = x }", "{ $.requestParameters = x }", "yes"],
    ["two terms and one of them", "foo", '"foo" "bar"', "yes"],
    ["two terms and both in one", '"foo" "bar"', '"foo bar"', "yes"],
    ["two terms and one more", '"foo" "bar"', "foo", "no"],
    ["a term or another", "?foo ?bar", "bar", "yes"],
    ["a term and another or it", "bar", "?foo ?bar", "no"],
    ["an excluded term and one that lacks it", "-foo", "bar -foo", "yes"],
    ["an excluded term and one that does not lack it", "-foo", "bar", "no"],
    ["an excluded term beside an excluded longer one", "-foo", "bar -food", "no"],
    ["an excluded longer term beside an excluded one", "-food", "bar -foo", "yes"],
    ["a regular expression and a term", "%fo+%", "foo", "maybe"],
    ["a field with the excluded term", "-foo", "{ $.a = *foo* }", "no"],
    ["a field without the excluded term", "-foo", "{ $.eventName = foo }", "no"],
    ["a term and a field with it", "foo", "{ $.errorMessage = *foo* }", "yes"],
    ["the name of a field that every event has, excluded", "-eventName", "{ $.errorCode = * }", "no"],
    ["a term and more of it", "x", '"xy"', "yes"],
    ["a term and less of it", '"xy"', "x", "no"],
    ["an excluded term", "-foo", "{ $.eventName = * }", "no"],
  ])("%s", (_, actual, required, answer) => {
    expect(covered(actual, required).answer).toBe(answer);
  });
});

describe("what the witness is made of", () => {
  const event = (actual: string, required: string) => {
    const coverage = covered(actual, required);
    return coverage.answer === "no" ? coverage.event : undefined;
  };

  test("the value that is asked for, in a field of its own", () => {
    expect(event("{ $.q = x }", "{ $.a = 7 && $.b IS NULL && $.c IS TRUE && $.d IS FALSE }")).toMatchObject({
      a: expect.toSatisfy((value) => value === 7 || value === "7"),
      b: null,
      c: true,
      d: false,
    });
  });

  test("elements before the one that is asked for", () => {
    expect(event("{ $.q = x }", "{ $.a[2] = x }")).toMatchObject({
      a: [expect.anything(), expect.anything(), "x"],
    });
    expect(event("{ $.q = x }", "{ $.a[1] = x && $.a[0] = y }")).toMatchObject({ a: ["y", "x"] });
    expect(event("{ $.q = x }", "{ $.a[*] = x && $.a[0] = y }")).toMatchObject({ a: ["y", "x"] });
  });

  test("fields that are made up where any may be", () => {
    expect(event("{ $.q = x }", "{ $.a.* = x && $.a.field1 = y }")).toMatchObject({
      a: { field1: "y", field2: "x" },
    });
    expect(event("{ $.q = x }", "{ $.a.* = x && $.a.field1 = x }")).toMatchObject({ a: { field1: "x" } });
  });

  test("nothing that is spoken of and not there", () => {
    expect(event("{ $.errorCode = * }", "{ $.eventName = * }")).not.toHaveProperty("errorCode");
    expect(event("{ $.userIdentity.arn = * }", "{ $.errorCode = * }")).not.toHaveProperty("userIdentity.arn");
  });

  test("names of fields that objects inherit", () => {
    expect(event("{ $.q = x }", "{ $.__proto__ = x && $.constructor = y }")).toEqual(
      expect.toSatisfy((made) => JSON.stringify(made).includes('"__proto__":"x"')),
    );
  });
});

describe("readings", () => {
  test.each([
    ["missingDiffers", "{ $.a != x && $.a NOT EXISTS }"],
    ["nullDiffers", "{ $.a != x && $.a IS NULL }"],
    ["innerStarIsWildcard", '{ $.a = "x*z" && $.a = xyz }'],
    ["booleansAreText", "{ $.a = true && $.a IS TRUE }"],
    ["booleansAreText", "{ $.a = false && $.a IS FALSE }"],
    ["booleansAreText", "{ $.a != true && $.a IS FALSE }"],
    ["numbersAreText", '{ $.a = "5" && $.a > 4 }'],
    ["numbersAreText", "{ $.a != %5% && $.a > 4 }"],
  ])("%s alone lets anything match %s", (question, required) => {
    const coverage = covered("{ $.other = x && $.other = y }", required);
    expect(coverage).toMatchObject({ answer: "no", departsFrom: [question], everywhere: false });
  });

  test("everyElementDiffers alone keeps a list with one that differs from matching", () => {
    const coverage = covered("{ $.a[*] != x }", "{ $.a[0] = y && $.a[1] = x }");
    expect(coverage).toMatchObject({ answer: "no", departsFrom: ["everyElementDiffers"], everywhere: false });
  });

  test("an exclusion that the default reading forgives is told by the reading that does not", () => {
    const coverage = covered(
      '{ $.eventName = ConsoleLogin && $.additionalEventData.MFAUsed = "*" && $.additionalEventData.MFAUsed != "Yes" }',
      '{ $.eventName = ConsoleLogin && $.additionalEventData.MFAUsed != "Yes" }',
    );
    expect(coverage).toMatchObject({ answer: "no", departsFrom: ["missingDiffers"], everywhere: false });
    expect(coverage).not.toHaveProperty("event.additionalEventData.MFAUsed");
  });

  test.each([
    ["a missing field", "{ $.a NOT EXISTS }"],
    ["null", "{ $.a IS NULL }"],
    ["a boolean", "{ $.a IS TRUE }"],
    ["a number", "{ $.a > 3 }"],
  ])("%s slips through under the default reading, not under all", (_, required) => {
    const coverage = covered("{ $.a != x }", required);
    expect(coverage).toMatchObject({ answer: "no", departsFrom: [], everywhere: false });
  });

  test("a miss under the default reading alone is a miss", () => {
    const coverage = covered(
      `{ ${DENIED} && ($.userIdentity.arn != "v" || $.userIdentity.arn = v) }`,
      REQUIRED,
    );
    expect(coverage).toMatchObject({ answer: "no", departsFrom: [], everywhere: false });
  });

  test("a pattern covers itself under every reading", () => {
    const text = '{ $.a != "x*y" && $.list[*] != 5 && $.b != true || $.c = "5*" }';
    expect(covered(text, text)).toEqual({ answer: "yes" });
  });
});
