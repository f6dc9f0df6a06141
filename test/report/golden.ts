// Golden files: what a fixed report looks like, kept to be read. `UPDATE_GOLDEN=1 npx vitest run test/report
// test/unit/report` writes them anew and prints which changed; never where CI is set.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { expect } from "vitest";

export const GOLDEN_FOLDER = new URL("golden/", import.meta.url);

export function isUpdating(): boolean {
  if (process.env.UPDATE_GOLDEN !== "1") return false;
  if (process.env.CI !== undefined && process.env.CI !== "") {
    throw new Error("golden files are not written where CI is set: look at the difference and commit it");
  }
  return true;
}

export function expectGolden(name: string, actual: string): void {
  expectFile(new URL(name, GOLDEN_FOLDER), actual);
}

/** A file that is written by the code and kept beside it; updated the same way. */
export function expectFile(file: URL, actual: string): void {
  if (isUpdating()) {
    mkdirSync(new URL(".", file), { recursive: true });
    if (!existsSync(file) || readFileSync(file, "utf8") !== actual) {
      writeFileSync(file, actual);
      console.log(`written: ${basename(file.pathname)}`);
    }
    return;
  }
  expect(existsSync(file), `${basename(file.pathname)} is missing; UPDATE_GOLDEN=1 writes it`).toBe(true);
  expect(actual).toBe(readFileSync(file, "utf8"));
}
