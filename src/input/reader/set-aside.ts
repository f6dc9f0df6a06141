// Notes on the entries of a document that are not read with the rest: where those stand that may be asked for later
// (stored-entries.ts), and what tells modules, accounts and the kind of plan (summarize.ts). Numbers in lists, for many
// entries.

import { fateOf } from "../../model/fate.ts";
import { fingerprint } from "./fingerprint.ts";
import type { JsonCursor } from "./json-cursor.ts";
import { KeptBytes } from "./kept-bytes.ts";
import { type Columns, ENTRIES_DESTROYED, ENTRIES_MANAGED, ENTRY_COUNT, type Leaper } from "./leap.ts";
import { NumberList } from "./number-list.ts";
import type { Reading } from "./read-document.ts";
import type { EntryKind, Glimpse, ManyReader } from "./read-entries.ts";
import { NO_TEXT, Texts } from "./texts.ts";

/** "at-once" with the document; "on-demand" when asked for; "spare": the same as long as there is room for it. */
export type Interest = "at-once" | "on-demand" | "spare";

/** By type of resources and data sources. */
export type Interests = (type: string) => Interest;

/** Entries in one kind of list, one row each. Their types are texts, with `data.` before those of data sources. */
export interface Rows {
  readonly types: NumberList;
  readonly blocks: NumberList;
  /** In the source; where entries cannot be had from it again, in `Notes.kept`, or NOT_KEPT. */
  readonly from: NumberList;
  readonly lengths: NumberList;
  /** The rows of each type, made when the first is asked for. */
  byType: ReadonlyMap<string, readonly number[]> | undefined;
}

/** Objects that are there, one row each: its address, its block, what its ARN says, its module, whether it is managed. */
export interface ObjectRows {
  readonly addresses: NumberList;
  readonly blocks: NumberList;
  readonly arns: NumberList;
  readonly modules: NumberList;
  readonly managed: NumberList;
  managedCount: number;
}

/** There was no room for the entry. */
export const NOT_KEPT = -1;

export interface Notes {
  /** `undefined`: everything is read at once. */
  readonly interestIn: Interests | undefined;
  readonly rows: Readonly<Record<EntryKind, Rows>>;
  readonly changed: ObjectRows;
  /** Of `prior_state`, or of a state. */
  readonly prior: ObjectRows;
  readonly movedFrom: string[];
  destroyed: number;
  /** Blocks with the keys of their providers, and the paths of the modules that these are written in. */
  readonly configured: {
    readonly blocks: NumberList;
    readonly providers: NumberList;
    readonly paths: NumberList;
  };
  readonly texts: Texts;
  /** Entries that cannot be had from the source again; `undefined`: all of them can. */
  readonly kept: KeptBytes | undefined;
  /** Bytes that are left for spare entries, where they cannot. */
  room: number;
  /** Types of which entries were left out. */
  readonly leftOut: Set<string>;
}

/** See `Reading.room`. */
const ROOM = 32 * 2 ** 20;

export function createNotes({ interestIn, rereads, room = ROOM }: Reading): Notes {
  return {
    interestIn,
    rows: { change: createRows(), object: createRows(), stored: createRows(), configured: createRows() },
    changed: createObjectRows(),
    prior: createObjectRows(),
    movedFrom: [],
    destroyed: 0,
    configured: {
      blocks: new NumberList(),
      providers: new NumberList(Int32Array),
      paths: new NumberList(Int32Array),
    },
    texts: new Texts(),
    kept: rereads ? undefined : new KeptBytes(),
    room,
    leftOut: new Set(),
  };
}

function createRows(): Rows {
  return {
    types: new NumberList(Int32Array),
    blocks: new NumberList(),
    from: new NumberList(),
    lengths: new NumberList(Uint32Array),
    byType: undefined,
  };
}

function createObjectRows(): ObjectRows {
  return {
    addresses: new NumberList(),
    blocks: new NumberList(),
    arns: new NumberList(Int32Array),
    modules: new NumberList(Int32Array),
    managed: new NumberList(Uint8Array),
    managedCount: 0,
  };
}

// One entry

