// Runs assembly/index.ts: the way past values and entries for large texts. Node without WebAssembly or its vectors goes
// byte by byte.

import { LEAP_CODE } from "./leap-code.ts";

/** What of WebAssembly is used here: it is in Node, and its types are those of browsers. */
declare const WebAssembly: {
  readonly Memory: new (size: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Exports };
};

/** See assembly/index.ts, from which all numbers here are. */
interface Exports {
  leap(at: number, end: number, depth: number, start: number, watched: number): number;
  entries(kind: number, at: number, end: number, base: number, pathLength: number): number;
  text(number: number): number;
}

/** What `leap` gives at the end of the value, and behind the quote of what may be the key of an ARN. */
export const LEAP_CLOSED = 1;
export const LEAP_ARN = 2;

// What `entries` gives: where it stands.
/** Before an entry that the chunk ends in. */
export const NEED_MORE = 0;
/** Before an entry that has to be read otherwise. */
export const UNUSUAL = 1;
/** Behind an entry, before what is no further one. */
export const BEHIND = 2;
/** Before an entry of a type that is not known yet. */
export const ASKED = 4;

/** Where the words of the results stand in `words`. */
export const LEAP_AT = 0;
export const LEAP_DEPTH = 1;
export const LEAP_IN_STRING = 2;
export const LEAP_ESCAPED = 3;
export const LEAP_LINES = 4;
export const LEAP_LINE_AT = 5;
export const ENTRY_COUNT = 6;
export const ENTRIES_MANAGED = 7;
export const ENTRIES_DESTROYED = 8;
export const CALL_COUNT = 9;
export const TYPE_ASKED = 10;

/** `leap` looks at no fewer bytes. */
export const LEAP_LEAST = 66;

/** What `entries` has noted, by row. Texts are numbers: see `text`. */
export interface Columns {
  readonly addresses: Float64Array;
  /** Digests of addresses without keys. */
  readonly blocks: Float64Array;
  readonly from: Float64Array;
  readonly lengths: Uint32Array;
  readonly types: Int32Array;
  readonly modules: Int32Array;
  readonly arns: Int32Array;
  readonly providers: Int32Array;
  /** 1: managed. */
  readonly managed: Uint8Array;
  /** Of the modules that blocks stand in. */
  readonly paths: Int32Array;
  /** Of calls, which have rows of their own. */
  readonly callNames: Uint32Array;
  readonly callNameLengths: Uint32Array;
  readonly callFrom: Float64Array;
  readonly callLengths: Uint32Array;
}

export interface Leaper {
  readonly leap: Exports["leap"];
  readonly entries: Exports["entries"];
  /** Says what `entries` needs to know of where blocks and calls stand; `undefined` where it cannot be told. */
  readonly usePath: (path: string) => number | undefined;
  /** Bytes that a column says the place of. */
  readonly at: (from: number, length: number) => string;
  /** The text with a number from 0 on. */
  readonly text: (number: number) => string;
  readonly words: Int32Array;
  readonly columns: Columns;
  /** By the number of a type: `NOTED` or `READ`. */
  readonly interests: Uint8Array;
  /** Where chunks go; `leap` and `entries` count from `LEAP_FROM` bytes before it. */
  readonly room: Buffer;
}

/** Entries of a type are noted, or are to be parsed. */
export const NOTED = 1;
export const READ = 2;

export const LEAP_FROM = 0x20000;

const ROWS = 1024;
const PATH = 0x15000;
const LONGEST_PATH = 0x1000;
const INTERESTS = 0x100000;
const MOST_TEXTS = 0x20000;
/** 10 MiB, of which only what is written takes memory; it never grows, so that views of it stay. */
const PAGES = 160;

/** Compiled once: the code is the same for every reader of a thread, and so is what V8 optimizes of it. */
let leapModule: object | undefined;

/** `undefined` where Node cannot run it. */
export function createLeaper(): Leaper | undefined {
  try {
    const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES });
    leapModule ??= new WebAssembly.Module(Buffer.from(LEAP_CODE, "base64"));
    const { exports } = new WebAssembly.Instance(leapModule, { env: { memory } });
    const { buffer } = memory;
    const bytes = Buffer.from(buffer);
    const words = new Int32Array(buffer, 0, 11);
    const at = (from: number, length: number): string => bytes.toString("latin1", from, from + length);
    return {
      leap: exports.leap,
      entries: exports.entries,
      usePath: (path) =>
        path.length <= LONGEST_PATH && ASCII.test(path) ? bytes.write(path, PATH, "latin1") : undefined,
      at,
      text: (number) => {
        const from = exports.text(number);
        return at(from, words[0] ?? 0);
      },
      words,
      columns: {
        addresses: new Float64Array(buffer, 0x1000, ROWS),
        blocks: new Float64Array(buffer, 0x3000, ROWS),
        from: new Float64Array(buffer, 0x5000, ROWS),
        lengths: new Uint32Array(buffer, 0x7000, ROWS),
        types: new Int32Array(buffer, 0x8000, ROWS),
        modules: new Int32Array(buffer, 0x9000, ROWS),
        arns: new Int32Array(buffer, 0xa000, ROWS),
        providers: new Int32Array(buffer, 0xb000, ROWS),
        managed: new Uint8Array(buffer, 0xc000, ROWS),
        paths: new Int32Array(buffer, 0xd000, ROWS),
        callNames: new Uint32Array(buffer, 0xe000, ROWS),
        callNameLengths: new Uint32Array(buffer, 0xf000, ROWS),
        callFrom: new Float64Array(buffer, 0x10000, ROWS),
        callLengths: new Uint32Array(buffer, 0x12000, ROWS),
      },
      interests: new Uint8Array(buffer, INTERESTS, MOST_TEXTS),
      room: bytes.subarray(LEAP_FROM, INTERESTS),
    };
  } catch {
    return undefined;
  }
}

const ASCII = /^[\x20-\x7e]*$/;
