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
