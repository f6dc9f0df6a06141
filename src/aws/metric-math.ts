// CloudWatch metric math as far as its effect on a single period is documented: what it comes to, and which way it
// moves. Reading the text is for metric-math-text.ts.

/** An expression over queries, named by their ids. */
export type MetricMath =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "query"; readonly id: string }
  /** METRICS(): every metric of the request, or those whose ids hold the text. */
  | { readonly kind: "metrics"; readonly containing: string }
  | { readonly kind: "list"; readonly of: readonly MetricMath[] }
  /** Of several series at once. */
  | { readonly kind: "sum" | "max" | "min" | "average"; readonly of: MetricMath }
  | { readonly kind: "negate" | "abs" | "ceil" | "floor"; readonly of: MetricMath }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: MetricMath;
      readonly right: MetricMath;
    }
  | { readonly kind: "fill"; readonly of: MetricMath; readonly value: number }
  | {
      readonly kind: "if";
      readonly condition: MetricMath;
      readonly then: MetricMath;
      readonly otherwise: MetricMath | undefined;
    };

export type BinaryOperator = "+" | "-" | "*" | "/" | ">" | ">=" | "<" | "<=" | "==" | "!=" | "AND" | "OR";

/** Expressions that unfold to more steps than this are not computed. */
const MOST_STEPS = 2000;

/** Data points of the plain metrics, by id (`undefined`: none), and the other queries. */
export interface MetricRequest {
  readonly expressions: ReadonlyMap<string, MetricMath>;
  readonly values: ReadonlyMap<string, number | undefined>;
}

/**
 * What an expression comes to in one period. `undefined`: no data point. `"not-understood"`: an id that is no query, a
 * circle, several series at once, a function whose result for missing data points is not documented, or too much to
 * compute.
 *
 * A missing data point counts as 0 where another series has one; a division by 0 gives no data point.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html (basic arithmetic
 * functions, comparison operators, AVG, IF)
 */
export function evaluateMetricMath(
  expression: MetricMath,
  request: MetricRequest,
): number | undefined | "not-understood" {
  const result = compute(expression, { ...request, budget: { left: MOST_STEPS }, open: [] });
  if (result?.kind === "one") return result.point;
  // An alarm takes a single series.
  return result?.kind === "several" && result.points.length === 1 ? result.points[0] : "not-understood";
}

/** A number that is no series; one series; or several. */
type Result =
  | { readonly kind: "scalar"; readonly value: number }
  | { readonly kind: "one"; readonly point: Point }
  | { readonly kind: "several"; readonly points: readonly Point[] };

type Point = number | undefined;

interface Evaluation extends MetricRequest {
  readonly budget: { left: number };
  /** The ids of the expressions that are being computed. */
  readonly open: readonly string[];
}

function compute(math: MetricMath, evaluation: Evaluation): Result | undefined {
  evaluation.budget.left -= 1;
  if (evaluation.budget.left < 0) return undefined;
  switch (math.kind) {
    case "number":
      return { kind: "scalar", value: math.value };
    case "query":
      return computeQuery(math.id, evaluation);
    case "metrics": {
      const found = [...evaluation.values].filter(([id]) => id.includes(math.containing));
      return { kind: "several", points: found.map(([, point]) => point) };
    }
    case "list":
      return listed(math.of.map((part) => compute(part, evaluation)));
    case "sum":
    case "max":
    case "min":
    case "average": {
      const of = compute(math.of, evaluation);
      return of?.kind === "several" ? together(math.kind, of.points) : undefined;
    }
    case "negate":
    case "abs":
    case "ceil":
    case "floor":
      return each(compute(math.of, evaluation), UNARY[math.kind]);
    case "binary":
      return computeBinary(math.operator, compute(math.left, evaluation), compute(math.right, evaluation));
    case "fill":
      return filled(compute(math.of, evaluation), math.value);
    case "if":
      return computeIf(math, evaluation);
    default:
      return math satisfies never;
  }
}

const UNARY = {
  negate: (value: number) => -value,
  abs: Math.abs,
  ceil: Math.ceil,
  floor: Math.floor,
} as const;

function computeQuery(id: string, evaluation: Evaluation): Result | undefined {
  if (evaluation.values.has(id)) return { kind: "one", point: evaluation.values.get(id) };
  const inner = evaluation.expressions.get(id);
  if (inner === undefined || evaluation.open.includes(id)) return undefined;
  return compute(inner, { ...evaluation, open: [...evaluation.open, id] });
}

