// Notes on the entries of a document that are not read with the rest: where those stand that may be asked for later,
// and what all of them say together about modules, accounts and the kind of plan. Numbers in lists, for many entries.

import { fateOf } from "../../model/fate.ts";
import type { SetAside } from "../../model/plan.ts";
import type { JsonCursor } from "./json-cursor.ts";
import { NumberList } from "./number-list.ts";
import type { Reading } from "./read-document.ts";
import type { EntryKind, Glimpse } from "./read-entries.ts";

/** "at-once" with the document; "on-demand" when asked for; "spare": the same as long as there is room for it. */
export type Interest = "at-once" | "on-demand" | "spare";

/** By type of resources and data sources. */
export type Interests = (type: string) => Interest;

/** An entry of a list is found again at its place in the source, or was kept as it stood. */
export type Stored = { readonly from: number; readonly to: number } | Buffer;

/**
 * A number for a text, to tell many apart in little memory. Among a million texts two share one by chance in one plan
 * out of ten thousand, and then one object is looked at in vain, or counts for another's account.
 */
function fingerprint(text: string): number {
  let high = 0x811c9dc5;
  let low = 0x9e3779b9;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low ^ code, 0x85ebca6b);
    low ^= low >>> 13;
  }
  return (high >>> 0) * 2 ** 21 + (low >>> 11);
}

/** Entries of one type in one kind of list. */
interface Rows {
  readonly blocks: NumberList;
  readonly from: NumberList;
  readonly to: NumberList;
  readonly kept: Buffer[];
}

/** Objects that are there, one row each: its address, its block, and its ARN's and module's numbers. */
interface ObjectRows {
  readonly addresses: NumberList;
  readonly blocks: NumberList;
  readonly arns: NumberList;
  readonly modules: NumberList;
}

/** Each text once, with a number. */
interface Numbered {
  readonly texts: string[];
  readonly numbers: Map<string, number>;
}

export interface Notes {
  /** `undefined`: everything is read at once. */
  readonly interestIn: Interests | undefined;
  /** By type, then by kind. */
  readonly rows: Map<string, Map<EntryKind, Rows>>;
  readonly changed: ObjectRows;
  /** Of `prior_state`, or of a state. */
  readonly prior: ObjectRows;
  /** How many of the changed ones are managed. */
  changedManaged: number;
  readonly priorManaged: NumberList;
  readonly movedFrom: string[];
  destroyed: number;
  readonly configured: { readonly blocks: NumberList; readonly providers: NumberList };
  readonly arns: Numbered;
  readonly modules: Numbered;
  /** Keys as they are written, behind the module path they are written in. */
  readonly providers: Numbered;
  /** Entries can be had from the source again. */
  readonly rereads: boolean;
  /** Bytes that are left for spare entries, where they cannot. */
  room: number;
  /** Types of which entries were left out. */
  readonly leftOut: Set<string>;
}

/** See `Reading.room`. */
const ROOM = 32 * 2 ** 20;

export function createNotes({ interestIn, rereads, room = ROOM }: Reading): Notes {
  const objects = (): ObjectRows => ({
    addresses: new NumberList(),
    blocks: new NumberList(),
    arns: new NumberList(),
    modules: new NumberList(),
  });
  const numbered = (): Numbered => ({ texts: [], numbers: new Map() });
  return {
    interestIn,
    rows: new Map(),
    changed: objects(),
    prior: objects(),
    changedManaged: 0,
    priorManaged: new NumberList(),
    movedFrom: [],
    destroyed: 0,
    configured: { blocks: new NumberList(), providers: new NumberList() },
    arns: numbered(),
    modules: numbered(),
    providers: numbered(),
    rereads,
    room,
    leftOut: new Set(),
  };
}

const NONE = -1;

function numberOf(text: string, { texts, numbers }: Numbered): number {
  // Neighbours in a plan share their module, and most of a plan its account.
  if (texts.length > 0 && texts[texts.length - 1] === text) return texts.length - 1;
  const known = numbers.get(text);
  if (known !== undefined) return known;
  numbers.set(text, texts.length);
  return texts.push(text) - 1;
}

