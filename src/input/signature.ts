// What the first bytes of a file say about it. Looks, never unpacks.

export type Signature = "zip" | "gzip" | "utf-8" | "utf-16le" | "utf-16be";

/** `utf-8` only where a byte order mark says so; UTF-16 also by its zero bytes. `undefined`: nothing telling. */
export function signatureOf(bytes: Uint8Array): Signature | undefined {
  for (const [signature, start] of STARTS) {
    if (start.every((byte, index) => bytes[index] === byte)) return signature;
  }
  return utf16ByZeros(bytes);
}

const STARTS: readonly (readonly [Signature, readonly number[]])[] = [
  ["zip", [0x50, 0x4b, 0x03, 0x04]],
  ["gzip", [0x1f, 0x8b]],
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

/** JSON begins with ASCII characters, so every second byte of UTF-16 is zero there. */
function utf16ByZeros(bytes: Uint8Array): Signature | undefined {
  const start = bytes.subarray(0, 8);
  if (start.length < 4) return undefined;
  if (start.every((byte, index) => (byte === 0) === (index % 2 === 1))) return "utf-16le";
  if (start.every((byte, index) => (byte === 0) === (index % 2 === 0))) return "utf-16be";
  return undefined;
}

const FIRST_NAME = 30;

/**
 * Whether these bytes are a plan saved with `-out`: a ZIP whose first entry is `tfplan`.
 * Source: https://github.com/hashicorp/terraform/blob/main/internal/plans/planfile/writer.go; observed with
 * Terraform 1.11.4.
 */
export function isSavedPlan(bytes: Uint8Array): boolean {
  if (signatureOf(bytes) !== "zip") return false;
  const length = (bytes[FIRST_NAME - 4] ?? 0) | ((bytes[FIRST_NAME - 3] ?? 0) << 8);
  return String.fromCharCode(...bytes.subarray(FIRST_NAME, FIRST_NAME + Math.min(length, 64))) === "tfplan";
}
