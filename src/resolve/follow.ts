// Follows the references of a plan's configuration through module inputs and outputs, count and for_each.
// A plan's JSON lists references flat, so what comes out is "made from these"; src/resolve/sources knows more.

import { type InstanceKey, type ModuleStep, printKey, printModulePath } from "../model/address.ts";
import { get, isArray, isObject, type Json, type JsonObject } from "../model/json.ts";
import type { ModuleConfiguration } from "../model/plan.ts";
import { child, known, type Step, type Unknown, unknown, type Value } from "../model/value.ts";
import { type Followed, isSettled, loose, madeFrom, opaque } from "./followed.ts";
import { blockName, type IndexedObject, type PlanIndex } from "./plan-index.ts";
import { hasUnknown, knownValue } from "./plan-value.ts";
import { type Target, type WrittenReference, writtenReferences } from "./references.ts";
import { holdsTemplate, textTargets } from "./template-text.ts";

/** Where an expression stands: a module instance, and the key that `each` and `count` have there. */
export interface Scope {
  readonly path: readonly ModuleStep[];
  readonly key: InstanceKey | undefined;
  /** The `for_each` expression behind `each.value`. */
  readonly forEach: Json | undefined;
}

export interface FollowInput {
  readonly index: PlanIndex;
  readonly variables: ReadonlyMap<string, Json>;
  /** The value of an object's attribute, resolved. */
  readonly read: (object: IndexedObject, attribute: string) => Value;
}

export type Follow = (expression: Json | undefined, scope: Scope) => Followed;

/** References through more than this many module borders are given up as unknown; a valid plan has no cycles. */
const MAX_DEPTH = 64;

/** Each expression is followed once for each place it stands in; one that leads back to itself is not known. */
export function createFollow(input: FollowInput): Follow {
  const known = new WeakMap<JsonObject, Map<string, Followed>>();
  let depth = 0;
  const follow: Follow = (expression, scope) => {
    if (!isObject(expression)) return opaque({ why: "expression", subject: "block" });
    const place = `${printModulePath(scope.path)}|${printKey(scope.key)}|${scope.forEach === undefined}`;
    const places = known.get(expression) ?? new Map<string, Followed>();
    const found = places.get(place);
    if (found !== undefined) return found;
    if (depth >= MAX_DEPTH) return opaque({ why: "expression", subject: "reference chain" });
    known.set(expression, places);
    places.set(place, opaque({ why: "expression", subject: "reference cycle" }));
    depth += 1;
    try {
      const followed = followExpression({ ...input, follow }, expression, scope);
      places.set(place, followed);
      return followed;
    } finally {
      depth -= 1;
    }
  };
  return follow;
}

interface Following extends FollowInput {
  readonly follow: Follow;
}

/**
 * `{}` is a function of constants, so Terraform knows it. `constant_value` holding `${` is the source text of a
 * `.tf.json` configuration, not a value.
 * Source: observed with Terraform 1.11 and OpenTofu 1.12 (jsonconfig/expression.go folds what needs no names).
 */
function followExpression(context: Following, expression: JsonObject, scope: Scope): Followed {
  const constant = get(expression, "constant_value");
  const references = get(expression, "references");
  if (constant !== undefined && (references === undefined || !holdsTemplate(constant))) {
    return { value: knownValue(constant), settled: true };
  }
  if (constant !== undefined) return followText(context, constant, scope);
  if (!isArray(references))
    return { value: unknown({ why: "function", subject: "constants" }), settled: true };
  const written = writtenReferences(references.filter((item): item is string => typeof item === "string"));
  const parts = written.filter((_, at) => !isIndex(context, written[at - 1], scope));
  return madeFrom(parts.map((reference) => followTarget(context, reference.target, reference.next, scope)));
}

// Source text of .tf.json configurations

function followText(context: Following, json: Json, scope: Scope): Followed {
  if (isArray(json)) {
    const elements = json.map((item) => followText(context, item, scope));
    return {
      value: { kind: "list", form: "tuple", elements: elements.map((item) => item.value), sensitive: false },
      settled: elements.every((item) => item.settled),
    };
  }
  if (isObject(json)) {
    const entries = Object.entries(json).map(
      ([key, item]) => [key, followText(context, item, scope)] as const,
    );
    return {
      value: {
        kind: "map",
        entries: new Map(entries.map(([key, item]) => [key, item.value])),
        sensitive: false,
      },
      settled: entries.every(([, item]) => item.settled),
    };
  }
  if (typeof json !== "string" || !holdsTemplate(json)) return { value: known(json), settled: true };
  const { whole, inside } = textTargets(json);
  if (whole !== undefined) return followTarget(context, whole, undefined, scope);
  if (inside.length === 0) return opaque({ why: "expression", subject: json });
  return madeFrom(inside.map((target) => followTarget(context, target, undefined, scope)));
}

