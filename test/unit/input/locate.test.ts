// Where blocks stand, and the comments that belong to them.

import { describe, expect, it } from "vitest";
import { type LocatedBlock, locate } from "../../../src/input/locate.ts";
import { MAX_NESTING, NestingTooDeep } from "../../../src/terraform/scan.ts";

function outline(block: LocatedBlock): string {
  const header = [block.kind, ...block.labels].join(" ");
  const inside = block.blocks.map(outline).join(", ");
  const place = `${block.start.line}:${block.start.column}-${block.end.line}:${block.end.column}`;
  return `${header} ${place}${inside === "" ? "" : ` (${inside})`}`;
}

describe("blocks", () => {
  it.each<[string, string, string[]]>([
    ["a block", 'resource "a" "b" {\n}\n', ["resource a b 1:1-2:1"]],
    ["bare labels", "resource a b {}\n", ["resource a b 1:1-1:15"]],
    [
      "two on different lines",
      "locals {\n  a = 1\n}\n\n  locals {}\n",
      ["locals 1:1-3:1", "locals 5:3-5:11"],
    ],
    [
      "nested blocks",
      "a {\n  b {\n    c {}\n  }\n  b {}\n}\n",
      ["a 1:1-6:1 (b 2:3-4:3 (c 3:5-3:8), b 5:3-5:6)"],
    ],
    ["braces in strings", 'a {\n  x = "}${upper("}")}{"\n}\nb {}\n', ["a 1:1-3:1", "b 4:1-4:4"]],
    ["quotes in interpolations", 'a {\n  x = "${m["}"]}"\n}\n', ["a 1:1-3:1"]],
    ["escaped quotes and markers", 'a {\n  x = "\\"}$${"\n}\n', ["a 1:1-3:1"]],
    ["heredocs", "a {\n  x = <<EOT\n}\n  EOTX\nEOT\n}\n", ["a 1:1-6:1"]],
    [
      "indented heredocs with interpolations",
      'a {\n  x = <<-EOT\n    } ${f({ y = "}" })}\n    EOT\n}\n',
      ["a 1:1-5:1"],
    ],
    ["heredocs in calls", "a {\n  x = f(<<A\n)\nA\n  , 1)\n}\n", ["a 1:1-6:1"]],
    ["comments that look like blocks", "# a {\n// b {\n/* c {\n} */\nd {}\n", ["d 5:1-5:4"]],
    ["comments in expressions", "a {\n  x = [ # ]\n    1, /* } */ 2 // {\n  ]\n}\n", ["a 1:1-5:1"]],
    ["objects are no blocks", "a {\n  x = {\n    y = { z = 1 }\n  }\n}\n", ["a 1:1-5:1"]],
    ["windows line ends", 'a "b" {\r\n  x = 1\r\n}\r\nc {}\r\n', ["a b 1:1-3:1", "c 4:1-4:4"]],
    ["a byte order mark", "\uFEFFa {}\n", ["a 1:2-1:5"]],
    ["names with dashes and letters of any script", 'é-x "y" {}\n', ["é-x y 1:1-1:10"]],
    ["nothing", "", []],
    ["text that is no HCL at all", '}}}{{{"', []],
  ])("%s", (_name, text, wanted) => {
    expect(locate("main.tf", text).blocks.map(outline)).toEqual(wanted);
  });

  it("refuses what nests deeper than any parser should follow", () => {
    const deep = `a {\n  x = ${"[".repeat(MAX_NESTING + 1)}\n}\n`;
    expect(() => locate("main.tf", deep)).toThrow(NestingTooDeep);
    expect(() => locate("main.tf", "a {".repeat(MAX_NESTING + 2))).toThrow(NestingTooDeep);
  });
});

describe("arguments", () => {
  it("have places and their own text", () => {
    const [block] = locate(
      "main.tf",
      'a {\n  x   = 1 + 2 # three\n  y = [\n    1,\n  ]\n  z = "s"\n}\n',
    ).blocks;
    expect([...(block?.attributes ?? [])]).toEqual([
      ["x", { start: { file: "main.tf", line: 2, column: 3 }, text: "1 + 2" }],
      ["y", { start: { file: "main.tf", line: 3, column: 3 }, text: "[\n    1,\n  ]" }],
      ["z", { start: { file: "main.tf", line: 6, column: 3 }, text: '"s"' }],
    ]);
  });
});

describe("comments of a block", () => {
  it.each<[string, string, string[]]>([
    ["right above", "# one\n// two\na {}\n", ["one", "two"]],
    ["in a block of lines", "/* one\n * two\n */\na {}\n", ["one\ntwo"]],
    ["behind the opening brace", "a { # here\n}\n", ["here"]],
    ["above and behind", "# up\na { // here\n}\n", ["up", "here"]],
    ["not over an empty line", "# far\n\n# near\na {}\n", ["near"]],
    ["not behind another block", "b {} # of b\na {}\n", []],
    ["not of the argument above", "# of x\nx = 1\na {}\n", []],
  ])("%s", (_name, text, wanted) => {
    expect(locate("main.tf", text).blocks.find(({ kind }) => kind === "a")?.comments).toEqual(wanted);
  });
});
