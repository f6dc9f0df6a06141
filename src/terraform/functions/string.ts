// String functions. Source of the list and of what each does:
// https://developer.hashicorp.com/terraform/language/functions#string-functions

import { known, type Tri, UNSET, type Value } from "../../model/value.ts";
import { fail } from "../failure.ts";
import type { Scope } from "../scope.ts";
import { derived, isSettled, joinText, list, text } from "../values.ts";
import { format, formatList } from "./format.ts";
import {
  eachLetter,
  graphemes,
  indent,
  regex,
  regexAll,
  replacePattern,
  substring,
  titleCase,
} from "./known-text.ts";
import {
  aText,
  aWholeNumber,
  type FunctionTable,
  pure,
  revealing,
  type TerraformFunction,
} from "./signature.ts";
import {
  endsWith,
  mapLiterals,
  occursInLiteralsOnly,
  splitLiteral,
  splitParts,
  startsWith,
  textParts,
} from "./text-parts.ts";

export const stringFunctions: FunctionTable = {
  chomp: trimming((value) => value.replace(/[\r\n]+$/, ""), "\n"),
  endswith: testing(endsWith),
  format,
  formatlist: formatList,
  indent: pure([aWholeNumber, aText], (spaces, value) => text(indent(spaces, value))),
  join: revealing(1, Number.POSITIVE_INFINITY, join),
  lower: pure([aText], (value) => text(eachLetter(value, (letter) => letter.toLowerCase()))),
  regex: pure([aText, aText], regex),
  regexall: pure([aText, aText], regexAll),
  replace: revealing(3, 3, replace),
  split: revealing(2, 2, split),
  startswith: testing(startsWith),
  strcontains: revealing(2, 2, contains),
  strrev: pure([aText], (value) => text(graphemes(value).reverse().join(""))),
  substr: pure([aText, aWholeNumber, aWholeNumber], (value, offset, length) =>
    text(substring(graphemes(value), offset, length)),
  ),
  title: pure([aText], (value) => text(titleCase(value))),
  trim: revealing(2, 2, trimCharacters),
  trimprefix: revealing(2, 2, (args, { scope }) => trimAffix(args, "start", scope)),
  trimspace: trimming((value) => value.trim(), " "),
  trimsuffix: revealing(2, 2, (args, { scope }) => trimAffix(args, "end", scope)),
  upper: pure([aText], (value) => text(eachLetter(value, (letter) => letter.toUpperCase()))),
};

/** `join(separator, lists...)`. The order of a set with unknown elements is not known, and so is the result. */
function join([separator = UNSET, ...lists]: readonly Value[]): Value {
  const between = textParts(separator);
  if (lists.some((one) => one.kind !== "list" && isSettled(one))) return fail("no list");
  if (!lists.every((one) => one.kind === "list")) return derived(lists);
  if (lists.some((one) => one.form === "set" && one.elements.length > 1 && !isSettled(one)))
    return derived(lists);
  const parts = lists.flatMap((one) => one.elements);
  if (parts.some((part) => part.kind === "unknown" && part.several)) return derived(parts);
  return joinText(parts.flatMap((part, index) => [...(index > 0 ? between : []), ...textParts(part)]));
}

function replace(
  [value = UNSET, search = UNSET, replacement = UNSET]: readonly Value[],
  { scope }: { scope: Scope },
): Value {
  if (search.kind !== "known" || replacement.kind !== "known") return derived([value, search, replacement]);
  const [pattern, by] = [aText(search), aText(replacement)];
  const parts = textParts(value);
  const isPattern = pattern.length > 1 && pattern.startsWith("/") && pattern.endsWith("/");
  if (isPattern) {
    if (value.kind !== "known")
      return replacedAtEnd(parts, pattern.slice(1, -1), by, scope) ?? derived([value]);
    return text(replacePattern(aText(value), pattern.slice(1, -1), by));
  }
  if (!occursInLiteralsOnly(parts, pattern, scope)) return derived([value]);
  return mapLiterals(parts, (literal) =>
    pattern === "" ? spreadOut(literal, by) : literal.replaceAll(pattern, () => by),
  );
}

/** `replace(arn, "/:\\*$/", "")`: literal text at the end, written as a pattern. */
function replacedAtEnd(
  parts: readonly Value[],
  pattern: string,
  by: string,
  scope: Scope,
): Value | undefined {
  const literal = /^((?:[\w\s:/-]|\\[.*+?()[\]{}|^$\\/])+)\$$/.exec(pattern)?.[1];
  if (literal === undefined || by !== "") return undefined;
  return withoutSuffix(parts, literal.replace(/\\(.)/g, "$1"), scope);
}