/** Notes a change; `false`: it is unlike what Terraform writes. */
export function noteChange(notes: Notes, glimpse: Glimpse, cursor: JsonCursor): boolean {
  const { type, mode, address, actions } = glimpse;
  if (type === undefined || address === undefined || actions === undefined || !isMode(mode)) return false;
  if (isMarked(glimpse.deposed)) return true;
  const block = fingerprint(withoutKeys(address));
  store(notes, "change", glimpse, block, cursor);
  if (glimpse.previousAddress !== undefined) notes.movedFrom.push(glimpse.previousAddress);
  const fate = fateOf(actions);
  const gone = fate === "destroyed" || (fate === "forgotten" && glimpse.wasNothing);
  if (mode === "managed" && fate === "destroyed") notes.destroyed += 1;
  noteObjectAt(notes.changed, notes.texts, {
    address: fingerprint(address),
    block,
    module: gone ? undefined : (glimpse.module ?? ""),
    managed: mode === "managed",
    arn: gone ? undefined : fate === "forgotten" ? glimpse.arnBefore : glimpse.arn,
  });
  return true;
}

/** As `noteChange`, for an object of a state or a prior state. */
export function noteObject(notes: Notes, glimpse: Glimpse, cursor: JsonCursor): boolean {
  const { type, mode, address } = glimpse;
  if (type === undefined || address === undefined || !isMode(mode)) return false;
  if (isMarked(glimpse.deposed)) return true;
  const block = fingerprint(withoutKeys(address));
  store(notes, "object", glimpse, block, cursor);
  noteObjectAt(notes.prior, notes.texts, {
    address: fingerprint(address),
    block,
    module: MODULES.exec(address)?.[0].slice(0, -1) ?? "",
    managed: mode === "managed",
    arn: glimpse.arn,
  });
  return true;
}

/** As `noteChange`, for a block of a state as Terraform stores it. */
export function noteStored(notes: Notes, glimpse: Glimpse, cursor: JsonCursor): boolean {
  const { type, mode, name, module = "" } = glimpse;
  if (type === undefined || type === "" || name === undefined || name === "" || !isMode(mode)) return false;
  const address = `${module === "" ? "" : `${module}.`}${mode === "data" ? "data." : ""}${type}.${name}`;
  const block = fingerprint(withoutKeys(address));
  store(notes, "stored", glimpse, block, cursor);
  noteProvider(notes, block, "", glimpse.providerKey);
  for (const arn of glimpse.arns ?? []) {
    noteObjectAt(notes.prior, notes.texts, {
      address: fingerprint(address),
      block,
      module,
      managed: mode === "managed",
      arn,
    });
  }
  return true;
}

/** As `noteChange`, for a block of the configuration. `path`: `module.a.module.b`, empty for the root module. */
export function noteConfigured(notes: Notes, glimpse: Glimpse, path: string, cursor: JsonCursor): boolean {
  const { type, mode, name } = glimpse;
  if (type === undefined || type === "" || name === undefined || name === "" || !isMode(mode)) return false;
  const block = fingerprint(`${path === "" ? "" : `${path}.`}${mode === "data" ? DATA : ""}${type}.${name}`);
  store(notes, "configured", glimpse, block, cursor);
  noteProvider(notes, block, path, glimpse.providerKey);
  return true;
}

function noteProvider({ configured, texts }: Notes, block: number, path: string, key = ""): void {
  configured.blocks.push(block);
  configured.providers.push(texts.numberOf(key));
  configured.paths.push(texts.numberOf(path));
}

function isMode(mode: string | undefined): mode is "managed" | "data" {
  return mode === "managed" || mode === "data";
}

/** Whether an entry is of an object that only waits for its destruction. */
function isMarked(deposed: string | undefined): boolean {
  return deposed !== undefined && deposed !== "";
}

