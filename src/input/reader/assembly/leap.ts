// Past the rest of an object or list, 64 bytes at a time: what BalancedBytes.walk does byte by byte. The method is that of
// simdjson (https://arxiv.org/abs/1902.08318, section 3.1): one bit for each of 64 bytes, in masks of quotes, brackets and
// line ends.

import { AT, DEPTH, ESCAPED, IN_STRING, LINE_AT, LINES } from "./memory";

// What `leap` answers
export const STOPPED: i32 = 0;
export const CLOSED: i32 = 1;
export const MAY_BE_ARN: i32 = 2;

@inline
function bits(a: v128, b: v128, c: v128, d: v128): u64 {
  return (
    <u64>(<u32>i8x16.bitmask(a)) |
    (<u64>(<u32>i8x16.bitmask(b)) << 16) |
    (<u64>(<u32>i8x16.bitmask(c)) << 32) |
    (<u64>(<u32>i8x16.bitmask(d)) << 48)
  );
}

@inline
function bitsOf(a: v128, b: v128, c: v128, d: v128, byte: i8): u64 {
  const wanted = i8x16.splat(byte);
  return bits(i8x16.eq(a, wanted), i8x16.eq(b, wanted), i8x16.eq(c, wanted), i8x16.eq(d, wanted));
}

/** Most plans are on one line. */
@inline
function hasLineEnd(a: v128, b: v128, c: v128, d: v128): bool {
  const wanted = i8x16.splat(0x0a);
  return v128.any_true(
    v128.or(
      v128.or(i8x16.eq(a, wanted), i8x16.eq(b, wanted)),
      v128.or(i8x16.eq(c, wanted), i8x16.eq(d, wanted)),
    ),
  );
}

/** 0xff where a byte may not stand outside of strings: its two halves have no bit in common in these tables. */
@inline
function misplaced(bytes: v128): v128 {
  const byLow = i8x16(6, 0x24, 0x46, 0x44, 0x44, 0x6c, 0x24, 4, 4, 5, 5, 0x52, 0x22, 0x53, 0x22, 0);
  const byHigh = i8x16(1, 0, 2, 4, 8, 0x10, 0x20, 0x40, 0, 0, 0, 0, 0, 0, 0, 0);
  const low = i8x16.swizzle(byLow, v128.and(bytes, i8x16.splat(0x0f)));
  const high = i8x16.swizzle(byHigh, i8x16.shr_u(bytes, 4));
  return i8x16.eq(v128.and(low, high), i8x16.splat(0));
}

/** Bytes behind a backslash that is not escaped itself: simdjson's arithmetic on runs of backslashes. */
@inline
function escapesIn(slashes: u64, carried: u64): u64 {
  const odd: u64 = 0xaaaaaaaaaaaaaaaa;
  const starting = slashes & ~carried;
  return (((starting << 1) | odd) - starting) ^ odd;
}

/** Of a block. */
const LAST: u64 = 0x8000000000000000;

/** From each opening quote to the byte before its closing one. */
@inline
function insideOf(quotes: u64, string: u64): u64 {
  let inside = quotes;
  inside ^= inside << 1;
  inside ^= inside << 2;
  inside ^= inside << 4;
  inside ^= inside << 8;
  inside ^= inside << 16;
  inside ^= inside << 32;
  return inside ^ string;
}

/** The bracket that closes the last one; 0: it is not in this block, which has to have enough of them. */
@inline
function lastBracket(opening: u64, closing: u64, depth: i32): u64 {
  if (popcnt(closing) < <u64>(<u32>depth)) return 0;
  let level = depth;
  let brackets = opening | closing;
  while (brackets != 0) {
    const place = brackets & (0 - brackets);
    level += (closing & place) != 0 ? -1 : 1;
    if (level == 0) return place;
    brackets ^= place;
  }
  return 0;
}

