// Reads the text of a metric math expression. What is not read here is left to a person: parsing gives `undefined`.

import type { BinaryOperator, MetricMath } from "./metric-math.ts";

/** Longer expressions cannot be stored (the provider's limit is 1024). */
const LONGEST = 2048;
/** Deeper nesting is not read. */
const DEEPEST = 32;

/**
 * `undefined` for functions that look beyond a single period (RATE, DIFF, RUNNING_SUM, and SUM or MAX of one series),
 * for models and queries (ANOMALY_DETECTION_BAND, SEARCH), and for anything outside the documented syntax. Function
 * names are upper case, ids begin with a lower case letter.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html (syntax, functions)
 */
export function parseMetricMath(text: string): MetricMath | undefined {
  if (text.length > LONGEST) return undefined;
  const tokens = tokenize(text);
  if (tokens === undefined) return undefined;
  const reader = { tokens, at: 0 };
  const expression = parseLevel(reader, 0, 0);
  return reader.at === tokens.length ? expression : undefined;
}

/** The ids an expression names, and whether it says METRICS(); works for expressions that do not parse, too. */
export function mentionedIds(text: string): { readonly ids: ReadonlySet<string>; readonly all: boolean } {
  const plain = text.slice(0, LONGEST).replaceAll(/"[^"]*"|'[^']*'/g, " ");
  const ids = plain.match(/[A-Za-z_]\w*/g) ?? [];
  return { ids: new Set(ids), all: /\bMETRICS\s*\(/i.test(plain) || text.length > LONGEST };
}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
}

function tokenize(text: string): readonly string[] | undefined {
  const tokens: string[] = [];
  const pattern =
    /\s*(?:([A-Za-z_]\w*|\d+(?:\.\d+)?|\.\d+|"[^"]*"|'[^']*'|>=|<=|==|!=|&&|\|\||[-+*/^<>=!,()[\]])|$)/gy;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (match === null) return undefined;
    if (match[1] !== undefined) tokens.push(match[1]);
  }
  return tokens;
}

function take(reader: Reader, token: string): boolean {
  if (reader.tokens[reader.at] !== token) return false;
  reader.at += 1;
  return true;
}

/** Loosest first. How arithmetic binds is what everybody does; of logical operators it is not documented. */
const LEVELS: readonly ReadonlyMap<string, BinaryOperator>[] = [
  new Map<string, BinaryOperator>([
    ["AND", "AND"],
    ["&&", "AND"],
    ["OR", "OR"],
    ["||", "OR"],
  ]),
  new Map<string, BinaryOperator>([
    [">", ">"],
    [">=", ">="],
    ["<", "<"],
    ["<=", "<="],
    ["==", "=="],
    ["!=", "!="],
  ]),
  new Map<string, BinaryOperator>([
    ["+", "+"],
    ["-", "-"],
  ]),
  new Map<string, BinaryOperator>([
    ["*", "*"],
    ["/", "/"],
  ]),
];

function parseLevel(reader: Reader, level: number, depth: number): MetricMath | undefined {
  const operators = LEVELS[level];
  if (operators === undefined) return parseTerm(reader, depth);
  let left = parseLevel(reader, level + 1, depth);
  const seen = new Set<BinaryOperator>();
  while (left !== undefined) {
    const operator = operators.get(reader.tokens[reader.at] ?? "");
    if (operator === undefined) return left;
    seen.add(operator);
    // a AND b OR c, and a > b > c, could mean one thing or another.
    if (
      level < 2 &&
      (seen.size > 1 || (level === 1 && left.kind === "binary" && isComparison(left.operator)))
    ) {
      return undefined;
    }
    reader.at += 1;
    const right = parseLevel(reader, level + 1, depth);
    if (right === undefined) return undefined;
    left = { kind: "binary", operator, left, right };
  }
  return undefined;
}

function isComparison(operator: BinaryOperator): boolean {
  return LEVELS[1]?.has(operator) === true;
}

