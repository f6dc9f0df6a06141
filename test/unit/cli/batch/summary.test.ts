import { expect, test } from "vitest";
import {
  add,
  barOn,
  barText,
  exitCodeOfAll,
  noTotals,
  summaryTable,
} from "../../../../src/cli/batch/summary.ts";
import type { BatchOutcome } from "../../../../src/report/json/batch-line.ts";

function totalsOf(...outcomes: readonly BatchOutcome[]) {
  const totals = noTotals();
  for (const outcome of outcomes) add(totals, { outcome, controls: [] });
  return totals;
}

const STRICT = { undecided: "fail", softFail: false } as const;

test.each<[readonly BatchOutcome[], number]>([
  [[], 0],
  [["satisfied", "waived"], 0],
  [["undecided", "satisfied"], 3],
  [["undecided", "violated"], 1],
  [["undecided", "violated", "error"], 2],
])("%j exits with %i", (outcomes, exit) => {
  expect(exitCodeOfAll(totalsOf(...outcomes), STRICT)).toBe(exit);
});

test("what is let through softens all but errors", () => {
  expect(exitCodeOfAll(totalsOf("undecided"), { ...STRICT, undecided: "pass" })).toBe(0);
  expect(exitCodeOfAll(totalsOf("violated"), { ...STRICT, softFail: true })).toBe(0);
  expect(exitCodeOfAll(totalsOf("error"), { ...STRICT, softFail: true })).toBe(2);
});

test("the table has a row for each control and columns for what came up", () => {
  const totals = noTotals();
  add(totals, {
    outcome: "violated",
    controls: [
      { id: "one", outcome: "violated" },
      { id: "two", outcome: "satisfied" },
    ],
  });
  add(totals, {
    outcome: "satisfied",
    controls: [
      { id: "one", outcome: "satisfied" },
      { id: "two", outcome: "satisfied" },
    ],
  });
  expect(summaryTable(totals)).toEqual([
    "2 plans          violated  satisfied",
    "one              1         1",
    "two              0         2",
    "worst of a plan  1         1",
  ]);
});

test("the bar fills, and tells what is not satisfied", () => {
  const totals = totalsOf("satisfied", "violated", "error");
  expect(barText(totals, 6)).toBe("[===============               ] 3/6 plans, 1 error, 1 violated");
  expect(barText(totals, undefined)).toBe("3 plans, 1 error, 1 violated");
});

test("a bar is drawn on a terminal alone, and not with every plan", () => {
  const written: string[] = [];
  const stream = (isTTY: boolean) => ({ isTTY, write: (text: string) => written.push(text) });
  let now = 1000;
  const none = barOn(stream(false), 2, () => now);
  none.show(totalsOf());
  none.clear();
  expect(written).toEqual([]);
  const bar = barOn(stream(true), 2, () => now);
  for (const later of [0, 10, 150]) {
    now = 1000 + later;
    bar.show(totalsOf("satisfied"));
  }
  bar.clear();
  expect(written.map((text) => text.includes("1/2 plans"))).toEqual([true, true, false]);
});