function listed(parts: readonly (Result | undefined)[]): Result | undefined {
  const points: Point[] = [];
  for (const part of parts) {
    if (part === undefined || part.kind === "scalar") return undefined;
    points.push(...(part.kind === "one" ? [part.point] : part.points));
  }
  return { kind: "several", points };
}

function together(kind: "sum" | "max" | "min" | "average", points: readonly Point[]): Result | undefined {
  const present = points.filter((point) => point !== undefined);
  if (present.length === 0) return { kind: "one", point: undefined };
  const sum = present.reduce((a, b) => a + b, 0);
  switch (kind) {
    case "sum":
      return { kind: "one", point: sum };
    case "average":
      return { kind: "one", point: sum / points.length };
    case "max":
    case "min": {
      const extreme = kind === "max" ? Math.max : Math.min;
      const point = extreme(...present);
      // Whether a missing data point counts as 0 here is not documented.
      const settled = present.length === points.length || extreme(point, 0) === point;
      return settled ? { kind: "one", point } : undefined;
    }
    default:
      return kind satisfies never;
  }
}

function each(result: Result | undefined, change: (value: number) => Point): Result | undefined {
  const changed = (point: Point) => (point === undefined ? undefined : change(point));
  switch (result?.kind) {
    case undefined:
      return undefined;
    case "scalar": {
      const value = change(result.value);
      return value === undefined ? undefined : { kind: "scalar", value };
    }
    case "one":
      return { kind: "one", point: changed(result.point) };
    case "several":
      return { kind: "several", points: result.points.map(changed) };
    default:
      return result satisfies never;
  }
}

function filled(result: Result | undefined, value: number): Result | undefined {
  if (result?.kind === "one") return { kind: "one", point: result.point ?? value };
  return result?.kind === "several"
    ? { kind: "several", points: result.points.map((point) => point ?? value) }
    : undefined;
}

function computeBinary(
  operator: BinaryOperator,
  left: Result | undefined,
  right: Result | undefined,
): Result | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (right.kind === "scalar") return each(left, (value) => OPERATORS[operator](value, right.value));
  if (left.kind === "scalar") return each(right, (value) => OPERATORS[operator](left.value, value));
  const both = (a: Point, b: Point): Point =>
    a === undefined && b === undefined ? undefined : OPERATORS[operator](a ?? 0, b ?? 0);
  if (left.kind === "one" && right.kind === "one") {
    return { kind: "one", point: both(left.point, right.point) };
  }
  if (right.kind === "one" && left.kind === "several") {
    return { kind: "several", points: left.points.map((point) => both(point, right.point)) };
  }
  return undefined;
}

const OPERATORS: Readonly<Record<BinaryOperator, (left: number, right: number) => Point>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => (b === 0 ? undefined : a / b),
  ">": (a, b) => Number(a > b),
  ">=": (a, b) => Number(a >= b),
  "<": (a, b) => Number(a < b),
  "<=": (a, b) => Number(a <= b),
  "==": (a, b) => Number(a === b),
  "!=": (a, b) => Number(a !== b),
  AND: (a, b) => Number(a !== 0 && b !== 0),
  OR: (a, b) => Number(a !== 0 || b !== 0),
};

function computeIf(math: Extract<MetricMath, { kind: "if" }>, evaluation: Evaluation): Result | undefined {
  const condition = compute(math.condition, evaluation);
  const then = compute(math.then, evaluation);
  const otherwise = math.otherwise === undefined ? NO_POINT : compute(math.otherwise, evaluation);
  if (condition?.kind !== "one" || then === undefined || otherwise === undefined) return undefined;
  if (then.kind === "several" || otherwise.kind === "several") return undefined;
  if (condition.point === undefined) return NO_POINT;
  const chosen = condition.point !== 0 ? then : otherwise;
  if (chosen.kind === "scalar") return { kind: "one", point: chosen.value };
  // A missing data point is 0 where the condition holds, and dropped where it does not.
  return condition.point !== 0 ? { kind: "one", point: chosen.point ?? 0 } : chosen;
}

const NO_POINT: Result = { kind: "one", point: undefined };
