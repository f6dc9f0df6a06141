import { describe, expect, it } from "vitest";
import { scanJson } from "../../../src/input/json-scan.ts";

describe("a value amid other text", () => {
  const cases: [string, string, number][] = [
    ["an object", '{"a":[1,-2.5e+3,true,null]} tail', 27],
    ["empty containers", "[{},[]]]", 7],
    ["braces inside a string", '{"a":"}{\\"}"}}', 13],
    ["an escaped character by number", '["\\u00e9"]x', 10],
    ["a lone word", "false1", 5],
    ["a number", "0 ", 1],
  ];
  it.each(cases)("ends where %s ends", (_name, text, end) => {
    expect(scanJson(text, 0)).toEqual({ kind: "whole", end });
  });

  it("may begin anywhere", () => {
    expect(scanJson("xx[1]yy", 2)).toEqual({ kind: "whole", end: 5 });
  });
});

describe("text that ends too early", () => {
  const cases: [string][] = [[""], ["{"], ["["], ['{"a'], ['{"a"'], ['{"a":'], ['{"a":1'], ["[1,"], ["tr"]];
  const more: [string][] = [["-"], ["1."], ["1e"], ["1e+"], ['["\\'], ['["\\u00'], ["[1 "]];
  it.each([...cases, ...more])("%s", (text) => {
    expect(scanJson(text, 0)).toEqual({ kind: "cut" });
  });
});

describe("text that is not JSON", () => {
  const cases: [string, string, number][] = [
    ["a bare name", "{a:1}", 1],
    ["a missing colon", '{"a" 1}', 5],
    ["a missing comma", "[1 2]", 3],
    ["a trailing comma in a list", "[1,]", 3],
    ["a trailing comma in an object", '{"a":1,}', 7],
    ["the wrong bracket", "[1}", 2],
    ["single quotes", "{'a':1}", 1],
    ["a leading zero", "[01]", 2],
    ["a lone minus sign", "[-]", 2],
    ["a digit missing behind the point", "[1.x]", 3],
    ["a digit missing in the exponent", "[1ex]", 3],
    ["a word of another language", "[None]", 1],
    ["a word misspelt", "[trie]", 3],
    ["a line end in a string", '["a\nb"]', 3],
    ["an escape that does not exist", '["a\\x41"]', 3],
    ["an escape with too few digits", '["\\u12"]  ', 2],
    ["not a number", "[NaN]", 1],
  ];
  it.each(cases)("%s", (_name, text, at) => {
    expect(scanJson(text, 0)).toEqual({ kind: "broken", at });
  });

  it("nesting beyond any use", () => {
    expect(scanJson("[".repeat(1_000_000), 0)).toEqual({ kind: "broken", at: 10_000 });
  });
});
