// Which parts of a plan's `after_unknown` leave something open.

import { describe, expect, test } from "vitest";
import type { Json } from "../../../src/model/json.ts";
import { hasUnknown } from "../../../src/resolve/plan-value.ts";

function nested(levels: number): Json {
  return levels === 0 ? {} : levels % 2 === 0 ? { a: nested(levels - 1) } : [nested(levels - 1)];
}

describe("an unknown tree", () => {
  test.each<[Json | undefined]>([
    [true],
    [[false, true]],
    [{ a: false, b: true }],
    [{ a: [{ b: false }, { b: [true] }] }],
    // Deeper than any real plan.
    [nested(100)],
  ])("%j leaves something open", (mask) => {
    expect(hasUnknown(mask)).toBe(true);
  });

  test.each<[Json | undefined]>([
    [undefined],
    [false],
    [{}],
    [[]],
    [[false, false]],
    [{ a: false, b: [] }],
    [{ a: [{ b: false }, {}] }],
    [nested(60)],
  ])("%j leaves nothing open", (mask) => {
    expect(hasUnknown(mask)).toBe(false);
  });
});
