import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseInlineWaivers } from "../../../src/input/inline-waivers.ts";
import { locate } from "../../../src/input/locate.ts";

const START = { file: "main.tf", line: 3, column: 1 };
const read = (...comments: readonly string[]) =>
  parseInlineWaivers({ address: "aws_cloudtrail.main", start: START, comments });

describe("waivers above a block", () => {
  it("accept a control there, until a day, for a reason", () => {
    expect(read('tfcheck:ignore aws-x until=2030-01-31 reason="moves to the \\"core\\" stack"')).toEqual({
      waivers: [
        {
          control: "aws-x",
          address: "aws_cloudtrail.main",
          reason: 'moves to the "core" stack',
          expires: "2030-01-31",
          place: "main.tf:3:1",
        },
      ],
      problems: [],
    });
  });

  it.each<[string, string, string]>([
    ["a reason of one word", "tfcheck:ignore aws-x until=2030-01-31 reason=OPS-1", "OPS-1"],
    ["settings before the control", 'tfcheck:ignore reason="a b" until=2030-01-31 aws-x', "a b"],
    ["blanks around the colon", "tfcheck : ignore aws-x until=2030-01-31 reason=a", "a"],
    ["a glob for a control", "tfcheck:ignore aws-* until=2030-01-31 reason=a", "a"],
    ["a line of a longer comment", "Why it is so.\ntfcheck:ignore aws-x until=2030-01-31 reason=a", "a"],
  ])("may be written with %s", (_, comment, reason) => {
    const { waivers, problems } = read(comment);
    expect(waivers.map((waiver) => waiver.reason)).toEqual([reason]);
    expect(problems).toEqual([]);
  });

  it.each<[string, string, readonly string[]]>([
    ["nothing", "tfcheck:ignore", ["inline-no-control", "inline-no-date", "inline-no-reason"]],
    ["no day", "tfcheck:ignore aws-x reason=a", ["inline-no-date"]],
    ["a day that does not exist", "tfcheck:ignore aws-x until=2030-02-30 reason=a", ["inline-date"]],
    ["no reason", "tfcheck:ignore aws-x until=2030-01-31", ["inline-no-reason"]],
    ["an empty reason", 'tfcheck:ignore aws-x until=2030-01-31 reason=" "', ["inline-no-reason"]],
    ["a reason without quotes", "tfcheck:ignore aws-x until=2030-01-31 reason=a b c", ["inline-extra-words"]],
    [
      "a quote that is not closed",
      'tfcheck:ignore aws-x until=2030-01-31 reason="a',
      ["inline-extra-words", "inline-no-reason"],
    ],
    [
      "a misspelt key",
      "tfcheck:ignore aws-x untill=2030-01-31 reason=a",
      ["inline-unknown-key", "inline-no-date"],
    ],
    ["a key twice", "tfcheck:ignore aws-x until=2030-01-31 until=2030-02-01 reason=a", ["inline-key-twice"]],
    ["another word", "tfcheck:ingore aws-x until=2030-01-31 reason=a", ["inline-unknown-word"]],
  ])("are no waivers with %s", (_, comment, codes) => {
    const { waivers, problems } = read(comment);
    expect(waivers).toEqual([]);
    expect(problems.map(({ code }) => code)).toEqual(codes);
    expect(problems.every(({ place }) => place === "main.tf:3:1")).toBe(true);
  });

  it("name the nearest key", () => {
    const { problems } = read("tfcheck:ignore aws-x untill=2030-01-31 reason=a");
    expect(problems[0]?.help).toBe("write until=");
  });

  it("leave other comments alone", () => {
    expect(read("see tfcheck: ignore", "checkov:skip=CKV_1", "")).toEqual({ waivers: [], problems: [] });
  });

  it("are found in the comments that stand above blocks in code", () => {
    const text =
      '# Kept for the audit.\n# tfcheck:ignore aws-x until=2030-01-31 reason="a b"\nresource "t" "n" {}\n';
    const [block] = locate("main.tf", text).blocks;
    const { waivers } = parseInlineWaivers({ address: "t.n", start: START, comments: block?.comments ?? [] });
    expect(waivers.map(({ control, reason }) => [control, reason])).toEqual([["aws-x", "a b"]]);
  });

  it("give waivers or problems for any line, and never both", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (rest) => {
        const line = `tfcheck:ignore ${rest}`.replaceAll(/[\r\n\u2028\u2029]/g, " ");
        const { waivers, problems } = read(line);
        expect(waivers.length === 1).toBe(problems.length === 0);
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
