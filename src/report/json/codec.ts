// Shapes of data, said once: from one codec come the writer, the reader that checks, and the JSON Schema.

import { get, isArray, isObject, type Json, type JsonObject } from "../../model/json.ts";

/**
 * `write` and `read` undo each other. `read` throws ShapeError for JSON of another shape.
 * Both are properties, not methods: so a codec that forgets a member of a union does not fit.
 */
export interface Codec<T> {
  readonly write: (value: T) => Json;
  /** `path`: where in the document this is, such as `$.findings[0]`. */
  readonly read: (json: Json | undefined, path: string) => T;
  readonly schema: JsonObject;
  /** As a field it is left out where it is not so, and readers need not know it. */
  readonly leftOut?: true;
}

/** What `read` found where it wanted something else; parse-report.ts turns it into an InputError. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
  readonly path: string;
  readonly wanted: string;

  constructor(path: string, wanted: string) {
    super(`${path}: ${wanted}`);
    this.path = path;
    this.wanted = wanted;
  }
}

export const text: Codec<string> = {
  write: (value) => value,
  read: (json, path) => {
    if (typeof json !== "string") throw new ShapeError(path, "a string");
    return json;
  },
  schema: { type: "string" },
};

export const count: Codec<number> = {
  write: (value) => value,
  read: (json, path) => {
    if (typeof json !== "number" || !Number.isSafeInteger(json) || json < 0) {
      throw new ShapeError(path, "a whole number");
    }
    return json;
  },
  schema: { type: "integer", minimum: 0 },
};

export const number: Codec<number> = {
  write: (value) => value,
  read: (json, path) => {
    if (typeof json !== "number") throw new ShapeError(path, "a number");
    return json;
  },
  schema: { type: "number" },
};

export const flag: Codec<boolean> = {
  write: (value) => value,
  read: (json, path) => {
    if (typeof json !== "boolean") throw new ShapeError(path, "true or false");
    return json;
  },
  schema: { type: "boolean" },
};

/** Something that is so for a few objects only. */
export const mark: Codec<true> = {
  write: (value) => value,
  read: (json, path) => {
    if (json !== true) throw new ShapeError(path, "true");
    return json;
  },
  schema: { const: true },
  leftOut: true,
};

export const scalar: Codec<string | number | boolean> = {
  write: (value) => value,
  read: (json, path) => {
    if (typeof json === "object" || json === undefined) {
      throw new ShapeError(path, "a string, a number, true or false");
    }
    return json;
  },
  schema: { anyOf: [text.schema, number.schema, flag.schema] },
};

/** Deeper JSON than this is no event. */
const DEEPEST = 64;

/** JSON of any shape, passed through as it is. */
export const anything: Codec<Json> = {
  write: (value) => value,
  read: (json, path) => {
    if (json === undefined) throw new ShapeError(path, "any value");
    if (isDeeper(json, DEEPEST)) throw new ShapeError(path, `nesting of at most ${DEEPEST} levels`);
    return json;
  },
  schema: {},
};

function isDeeper(json: Json, levels: number): boolean {
  if (typeof json !== "object" || json === null) return false;
  return levels === 0 || Object.values(json).some((inner) => isDeeper(inner, levels - 1));
}

export function oneOf<const T extends string>(...values: readonly T[]): Codec<T> {
  return {
    write: (value) => value,
    read: (json, path) => {
      const found = values.find((value) => value === json);
      if (found === undefined) throw new ShapeError(path, `one of ${values.join(", ")}`);
      return found;
    },
    schema: { enum: values },
  };
}

/** `undefined` is written as `null`; a missing key reads as `undefined` too. */
export function maybe<T>(codec: Codec<T>): Codec<T | undefined> {
  return {
    write: (value) => (value === undefined ? null : codec.write(value)),
    read: (json, path) => (json === null || json === undefined ? undefined : codec.read(json, path)),
    schema: { anyOf: [codec.schema, { type: "null" }] },
  };
}

export function listOf<T>(codec: Codec<T>): Codec<readonly T[]> {
  return {
    write: (values) => values.map((value) => codec.write(value)),
    read: (json, path) => {
      if (!isArray(json)) throw new ShapeError(path, "a list");
      return json.map((item, position) => codec.read(item, `${path}[${position}]`));
    },
    schema: { type: "array", items: codec.schema },
  };
}

export interface Named<T> extends Codec<T> {
  readonly definition: JsonObject;
}

