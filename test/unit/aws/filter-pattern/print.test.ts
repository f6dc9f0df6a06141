import { expect, test } from "vitest";
import type { Pattern } from "../../../../src/aws/filter-pattern/ast.ts";
import { parsePattern } from "../../../../src/aws/filter-pattern/parse.ts";
import { printPattern, printSelector } from "../../../../src/aws/filter-pattern/print.ts";

test.each([
  [
    "a plain path",
    [
      { kind: "name", name: "userIdentity" },
      { kind: "name", name: "arn" },
    ],
    "$.userIdentity.arn",
  ],
  ["a key with a dot", [{ kind: "name", name: "cluster.name" }], "$.['cluster.name']"],
  [
    "elements",
    [{ kind: "name", name: "a" }, { kind: "index", index: 0 }, { kind: "any-element" }],
    "$.a[0][*]",
  ],
  ["any field", [{ kind: "any-field" }], "$.*"],
] as const)("selectors: %s", (_, selector, printed) => {
  expect(printSelector(selector)).toBe(printed);
});

test("values that would read as something else are quoted", () => {
  const texts = ["5", "true", "NOT", "a b", 'say "x"', "back\\slash", ""];
  for (const text of texts) {
    const pattern: Pattern = {
      form: "json",
      expression: {
        kind: "comparison",
        selector: [{ kind: "name", name: "a" }],
        test: { operator: "=", operand: { kind: "text", text } },
      },
      text: "",
    };
    expect(parsePattern(printPattern(pattern))).toMatchObject({
      pattern: { expression: pattern.expression },
    });
  }
});
