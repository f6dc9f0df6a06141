// Many numbers in little memory: pages outside of the heap, which neither grow by copying nor hold room to spare.

/** Lists this short are plain ones: a plan has many of them. */
const SHORT = 256;
const PAGE = 4096;

export class NumberList {
  length = 0;
  readonly #start: number[] = [];
  readonly #pages: Float64Array[] = [];

  push(value: number): void {
    const place = (this.length - SHORT) % PAGE;
    if (this.length < SHORT) {
      this.#start.push(value);
    } else {
      if (place === 0) this.#pages.push(new Float64Array(PAGE));
      const page = this.#pages[this.#pages.length - 1];
      if (page !== undefined) page[place] = value;
    }
    this.length += 1;
  }

  at(index: number): number | undefined {
    if (index < SHORT || index >= this.length) return this.#start[index];
    return this.#pages[Math.floor((index - SHORT) / PAGE)]?.[(index - SHORT) % PAGE];
  }

  sorted(): Float64Array {
    const all = new Float64Array(this.length);
    all.set(this.#start);
    this.#pages.forEach((page, index) => {
      const from = SHORT + index * PAGE;
      all.set(page.subarray(0, Math.min(PAGE, this.length - from)), from);
    });
    return all.sort();
  }
}
