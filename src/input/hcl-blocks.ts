// The loose JSON of hcl2json and of .tf.json files as blocks. Both have the same shape: an expression is a string
// with `${ }` in it, a block is an object or a list of objects under its type and labels.

import type { Body, ConfigurationBlock, DynamicBlock, Expression } from "../model/configuration.ts";
import { get, isArray, isObject, type Json, type JsonObject } from "../model/json.ts";
import type { SourceLocation } from "../model/source.ts";
import type { ExpressionPool } from "./expression-pool.ts";
import type { LocatedBlock, LocatedBody } from "./locate.ts";
import type { LocatedJsonBlock } from "./locate-json.ts";

/** A file as loose JSON; JSON files have no located blocks, but places. */
export interface BlockSource {
  readonly json: Json;
  readonly located: readonly LocatedBlock[];
  readonly places: ReadonlyMap<string, LocatedJsonBlock[]>;
}

/** Block types of the language and how many labels each has. */
const LABELS: ReadonlyMap<string, number> = new Map([
  ["resource", 2],
  ["data", 2],
  ["ephemeral", 2],
  ["module", 1],
  ["variable", 1],
  ["output", 1],
  ["provider", 1],
  ["check", 1],
  ["locals", 0],
  ["terraform", 0],
  ["moved", 0],
  ["import", 0],
  ["removed", 0],
]);

/** Asks the pool for every expression of the file. Throws `UnreadableText`. */
export function wantBlocks(source: BlockSource, pool: ExpressionPool): void {
  for (const block of rawBlocks(source)) wantIn(block.body, block.located, wanting(pool));
}

function wanting(pool: ExpressionPool): Reader<void> {
  return {
    template: (text) => pool.want(text),
    expression: (text) => pool.wantExpression(text),
  };
}

/** The blocks in the order of the file; those of a JSON file in its own. Throws `UnreadableText`. */
export function readBlocks(source: BlockSource, pool: ExpressionPool): readonly ConfigurationBlock[] {
  return rawBlocks(source).map(({ type, labels, body, located, place }) => ({
    type,
    labels,
    body: readBody(body, located, pool),
    location: located?.start ?? place?.start,
    attributes: place?.attributes ?? attributesOf(located),
    comments: located?.comments ?? [],
  }));
}

function attributesOf(located: LocatedBlock | undefined): ReadonlyMap<string, SourceLocation> {
  return new Map([...(located?.attributes ?? [])].map(([name, attribute]) => [name, attribute.start]));
}

interface RawBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: JsonObject;
  readonly located: LocatedBlock | undefined;
  readonly place: LocatedJsonBlock | undefined;
}

/** How many labels a type of block has; `undefined`: there is no such type. */
export function labelCount(type: string): number | undefined {
  return LABELS.get(type);
}

function rawBlocks(source: BlockSource): readonly RawBlock[] {
  const queues = new Map<string, LocatedBlock[]>();
  for (const block of source.located) {
    const name = JSON.stringify([block.kind, ...block.labels]);
    const queue = queues.get(name);
    if (queue === undefined) queues.set(name, [block]);
    else queue.push(block);
  }
  const places = new Map([...source.places].map(([name, blocks]) => [name, [...blocks]]));
  const collecting: Collecting = { queues, places, blocks: [] };
  for (const root of asList(source.json)) {
    for (const [type, json] of entriesOf(root)) {
      const depth = labelCount(type);
      if (depth !== undefined) collect(json, depth, [type], collecting);
    }
  }
  return collecting.blocks;
}

interface Collecting {
  readonly queues: ReadonlyMap<string, LocatedBlock[]>;
  readonly places: ReadonlyMap<string, LocatedJsonBlock[]>;
  readonly blocks: RawBlock[];
}

/** `path` is the type and the labels so far. */
function collect(json: Json, depth: number, path: readonly string[], into: Collecting): void {
  for (const level of asList(json)) {
    if (depth > 0) {
      for (const [label, inside] of entriesOf(level)) collect(inside, depth - 1, [...path, label], into);
    } else if (isObject(level)) {
      const [type = "", ...labels] = path;
      const name = JSON.stringify(path);
      const located = into.queues.get(name)?.shift();
      const body = located === undefined ? fromJsonSyntax(type, level) : level;
      into.blocks.push({ type, labels, body, located, place: into.places.get(name)?.shift() });
    }
  }
}

function asList(json: Json | undefined): readonly Json[] {
  return isArray(json) ? json : json === undefined ? [] : [json];
}

/** A property named "//" is a comment. Source: https://developer.hashicorp.com/terraform/language/syntax/json */
function entriesOf(json: Json): readonly (readonly [string, Json])[] {
  return isObject(json) ? Object.entries(json).filter(([key]) => key !== "//") : [];
}

/**
 * JSON syntax writes types and providers as plain strings; the native syntax writes expressions.
 * Source: https://developer.hashicorp.com/terraform/language/syntax/json#block-type-specific-exceptions
 */
