import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Address,
  parseAddress,
  parseModulePath,
  printAddress,
  tokenize,
} from "../../../src/model/address.ts";

const plain: Address = { module: [], mode: "managed", type: "aws_sns_topic", name: "a", key: undefined };

describe("addresses", () => {
  test.each<[string, Address]>([
    ["aws_sns_topic.a", plain],
    ["data.aws_sns_topic.a", { ...plain, mode: "data" }],
    ["aws_sns_topic.a[0]", { ...plain, key: 0 }],
    ['aws_sns_topic.a["0"]', { ...plain, key: "0" }],
    ['aws_sns_topic.a["x.y[0]"]', { ...plain, key: "x.y[0]" }],
    ['aws_sns_topic.a["say \\"hi\\""]', { ...plain, key: 'say "hi"' }],
    ['aws_sns_topic.a["$${v} %%{if}"]', { ...plain, key: "${v} %{if}" }],
    [
      'module.a["x.y"].module.b[0].aws_sns_topic.a',
      {
        ...plain,
        module: [
          { name: "a", key: "x.y" },
          { name: "b", key: 0 },
        ],
      },
    ],
    [
      "module.data.data.aws_region.a",
      { ...plain, module: [{ name: "data", key: undefined }], mode: "data", type: "aws_region" },
    ],
  ])("%s is read and written the same way", (text, address) => {
    expect(parseAddress(text)).toEqual(address);
    expect(printAddress(address)).toBe(text);
  });

  test.each([
    "",
    "aws_sns_topic",
    "a.b.c",
    'a.b["x',
    "a.b[",
    "a.b[x]",
    "module.m",
    "a..b",
    ".a.b",
    "a.b[0].c",
  ])("%j is no resource address", (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  test("a module path is not a resource", () => {
    expect(parseModulePath('module.a["k"].module.b')).toEqual([
      { name: "a", key: "k" },
      { name: "b", key: undefined },
    ]);
    expect(parseModulePath("module.a.aws_sns_topic.b")).toBeUndefined();
    expect(parseModulePath("")).toEqual([]);
  });

  test("any key survives printing and parsing", () => {
    const name = fc
      .stringMatching(/^[a-z_][a-z0-9_-]{0,8}$/)
      .filter((text) => text !== "data" && text !== "module");
    const key = fc.option(fc.oneof(fc.string(), fc.nat({ max: 99 })), { nil: undefined });
    const step = fc.record({ name, key });
    const address = fc.record({
      module: fc.array(step, { maxLength: 3 }),
      mode: fc.constantFrom("managed" as const, "data" as const),
      type: name,
      name,
      key,
    });
    fc.assert(
      fc.property(address, (one) => {
        expect(parseAddress(printAddress(one))).toEqual(one);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  test("no text makes the tokenizer throw", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", ".", "[", "]", '"', "\\", "0", "$", "{") }),
        (text) => {
          tokenize(text);
        },
      ),
      { seed: 7, numRuns: 2000 },
    );
  });
});
