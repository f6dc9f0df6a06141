// Opens what holds a plan or state: bytes in chunks, or text. Both go through one reader.

import { openBytes } from "./decode.ts";
import { type Document, documentIn } from "./document-kind.ts";
import type { Interests } from "./reader/set-aside.ts";
import { createTextReader } from "./reader/text-stream.ts";
import type { Wanted } from "./refusal.ts";

/** Bytes that can be had once, from the first to the last, and perhaps some of them again. */
export interface ByteSource {
  /**
   * The memory of a chunk may be used again for the next one. `place` gives memory that the next one may be put into,
   * where that spares a copy.
   */
  chunks(place?: () => Uint8Array | undefined): Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  /** Bytes from an offset to another, at any time; left out where that cannot be done, as for a pipe. */
  reread?(from: number, to: number): Uint8Array;
  /** How many there are, where that is known before. */
  readonly size?: number;
}

export function sourceOf(bytes: Uint8Array): ByteSource {
  return { chunks: () => [bytes], reread: (from, to) => bytes.subarray(from, to) };
}

/** The document in a text, all of it. Throws InputError for everything that is not `wanted`. */
export function openText(text: string, label: string, wanted: Wanted): Document {
  const reader = createTextReader({ label, interestIn: undefined, rereads: false });
  const bytes = new TextEncoder().encode(text);
  reader.feed(bytes);
  return documentIn(reader.finish(), label, wanted);
}

/**
 * The document in a source, as far as `interestIn` says. Throws InputError for everything that is not `wanted`.
 * Memory: what is read, and a few numbers for each entry that is not.
 */
export async function openSource(
  source: ByteSource,
  label: string,
  wanted: Wanted,
  interestIn: Interests | undefined,
): Promise<Document> {
  // What is not yet the text must not be put where the text is.
  let place: () => Uint8Array | undefined = () => undefined;
  const { chunks, textStart } = await openBytes(
    source.chunks(() => place()),
    label,
    wanted,
  );
  const reread = textStart === undefined ? undefined : source.reread?.bind(source);
  const reader = createTextReader({ label, interestIn, rereads: reread !== undefined });
  if (textStart !== undefined) place = reader.place;
  for await (const chunk of chunks) if (!reader.feed(chunk)) break;
  const document = documentIn(reader.finish(), label, wanted);
  if (reread === undefined || textStart === undefined) return document;
  return { ...document, reread: (from, to) => reread(from + textStart, to + textStart) };
}
