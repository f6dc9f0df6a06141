// Entries that were set aside, by their type and block.

import { fingerprint } from "./fingerprint.ts";
import type { EntryKind } from "./read-entries.ts";
import { NOT_KEPT, type Notes, type Rows } from "./set-aside.ts";
import { NO_TEXT, type Texts } from "./texts.ts";

/** Where an entry is found again: in the source, or in `Notes.kept` where that can be read once. */
export interface Stored {
  readonly from: number;
  readonly to: number;
}

/** The types of entries that were noted, with `data.` before those of data sources. */
export function storedTypes({ rows, texts }: Notes): readonly string[] {
  return [...new Set(Object.values(rows).flatMap((one) => [...rowsByType(one, texts).keys()]))];
}

/** The entries of a type, such as `data.aws_region`, or those of one block of it, with module names alone. */
export function storedEntries(
  { rows, texts }: Notes,
  kind: EntryKind,
  type: string,
  block?: string,
): readonly Stored[] {
  const { blocks, from, lengths } = rows[kind];
  const wanted = block === undefined ? undefined : fingerprint(block);
  const found: Stored[] = [];
  for (const row of rowsByType(rows[kind], texts).get(type) ?? NO_ROWS) {
    if (wanted !== undefined && blocks.at(row) !== wanted) continue;
    const at = from.at(row) ?? NOT_KEPT;
    if (at !== NOT_KEPT) found.push({ from: at, to: at + (lengths.at(row) ?? 0) });
  }
  return found;
}

const NO_ROWS: readonly number[] = [];

function rowsByType(rows: Rows, texts: Texts): ReadonlyMap<string, readonly number[]> {
  if (rows.byType !== undefined) return rows.byType;
  const byNumber = new Map<number, number[]>();
  let row = 0;
  for (const part of rows.types.parts()) {
    for (let index = 0; index < part.length; index += 1) {
      const number = part[index] ?? NO_TEXT;
      const known = byNumber.get(number);
      if (known === undefined) byNumber.set(number, [row]);
      else known.push(row);
      row += 1;
    }
  }
  const byType = new Map<string, readonly number[]>();
  for (const [number, some] of byNumber) {
    const type = texts.text(number) ?? "";
    const others = byType.get(type);
    // A type may have two numbers; entries stand in their order all the same.
    byType.set(type, others === undefined ? some : [...others, ...some].sort((a, b) => a - b));
  }
  rows.byType = byType;
  return byType;
}
