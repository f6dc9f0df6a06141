import fc from "fast-check";
import { JSONPath } from "jsonpath-plus";
import { describe, expect, it } from "vitest";
import { isPath, parsePath } from "../../../src/input/select.ts";

describe("the path of a policy", () => {
  it.each([
    ["$.name", ["name"]],
    ["$.event_selector[*].read_write_type", ["event_selector", "*", "read_write_type"]],
    ["$.event_selector.*", ["event_selector", "*"]],
    ["$.tags['kubernetes.io/name']", ["tags", "kubernetes.io/name"]],
    ["$.tags['two words']", ["tags", "two words"]],
    ["$.list[0].x", ["list", 0, "x"]],
    ["$.a[10][2]", ["a", 10, 2]],
    ["$.constructor", ["constructor"]],
    ["$.__proto__", ["__proto__"]],
  ])("%s is taken apart", async (path, steps) => {
    const found = await parsePath(path);
    expect(found.map((step) => (step.kind === "every" ? "*" : step.step))).toEqual(steps);
  });

  it.each([
    ["nothing", ""],
    ["the whole", "$"],
    ["no root", "name"],
    ["every attribute", "$.*"],
    ["descent", "$..name"],
    ["a filter", "$.a[?(@.b)]"],
    ["a script", "$.a[(@.length-1)]"],
    ["a slice", "$.a[0:2]"],
    ["a union", "$.a[0,1]"],
    ["a parent", "$.a^"],
    ["a property name", "$.a~"],
    ["a type operator", "$.a@string()"],
    ["a backtick", "$.`a"],
    ["a semicolon in a name", "$.a['b;c']"],
    ["a quote in a name", "$.a['b\\'c']"],
    ["a star in a name", "$.a['*']"],
    ["an open bracket", "$.a[["],
    ["an open name", "$.a['b"],
    ["a trailing dot", "$.a."],
    ["a line break", "$.a\n"],
    ["a huge position", "$.a[12345678901]"],
    ["too much of it", `$.${"a".repeat(255)}`],
  ])("cannot be %s", (_, path) => {
    expect(isPath(path)).toBe(false);
  });

  it("finds what jsonpath-plus finds, on data without unknowns", async () => {
    const name = fc.constantFrom("a", "b", "c_d");
    const step = fc.oneof(
      name.map((one) => `.${one}`),
      fc.constantFrom(".*", "[*]", "[0]", "[1]", "['a']", "['b c']"),
    );
    const path = fc
      .tuple(name, fc.array(step, { maxLength: 4 }))
      .map(([first, rest]) => `$.${first}${rest.join("")}`);
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        // No text: jsonpath-plus takes the first character of one for its element 0.
        fc.constantFrom(1, true),
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom("a", "b", "c_d", "b c"), tie("tree"), { maxKeys: 4 }),
      ),
    }));
    const object = fc.dictionary(fc.constantFrom("a", "b", "c_d"), tree, { maxKeys: 3 });
    await fc.assert(
      fc.asyncProperty(path, object, async (written, json) => {
        const steps = await parsePath(written);
        const expected: unknown = JSONPath({ path: written, json, eval: false, wrap: true });
        expect(walk([json], steps)).toEqual(expected);
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});

function walk(values: readonly unknown[], steps: Awaited<ReturnType<typeof parsePath>>): readonly unknown[] {
  const [first, ...rest] = steps;
  if (first === undefined) return values;
  const next = values.flatMap((value): unknown[] => {
    if (typeof value !== "object" || value === null) return [];
    if (first.kind === "every") return Object.values(value);
    const found = Object.entries(value).find(([key]) => key === String(first.step));
    return found === undefined ? [] : [found[1]];
  });
  return walk(next, rest);
}
