// The tests that mutated code has to get past: those of the rooms that judge, and the verdicts on plans, states and
// accounts. They start no process and share their modules, since a run of them is repeated for every mutant.

import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Quick files first: the first test that fails ends the run of a mutant. Vitest begins with the slow ones. */
class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).reverse();
  }
}

export default defineConfig({
  test: {
    include: [
      "test/unit/{aws,terraform,resolve,evaluate}/**/*.test.ts",
      "test/verdicts/{scenarios,limits,states,organization,two-stacks,audit}.test.ts",
      // What is true of any filter pattern and any metric math, tried on fewer of them.
      "test/property/{filter-pattern,filter-pattern-values,metric-math}.test.ts",
    ],
    // Bounds of walks, and every pair of published patterns: seconds of work for every mutant that survives.
    exclude: ["test/unit/resolve/sources/hostile.test.ts", "test/unit/aws/filter-pattern/controls.test.ts"],
    provide: { share: 0.02 },
    sequence: { sequencer: QuickFirst },
    testTimeout: 120_000,
    isolate: false,
    fileParallelism: false,
    maxWorkers: 1,
  },
});
