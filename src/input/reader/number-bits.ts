// Doubles as pairs of integers: V8 makes an object of every double that is read from an array, until it has optimized the
// loop that does, and none of integers. Only compared and looked up, so that the order of bytes makes no difference.

const DOUBLE = new Float64Array(1);
const PAIR = bitsOf(DOUBLE);

/** Two integers for each number, in the same memory. */
export function bitsOf(numbers: Float64Array): Int32Array {
  return new Int32Array(numbers.buffer, numbers.byteOffset, 2 * numbers.length);
}

/** The number that consists of these. */
export function numberOfBits(first: number, second: number): number {
  PAIR[0] = first;
  PAIR[1] = second;
  return DOUBLE[0] ?? 0;
}
