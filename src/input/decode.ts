// Bytes of a file to text: UTF-8, UTF-16 as PowerShell writes it, gzip. Says nothing about what the text means.

import { InputError } from "../model/problem.ts";
import { refusal, showCommand, type Wanted } from "./refusal.ts";
import { isSavedPlan, type Signature, signatureOf } from "./signature.ts";
import { refuseBomb, refuseOversize, unpackLimit } from "./size-limits.ts";

const MAX_LAYERS = 3;

/** The text of an input, byte order mark removed. `wanted` only chooses the command named in a refusal. */
export async function decode(bytes: Uint8Array, label: string, wanted: Wanted = "plan"): Promise<string> {
  const { chunks } = await openBytes([bytes], label, wanted);
  const parts: string[] = [];
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let length = 0;
  try {
    for await (const chunk of chunks) {
      length += chunk.length;
      refuseOversize(length, label);
      parts.push(decoder.decode(chunk, { stream: true }));
    }
    parts.push(decoder.decode());
  } catch (error) {
    // Replacement characters could make two different names equal, so half-readable text is refused.
    throw error instanceof InputError ? error : notText("utf-8", label, wanted);
  }
  return parts.join("");
}

type Chunks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

export interface OpenBytes {
  /** UTF-8, without a byte order mark. Whether it really is UTF-8 shows when it is decoded. */
  readonly chunks: Chunks;
  /** Where the text begins in the bytes; `undefined` where they are not the bytes of the text. */
  readonly textStart: number | undefined;
}

/**
 * The text in an input as UTF-8: unpacked, and turned into it from UTF-16.
 * Throws InputError for saved plans, other binary bytes, and broken or disproportionate gzip.
 */
export async function openBytes(bytes: Chunks, label: string, wanted: Wanted): Promise<OpenBytes> {
  let { start, chunks } = await startOf(bytes);
  let layers = 0;
  for (; layers < MAX_LAYERS && signatureOf(start) === "gzip"; layers += 1) {
    ({ start, chunks } = await startOf(gunzip(chunks, label)));
  }
  if (isSavedPlan(start)) {
    throw refusal({
      code: "plan-not-json",
      place: label,
      message: "this is a binary plan file, tfcheck reads its JSON form",
      help: showCommand(label, wanted),
    });
  }
  const signature = signatureOf(start) ?? (start.subarray(0, 1024).includes(0) ? "binary" : "utf-8");
  switch (signature) {
    case "utf-8": {
      const mark = start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf ? 3 : 0;
      return {
        chunks: mark === 0 ? chunks : without(mark, chunks),
        textStart: layers === 0 ? mark : undefined,
      };
    }
    case "utf-16le":
    case "utf-16be":
      return { chunks: fromUtf16(signature, chunks, label, wanted), textStart: undefined };
    default:
      throw notText(signature, label, wanted);
  }
}

/** Enough to tell by what the bytes are, and all of them again. */
const TELLING = 1024;

async function startOf(bytes: Chunks): Promise<{ start: Uint8Array; chunks: Chunks }> {
  const iterator = Symbol.asyncIterator in bytes ? bytes[Symbol.asyncIterator]() : bytes[Symbol.iterator]();
  let start: Uint8Array = new Uint8Array();
  for (;;) {
    const { done, value } = await iterator.next();
    if (done === true) return { start, chunks: [start] };
    if (start.length === 0 && value.length >= TELLING)
      return { start: value, chunks: resume(value, iterator) };
    start = Buffer.concat([start, value]);
    if (start.length >= TELLING) return { start, chunks: resume(start, iterator) };
  }
}

async function* resume(
  first: Uint8Array,
  rest: Iterator<Uint8Array> | AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield first;
    for (;;) {
      const { done, value } = await rest.next();
      if (done === true) return;
      yield value;
    }
  } finally {
    await rest.return?.();
  }
}

async function* without(count: number, chunks: Chunks): AsyncGenerator<Uint8Array> {
  let skipped = false;
  for await (const chunk of chunks) {
    yield skipped ? chunk : chunk.subarray(count);
    skipped = true;
  }
}

async function* fromUtf16(
  encoding: "utf-16le" | "utf-16be",
  chunks: Chunks,
  label: string,
  wanted: Wanted,
): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const encoder = new TextEncoder();
  const read = (chunk?: Uint8Array): Uint8Array => {
    try {
      return encoder.encode(decoder.decode(chunk, { stream: chunk !== undefined }));
    } catch {
      throw notText(encoding, label, wanted);
    }
  };
  for await (const chunk of chunks) yield read(chunk);
  yield read();
}

/** How bytes are refused that are no text. */
export function notText(what: Signature | "binary", label: string, wanted: Wanted): InputError {
  return refusal({
    code: "file-not-text",
    place: label,
    message: `${WHAT[what]}, tfcheck reads JSON as UTF-8 or UTF-16 text`,
    help: showCommand("tfplan", wanted),
  });
}

const WHAT: Readonly<Record<Signature | "binary", string>> = {
  "utf-8": "some bytes of this file are not UTF-8",
  "utf-16le": "some bytes of this file are not UTF-16",
  "utf-16be": "some bytes of this file are not UTF-16",
  zip: "this is a ZIP archive",
  gzip: "this file is gzip inside gzip inside gzip",
  binary: "these are binary bytes",
};

async function* gunzip(packed: Chunks, label: string): AsyncGenerator<Uint8Array> {
  // Loaded on demand: a plain run does not pay for it.
  const { createGunzip } = process.getBuiltinModule("node:zlib");
  const { Readable } = process.getBuiltinModule("node:stream");
  let [taken, given] = [0, 0];
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of packed) {
      taken += chunk.length;
      // The stream may still hold a chunk when the source uses its memory again.
      yield Buffer.from(chunk);
    }
  };
  const source = Readable.from(counted());
  const unpacked = createGunzip();
  source.on("error", (error) => unpacked.destroy(error));
  try {
    for await (const chunk of source.pipe(unpacked)) {
      given += chunk.length;
      if (given > unpackLimit(taken)) refuseBomb(taken, label);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof InputError || !String(errorCode(error)).startsWith("Z_")) throw error;
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
