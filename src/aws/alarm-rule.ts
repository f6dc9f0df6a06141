// The rule expressions of composite alarms: parsed, not judged.

import type { Value } from "../model/value.ts";
import { fillHoles, markHoles } from "./holes.ts";

export type AlarmRule =
  | { readonly kind: "constant"; readonly value: boolean }
  /** ALARM(x), OK(x) or INSUFFICIENT_DATA(x); `alarm` is a name or an ARN. */
  | { readonly kind: "state"; readonly state: string; readonly alarm: Value }
  | { readonly kind: "not"; readonly of: AlarmRule }
  | { readonly kind: "and" | "or"; readonly of: readonly AlarmRule[] };

/** The API's own limit. */
const LONGEST = 10240;
/** Deeper parentheses are not read; a rule holds 500 elements at most. */
const DEEPEST = 100;

const TOKEN =
  /\s*(?:(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"((?:[^"\\]|\\.)*)"|([^()"\s]+))\s*\)|(AND|OR|NOT|TRUE|FALSE)\b|([()])|$)/y;

type Token =
  | { readonly kind: "state"; readonly state: string; readonly alarm: string }
  | { readonly kind: "word"; readonly word: string };

/**
 * `undefined` for a rule that is not known, or outside the documented grammar. Names may hold parts that are not
 * known. NOT binds tightest, OR least.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html (AlarmRule)
 */
export function parseAlarmRule(rule: Value): AlarmRule | undefined {
  const marked = markHoles(rule);
  if (marked === undefined || marked.text.length > LONGEST) return undefined;
  const tokens = tokenize(marked.text);
  if (tokens === undefined) return undefined;
  const reader = { tokens, holes: marked.holes, at: 0 };
  const parsed = parseChain(reader, "OR", 0);
  return reader.at === tokens.length ? parsed : undefined;
}

function tokenize(text: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (match === null) return undefined;
    const [, state, quoted, bare, word, bracket] = match;
    const alarm = quoted?.replaceAll(/\\(.)/g, "$1") ?? bare;
    if (state !== undefined && alarm !== undefined) tokens.push({ kind: "state", state, alarm });
    const plain = word ?? bracket;
    if (plain !== undefined) tokens.push({ kind: "word", word: plain });
  }
  return tokens;
}

interface Reader {
  readonly tokens: readonly Token[];
  readonly holes: readonly Value[];
  at: number;
}

function take(reader: Reader, word: string): boolean {
  const token = reader.tokens[reader.at];
  if (token?.kind !== "word" || token.word !== word) return false;
  reader.at += 1;
  return true;
}

function parseChain(reader: Reader, word: "AND" | "OR", depth: number): AlarmRule | undefined {
  const of: AlarmRule[] = [];
  do {
    const part = word === "OR" ? parseChain(reader, "AND", depth) : parseTerm(reader, depth);
    if (part === undefined) return undefined;
    of.push(part);
  } while (take(reader, word));
  const [only] = of;
  return of.length === 1 ? only : { kind: word === "OR" ? "or" : "and", of };
}

function parseTerm(reader: Reader, depth: number): AlarmRule | undefined {
  if (depth > DEEPEST) return undefined;
  if (take(reader, "NOT")) {
    const of = parseTerm(reader, depth + 1);
    return of === undefined ? undefined : { kind: "not", of };
  }
  if (take(reader, "(")) {
    const inner = parseChain(reader, "OR", depth + 1);
    return inner !== undefined && take(reader, ")") ? inner : undefined;
  }
  if (take(reader, "TRUE")) return { kind: "constant", value: true };
  if (take(reader, "FALSE")) return { kind: "constant", value: false };
  const token = reader.tokens[reader.at];
  if (token?.kind !== "state") return undefined;
  reader.at += 1;
  return { kind: "state", state: token.state, alarm: fillHoles(token.alarm, reader.holes) };
}
