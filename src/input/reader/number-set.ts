// Which of many fingerprints are there. A table of doubles, for a Set takes five times the memory.

import type { NumberList } from "./number-list.ts";

const EMPTY = -1;

/** Of numbers from 0 on whose low bits differ, such as fingerprints. */
export class NumberSet {
  readonly #slots: Float64Array;
  readonly #mask: number;

  constructor(numbers: NumberList) {
    this.#slots = new Float64Array(2 ** Math.ceil(Math.log2(2 * numbers.length + 1))).fill(EMPTY);
    this.#mask = this.#slots.length - 1;
    for (const part of numbers.parts()) {
      for (let index = 0; index < part.length; index += 1) {
        const value = part[index] ?? 0;
        this.#slots[this.#slotOf(value)] = value;
      }
    }
  }

  has(value: number): boolean {
    return this.#slots[this.#slotOf(value)] === value;
  }

  /** Where it is, or would be. */
  #slotOf(value: number): number {
    let slot = (value >>> 0) & this.#mask;
    for (;;) {
      const found = this.#slots[slot];
      if (found === EMPTY || found === value) return slot;
      slot = (slot + 1) & this.#mask;
    }
  }
}
