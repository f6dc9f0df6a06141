// What a batch is to check, in the order of its lines: files, what lies below directories, and plans on standard input,
// one a line.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { isDirectory } from "../files.ts";
import { expandInputs, type NamedPath } from "../input-paths.ts";

/** A file, or the bytes of a line of standard input. */
export interface Task {
  readonly label: string;
  readonly path: string | undefined;
  readonly bytes: Uint8Array | undefined;
}

/** Never looked into when a directory is given. */
const HIDDEN: ReadonlySet<string> = new Set([".git", ".terraform", "node_modules"]);

/** Every path once. Throws InputError for a pattern that matches nothing. Cost: the entries of the directories. */
export function filesOf(texts: readonly string[]): readonly Task[] {
  const found = new Map(
    expandInputs(texts)
      .flatMap(filesAt)
      .map((file) => [file.path, file]),
  );
  return [...found.values()].map((file) => ({ ...file, bytes: undefined }));
}

function filesAt(input: NamedPath): readonly NamedPath[] {
  if (!isDirectory(input.path)) return [input];
  return jsonBelow(input.path).map((path) => ({ path, label: path.replaceAll("\\", "/") }));
}

/** In the order of their names, folder by folder; links to folders are not followed. */
function jsonBelow(directory: string): readonly string[] {
  const entries = readdirSync(directory, { withFileTypes: true });
  return entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return HIDDEN.has(entry.name) ? [] : jsonBelow(path);
      return entry.name.endsWith(".json") ? [path] : [];
    });
}

const NEWLINE = 0x0a;

/** Plans on standard input. Blank lines are none; a label counts every line. Holds one line at a time. */
export async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<Task> {
  let number = 0;
  for await (const line of splitLines(input)) {
    number += 1;
    if (line.some((byte) => byte > 0x20)) yield { label: `<stdin>:${number}`, path: undefined, bytes: line };
  }
}

async function* splitLines(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  for await (const chunk of input) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      parts.push(chunk.subarray(start, end));
      yield joined(parts);
      parts = [];
      start = end + 1;
    }
    if (start < chunk.length) parts.push(chunk.subarray(start));
  }
  if (parts.length > 0) yield joined(parts);
}

/** In memory of its own, which can be handed to another thread. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