// One reference

/** Whether what follows a reference is the index into it, and so no part of its own. */
function isIndex(context: Following, reference: WrittenReference | undefined, scope: Scope): boolean {
  if (reference === undefined) return false;
  const { target, next } = reference;
  if (target.kind !== "resource" && target.kind !== "module") return false;
  if (target.key !== undefined || (next?.kind !== "each-key" && next?.kind !== "count-index")) return false;
  return scope.key !== undefined && hasInstance(context, { ...target, key: scope.key }, scope);
}

function followTarget(context: Following, target: Target, next: Target | undefined, scope: Scope): Followed {
  switch (target.kind) {
    case "ambient":
    case "each-key":
    case "count-index":
      return { value: unknown({ why: "expression", subject: target.kind }), settled: true };
    case "local":
      return opaque({ why: "local-without-sources", subject: `local.${target.name}` });
    case "variable":
      return followVariable(context, target.name, target.path, scope);
    case "each-value":
      return followEachValue(context, target.path, scope);
    case "module":
      return followModule(context, target, next, scope);
    case "resource":
      return followResource(context, target, next, scope);
    default:
      return target satisfies never;
  }
}

function followVariable(context: Following, name: string, path: readonly Step[], scope: Scope): Followed {
  const owner = scope.path.at(-1);
  if (owner === undefined) {
    const value = context.variables.get(name);
    if (value === undefined) return opaque({ why: "variable-unset", subject: `var.${name}` });
    const declared = context.index.module([])?.variables.get(name);
    return descend(context, { value: knownValue(value, declared?.sensitive), settled: true }, path);
  }
  const outside = scope.path.slice(0, -1);
  const call = context.index.call(outside, owner.name);
  if (call === undefined) return opaque({ why: "variable-unset", subject: `var.${name}` });
  const expression = get(call.expressions, name);
  const declared = call.module.variables.get(name);
  if (expression === undefined) {
    const value = knownValue(declared?.default ?? null, declared?.sensitive);
    return descend(context, { value, settled: true }, path);
  }
  const parent: Scope = { path: outside, key: owner.key, forEach: call.forEach };
  return descend(context, marked(context.follow(expression, parent), declared?.sensitive), path);
}

/**
 * `each.value` through the `for_each` of the block it stands in: a constant gives the value of the key, another
 * block's instances pair by key, and anything else is made from whatever the expression names.
 */
function followEachValue(context: Following, path: readonly Step[], scope: Scope): Followed {
  const expression = scope.forEach;
  // A for_each of functions over constants is left out of the plan: Terraform knows every value in it.
  if (expression === undefined)
    return { value: unknown({ why: "function", subject: "each.value" }), settled: true };
  const constant = get(expression, "constant_value");
  if (constant !== undefined && scope.key !== undefined) {
    return { value: [scope.key, ...path].reduce(child, knownValue(constant)), settled: true };
  }
  const references = get(expression, "references");
  const written = writtenReferences(
    isArray(references) ? references.filter((item): item is string => typeof item === "string") : [],
  );
  const [only, ...others] = written;
  if (only !== undefined && others.length === 0 && scope.key !== undefined) {
    const paired = pairByKey(only.target, scope.key, path);
    if (paired !== undefined && hasInstance(context, paired, scope)) {
      return followTarget(context, paired, undefined, { ...scope, forEach: undefined });
    }
  }
  return descend(context, context.follow(expression, { ...scope, forEach: undefined }), path);
}

/** `for_each = T.n` with `each.value.p` is `T.n[each.key].p`; the same for a module with its output p. */
function pairByKey(target: Target, key: InstanceKey, path: readonly Step[]): Target | undefined {
  if (target.kind === "resource" && target.key === undefined && target.path.length === 0) {
    return { ...target, key, path };
  }
  if (target.kind === "module" && target.key === undefined && target.output === undefined) {
    const [output, ...inside] = path;
    return { ...target, key, output: output === undefined ? undefined : String(output), path: inside };
  }
  return undefined;
}

function hasInstance(context: Following, target: Target, scope: Scope): boolean {
  if (target.kind === "module") {
    return context.index.moduleKeys(scope.path, target.name).some((key) => key === target.key);
  }
  if (target.kind !== "resource") return false;
  const instances = context.index.instances(scope.path, blockName(target));
  return instances.some((instance) => instance.object.address.key === target.key);
}

type ModuleTarget = Extract<Target, { kind: "module" }>;

