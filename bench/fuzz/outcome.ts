// What a fuzzed run may end in, and what it may not.

import { InputError } from "../../src/model/problem.ts";

/** How a run ended as it should. */
export type Outcome = "answered" | "refused";

/** A run that said something untrue. */
export class WrongAnswer extends Error {
  override readonly name = "WrongAnswer";
}

/** A run that printed what it must not. */
export class Leak extends Error {
  override readonly name = "Leak";
}

/** One kind of input. A case is made from a seed alone, so that it can be run again. */
export type FuzzKind = (seed: number) => Promise<Outcome>;

/** Runs `work`: InputErrors that keep their manners are refusals, everything else that is thrown goes on. */
export async function outcomeOf(work: () => unknown): Promise<Outcome> {
  try {
    await work();
    return "answered";
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    checkManners(error);
    return "refused";
  }
}

/** One clear message each: a code, a place, one line. */
function checkManners({ problems }: InputError): void {
  if (problems.length === 0) throw new WrongAnswer("a refusal says no problem");
  for (const { code, place, message } of problems) {
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(code)) throw new WrongAnswer(`"${code}" is no code`);
    if (place === "" || message.trim() === "") throw new WrongAnswer(`${code} says nothing`);
    if (/\n\s+at /.test(message)) throw new WrongAnswer(`${code} tells a stack trace`);
  }
}
