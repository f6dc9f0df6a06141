// Text that commands print beside reports: every line as it reads, whatever names stand in it.

import { inJson, visible, withoutCommands } from "../report/escape.ts";
import { print } from "./streams.ts";

export async function printLines(lines: readonly string[]): Promise<void> {
  await print(withoutCommands(lines.map((line) => `${visible(line)}\n`).join("")));
}

/** Indented, and stable to the byte. */
export async function printJson(value: unknown): Promise<void> {
  await print(`${inJson(JSON.stringify(value, null, 2))}\n`);
}

/** Columns as wide as their widest cell; the last one runs on. */
export function aligned(rows: readonly (readonly string[])[], indent = ""): readonly string[] {
  const widths = new Map<number, number>();
  for (const row of rows) {
    row.slice(0, -1).forEach((cell, at) => {
      widths.set(at, Math.max(widths.get(at) ?? 0, cell.length));
    });
  }
  return rows.map((row) => {
    const last = row.length - 1;
    return `${indent}${row.map((cell, at) => (at === last ? cell : cell.padEnd(widths.get(at) ?? 0))).join("  ")}`.trimEnd();
  });
}

/** Prose broken at blanks into lines of at most `width` columns. */
export function wrapped(text: string, indent: string, width = 100): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((one) => one !== "")) {
    if (line !== "" && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return line === "" ? lines : [...lines, indent + line];
}
