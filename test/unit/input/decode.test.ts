import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { decode } from "../../../src/input/decode.ts";
import { MAX_FILE_BYTES, refuseOversize, unpackLimit } from "../../../src/input/size-limits.ts";
import { problemOf, problemOfAsync, recordedBytes } from "./fixture.ts";

const TEXT = '{"name":"é ☂ 🚨"}\n';
const UTF8 = Buffer.from(TEXT);
const LITTLE = Buffer.from(TEXT, "utf16le");
const BIG = Buffer.from(LITTLE).swap16();

describe("bytes that hold text", () => {
  const cases: [string, Uint8Array, string][] = [
    ["UTF-8", UTF8, TEXT],
    ["UTF-8 behind a byte order mark", Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), UTF8]), TEXT],
    ["UTF-16 as PowerShell 5 writes it", Buffer.concat([Buffer.from([0xff, 0xfe]), LITTLE]), TEXT],
    ["big-endian UTF-16 behind its mark", Buffer.concat([Buffer.from([0xfe, 0xff]), BIG]), TEXT],
    ["little-endian UTF-16 without a mark", LITTLE, TEXT],
    ["big-endian UTF-16 without a mark", BIG, TEXT],
    ["gzip", gzipSync(UTF8), TEXT],
    ["gzip of UTF-16", gzipSync(Buffer.concat([Buffer.from([0xff, 0xfe]), LITTLE])), TEXT],
    ["gzip packed by two tools in a row", gzipSync(gzipSync(UTF8)), TEXT],
    ["nothing at all", new Uint8Array(), ""],
    ["a view into a larger buffer", Buffer.concat([Buffer.from("zzz"), UTF8]).subarray(3), TEXT],
  ];
  it.each(cases)("%s", async (_name, bytes, expected) => {
    expect(await decode(bytes, "plan.json")).toBe(expected);
  });
});

describe("bytes that hold no text", () => {
  const flat = gzipSync(Buffer.alloc(80 * 2 ** 20, " "));
  const cases: [string, Uint8Array, string, RegExp][] = [
    ["a saved plan", recordedBytes("saved.tfplan"), "plan-not-json", /^this is a binary plan file/],
    ["a saved plan in gzip", gzipSync(recordedBytes("saved.tfplan")), "plan-not-json", /binary plan/],
    ["another ZIP", Buffer.from("PK\x03\x04 and so on, but no plan inside it"), "file-not-text", /ZIP/],
    [
      "an image",
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]),
      "file-not-text",
      /^these are binary bytes/,
    ],
    ["text of an old code page", Buffer.from('{"a":"\xe9"}', "latin1"), "file-not-text", /not UTF-8/],
    ["half a UTF-16 character", Buffer.from([0xff, 0xfe, 0x7b, 0, 0]), "file-not-text", /not UTF-16/],
    [
      "gzip that ends in the middle",
      gzipSync(UTF8).subarray(0, 20),
      "file-not-unpacked",
      /ends in the middle/,
    ],
    ["gzip with a wrong checksum", broken(gzipSync(UTF8)), "file-not-unpacked", /damaged/],
    [
      "gzip four times over",
      [1, 2, 3, 4].reduce((data) => gzipSync(data), UTF8),
      "file-not-text",
      /gzip inside/,
    ],
    ["gzip that unpacks out of proportion", flat, "file-too-large", /unpack to more than 64 MB/],
  ];
  it.each(cases)("%s is refused", async (_name, bytes, code, message) => {
    const problem = await problemOfAsync(() => decode(bytes, "plan.out"));
    expect(problem).toMatchObject({ code, place: "plan.out" });
    expect(problem.message).toMatch(message);
    expect(problem.help).toBeDefined();
  });

  it("names the command that shows a saved plan", async () => {
    const help = async (label: string, wanted?: "either"): Promise<string | undefined> =>
      (await problemOfAsync(() => decode(recordedBytes("saved.tfplan"), label, wanted))).help;
    expect(await help("plan.out")).toBe("terraform show -json plan.out > plan.json && tfcheck plan.json");
    expect(await help("-")).toBe("terraform show -json tfplan > plan.json && tfcheck plan.json");
    expect(await help("my plan's.out")).toBe(
      "terraform show -json 'my plan'\\''s.out' > plan.json && tfcheck plan.json",
    );
    expect(await help("net.out", "either")).toBe(
      "terraform show -json net.out > other.json && tfcheck plan.json --with other.json",
    );
  });

  it("never lets the shown plan overwrite the saved one", async () => {
    const problem = await problemOfAsync(() => decode(recordedBytes("saved.tfplan"), "out/plan.json"));
    expect(problem.help).toBe(
      "terraform show -json out/plan.json > shown-plan.json && tfcheck shown-plan.json",
    );
  });
});

describe("sizes", () => {
  it("refuses what no string can hold, and accepts the limit itself", () => {
    expect(() => refuseOversize(MAX_FILE_BYTES, "plan.json")).not.toThrow();
    const problem = problemOf(() => refuseOversize(MAX_FILE_BYTES + 1, "plan.json"));
    expect(problem).toMatchObject({
      code: "file-too-large",
      message: "this is 501 MB of text, tfcheck reads up to 500",
    });
  });

  it("lets small archives unpack to 64 MB and larger ones to a multiple of their size", () => {
    expect(unpackLimit(100)).toBe(64 * 2 ** 20);
    expect(unpackLimit(2 ** 20)).toBe(200 * 2 ** 20);
    expect(unpackLimit(2 ** 30)).toBe(200 * 2 ** 30);
  });
});

function broken(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy[copy.length - 8] = (copy[copy.length - 8] ?? 0) ^ 0xff;
  return copy;
}
