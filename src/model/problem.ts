// "Your input cannot be used": the one thing that is thrown. Everything else is a finding or a bug.

/** One thing wrong with an input. `place` is a file, or file:line:column. `code` is stable. */
export interface InputProblem {
  readonly code: string;
  readonly place: string;
  /** What is so, in the user's words; lower case, no final stop. */
  readonly message: string;
  /** Lines of the input with the place marked, to be shown as they stand. */
  readonly excerpt?: readonly string[];
  readonly note?: string;
  /** One edit to make or command to run. */
  readonly help?: string;
}

/** Ends a run with exit code 2; the caller prints each problem on its own. */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly problems: readonly InputProblem[];

  constructor(problems: readonly InputProblem[]) {
    super(problems.map((problem) => `${problem.place}: ${problem.message} [${problem.code}]`).join("\n"));
    this.problems = problems;
  }
}

/** All of them. Throws InputError with the problems of all that cannot be used; a bug comes first. */
export async function everyOne<T>(reading: readonly Promise<T>[]): Promise<readonly T[]> {
  const settled = await Promise.allSettled(reading);
  const failures = settled.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  const bug = failures.find((failure) => !(failure instanceof InputError));
  if (bug !== undefined) throw bug;
  if (failures.length > 0) throw new InputError(failures.flatMap((failure: InputError) => failure.problems));
  return settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}
