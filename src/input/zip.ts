// A small reader of ZIP archives, for the one kind tfcheck meets: saved plans. Reads by the central directory,
// stored and deflated entries only; no encryption, no ZIP64, no parts. Loads node:zlib: import it only when needed.

import { crc32, inflateRawSync } from "node:zlib";
import { refusal } from "./refusal.ts";
import { MAX_FILE_BYTES, refuseBomb, unpackLimit } from "./size-limits.ts";

const MAX_ENTRIES = 20_000;
const DIRECTORY_END = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const DIRECTORY_END_SIZE = 22;
const DIRECTORY_ENTRY_SIZE = 46;
const LOCAL_ENTRY_SIZE = 30;
const LONGEST_COMMENT = 0xffff;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  readonly localOffset: number;
}

/**
 * The entries whose name is `wanted`, unpacked, in the order of the archive. Names are data: nothing is written.
 * Throws InputError for damaged archives and for those that unpack to far more than they are.
 * Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (4.3.7, 4.3.12, 4.3.16)
 */
export function readZip(
  bytes: Uint8Array,
  label: string,
  wanted: (name: string) => boolean,
): ReadonlyMap<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = readDirectory(view, bytes, label);
  refuseOverlap(entries, label);
  const chosen = entries.filter((entry) => wanted(entry.name));
  const total = chosen.reduce((sum, entry) => sum + entry.size, 0);
  if (total > Math.min(MAX_FILE_BYTES, unpackLimit(bytes.length))) refuseBomb(bytes.length, label);
  const files = new Map<string, Uint8Array>();
  for (const entry of chosen) {
    if (files.has(entry.name)) throw damaged(label, `it has ${JSON.stringify(entry.name)} twice`);
    files.set(entry.name, unpack(entry, view, bytes, label));
  }
  return files;
}

function readDirectory(view: DataView, bytes: Uint8Array, label: string): readonly Entry[] {
  const end = findDirectoryEnd(view, label);
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  const start = view.getUint32(end + 16, true);
  if (count > MAX_ENTRIES) throw damaged(label, `it says it has ${count} files`);
  if (start + size > end) throw damaged(label, "its list of files is not where it says");
  const entries: Entry[] = [];
  let at = start;
  for (let index = 0; index < count; index += 1) {
    if (at + DIRECTORY_ENTRY_SIZE > end || view.getUint32(at, true) !== DIRECTORY_ENTRY) {
      throw damaged(label, "its list of files is shorter than it says");
    }
    const nameEnd = at + DIRECTORY_ENTRY_SIZE + view.getUint16(at + 28, true);
    if (nameEnd > end) throw damaged(label, "a file name is longer than the archive");
    if ((view.getUint16(at + 8, true) & 1) === 1) throw damaged(label, "it is encrypted");
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + DIRECTORY_ENTRY_SIZE, nameEnd)),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packedSize: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      localOffset: view.getUint32(at + 42, true),
    });
    at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** The directory's end is the last thing in the file, but for a comment. */
function findDirectoryEnd(view: DataView, label: string): number {
  const last = view.byteLength - DIRECTORY_END_SIZE;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at -= 1) {
    if (view.getUint32(at, true) === DIRECTORY_END && view.getUint16(at + 20, true) === last - at) return at;
  }
  throw damaged(label, "its end is missing");
}

/** Entries that share bytes are how a small archive becomes a huge one. */
function refuseOverlap(entries: readonly Entry[], label: string): void {
  let free = 0;
  for (const entry of entries.toSorted((left, right) => left.localOffset - right.localOffset)) {
    if (entry.localOffset < free) throw damaged(label, "two of its files overlap");
    free = entry.localOffset + LOCAL_ENTRY_SIZE + entry.packedSize;
  }
}

function unpack(entry: Entry, view: DataView, bytes: Uint8Array, label: string): Uint8Array {
  const name = JSON.stringify(entry.name);
  const { localOffset } = entry;
  if (localOffset + LOCAL_ENTRY_SIZE > bytes.length || view.getUint32(localOffset, true) !== LOCAL_ENTRY) {
    throw damaged(label, `${name} is not where it says`);
  }
  const start =
    localOffset +
    LOCAL_ENTRY_SIZE +
    view.getUint16(localOffset + 26, true) +
    view.getUint16(localOffset + 28, true);
  const packed = bytes.subarray(start, start + entry.packedSize);
  if (packed.length !== entry.packedSize) throw damaged(label, `${name} is cut off`);
  const data = inflate(entry, packed);
  if (data === undefined || data.length !== entry.size || crc32(data) !== entry.crc) {
    throw damaged(label, `${name} cannot be unpacked`);
  }
  return data;
}

/** `undefined` for what is neither stored nor deflated soundly, or is longer than announced. */
function inflate(entry: Entry, packed: Uint8Array): Uint8Array | undefined {
  if (entry.method === 0) return packed;
  if (entry.method !== 8) return undefined;
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.size) });
  } catch {
    return undefined;
  }
}

function damaged(label: string, how: string): Error {
  return refusal({
    code: "saved-plan-damaged",
    place: label,
    message: `this saved plan is damaged: ${how}`,
    help: "terraform plan -out=tfplan && tfcheck plan.json --source tfplan",
  });
}
