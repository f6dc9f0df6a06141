// Steps into values: attributes, keys and positions, of known and of unknown collections.

import type { Step, Value } from "../model/value.ts";
import { toNumber } from "./convert.ts";
import { fail } from "./failure.ts";
import { numberIn } from "./number.ts";
import type { Scope } from "./scope.ts";
import { derived, isSeveral, marked, oneOf, originOf, spread, taken } from "./values.ts";

/** The value after each of the steps in turn. */
export function follow(value: Value, steps: readonly Step[], scope: Scope): Value {
  return steps.reduce((at, step) => stepInto(at, step, scope), value);
}

export function stepInto(value: Value, step: Step, scope: Scope): Value {
  switch (value.kind) {
    case "known":
    case "text":
      return fail("the value has no attributes");
    case "list":
      return position(value, step);
    case "map": {
      const entry = value.entries.get(String(step));
      return entry === undefined ? fail(`there is no "${step}"`) : marked(entry, value.sensitive);
    }
    case "reference":
      return marked(scope.attribute(value, step), value.sensitive);
    case "unknown":
      // Whatever an undecided value is, the step goes into that.
      return spread([value], ([one = value]) =>
        one.kind === "unknown" ? derived([one]) : stepInto(one, step, scope),
      );
    default:
      return value satisfies never;
  }
}

type List = Extract<Value, { kind: "list" }>;

function position(list: List, step: Step): Value {
  const index = /^\d+$/.test(String(step)) ? Number(step) : -1;
  // Behind an element that stands for several, any other may be the one at the position.
  if (list.elements.slice(0, index + 1).some(isSeveral)) return anyOf(list);
  const element = list.elements[index];
  if (element === undefined) return fail(`there is no position ${step}`);
  return list.form === "set" ? anyOf(list) : marked(element, list.sensitive);
}

/**
 * A set has no positions. The list made of one has, but which element stands where is known only when all are, and
 * then it is no longer a set.
 */
function anyOf(list: List): Value {
  const origin = originOf(list.elements) ?? SOME_ELEMENT;
  return marked(oneOf(list.elements.map(taken), origin), list.sensitive);
}

const SOME_ELEMENT = { why: "expression", subject: "an element of a set" } as const;

/** `collection[key]` with any values. */
export function indexInto(collection: Value, key: Value, scope: Scope): Value {
  return spread([collection, key], ([from = collection, at = key]) => indexOne(from, at, scope));
}

function indexOne(collection: Value, key: Value, scope: Scope): Value {
  if (key.kind === "known") {
    if (key.value === null) return fail("null is no key");
    if (collection.kind === "list") {
      const number = toNumber(key);
      const exact = number.kind === "known" ? numberIn(number) : undefined;
      if (exact === undefined || !exact.isInteger()) return fail("the position is no whole number");
      return marked(stepInto(collection, exact.toNumber(), scope), key.sensitive);
    }
    const step = typeof key.value === "number" ? key.value : String(key.value);
    return marked(stepInto(collection, step, scope), key.sensitive);
  }
  if (key.kind === "list" || key.kind === "map") return fail("a collection is no key");
  const choices =
    collection.kind === "list"
      ? collection.elements.map(taken)
      : collection.kind === "map"
        ? [...collection.entries.values()]
        : undefined;
  if (choices === undefined) {
    if (collection.kind === "known" || collection.kind === "text") return fail("the value has no elements");
    return derived([collection, key]);
  }
  if (choices.length === 0) return fail("the collection is empty");
  const origin = originOf([key]) ?? SOME_ELEMENT;
  return marked(oneOf(choices, origin), collection.sensitive || key.sensitive);
}