function fromJsonSyntax(type: string, body: JsonObject): JsonObject {
  const bare = (json: Json | undefined): Json | undefined =>
    typeof json === "string" && !json.includes("${") ? `\${${json}}` : json;
  const changed: Record<string, Json> = { ...body };
  for (const name of [type === "variable" ? "type" : "provider"]) {
    const value = bare(get(body, name));
    if (value !== undefined) changed[name] = value;
  }
  const providers = get(body, "providers");
  if (type === "module" && isObject(providers)) {
    changed.providers = Object.fromEntries(
      Object.entries(providers).map(([name, value]) => [name, bare(value) ?? null]),
    );
  }
  return changed;
}

/** The assignments of a variable file, which is a body without blocks. Asked for and read in two steps, like blocks. */
export function wantAssignments(json: Json, located: LocatedBody | undefined, pool: ExpressionPool): void {
  if (isObject(json)) wantIn(json, located, wanting(pool));
}

export function readAssignments(
  json: Json,
  located: LocatedBody | undefined,
  pool: ExpressionPool,
): ReadonlyMap<string, Expression> {
  return isObject(json) ? readBody(json, located, pool).entries : new Map();
}

// Bodies

/**
 * The argument's own text, where its JSON does not say it exactly: numbers beyond what a double holds.
 * `undefined` where the JSON will do.
 */
function ownText(json: Json, name: string, located: LocatedBody | undefined): string | undefined {
  return losesDigits(json) ? located?.attributes.get(name)?.text : undefined;
}

function losesDigits(json: Json): boolean {
  if (typeof json === "number")
    return !Number.isSafeInteger(json) && String(json).replace(/\D/g, "").length > 15;
  if (isArray(json)) return json.some(losesDigits);
  return isObject(json) && Object.values(json).some(losesDigits);
}

function isBlockList(
  json: Json,
  name: string,
  located: LocatedBody | undefined,
): json is readonly JsonObject[] {
  return isArray(json) && json.length > 0 && json.every(isObject) && !located?.attributes.has(name);
}

/** The located block of a type inside another; dynamic blocks are asked for by their label. */
function inner(
  located: LocatedBody | undefined,
  kind: string,
  label: string | undefined,
  index: number,
): LocatedBlock | undefined {
  return located?.blocks.filter(
    (block) => block.kind === kind && (label === undefined || block.labels[0] === label),
  )[index];
}

interface Reader<Result> {
  template(text: string): Result;
  expression(text: string): Result;
}

function wantIn(body: JsonObject, located: LocatedBody | undefined, want: Reader<void>): void {
  for (const [name, json] of entriesOf(body)) {
    if (name === "dynamic" && !located?.attributes.has(name)) {
      for (const [label, blocks] of entriesOf(json)) {
        asList(blocks).forEach((block, index) => {
          if (isObject(block)) wantIn(block, inner(located, "dynamic", label, index), want);
        });
      }
    } else if (isBlockList(json, name, located)) {
      json.forEach((block, index) => {
        wantIn(block, inner(located, name, undefined, index), want);
      });
    } else {
      const own = ownText(json, name, located);
      if (own === undefined) wantValue(json, want);
      else want.expression(own);
    }
  }
}

function wantValue(json: Json, want: Reader<void>): void {
  if (typeof json === "string") want.template(json);
  else if (isArray(json)) for (const element of json) wantValue(element, want);
  else if (isObject(json)) {
    for (const [key, value] of Object.entries(json)) {
      want.template(key);
      wantValue(value, want);
    }
  }
}

function readBody(body: JsonObject, located: LocatedBody | undefined, pool: ExpressionPool): Body {
  const entries = new Map<string, Expression>();
  const dynamic = new Map<string, readonly DynamicBlock[]>();
  for (const [name, json] of entriesOf(body)) {
    if (name === "dynamic" && !located?.attributes.has(name)) {
      for (const [label, blocks] of entriesOf(json)) {
        dynamic.set(
          label,
          asList(blocks).flatMap((block, index) => {
            const where = inner(located, "dynamic", label, index);
            return isObject(block) ? [readDynamic(label, block, where, pool)] : [];
          }),
        );
      }
    } else if (isBlockList(json, name, located)) {
      const bodies = json.map((block, index) =>
        readBody(block, inner(located, name, undefined, index), pool),
      );
      entries.set(name, { kind: "tuple", elements: bodies });
    } else {
      const own = ownText(json, name, located);
      entries.set(name, own === undefined ? readValue(json, pool) : pool.expression(own));
    }
  }
  return { kind: "body", entries, dynamic };
}

function readDynamic(
  label: string,
  block: JsonObject,
  located: LocatedBody | undefined,
  pool: ExpressionPool,
): DynamicBlock {
  const content = asList(get(block, "content"))[0];
  const iterator = get(block, "iterator");
  const bare = typeof iterator === "string" ? iterator.replace(/^\$\{\s*|\s*\}$/g, "") : label;
  return {
    forEach: readValue(get(block, "for_each") ?? null, pool),
    iterator: bare,
    content: readBody(isObject(content) ? content : {}, inner(located, "content", undefined, 0), pool),
  };
}

function readValue(json: Json, pool: ExpressionPool): Expression {
  if (typeof json === "string") return pool.template(json);
  if (isArray(json)) return { kind: "tuple", elements: json.map((element) => readValue(element, pool)) };
  if (isObject(json)) {
    return {
      kind: "object",
      entries: Object.entries(json).map(([key, value]) => [pool.template(key), readValue(value, pool)]),
    };
  }
  return { kind: "literal", value: json };
}
