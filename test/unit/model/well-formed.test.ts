import { expect, test } from "vitest";
import { wellFormed } from "../../../src/model/well-formed.ts";

test.each([
  ["whole characters", "a\u00e9\u{1f4a9}", "a\u00e9\u{1f4a9}"],
  ["a first half", "a\ud800b", "a\ufffdb"],
  ["a second half", "\udc00", "\ufffd"],
  ["halves the wrong way round", "\udc00\ud800", "\ufffd\ufffd"],
])("%s", (_, text, written) => {
  expect(wellFormed(text)).toBe(written);
  expect(() => encodeURIComponent(wellFormed(text))).not.toThrow();
});
