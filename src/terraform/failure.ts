// What Terraform would refuse: a conversion that cannot be, a key that is not there, a function told nonsense.
// `try` and `can` catch it; everywhere else the value it would have become is unknown.

/** Cheap to throw: nobody reads its stack. */
export class EvaluationFailure extends Error {
  override readonly name = "EvaluationFailure";
}

export function fail(message: string): never {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  const failure = new EvaluationFailure(message);
  Error.stackTraceLimit = limit;
  throw failure;
}

/** The result, or what Terraform would refuse in it. */
export function attempt<Result>(work: () => Result): Result | EvaluationFailure {
  try {
    return work();
  } catch (problem) {
    if (problem instanceof EvaluationFailure) return problem;
    // The depth limit stops well before the stack ends; a caller that is deep in it already may still get here.
    if (problem instanceof RangeError) return new EvaluationFailure("expressions nest too deeply");
    throw problem;
  }
}
