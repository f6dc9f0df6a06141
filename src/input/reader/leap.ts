// Runs leap.wat: the way past a value in steps of 64 bytes, for large texts. Node without WebAssembly or its vectors goes
// byte by byte.

import { LEAP_CODE } from "./leap-code.ts";

/** What of WebAssembly is used here: it is in Node, and its types are those of browsers. */
declare const WebAssembly: {
  readonly Memory: new (size: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: { readonly leap: Leap } };
};

/** See leap.wat. */
type Leap = (at: number, end: number, depth: number, start: number, watched: number) => number;

/** What `leap` gives at the end of the value, and behind the quote of what may be the key of an ARN. */
export const LEAP_CLOSED = 1;
export const LEAP_ARN = 2;

/** Where the words of the result stand in `words`. */
export const LEAP_AT = 0;
export const LEAP_DEPTH = 1;
export const LEAP_IN_STRING = 2;
export const LEAP_ESCAPED = 3;
export const LEAP_LINES = 4;
export const LEAP_LINE_AT = 5;

/** It looks at no fewer bytes. */
export const LEAP_LEAST = 66;

export interface Leaper {
  readonly leap: Leap;
  readonly words: Int32Array;
  /** Where chunks go; `leap` counts from `LEAP_FROM` bytes before it. */
  readonly room: Buffer;
}

/** These bytes are for `words`. */
export const LEAP_FROM = 64;

const PAGES = 17;

/** `undefined` where Node cannot run it. Takes a mebibyte; its memory never grows, so that views of it stay. */
export function createLeaper(): Leaper | undefined {
  try {
    const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES });
    const module = new WebAssembly.Module(Buffer.from(LEAP_CODE, "base64"));
    const { leap } = new WebAssembly.Instance(module, { chunk: { memory } }).exports;
    return { leap, words: new Int32Array(memory.buffer, 0, 6), room: Buffer.from(memory.buffer, LEAP_FROM) };
  } catch {
    return undefined;
  }
}
