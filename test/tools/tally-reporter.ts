// Counts the tests of a run in one plain line, for .ci/run and for anybody who reads only the end of a log.

import { mkdirSync, writeFileSync } from "node:fs";
import type { Reporter, SerializedError, TestModule } from "vitest/node";

const FILE = "test/output/tally.txt";

/** Writes `N passed, N failed` to test/output/tally.txt. A file that cannot be loaded counts as one failure. */
export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const counts = { passed: 0, failed: unhandled.length, skipped: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        counts[state === "pending" ? "skipped" : state] += 1;
      }
      counts.failed += module.errors().length;
    }
    mkdirSync("test/output", { recursive: true });
    writeFileSync(FILE, `${lineOf(counts)}\n`);
  }
}

function lineOf({ passed, failed, skipped }: { passed: number; failed: number; skipped: number }): string {
  return `${passed} passed, ${failed} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`;
}