/** The codec under a name, so that the schema says its shape once. */
export function named<T>(name: string, codec: Codec<T>): Named<T> {
  return { ...codec, schema: { $ref: `#/$defs/${name}` }, definition: codec.schema };
}

/** What a document says beside its data for those who only read it; never read back. */
export interface Derived<T> {
  readonly schema: JsonObject;
  of(value: T): Json;
}

export type Fields<T> = { readonly [K in keyof T]-?: Codec<T[K]> };

/** An object with these fields, `derived` ones first. Names are written in snake_case. */
export function object<T extends object>(
  fields: Fields<T>,
  derived: Readonly<Record<string, Derived<T>>> = {},
): Codec<T> {
  const names = Object.keys(fields) as (keyof T & string)[];
  const fieldOf = <K extends keyof T & string>(name: K): Codec<T[K]> => fields[name];
  return {
    write: (value) =>
      Object.fromEntries([
        ...Object.entries(derived).map(([name, { of }]) => [name, of(value)]),
        ...names
          .filter((name) => fields[name].leftOut !== true || value[name] !== undefined)
          .map((name) => [snakeCase(name), fieldOf(name).write(value[name])]),
      ]),
    read: (json, path) => {
      if (!isObject(json)) throw new ShapeError(path, "an object");
      const entries = names.flatMap((name): [string, unknown][] => {
        const [key, field] = [snakeCase(name), fieldOf(name)];
        const found = get(json, key);
        return field.leftOut === true && found === undefined
          ? []
          : [[name, field.read(found, `${path}.${key}`)]];
      });
      return Object.fromEntries(entries) as T;
    },
    schema: objectSchema(
      [
        ...Object.entries(derived).map(([name, { schema }]): [string, JsonObject] => [name, schema]),
        ...names.map((name): [string, JsonObject] => [snakeCase(name), fieldOf(name).schema]),
      ],
      names.filter((name) => fields[name].leftOut === true).map(snakeCase),
    ),
  };
}

function objectSchema(
  properties: readonly (readonly [string, JsonObject])[],
  leftOut: readonly string[] = [],
): JsonObject {
  return {
    type: "object",
    properties: Object.fromEntries(properties),
    required: properties.map(([name]) => name).filter((name) => !leftOut.includes(name)),
  };
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** One of several objects, told apart by the text in `tag`. */
export function tagged<Tag extends string, T extends { readonly [K in Tag]: string }>(
  tag: Tag,
  members: { readonly [V in T[Tag]]: Codec<Omit<Extract<T, { readonly [K in Tag]: V }>, Tag>> },
  derived: Readonly<Record<string, Derived<T>>> = {},
): Codec<T> {
  const codecs = new Map<string, Codec<T>>(Object.entries(members));
  const codecOf = (value: string | undefined, path: string): Codec<T> => {
    const codec = value === undefined ? undefined : codecs.get(value);
    if (codec === undefined)
      throw new ShapeError(`${path}.${tag}`, `one of ${[...codecs.keys()].join(", ")}`);
    return codec;
  };
  return {
    write: (value) => ({
      [tag]: value[tag],
      ...Object.fromEntries(Object.entries(derived).map(([name, { of }]) => [name, of(value)])),
      ...asObject(codecOf(value[tag], "$").write(value)),
    }),
    read: (json, path) => {
      const value = get(json, tag);
      const name = typeof value === "string" ? value : undefined;
      return { [tag]: name, ...codecOf(name, path).read(json, path) } as T;
    },
    schema: { oneOf: [...codecs].map(([name, codec]) => memberSchema(tag, name, codec.schema, derived)) },
  };
}

function asObject(json: Json): JsonObject {
  return isObject(json) ? json : {};
}

function memberSchema<T>(
  tag: string,
  value: string,
  schema: JsonObject,
  derived: Readonly<Record<string, Derived<T>>>,
): JsonObject {
  const own = get(schema, "properties");
  const required = get(schema, "required");
  const properties: [string, JsonObject][] = [
    [tag, { const: value }],
    ...Object.entries(isObject(own) ? own : {}).map(([name, inner]): [string, JsonObject] => [
      name,
      asObject(inner),
    ]),
    ...Object.entries(derived).map(([name, inner]): [string, JsonObject] => [name, inner.schema]),
  ];
  const names = isObject(own) ? Object.keys(own) : [];
  return objectSchema(properties, isArray(required) ? names.filter((name) => !required.includes(name)) : []);
}
