// The entries of a list of resources: those of types in question are read, of the others a few notes are taken on the
// way past them. An entry that is unlike what Terraform writes is read as a whole, whatever it is.

import { isArray, type Json } from "../../model/json.ts";
import { OPEN_BRACE, OPEN_BRACKET } from "./json-bytes.ts";
import { CLOSED, type JsonCursor, MORE } from "./json-cursor.ts";
import { ASKED, BEHIND, type Leaper, NEED_MORE, NOTED, READ, TYPE_ASKED, UNUSUAL } from "./leap.ts";
import { glance, keep, peek, type Step } from "./read-json.ts";

/** Which list an entry stands in. */
export type EntryKind = "change" | "object" | "stored" | "configured";

/** What is gathered of an entry on the way past it; strings as they stand there. */
export interface Glimpse {
  from: number;
  to: number;
  type: string | undefined;
  mode: string | undefined;
  name: string | undefined;
  address: string | undefined;
  /** Of the module instance, as `module_address` or, in stored states, `module` says. */
  module: string | undefined;
  previousAddress: string | undefined;
  providerKey: string | undefined;
  deposed: string | undefined;
  actions: readonly string[] | undefined;
  /** Nothing stood there before the plan. */
  wasNothing: boolean;
  arnBefore: string | undefined;
  arn: string | undefined;
  /** Of the current instances of a stored block. */
  arns: readonly string[] | undefined;
}

/** Takes many entries at once, where they are as Terraform writes them. */
export interface ManyReader {
  /** "modules": objects in a list of modules; "calls": members of an object, with the blocks in them. */
  readonly kind: Exclude<EntryKind, "stored"> | "modules" | "calls";
  /** Of the module that blocks and calls stand in, such as `module.a`. */
  readonly path: string;
  /** Whether entries of a type are to be parsed; `data.` stands before those of data sources. */
  readonly reads: (type: string) => boolean;
  /** Takes the notes of those that were passed. */
  readonly note: (leaper: Leaper, cursor: JsonCursor) => void;
}

export interface EntryReader {
  readonly kind: EntryKind;
  /** `undefined`: they are taken one by one. */
  readonly many: ManyReader | undefined;
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
    if (byte === OPEN_BRACE && reader.many !== undefined && (yield* passMany(cursor, reader.many))) continue;
    const entry = byte === OPEN_BRACE ? yield* readEntry(cursor, reader) : yield* keep(cursor);
    if (entry !== undefined) read.push(entry);
  }
}

/** Past entries from the one on that the cursor stands before. `false`: it stands before one to be taken by itself. */
export function* passMany(cursor: JsonCursor, many: ManyReader): Step<boolean> {
  for (;;) {
    const { leaper } = cursor;
    if (leaper === undefined) return false;
    const answer = cursor.passEntries(leaper, many);
    many.note(leaper, cursor);
    if (answer === UNUSUAL) return false;
    if (answer === BEHIND) return true;
    if (answer === NEED_MORE) {
      const there = cursor.upcoming.length;
      if (cursor.ahead(WHOLE_ENTRY)) return false;
      // Twice as much, so that many short chunks are not looked at again with each of them.
      do yield;
      while (!cursor.ahead(2 * there));
    } else if (answer === ASKED) {
      const type = leaper.words[TYPE_ASKED] ?? 0;
      leaper.interests[type] = many.reads(leaper.text(type)) ? READ : NOTED;
    }
  }
}

/** Entries up to this length are put together from two chunks, in bytes. */
const WHOLE_ENTRY = 2 ** 17;

