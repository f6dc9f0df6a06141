// Whatever a name holds, each sink gets text that cannot leave the place it was put into.

import fc from "fast-check";
import { expect, test } from "vitest";
import {
  codeBlock,
  codeSpan,
  inGithubProperty,
  inJson,
  inMarkdown,
  inMarkup,
  inMermaid,
  visible,
  withoutCommands,
} from "../../src/report/escape.ts";
import { fileUri } from "../../src/report/results.ts";

const NASTY = [
  "\x1b[31m",
  "\u202e",
  "\u200b",
  "::error::",
  "##[",
  "##vso[",
  "\n",
  "\r",
  "`",
  "|",
  "]]>",
  "<",
  "&",
  '"',
  "@",
  "#1",
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: "binary" }), fc.string()), { maxLength: 12 })
  .map((parts) => parts.join(""));
const check = (property: fc.IRawProperty<unknown>) => fc.assert(property, { seed: 20261124, numRuns: 2000 });

test("text made visible is one line of plain characters, and making it visible again changes nothing", () => {
  check(
    fc.property(hostile, (text) => {
      const shown = visible(text);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      expect(visible(shown)).toBe(shown);
    }),
  );
});

test("after the last pass no line is a workflow command, and the pass is done for good", () => {
  check(
    fc.property(hostile, (text) => {
      const output = withoutCommands(text);
      for (const line of output.split("\n")) expect(line.trimStart().startsWith("::")).toBe(false);
      expect(output).not.toMatch(/##\[|##vso\[/);
      expect(withoutCommands(output)).toBe(output);
    }),
  );
});

test("JSON keeps its data and holds no workflow command", () => {
  check(
    fc.property(hostile, (text) => {
      const json = inJson(JSON.stringify([text]));
      expect(json).not.toMatch(/##\[|##vso\[/);
      expect(JSON.parse(json)).toEqual([text]);
    }),
  );
});

test("markup holds no character that opens or closes anything", () => {
  check(
    fc.property(hostile, (text) => {
      expect(inMarkup(text)).not.toMatch(/[<>"']|&(?!#\d+;)/);
    }),
  );
});

test("Markdown prose holds no bare punctuation that Markdown reads", () => {
  check(
    fc.property(hostile, (text) => {
      const left = inMarkdown(text)
        .replace(/\\[\p{P}\p{S}]/gu, " ")
        .replace(/&(?:amp|lt|gt|#8203);/g, " ");
      expect(left).not.toMatch(/[\\`*_{}[\]<>|~&]/);
      expect(left).not.toMatch(/@\p{L}/u);
    }),
  );
});

test("code spans and blocks are closed by their own fence only", () => {
  check(
    fc.property(hostile, (text) => {
      const span = codeSpan(text);
      if (span !== "") {
        const fence = /^`+/.exec(span)?.[0] ?? "";
        const inner = span.slice(fence.length, -fence.length);
        expect(span.endsWith(fence)).toBe(true);
        expect(inner.match(/`+/g) ?? []).not.toContain(fence);
      }
      const [opening = "", ...rest] = codeBlock(text).split("\n");
      expect(rest.slice(0, -1).join("\n")).not.toContain(opening);
    }),
  );
});

test("Mermaid labels and GitHub properties hold nothing that ends them", () => {
  check(
    fc.property(hostile, (text) => {
      expect(inMermaid(text).replace(/#\d+;/g, "")).not.toMatch(/["\]#;`<>]/);
      expect(inGithubProperty(text)).not.toMatch(/[:,\n\r]|%(?!25|3A|2C)/);
    }),
  );
});

test("the name of a file becomes an address that stays a file: no scheme, host, query or lone half of a character", () => {
  const names = fc.oneof(
    hostile,
    fc.constantFrom(
      "javascript:alert(1)",
      "//example.org/x",
      "\\\\example.org\\x",
      "https://example.org",
      "?a#b",
      "%2e%2e",
    ),
    fc.string({ unit: "binary" }).map((text) => `${text}\ud800`),
  );
  check(
    fc.property(names, (name) => {
      const { protocol, host, search, hash } = new URL(fileUri(name), "file:///repository/");
      expect({ protocol, host, search, hash }).toEqual({ protocol: "file:", host: "", search: "", hash: "" });
    }),
  );
});
