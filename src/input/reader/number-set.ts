// Which of many fingerprints are there. A table of their bits, for a Set takes five times the memory.

/** No number from 0 on has it in either half. */
const EMPTY = -1;

/** Of numbers from 0 on, in pairs: see number-bits.ts. */
export class NumberSet {
  readonly #slots: Int32Array;
  readonly #shift: number;

  /** `parts` as `NumberList.bits` gives them. */
  constructor(parts: readonly Int32Array[]) {
    const count = parts.reduce((sum, part) => sum + part.length / 2, 0);
    const bits = Math.max(1, Math.ceil(Math.log2(2 * count + 1)));
    this.#slots = new Int32Array(2 * 2 ** bits).fill(EMPTY);
    this.#shift = 32 - bits;
    for (const part of parts) {
      for (let at = 0; at < part.length; at += 2) this.#add(part[at] ?? 0, part[at + 1] ?? 0);
    }
  }

  has(first: number, second: number): boolean {
    const slot = this.#slotOf(first, second);
    return this.#slots[slot] === first && this.#slots[slot + 1] === second;
  }

  #add(first: number, second: number): void {
    const slot = this.#slotOf(first, second);
    this.#slots[slot] = first;
    this.#slots[slot + 1] = second;
  }

  /** Where it is, or would be. */
  #slotOf(first: number, second: number): number {
    const slots = this.#slots;
    let slot = (Math.imul(first ^ Math.imul(second, 0x85ebca6b), 0x9e3779b1) >>> this.#shift) * 2;
    for (;;) {
      const one = slots[slot];
      const other = slots[slot + 1];
      if ((one === first && other === second) || (one === EMPTY && other === EMPTY)) return slot;
      slot = slot + 2 === slots.length ? 0 : slot + 2;
    }
  }
}
