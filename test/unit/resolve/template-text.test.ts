// The source text that stands in plans of `.tf.json` configurations.

import { describe, expect, it } from "vitest";
import type { Json } from "../../../src/model/json.ts";
import { parseTarget } from "../../../src/resolve/references.ts";
import { holdsTemplate, textTargets } from "../../../src/resolve/template-text.ts";

describe("a template", () => {
  it.each<[Json, boolean]>([
    ["${a.b}", true],
    ["x %{ if true }y%{ endif }", true],
    ["plain", false],
    ["$ {a}", false],
    [["x", "${a}"], true],
    [["x", "y"], false],
    [{ a: "x", b: ["${a}"] }, true],
    [{ a: "x" }, false],
    [5, false],
    [null, false],
    [[], false],
  ])("is in %j: %s", (json, wanted) => {
    expect(holdsTemplate(json)).toBe(wanted);
  });
});

describe("references in text", () => {
  it.each<[string, string | undefined, readonly string[]]>([
    ["${aws_sns_topic.a.arn}", "aws_sns_topic.a.arn", ["aws_sns_topic.a.arn"]],
    ['${aws_x.y["k"].arn}', 'aws_x.y["k"].arn', ['aws_x.y["k"].arn']],
    ["${aws_x.y[0].arn}", "aws_x.y[0].arn", ["aws_x.y[0].arn"]],
    ["${aws_x.y-z.arn}:*", undefined, ["aws_x.y-z.arn"]],
    ["${a_b.c.d}${var.e}", undefined, ["a_b.c.d", "var.e"]],
    ["%{ if var.on }x%{ endif }", undefined, ["var.on"]],
    ["${lower(aws_x.y.name)}", undefined, ["aws_x.y.name"]],
    ['${join(",", [aws_x.a.arn, aws_x.b.arn])}', undefined, ["aws_x.a.arn", "aws_x.b.arn"]],
    ["x ${aws_x.y.arn}", undefined, ["aws_x.y.arn"]],
    ["aws_x.y.arn", undefined, []],
    ["${5}", undefined, []],
    ["${}", undefined, []],
  ])("%s", (text, whole, inside) => {
    expect(textTargets(text)).toEqual({
      whole: whole === undefined ? undefined : parseTarget(whole),
      inside: inside.map(parseTarget),
    });
  });
});
