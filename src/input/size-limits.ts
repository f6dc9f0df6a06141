// How much is read of what has to be one string, and of archives that unpack out of proportion.

import type { InputError } from "../model/problem.ts";
import { refusal } from "./refusal.ts";

const MIB = 2 ** 20;

/**
 * Bytes of what is read as a whole; plans and states are not. Node 20 strings end at 536,870,888 UTF-16 units (buffer.constants.MAX_STRING_LENGTH); one byte gives at
 * most one unit.
 */
export const MAX_FILE_BYTES = 500 * MIB;

/** Throws InputError for a file of so many bytes; to be asked before reading it. */
export function refuseOversize(bytes: number, label: string): void {
  if (bytes > MAX_FILE_BYTES) {
    throw tooLarge(
      label,
      `this is ${megabytes(bytes)} MB of text, tfcheck reads up to ${megabytes(MAX_FILE_BYTES)}`,
    );
  }
}

/** The most bytes that `packed` bytes may unpack to. Plans are repetitive text, yet seldom shrink 100-fold. */
export function unpackLimit(packed: number): number {
  return Math.max(64 * MIB, packed * 200);
}

/** Throws InputError for `packed` bytes that unpack to more than `unpackLimit` allows. */
export function refuseBomb(packed: number, label: string): never {
  const limit = megabytes(unpackLimit(packed));
  throw tooLarge(label, `these ${packed.toLocaleString("en-US")} bytes unpack to more than ${limit} MB`);
}

function tooLarge(label: string, message: string): InputError {
  return refusal({
    code: "file-too-large",
    place: label,
    message,
    help: "terraform show -json tfplan | jq -c 'del(.planned_values, .resource_drift)' > plan.json && tfcheck plan.json",
  });
}

function megabytes(bytes: number): string {
  return Math.ceil(bytes / MIB).toLocaleString("en-US");
}
