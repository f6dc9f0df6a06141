// Which way the result of metric math goes when one metric goes up: what makes a look at single values a proof.

import type { BinaryOperator, MetricMath } from "./metric-math.ts";

/** "flat": not at all. "unclear": neither up nor down throughout, or not worked out. */
export type Direction = "up" | "down" | "flat" | "unclear";

/** Expressions that unfold to more steps than this are not worked out. */
const MOST_STEPS = 2000;

/**
 * How an expression follows the data points of the metric `id`, all other things being equal and none missing.
 * `expressions` are the other queries.
 */
export function directionIn(
  math: MetricMath,
  id: string,
  expressions: ReadonlyMap<string, MetricMath>,
): Direction {
  return direction(math, { id, expressions, open: [], budget: { left: MOST_STEPS } });
}

interface Asking {
  readonly id: string;
  readonly expressions: ReadonlyMap<string, MetricMath>;
  /** The ids of the expressions that are being looked at. */
  readonly open: readonly string[];
  readonly budget: { left: number };
}

function direction(math: MetricMath, asking: Asking): Direction {
  asking.budget.left -= 1;
  if (asking.budget.left < 0) return "unclear";
  switch (math.kind) {
    case "number":
      return "flat";
    case "query": {
      if (math.id === asking.id) return "up";
      const expression = asking.expressions.get(math.id);
      if (expression === undefined) return "flat";
      if (asking.open.includes(math.id)) return "unclear";
      return direction(expression, { ...asking, open: [...asking.open, math.id] });
    }
    case "metrics":
      return asking.id.includes(math.containing) ? "up" : "flat";
    case "list":
      return joined(math.of.map((part) => direction(part, asking)));
    case "sum":
    case "max":
    case "min":
    case "average":
    case "ceil":
    case "floor":
    case "fill":
      return direction(math.of, asking);
    case "negate":
      return opposite(direction(math.of, asking));
    case "abs":
      return onlyFlat(direction(math.of, asking));
    case "binary":
      return ofBinary(math, asking);
    case "if":
      return ofIf(math, asking);
    default:
      return math satisfies never;
  }
}

function joined(directions: readonly Direction[]): Direction {
  const moving = new Set(directions.filter((one) => one !== "flat"));
  const [only] = moving;
  return moving.size > 1 ? "unclear" : (only ?? "flat");
}

function opposite(of: Direction): Direction {
  return of === "up" ? "down" : of === "down" ? "up" : of;
}

function onlyFlat(of: Direction): Direction {
  return of === "flat" ? "flat" : "unclear";
}

type Binary = Extract<MetricMath, { kind: "binary" }>;

function ofBinary({ operator, left, right }: Binary, asking: Asking): Direction {
  const [one, other] = [direction(left, asking), direction(right, asking)];
  switch (KINDS[operator]) {
    case "adds":
      return joined([one, other]);
    case "subtracts":
      return joined([one, opposite(other)]);
    case "reverses":
      return joined([opposite(one), other]);
    case "scales":
      return ofScaling({ operator, left, right, one, other });
    case "joins":
      return isTruth(left) && isTruth(right) ? joined([one, other]) : onlyFlat(joined([one, other]));
    case "equals":
      return onlyFlat(joined([one, other]));
    default:
      return KINDS[operator] satisfies never;
  }
}

const KINDS = {
  "+": "adds",
  "-": "subtracts",
  ">": "subtracts",
  ">=": "subtracts",
  "<": "reverses",
  "<=": "reverses",
  "*": "scales",
  "/": "scales",
  AND: "joins",
  OR: "joins",
  "==": "equals",
  "!=": "equals",
} as const satisfies Readonly<Record<BinaryOperator, string>>;

function ofScaling({
  operator,
  left,
  right,
  one,
  other,
}: {
  readonly operator: BinaryOperator;
  readonly left: MetricMath;
  readonly right: MetricMath;
  readonly one: Direction;
  readonly other: Direction;
}): Direction {
  const scaled = (of: Direction, by: number) => (by > 0 ? of : by < 0 ? opposite(of) : "flat");
  if (right.kind === "number") return scaled(one, right.value);
  if (left.kind === "number" && operator === "*") return scaled(other, left.value);
  return onlyFlat(joined([one, other]));
}

const TRUTHS: ReadonlySet<BinaryOperator> = new Set([">", ">=", "<", "<=", "==", "!=", "AND", "OR"]);

/** Whether an expression is 0 or 1, so that being unlike 0 grows with it. */
function isTruth(math: MetricMath): boolean {
  return math.kind === "binary" && TRUTHS.has(math.operator);
}

function ofIf(
  { condition, then, otherwise }: Extract<MetricMath, { kind: "if" }>,
  asking: Asking,
): Direction {
  const switching = direction(condition, asking);
  const branches = [then, ...(otherwise === undefined ? [] : [otherwise])].map((part) =>
    direction(part, asking),
  );
  if (switching === "flat") return joined(branches);
  if (!isTruth(condition) || then.kind !== "number" || otherwise?.kind !== "number") return "unclear";
  return then.value === otherwise.value
    ? "flat"
    : then.value > otherwise.value
      ? switching
      : opposite(switching);
}
