// The configuration of a plan: modules within modules. A call is kept as text and read when somebody asks for it, since
// large plans have thousands of calls and a chain leads through a few.

import type { Json } from "../../model/json.ts";
import { MAX_MODULE_DEPTH, tooDeep } from "../shape.ts";
import { OPEN_BRACE } from "./json-bytes.ts";
import { CLOSED, type JsonCursor, MORE } from "./json-cursor.ts";
import type { KeptBytes } from "./kept-bytes.ts";
import { CALL_COUNT } from "./leap.ts";
import { type EntryReader, type ManyReader, passMany, readEntries } from "./read-entries.ts";
import { glance, keep, members, pass, peek, type Step } from "./read-json.ts";

/** A module: what stands in it, with the calls apart. */
export interface ModuleParts {
  /** JSON with outputs, variables and the resources that are read; `module_calls` is empty, if it is an object. */
  readonly own: Json;
  readonly calls: ReadonlyMap<string, PackedCall>;
}

/** `text`: JSON of the call with its `module`, as in `ModuleParts.own`. Else where the whole call is found: see `Stored`. */
export type PackedCall =
  | { readonly text: string; readonly calls: ReadonlyMap<string, PackedCall> }
  | { readonly from: number; readonly to: number };

export interface ConfigurationReader {
  readonly label: string;
  /** Calls can be had from the source again. */
  readonly rereads: boolean;
  /** For the blocks of a module; `path` as in `noteConfigured`. */
  readonly entries: (path: string) => EntryReader;
  /** For its calls; `undefined`: they are taken one by one. */
  readonly calls: (path: string, found: Map<string, PackedCall>) => ManyReader | undefined;
}

/** Throws InputError for modules nested without end. */
export function* readModule(
  cursor: JsonCursor,
  path: readonly string[],
  reader: ConfigurationReader,
): Step<ModuleParts> {
  if (path.length > MAX_MODULE_DEPTH) throw tooDeep(reader.label);
  const calls = new Map<string, PackedCall>();
  const own = yield* members(cursor, (key) => {
    switch (key) {
      case "resources":
        return readEntries(cursor, reader.entries(printed(path)));
      case "module_calls":
        return readCalls(cursor, path, reader, calls);
      case "outputs":
      case "variables":
        return keep(cursor);
      default:
        return pass(cursor);
    }
  });
  return { own, calls };
}

function printed(path: readonly string[]): string {
  return path.map((name) => `module.${name}`).join(".");
}

function* readCalls(
  cursor: JsonCursor,
  path: readonly string[],
  reader: ConfigurationReader,
  calls: Map<string, PackedCall>,
): Step<Json> {
  if ((yield* peek(cursor)) !== OPEN_BRACE) return yield* glance(cursor);
  cursor.take();
  const many = reader.calls(printed(path), calls);
  for (let first = true; ; first = false) {
    let step = cursor.toMember(first);
    while (step === MORE) {
      yield;
      step = cursor.toMember(first);
    }
    if (step === CLOSED) return {};
    if (many !== undefined && (yield* passMany(cursor, many))) continue;
    while (cursor.member(first) === MORE) yield;
    const name = cursor.key();
    calls.set(name, yield* readCall(cursor, [...path, name], reader));
  }
}

/** Bytes of a call that is read as a whole, with all below it, when somebody asks for it. */
const SMALL_CALL = 65_536;

const KEPT = new Set(["source", "expressions", "count_expression", "for_each_expression"]);

function* readCall(
  cursor: JsonCursor,
  path: readonly string[],
  reader: ConfigurationReader,
): Step<PackedCall> {
  yield* peek(cursor);
  const from = cursor.offset;
  let inside: ReadonlyMap<string, PackedCall> = NO_CALLS;
  const call = yield* members(cursor, function* (key): Step<Json | undefined> {
    if (key !== "module") return KEPT.has(key) ? yield* keep(cursor) : yield* pass(cursor);
    if ((yield* peek(cursor)) !== OPEN_BRACE) return yield* glance(cursor);
    const { own, calls } = yield* readModule(cursor, path, reader);
    if (calls.size > 0) inside = calls;
    return own;
  });
  const to = cursor.offset;
  return reader.rereads && to - from < SMALL_CALL
    ? { from, to }
    : { text: JSON.stringify(call), calls: inside };
}

const NO_CALLS: ReadonlyMap<string, PackedCall> = new Map();

/** Takes calls that the leaper has passed. `kept`: where they go if they cannot be had from the source again. */
export function callReader(
  many: ManyReader | undefined,
  calls: Map<string, PackedCall>,
  kept: KeptBytes | undefined,
): ManyReader | undefined {
  if (many === undefined) return undefined;
  return {
    ...many,
    note: (leaper, cursor) => {
      many.note(leaper, cursor);
      const { callNames, callNameLengths, callFrom, callLengths } = leaper.columns;
      const count = leaper.words[CALL_COUNT] ?? 0;
      for (let row = 0; row < count; row += 1) {
        const at = callFrom[row] ?? 0;
        const length = callLengths[row] ?? 0;
        const name = leaper.at(callNames[row] ?? 0, callNameLengths[row] ?? 0);
        const from = kept?.add(cursor.slice(at, at + length)) ?? at;
        calls.set(name, { from, to: from + length });
      }
    },
  };
}
