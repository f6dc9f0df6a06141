// format and formatlist: Go's verbs over Terraform values.
// Source: https://developer.hashicorp.com/terraform/language/functions/format

import { UNSET, type Value } from "../../model/value.ts";
import { toBool, toNumber, toText } from "../convert.ts";
import { fail } from "../failure.ts";
import type { Exact } from "../number.ts";
import { derived, isSettled, isSeveral, joinText, list, text } from "../values.ts";
import { encodeJson, quotedJson } from "./json.ts";
import { graphemes } from "./known-text.ts";
import { aBool, aNumber, aText, revealing, type TerraformFunction } from "./signature.ts";

export const format: TerraformFunction = revealing(
  1,
  Number.POSITIVE_INFINITY,
  ([pattern = UNSET, ...values]) =>
    isSettled(pattern) ? formatted(aText(pattern), values) : derived([pattern, ...values]),
);

/** One string per position of the lists among the arguments, which must be of one length. */
export const formatList: TerraformFunction = revealing(
  1,
  Number.POSITIVE_INFINITY,
  ([pattern = UNSET, ...values]) => {
    if (!isSettled(pattern) || values.some((value) => value.kind === "unknown"))
      return derived([pattern, ...values]);
    const lists = values.filter((value) => value.kind === "list");
    const [first] = lists;
    if (first === undefined) return list([formatted(aText(pattern), values)]);
    const isLoose = (one: (typeof lists)[number]) =>
      (one.form === "set" && !isSettled(one)) || one.elements.some(isSeveral);
    if (lists.some(isLoose)) return derived(lists);
    const { length } = first.elements;
    if (lists.some((one) => one.elements.length !== length))
      return fail("the lists are of different lengths");
    const lines = Array.from({ length }, (_, index) =>
      formatted(
        aText(pattern),
        values.map((value) => (value.kind === "list" ? (value.elements[index] ?? UNSET) : value)),
      ),
    );
    return list(lines);
  },
);

interface Verb {
  readonly letter: string;
  readonly flags: string;
  readonly width: number | undefined;
  readonly precision: number | undefined;
}

const VERB = /%([-+ #0]*)(\d{1,4})?(?:\.(\d{0,4}))?(?:\[(\d{1,4})\])?([a-zA-Z%])|%/g;

function formatted(pattern: string, values: readonly Value[]): Value {
  const parts: Value[] = [];
  let from = 0;
  let next = 0;
  let last = 0;
  for (const match of pattern.matchAll(VERB)) {
    const [whole, flags, width, precision, index, letter] = match;
    parts.push(text(pattern.slice(from, match.index)));
    from = match.index + whole.length;
    if (letter === "%") {
      parts.push(text("%"));
      continue;
    }
    if (letter === undefined) return fail("the format ends within a verb");
    const position = index === undefined ? next : Number(index) - 1;
    const value = values[position];
    if (value === undefined) return fail("the format has more verbs than values");
    next = position + 1;
    last = Math.max(last, next);
    const verb = { letter, flags: flags ?? "", width: numeric(width), precision: numeric(precision) };
    parts.push(apply(verb, value));
  }
  parts.push(text(pattern.slice(from)));
  if (last < values.length) return fail("the format has fewer verbs than values");
  return joinText(parts);
}

function numeric(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}

function apply(verb: Verb, value: Value): Value {
  if (!isSettled(value)) {
    const isPlain =
      (verb.letter === "s" || verb.letter === "v") && verb.flags === "" && verb.width === undefined;
    const isText = value.kind !== "list" && value.kind !== "map";
    return isPlain && isText && verb.precision === undefined ? toText(value) : derived([value]);
  }
  return text(padded(verb, content(verb, value)));
}

function padded(verb: Verb, content: string): string {
  const { width, flags } = verb;
  if (width === undefined || verb.letter === "t") return content;
  const missing = width - graphemes(content).length;
  if (missing <= 0) return content;
  if (flags.includes("-")) return content + " ".repeat(missing);
  if (!flags.includes("0")) return " ".repeat(missing) + content;
  const sign = /^[+\- ]/.exec(content)?.[0] ?? "";
  return sign + "0".repeat(missing) + content.slice(sign.length);
}

function content(verb: Verb, value: Value): string {
  switch (verb.letter) {
    case "v":
      return natural(verb, value);
    case "t":
      return String(aBool(toBool(value)));
    case "s":
      return cut(aText(value), verb.precision);
    case "q":
      return quotedJson(cut(aText(value), verb.precision));
    case "b":
    case "d":
    case "o":
    case "x":
    case "X":
      return integer(verb, aNumber(toNumber(value)));
    case "e":
    case "E":
    case "f":
    case "g":
    case "G":
      return decimal(verb, aNumber(toNumber(value)));
    default:
      return fail(`there is no verb "%${verb.letter}"`);
  }
}

/** A precision of 0 cuts nothing. */
function cut(value: string, precision: number | undefined): string {
  return graphemes(value)
    .slice(0, precision || undefined)
    .join("");
}

/** `%v` prints by type; `%#v` and collections as JSON. */
function natural(verb: Verb, value: Value): string {
  if (verb.flags.includes("#") || value.kind !== "known") return aText(encodeJson(value));
  if (typeof value.value === "number") return decimal({ ...verb, letter: "g" }, aNumber(value));
  return String(value.value);
}

const BASES: Readonly<Record<string, number>> = { b: 2, d: 10, o: 8, x: 16, X: 16 };

function integer(verb: Verb, value: Exact): string {
  if (!value.isInteger()) fail("the number has a fraction");
  const whole = BigInt(value.toFixed());
  const digits = (whole < 0n ? -whole : whole).toString(BASES[verb.letter]);
  return signed(verb, whole < 0n, verb.letter === "X" ? digits.toUpperCase() : digits);
}

function signed(verb: Verb, isNegative: boolean, digits: string): string {
  if (isNegative) return `-${digits}`;
  if (verb.flags.includes("+")) return `+${digits}`;
  return verb.flags.includes(" ") ? ` ${digits}` : digits;
}

function decimal(verb: Verb, value: Exact): string {
  const size = value.abs();
  const lower = verb.letter.toLowerCase();
  const digits =
    lower === "f"
      ? size.toFixed(verb.precision ?? 6, HALF_EVEN)
      : lower === "e"
        ? exponent(size.toExponential(verb.precision ?? 6, HALF_EVEN))
        : general(size, verb.precision);
  return signed(
    verb,
    value.isNegative() && !value.isZero(),
    verb.letter === lower ? digits : digits.toUpperCase(),
  );
}

const HALF_EVEN = 6;

/** Go writes at least two digits of exponent. */
function exponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, "e$10$2");
}

/** `%g`: as short as the number allows, with an exponent where that would be long. As Go's big.Float prints it. */
function general(size: Exact, precision: number | undefined): string {
  const wanted = Math.max(precision ?? 6, 1);
  const rounded = precision === undefined ? size : size.toSignificantDigits(wanted, HALF_EVEN);
  return rounded.e < -4 || rounded.e >= wanted ? exponent(rounded.toExponential()) : rounded.toFixed();
}
