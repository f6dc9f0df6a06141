// The tests that mutated code has to get past: those of the rooms that judge, and the verdicts on plans. They start
// no process and share their modules, since a run of them is repeated for every mutant.

import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "test/unit/{aws,terraform,resolve,evaluate}/**/*.test.ts",
      "test/verdicts/{scenarios,limits}.test.ts",
    ],
    testTimeout: 120_000,
    isolate: false,
    fileParallelism: false,
    maxWorkers: 1,
  },
});
