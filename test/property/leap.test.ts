// assembly/index.ts held to the loop that goes byte by byte: the same answers at the same places, whatever the bytes are and
// wherever chunks end.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JsonTrouble } from "../../src/input/reader/chunked-bytes.ts";
import { JsonCursor, MORE } from "../../src/input/reader/json-cursor.ts";
import { createLeaper } from "../../src/input/reader/leap.ts";

const RUN = {
  seed: 20_261_126,
  numRuns: 3000,
  interruptAfterTimeLimit: 20_000,
  markInterruptAsFailure: false,
};

type Step = "skip" | "toArn" | "skipRest" | "member";

/** What each step says, and where the cursor is after it. */
function walk(
  bytes: Uint8Array,
  sizes: readonly number[],
  steps: readonly Step[],
  leapFrom: number,
): unknown[] {
  const cursor = new JsonCursor(leapFrom);
  const said: unknown[] = [];
  let [from, chunk] = [0, 0];
  const next = (): void => {
    cursor.park();
    if (from >= bytes.length) {
      cursor.finish();
      return;
    }
    const to = from + (sizes[chunk % sizes.length] ?? bytes.length);
    cursor.feed(bytes.slice(from, to));
    [from, chunk] = [to, chunk + 1];
  };
  try {
    for (const step of steps) {
      const ask = (): number => (step === "member" ? cursor.member(true) : cursor[step]());
      let answer = ask();
      while (answer === MORE) {
        next();
        answer = ask();
      }
      said.push([step, answer, cursor.offset, cursor.line, cursor.lineStart]);
    }
  } catch (error) {
    if (!(error instanceof JsonTrouble)) throw error;
    said.push([error.message, cursor.line, cursor.lineStart]);
  }
  return said;
}

const PIECES = [
  ...['"', "\\", '\\"', "\\\\", "{", "}", "[", "]", ",", ":", "\n", " ", "1", "true", "ä", "\u0000", "x"],
  ...[
    '"arn":',
    '"arn" \n:',
    '"\\u0061rn":',
    '"ar',
    '"arm":',
    '"a\\u0072n":1,',
    "            ",
    "aaaaaaaaaaaaaaaa",
  ],
];
const NOISE = fc.array(fc.constantFrom(...PIECES), { maxLength: 120 }).map((pieces) => pieces.join(""));

/** Well-formed JSON is as good as never found by chance. */
const SOUND = fc
  .tuple(fc.json({ maxDepth: 6, noUnicodeString: false }), fc.integer({ min: 0, max: 3 }), fc.string())
  .map(([json, indent, arn]) =>
    JSON.stringify(
      { before: JSON.parse(json), text: `${arn}\\"`, arn, after: [JSON.parse(json)] },
      null,
      indent,
    ),
  );

const TEXT = fc.oneof(
  NOISE,
  SOUND,
  fc.tuple(SOUND, SOUND).map(([one, two]) => `{"values":${one},"rest":[${two}]} ${one}`),
  fc.tuple(SOUND, NOISE, fc.nat()).map(([json, noise, at]) => {
    const place = at % (json.length + 1);
    return json.slice(0, place) + noise + json.slice(place);
  }),
);
const STEPS = fc.array(fc.constantFrom<Step>("skip", "toArn", "skipRest", "member"), {
  minLength: 1,
  maxLength: 6,
});
const SIZES = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 8 });

describe("64 bytes at a time", () => {
  it("works on this machine", () => {
    expect(createLeaper()).toBeDefined();
  });

  it("gives what byte by byte gives", () => {
    fc.assert(
      fc.property(TEXT, SIZES, STEPS, (text, sizes, steps) => {
        const bytes = new TextEncoder().encode(text);
        expect(walk(bytes, sizes, steps, 0)).toEqual(walk(bytes, sizes, steps, Number.POSITIVE_INFINITY));
      }),
      RUN,
    );
  });

  it("finds each thing at each place of a block", () => {
    for (const piece of PIECES) {
      for (let shift = 0; shift < 70; shift += 1) {
        const text = `{"k":"${"v".repeat(shift)}",${piece}"arn":1}}${" ".repeat(80)}]`;
        const bytes = new TextEncoder().encode(text);
        for (const steps of [["skip"], ["member", "skip", "toArn"]] as const) {
          expect(walk(bytes, [1000], steps, 0)).toEqual(walk(bytes, [1000], steps, Number.POSITIVE_INFINITY));
        }
      }
    }
  });
});