function* readEntry(cursor: JsonCursor, reader: EntryReader): Step<Json | undefined> {
  const from = cursor.hold();
  const glimpse = nothingSeen(from);
  cursor.take();
  let usual = true;
  let seen = 0;
  for (let first = true; ; first = false) {
    let step = cursor.member(first);
    while (step === MORE) {
      yield;
      step = cursor.member(first);
    }
    if (step === CLOSED) break;
    const field = fieldAt(cursor, reader.kind);
    if (field === OTHER) {
      while (cursor.skip() === MORE) yield;
      continue;
    }
    const bit = 1 << field;
    usual &&= (seen & bit) === 0;
    seen |= bit;
    if (field === CHANGE) yield* passChange(cursor, glimpse);
    else if (field === VALUES) glimpse.arn = yield* arnIn(cursor);
    else if (field === INSTANCES) glimpse.arns = yield* arnsIn(cursor);
    else {
      while (cursor.skip() === MORE) yield;
      note(cursor, glimpse, field);
      if (field === TYPE && usual && glimpse.type !== undefined && reader.reads(glimpse.type)) {
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

function nothingSeen(from: number): Glimpse {
  return {
    from,
    to: from,
    type: undefined,
    mode: undefined,
    name: undefined,
    address: undefined,
    module: undefined,
    previousAddress: undefined,
    providerKey: undefined,
    deposed: undefined,
    actions: undefined,
    wasNothing: false,
    arnBefore: undefined,
    arn: undefined,
    arns: undefined,
  };
}

// Fields, by number.
const OTHER = 0;
const TYPE = 1;
const MODE = 2;
const NAME = 3;
const ADDRESS = 4;
const MODULE = 5;
const PREVIOUS_ADDRESS = 6;
const PROVIDER_KEY = 7;
const DEPOSED = 8;
const CHANGE = 9;
const VALUES = 10;
const INSTANCES = 11;

const FIELDS: Readonly<Record<EntryKind, readonly KnownKey[]>> = {
  change: [
    ["change", CHANGE],
    ["address", ADDRESS],
    ["module_address", MODULE],
    ["mode", MODE],
    ["type", TYPE],
    ["previous_address", PREVIOUS_ADDRESS],
    ["deposed", DEPOSED],
  ],
  object: [
    ["values", VALUES],
    ["address", ADDRESS],
    ["mode", MODE],
    ["type", TYPE],
    ["deposed_key", DEPOSED],
  ],
  stored: [
    ["instances", INSTANCES],
    ["provider", PROVIDER_KEY],
    ["module", MODULE],
    ["mode", MODE],
    ["type", TYPE],
    ["name", NAME],
  ],
  configured: [
    ["mode", MODE],
    ["type", TYPE],
    ["name", NAME],
    ["provider_config_key", PROVIDER_KEY],
  ],
};

type KnownKey = readonly [key: string, field: number];

/** By the length of the key: hardly two have the same, so that most keys are told apart by it alone. */
const BY_LENGTH: Readonly<Record<EntryKind, readonly (readonly KnownKey[])[]>> = {
  change: byLength(FIELDS.change),
  object: byLength(FIELDS.object),
  stored: byLength(FIELDS.stored),
  configured: byLength(FIELDS.configured),
};

function byLength(fields: readonly KnownKey[]): readonly (readonly KnownKey[])[] {
  const longest = Math.max(...fields.map(([key]) => key.length));
  return Array.from({ length: longest + 1 }, (_, length) => fields.filter(([key]) => key.length === length));
}

function fieldAt(cursor: JsonCursor, kind: EntryKind): number {
  const length = cursor.keyLength;
  const known = length === undefined ? FIELDS[kind] : (BY_LENGTH[kind][length] ?? NO_KEYS);
  for (let index = 0; index < known.length; index += 1) {
    const candidate = known[index];
    if (candidate !== undefined && cursor.keyIs(candidate[0])) return candidate[1];
  }
  return OTHER;
}

const NO_KEYS: readonly KnownKey[] = [];

/** A value that is no text has been seen, and stays `undefined`. */
function note(cursor: JsonCursor, glimpse: Glimpse, field: number): void {
  switch (field) {
    case TYPE:
      glimpse.type = cursor.skippedString();
      break;
    case MODE:
      glimpse.mode = cursor.skippedIs("managed") ? "managed" : cursor.skippedString();
      break;
    case NAME:
      glimpse.name = cursor.skippedString();
      break;
    case ADDRESS:
      glimpse.address = cursor.skippedString();
      break;
    case MODULE:
      glimpse.module = cursor.skippedString();
      break;
    case PREVIOUS_ADDRESS:
      glimpse.previousAddress = cursor.skippedString();
      break;
    case PROVIDER_KEY:
      glimpse.providerKey = cursor.skippedString();
      break;
    case DEPOSED:
      glimpse.deposed = cursor.skippedString();
      break;
  }
}

function* passChange(cursor: JsonCursor, glimpse: Glimpse): Step<void> {
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
      glimpse.actions = yield* actionsIn(cursor);
    } else if (cursor.keyIs("after")) {
      glimpse.arn = yield* arnIn(cursor);
    } else if (cursor.keyIs("before")) {
      glimpse.wasNothing = (yield* peek(cursor)) === NULL;
      if (glimpse.actions?.includes("forget") === false) while (cursor.skip() === MORE) yield;
      else glimpse.arnBefore = yield* arnIn(cursor);
    } else {
      while (cursor.skip() === MORE) yield;
    }
  }
}

const NULL = 0x6e;

/** Most changes have one of a few lists of actions, printed alike. */
function* actionsIn(cursor: JsonCursor): Step<readonly string[]> {
  yield* peek(cursor);
  const from = cursor.hold();
  while (cursor.skip() === MORE) yield;
  const usual = USUAL_ACTIONS.find(({ text }) => cursor.holds(from, text));
  const actions = usual?.actions ?? cursor.parse(from, cursor.offset);
  cursor.release();
  return isArray(actions) ? actions.filter((action) => typeof action === "string") : [];
}

const USUAL_ACTIONS = [["no-op"], ["create"], ["update"], ["read"], ["delete"], ["delete", "create"]].map(
  (actions) => ({ text: JSON.stringify(actions), actions }),
);

/** The `arn` of the object that the cursor stands before. */
function* arnIn(cursor: JsonCursor): Step<string | undefined> {
  if ((yield* peek(cursor)) !== OPEN_BRACE) {
    while (cursor.skip() === MORE) yield;
    return undefined;
  }
  cursor.take();
  let step = cursor.toArn();
  while (step === MORE) {
    yield;
    step = cursor.toArn();
  }
  if (step === CLOSED) return undefined;
  while (cursor.skip() === MORE) yield;
  const arn = cursor.skippedString();
  while (cursor.skipRest() === MORE) yield;
  return arn;
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
