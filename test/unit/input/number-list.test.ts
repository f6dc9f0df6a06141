import { describe, expect, it } from "vitest";
import { fingerprint } from "../../../src/input/reader/fingerprint.ts";
import { bitsOf, numberOfBits } from "../../../src/input/reader/number-bits.ts";
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

describe("numbers as pairs of integers", () => {
  it.each([0, 1, 2 ** 31, 2 ** 53 - 1, 0.5])("%d comes back", (value) => {
    const [first = 0, second = 0] = bitsOf(Float64Array.of(value));
    expect(numberOfBits(first, second)).toBe(value);
  });

  it.each([0, 1, 256, 257, 3000])("%d of a list come in its order", (count) => {
    const list = new NumberList();
    const plain = Array.from({ length: count }, (_, index) => fingerprint(`aws_b.c[${index}]`));
    for (const value of plain) list.push(value);
    const found = list
      .bits()
      .flatMap((part) => pairsIn(part).map(([first, second]) => numberOfBits(first, second)));
    expect(found).toEqual(plain);
  });
});

function pairsIn(part: Int32Array): readonly (readonly [number, number])[] {
  return Array.from({ length: part.length / 2 }, (_, at) => [part[2 * at] ?? 0, part[2 * at + 1] ?? 0]);
}

function setOf(values: readonly number[]) {
  const list = new NumberList();
  for (const value of values) list.push(value);
  const set = new NumberSet(list.bits());
  return (value: number): boolean => {
    const [first = 0, second = 0] = bitsOf(Float64Array.of(value));
    return set.has(first, second);
  };
}

describe("a set of numbers", () => {
  it.each([0, 1, 2, 5, 300, 9000])("of %d of them has these alone", (count) => {
    const plain = Array.from({ length: count }, (_, index) => fingerprint(`module.m[${index}].aws_b.c`));
    const has = setOf([...plain, ...plain.slice(0, 3)]);
    expect(plain.filter((value) => !has(value))).toEqual([]);
    expect(plain.filter((_, index) => has(fingerprint(`module.n[${index}].aws_b.c`)))).toEqual([]);
    expect(has(0)).toBe(false);
  });

  it("tells apart what has one half in common", () => {
    const alike = [7, 7 + 2 ** 32, 7 + 2 ** 40, 15, 0];
    const has = setOf(alike);
    expect(alike.every(has)).toBe(true);
    expect([7 + 2 ** 33, 23, 6].some(has)).toBe(false);
  });
});
