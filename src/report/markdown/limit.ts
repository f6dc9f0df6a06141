// Cuts a page to a length between two of its lines, and says how many are missing.

import { plural } from "../summary.ts";

/** Lines that may be cut anywhere between two rows; `close` follows all the same. */
export interface Section {
  readonly open?: readonly string[];
  readonly rows: readonly string[];
  readonly close?: readonly string[];
}

/** `limit` is in what `measure` counts: characters or bytes. */
export function withinLimit(
  sections: readonly Section[],
  limit: number,
  measure: (text: string) => number,
): string {
  const lines: string[] = [];
  let used = 0;
  let left = 0;
  const sizeOf = (some: readonly string[]) => some.reduce((sum, one) => sum + measure(one) + 1, 0);
  // Room for the sentence that says what is missing.
  const room = limit - 100;
  for (const { open = [], rows, close = [] } of sections) {
    const frame = sizeOf(open) + sizeOf(close);
    if (left > 0 || used + frame > room) {
      left += rows.length;
      continue;
    }
    lines.push(...open);
    used += frame;
    for (const row of rows) {
      const size = sizeOf([row]);
      if (left > 0 || used + size > room) left += 1;
      else {
        lines.push(row);
        used += size;
      }
    }
    lines.push(...close);
  }
  if (left > 0) lines.push("", `_${plural(left, "more line")} did not fit here._`);
  return `${lines.join("\n")}\n`;
}
