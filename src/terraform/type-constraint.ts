// Type constraints of variables, and the conversion of values to them, with optional attributes and their defaults.

import type { Expression } from "../model/configuration.ts";
import { known, UNSET, type Value } from "../model/value.ts";
import { toBool, toNumber, toText } from "./convert.ts";
import { fail } from "./failure.ts";
import { isUnordered, list, mapOf, set, tuple, unordered } from "./values.ts";

export type TypeConstraint =
  | { readonly kind: "any" | "string" | "number" | "bool" }
  | { readonly kind: "list" | "set" | "map"; readonly of: TypeConstraint }
  | { readonly kind: "tuple"; readonly elements: readonly TypeConstraint[] }
  | { readonly kind: "object"; readonly attributes: ReadonlyMap<string, AttributeConstraint> };

export interface AttributeConstraint {
  readonly type: TypeConstraint;
  readonly optional: boolean;
  /** Of an optional attribute; `undefined`: null. */
  readonly default: Expression | undefined;
}

const ANY: TypeConstraint = { kind: "any" };

/** What cannot be read as a type lets everything through. Source: https://developer.hashicorp.com/terraform/language/expressions/type-constraints */
export function readTypeConstraint(expression: Expression | undefined): TypeConstraint {
  if (expression === undefined) return ANY;
  if (expression.kind === "traversal" && expression.steps.length === 0) return named(expression.root);
  if (expression.kind === "literal" && typeof expression.value === "string") return named(expression.value);
  if (expression.kind !== "call") return ANY;
  const [argument] = expression.args;
  switch (expression.name) {
    case "list":
    case "set":
    case "map":
      return { kind: expression.name, of: readTypeConstraint(argument) };
    case "tuple":
      return argument?.kind === "tuple"
        ? { kind: "tuple", elements: argument.elements.map(readTypeConstraint) }
        : ANY;
    case "object":
      return argument?.kind === "object"
        ? { kind: "object", attributes: attributesOf(argument.entries) }
        : ANY;
    default:
      return ANY;
  }
}

/** `list` and `map` alone are the old way to write `list(any)` and `map(any)`. */
function named(name: string): TypeConstraint {
  switch (name) {
    case "string":
    case "number":
    case "bool":
      return { kind: name };
    case "list":
    case "set":
    case "map":
      return { kind: name, of: ANY };
    default:
      return ANY;
  }
}

function attributesOf(
  entries: readonly (readonly [Expression, Expression])[],
): ReadonlyMap<string, AttributeConstraint> {
  const attributes = new Map<string, AttributeConstraint>();
  for (const [key, type] of entries) {
    if (key.kind !== "literal") continue;
    const isOptional = type.kind === "call" && type.name === "optional";
    const [inner, fallback] = isOptional ? type.args : [type];
    attributes.set(String(key.value), {
      type: readTypeConstraint(inner),
      optional: isOptional,
      default: fallback,
    });
  }
  return attributes;
}

/**
 * The value as the type wants it; unknown values and references pass, since they convert at apply. `evaluate` gives
 * the defaults of optional attributes. Fails for what Terraform refuses.
 */
export function convertTo(
  type: TypeConstraint,
  value: Value,
  evaluate: (expression: Expression) => Value,
): Value {
  if (value.kind === "reference" || value.kind === "unknown") return value;
  if (value.kind === "known" && value.value === null) return value;
  const inner = (of: TypeConstraint) => (element: Value) => convertTo(of, element, evaluate);
  switch (type.kind) {
    case "any":
      return value;
    case "string":
      return toText(value);
    case "number":
      return toNumber(value);
    case "bool":
      return toBool(value);
    case "list":
      return toList(value, (elements) => unified(type.of, elements.map(inner(type.of))));
    case "set":
      return set(elementsOf(value).map(inner(type.of)), value.sensitive);
    case "map": {
      const entries = [...entriesOf(value)];
      const values = unified(
        type.of,
        entries.map(([, entry]) => inner(type.of)(entry)),
      );
      return mapOf(
        entries.map(([key], index) => [key, values[index] ?? UNSET]),
        value.sensitive,
      );
    }
    case "tuple":
      return tuple(
        elementsOf(value).map((element, index) => inner(type.elements[index] ?? ANY)(element)),
        value.sensitive,
      );
    case "object":
      return toObject(type.attributes, value, evaluate);
    default:
      return type satisfies never;
  }
}

/** Elements of `list(any)` have one type all the same: with a string among them the others become strings. */
function unified(type: TypeConstraint, elements: readonly Value[]): readonly Value[] {
  if (type.kind !== "any") return elements;
  const hasText = elements.some(
    (one) => one.kind === "text" || (one.kind === "known" && typeof one.value === "string"),
  );
  const isScalar = elements.every((one) => one.kind !== "list" && one.kind !== "map");
  return hasText && isScalar ? elements.map(toText) : elements;
}

/** A set with unknown elements has no order that could be known, so as a list it stays a set. */
export function toList(value: Value, change: (elements: readonly Value[]) => readonly Value[]): Value {
  const elements = change(elementsOf(value));
  const converted = list(elements, value.sensitive);
  return isUnordered(value) ? unordered(converted) : converted;
}

function elementsOf(value: Value): readonly Value[] {
  return value.kind === "list" ? value.elements : fail("the value is no list");
}

function entriesOf(value: Value): ReadonlyMap<string, Value> {
  return value.kind === "map" ? value.entries : fail("the value is no map");
}

function toObject(
  attributes: ReadonlyMap<string, AttributeConstraint>,
  value: Value,
  evaluate: (expression: Expression) => Value,
): Value {
  const given = entriesOf(value);
  const entries = [...attributes].map(([name, attribute]): [string, Value] => {
    const own = given.get(name);
    if (own === undefined && !attribute.optional) return fail(`the attribute "${name}" is missing`);
    const isUnset = own === undefined || (own.kind === "known" && own.value === null);
    const chosen = isUnset && attribute.default !== undefined ? evaluate(attribute.default) : (own ?? UNSET);
    return [name, convertTo(attribute.type, chosen, evaluate)];
  });
  return mapOf(entries, value.sensitive);
}

/** `toset`, `tomap` and `tolist` of the language. */
export function convertFunction(kind: "list" | "set" | "map"): (value: Value) => Value {
  const type: TypeConstraint = { kind, of: ANY };
  return (value) => {
    if (value.kind === "text") return fail("the value is no collection");
    const converted = convertTo(type, value, () => known(null));
    if (kind !== "set" || converted.kind !== "list") return converted;
    return set(unified(ANY, converted.elements), converted.sensitive);
  };
}
