// How the queries of an alarm build on one another: what becomes of a metric on its way to the compared value.

import { child, elementsOf, isTrue, isUnset, stringOf, UNSET, type Value } from "../model/value.ts";
import type { MetricMath } from "./metric-math.ts";
import { mentionedIds, parseMetricMath } from "./metric-math-text.ts";
import { sameText } from "./same-text.ts";

/** How what an alarm compares with its threshold comes from one metric. */
export type Flow =
  | { readonly kind: "as-is" }
  | MathFlow
  | { readonly kind: "not-understood"; readonly what: string }
  /** Not known before apply; `attribute` is what is missing. */
  | { readonly kind: "unknown"; readonly attribute: string };

/** Through metric math. */
export interface MathFlow {
  readonly kind: "math";
  /** The expression as written. */
  readonly text: string;
  readonly expression: MetricMath;
  /** The other expressions it builds on, by id. */
  readonly expressions: ReadonlyMap<string, MetricMath>;
  /** The ids of all plain metrics of the alarm. */
  readonly metrics: readonly string[];
  /** The id of this metric. */
  readonly id: string;
}

/** One `metric_query` block. */
export interface Query {
  readonly id: string;
  readonly block: Value;
  readonly attribute: string;
}

/** How a metric query reaches the one that returns data; `undefined` when it does not. */
export function flowOf(query: Query, queries: readonly Query[]): Flow | undefined {
  const returned = queries.find(({ block }) => isTrue(child(block, "return_data"), false) === "yes");
  if (returned === undefined || returned.id === query.id) return { kind: "as-is" };
  const texts = new Map(queries.map(({ id, block }) => [id, child(block, "expression")]));
  const text = stringOf(texts.get(returned.id) ?? UNSET);
  if (text === undefined) return { kind: "unknown", attribute: returned.attribute };
  const reached = reachedFrom(text, texts);
  if (!reached.has(query.id)) return undefined;
  const expressions = new Map<string, MetricMath>();
  for (const id of reached) {
    const inner = texts.get(id) ?? UNSET;
    if (isUnset(inner) === "yes") continue;
    const math = parseMetricMath(stringOf(inner) ?? "");
    if (math !== undefined) expressions.set(id, math);
  }
  if (queries.some((other) => other.id !== query.id && reached.has(other.id) && mayBeSame(query, other))) {
    return { kind: "not-understood", what: text };
  }
  const expression = parseMetricMath(text);
  const metrics = queries.map(({ id }) => id).filter((id) => isUnset(texts.get(id) ?? UNSET) !== "no");
  return expression === undefined
    ? { kind: "not-understood", what: text }
    : { kind: "math", text, expression, expressions, metrics, id: query.id };
}

/** Whether two queries may read one metric, so that an event counts in both. */
function mayBeSame(left: Query, right: Query): boolean {
  const [one, other] = [left, right].map(({ block }) => elementsOf(child(block, "metric"))?.[0]);
  if (one === undefined || other === undefined) return false;
  return ["metric_name", "namespace"].every(
    (part) => sameText(child(one, part), child(other, part)) !== "no",
  );
}

/** The ids of the queries that an expression builds on, directly or through others. */
function reachedFrom(text: string, texts: ReadonlyMap<string, Value>): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [text];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { ids, all } = mentionedIds(next);
    for (const [id, expression] of texts) {
      if (reached.has(id) || !(ids.has(id) || all)) continue;
      reached.add(id);
      open.push(stringOf(expression) ?? "");
    }
  }
  return reached;
}