function spreadOut(literal: string, by: string): string {
  return `${by}${[...literal].map((char) => `${char}${by}`).join("")}`;
}

function split([separator = UNSET, value = UNSET]: readonly Value[], { scope }: { scope: Scope }): Value {
  if (separator.kind !== "known") return derived([separator, value]);
  const at = aText(separator);
  if (value.kind === "known") return list(splitLiteral(aText(value), at).map((piece) => text(piece)));
  const parts = textParts(value);
  if (at === "" || !occursInLiteralsOnly(parts, at, scope)) return derived([value]);
  return list(splitParts(parts, at));
}

function testing(test: (parts: readonly Value[], affix: string) => Tri): TerraformFunction {
  return revealing(2, 2, ([value = UNSET, affix = UNSET]) => {
    if (affix.kind !== "known") return derived([value, affix]);
    const answer = test(textParts(value), aText(affix));
    return answer === "maybe" ? derived([value]) : known(answer === "yes");
  });
}

function contains([value = UNSET, search = UNSET]: readonly Value[], { scope }: { scope: Scope }): Value {
  if (search.kind !== "known") return derived([value, search]);
  const wanted = aText(search);
  const parts = textParts(value);
  if (parts.some((part) => part.kind === "known" && String(part.value).includes(wanted))) return known(true);
  return occursInLiteralsOnly(parts, wanted, scope) ? known(false) : derived([value]);
}

/** Both ends trimmed: open parts keep their ends where they can hold nothing of what is trimmed. */
function trimming(trim: (value: string) => string, trimmed: string): TerraformFunction {
  return revealing(1, 1, ([value = UNSET], { scope }) => {
    if (value.kind === "known") return text(trim(aText(value)));
    const parts = textParts(value);
    return parts.every((part) => isUntouched(part, trim, trimmed, scope)) ? value : derived([value]);
  });
}

function isUntouched(part: Value, trim: (value: string) => string, trimmed: string, scope: Scope): boolean {
  if (part.kind === "known") return trim(String(part.value)) === part.value;
  return part.kind === "reference" && [...trimmed].every((char) => scope.cannotHold(part, char));
}

function trimCharacters([value = UNSET, cut = UNSET]: readonly Value[], { scope }: { scope: Scope }): Value {
  if (cut.kind !== "known") return derived([value, cut]);
  const characters = new Set(aText(cut));
  const trim = (literal: string) => {
    const all = [...literal];
    const first = all.findIndex((char) => !characters.has(char));
    return all.slice(first, all.findLastIndex((char) => !characters.has(char)) + 1).join("");
  };
  if (value.kind === "known") return text(trim(aText(value)));
  const kept = textParts(value).every((part) => isUntouched(part, trim, [...characters].join(""), scope));
  return kept ? value : derived([value]);
}

function trimAffix(
  [value = UNSET, affix = UNSET]: readonly Value[],
  side: "start" | "end",
  scope: Scope,
): Value {
  if (affix.kind !== "known") return derived([value, affix]);
  const parts = textParts(value);
  const cut = aText(affix);
  const trimmed = side === "end" ? withoutSuffix(parts, cut, scope) : withoutPrefix(parts, cut, scope);
  return trimmed ?? derived([value]);
}

function withoutSuffix(parts: readonly Value[], suffix: string, scope: Scope): Value | undefined {
  const last = parts.at(-1);
  if (last?.kind === "known") {
    const answer = endsWith(parts, suffix);
    if (answer === "maybe") return undefined;
    const literal = String(last.value);
    const kept = answer === "yes" ? literal.slice(0, literal.length - suffix.length) : literal;
    return joinText([...parts.slice(0, -1), known(kept)]);
  }
  return last?.kind === "reference" && scope.cannotHold(last, suffix) ? joinText(parts) : undefined;
}

function withoutPrefix(parts: readonly Value[], prefix: string, scope: Scope): Value | undefined {
  const [first, ...rest] = parts;
  if (first?.kind === "known") {
    const answer = startsWith(parts, prefix);
    if (answer === "maybe") return undefined;
    return joinText([
      known(answer === "yes" ? String(first.value).slice(prefix.length) : first.value),
      ...rest,
    ]);
  }
  return first?.kind === "reference" && scope.cannotHold(first, prefix) ? joinText(parts) : undefined;
}
