// Many numbers in little memory: pages outside of the heap, which neither grow by copying nor hold room to spare.

import { bitsOf } from "./number-bits.ts";

/** What comes one by one begins as a plain list, up to this length: a small plan has no more, but many lists. */
const SHORT = 256;
const PAGE_BITS = 10;
const PAGE = 2 ** PAGE_BITS;
/** Fewer than this are copied sooner one by one. */
const FEW = 8;

type Numbers = Float64Array | Int32Array | Uint32Array | Uint8Array;

export class NumberList {
  length = 0;
  readonly #start: number[] = [];
  /** How many of them are in the plain list, or may be. */
  #short = SHORT;
  readonly #pages: Numbers[] = [];
  readonly #make: new (
    length: number,
  ) => Numbers;

  /** `make`: an array for numbers of the kind that there will be. */
  constructor(make: new (length: number) => Numbers = Float64Array) {
    this.#make = make;
  }

  push(value: number): void {
    if (this.length < this.#short) this.#start.push(value);
    else this.#pageAt(this.length)[(this.length - this.#short) % PAGE] = value;
    this.length += 1;
  }

  /** The first `count` of them. */
  append(values: Numbers, count: number): void {
    if (this.length < this.#short) this.#short = this.length;
    for (let done = 0; done < count; ) {
      const page = this.#pageAt(this.length);
      const place = (this.length - this.#short) % PAGE;
      const some = Math.min(count - done, PAGE - place);
      if (some < FEW) {
        for (let each = 0; each < some; each += 1) page[place + each] = values[done + each] ?? 0;
      } else {
        page.set(values.subarray(done, done + some), place);
      }
      this.length += some;
      done += some;
    }
  }

  at(index: number): number | undefined {
    if (index < this.#short || index >= this.length) return this.#start[index];
    const beyond = index - this.#short;
    return this.#pages[beyond >> PAGE_BITS]?.[beyond % PAGE];
  }

  /** All of them in pieces, for loops over many. Lists that were filled alike come in pieces of the same lengths. */
  parts(): readonly ArrayLike<number>[] {
    const pages = this.#pages.map((page, index) => {
      const left = this.length - this.#start.length - index * PAGE;
      return left < PAGE ? page.subarray(0, left) : page;
    });
    return this.#start.length === 0 ? pages : [this.#start, ...pages];
  }

  /** `parts` of doubles, each number as the two integers that it consists of: see number-bits.ts. */
  bits(): readonly Int32Array[] {
    return this.parts().map((part) => bitsOf(part instanceof Float64Array ? part : Float64Array.from(part)));
  }

  /** The page that the number with this index goes to. */
  #pageAt(index: number): Numbers {
    const number = (index - this.#short) >> PAGE_BITS;
    const known = this.#pages[number];
    if (known !== undefined) return known;
    const page = new this.#make(PAGE);
    this.#pages.push(page);
    return page;
  }
}