function followModule(
  context: Following,
  target: ModuleTarget,
  next: Target | undefined,
  scope: Scope,
): Followed {
  const call = context.index.call(scope.path, target.name);
  if (call === undefined) return opaque({ why: "module-not-installed", subject: `module.${target.name}` });
  const keys = context.index.moduleKeys(scope.path, target.name);
  const wanted = target.key ?? indexKey(context, next, scope, keys);
  const chosen = wanted === undefined ? keys : keys.filter((key) => key === wanted);
  const places = chosen.length > 0 || wanted !== undefined || keys.length > 0 ? chosen : [undefined];
  const outputs = target.output === undefined ? [...call.module.outputs.keys()] : [target.output];
  const parts = places.flatMap((key) =>
    outputs.map((output) =>
      followOutput(context, call.module, output, [...scope.path, { name: target.name, key }]),
    ),
  );
  const result = parts.length === 1 && parts[0] !== undefined ? parts[0] : loose(parts);
  return descend(context, result, target.path);
}

function followOutput(
  context: Following,
  module: ModuleConfiguration,
  output: string,
  path: readonly ModuleStep[],
): Followed {
  const declared = module.outputs.get(output);
  if (declared === undefined) return opaque({ why: "expression", subject: `output ${output}` });
  const followed = context.follow(declared.expression, { path, key: undefined, forEach: undefined });
  return marked(followed, declared.sensitive);
}

/** What passes a variable or an output that is declared sensitive is sensitive from there on. */
export function marked(followed: Followed, sensitive: boolean | undefined): Followed {
  return sensitive === true ? { ...followed, value: { ...followed.value, sensitive } } : followed;
}

type ResourceTarget = Extract<Target, { kind: "resource" }>;

function followResource(
  context: Following,
  target: ResourceTarget,
  next: Target | undefined,
  scope: Scope,
): Followed {
  const block = blockName(target);
  // Nobody looked for such objects, so there may be any. What Terraform knows of them stands in the plan as a value.
  if (!context.index.covers(block)) return opaque({ why: "after-apply", subject: block });
  const instances = context.index.instances(scope.path, block);
  if (instances.length === 0) {
    // A block that is configured and has no instance adds nothing; one that is not configured is a mystery.
    if (context.index.configured(scope.path, block) !== undefined)
      return { value: known(null), settled: true };
    return opaque({ why: "not-in-plan", subject: block });
  }
  const keys = instances.map((instance) => instance.object.address.key);
  const wanted = target.key ?? indexKey(context, next, scope, keys);
  const chosen =
    wanted === undefined ? instances : instances.filter((instance) => instance.object.address.key === wanted);
  const parts = chosen.map((instance) => followInstance(context, instance, target.path));
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : loose(parts);
}

/**
 * The key that a reference written directly behind a block picks from it: `T.n[each.key]` is written to the plan
 * as `T.n`, `each.key`. Only a key that exists is taken.
 */
function indexKey(
  context: Following,
  next: Target | undefined,
  scope: Scope,
  keys: readonly (InstanceKey | undefined)[],
): InstanceKey | undefined {
  const key = next === undefined ? undefined : keyValue(context, next, scope);
  return key !== undefined && keys.includes(key) ? key : undefined;
}

function keyValue(context: Following, next: Target, scope: Scope): InstanceKey | undefined {
  if (next.kind === "each-key" || next.kind === "count-index") return scope.key;
  if (next.kind !== "variable" && next.kind !== "each-value") return undefined;
  const { value } = followTarget(context, next, undefined, scope);
  if (value.kind !== "known" || typeof value.value === "boolean" || value.value === null) return undefined;
  return value.value;
}

function followInstance(context: Following, instance: IndexedObject, path: readonly Step[]): Followed {
  const whole: Followed = {
    value: { kind: "reference", to: instance.id, path: [], sensitive: false },
    settled: !hasUnknown(instance.object.unknown),
  };
  return descend(context, whole, path);
}

// Going into a value

/** Steps into a value; a whole object gives its attribute, and what is made from objects stays made from them. */
function descend(context: Following, from: Followed, path: readonly Step[]): Followed {
  return path.reduce((at, step) => descendStep(context, at, step), from);
}

function descendStep(context: Following, from: Followed, step: Step): Followed {
  const { value } = from;
  if (value.kind === "reference" && value.path.length === 0) {
    const instance = context.index.byId(value.to);
    if (instance === undefined) return from;
    const inner = context.read(instance, String(step));
    // An unknown id may be told by a name that is known; Terraform itself still does not know it.
    const waits = instance.object.unknown === true || get(instance.object.unknown, String(step)) === true;
    return { value: inner, settled: !waits && isSettled(inner) };
  }
  if (value.kind === "unknown" && value.candidates.length > 0) {
    const candidates = value.candidates.map(
      (candidate) => descendStep(context, { value: candidate, settled: false }, step).value,
    );
    const inner: Unknown = { ...value, candidates };
    return { value: inner, settled: from.settled };
  }
  const inner = child(value, step);
  return { value: inner, settled: from.settled || (value.kind !== "known" && isSettled(inner)) };
}
