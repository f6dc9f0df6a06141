// The part of CloudWatch metric math whose effect on a single event is plain: a metric itself, sums, SUM, MAX,
// FILL with a number, and IF with a bound. Everything else is left to a person: parsing gives `undefined`.

/** An expression over queries, named by their ids. */
export type MetricMath =
  | { readonly kind: "query"; readonly id: string }
  /** METRICS(): every metric of the request. */
  | { readonly kind: "metrics" }
  | { readonly kind: "sum" | "max"; readonly of: readonly MetricMath[] }
  | { readonly kind: "fill"; readonly of: MetricMath; readonly value: number }
  | {
      readonly kind: "if";
      readonly of: MetricMath;
      readonly operator: ">" | ">=";
      readonly bound: number;
      readonly then: number;
      readonly otherwise: number;
    };

/** Longer expressions cannot be stored (the provider's limit is 1024). */
const LONGEST = 2048;
/** Deeper nesting is not read. */
const DEEPEST = 32;
/** Expressions that unfold to more steps than this are not computed. */
const MOST_STEPS = 2000;

/**
 * `undefined` for an expression outside the part described above. Function names are read in any letter case.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html (syntax, functions)
 */
export function parseMetricMath(text: string): MetricMath | undefined {
  if (text.length > LONGEST) return undefined;
  const tokens = tokenize(text);
  if (tokens === undefined) return undefined;
  const reader = { tokens, at: 0 };
  const expression = parseSum(reader, 0);
  return reader.at === tokens.length ? expression : undefined;
}

/** The ids an expression names, and whether it says METRICS(); works for expressions that do not parse, too. */
export function mentionedIds(text: string): { readonly ids: ReadonlySet<string>; readonly all: boolean } {
  const plain = text.slice(0, LONGEST).replaceAll(/"[^"]*"|'[^']*'/g, " ");
  const ids = plain.match(/[A-Za-z_]\w*/g) ?? [];
  return { ids: new Set(ids), all: /\bMETRICS\s*\(/i.test(plain) || text.length > LONGEST };
}

/**
 * What an expression comes to when `values` are the data points of the plain metrics (`undefined`: none) and
 * `expressions` the other queries. `undefined`: no data point. `"not-understood"`: an id that is neither, a circle,
 * or too much to compute.
 *
 * A missing data point adds nothing to a sum. That holds for SUM(); for `m1 + m2` it supposes that the other
 * metric reports in that period, since the result has a gap wherever one of them has.
 */
export function evaluateMetricMath(
  expression: MetricMath,
  expressions: ReadonlyMap<string, MetricMath>,
  values: ReadonlyMap<string, number | undefined>,
): number | undefined | "not-understood" {
  const result = seriesOf(expression, { expressions, values, steps: 0 }, new Set());
  // An alarm takes a single series.
  return result?.length === 1 ? result[0] : "not-understood";
}

interface Evaluation {
  readonly expressions: ReadonlyMap<string, MetricMath>;
  readonly values: ReadonlyMap<string, number | undefined>;
  steps: number;
}

/** One data point per series, `undefined` where there is none. `open` are the expressions being computed. */
type Series = readonly (number | undefined)[];

function seriesOf(math: MetricMath, evaluation: Evaluation, open: ReadonlySet<string>): Series | undefined {
  evaluation.steps += 1;
  if (evaluation.steps > MOST_STEPS) return undefined;
  switch (math.kind) {
    case "metrics":
      return [...evaluation.values.values()];
    case "query": {
      if (evaluation.values.has(math.id)) return [evaluation.values.get(math.id)];
      const inner = evaluation.expressions.get(math.id);
      if (inner === undefined || open.has(math.id)) return undefined;
      return seriesOf(inner, evaluation, new Set([...open, math.id]));
    }
    case "sum":
    case "max":
      return combined(
        math.kind,
        math.of.map((part) => seriesOf(part, evaluation, open)),
      );
    case "fill":
      return seriesOf(math.of, evaluation, open)?.map((point) => point ?? math.value);
    case "if":
      return seriesOf(math.of, evaluation, open)?.map((point) =>
        point === undefined ? undefined : choose(math, point),
      );
    default:
      return math satisfies never;
  }
}

function combined(kind: "sum" | "max", parts: readonly (Series | undefined)[]): Series | undefined {
  if (parts.includes(undefined)) return undefined;
  const points = parts.flatMap((part) => part ?? []).filter((point) => point !== undefined);
  if (points.length === 0) return [undefined];
  return [kind === "sum" ? points.reduce((a, b) => a + b, 0) : Math.max(...points)];
}

function choose(math: Extract<MetricMath, { kind: "if" }>, point: number): number {
  const holds = math.operator === ">" ? point > math.bound : point >= math.bound;
  return holds ? math.then : math.otherwise;
}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
}

