// A number for a text, to tell many apart in little memory: addresses, and blocks by their names.

/**
 * Among a million texts two share one by chance in one plan out of ten thousand, and then one object is looked at in
 * vain, or counts for another's account. The same stands in assembly/index.ts, for texts of ASCII.
 */
export function fingerprint(text: string): number {
  let high = 0x811c9dc5;
  let low = 0x9e3779b9;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low ^ code, 0x85ebca6b);
    low ^= low >>> 13;
  }
  return (high >>> 0) * 2 ** 21 + (low >>> 11);
}
