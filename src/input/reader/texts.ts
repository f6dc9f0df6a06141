// Texts that many entries share, such as types and modules, each with a number.

import type { Leaper } from "./leap.ts";

/** The number of no text. */
export const NO_TEXT = -1;

/** Numbers from 0 on are those of the leaper, which meets most texts; those of others are below NO_TEXT. */
export class Texts {
  /** Set as soon as there are numbers of it. */
  leaper: Leaper | undefined;
  readonly #texts: string[] = [];
  readonly #numbers = new Map<string, number>();
  #last = "";
  #lastNumber = NO_TEXT;

  numberOf(text: string): number {
    // Neighbours in a plan share their module, and most of a plan its account.
    if (this.#lastNumber !== NO_TEXT && text === this.#last) return this.#lastNumber;
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = NO_TEXT - this.#texts.push(text);
      this.#numbers.set(text, number);
    }
    this.#last = text;
    this.#lastNumber = number;
    return number;
  }

  /** `undefined` for NO_TEXT. A text may have two numbers. */
  text(number: number): string | undefined {
    return number >= 0 ? this.leaper?.text(number) : this.#texts[NO_TEXT - 1 - number];
  }

  /** Each text once. */
  all(numbers: Iterable<number>): readonly string[] {
    return [...new Set([...numbers].flatMap((number) => this.text(number) ?? []))];
  }
}