/** The first of the quotes that is as deep as asked for and may begin the key "arn"; 0: there is none. */
@inline
function keyAt(at: usize, some: u64, opening: u64, closing: u64, depth: i32, watched: i32): u64 {
  let candidates = some;
  while (candidates != 0) {
    const place = candidates & (0 - candidates);
    const before = place - 1;
    const deep = depth + <i32>popcnt(opening & before) - <i32>popcnt(closing & before);
    if (deep == watched && mayBeArn(at + <usize>ctz(place))) return place;
    candidates ^= place;
  }
  return 0;
}

/** Whether the string at this quote may be that key. */
@inline
function mayBeArn(quote: usize): bool {
  const first = load<u8>(quote, 1);
  const second = load<u8>(quote, 2);
  return first == 0x5c || (first == 0x61 && (second == 0x72 || second == 0x5c));
}

/**
 * `depth`: how many brackets are open. `start`: -1 inside of a string, otherwise 0. `watched`: the depth at which strings
 * that may be the key "arn" are looked for; -1: none.
 *
 * Gives STOPPED before bytes that are not as they should be and before the last ones of the chunk, CLOSED behind the last
 * bracket, MAY_BE_ARN behind the quote of what may be that key. The words say where that is, the depth, whether it is in a
 * string, whether the next byte is escaped, how many lines ended, and where the last of them did.
 */
export function leap(at: usize, end: usize, depth: i32, start: i32, watched: i32): i32 {
  let string: u64 = <u64>(<i64>start);
  let carried: u64 = 0;
  let lines: i32 = 0;
  let lineAt: usize = 0;
  let answer: i32 = STOPPED;
  // Two more are looked at where "arn" is looked for.
  while (at + 66 <= end) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    const slashes = bitsOf(a, b, c, d, 0x5c);
    const escapes = slashes == 0 ? carried : escapesIn(slashes, carried);
    const quotes = bitsOf(a, b, c, d, 0x22) & ~(slashes == 0 ? carried : escapes ^ (slashes | carried));
    const inside = insideOf(quotes, string);
    if ((bits(misplaced(a), misplaced(b), misplaced(c), misplaced(d)) & ~inside) != 0) break;

    // Brackets differ from braces by one bit.
    const bit = i8x16.splat(0x20);
    const e = v128.or(a, bit);
    const f = v128.or(b, bit);
    const g = v128.or(c, bit);
    const h = v128.or(d, bit);
    const opening = bitsOf(e, f, g, h, 0x7b) & ~inside;
    const closing = bitsOf(e, f, g, h, 0x7d) & ~inside;

    let place = lastBracket(opening, closing, depth);
    answer = place != 0 ? CLOSED : STOPPED;
    if (watched >= 0) {
      // Before what is written `a` or escaped; of the last byte the next one is not looked at.
      const before = (bitsOf(a, b, c, d, 0x61) | slashes) >> 1;
      let some = (before | LAST) & quotes & inside;
      if (place != 0) some &= place - 1;
      const key = keyAt(at, some, opening, closing, depth, watched);
      if (key != 0) {
        place = key;
        answer = MAY_BE_ARN;
      }
    }
    if (hasLineEnd(a, b, c, d)) {
      let ends = bitsOf(a, b, c, d, 0x0a) & ~inside;
      if (place != 0) ends &= place - 1;
      if (ends != 0) {
        lines += <i32>popcnt(ends);
        lineAt = at + <usize>(64 - clz(ends));
      }
    }
    if (place != 0) {
      depth = answer == CLOSED ? 0 : watched;
      string = 0;
      carried = 0;
      at += <usize>ctz(place) + 1;
      break;
    }
    depth += <i32>popcnt(opening) - <i32>popcnt(closing);
    string = <u64>(<i64>inside >> 63);
    carried = (escapes & slashes) >> 63;
    at += 64;
  }
  store<u32>(AT, <u32>at);
  store<i32>(DEPTH, depth);
  store<i32>(IN_STRING, <i32>string);
  store<i32>(ESCAPED, <i32>carried);
  store<i32>(LINES, lines);
  store<u32>(LINE_AT, <u32>lineAt);
  return answer;
}