function tokenize(text: string): readonly string[] | undefined {
  const tokens: string[] = [];
  const pattern = /\s*(?:([A-Za-z_]\w*|\d+(?:\.\d+)?|>=|[-+*/^<>=!,()[\]])|$)/gy;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (match === null) return undefined;
    if (match[1] !== undefined) tokens.push(match[1]);
  }
  return tokens;
}

function take(reader: Reader, token: string): boolean {
  if (reader.tokens[reader.at]?.toUpperCase() !== token) return false;
  reader.at += 1;
  return true;
}

function parseSum(reader: Reader, depth: number): MetricMath | undefined {
  const first = parseTerm(reader, depth);
  if (first === undefined) return undefined;
  const of = [first];
  while (take(reader, "+")) {
    const next = parseTerm(reader, depth);
    if (next === undefined) return undefined;
    of.push(next);
  }
  if (of.length === 1) return first;
  // METRICS() + m1 adds to each series and leaves several.
  return of.some((part) => part.kind === "metrics") ? undefined : { kind: "sum", of };
}

function parseTerm(reader: Reader, depth: number): MetricMath | undefined {
  if (depth > DEEPEST) return undefined;
  const called = reader.tokens[reader.at + 1] === "(";
  const token = reader.tokens[reader.at] ?? "";
  if (called && /^\w+$/.test(token)) {
    reader.at += 2;
    const result = parseCall(token.toUpperCase(), reader, depth + 1);
    return result !== undefined && take(reader, ")") ? result : undefined;
  }
  if (take(reader, "(")) {
    const inner = parseSum(reader, depth + 1);
    return inner !== undefined && take(reader, ")") ? inner : undefined;
  }
  if (!/^[a-z]\w*$/.test(token)) return undefined;
  reader.at += 1;
  return { kind: "query", id: token };
}

function parseCall(name: string, reader: Reader, depth: number): MetricMath | undefined {
  switch (name) {
    case "METRICS":
      return { kind: "metrics" };
    case "SUM":
    case "MAX": {
      const of = parseSeries(reader, depth);
      return of && { kind: name === "SUM" ? "sum" : "max", of };
    }
    case "FILL": {
      const of = parseSum(reader, depth);
      const value = of && take(reader, ",") ? parseNumber(reader) : undefined;
      return of && value !== undefined ? { kind: "fill", of, value } : undefined;
    }
    case "IF":
      return parseIf(reader, depth);
    default:
      return undefined;
  }
}

/** What SUM and MAX add up over: `[a, b]`, METRICS() or FILL(METRICS(), 0). Over one series they mean its whole time. */
function parseSeries(reader: Reader, depth: number): readonly MetricMath[] | undefined {
  if (!take(reader, "[")) {
    const series = parseSum(reader, depth);
    return series !== undefined && isSeveral(series) ? [series] : undefined;
  }
  const parts: MetricMath[] = [];
  do {
    const part = parseSum(reader, depth);
    if (part === undefined) return undefined;
    parts.push(part);
  } while (take(reader, ","));
  return take(reader, "]") ? parts : undefined;
}

function isSeveral(math: MetricMath): boolean {
  return math.kind === "metrics" || (math.kind === "fill" && isSeveral(math.of));
}

function parseIf(reader: Reader, depth: number): MetricMath | undefined {
  const of = parseSum(reader, depth);
  const operator = take(reader, ">") ? ">" : take(reader, ">=") ? ">=" : undefined;
  const bound = parseNumber(reader);
  const then = take(reader, ",") ? parseNumber(reader) : undefined;
  const otherwise = take(reader, ",") ? parseNumber(reader) : undefined;
  if (of === undefined || operator === undefined || bound === undefined) return undefined;
  if (then === undefined || otherwise === undefined) return undefined;
  return { kind: "if", of, operator, bound, then, otherwise };
}

function parseNumber(reader: Reader): number | undefined {
  const sign = take(reader, "-") ? -1 : 1;
  const token = reader.tokens[reader.at] ?? "";
  if (!/^\d/.test(token)) return undefined;
  reader.at += 1;
  return sign * Number(token);
}
