// How often properties are tried: less often where the tests are repeated for every mutant.

import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** The share of the runs; `test/mutation/vitest.config.ts` provides it, nothing else does. */
    share?: number;
  }
}

export function runs(count: number): number {
  return Math.ceil(count * (inject("share") ?? 1));
}
