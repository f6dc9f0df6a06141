// As `fingerprint` in fingerprint.ts, for texts of ASCII.

const FIRST_HIGH: u32 = 0x811c9dc5;
const FIRST_LOW: u32 = 0x9e3779b9;
let digestHigh: u32 = 0;
let digestLow: u32 = 0;
let keptHigh: u32 = 0;
let keptLow: u32 = 0;

export function startDigest(): void {
  digestHigh = FIRST_HIGH;
  digestLow = FIRST_LOW;
}

/** To go on from here later. */
export function keepDigest(): void {
  keptHigh = digestHigh;
  keptLow = digestLow;
}

export function resumeDigest(): void {
  digestHigh = keptHigh;
  digestLow = keptLow;
}

@inline
export function addByte(byte: u32): void {
  digestHigh = (digestHigh ^ byte) * 0x01000193;
  digestLow = (digestLow ^ byte) * 0x85ebca6b;
  digestLow ^= digestLow >> 13;
}

export function addText(start: usize, stop: usize): void {
  let high = digestHigh;
  let low = digestLow;
  for (let here = start; here < stop; here += 1) {
    const byte: u32 = load<u8>(here);
    high = (high ^ byte) * 0x01000193;
    low = (low ^ byte) * 0x85ebca6b;
    low ^= low >> 13;
  }
  digestHigh = high;
  digestLow = low;
}

/** data. */
export function addDataPrefix(): void {
  addByte(0x64);
  addByte(0x61);
  addByte(0x74);
  addByte(0x61);
  addByte(0x2e);
}

export function digest(): f64 {
  return <f64>digestHigh * 2097152.0 + <f64>(digestLow >> 11);
}
