// The entries of a list of resources: those of types in question are read, of the others a few notes are taken on the
// way past them. An entry that is unlike what Terraform writes is read as a whole, whatever it is.

import { isArray, type Json } from "../../model/json.ts";
import { CLOSED, type JsonCursor, MORE, OPEN_BRACE, OPEN_BRACKET } from "./json-cursor.ts";
import { glance, keep, peek, type Step } from "./read-json.ts";

/** Which list an entry stands in. */
export type EntryKind = "change" | "object" | "stored" | "configured";

/** What is gathered of an entry on the way past it; strings as they stand there. */
export interface Glimpse {
  readonly from: number;
  to: number;
  type?: string;
  mode?: string;
  name?: string;
  address?: string;
  /** Of the module instance, as `module_address` or, in stored states, `module` says. */
  module?: string;
  previousAddress?: string;
  providerKey?: string;
  deposed?: string;
  actions?: readonly string[];
  /** Nothing stood there before the plan. */
  wasNothing?: boolean;
  arnBefore?: string;
  arn?: string;
  /** Of the current instances of a stored block. */
  arns?: readonly string[];
}

export interface EntryReader {
  readonly kind: EntryKind;
  /** Whether entries of the type are read here and now. */
  readonly reads: (type: string) => boolean;
  /** Takes the notes of an entry that is passed; `false`: it has to be read after all. */
  readonly pass: (glimpse: Glimpse, cursor: JsonCursor) => boolean;
}

/** The entries that are read, in their order. The cursor stands before the list; anything else is glanced at. */
export function* readEntries(cursor: JsonCursor, reader: EntryReader): Step<Json> {
  if ((yield* peek(cursor)) !== OPEN_BRACKET) return yield* glance(cursor);
  cursor.take();
  const read: Json[] = [];
  for (let first = true; ; first = false) {
    let byte = cursor.element(first);
    while (byte === MORE) {
      yield;
      byte = cursor.element(first);
    }
    if (byte === CLOSED) return read;
    const entry = byte === OPEN_BRACE ? yield* readEntry(cursor, reader) : yield* keep(cursor);
    if (entry !== undefined) read.push(entry);
  }
}

function* readEntry(cursor: JsonCursor, reader: EntryReader): Step<Json | undefined> {
  const from = cursor.hold();
  const glimpse: Glimpse = { from, to: from };
  cursor.take();
  let usual = true;
  for (let first = true; ; first = false) {
    let step = cursor.member(first);
    while (step === MORE) {
      yield;
      step = cursor.member(first);
    }
    if (step === CLOSED) break;
    const field = fieldAt(cursor, reader.kind);
    if (field === undefined) {
      while (cursor.skip() === MORE) yield;
      continue;
    }
    usual &&= !(field in glimpse);
    if (field === "actions") yield* passChange(cursor, glimpse);
    else if (field === "arn") set(glimpse, "arn", yield* arnIn(cursor));
    else if (field === "arns") glimpse.arns = yield* arnsIn(cursor);
    else {
      while (cursor.skip() === MORE) yield;
      set(glimpse, field, cursor.skippedString());
      if (field === "type" && usual && glimpse.type !== undefined && reader.reads(glimpse.type)) {
        while (cursor.skipRest() === MORE) yield;
        usual = false;
        break;
      }
    }
  }
  glimpse.to = cursor.offset;
  const passed = usual && reader.pass(glimpse, cursor);
  const entry = passed ? undefined : cursor.parse(from, glimpse.to);
  cursor.release();
  return entry;
}

type TextField =
  | "type"
  | "mode"
  | "name"
  | "address"
  | "module"
  | "previousAddress"
  | "providerKey"
  | "deposed";
type Field = TextField | "actions" | "arn" | "arns";

const FIELDS: Readonly<Record<EntryKind, readonly (readonly [key: string, field: Field])[]>> = {
  change: [
    ["change", "actions"],
    ["address", "address"],
    ["module_address", "module"],
    ["mode", "mode"],
    ["type", "type"],
    ["previous_address", "previousAddress"],
    ["deposed", "deposed"],
  ],
  object: [
    ["values", "arn"],
    ["address", "address"],
    ["mode", "mode"],
    ["type", "type"],
    ["deposed_key", "deposed"],
  ],
  stored: [
    ["instances", "arns"],
    ["provider", "providerKey"],
    ["module", "module"],
    ["mode", "mode"],
    ["type", "type"],
    ["name", "name"],
  ],
  configured: [
    ["address", "address"],
    ["mode", "mode"],
    ["type", "type"],
    ["name", "name"],
    ["provider_config_key", "providerKey"],
  ],
};

