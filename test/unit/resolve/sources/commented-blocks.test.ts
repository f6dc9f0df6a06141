import { expect, it } from "vitest";
import { sourcesOf } from "./support.ts";

it("comments belong to the resources below them, in modules too, by the addresses of their instances", async () => {
  const { comments } = await sourcesOf({
    "main.tf": `# one
resource "aws_sns_topic" "plain" {}

# not about the next block

resource "aws_sns_topic" "silent" {}

# each
resource "aws_sns_topic" "each" {
  for_each = toset(["a"])
}

# of the call
module "inner" {
  source = "./inner"
  count  = 2
}
`,
    "inner/main.tf": `# inside
data "aws_sns_topic" "found" {
  name = "x"
}
`,
  });
  expect(
    comments.map(({ address, start, comments: above }) => [address, start.file, start.line, above]),
  ).toEqual([
    ["aws_sns_topic.each[*]", "main.tf", 9, ["each"]],
    ["aws_sns_topic.plain", "main.tf", 2, ["one"]],
    ["module.inner[*].data.aws_sns_topic.found", "inner/main.tf", 2, ["inside"]],
  ]);
});

it("comments of modules that others wrote have no say", async () => {
  const { comments } = await sourcesOf({
    "main.tf": 'module "far" {\n  source = "acme/far/aws"\n}\n',
    ".terraform/modules/modules.json": JSON.stringify({
      Modules: [
        { Key: "", Source: "", Dir: "." },
        { Key: "far", Source: "acme/far/aws", Version: "1.0.0", Dir: ".terraform/modules/far" },
      ],
    }),
    ".terraform/modules/far/main.tf":
      '# tfcheck:ignore * until=2999-12-31 reason=x\nresource "aws_sns_topic" "t" {}\n',
  });
  expect(comments).toEqual([]);
});