/** Notes a change; `false`: it is unlike what Terraform writes. */
export function noteChange(notes: Notes, glimpse: Glimpse, cursor: JsonCursor): boolean {
  const { type, mode, address, actions } = glimpse;
  if (type === undefined || address === undefined || actions === undefined || !isMode(mode)) return false;
  if (isMarked(glimpse.deposed)) return true;
  const place = addressNumber(address);
  const block = fingerprint(withoutKeys(address));
  store(notes, "change", glimpse, block, cursor);
  if (glimpse.previousAddress !== undefined) notes.movedFrom.push(glimpse.previousAddress);
  const fate = fateOf(actions);
  const gone = fate === "destroyed" || (fate === "forgotten" && glimpse.wasNothing);
  if (mode === "managed") {
    notes.changedManaged += 1;
    if (fate === "destroyed") notes.destroyed += 1;
  }
  const { changed } = notes;
  changed.addresses.push(place);
  changed.blocks.push(block);
  changed.modules.push(gone ? NONE : numberOf(glimpse.module ?? "", notes.modules));
  changed.arns.push(gone ? NONE : arnNumber(fate === "forgotten" ? glimpse.arnBefore : glimpse.arn, notes));
  return true;
}

/** As `noteChange`, for an object of a state or a prior state. */
export function noteObject(notes: Notes, glimpse: Glimpse, cursor: JsonCursor): boolean {
  const { type, mode, address } = glimpse;
  if (type === undefined || address === undefined || !isMode(mode)) return false;
  if (isMarked(glimpse.deposed)) return true;
  const place = addressNumber(address);
  const block = fingerprint(withoutKeys(address));
  store(notes, "object", glimpse, block, cursor);
  const module = MODULES.exec(address)?.[0].slice(0, -1) ?? "";
  notePrior(notes, { place, block, module, managed: mode === "managed", arn: glimpse.arn });
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
  const place = addressNumber(address);
  for (const arn of glimpse.arns ?? []) {
    notePrior(notes, { place, block, module, managed: mode === "managed", arn });
  }
  return true;
}

/** As `noteChange`, for a block of the configuration. `path`: `module.a.module.b.`, empty for the root module. */
export function noteConfigured(notes: Notes, glimpse: Glimpse, path: string, cursor: JsonCursor): boolean {
  const { type, mode, name } = glimpse;
  if (type === undefined || type === "" || name === undefined || name === "" || !isMode(mode)) return false;
  const block = fingerprint(`${path}${mode === "data" ? "data." : ""}${type}.${name}`);
  store(notes, "configured", glimpse, block, cursor);
  noteProvider(notes, block, path, glimpse.providerKey);
  return true;
}

function noteProvider(notes: Notes, block: number, path: string, key = ""): void {
  notes.configured.blocks.push(block);
  notes.configured.providers.push(numberOf(`${path} ${key}`, notes.providers));
}

function isMode(mode: string | undefined): mode is "managed" | "data" {
  return mode === "managed" || mode === "data";
}

/** Whether an entry is of an object that only waits for its destruction. */
function isMarked(deposed: string | undefined): boolean {
  return deposed !== undefined && deposed !== "";
}

function addressNumber(address: string): number {
  return fingerprint(address);
}

