import { expect, it } from "vitest";
import { nearest } from "../../../src/input/nearest.ts";

it.each([
  ["patern", ["path", "pattern", "published"], "pattern"],
  ["titel", ["title", "with"], "title"],
  ["PATTERN", ["pattern"], "pattern"],
  ["whit", ["with", "path"], "with"],
  ["in", ["id", "with"], "id"],
  ["reason", ["expires", "control"], undefined],
  ["", ["id"], undefined],
  ["x".repeat(100_000), ["id", "title"], undefined],
  ["a", [], undefined],
])("%s of %j: %s", (written, known, expected) => {
  expect(nearest(written, known)).toBe(expected);
});
