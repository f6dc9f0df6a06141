import { describe, expect, it } from "vitest";
import { KeptBytes } from "../../../src/input/reader/kept-bytes.ts";

/** A text of its own for each number, some of them longer than a block. */
function textOf(index: number): string {
  return `{"address":"aws_iam_role.r[${index}]"}`.repeat(index % 97 === 0 ? 40_000 : 1 + (index % 40) * 20);
}

describe("bytes that are kept", () => {
  it.each([0, 1, 50, 4000])("are had again in any order, %d of them", (count) => {
    const kept = new KeptBytes();
    const memory = Buffer.alloc(2 ** 21);
    const places = Array.from({ length: count }, (_, index) => {
      const length = memory.write(textOf(index));
      return { index, length, place: kept.add(memory.subarray(0, length)) };
    });
    // Forwards, and then in steps that come to every one of them.
    const again = places.map((_, step) => places[(step * 1009) % count]);
    for (const one of [...places, ...again]) {
      if (one === undefined) throw new Error("steps stay inside");
      expect(Buffer.from(kept.at(one.place, one.length)).toString() === textOf(one.index)).toBe(true);
    }
  });

  it("go on after some were asked for", () => {
    const kept = new KeptBytes();
    const [a, b] = [Buffer.from("one"), Buffer.from("another")];
    const first = kept.add(a);
    expect(kept.at(first, a.length)).toEqual(a);
    const second = kept.add(b);
    expect(kept.at(second, b.length)).toEqual(b);
    expect(kept.at(first, a.length)).toEqual(a);
  });
});
