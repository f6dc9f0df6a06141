import { describe, expect, it } from "vitest";
import { NumberList } from "../../../src/input/reader/number-list.ts";

describe("a list of numbers", () => {
  it.each([0, 1, 256, 257, 4352, 4353, 10_000])("holds %d of them in order, and sorted", (count) => {
    const list = new NumberList();
    const plain = Array.from({ length: count }, (_, index) => (index * 7919) % 10_007);
    for (const value of plain) list.push(value);
    expect(list.length).toBe(count);
    expect(plain.every((value, index) => list.at(index) === value)).toBe(true);
    expect(list.at(count)).toBeUndefined();
    expect([...list.sorted()]).toEqual(plain.toSorted((a, b) => a - b));
  });

  it.each([1, 100, 255, 1024, 5000])("takes %d at a time, whatever was there", (some) => {
    const list = new NumberList(Int32Array);
    const plain: number[] = [];
    while (plain.length < 12_000) {
      const values = Int32Array.from({ length: some + 3 }, (_, index) => plain.length * 31 + index);
      list.append(values, some);
      plain.push(...values.subarray(0, some));
      list.push(-plain.length);
      plain.push(-plain.length);
    }
    expect(list.length).toBe(plain.length);
    expect(plain.every((value, index) => list.at(index) === value)).toBe(true);
  });
});
