import { describe, expect, it } from "vitest";
import { fingerprint } from "../../../src/input/reader/fingerprint.ts";
import { NumberList } from "../../../src/input/reader/number-list.ts";
import { NumberSet } from "../../../src/input/reader/number-set.ts";

describe("a list of numbers", () => {
  it.each([0, 1, 256, 257, 4352, 4353, 10_000])("holds %d of them in order", (count) => {
    const list = new NumberList();
    const plain = Array.from({ length: count }, (_, index) => (index * 7919) % 10_007);
    for (const value of plain) list.push(value);
    expect(list.length).toBe(count);
    expect(plain.every((value, index) => list.at(index) === value)).toBe(true);
    expect(list.at(count)).toBeUndefined();
    expect(list.parts().flatMap((part) => Array.from(part))).toEqual(plain);
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
    expect(list.parts().flatMap((part) => Array.from(part))).toEqual(plain);
  });
});

describe("a set of numbers", () => {
  it.each([0, 1, 2, 5, 300, 9000])("of %d of them has these alone", (count) => {
    const list = new NumberList();
    const plain = Array.from({ length: count }, (_, index) => fingerprint(`module.m[${index}].aws_b.c`));
    for (const value of [...plain, ...plain.slice(0, 3)]) list.push(value);
    const set = new NumberSet(list);
    expect(plain.filter((value) => !set.has(value))).toEqual([]);
    expect(plain.filter((_, index) => set.has(fingerprint(`module.n[${index}].aws_b.c`)))).toEqual([]);
    expect(set.has(0)).toBe(false);
  });

  it("tells apart what falls together in its table", () => {
    const list = new NumberList();
    const alike = [7, 7 + 2 ** 32, 7 + 2 ** 40, 15];
    for (const value of alike) list.push(value);
    const set = new NumberSet(list);
    expect(alike.every((value) => set.has(value))).toBe(true);
    expect([7 + 2 ** 33, 23, 6].some((value) => set.has(value))).toBe(false);
  });
});
