// Reports to exit codes. The numbers are a promise to scripts: docs/output.md.

import type { Report } from "../model/finding.ts";

export const EXIT = { fine: 0, violated: 1, couldNotCheck: 2, undecided: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface Gate {
  /** Whether an undecided control stops a run. */
  readonly undecided: "fail" | "pass";
  /** Violated and undecided controls are reported and let through. */
  readonly softFail: boolean;
}

/** A violated control outranks an undecided one; a waived one does not count. */
export function exitCodeOf({ findings }: Report, { undecided, softFail }: Gate): ExitCode {
  if (softFail) return EXIT.fine;
  const open = findings.filter((finding) => finding.waiver === undefined);
  if (open.some(({ verdict }) => verdict === "violated")) return EXIT.violated;
  const stops = undecided === "fail" && open.some(({ verdict }) => verdict === "undecided");
  return stops ? EXIT.undecided : EXIT.fine;
}
