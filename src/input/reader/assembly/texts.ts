// Texts that many entries share, such as types and modules, each with a number; and the characters of one string.

import {
  AT,
  CHARACTERS,
  CHARACTERS_END,
  DESK,
  FEW_SLOTS,
  LONGEST,
  MOST_TEXTS,
  PLACES,
  SLOT_MASK,
  SLOTS,
} from "./memory";
import { escaped, from, to } from "./walk";

export const NONE: i32 = -1;

/** The characters of the string that was passed. */
export let textFrom: usize = 0;
export let textTo: usize = 0;

/** Puts them together where some are written with a backslash; only quotes and backslashes may be. */
export function plain(): bool {
  if (!escaped) {
    textFrom = from;
    textTo = to;
    return true;
  }
  if (to - from > LONGEST) return false;
  let out = DESK;
  for (let here = from; here < to; here += 1) {
    let byte = load<u8>(here);
    if (byte == 0x5c) {
      here += 1;
      byte = load<u8>(here);
      if (byte != 0x22 && byte != 0x5c) return false;
    }
    store<u8>(out, byte);
    out += 1;
  }
  textFrom = DESK;
  textTo = out;
  return true;
}

let texts: u32 = 0;
let characters: usize = CHARACTERS;
/** Of the slots in use, which grow: each page of them that is touched is memory. */
let mask: u32 = FEW_SLOTS;
/** There is no room for a further text: the reader goes on without. */
export let full: bool = false;

/** A text has the same number each time; `NONE` where there is no room for it. */
export function numberOf(start: usize, length: usize): i32 {
  let hash: u64 = length;
  let here = start;
  for (; here + 8 <= start + length; here += 8) hash = rotl((hash ^ load<u64>(here)) * 0x9e3779b97f4a7c15, 29);
  for (; here < start + length; here += 1) hash = rotl((hash ^ load<u8>(here)) * 0x9e3779b97f4a7c15, 29);
  const short = <u32>(hash ^ (hash >> 32));
  let slot = short & mask;
  while (true) {
    const known = load<u32>(SLOTS + (slot << 2));
    if (known == 0) break;
    const place = PLACES + known * 12;
    if (
      load<u32>(place) == short &&
      load<u32>(place, 8) == <u32>length &&
      memory.compare(load<u32>(place, 4), start, length) == 0
    ) {
      return <i32>known - 1;
    }
    slot = (slot + 1) & mask;
  }
  if (texts == MOST_TEXTS || characters + length > CHARACTERS_END) {
    full = true;
    return NONE;
  }
  texts += 1;
  store<u32>(SLOTS + (slot << 2), texts);
  const place = PLACES + texts * 12;
  store<u32>(place, short);
  store<u32>(place, <u32>characters, 4);
  store<u32>(place, <u32>length, 8);
  memory.copy(characters, start, length);
  characters += length;
  if (texts * 2 > mask && mask < SLOT_MASK) spread();
  return <i32>texts - 1;
}

/** Doubles the slots in use, and puts every text into its new one. */
function spread(): void {
  memory.fill(SLOTS, 0, (mask + 1) << 2);
  mask = mask * 2 + 1;
  for (let number: u32 = 1; number <= texts; number += 1) {
    let slot = load<u32>(PLACES + number * 12) & mask;
    while (load<u32>(SLOTS + (slot << 2)) != 0) slot = (slot + 1) & mask;
    store<u32>(SLOTS + (slot << 2), number);
  }
}

/** Where the characters of the text with this number are; how many, in the first word. */
export function text(number: u32): usize {
  const place = PLACES + (number + 1) * 12;
  store<u32>(AT, load<u32>(place, 8));
  return load<u32>(place, 4);
}
