// What the string functions do with strings that are wholly known.

import { UNSET, type Value } from "../../model/value.ts";
import { fail } from "../failure.ts";
import { compilePattern, findAll, type Match, type Pattern } from "../regex/index.ts";
import { list, mapOf, text, tuple } from "../values.ts";

/** Every line but the first gets the spaces. */
export function indent(spaces: number, value: string): string {
  return value.replaceAll("\n", `\n${" ".repeat(Math.min(Math.max(spaces, 0), 1000))}`);
}

/** Letter by letter, as Go does it: a letter that would become several stays. */
export function eachLetter(value: string, change: (letter: string) => string): string {
  return value.replace(/\p{L}/gu, (letter) => {
    const changed = change(letter);
    return [...changed].length === 1 ? changed : letter;
  });
}

/** A letter that does not follow a letter, digit or underscore becomes upper case, as Go's Title does. */
export function titleCase(value: string): string {
  return value.replace(/(?<![\p{L}\p{N}_])\p{L}/gu, (letter) => letter.toUpperCase());
}

/** A negative offset counts from the end; a negative length means up to the end. */
export function substring(characters: readonly string[], offset: number, length: number): string {
  const start = offset < 0 ? Math.max(characters.length + offset, 0) : offset;
  return characters.slice(start, length < 0 ? undefined : start + length).join("");
}

/** Source: https://developer.hashicorp.com/terraform/language/functions/regex */
export function regex(pattern: string, value: string): Value {
  const compiled = compilePattern(pattern);
  const [match] = findAll(compiled, value, 1);
  return match === undefined ? fail("the pattern matches nothing") : captured(compiled, match);
}

export function regexAll(pattern: string, value: string): Value {
  const compiled = compilePattern(pattern);
  return list(findAll(compiled, value).map((match) => captured(compiled, match)));
}

/** The whole match, or its groups: by name when they have names, by position when none has. */
function captured(pattern: Pattern, match: Match): Value {
  const groups = match.groups.slice(1).map((group) => (group === undefined ? UNSET : text(group)));
  if (groups.length === 0) return text(match.groups[0] ?? "");
  if (pattern.names.every((name) => name === undefined)) return tuple(groups);
  if (pattern.names.some((name) => name === undefined))
    return fail("some groups have names and some have none");
  return mapOf(pattern.names.map((name, index) => [name ?? "", groups[index] ?? UNSET]));
}

/** `$1` and `${name}` in the replacement are groups, `$$` is a dollar sign. */
export function replacePattern(value: string, source: string, replacement: string): string {
  const pattern = compilePattern(source);
  let result = "";
  let from = 0;
  for (const match of findAll(pattern, value)) {
    result += value.slice(from, match.start) + expand(replacement, pattern, match);
    from = match.end;
  }
  return result + value.slice(from);
}

function expand(replacement: string, pattern: Pattern, match: Match): string {
  return replacement.replace(/\$\$|\$(\w+)|\$\{(\w+)\}/g, (_, bare?: string, braced?: string) => {
    const name = bare ?? braced;
    if (name === undefined) return "$";
    const index = /^(?:0|[1-9]\d*)$/.test(name) ? Number(name) : pattern.names.indexOf(name) + 1 || -1;
    return match.groups[index] ?? "";
  });
}

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Characters as people count them; ASCII is quick. */
export function graphemes(value: string): string[] {
  if (/^[\t\n\x20-\x7e]*$/.test(value)) return [...value];
  return [...segmenter.segment(value)].map(({ segment }) => segment);
}