/** The module instance at the beginning of an address, with the dot behind it. */
const MODULES = /^(?:module\.[^.[]+(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?\.)+/;

const KEYS = /\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]/g;

/** `module.a["x"].aws_b.c[0]` is of the block module.a.aws_b.c. */
function withoutKeys(address: string): string {
  return address.includes("[") ? address.replace(KEYS, "") : address;
}

function notePrior(
  notes: Notes,
  object: {
    readonly place: number;
    readonly block: number;
    readonly module: string;
    readonly managed: boolean;
    readonly arn: string | undefined;
  },
): void {
  const { prior } = notes;
  if (object.managed) notes.priorManaged.push(object.place);
  prior.addresses.push(object.place);
  prior.blocks.push(object.block);
  prior.modules.push(numberOf(object.module, notes.modules));
  prior.arns.push(arnNumber(object.arn, notes));
}

/** What an ARN says of its account: `arn:aws::eu-central-1:123456789012:`. */
function arnNumber(arn: string | undefined, notes: Notes): number {
  if (arn === undefined || !arn.startsWith("arn:")) return NONE;
  const service = arn.indexOf(":", 4);
  const region = arn.indexOf(":", service + 1);
  const account = arn.indexOf(":", region + 1);
  const end = arn.indexOf(":", account + 1);
  if (service < 0 || region < 0 || account < 0) return numberOf(arn, notes.arns);
  const place = end < 0 ? arn.slice(region) : arn.slice(region, end);
  return numberOf(`${arn.slice(0, service)}:${place}:`, notes.arns);
}

function store(
  notes: Notes,
  kind: EntryKind,
  { type, mode, from, to }: Glimpse,
  block: number,
  cursor: JsonCursor,
): void {
  if (type === undefined) return;
  if (!notes.rereads && notes.interestIn?.(type) === "spare") {
    notes.room -= to - from;
    if (notes.room < 0) {
      notes.leftOut.add(type);
      return;
    }
  }
  const rows = rowsFor(notes, `${mode === "data" ? "data." : ""}${type}`, kind);
  rows.blocks.push(block);
  rows.from.push(from);
  rows.to.push(to);
  if (!notes.rereads) rows.kept.push(Buffer.from(cursor.slice(from, to)));
}

function rowsFor({ rows }: Notes, type: string, kind: EntryKind): Rows {
  const kinds = rows.get(type) ?? new Map<EntryKind, Rows>();
  rows.set(type, kinds);
  const known = kinds.get(kind) ?? {
    blocks: new NumberList(),
    from: new NumberList(),
    to: new NumberList(),
    kept: [],
  };
  kinds.set(kind, known);
  return known;
}

/** The entries of a type, such as `data.aws_region`, or those of one block of it, with module names alone. */
export function storedEntries(
  notes: Notes,
  kind: EntryKind,
  type: string,
  block?: string,
): readonly Stored[] {
  const rows = notes.rows.get(type)?.get(kind);
  if (rows === undefined) return [];
  const wanted = block === undefined ? undefined : fingerprint(block);
  const found: Stored[] = [];
  for (let index = 0; index < rows.blocks.length; index += 1) {
    if (wanted !== undefined && rows.blocks.at(index) !== wanted) continue;
    found.push(rows.kept[index] ?? { from: rows.from.at(index) ?? 0, to: rows.to.at(index) ?? 0 });
  }
  return found;
}

/** What the entries say together. `providerOf`: the key of a provider configuration, by how it is written and where. */
export function summarize(
  notes: Notes,
  moved: readonly string[],
  providerOf: (path: string, key: string) => string,
): Pick<SetAside, "modules" | "arns" | "managed"> {
  const changed = notes.changed.addresses.sorted();
  const left = new Set([...notes.movedFrom, ...moved].map(addressNumber));
  const modules = new Set<number>();
  const byProvider = new Map<string, Set<number>>();
  const providerOfBlock = blockProviders(notes, providerOf);
  const count = (rows: ObjectRows, index: number): void => {
    modules.add(rows.modules.at(index) ?? NONE);
    const arn = rows.arns.at(index) ?? NONE;
    if (arn === NONE) return;
    const provider = providerOfBlock(rows.blocks.at(index) ?? 0);
    const seen = byProvider.get(provider) ?? new Set();
    byProvider.set(provider, seen.add(arn));
  };
  for (let index = 0; index < notes.changed.addresses.length; index += 1) count(notes.changed, index);
  for (let index = 0; index < notes.prior.addresses.length; index += 1) {
    const address = notes.prior.addresses.at(index) ?? 0;
    if (!holds(changed, address) && !left.has(address)) count(notes.prior, index);
  }
  let untouched = false;
  for (let index = 0; index < notes.priorManaged.length && !untouched; index += 1) {
    untouched = !holds(changed, notes.priorManaged.at(index) ?? 0);
  }
  return {
    managed: {
      changes: notes.changedManaged,
      destroyed: notes.destroyed,
      before: notes.priorManaged.length,
      untouched,
    },
    modules: [...modules].flatMap((number) => notes.modules.texts[number] ?? []),
    arns: new Map(
      [...byProvider].map(([provider, seen]) => [
        provider,
        [...seen].flatMap((number) => notes.arns.texts[number] ?? []),
      ]),
    ),
  };
}

/** Nearly all blocks of a plan have one provider, so that only the others are listed. */
function blockProviders(
  notes: Notes,
  providerOf: (path: string, key: string) => string,
): (block: number) => string {
  const keys = notes.providers.texts.map((text) => {
    const space = text.indexOf(" ");
    return providerOf(text.slice(0, space), text.slice(space + 1));
  });
  const { blocks, providers } = notes.configured;
  const usual = keys[providers.at(0) ?? NONE] ?? "";
  const others = new Map<number, string>();
  for (let index = 0; index < providers.length; index += 1) {
    const key = keys[providers.at(index) ?? NONE] ?? "";
    if (key !== usual) others.set(blocks.at(index) ?? 0, key);
  }
  const known = blocks.sorted();
  return (block) => (holds(known, block) ? (others.get(block) ?? usual) : "");
}

function holds(sorted: Float64Array, value: number): boolean {
  let [low, high] = [0, sorted.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = sorted[middle] ?? 0;
    if (found === value) return true;
    if (found < value) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
