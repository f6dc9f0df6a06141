// Sets of UTF-16 code units as sorted ranges: what one position of a regular expression or wildcard text accepts.

/** Sorted, disjoint, never touching ranges, both ends included. */
export type CharacterSet = readonly (readonly [low: number, high: number])[];

const LAST = 0xffff;

export const ANY_CHARACTER: CharacterSet = [[0, LAST]];

export function only(character: number): CharacterSet {
  return [[character, character]];
}

export function union(ranges: CharacterSet): CharacterSet {
  const merged: [number, number][] = [];
  for (const [low, high] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last !== undefined && low <= last[1] + 1) last[1] = Math.max(last[1], high);
    else merged.push([low, high]);
  }
  return merged;
}

export function complement(set: CharacterSet): CharacterSet {
  const outside: [number, number][] = [];
  let from = 0;
  for (const [low, high] of set) {
    if (low > from) outside.push([from, low - 1]);
    from = high + 1;
  }
  if (from <= LAST) outside.push([from, LAST]);
  return outside;
}

export function has(set: CharacterSet, character: number): boolean {
  return set.some(([low, high]) => low <= character && character <= high);
}