function parseTerm(reader: Reader, depth: number): MetricMath | undefined {
  if (depth > DEEPEST) return undefined;
  if (take(reader, "-")) return negated(parseTerm(reader, depth + 1));
  const token = reader.tokens[reader.at] ?? "";
  if (reader.tokens[reader.at + 1] === "(" && /^[A-Za-z_]\w*$/.test(token)) {
    reader.at += 2;
    const result = parseCall(token, reader, depth + 1);
    return take(reader, ")") ? result : undefined;
  }
  if (take(reader, "(")) {
    const inner = parseLevel(reader, 0, depth + 1);
    return take(reader, ")") ? inner : undefined;
  }
  if (take(reader, "[")) return parseList(reader, depth + 1);
  reader.at += 1;
  if (/^[\d.]/.test(token)) return { kind: "number", value: Number(token) };
  return /^[a-z]\w*$/.test(token) ? { kind: "query", id: token } : undefined;
}

function negated(math: MetricMath | undefined): MetricMath | undefined {
  return math?.kind === "number"
    ? { kind: "number", value: -math.value }
    : math && { kind: "negate", of: math };
}

function parseList(reader: Reader, depth: number): MetricMath | undefined {
  const of: MetricMath[] = [];
  do {
    const part = parseLevel(reader, 0, depth);
    if (part === undefined) return undefined;
    of.push(part);
  } while (take(reader, ","));
  return take(reader, "]") ? { kind: "list", of } : undefined;
}

const OF_SEVERAL: ReadonlyMap<string, "sum" | "max" | "min" | "average"> = new Map([
  ["SUM", "sum"],
  ["MAX", "max"],
  ["MIN", "min"],
  ["AVG", "average"],
]);
const OF_EACH: ReadonlyMap<string, "abs" | "ceil" | "floor"> = new Map([
  ["ABS", "abs"],
  ["CEIL", "ceil"],
  ["FLOOR", "floor"],
]);

function parseCall(name: string, reader: Reader, depth: number): MetricMath | undefined {
  const several = OF_SEVERAL.get(name);
  const each = OF_EACH.get(name);
  if (several !== undefined || each !== undefined) {
    const of = parseLevel(reader, 0, depth);
    if (of === undefined) return undefined;
    if (several !== undefined) return isSeveral(of) ? { kind: several, of } : undefined;
    return each && { kind: each, of };
  }
  switch (name) {
    case "METRICS":
      return parseMetrics(reader);
    case "FILL": {
      const of = parseLevel(reader, 0, depth);
      const value = of && take(reader, ",") ? parseLevel(reader, 0, depth) : undefined;
      return of && value?.kind === "number" ? { kind: "fill", of, value: value.value } : undefined;
    }
    case "IF":
      return parseIf(reader, depth);
    default:
      return undefined;
  }
}

function parseMetrics(reader: Reader): MetricMath | undefined {
  const token = reader.tokens[reader.at] ?? "";
  if (!/^["']/.test(token)) return { kind: "metrics", containing: "" };
  reader.at += 1;
  return { kind: "metrics", containing: token.slice(1, -1) };
}

/** What SUM and MAX add up over. Over one series they mean its whole time. */
function isSeveral(math: MetricMath): boolean {
  switch (math.kind) {
    case "metrics":
    case "list":
      return true;
    case "fill":
    case "negate":
    case "abs":
    case "ceil":
    case "floor":
      return isSeveral(math.of);
    case "binary":
      return isSeveral(math.left) || isSeveral(math.right);
    case "number":
    case "query":
    case "sum":
    case "max":
    case "min":
    case "average":
    case "if":
      return false;
    default:
      return math satisfies never;
  }
}

function parseIf(reader: Reader, depth: number): MetricMath | undefined {
  const condition = parseLevel(reader, 0, depth);
  const then = condition && take(reader, ",") ? parseLevel(reader, 0, depth) : undefined;
  if (condition === undefined || then === undefined) return undefined;
  if (!take(reader, ",")) return { kind: "if", condition, then, otherwise: undefined };
  const otherwise = parseLevel(reader, 0, depth);
  return otherwise && { kind: "if", condition, then, otherwise };
}
