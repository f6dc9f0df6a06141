// How a batch went: a bar while it runs, a table when it has ended. Both go to stderr.

import { BATCH_OUTCOMES, type BatchOutcome } from "../../report/json/batch-line.ts";
import type { Gate } from "../exit-code.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { aligned } from "../plain-text.ts";
import type { ProgressStream } from "../progress.ts";
import type { Tally } from "./protocol.ts";

type Counts = Record<BatchOutcome, number>;

export interface Totals {
  readonly plans: Counts;
  /** By id, in the order of the first plan that has them. */
  readonly controls: Map<string, Counts>;
  count: number;
}

export function noTotals(): Totals {
  return { plans: noCounts(), controls: new Map(), count: 0 };
}

function noCounts(): Counts {
  return { error: 0, violated: 0, undecided: 0, waived: 0, satisfied: 0 };
}

export function add(totals: Totals, { outcome, controls }: Tally): void {
  totals.count += 1;
  totals.plans[outcome] += 1;
  for (const { id, outcome: its } of controls) {
    const counts = totals.controls.get(id) ?? noCounts();
    counts[its] += 1;
    totals.controls.set(id, counts);
  }
}

/** One that could not be checked outranks one that is violated, and that an undecided one. */
export function exitCodeOfAll({ plans }: Totals, { undecided, softFail }: Gate): ExitCode {
  if (plans.error > 0) return EXIT.couldNotCheck;
  if (softFail) return EXIT.fine;
  if (plans.violated > 0) return EXIT.violated;
  return plans.undecided > 0 && undecided === "fail" ? EXIT.undecided : EXIT.fine;
}

/** Rows for each control, and for the plans as a whole; columns for the outcomes. */
export function summaryTable({ plans, controls, count }: Totals): readonly string[] {
  const columns = BATCH_OUTCOMES.filter((outcome) => plans[outcome] > 0);
  const row = (name: string, counts: Counts) => [name, ...columns.map((outcome) => String(counts[outcome]))];
  return aligned([
    [`${count} ${count === 1 ? "plan" : "plans"}`, ...columns],
    ...[...controls].map(([id, counts]) => row(id, counts)),
    row("worst of a plan", plans),
  ]);
}

const WIDTH = 30;
const CLEAR_LINE = "\r\u001b[2K";
const PAUSE_MS = 100;

export interface Bar {
  readonly show: (totals: Totals) => void;
  readonly clear: () => void;
}

/** Draws on a terminal alone, a few times a second. `total` is not known of standard input. */
export function barOn(stream: ProgressStream, total: number | undefined, now: () => number): Bar {
  if (stream.isTTY !== true) return { show: () => undefined, clear: () => undefined };
  let last = 0;
  return {
    show: (totals) => {
      if (now() - last < PAUSE_MS) return;
      last = now();
      stream.write(`\r${barText(totals, total)}`);
    },
    clear: () => void stream.write(CLEAR_LINE),
  };
}

/** `[=====     ] 12/24 plans, 3 violated`. */
export function barText({ count, plans }: Totals, total: number | undefined): string {
  const found = BATCH_OUTCOMES.filter((outcome) => plans[outcome] > 0 && outcome !== "satisfied");
  const said = found.map((outcome) => `, ${plans[outcome]} ${outcome}`).join("");
  if (total === undefined) return `${count} plans${said}`;
  const filled = total === 0 ? WIDTH : Math.floor((count / total) * WIDTH);
  return `[${"=".repeat(filled).padEnd(WIDTH)}] ${count}/${total} plans${said}`;
}
