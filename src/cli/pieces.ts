// Files and standard input piece by piece, so that their size does not matter.

import { closeSync, fstatSync, openSync, readSync, type Stats, statSync } from "node:fs";
import type { ByteSource } from "../input/open-document.ts";
import { InputError } from "../model/problem.ts";

export interface Pieces extends ByteSource {
  /** The first bytes, enough to tell a saved plan. */
  readonly start: Uint8Array;
}

/** Larger pieces make fewer calls, but leave the cache of the processor. */
const PIECE = 2 ** 19;
const START = 4096;
const AHEAD = 2 ** 16;

/** Throws what `node:fs` throws. A pipe is opened and its first piece read; a file is not kept open. */
export async function piecesOf(path: string): Promise<Pieces> {
  const stats = statSync(path);
  return stats.isFile() ? piecesOfFile(path, stats) : piecesOfPipe(path);
}

/** What comes in, once. */
export function piecesOfStdin(): ByteSource {
  return { chunks: () => process.stdin };
}

function piecesOfFile(path: string, stats: Stats): Pieces {
  const start = withFile(path, stats, (file) => readAt(file, 0, Math.min(START, stats.size)));
  let window = { from: 0, bytes: start };
  return {
    start,
    size: stats.size,
    *chunks(place) {
      const own = Buffer.allocUnsafeSlow(Math.min(PIECE, stats.size + 1));
      const file = openSame(path, stats);
      try {
        for (;;) {
          const given = place?.();
          const memory = given === undefined || given.length < PIECE ? own : given;
          const length = readSync(file, memory, 0, Math.min(memory.length, PIECE), null);
          if (length === 0) return;
          yield memory.subarray(0, length);
        }
      } finally {
        closeSync(file);
      }
    },
    reread(from, to) {
      const end = window.from + window.bytes.length;
      if (from < window.from || to > end) {
        // Whoever asks for neighbours asks for more of them.
        const wanted = from >= window.from && from - end < AHEAD ? AHEAD : 0;
        const length = Math.min(Math.max(to - from, wanted), stats.size - from);
        window = { from, bytes: withFile(path, stats, (file) => readAt(file, from, length)) };
      }
      return window.bytes.subarray(from - window.from, to - window.from);
    },
  };
}

function withFile<Result>(path: string, stats: Stats, use: (file: number) => Result): Result {
  const file = openSame(path, stats);
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}

/** Throws InputError for a file that has been written since. */
function openSame(path: string, before: Stats): number {
  const file = openSync(path, "r");
  const now = fstatSync(file);
  if (now.ino === before.ino && now.size === before.size && now.mtimeMs === before.mtimeMs) return file;
  closeSync(file);
  const message = "this file was written to while it was read";
  throw new InputError([{ code: "file-changed", place: path, message, help: "run tfcheck again" }]);
}

function readAt(file: number, from: number, length: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const read = readSync(file, bytes, filled, length - filled, from + filled);
    if (read === 0) break;
    filled += read;
  }
  return bytes.subarray(0, filled);
}

async function piecesOfPipe(path: string): Promise<Pieces> {
  const { open } = process.getBuiltinModule("node:fs/promises");
  const file = await open(path, "r");
  const read = async (): Promise<Uint8Array> => {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(START * 16), 0, START * 16, null);
    return buffer.subarray(0, bytesRead);
  };
  const start = await read();
  return {
    start,
    async *chunks() {
      try {
        for (let piece = start; piece.length > 0; piece = await read()) yield piece;
      } finally {
        await file.close();
      }
    },
  };
}
