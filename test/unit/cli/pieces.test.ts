import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { piecesOf } from "../../../src/cli/pieces.ts";

const folder = mkdtempSync(join(tmpdir(), "tfcheck-pieces-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function joined(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<Buffer> {
  const copies: Buffer[] = [];
  for await (const chunk of chunks) copies.push(Buffer.from(chunk));
  return Buffer.concat(copies);
}

function fileOf(name: string, bytes: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** More than two pieces, no two places alike. */
const LONG = Buffer.from(
  Array.from({ length: 350_000 }, (_, index) => String(index).padStart(7, "0")).join(""),
);

describe("a file in pieces", () => {
  it.each([
    ["an empty file", Buffer.alloc(0)],
    ["a short file", Buffer.from("{}")],
    ["a file of several pieces", LONG],
  ])("holds all bytes of %s, as often as asked", async (name, bytes) => {
    const pieces = await piecesOf(fileOf(name, bytes));
    expect(pieces.size).toBe(bytes.length);
    expect(bytes.subarray(0, pieces.start.length).equals(pieces.start)).toBe(true);
    expect((await joined(pieces.chunks())).equals(bytes)).toBe(true);
    expect((await joined(pieces.chunks())).equals(bytes)).toBe(true);
  });

  it("gives any bytes again", async () => {
    const pieces = await piecesOf(fileOf("again", LONG));
    for (const [from, to] of [
      [0, 10],
      [2_000_000, 2_000_020],
      [5, 1_500_000],
      [LONG.length - 3, LONG.length],
    ] as const) {
      expect(Buffer.from(pieces.reread?.(from, to) ?? []).equals(LONG.subarray(from, to))).toBe(true);
    }
  });

  it("is refused once it was written to", async () => {
    const path = fileOf("written", LONG);
    const pieces = await piecesOf(path);
    appendFileSync(path, "x");
    expect(() => pieces.reread?.(2_000_000, 2_000_001)).toThrow(/file-changed/);
    await expect(joined(pieces.chunks())).rejects.toThrow(/file-changed/);
  });
});

it("V8 of Node 20 has the flag that large files set; another one prints an error for a flag that it has not", () => {
  const flags = execFileSync(process.execPath, ["--v8-options"], { encoding: "utf8" });
  const asked = process.versions.v8.startsWith("11.3.");
  expect(!asked || flags.includes("--interrupt-budget (")).toBe(true);
});

describe.skipIf(process.platform === "win32")("a pipe with a name", () => {
  it("is read once, from its first byte", async () => {
    const path = join(folder, "pipe");
    execFileSync("sh", ["-c", `mkfifo '${path}'`]);
    const source = fileOf("source", LONG);
    const { spawn } = await import("node:child_process");
    spawn("sh", ["-c", `cat '${source}' > '${path}'`]);
    const pieces = await piecesOf(path);
    expect(pieces.reread).toBeUndefined();
    expect((await joined(pieces.chunks())).equals(LONG)).toBe(true);
  });
});
