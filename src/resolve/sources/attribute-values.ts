// Arguments as the provider keeps them: lists for blocks, its own defaults for what is not written in them, and each
// scalar in its type. For the types of the chain; arguments of others stay as they are written.

import { type BlockDefaults, PROVIDER_DEFAULTS, providerDefault } from "../../aws/defaults.ts";
import { known, numberOf, type Step, stringOf, UNSET, type Value } from "../../model/value.ts";
import { list, mapOf } from "../../terraform/values.ts";

/** An argument of an object. `self` is the reference to the whole object. */
export interface Argument {
  readonly type: string;
  readonly attribute: string;
  readonly self: Value;
}

/** `undefined`: it is known only after apply, or the type is none of the chain's. */
export function defaultOf(type: string, attribute: string): Value | undefined {
  const found = providerDefault(type, [attribute]);
  return found === "computed" ? undefined : found;
}

export function asArgument(value: Value, argument: Argument): Value {
  const defaults = PROVIDER_DEFAULTS.get(argument.type);
  const asList =
    value.kind === "list" && value.form === "tuple" ? { ...value, form: "list" as const } : value;
  if (defaults === undefined) return asList;
  return typed(asList, { type: argument.type, defaults, path: [argument.attribute], self: argument.self }, [
    argument.attribute,
  ]);
}

interface Place {
  readonly type: string;
  /** Of the resource or block that the argument stands in. */
  readonly defaults: BlockDefaults;
  /** Names without positions. */
  readonly path: readonly string[];
  readonly self: Value;
}

/** `steps` lead to the argument, positions included. */
function typed(value: Value, place: Place, steps: readonly Step[]): Value {
  const name = place.path.at(-1) ?? "";
  const block = place.defaults.blocks.get(name);
  if (block === undefined) return inType(value, place, name);
  switch (value.kind) {
    case "list":
      return list(
        value.elements.map((element, index) =>
          filled(element, { ...place, defaults: block }, [...steps, index]),
        ),
        value.sensitive,
      );
    case "map":
      // JSON syntax may write a lone block without a list around it.
      return list([filled(value, { ...place, defaults: block }, [...steps, 0])]);
    case "unknown":
      return { ...value, candidates: value.candidates.map((candidate) => typed(candidate, place, steps)) };
    case "known":
    case "reference":
    case "text":
      return value;
    default:
      return value satisfies never;
  }
}

/** A block with what is not written in it. */
function filled(block: Value, place: Place, steps: readonly Step[]): Value {
  if (block.kind !== "map") return block;
  const entries = new Map(block.entries);
  const names = new Set([
    ...entries.keys(),
    ...place.defaults.attributes.keys(),
    ...place.defaults.blocks.keys(),
  ]);
  for (const name of names) {
    const path = [...place.path, name];
    const written = entries.get(name) ?? UNSET;
    const isUnset = written.kind === "known" && written.value === null;
    entries.set(
      name,
      isUnset
        ? unwritten(place, path, [...steps, name])
        : typed(written, { ...place, path }, [...steps, name]),
    );
  }
  return mapOf(entries, block.sensitive);
}

function unwritten(place: Place, path: readonly string[], steps: readonly Step[]): Value {
  const found = providerDefault(place.type, path);
  if (found === "computed") return place.self.kind === "reference" ? { ...place.self, path: steps } : UNSET;
  return found ?? UNSET;
}

/**
 * Numbers among the arguments of the chain that have no default to tell their type.
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudwatch_metric_alarm
 */
const NUMBERS: ReadonlySet<string> = new Set([
  "datapoints_to_alarm",
  "deletion_window_in_days",
  "evaluation_periods",
  "period",
  "threshold",
]);

/** The provider's schema converts scalars: a metric value of 1 is kept as "1", a threshold of "1" as 1. */
function inType(value: Value, place: Place, name: string): Value {
  if (value.kind === "list") {
    return { ...value, elements: value.elements.map((element) => inType(element, place, name)) };
  }
  if (value.kind !== "known" || value.value === null) return value;
  const fallback = place.defaults.attributes.get(name);
  if (typeof fallback === "boolean") return asBoolean(value);
  if (typeof fallback === "number" || NUMBERS.has(name)) {
    const number = numberOf(value);
    return number === undefined ? value : known(number, value.sensitive);
  }
  return known(stringOf(value) ?? null, value.sensitive);
}

function asBoolean(value: Value): Value {
  const text = stringOf(value);
  return text === "true" || text === "false" ? known(text === "true", value.sensitive) : value;
}
