// Numeric functions. Source: https://developer.hashicorp.com/terraform/language/functions#numeric-functions

import { fail } from "../failure.ts";
import { type Exact, exactOf, knownNumber } from "../number.ts";
import { aListOf, aNumber, aText, aWholeNumber, type FunctionTable, pure, variadic } from "./signature.ts";

export const numericFunctions: FunctionTable = {
  abs: pure([aNumber], (number) => knownNumber(number.abs())),
  ceil: pure([aNumber], (number) => knownNumber(number.ceil())),
  floor: pure([aNumber], (number) => knownNumber(number.floor())),
  // Terraform computes these two with doubles.
  log: pure([aNumber, aNumber], (number, base) =>
    double(Math.log(number.toNumber()) / Math.log(base.toNumber())),
  ),
  pow: pure([aNumber, aNumber], (number, power) => double(number.toNumber() ** power.toNumber())),
  max: variadic(aNumber, (numbers) => knownNumber(extreme(numbers, (a, b) => a.gt(b)))),
  min: variadic(aNumber, (numbers) => knownNumber(extreme(numbers, (a, b) => a.lt(b)))),
  parseint: pure([aText, aWholeNumber], (digits, base) => knownNumber(parseInteger(digits, base))),
  signum: pure([aWholeNumber], (number) => knownNumber(Math.sign(number))),
  sum: pure([aListOf(aNumber)], (numbers) => {
    const [first, ...rest] = numbers;
    return knownNumber(
      rest.reduce((sum, number) => sum.plus(number), first ?? fail("there is nothing to add up")),
    );
  }),
};

function double(number: number) {
  return Number.isFinite(number) ? knownNumber(exactOf(number)) : fail("the result is no number");
}

function extreme(numbers: readonly Exact[], isBetter: (a: Exact, b: Exact) => boolean): Exact {
  const [first, ...rest] = numbers;
  return rest.reduce(
    (best, number) => (isBetter(number, best) ? number : best),
    first ?? fail("there is no number"),
  );
}

const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** Up to base 36 letters count alike; above, capital letters are the higher digits. */
function parseInteger(text: string, base: number): Exact {
  if (base < 2 || base > 62 || text.length > 1000) return fail("the base is not between 2 and 62");
  const [, sign, digits = ""] = /^([+-]?)([0-9A-Za-z]+)$/.exec(text) ?? [];
  if (digits === "") return fail("the text is no whole number");
  let total = exactOf(0);
  for (const char of base <= 36 ? digits.toLowerCase() : digits) {
    const digit = DIGITS.indexOf(char);
    if (digit >= base) return fail(`the text is no whole number of base ${base}`);
    total = total.times(base).plus(digit);
  }
  return sign === "-" ? total.neg() : total;
}
