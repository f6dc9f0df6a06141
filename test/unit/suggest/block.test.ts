// Blocks as text, held against `terraform fmt` where it is installed.

import { execFileSync, spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import {
  argumentsOf,
  type Block,
  listOf,
  literal,
  nested,
  printBlock,
  template,
  valueIn,
} from "../../../src/suggest/block.ts";
import { asName, commentText, isName, quoted } from "../../../src/suggest/hcl-text.ts";
import { graphOf } from "../resolve/sources/support.ts";
import { suggestFor } from "./support.ts";

const BLOCK: Block = {
  type: "resource",
  labels: ["aws_x", "y"],
  arguments: argumentsOf({
    name: literal("a"),
    longer_name: listOf(literal(1), literal(true)),
    left_out: undefined,
    arn: template(literal("${not}:"), {
      kind: "written",
      text: "aws_z.w.arn",
      value: valueIn(literal("arn")),
    }),
  }),
  blocks: [nested("empty", {}), nested("outer", { a: literal("b") }, [nested("inner", { bc: literal(2) })])],
};

const PRINTED = `resource "aws_x" "y" {
  name        = "a"
  longer_name = [1, true]
  arn         = "$\${not}:\${aws_z.w.arn}"

  empty {}

  outer {
    a = "b"

    inner {
      bc = 2
    }
  }
}`;

describe("printBlock", () => {
  it("aligns arguments, indents by two and sets blocks apart", () => {
    expect(printBlock(BLOCK)).toBe(PRINTED);
  });
});

/** Not a tool of this repository: used where it happens to be there. */
const TERRAFORM = "terraform";
const hasTerraform = spawnSync(TERRAFORM, ["version"], { stdio: "ignore" }).status === 0;

describe.skipIf(!hasTerraform)("terraform fmt (skipped where terraform is not installed)", () => {
  const format = (text: string) =>
    execFileSync(TERRAFORM, ["fmt", "-"], { input: text, stdio: ["pipe", "pipe", "ignore"] }).toString();

  it("changes nothing in a printed block", () => {
    expect(format(`${PRINTED}\n`)).toBe(`${PRINTED}\n`);
  });

  it("changes nothing in a complete suggestion", async () => {
    const { text } = suggestFor(await graphOf({ "main.tf": "locals {}\n" }));
    expect(format(text)).toBe(text);
  });
});

describe("text of the language", () => {
  it.each([
    ["plain", "plain", '"plain"'],
    ["quotes and backslashes", 'a "b" \\c', '"a \\"b\\" \\\\c"'],
    ["the beginnings of templates", "${a} %{b} $${c}", '"$${a} %%{b} $$${c}"'],
    ["line ends and tabs", "a\nb\r\tc", '"a\\nb\\r\\tc"'],
    ["control and invisible characters", "\u001b\u202e\u{e0001}", '"\\u001b\\u202e\\U000e0001"'],
    ["commands of logs", "##[error] ##vso[x]", '"#\\u0023[error] #\\u0023vso[x]"'],
  ])("%s stay one literal", (_, text, expected) => {
    expect(quoted(text)).toBe(expected);
  });

  it("literals are read back as the text they were", async () => {
    const texts = ['a "b" \\c', "${a} %{b} $${c} $$", "a\nb", "##[x]", '{ $.a = "*" }', "%%{x", "$$${y"];
    const graph = await graphOf({
      "main.tf": texts
        .map((text, index) => `resource "aws_sns_topic" "t${index}" {\n  name = ${quoted(text)}\n}\n`)
        .join(""),
    });
    const read = texts.map((_, index) => graph.byId(`aws_sns_topic.t${index}`)?.read("name"));
    expect(read.map((value) => (value?.kind === "known" ? value.value : value))).toEqual(texts);
  });

  it("a comment stays on its line", () => {
    expect(commentText("a\nresource {}\u2028b")).toBe("a\\nresource {}\\u2028b");
  });

  it.each([
    ["a-b", "a_b"],
    ["9lives", "_9lives"],
    ["é", "_"],
  ])("%s as a block's name is %s", (text, expected) => {
    expect(asName(text)).toBe(expected);
    expect(isName(asName(text))).toBe(true);
  });
});
