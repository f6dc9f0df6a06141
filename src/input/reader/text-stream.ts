// Finds the JSON document in a text: looks past the lines that wrappers print around it, and says precisely what is
// wrong with text that is not JSON.

import { get, type Json } from "../../model/json.ts";
import { JsonTrouble } from "./chunked-bytes.ts";
import { NEWLINE, OPEN_BRACE, OPEN_BRACKET } from "./json-bytes.ts";
import { CLOSED, JsonCursor, MORE } from "./json-cursor.ts";
import { type RawDocument, type Reading, readDocument } from "./read-document.ts";
import { glance, type Step } from "./read-json.ts";

/** What stands in a text, up to the first thing that cannot be read. */
export interface TextContent {
  readonly first: RawDocument | undefined;
  /** How many objects there are. */
  readonly count: number;
  /** The first with a format version, and how many have one: wrappers may log JSON of their own. */
  readonly versioned: RawDocument | undefined;
  readonly versionedCount: number;
  /** The text is a list. */
  readonly list: { readonly length: number; readonly versioned: boolean } | undefined;
  readonly trouble: Trouble | undefined;
  /** Bytes of the text. */
  readonly length: number;
  /** The beginning of a text without documents. */
  readonly start: Uint8Array;
  /** `start` is the whole text. */
  readonly startIsAll: boolean;
}

export interface Trouble {
  readonly kind: JsonTrouble["kind"] | "followed";
  /** Byte of the text, from 0. */
  readonly at: number;
  readonly line: number;
  readonly column: number;
  /** What stands there. */
  readonly character: string;
}

/** So much of a text without JSON is looked at. */
const START = 1_000_000;

/** Longer chunks are read in pieces of this size, for which there is room where they are looked at. */
const PIECE = 2 ** 19;

export interface TextReader {
  /** The chunk's memory may be used again after the call. `false`: what follows makes no difference. */
  feed(chunk: Uint8Array): boolean;
  /** Memory that the next chunk may be put into, so that `feed` need not copy it. */
  place(): Uint8Array | undefined;
  finish(): TextContent;
}

/** `reading` is what to read of each document. Cost: linear in the text, in memory bounded by what is read. */
export function createTextReader(reading: Reading): TextReader {
  const cursor = new JsonCursor(reading.leapFrom);
  const content = { ...NOTHING_YET };
  const starts: Buffer[] = [];
  let [length, room] = [0, START];
  // The start tells what a text without documents is.
  const steps = readText(cursor, reading, content, () => {
    room = 0;
  });
  let state = steps.next();
  const advance = (): void => {
    if (state.done === true) return;
    try {
      state = steps.next();
      cursor.park();
    } catch (error) {
      if (!(error instanceof JsonTrouble)) throw error;
      content.trouble = troubleAt(cursor, error);
      state = { done: true, value: undefined };
    }
  };
  return {
    feed(chunk) {
      length += chunk.length;
      for (let from = 0; from < chunk.length && state.done !== true; from += PIECE) {
        cursor.feed(chunk.subarray(from, from + PIECE));
        advance();
      }
      if (room > 0) {
        starts.push(Buffer.from(chunk.subarray(0, room)));
        room -= Math.min(room, chunk.length);
      }
      return state.done !== true;
    },
    place: () => cursor.place,
    finish() {
      if (state.done !== true) {
        cursor.finish();
        advance();
      }
      return { ...content, length, start: Buffer.concat(starts), startIsAll: length <= START };
    },
  };
}

type Found = {
  -readonly [Key in Exclude<keyof TextContent, "length" | "start" | "startIsAll">]: TextContent[Key];
};

const NOTHING_YET: Found = {
  first: undefined,
  count: 0,
  versioned: undefined,
  versionedCount: 0,
  list: undefined,
  trouble: undefined,
};

function troubleAt(cursor: JsonCursor, { kind, at }: JsonTrouble): Trouble {
  return { kind, at, ...cursor.placeOf(at), character: cursor.characterAt(at) };
}

/** Each object that begins a line; `begins` hears of each before it is read. */
function* readText(cursor: JsonCursor, reading: Reading, found: Found, begins: () => void): Step<void> {
  let blank = true;
  for (;;) {
    yield* skipDecoration(cursor);
    const byte = cursor.upcoming[0];
    if (byte === undefined) return;
    if (byte === OPEN_BRACE) {
      begins();
      add(yield* readDocument(cursor, reading), found);
      if (!(yield* endsWell(cursor, found))) return;
    } else if (byte === OPEN_BRACKET && blank) {
      const line = cursor.line;
      try {
        const list = yield* readList(cursor, reading);
        yield* skipDecoration(cursor);
        const next = cursor.upcoming[0];
        if (next === undefined || next === NEWLINE) found.list = list;
        else yield* skipLine(cursor);
      } catch (error) {
        // Lines that begin with a bracket and are no list are printed by wrappers.
        if (!(error instanceof JsonTrouble) || error.kind !== "broken" || cursor.line !== line) throw error;
        cursor.reset();
        yield* skipLine(cursor);
      }
    } else {
      blank &&= byte === NEWLINE;
      yield* skipLine(cursor);
      continue;
    }
    blank = false;
  }
}

function add(document: RawDocument, found: Found): void {
  found.count += 1;
  found.first ??= document;
  if (get(document.root, "format_version") === undefined) return;
  found.versionedCount += 1;
  found.versioned ??= document;
}

/** Whether nothing follows on the line of a document but the next one. */
function* endsWell(cursor: JsonCursor, found: Found): Step<boolean> {
  yield* skipDecoration(cursor);
  const byte = cursor.upcoming[0];
  if (byte === undefined || byte === NEWLINE || byte === OPEN_BRACE) return true;
  const at = cursor.offset;
  found.trouble = { kind: "followed", at, ...cursor.placeOf(at), character: cursor.characterAt(at) };
  return false;
}

function* readList(cursor: JsonCursor, reading: Reading): Step<TextContent["list"]> {
  cursor.take();
  let [length, versioned] = [0, true];
  for (let first = true; ; first = false) {
    let byte = cursor.element(first);
    while (byte === MORE) {
      yield;
      byte = cursor.element(first);
    }
    if (byte === CLOSED) return { length, versioned };
    length += 1;
    const root: Json =
      byte === OPEN_BRACE ? (yield* readDocument(cursor, reading)).root : yield* glance(cursor);
    versioned &&= get(root, "format_version") !== undefined;
  }
}

/** Longer than any piece of decoration. */
const LONGEST_PIECE = 40;
const COLOUR_CODE = /^\x1b\[[0-9;?]{0,32}[A-Za-z]/;

/** Past blanks, byte order marks and terminal colour codes, not past the end of the line. */
function* skipDecoration(cursor: JsonCursor): Step<void> {
  for (;;) {
    while (!cursor.ahead(LONGEST_PIECE)) yield;
    const length = decorationAt(cursor.upcoming);
    if (length === 0) return;
    cursor.advance(length);
  }
}

function decorationAt(bytes: Buffer): number {
  let at = 0;
  while (bytes[at] === 0x20 || bytes[at] === 0x09 || bytes[at] === 0x0d) at += 1;
  if (at > 0) return at;
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 3;
  if (bytes[0] !== 0x1b) return 0;
  return COLOUR_CODE.exec(bytes.toString("latin1", 0, LONGEST_PIECE))?.[0].length ?? 0;
}

function* skipLine(cursor: JsonCursor): Step<void> {
  while (cursor.skipLine() === MORE) yield;
}
