import { describe, expect, test } from "vitest";
import { parseTarget, type Target, writtenReferences } from "../../../src/resolve/references.ts";

const resource = {
  kind: "resource",
  mode: "managed",
  type: "aws_sns_topic",
  name: "a",
  key: undefined,
  path: [],
} as const;

describe("what one reference names", () => {
  test.each<[string, Target]>([
    ["aws_sns_topic.a", resource],
    ["aws_sns_topic.a.arn", { ...resource, path: ["arn"] }],
    ["resource.aws_sns_topic.a.arn", { ...resource, path: ["arn"] }],
    ["aws_sns_topic.a[0].arn", { ...resource, key: 0, path: ["arn"] }],
    ['aws_sns_topic.a["x.y"].arn', { ...resource, key: "x.y", path: ["arn"] }],
    ["data.aws_sns_topic.a.arn", { ...resource, mode: "data", path: ["arn"] }],
    [
      "aws_f.a.metric_transformation[0].name",
      { ...resource, type: "aws_f", path: ["metric_transformation", 0, "name"] },
    ],
    ["module.m.out", { kind: "module", name: "m", key: undefined, output: "out", path: [] }],
    ['module.m["k"].out.deep', { kind: "module", name: "m", key: "k", output: "out", path: ["deep"] }],
    ["module.m", { kind: "module", name: "m", key: undefined, output: undefined, path: [] }],
    ["var.s.a", { kind: "variable", name: "s", path: ["a"] }],
    ['local.x["k"]', { kind: "local", name: "x", path: ["k"] }],
    ["each.value.id", { kind: "each-value", path: ["id"] }],
    ["each.key", { kind: "each-key" }],
    ["count.index", { kind: "count-index" }],
    ["path.module", { kind: "ambient" }],
    ["terraform.workspace", { kind: "ambient" }],
    ["provider::aws::arn_parse", { kind: "ambient" }],
    ["self.arn", { kind: "ambient" }],
    ["var", { kind: "ambient" }],
    ["local[0]", { kind: "ambient" }],
    ["module", { kind: "ambient" }],
    ["module[0]", { kind: "ambient" }],
    ["data", { kind: "ambient" }],
    ["data[0].x", { kind: "ambient" }],
    ["aws_sns_topic", { kind: "ambient" }],
    ["aws_sns_topic[0]", { kind: "ambient" }],
    ["aws_sns_topic.a[*].arn", { ...resource, path: ["arn"] }],
    ["aws_sns_topic.a[...].arn", { ...resource, path: ["arn"] }],
    ["module.m[0].out", { kind: "module", name: "m", key: 0, output: "out", path: [] }],
    ["each.value", { kind: "each-value", path: [] }],
    ["", { kind: "ambient" }],
    ["[[", { kind: "ambient" }],
  ])("%s", (text, target) => {
    expect(parseTarget(text)).toEqual(target);
  });
});

describe("which references were written", () => {
  test.each<[string, string[], string[]]>([
    ["one attribute", ["aws_sns_topic.a.arn", "aws_sns_topic.a"], ["aws_sns_topic.a.arn"]],
    ["an instance", ["aws_x.y[0].arn", "aws_x.y[0]", "aws_x.y"], ["aws_x.y[0].arn"]],
    ["an attribute and, apart, the whole", ["T.n.arn", "T.n", "T.n"], ["T.n.arn", "T.n"]],
    ["a splat", ["aws_x.y"], ["aws_x.y"]],
    ["an index", ["aws_x.y", "each.key"], ["aws_x.y", "each.key"]],
    [
      "names that begin alike",
      ["aws_x.yy.arn", "aws_x.yy", "aws_x.y.arn", "aws_x.y"],
      ["aws_x.yy.arn", "aws_x.y.arn"],
    ],
    ["a name and, apart, a longer one", ["aws_x.yy", "aws_x.y"], ["aws_x.yy", "aws_x.y"]],
    ["another name and a part of it", ["aws_x.y", "aws_x.y.arn"], ["aws_x.y", "aws_x.y.arn"]],
    ["two names that end alike", ["a.y.arn", "b.y.arn"], ["a.y.arn", "b.y.arn"]],
    ["none", [], []],
    ["a keyed module output", ['module.m["x"].out', 'module.m["x"]'], ['module.m["x"].out']],
  ])("%s", (_, references, written) => {
    expect(writtenReferences(references).map(({ text }) => text)).toEqual(written);
  });

  test("each reference knows the one behind it", () => {
    const [first] = writtenReferences(["aws_x.y", "each.value.t", "each.value"]);
    expect(first?.next).toEqual({ kind: "each-value", path: ["t"] });
  });
});
