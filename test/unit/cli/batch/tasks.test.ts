import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { filesOf, linesOf } from "../../../../src/cli/batch/tasks.ts";

const folder = mkdtempSync(join(tmpdir(), "tfcheck-tasks-"));
afterAll(() => rmSync(folder, { recursive: true }));

for (const file of [
  "a.json",
  "b+(1).json",
  "x/plan.json",
  "x/y/plan.json",
  "x/y/state.txt",
  ".git/z.json",
  "[1]/a.json",
]) {
  mkdirSync(join(folder, file, ".."), { recursive: true });
  writeFileSync(join(folder, file), "");
}

const rows: readonly [string, readonly string[]][] = [
  [".", ["[1]/a.json", "a.json", "b+(1).json", "x/plan.json", "x/y/plan.json"]],
  ["x", ["x/plan.json", "x/y/plan.json"]],
  ["*", ["[1]/a.json", "a.json", "b+(1).json", "x/plan.json", "x/y/plan.json"]],
  ["**/plan.json", ["x/plan.json", "x/y/plan.json"]],
  ["x/y/*", ["x/y/plan.json", "x/y/state.txt"]],
  ["absent.json", ["absent.json"]],
];

test.each(rows)("%s stands for %j", (path, files) => {
  const given = path === "." ? folder : `${folder}/${path}`;
  expect(filesOf([given, given]).map(({ label }) => label)).toEqual(files.map((file) => `${folder}/${file}`));
});

test("a name of the user's own is the label", () => {
  expect(filesOf([`first=${folder}/a.json`])).toEqual([
    { label: "first", path: `${folder}/a.json`, bytes: undefined },
  ]);
});

test("lines are the same however the input is cut", async () => {
  const line = fc.string({ unit: fc.constantFrom("a", "é", " ", "\r", '"') });
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.array(fc.nat(20)), async (lines, cuts) => {
      const bytes = new TextEncoder().encode(lines.join("\n"));
      async function* chunks() {
        let at = 0;
        for (const cut of cuts) {
          yield bytes.subarray(at, at + cut);
          at += cut;
        }
        yield bytes.subarray(at);
      }
      const found: string[] = [];
      for await (const task of linesOf(chunks()))
        found.push(`${task.label} ${new TextDecoder().decode(task.bytes)}`);
      const wanted = lines.flatMap((text, at) => (text.trim() === "" ? [] : [`<stdin>:${at + 1} ${text}`]));
      expect(found).toEqual(wanted);
    }),
    { seed: 8, numRuns: 300 },
  );
});
