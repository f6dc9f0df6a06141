// Terraform numbers: decimal arithmetic far beyond doubles, and the one way they are printed.
// A number that a double holds exactly is a plain JavaScript number everywhere else.

import { Decimal } from "decimal.js";
import type { Expression } from "../model/configuration.ts";
import type { Value } from "../model/value.ts";

/**
 * Terraform computes with 512 bits, which are 154 decimal digits.
 * Source: https://developer.hashicorp.com/terraform/language/expressions/types (numbers); 1/3 prints 155 digits,
 * observed with Terraform 1.11.
 */
const DIGITS = 154;

const Exact = Decimal.clone({ precision: DIGITS, toExpNeg: -9e15, toExpPos: 9e15, rounding: 4 });

export type Exact = Decimal;

type KnownValue = Extract<Value, { kind: "known" }>;

/** Digits with an optional sign, fraction and exponent, as Terraform converts strings to numbers. */
const NUMERIC = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?$/;

/** `undefined` for text that Terraform does not convert to a number. */
export function parseNumber(text: string): Exact | undefined {
  return NUMERIC.test(text) ? new Exact(text) : undefined;
}

export function exactOf(value: number): Exact {
  return new Exact(value);
}

/** The exact number of a known value holding one. */
export function numberIn(value: KnownValue): Exact | undefined {
  if (typeof value.value !== "number") return undefined;
  return new Exact(value.exact ?? value.value);
}

export function knownNumber(number: Exact | number, sensitive = false): Value {
  return { kind: "known", ...scalarOf(number), sensitive };
}

export function numberLiteral(text: string): Expression {
  return { kind: "literal", ...scalarOf(new Exact(text)) };
}

/** `exact` only where the double does not print as the same number. */
function scalarOf(number: Exact | number): { value: number; exact?: string } {
  if (typeof number === "number") return { value: number === 0 ? 0 : number };
  const value = number.toNumber();
  const same = Number.isFinite(value) && new Exact(value).eq(number) && isSafe(value);
  return same ? { value: value === 0 ? 0 : value } : { value, exact: number.toFixed() };
}

/** Beyond 2^53 neighbours share a double, so equal doubles would not mean equal numbers. */
function isSafe(value: number): boolean {
  return !Number.isInteger(value) || Number.isSafeInteger(value);
}

/** Without exponent, as Terraform converts numbers to strings. */
export function printNumber(value: KnownValue): string {
  if (value.exact !== undefined) return value.exact;
  const number = Number(value.value);
  const text = String(number);
  return text.includes("e") ? new Exact(number).toFixed() : text;
}
