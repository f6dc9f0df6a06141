// How often a block is there: its count, for_each or `enabled`, as far as they are known.

import type { InstanceKey } from "../../model/address.ts";
import type { ConfigurationBlock, Expression } from "../../model/configuration.ts";
import { known, UNSET, type UnknownOrigin, unknown, type Value } from "../../model/value.ts";
import type { Bindings } from "../../terraform/scope.ts";
import { mapOf, oneOf } from "../../terraform/values.ts";
import { lifecycleArgument } from "./module-source.ts";

/** One time that a block is there. */
export interface Repetition {
  /** `undefined`: without count and for_each, or standing for all whose keys are not known. */
  readonly key: InstanceKey | undefined;
  readonly exists: "yes" | "maybe";
  /** `each` or `count`. */
  readonly bindings: Bindings | undefined;
}

export interface Repetitions {
  readonly form: "single" | "count" | "for_each";
  readonly list: readonly Repetition[];
  /** Why there may be more than the listed ones, or others: the last of the list stands for those. */
  readonly open: UnknownOrigin | undefined;
}

/** A block is not taken apart into more instances than this; the rest is one that may be there. */
const MAX_INSTANCES = 10_000;

export type EvaluateExpression = (expression: Expression) => Value;

export function repetitionsOf(block: ConfigurationBlock, evaluate: EvaluateExpression): Repetitions {
  const { entries } = block.body;
  const [count, forEach] = [entries.get("count"), entries.get("for_each")];
  if (count !== undefined) return counted(evaluate(count));
  if (forEach !== undefined) return keyed(evaluate(forEach));
  const enabled = lifecycleArgument(block, "enabled");
  return single(enabled === undefined ? known(true) : evaluate(enabled));
}

/** The instances that a plan lists; `each.value` still comes from the code. */
export function plannedRepetitions(
  block: ConfigurationBlock,
  keys: readonly (InstanceKey | undefined)[],
  evaluate: EvaluateExpression,
): Repetitions {
  const forEach = block.body.entries.get("for_each");
  const form = block.body.entries.has("count") ? "count" : forEach === undefined ? "single" : "for_each";
  const collection = forEach === undefined ? UNSET : evaluate(forEach);
  const list = keys.map((key): Repetition => {
    if (key === undefined) return { key, exists: "yes", bindings: undefined };
    if (typeof key === "number") return atIndex(key, "yes");
    return atKey(key, valueAt(collection, key), "yes");
  });
  return { form, list, open: undefined };
}

function valueAt(collection: Value, key: string): Value {
  if (collection.kind === "map") return collection.entries.get(key) ?? notKnown("each.value");
  if (collection.kind === "list") return known(key);
  return collection.kind === "unknown" ? unknown(collection.origin) : notKnown("each.value");
}

function notKnown(subject: string): Value {
  return unknown({ why: "expression", subject });
}

function single(enabled: Value): Repetitions {
  const isOff = enabled.kind === "known" && (enabled.value === false || enabled.value === "false");
  const exists = enabled.kind === "known" ? "yes" : "maybe";
  return {
    form: "single",
    list: isOff ? [] : [{ key: undefined, exists, bindings: undefined }],
    open: undefined,
  };
}

function counted(count: Value): Repetitions {
  const numbers = choices(count).map(wholeNumber);
  const sure = numbers.every((number) => number !== undefined) ? numbers.map((number) => number ?? 0) : [];
  if (sure.length === 0 || Math.max(...sure) > MAX_INSTANCES)
    return { form: "count", ...rest(originOf(count, "count")) };
  const least = Math.min(...sure);
  const list = Array.from({ length: Math.max(...sure) }, (_, index) =>
    atIndex(index, index < least ? "yes" : "maybe"),
  );
  return { form: "count", list, open: undefined };
}

function wholeNumber(value: Value): number | undefined {
  const number = value.kind === "known" && value.value !== null ? Number(value.value) : Number.NaN;
  return Number.isInteger(number) && number >= 0 ? number : undefined;
}

/** Every value that it can be; itself where that is open. */
function choices(value: Value): readonly Value[] {
  return value.kind === "unknown" && value.relation === "one-of" && value.closed ? value.candidates : [value];
}

function keyed(forEach: Value): Repetitions {
  const collections = choices(forEach).map(elementsByKey);
  const [first] = collections;
  const isKnown = collections.every((collection) => collection !== undefined);
  if (first === undefined || !isKnown) return { form: "for_each", ...rest(originOf(forEach, "for_each")) };
  const all = collections.flatMap((collection) => (collection === undefined ? [] : [collection]));
  const keys = new Set(all.flatMap((collection) => [...collection.values.keys()]));
  const more = all.find((collection) => collection.more !== undefined)?.more;
  if (keys.size > MAX_INSTANCES) return { form: "for_each", ...rest(originOf(forEach, "for_each")) };
  const list = [...keys].map((key) => {
    const values = all.flatMap((collection) => collection.values.get(key) ?? []);
    return atKey(
      key,
      oneOf(values, originOf(forEach, "for_each")),
      values.length === all.length ? "yes" : "maybe",
    );
  });
  if (more === undefined) return { form: "for_each", list, open: undefined };
  return { form: "for_each", list: [...list, ...rest(more).list], open: more };
}

interface Keyed {
  readonly values: ReadonlyMap<string, Value>;
  /** Why some keys are not known. */
  readonly more: UnknownOrigin | undefined;
}

/** `undefined`: it is not known which elements there are. A list is refused by Terraform and taken as a set. */
function elementsByKey(collection: Value): Keyed | undefined {
  if (collection.kind === "map") return { values: collection.entries, more: undefined };
  if (collection.kind !== "list") return undefined;
  const values = new Map<string, Value>();
  let more: UnknownOrigin | undefined;
  for (const element of collection.elements) {
    if (element.kind === "known" && element.value !== null) values.set(String(element.value), element);
    else more = originOf(element, "for_each");
  }
  return { values, more };
}

function atIndex(index: number, exists: "yes" | "maybe"): Repetition {
  return { key: index, exists, bindings: binding("count", mapOf([["index", known(index)]])) };
}

function atKey(key: string, value: Value, exists: "yes" | "maybe"): Repetition {
  return { key, exists, bindings: eachBinding(known(key), value) };
}

/** One that stands for all whose number and keys are not known. */
function rest(origin: UnknownOrigin): Pick<Repetitions, "list" | "open"> {
  const each = eachBinding(unknown(origin), unknown(origin));
  const bindings: Bindings = { ...each, outer: binding("count", mapOf([["index", unknown(origin)]])) };
  return { list: [{ key: undefined, exists: "maybe", bindings }], open: origin };
}

function eachBinding(key: Value, value: Value): Bindings {
  return binding(
    "each",
    mapOf([
      ["key", key],
      ["value", value],
    ]),
  );
}

function binding(name: string, value: Value): Bindings {
  return { name, value, outer: undefined };
}

function originOf(value: Value, argument: string): UnknownOrigin {
  if (value.kind === "unknown") return value.origin;
  if (value.kind === "reference") return { why: "after-apply", subject: [value.to, ...value.path].join(".") };
  return { why: "expression", subject: argument };
}
