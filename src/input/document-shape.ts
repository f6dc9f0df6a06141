// What a document of ours looks like, said once: from a shape come the reader with all its problems and the JSON Schema
// for editors. Knows nothing about policies or configurations.

import type { JsonObject } from "../model/json.ts";
import type { InputProblem } from "../model/problem.ts";
import { nearest, quoted } from "./nearest.ts";
import type { YamlMap, YamlNode } from "./yaml-document.ts";

export interface Shape<T> {
  readonly schema: JsonObject;
  /** `undefined`: the problems say why. */
  readonly read: (node: YamlNode, at: Position) => T | undefined;
}

/** Where a reader is, for the words of its problems. */
export interface Position {
  /** Keys from the top, such as `with.pattern`; empty at the top. */
  readonly path: string;
  /** What the file is, such as "policy"; begins the codes. */
  readonly topic: string;
  readonly problems: InputProblem[];
}

/** What is wrong with a text that has the right type. */
export interface Complaint {
  readonly code: string;
  readonly message: string;
  /** The character in the text. */
  readonly offset?: number;
  readonly note?: string;
  readonly help?: string;
}

export interface Field<T, Needed extends boolean> {
  readonly shape: Shape<T>;
  readonly needed: Needed;
  /** One sentence for editors. */
  readonly about: string;
}

type Fields = Readonly<Record<string, Field<unknown, boolean>>>;

/** What a record with these fields gives. */
export type ReadOf<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends Field<infer T, infer Needed>
    ? Needed extends true
      ? T
      : T | undefined
    : never;
};

export function needed<T>(shape: Shape<T>, about: string): Field<T, true> {
  return { shape, needed: true, about };
}

export function optional<T>(shape: Shape<T>, about: string): Field<T, false> {
  return { shape, needed: false, about };
}

export function say(at: Position, place: string, code: string, message: string, more: Hints = {}): undefined {
  at.problems.push({ code: `${at.topic}-${code}`, place, message, ...more });
}

type Hints = Pick<InputProblem, "note" | "help">;

/** Text with something in it; `rule.schema` narrows it for editors, `rule.check` says what is wrong with it. */
export function text(
  rule: { readonly schema?: JsonObject; readonly check?: (value: string) => Complaint | undefined } = {},
): Shape<string> {
  return {
    schema: { type: "string", pattern: "\\S", ...rule.schema },
    read: (node, at) => {
      if (node.kind !== "scalar" || typeof node.value !== "string") return wrongType(node, "text", at);
      if (node.value.trim() === "") return say(at, node.place, "empty", `${name(at)} is empty`);
      const complaint = rule.check?.(node.value);
      if (complaint === undefined) return node.value;
      const { code, message, offset, ...hints } = complaint;
      const place = offset === undefined ? node.place : node.placeOf(offset);
      return say(at, place, code, `${name(at)}: ${message}`, hints);
    },
  };
}

/** One of a few words; `what` is what they are called, such as "severity". */
export function word<const W extends string>(what: string, words: readonly W[]): Shape<W> {
  return {
    schema: { type: "string", enum: words },
    read: (node, at) => {
      if (node.kind !== "scalar" || node.value === null) return wrongType(node, "text", at);
      const found = words.find((one) => one === node.value);
      if (found !== undefined) return found;
      const meant = nearest(node.written, words);
      return say(at, node.place, `unknown-${what}`, `no ${what} is named "${node.written}"`, {
        note: `what there is: ${quoted(words)}`,
        ...(meant === undefined ? {} : { help: `write "${meant}"` }),
      });
    },
  };
}

export const FLAG: Shape<boolean> = {
  schema: { type: "boolean" },
  read: (node, at) =>
    node.kind === "scalar" && typeof node.value === "boolean"
      ? node.value
      : wrongType(node, "true or false", at),
};

export const NUMBER: Shape<number> = {
  schema: { type: "number" },
  read: (node, at) =>
    node.kind === "scalar" && typeof node.value === "number" && Number.isFinite(node.value)
      ? node.value
      : wrongType(node, "a number", at),
};

export const SCALAR: Shape<string | number | boolean> = {
  schema: { type: ["string", "number", "boolean"] },
  read: (node, at) =>
    node.kind === "scalar" && node.value !== null ? node.value : wrongType(node, "a single value", at),
};

/** Nothing is checked yet: for a part whose shape depends on its neighbour. */
export const ANYTHING: Shape<YamlNode> = { schema: {}, read: (node) => node };

export function list<T>(item: Shape<T>, { min = 0 } = {}): Shape<readonly T[]> {
  return {
    schema: { type: "array", items: item.schema, ...(min > 0 ? { minItems: min } : {}) },
    read: (node, at) => {
      if (node.kind !== "list") return wrongType(node, "a list", at);
      if (node.items.length < min) {
        return say(at, node.place, "too-few", `${name(at)} has ${node.items.length} of at least ${min}`);
      }
      const items = node.items.map((one, index) => item.read(one, within(at, `[${index}]`)));
      return items.every((one) => one !== undefined) ? items : undefined;
    },
  };
}

