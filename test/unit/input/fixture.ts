// The recorded files under test/data/input, and the one problem of a refusal.

import { readFileSync } from "node:fs";
import { InputError, type InputProblem } from "../../../src/model/problem.ts";

const FOLDER = new URL("../../data/input/", import.meta.url);

export function recordedBytes(name: string): Buffer {
  return readFileSync(new URL(name, FOLDER));
}

export function recordedText(name: string): string {
  return recordedBytes(name).toString("utf8");
}

/** The single problem `work` is refused with; anything else that happens fails the test. */
export function problemOf(work: () => unknown): InputProblem {
  try {
    work();
  } catch (error) {
    return singleProblem(error);
  }
  throw new Error("nothing was refused");
}

/** As `problemOf`, for work that takes a while. */
export async function problemOfAsync(work: () => Promise<unknown>): Promise<InputProblem> {
  try {
    await work();
  } catch (error) {
    return singleProblem(error);
  }
  throw new Error("nothing was refused");
}

function singleProblem(error: unknown): InputProblem {
  if (!(error instanceof InputError)) throw error;
  const [problem, ...more] = error.problems;
  if (problem === undefined || more.length > 0) throw new Error(`${error.problems.length} problems, not one`);
  return problem;
}
