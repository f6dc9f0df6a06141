// Changes to a plan's JSON that must not change the answer, or change it in one direction only.

import { isArray, isObject, type Json, type JsonObject } from "../../src/model/json.ts";

/** A number from 0 up to below `below`; seeded by the caller. */
export type Dice = (below: number) => number;

/** A small generator with a seed, so that a failure can be run again (mulberry32). */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function shuffled<T>(items: readonly T[], dice: Dice): T[] {
  const left = [...items];
  return items.flatMap(() => left.splice(dice(left.length), 1));
}

/** The same JSON with the keys of every object in another order. */
export function withOtherKeyOrder(value: Json, dice: Dice): Json {
  if (isArray(value)) return value.map((item) => withOtherKeyOrder(item, dice));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    shuffled(Object.entries(value), dice).map(([key, item]) => [key, withOtherKeyOrder(item, dice)]),
  );
}

const LISTS_OF_OBJECTS = new Set(["resources", "resource_changes", "child_modules"]);

/** The same plan with its resources listed in another order, in changes, configuration and prior state. */
export function withOtherResourceOrder(value: Json, dice: Dice): Json {
  if (isArray(value)) return value.map((item) => withOtherResourceOrder(item, dice));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const inner = withOtherResourceOrder(item, dice);
      return [key, LISTS_OF_OBJECTS.has(key) && isArray(inner) ? shuffled(inner, dice) : inner];
    }),
  );
}

/** The same plan with every module call under another name. */
export function withOtherModuleNames(value: Json): Json {
  if (typeof value === "string") return value.replace(/\bmodule\.([\w-]+)/g, "module.other_$1");
  if (isArray(value)) return value.map(withOtherModuleNames);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === "module_calls" && isObject(item) ? renamedKeys(item) : withOtherModuleNames(item),
    ]),
  );
}

function renamedKeys(calls: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(calls).map(([name, call]) => [`other_${name}`, withOtherModuleNames(call)]),
  );
}

/** The same plan with its whole root module called as `module.wrapped` from an empty root. */
export function wrappedInModule(plan: JsonObject): JsonObject {
  const { configuration, variables } = plan;
  const root = isObject(configuration) ? configuration.root_module : undefined;
  const inner = isObject(root) ? root : {};
  const call = {
    source: "./wrapped",
    expressions: Object.fromEntries(
      Object.entries(isObject(variables) ? variables : {}).map(([name, variable]) => [
        name,
        { constant_value: isObject(variable) ? (variable.value ?? null) : null },
      ]),
    ),
    module: inner,
  };
  const { resource_changes: changes, prior_state: prior, ...rest } = plan;
  return {
    ...rest,
    variables: {},
    ...(changes === undefined ? {} : { resource_changes: withPrefix(changes) }),
    ...(isObject(prior) ? { prior_state: wrappedState(prior) } : {}),
    configuration: {
      ...(isObject(configuration) ? configuration : {}),
      root_module: { module_calls: { wrapped: call } },
    },
  };
}

function wrappedState(state: JsonObject): JsonObject {
  const { values } = state;
  if (!isObject(values) || !isObject(values.root_module)) return state;
  const child = withPrefix({ ...values.root_module, address: "" });
  return { ...state, values: { root_module: { child_modules: [child] } } };
}

/** Addresses of resources and modules, one module deeper. */
function withPrefix(value: Json): Json {
  if (isArray(value)) return value.map(withPrefix);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (key === "values" || key === "change") return [key, item];
      const isAddress = key === "address" || key === "module_address" || key === "previous_address";
      return [key, isAddress && typeof item === "string" ? prefixed(item) : withPrefix(item)];
    }),
  );
}

function prefixed(address: string): string {
  return address === "" ? "module.wrapped" : `module.wrapped.${address}`;
}

/** The same plan with blanks put into its filter patterns where they mean nothing. */
export function withBlanksInPatterns(value: Json, dice: Dice): Json {
  if (typeof value === "string")
    return /^\s*\{.*\}\s*$/s.test(value) && value.includes("$.") ? spread(value, dice) : value;
  if (isArray(value)) return value.map((item) => withBlanksInPatterns(item, dice));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withBlanksInPatterns(item, dice)]),
  );
}

/** Quoted text stays; brackets and operators outside of it get blanks around them. */
function spread(pattern: string, dice: Dice): string {
  const blanks = () => " ".repeat(dice(3));
  return pattern.replace(/"(?:[^"\\]|\\.)*"|&&|\|\||[(){}]|!=|=/g, (found) =>
    found.startsWith('"') ? found : `${blanks()}${found}${blanks()}`,
  );
}

/** A place in JSON: keys and indexes. */
export type Path = readonly (string | number)[];

export function* pathsOf(value: Json | undefined, path: Path = []): Generator<Path> {
  if (path.length > 0) yield path;
  if (isArray(value)) for (const [index, item] of value.entries()) yield* pathsOf(item, [...path, index]);
  else if (isObject(value))
    for (const [key, item] of Object.entries(value)) yield* pathsOf(item, [...path, key]);
}

export function valueAt(value: Json | undefined, path: Path): Json | undefined {
  const [head, ...rest] = path;
  if (head === undefined) return value;
  const inner = isArray(value) ? value[Number(head)] : isObject(value) ? value[String(head)] : undefined;
  return valueAt(inner, rest);
}

export function withValueAt(value: Json | undefined, path: Path, given: Json): Json {
  const [head, ...rest] = path;
  if (head === undefined) return given;
  if (isArray(value)) return value.with(Number(head), withValueAt(value[Number(head)], rest, given));
  const object = isObject(value) ? value : {};
  return { ...object, [head]: withValueAt(object[head], rest, given) };
}

/** A resource change whose value at `path` is known only after apply. */
export function withUnknownAt(change: JsonObject, path: Path): JsonObject {
  const { after = null, after_unknown: unknown = {} } = change;
  return { ...change, after: without(after, path), after_unknown: marked(after, unknown, path) };
}

/** Plans leave unknown keys out, and put null where an element is unknown. */
function without(value: Json | undefined, path: Path): Json {
  const [head, ...rest] = path;
  if (head === undefined) return null;
  if (isArray(value)) return value.with(Number(head), without(value[Number(head)], rest));
  const { [String(head)]: inner, ...others } = isObject(value) ? value : {};
  return rest.length === 0 ? others : { ...others, [head]: without(inner, rest) };
}

function marked(value: Json | undefined, unknown: Json | undefined, path: Path): Json {
  const [head, ...rest] = path;
  if (head === undefined || unknown === true) return true;
  if (isArray(value)) {
    const marks: Json[] = value.map((_, index) => (isArray(unknown) ? (unknown[index] ?? false) : false));
    return marks.with(Number(head), marked(value[Number(head)], marks[Number(head)], rest));
  }
  const marks = isObject(unknown) ? unknown : {};
  const inner = isObject(value) ? value[String(head)] : undefined;
  return { ...marks, [head]: marked(inner, marks[String(head)], rest) };
}