/** Any keys that `keys` accepts; in the order of the file. */
export function dictionary<K extends string, T>(
  keys: Shape<K>,
  value: Shape<T>,
  { min = 1 } = {},
): Shape<ReadonlyMap<K, T>> {
  return {
    schema: {
      type: "object",
      propertyNames: keys.schema,
      additionalProperties: value.schema,
      minProperties: min,
    },
    read: (node, at) => {
      if (node.kind !== "map") return wrongType(node, "a map", at);
      if (node.entries.length < min) return say(at, node.place, "too-few", `${name(at)} has no entries`);
      const found = new Map<K, T>();
      for (const { key, place, value: inner } of node.entries) {
        const keyNode: YamlNode = { kind: "scalar", value: key, written: key, place, placeOf: () => place };
        const known = keys.read(keyNode, within(at, key));
        const read = value.read(inner, within(at, key));
        if (known !== undefined && read !== undefined) found.set(known, read);
      }
      return found.size === node.entries.length ? found : undefined;
    },
  };
}

/** Named fields and no others. Of the keys in `exactlyOne` one has to be there and no second. */
export function record<const F extends Fields>(
  fields: F,
  { exactlyOne = [] }: { readonly exactlyOne?: readonly (keyof F & string)[] } = {},
): Shape<ReadOf<F>> {
  const all = Object.entries<Field<unknown, boolean>>(fields);
  const needs = all.filter(([, field]) => field.needed).map(([key]) => key);
  return {
    schema: {
      type: "object",
      additionalProperties: false,
      properties: Object.fromEntries(
        all.map(([key, { shape, about }]) => [key, { description: about, ...shape.schema }]),
      ),
      ...(needs.length > 0 ? { required: needs } : {}),
      ...(exactlyOne.length > 0 ? { oneOf: exactlyOne.map((key) => ({ required: [key] })) } : {}),
    },
    read: (node, at) => {
      if (node.kind !== "map") return wrongType(node, "a map", at);
      const before = at.problems.length;
      const meant = sayUnknownKeys(node, Object.keys(fields), at);
      sayMissing(node, fields, { exactlyOne, meant }, at);
      const values: Record<string, unknown> = Object.create(null);
      for (const { key, value } of node.entries) {
        const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
        if (field !== undefined) values[key] = field.shape.read(value, within(at, key));
      }
      // Every needed key is there and read by the shape of its field, or a problem says otherwise.
      return at.problems.length === before ? (values as ReadOf<F>) : undefined;
    },
  };
}

/** Gives the keys that the unknown ones were probably meant to be. */
function sayUnknownKeys(node: YamlMap, known: readonly string[], at: Position): ReadonlySet<string> {
  const guesses = new Set<string>();
  for (const { key, place } of node.entries) {
    if (known.includes(key)) continue;
    const meant = nearest(key, known);
    if (meant !== undefined) guesses.add(meant);
    say(at, place, "unknown-key", `${at.path === "" ? "this file" : name(at)} has no key "${key}"`, {
      note: `keys are ${quoted(known)}`,
      ...(meant === undefined ? {} : { help: `write "${meant}"` }),
    });
  }
  return guesses;
}

/** A key that is there under a slightly wrong name is not missing. */
function sayMissing(
  node: YamlMap,
  fields: Fields,
  { exactlyOne, meant }: { readonly exactlyOne: readonly string[]; readonly meant: ReadonlySet<string> },
  at: Position,
): void {
  const there = new Set([...node.entries.map((entry) => entry.key), ...meant]);
  for (const [key, field] of Object.entries(fields)) {
    if (!field.needed || there.has(key)) continue;
    say(at, node.place, "missing-key", `${name(within(at, key))} is missing`, {
      help: `add "${key}": ${field.about}`,
    });
  }
  const chosen = exactlyOne.filter((key) => there.has(key));
  if (exactlyOne.length === 0 || chosen.length === 1) return;
  const which = chosen.length === 0 ? "none is there" : `${quoted(chosen)} are there`;
  say(at, node.place, "one-of", `${name(at)} has to have exactly one of ${quoted(exactlyOne)}, ${which}`);
}

export function within(at: Position, key: string): Position {
  const dot = at.path === "" || key.startsWith("[") ? "" : ".";
  return { ...at, path: `${at.path}${dot}${key}` };
}

function name({ path }: Position): string {
  return path === "" ? "the file" : `"${path}"`;
}

function wrongType(node: YamlNode, wanted: string, at: Position): undefined {
  if (node.kind !== "scalar") {
    return say(at, node.place, "wrong-type", `${name(at)} is a ${node.kind}, ${wanted} belongs here`);
  }
  if (node.value === null) return say(at, node.place, "empty", `${name(at)} has no value`);
  const kind = typeof node.value === "string" ? `the text "${node.written}"` : node.written;
  // A number or a word that YAML takes for more than text: 4.10 would lose its zero.
  const help =
    wanted === "text" && typeof node.value !== "string"
      ? { help: `write "${node.written}", with the quotes` }
      : {};
  return say(at, node.place, "wrong-type", `${name(at)} is ${kind}, ${wanted} belongs here`, help);
}