function fieldAt(cursor: JsonCursor, kind: EntryKind): Field | undefined {
  for (const [key, field] of FIELDS[kind]) if (cursor.keyIs(key)) return field;
  return undefined;
}

/** A field of another kind than text counts as there, and has no value. */
function set(glimpse: Glimpse, field: TextField | "arn" | "arnBefore", value: string | undefined): void {
  Object.assign(glimpse, { [field]: value });
}

function* passChange(cursor: JsonCursor, glimpse: Glimpse): Step<void> {
  Object.assign(glimpse, { actions: undefined });
  if ((yield* peek(cursor)) !== OPEN_BRACE) {
    while (cursor.skip() === MORE) yield;
    return;
  }
  cursor.take();
  for (let first = true; ; first = false) {
    let step = cursor.member(first);
    while (step === MORE) {
      yield;
      step = cursor.member(first);
    }
    if (step === CLOSED) return;
    if (cursor.keyIs("actions")) {
      const actions = yield* keep(cursor);
      glimpse.actions = isArray(actions) ? actions.filter((action) => typeof action === "string") : [];
    } else if (cursor.keyIs("after")) {
      set(glimpse, "arn", yield* arnIn(cursor));
    } else if (cursor.keyIs("before")) {
      glimpse.wasNothing = (yield* peek(cursor)) === NULL;
      if (glimpse.actions?.includes("forget") === false) while (cursor.skip() === MORE) yield;
      else set(glimpse, "arnBefore", yield* arnIn(cursor));
    } else {
      while (cursor.skip() === MORE) yield;
    }
  }
}

const NULL = 0x6e;

/** The `arn` of the object that the cursor stands before. */
function* arnIn(cursor: JsonCursor): Step<string | undefined> {
  if ((yield* peek(cursor)) !== OPEN_BRACE) {
    while (cursor.skip() === MORE) yield;
    return undefined;
  }
  cursor.take();
  let arn: string | undefined;
  for (let first = true; ; first = false) {
    let step = cursor.member(first);
    while (step === MORE) {
      yield;
      step = cursor.member(first);
    }
    if (step === CLOSED) return arn;
    const found = cursor.keyIs("arn");
    while (cursor.skip() === MORE) yield;
    if (found) arn = cursor.skippedString();
  }
}

/** The ARNs of the current instances in the list that the cursor stands before. */
function* arnsIn(cursor: JsonCursor): Step<readonly string[]> {
  const arns: string[] = [];
  if ((yield* peek(cursor)) !== OPEN_BRACKET) {
    while (cursor.skip() === MORE) yield;
    return arns;
  }
  cursor.take();
  for (let first = true; ; first = false) {
    let byte = cursor.element(first);
    while (byte === MORE) {
      yield;
      byte = cursor.element(first);
    }
    if (byte === CLOSED) return arns;
    const arn = byte === OPEN_BRACE ? yield* arnOfInstance(cursor) : yield* passed(cursor);
    if (arn !== undefined) arns.push(arn);
  }
}

function* passed(cursor: JsonCursor): Step<undefined> {
  while (cursor.skip() === MORE) yield;
}

function* arnOfInstance(cursor: JsonCursor): Step<string | undefined> {
  cursor.take();
  let arn: string | undefined;
  let deposed: string | undefined;
  for (let first = true; ; first = false) {
    let step = cursor.member(first);
    while (step === MORE) {
      yield;
      step = cursor.member(first);
    }
    if (step === CLOSED) return deposed === undefined || deposed === "" ? arn : undefined;
    if (cursor.keyIs("attributes")) {
      arn = yield* arnIn(cursor);
      continue;
    }
    const found = cursor.keyIs("deposed");
    while (cursor.skip() === MORE) yield;
    if (found) deposed = cursor.skippedString();
  }
}