/** The module instance at the beginning of an address, with the dot behind it. */
const MODULES = /^(?:module\.[^.[]+(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?\.)+/;

const KEYS = /\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]/g;

/** `module.a["x"].aws_b.c[0]` is of the block module.a.aws_b.c. */
function withoutKeys(address: string): string {
  return address.includes("[") ? address.replace(KEYS, "") : address;
}

function noteObjectAt(
  rows: ObjectRows,
  texts: Texts,
  object: {
    readonly address: number;
    readonly block: number;
    /** `undefined`: none that will be there. */
    readonly module: string | undefined;
    readonly managed: boolean;
    readonly arn: string | undefined;
  },
): void {
  rows.addresses.push(object.address);
  rows.blocks.push(object.block);
  rows.modules.push(object.module === undefined ? NO_TEXT : texts.numberOf(object.module));
  const place = arnPlace(object.arn);
  rows.arns.push(place === undefined ? NO_TEXT : texts.numberOf(place));
  rows.managed.push(object.managed ? 1 : 0);
  if (object.managed) rows.managedCount += 1;
}

/** What an ARN says of its account: `arn:aws::eu-central-1:123456789012:`. */
function arnPlace(arn: string | undefined): string | undefined {
  if (arn === undefined || !arn.startsWith("arn:")) return undefined;
  const service = arn.indexOf(":", 4);
  const region = arn.indexOf(":", service + 1);
  const account = arn.indexOf(":", region + 1);
  const end = arn.indexOf(":", account + 1);
  if (service < 0 || region < 0 || account < 0) return arn;
  return `${arn.slice(0, service)}:${end < 0 ? arn.slice(region) : arn.slice(region, end)}:`;
}

function store(
  notes: Notes,
  kind: EntryKind,
  { type = "", mode, from, to }: Glimpse,
  block: number,
  cursor: JsonCursor,
): void {
  const rows = notes.rows[kind];
  rows.types.push(notes.texts.numberOf(`${mode === "data" ? DATA : ""}${type}`));
  rows.blocks.push(block);
  rows.from.push(notes.kept === undefined ? from : keep(notes, notes.kept, type, cursor.slice(from, to)));
  rows.lengths.push(to - from);
}

/** What stands before the types of data sources. */
const DATA = "data.";

function withoutData(type: string): string {
  return type.startsWith(DATA) ? type.slice(DATA.length) : type;
}

function keep(notes: Notes, kept: KeptBytes, type: string, bytes: Buffer): number {
  if (notes.interestIn?.(type) === "spare") {
    notes.room -= bytes.length;
    if (notes.room < 0) {
      notes.leftOut.add(type);
      return NOT_KEPT;
    }
  }
  return kept.add(bytes);
}

// Many entries

/** Notes entries of a list that the leaper has passed. `path`: as in `noteConfigured`. */
export function manyReader(
  notes: Notes,
  kind: ManyReader["kind"],
  reads: (type: string) => boolean,
  path = "",
): ManyReader {
  return {
    kind,
    path,
    reads: (type) => reads(withoutData(type)),
    note: (leaper, cursor) => {
      notes.texts.leaper = leaper;
      noteMany(notes, ROWS_OF[kind], leaper, cursor);
    },
  };
}

const ROWS_OF: Readonly<Record<ManyReader["kind"], Exclude<EntryKind, "stored">>> = {
  change: "change",
  object: "object",
  modules: "object",
  configured: "configured",
  calls: "configured",
};

function noteMany(
  notes: Notes,
  kind: Exclude<EntryKind, "stored">,
  { columns, words }: Leaper,
  cursor: JsonCursor,
): void {
  const count = words[ENTRY_COUNT] ?? 0;
  if (count === 0) return;
  const rows = notes.rows[kind];
  rows.types.append(columns.types, count);
  rows.blocks.append(columns.blocks, count);
  rows.lengths.append(columns.lengths, count);
  if (notes.kept === undefined) rows.from.append(columns.from, count);
  else keepMany(notes, notes.kept, rows, columns, count, cursor);
  if (kind === "configured") {
    notes.configured.blocks.append(columns.blocks, count);
    notes.configured.providers.append(columns.providers, count);
    notes.configured.paths.append(columns.paths, count);
    return;
  }
  const objects = kind === "change" ? notes.changed : notes.prior;
  objects.addresses.append(columns.addresses, count);
  objects.blocks.append(columns.blocks, count);
  objects.modules.append(columns.modules, count);
  objects.arns.append(columns.arns, count);
  objects.managed.append(columns.managed, count);
  objects.managedCount += words[ENTRIES_MANAGED] ?? 0;
  if (kind === "change") notes.destroyed += words[ENTRIES_DESTROYED] ?? 0;
}

function keepMany(
  notes: Notes,
  kept: KeptBytes,
  rows: Rows,
  columns: Columns,
  count: number,
  cursor: JsonCursor,
): void {
  for (let row = 0; row < count; row += 1) {
    const type = notes.texts.text(columns.types[row] ?? NO_TEXT) ?? "";
    const from = columns.from[row] ?? 0;
    const bytes = cursor.slice(from, from + (columns.lengths[row] ?? 0));
    rows.from.push(keep(notes, kept, withoutData(type), bytes));
  }
}
