// The objects under `values`, in a state or the prior state of a plan. Modules stand within modules, so deep that they
// are walked without recursion.

import type { Json } from "../../model/json.ts";
import { OPEN_BRACE, OPEN_BRACKET } from "./json-bytes.ts";
import { CLOSED, type JsonCursor, MORE } from "./json-cursor.ts";
import { type EntryReader, type ManyReader, passMany, readEntries } from "./read-entries.ts";
import { glance, keep, members, peek, type Step } from "./read-json.ts";

/** The objects of one module instance that are read at once. */
export interface ModuleObjects {
  /** `undefined`: it has none, like the root module. */
  address?: Json;
  /** A list, unless the file is unlike a state. */
  resources?: Json;
  /** Empty where a list of modules stands; what else stands there. */
  childModules?: Json;
}

/**
 * What stands at `prior_state` or around `values`, as JSON; the modules go into `modules`, the root module first.
 * What stands there in place of modules stays in the JSON.
 */
export function* readState(cursor: JsonCursor, reader: ObjectReader, modules: ModuleObjects[]): Step<Json> {
  return yield* members(cursor, (key) =>
    key === "values" ? readValues(cursor, reader, modules) : glance(cursor),
  );
}

export function* readValues(cursor: JsonCursor, reader: ObjectReader, modules: ModuleObjects[]): Step<Json> {
  return yield* members(cursor, (key) => {
    if (key === "root_module") return readModules(cursor, reader, modules);
    return key === "outputs" ? keep(cursor) : glance(cursor);
  });
}

export interface ObjectReader extends EntryReader {
  /** For the modules in a list, with the objects in them; `undefined`: they are taken one by one. */
  readonly manyModules: ManyReader | undefined;
}

/** A module that is open, or the list of modules in it. */
type Level =
  | { readonly module: ModuleObjects; first: boolean }
  | { readonly module: undefined; first: boolean };

function* readModules(cursor: JsonCursor, reader: ObjectReader, modules: ModuleObjects[]): Step<Json> {
  if ((yield* peek(cursor)) !== OPEN_BRACE) return yield* glance(cursor);
  const levels: Level[] = [];
  const open = (): void => {
    cursor.take();
    const module: ModuleObjects = {};
    modules.push(module);
    levels.push({ module, first: true });
  };
  open();
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const ask = (): number =>
      level.module === undefined ? cursor.element(level.first) : cursor.member(level.first);
    let step = ask();
    while (step === MORE) {
      yield;
      step = ask();
    }
    level.first = false;
    if (step === CLOSED) {
      levels.pop();
    } else if (level.module === undefined) {
      const { manyModules } = reader;
      if (step === OPEN_BRACE && manyModules !== undefined && (yield* passMany(cursor, manyModules)))
        continue;
      if (step === OPEN_BRACE) open();
      else while (cursor.skip() === MORE) yield;
    } else if (cursor.keyIs("resources")) {
      if (level.module.resources !== undefined) throw cursor.twice();
      level.module.resources = yield* readEntries(cursor, reader);
    } else if (cursor.keyIs("address")) {
      level.module.address = yield* glance(cursor);
    } else if (cursor.keyIs("child_modules")) {
      if (level.module.childModules !== undefined) throw cursor.twice();
      level.module.childModules = [];
      if ((yield* peek(cursor)) === OPEN_BRACKET) {
        cursor.take();
        levels.push({ module: undefined, first: true });
      } else {
        level.module.childModules = yield* glance(cursor);
      }
    } else {
      while (cursor.skip() === MORE) yield;
    }
  }
  return {};
}
