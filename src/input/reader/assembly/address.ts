// What an address says: its digest with its keys and without, and its module.

import { addText, digest, startDigest } from "./digest";
import { numberOf, textFrom, textTo } from "./texts";

export let address: f64 = 0;
export let block: f64 = 0;
export let moduleOfAddress: i32 = 0;

/** Notes the text in texts.ts. `false`: it is not as Terraform writes addresses. */
export function noteAddress(withModule: bool): bool {
  startDigest();
  addText(textFrom, textTo);
  address = digest();
  block = address;
  let here = bracketFrom(textFrom);
  if (here < textTo) {
    startDigest();
    let start = textFrom;
    while (here < textTo) {
      addText(start, here);
      start = behindKey(here);
      if (start == 0) return false;
      here = bracketFrom(start);
    }
    addText(start, textTo);
    block = digest();
  }
  if (withModule) moduleOfAddress = numberOf(textFrom, modulePart());
  return true;
}

function bracketFrom(start: usize): usize {
  let here = start;
  while (here < textTo && load<u8>(here) != 0x5b) here += 1;
  return here;
}

/** Behind the key in brackets that begins here; 0 where it is none. */
function behindKey(bracket: usize): usize {
  let here = bracket + 1;
  if (here < textTo && load<u8>(here) == 0x22) {
    here += 1;
    while (here < textTo && load<u8>(here) != 0x22) here += load<u8>(here) == 0x5c ? 2 : 1;
    here += 1;
  } else {
    while (here < textTo && isDigit(load<u8>(here))) here += 1;
    if (here == bracket + 1) return 0;
  }
  return here < textTo && load<u8>(here) == 0x5d ? here + 1 : 0;
}

@inline
function isDigit(byte: u8): bool {
  return byte >= 0x30 && byte <= 0x39;
}

/** How many characters of an address are its module's. */
function modulePart(): usize {
  let found = textFrom;
  let here = textFrom;
  while (here + 7 < textTo && load<u32>(here) == 0x75646f6d && load<u32>(here, 3) == 0x2e656c75) {
    const name = here + 7;
    here = name;
    while (here < textTo && load<u8>(here) != 0x2e && load<u8>(here) != 0x5b) here += 1;
    if (here == name) break;
    if (here < textTo && load<u8>(here) == 0x5b) here = behindKey(here);
    if (here == 0 || here >= textTo || load<u8>(here) != 0x2e) break;
    found = here;
    here += 1;
  }
  return found - textFrom;
}
