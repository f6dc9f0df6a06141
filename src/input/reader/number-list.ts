// Many numbers in little memory: pages outside of the heap, which neither grow by copying nor hold room to spare.

/** Lists this short are plain ones: a plan has many of them. */
const SHORT = 256;
const PAGE = 4096;

type Numbers = Float64Array | Int32Array | Uint32Array | Uint8Array;

export class NumberList {
  length = 0;
  readonly #start: number[] = [];
  readonly #pages: Numbers[] = [];
  readonly #make: new (
    length: number,
  ) => Numbers;

  /** `make`: an array for numbers of the kind that there will be. */
  constructor(make: new (length: number) => Numbers = Float64Array) {
    this.#make = make;
  }

  push(value: number): void {
    const place = (this.length - SHORT) % PAGE;
    if (this.length < SHORT) {
      this.#start.push(value);
    } else {
      if (place === 0) this.#pages.push(new this.#make(PAGE));
      const page = this.#pages[this.#pages.length - 1];
      if (page !== undefined) page[place] = value;
    }
    this.length += 1;
  }

  /** The first `count` of them. */
  append(values: Numbers, count: number): void {
    let done = 0;
    for (; done < count && this.length < SHORT; done += 1) this.push(values[done] ?? 0);
    while (done < count) {
      const place = (this.length - SHORT) % PAGE;
      if (place === 0) this.#pages.push(new this.#make(PAGE));
      const some = Math.min(count - done, PAGE - place);
      this.#pages[this.#pages.length - 1]?.set(values.subarray(done, done + some), place);
      this.length += some;
      done += some;
    }
  }

  at(index: number): number | undefined {
    if (index < SHORT || index >= this.length) return this.#start[index];
    return this.#pages[Math.floor((index - SHORT) / PAGE)]?.[(index - SHORT) % PAGE];
  }

  forEach(see: (value: number) => void): void {
    for (let index = 0; index < this.length; index += 1) see(this.at(index) ?? 0);
  }
}
