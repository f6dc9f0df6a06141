// The rule expressions of composite alarms: parsed, not judged.

import type { Value } from "../model/value.ts";
import { fillHoles, markHoles } from "./holes.ts";

export type AlarmRule =
  | { readonly kind: "constant"; readonly value: boolean }
  /** ALARM(x), OK(x) or INSUFFICIENT_DATA(x); `alarm` is a name or an ARN. */
  | { readonly kind: "state"; readonly state: string; readonly alarm: Value }
  | { readonly kind: "not"; readonly of: AlarmRule }
  | { readonly kind: "and" | "or"; readonly of: readonly AlarmRule[] }
  /** AT_LEAST(n, STATE, (…)): that many of the alarms are in the state, or with NOT in another one. */
  | { readonly kind: "at-least"; readonly count: number; readonly of: readonly AlarmRule[] };

/**
 * How AND and OR beside each other without parentheses are read: which one binds tighter, or none of them. AWS does
 * not document it.
 */
export type Precedence = "and-first" | "or-first" | "left-to-right";

/** The API's own limit. */
const LONGEST = 10240;
/** Deeper parentheses are not read; a rule holds 500 elements at most. */
const DEEPEST = 100;

const TOKEN =
  /\s*(?:(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"((?:[^"\\]|\\.)*)"|([^()"\s]+))\s*\)|(AND|OR|NOT|TRUE|FALSE)\b|([()])|(AT_LEAST\s*\([^()]*\([^()]*\)\s*\))|$)/y;

const AT_LEAST =
  /^AT_LEAST\s*\(\s*(\d{1,3})(%?)\s*,\s*(NOT\s+)?(ALARM|OK|INSUFFICIENT_DATA)\s*,\s*\(([^()]*)\)\s*\)$/;

type Token =
  | { readonly kind: "state"; readonly state: string; readonly alarm: string }
  | { readonly kind: "word"; readonly word: string }
  | { readonly kind: "at-least"; readonly text: string };

/**
 * `undefined` for a rule that is not known, or outside the documented grammar. Names may hold parts that are not
 * known. NOT binds tightest.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html (AlarmRule);
 * AT_LEAST: https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_cloudwatch.AtLeastThreshold.html and the
 * text its source writes, aws/aws-cdk packages/aws-cdk-lib/aws-cloudwatch/lib/alarm-rule.ts
 */
export function parseAlarmRule(rule: Value, precedence: Precedence = "and-first"): AlarmRule | undefined {
  const marked = markHoles(rule);
  if (marked === undefined || marked.text.length > LONGEST) return undefined;
  const tokens = tokenize(marked.text);
  if (tokens === undefined) return undefined;
  const reader = { tokens, holes: marked.holes, precedence, at: 0 };
  const parsed = parseRule(reader, 0);
  return reader.at === tokens.length ? parsed : undefined;
}

function tokenize(text: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (match === null) return undefined;
    const [, state, quoted, bare, word, bracket, atLeast] = match;
    const alarm = quoted?.replaceAll(/\\(.)/g, "$1") ?? bare;
    if (state !== undefined && alarm !== undefined) tokens.push({ kind: "state", state, alarm });
    const plain = word ?? bracket;
    if (plain !== undefined) tokens.push({ kind: "word", word: plain });
    if (atLeast !== undefined) tokens.push({ kind: "at-least", text: atLeast });
  }
  return tokens;
}

interface Reader {
  readonly tokens: readonly Token[];
  readonly holes: readonly Value[];
  readonly precedence: Precedence;
  at: number;
}

function take(reader: Reader, word: string): boolean {
  const token = reader.tokens[reader.at];
  if (token?.kind !== "word" || token.word !== word) return false;
  reader.at += 1;
  return true;
}

type Word = "AND" | "OR";

function parseRule(reader: Reader, depth: number): AlarmRule | undefined {
  switch (reader.precedence) {
    case "and-first":
      return parseChain(reader, "OR", depth, () => parseChain(reader, "AND", depth));
    case "or-first":
      return parseChain(reader, "AND", depth, () => parseChain(reader, "OR", depth));
    case "left-to-right":
      return parseInOrder(reader, depth);
    default:
      return reader.precedence satisfies never;
  }
}

function parseChain(
  reader: Reader,
  word: Word,
  depth: number,
  parsePart: () => AlarmRule | undefined = () => parseTerm(reader, depth),
): AlarmRule | undefined {
  const of: AlarmRule[] = [];
  do {
    const part = parsePart();
    if (part === undefined) return undefined;
    of.push(part);
  } while (take(reader, word));
  const [only] = of;
  return of.length === 1 ? only : { kind: word === "OR" ? "or" : "and", of };
}

function parseInOrder(reader: Reader, depth: number): AlarmRule | undefined {
  let rule = parseTerm(reader, depth);
  while (rule !== undefined) {
    const kind = take(reader, "AND") ? "and" : take(reader, "OR") ? "or" : undefined;
    if (kind === undefined) return rule;
    const next = parseTerm(reader, depth);
    if (next === undefined) return undefined;
    const joined: AlarmRule[] = rule.kind === kind ? [...rule.of, next] : [rule, next];
    rule = { kind, of: joined };
  }
  return undefined;
}

function parseTerm(reader: Reader, depth: number): AlarmRule | undefined {
  if (depth > DEEPEST) return undefined;
  if (take(reader, "NOT")) {
    const of = parseTerm(reader, depth + 1);
    return of === undefined ? undefined : { kind: "not", of };
  }
  if (take(reader, "(")) {
    const inner = parseRule(reader, depth + 1);
    return take(reader, ")") ? inner : undefined;
  }
  if (take(reader, "TRUE")) return { kind: "constant", value: true };
  if (take(reader, "FALSE")) return { kind: "constant", value: false };
  const token = reader.tokens[reader.at];
  reader.at += 1;
  if (token?.kind === "at-least") return parseAtLeast(token.text, reader.holes);
  if (token?.kind !== "state") return undefined;
  return { kind: "state", state: token.state, alarm: fillHoles(token.alarm, reader.holes) };
}

/** Names that hold brackets or commas are not read here. A percentage counts every alarm that it begins to reach. */
function parseAtLeast(text: string, holes: readonly Value[]): AlarmRule | undefined {
  const match = AT_LEAST.exec(text);
  if (match === null) return undefined;
  const [, amount, percent, negated, state = "", list = ""] = match;
  const names = list.split(",").map((name) => /^\s*(?:"([^"\\]*)"|([^"\s\\]+))\s*$/.exec(name));
  const of: AlarmRule[] = [];
  for (const name of names) {
    const alarm = name?.[1] ?? name?.[2];
    if (alarm === undefined) return undefined;
    const term: AlarmRule = { kind: "state", state, alarm: fillHoles(alarm, holes) };
    of.push(negated === undefined ? term : { kind: "not", of: term });
  }
  const count = percent === "%" ? Math.ceil((Number(amount) * of.length) / 100) : Number(amount);
  return { kind: "at-least", count, of };
}
