// Bytes of a file to text: UTF-8, UTF-16 as PowerShell writes it, gzip. Says nothing about what the text means.

import { refusal, showCommand, type Wanted } from "./refusal.ts";
import { isSavedPlan, type Signature, signatureOf } from "./signature.ts";
import { refuseBomb, refuseOversize, unpackLimit } from "./size-limits.ts";

const MAX_LAYERS = 3;

/**
 * The text of an input, byte order mark removed. `wanted` only chooses the command named in a refusal.
 * Throws InputError for saved plans, other binary bytes, broken or disproportionate gzip and oversize files.
 */
export async function decode(bytes: Uint8Array, label: string, wanted: Wanted = "plan"): Promise<string> {
  let plain = bytes;
  for (let layer = 0; layer < MAX_LAYERS && signatureOf(plain) === "gzip"; layer += 1) {
    plain = await gunzip(plain, label);
  }
  refuseOversize(plain.length, label);
  if (isSavedPlan(plain)) {
    throw refusal({
      code: "plan-not-json",
      place: label,
      message: "this is a binary plan file, tfcheck reads its JSON form",
      help: showCommand(label, wanted),
    });
  }
  return toText(plain, label, wanted);
}

function toText(bytes: Uint8Array, label: string, wanted: Wanted): string {
  const signature = signatureOf(bytes) ?? (bytes.subarray(0, 1024).includes(0) ? "binary" : "utf-8");
  const encoding = ENCODINGS[signature];
  if (encoding !== undefined) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Replacement characters could make two different names equal, so half-readable text is refused.
    }
  }
  throw refusal({
    code: "file-not-text",
    place: label,
    message: `${WHAT[signature]}, tfcheck reads JSON as UTF-8 or UTF-16 text`,
    help: showCommand("tfplan", wanted),
  });
}

const ENCODINGS: Readonly<Record<Signature | "binary", string | undefined>> = {
  "utf-8": "utf-8",
  "utf-16le": "utf-16le",
  "utf-16be": "utf-16be",
  zip: undefined,
  gzip: undefined,
  binary: undefined,
};

const WHAT: Readonly<Record<Signature | "binary", string>> = {
  "utf-8": "some bytes of this file are not UTF-8",
  "utf-16le": "some bytes of this file are not UTF-16",
  "utf-16be": "some bytes of this file are not UTF-16",
  zip: "this is a ZIP archive",
  gzip: "this file is gzip inside gzip inside gzip",
  binary: "these are binary bytes",
};

async function gunzip(bytes: Uint8Array, label: string): Promise<Uint8Array> {
  // Loaded on demand: a plain run does not pay for it.
  const { gunzipSync } = await import("node:zlib");
  try {
    return gunzipSync(bytes, { maxOutputLength: unpackLimit(bytes.length) });
  } catch (error) {
    if (errorCode(error) === "ERR_BUFFER_TOO_LARGE") refuseBomb(bytes.length, label);
    const cut = errorCode(error) === "Z_BUF_ERROR";
    throw refusal({
      code: "file-not-unpacked",
      place: label,
      message: cut ? "this gzip file ends in the middle" : "this gzip file is damaged",
      help: "copy or download the file again",
    });
  }
}

function errorCode(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
