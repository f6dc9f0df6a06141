// The steps that every part of a document is read with: generators that yield where they need the next chunk.

import type { Json } from "../../model/json.ts";
import { OPEN_BRACE, OPEN_BRACKET } from "./json-bytes.ts";
import { CLOSED, type JsonCursor, MORE } from "./json-cursor.ts";

/** Yields to get the next chunk into the cursor. */
export type Step<Result> = Generator<void, Result, void>;

/** The first byte of the next value, not taken. */
export function* peek(cursor: JsonCursor): Step<number> {
  let byte = cursor.blank();
  while (byte === MORE) {
    yield;
    byte = cursor.blank();
  }
  return byte;
}

/** The next value as a whole. */
export function* keep(cursor: JsonCursor): Step<Json> {
  yield* peek(cursor);
  const from = cursor.hold();
  while (cursor.skip() === MORE) yield;
  const value = cursor.parse(from, cursor.offset);
  cursor.release();
  return value;
}

/** A scalar as it is; an empty list or object in the place of a full one. */
export function* glance(cursor: JsonCursor): Step<Json> {
  const byte = yield* peek(cursor);
  if (byte !== OPEN_BRACE && byte !== OPEN_BRACKET) return yield* keep(cursor);
  while (cursor.skip() === MORE) yield;
  return byte === OPEN_BRACE ? {} : [];
}

/** Sections that are read as they come, so that a second one cannot take the first one's place. */
const STRUCTURE = new Set([
  "resource_changes",
  "prior_state",
  "configuration",
  "values",
  "root_module",
  "resources",
  "module_calls",
  "module",
]);

/**
 * The next value, member by member where it is an object: `read` is given the key and gets past the value. What it
 * gives stands in the result; `undefined` leaves the member out. Anything else than an object is only glanced at.
 */
export function* members(cursor: JsonCursor, read: (key: string) => Step<Json | undefined>): Step<Json> {
  if ((yield* peek(cursor)) !== OPEN_BRACE) return yield* glance(cursor);
  cursor.take();
  const object: Record<string, Json> = {};
  for (let first = true; ; first = false) {
    let step = cursor.member(first);
    while (step === MORE) {
      yield;
      step = cursor.member(first);
    }
    if (step === CLOSED) return object;
    const key = cursor.key();
    if (STRUCTURE.has(key) && Object.hasOwn(object, key)) throw cursor.twice();
    const value = yield* read(key);
    if (value === undefined) continue;
    if (key === "__proto__")
      Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
    else object[key] = value;
  }
}

/** Past the next value. */
export function* pass(cursor: JsonCursor): Step<undefined> {
  while (cursor.skip() === MORE) yield;
}
