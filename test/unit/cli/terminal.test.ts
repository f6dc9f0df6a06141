import { describe, expect, it } from "vitest";
import { type Surroundings, showsUnicode, widthOf } from "../../../src/cli/terminal.ts";

const PIPE: Surroundings = { env: {}, platform: "linux", isTTY: false, columns: undefined };

describe("symbols beyond ASCII", () => {
  it.each<[string, Partial<Surroundings>, boolean]>([
    ["a log without a locale", {}, true],
    ["a UTF-8 locale", { env: { LANG: "en_US.UTF-8" } }, true],
    ["the C locale", { env: { LANG: "C" } }, false],
    ["LC_ALL against LANG", { env: { LC_ALL: "POSIX", LANG: "en_US.UTF-8" } }, false],
    ["an empty LC_ALL says nothing", { env: { LC_ALL: "", LANG: "de_DE.utf8" } }, true],
    ["an old Windows console", { platform: "win32", isTTY: true }, false],
    ["Windows Terminal", { platform: "win32", isTTY: true, env: { WT_SESSION: "1" } }, true],
    ["a file on Windows", { platform: "win32" }, true],
  ])("%s", (_, given, expected) => {
    expect(showsUnicode({ ...PIPE, ...given })).toBe(expected);
  });
});

it("takes 100 columns where nobody says how many there are", () => {
  expect(widthOf(PIPE)).toBe(100);
  expect(widthOf({ ...PIPE, columns: 0 })).toBe(100);
  expect(widthOf({ ...PIPE, columns: 72 })).toBe(72);
});
