// `for` expressions over known and unknown collections.

import type { ForExpression } from "../model/configuration.ts";
import { known, UNSET, type Value } from "../model/value.ts";
import { toBool, toText } from "./convert.ts";
import { evaluateIn } from "./evaluate.ts";
import { attempt, EvaluationFailure, fail } from "./failure.ts";
import { bind, type Environment } from "./scope.ts";
import {
  derived,
  holdsSensitive,
  isSeveral,
  isUnordered,
  MAX_CANDIDATES,
  madeFrom,
  mapOf,
  marked,
  oneOf,
  reasonOf,
  several,
  spread,
  taken,
  tuple,
  unordered,
} from "./values.ts";

/** One element of a collection that is walked. */
export interface Pair {
  /** Position, map key, or for a set the element itself. */
  readonly key: Value;
  readonly value: Value;
  /** The element stands for any number of elements. */
  readonly repeated: boolean;
}

/** `undefined`: which elements there are is not known. */
export function pairsOf(collection: Value): readonly Pair[] | undefined {
  if (collection.kind === "list") {
    const first = collection.elements.findIndex(isSeveral);
    return collection.elements.map((element, index) => {
      const value = taken(element);
      const position = first >= 0 && index >= first ? derived(collection.elements) : known(index);
      return { key: collection.form === "set" ? value : position, value, repeated: isSeveral(element) };
    });
  }
  if (collection.kind === "map") {
    return [...collection.entries].map(([key, value]) => ({ key: known(key), value, repeated: false }));
  }
  if (collection.kind === "known" && collection.value === null) return fail("null has no elements");
  if (collection.kind === "known" || collection.kind === "text") return fail("the value has no elements");
  return undefined;
}

export function evaluateFor(expression: ForExpression, environment: Environment): Value {
  return spread([evaluateIn(expression.collection, environment)], ([collection = UNSET]) => {
    const pairs = pairsOf(collection);
    if (pairs === undefined) return derived([collection]);
    const rounds = pairs.flatMap(({ key, value, repeated }) => {
      const named =
        expression.keyName === undefined ? environment : bind(environment, expression.keyName, key);
      const inside = bind(named, expression.valueName, marked(value, collection.sensitive));
      const one = repeated ? attempt(() => round(expression, inside)) : round(expression, inside);
      // Where any such element would be refused there are none.
      return one instanceof EvaluationFailure ? [] : [{ ...one, repeated }];
    });
    const result = collect(expression, rounds);
    return marked(isUnordered(collection) ? unordered(result) : result, collection.sensitive);
  });
}

/** One turn of the loop; `included` is not known where the condition is not. */
interface Round {
  readonly repeated: boolean;
  readonly included: boolean | undefined;
  readonly condition: Value;
  readonly key: Value;
  readonly value: Value;
}

function round(expression: ForExpression, environment: Environment): Omit<Round, "repeated"> {
  const condition =
    expression.condition === undefined ? known(true) : toBool(evaluateIn(expression.condition, environment));
  if (condition.kind === "known" && condition.value === null) fail("the condition is null");
  const included = condition.kind === "known" ? condition.value === true : undefined;
  if (included === false) return { included, condition, key: UNSET, value: UNSET };
  const key = expression.key === undefined ? UNSET : toText(evaluateIn(expression.key, environment));
  return { included, condition, key, value: evaluateIn(expression.value, environment) };
}

function collect(expression: ForExpression, rounds: readonly Round[]): Value {
  const build = expression.key === undefined ? buildTuple : expression.grouped ? buildGroups : buildObject;
  const kept = rounds.filter((one) => one.included !== false);
  const sensitive = rounds.some((one) => holdsSensitive(one.condition));
  // One that stands for several may be left out anyway.
  const open = kept.filter((one) => one.included === undefined && !one.repeated);
  if (open.length === 0) return marked(build(kept), sensitive);
  const origin = reasonOf(open.map((one) => one.condition));
  if (2 ** open.length > MAX_CANDIDATES) return marked(madeFrom(kept.map((one) => one.value)), sensitive);
  const results = subsets(open).map((left) => build(kept.filter((one) => !left.has(one))));
  return marked(oneOf(results, origin), sensitive);
}

function subsets(rounds: readonly Round[]): readonly ReadonlySet<Round>[] {
  let sets: Set<Round>[] = [new Set()];
  for (const one of rounds) sets = sets.flatMap((set) => [set, new Set([...set, one])]);
  return sets;
}

function buildTuple(rounds: readonly Round[]): Value {
  return tuple(rounds.map((one) => (one.repeated ? several(one.value) : one.value)));
}

function buildObject(rounds: readonly Round[]): Value {
  const entries = new Map<string, Value>();
  for (const { key, value, repeated } of rounds) {
    if (key.kind !== "known" || repeated) return madeFrom(rounds.map((one) => one.value));
    if (typeof key.value !== "string") return fail("null is no key");
    if (entries.has(key.value)) return fail(`the key "${key.value}" comes twice`);
    entries.set(key.value, value);
  }
  return mapOf(entries);
}

function buildGroups(rounds: readonly Round[]): Value {
  const groups = new Map<string, Value[]>();
  for (const { key, value, repeated } of rounds) {
    if (key.kind !== "known" || repeated) return madeFrom(rounds.map((one) => one.value));
    if (typeof key.value !== "string") return fail("null is no key");
    const group = groups.get(key.value);
    if (group === undefined) groups.set(key.value, [value]);
    else group.push(value);
  }
  return mapOf([...groups].map(([key, values]) => [key, tuple(values)]));
}
