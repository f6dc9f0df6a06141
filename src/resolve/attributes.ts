// The resolved attributes of one planned object: what the plan knows, and for the rest what the configuration says.

import { equivalentAttributes } from "../aws/arn.ts";
import { get, isArray, isObject, type Json } from "../model/json.ts";
import { child, known, type Step, unknown, type Value } from "../model/value.ts";
import type { Follow, Scope } from "./follow.ts";
import type { IndexedObject } from "./plan-index.ts";
import { knownValue, planValue } from "./plan-value.ts";

/**
 * What the sources say of a value that the plan does not know; `undefined` where they say nothing.
 * `path` begins with the attribute.
 */
export type Explain = (object: IndexedObject, path: readonly Step[]) => Value | undefined;

/** What reading an attribute may ask of the rest of the plan. */
export interface Reading {
  readonly follow: Follow;
  readonly explain: Explain | undefined;
}

/** The attribute's value; unknown places in it are resolved through sources first, then the plan's configuration. */
export function readAttribute(object: IndexedObject, attribute: string, reading: Reading): Value {
  const { values, unknown: mask, sensitive } = object.object;
  const whole = mask === true;
  const trees = {
    values: get(values, attribute),
    unknown: whole ? true : get(mask, attribute),
    sensitive: sensitive === true ? true : get(sensitive, attribute),
  };
  return planValue(
    trees,
    (path, masked) => {
      const value = resolveHole(object, path, trees.values, reading);
      return masked ? { ...value, sensitive: true } : value;
    },
    [attribute],
  );
}

function resolveHole(
  object: IndexedObject,
  path: readonly Step[],
  values: Json | undefined,
  reading: Reading,
): Value {
  const explained = reading.explain?.(object, path);
  if (explained !== undefined && !saysNothing(explained)) return explained;
  const place = `${object.object.printed}.${path.join(".")}`;
  const found = findExpression(object, path, values);
  if (found === undefined) return unknown({ why: "after-apply", subject: place });
  if (found === "computed") {
    return sameByAnotherName(object, path) ?? { kind: "reference", to: object.id, path, sensitive: false };
  }
  const { address } = object.object;
  const scope: Scope = {
    path: address.module,
    key: address.key,
    forEach: object.configuration?.forEach,
  };
  const followed = reading.follow(found.expression, scope);
  // What Terraform knows at plan time cannot be why this place is unknown: nothing is learnt from it.
  if (followed.settled) {
    const constant = get(found.expression, "constant_value");
    if (constant !== undefined && get(found.expression, "references") === undefined) {
      return found.inside.reduce(child, knownValue(constant));
    }
    return unknown({ why: "after-apply", subject: place });
  }
  return followed.value;
}

/** The `id` of a log group is its name: known although Terraform waits for it. */
function sameByAnotherName(object: IndexedObject, path: readonly Step[]): Value | undefined {
  const [attribute, ...inside] = path;
  if (typeof attribute !== "string" || inside.length > 0) return undefined;
  const groups = equivalentAttributes(object.object.address.type);
  const others = groups.filter((group) => group.includes(attribute)).flat();
  const other = others.find((name) => knownString(object, name) !== undefined);
  if (other === undefined) return undefined;
  const { sensitive } = object.object;
  return known(knownString(object, other) ?? null, sensitive === true || get(sensitive, other) === true);
}

function saysNothing(value: Value): boolean {
  return value.kind === "unknown" && value.candidates.length === 0;
}

interface FoundExpression {
  readonly expression: Json;
  /** Steps left inside the value of the expression. */
  readonly inside: readonly Step[];
}

/**
 * The expression behind a place. "computed": the argument is not written, so AWS or the provider fills it in.
 * `undefined`: not to be told from the plan (dynamic blocks are left out of it, sets have no order).
 */
function findExpression(
  object: IndexedObject,
  path: readonly Step[],
  values: Json | undefined,
): FoundExpression | "computed" | undefined {
  const { configuration } = object;
  if (configuration === undefined) return undefined;
  let at: Json | undefined = get(configuration.expressions, String(path[0]));
  if (at === undefined) return path.length === 1 ? "computed" : undefined;
  let value = values;
  for (let depth = 1; depth <= path.length; depth += 1) {
    if (isExpression(at)) return { expression: at, inside: path.slice(depth) };
    const step = path[depth];
    if (step === undefined || at === undefined) return undefined;
    at = typeof step === "number" ? blockAt(at, step, value) : get(at, step);
    value = typeof step === "number" ? (isArray(value) ? value[step] : value) : get(value, step);
  }
  return undefined;
}

/** Blocks are arrays or objects of expressions; an expression has one of two keys, or is the empty object. */
function isExpression(json: Json | undefined): json is Json {
  if (!isObject(json)) return false;
  return "references" in json || "constant_value" in json || Object.keys(json).length === 0;
}

/**
 * The configured block behind position `index` of the planned blocks. Blocks of a set are reordered by the
 * provider, so they are told apart by their constant `id` or `field`; lists of equal length go by position.
 * Source: `metric_query` written [e1, m1] is planned as [m1, e1] (AWS provider 5.32).
 */
function blockAt(blocks: Json, index: number, planned: Json | undefined): Json | undefined {
  if (!isArray(blocks)) return index === 0 ? blocks : undefined;
  if (isArray(planned) && planned.length !== blocks.length) return undefined;
  if (blocks.length === 1) return blocks[0];
  for (const key of ["id", "field"]) {
    const wanted = isArray(planned) ? get(planned[index], key) : undefined;
    if (typeof wanted !== "string") continue;
    const matching = blocks.filter((block) => get(get(block, key), "constant_value") === wanted);
    return matching.length === 1 ? matching[0] : undefined;
  }
  return blocks[index];
}

/** The known string at an attribute without resolving anything else of the object. */
export function knownString(object: IndexedObject, attribute: string): string | undefined {
  const value = get(object.object.values, attribute);
  return typeof value === "string" && value !== "" ? value : undefined;
}
