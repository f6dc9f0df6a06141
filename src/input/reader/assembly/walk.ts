// One step after the other through the bytes of entries. A step gives false where the chunk ends (`cut`) or something is
// unusual.

import { CLOSED, leap, MAY_BE_ARN, STOPPED } from "./leap";
import { AT, DEPTH, LINE_AT, LINES } from "./memory";

export let at: usize = 0;
export let end: usize = 0;
export let cut: bool = false;
export let lines: i32 = 0;
export let lineAt: usize = 0;

/** The string that was passed last, without its quotes; whether some bytes in it stand for others, or are not ASCII. */
export let from: usize = 0;
export let to: usize = 0;
export let escaped: bool = false;
export let foreign: bool = false;

function ends(): bool {
  cut = true;
  return false;
}

/** To the next byte that is no white space. */
export function blank(): bool {
  while (at < end) {
    const byte = load<u8>(at);
    if (byte > 0x20) return true;
    if (byte == 0x0a) {
      lines += 1;
      lineAt = at + 1;
    } else if (byte != 0x20 && byte != 0x09 && byte != 0x0d) return false;
    at += 1;
  }
  return ends();
}

/** Past a string that begins here. */
export function string(): bool {
  if (load<u8>(at) != 0x22) return false;
  at += 1;
  from = at;
  escaped = false;
  foreign = false;
  // An entry does not end with a string, so that more follows than is looked at.
  while (at + 16 <= end) {
    const bytes = v128.load(at);
    const marks = i8x16.bitmask(
      v128.or(
        v128.or(i8x16.eq(bytes, i8x16.splat(0x22)), i8x16.eq(bytes, i8x16.splat(0x5c))),
        v128.or(bytes, i8x16.lt_u(bytes, i8x16.splat(0x20))),
      ),
    );
    if (marks == 0) {
      at += 16;
      continue;
    }
    at += ctz(marks);
    const byte = load<u8>(at);
    if (byte == 0x22) {
      to = at;
      at += 1;
      return true;
    }
    if (byte < 0x20) return false;
    if (byte == 0x5c) {
      escaped = true;
      at += 1;
    } else foreign = true;
    at += 1;
  }
  return ends();
}

/** Past the rest of an object or list, or to the value of its ARN: as `leap`, with MAY_BE_ARN where it is. */
export function rest(watched: i32): i32 {
  let answer = leap(at, end, 1, 0, watched);
  while (true) {
    if (load<i32>(LINES) > 0) {
      lines += load<i32>(LINES);
      lineAt = load<u32>(LINE_AT);
    }
    at = load<u32>(AT);
    if (answer == CLOSED) return CLOSED;
    if (answer == STOPPED || at + 4 > end) {
      cut = at + 66 > end;
      return STOPPED;
    }
    const key = load<u32>(at);
    if (key == ARN_KEY) {
      const quote = at;
      at += 4;
      if (!blank()) return STOPPED;
      if (load<u8>(at) == 0x3a) {
        at += 1;
        return MAY_BE_ARN;
      }
      at = quote;
    } else if ((key & 0xff) == 0x5c || ((key >> 8) & 0xff) == 0x5c || ((key >> 16) & 0xff) == 0x5c) {
      return STOPPED;
    }
    answer = leap(at, end, load<i32>(DEPTH), -1, watched);
  }
}

/** arn" */
const ARN_KEY: u32 = 0x226e7261;

/** The bytes that numbers, true, false and null consist of. */
@inline
function isScalar(byte: u8): bool {
  if (byte < 64) return ((<u64>0x03ff680000000000 >> byte) & 1) != 0;
  if (byte < 128) return ((<u64>0x003c506200000020 >> (byte - 64)) & 1) != 0;
  return false;
}

/** Past one value that begins here. */
export function skip(): bool {
  const byte = load<u8>(at);
  if (byte == 0x22) return string();
  if (byte == 0x7b || byte == 0x5b) {
    at += 1;
    if (load<u8>(at) == byte + 2 && at < end) {
      at += 1;
      return true;
    }
    return rest(-1) == CLOSED;
  }
  if (byte != 0x2d && byte != 0x74 && byte != 0x66 && byte != 0x6e && (byte < 0x30 || byte > 0x39)) return false;
  do {
    at += 1;
  } while (isScalar(load<u8>(at)) && at < end);
  return at < end || ends();
}

/** To the value of the next member of an object, past its key, or behind the object: `closed`. */
export function member(first: bool): bool {
  if (!blank()) return false;
  closed = load<u8>(at) == 0x7d;
  if (closed) {
    at += 1;
    return true;
  }
  if (!first) {
    if (load<u8>(at) != 0x2c) return false;
    at += 1;
    if (!blank()) return false;
  }
  if (!string() || escaped || foreign || !blank() || load<u8>(at) != 0x3a) return false;
  at += 1;
  return blank();
}

export let closed: bool = false;

/** Where a walk was, to go back there. */
let atBefore: usize = 0;
let linesBefore: i32 = 0;
let lineAtBefore: usize = 0;

export function start(from: usize, stop: usize): void {
  at = from;
  end = stop;
  lines = 0;
  lineAt = 0;
}

/** What follows can be gone back from, once. */
export function mark(): void {
  atBefore = at;
  linesBefore = lines;
  lineAtBefore = lineAt;
  cut = false;
}

export function goBack(): void {
  at = atBefore;
  lines = linesBefore;
  lineAt = lineAtBefore;
}

/** Past one byte that has been looked at. */
@inline
export function take(): void {
  at += 1;
}

/** Whether the key of four to eight bytes that was passed begins and ends with these. */
@inline
export function isShort(first: u32, last: u32): bool {
  return load<u32>(from) == first && load<u32>(to - 4) == last;
}

/** The same for eight to sixteen bytes. */
@inline
export function isLong(first: u64, last: u64): bool {
  return load<u64>(from) == first && load<u64>(to - 8) == last;
}
