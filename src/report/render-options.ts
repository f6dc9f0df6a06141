// How a report is to look; given from outside, because a renderer knows neither terminal nor command line.

import type { Report } from "../model/finding.ts";

export interface RenderOptions {
  /** ANSI colours; the text format alone has any. */
  readonly color: boolean;
  /** Symbols beyond ASCII; the text format alone asks. */
  readonly unicode: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** "quiet": findings that are not satisfied, and the counts. "verbose": all evidence, and what stands behind it. */
  readonly verbosity: "quiet" | "normal" | "verbose";
  /** Whether an undecided control stops a run: where a format itself carries the gate. */
  readonly undecided: "fail" | "pass";
}

export type Renderer = (report: Report, options: RenderOptions) => string;

export const DEFAULT_OPTIONS: RenderOptions = {
  color: false,
  unicode: true,
  width: 100,
  verbosity: "normal",
  undecided: "fail",
};
