// Bytes that come in chunks: where one stands in them, and what has to be kept of a chunk when the next one comes.

import type { Json } from "../../model/json.ts";
import { scanJson } from "../json-scan.ts";
import { NEWLINE } from "./json-bytes.ts";
import { createLeaper, type Leaper } from "./leap.ts";

/** "twice": a key that may stand once alone; "too-long": one value is longer than any string can be. */
type TroubleKind = "cut" | "broken" | "not-utf8" | "twice" | "too-long";

/** Something that keeps the text from being read; `at` is a byte of the text. */
export class JsonTrouble extends Error {
  override readonly name = "JsonTrouble";
  readonly kind: TroubleKind;
  readonly at: number;

  constructor(kind: TroubleKind, at: number) {
    super(`${kind} at ${at}`);
    this.kind = kind;
    this.at = at;
  }
}

/** Strings of Node 20 end at 536,870,888 characters (buffer.constants.MAX_STRING_LENGTH). */
const LONGEST = 500 * 2 ** 20;

/** Shorter texts are read in the time that a leaper takes to make. */
const LEAP_SIZE = 2 ** 18;

const NOTHING = Buffer.alloc(0);
/** A byte order mark inside of a text is one of its characters. */
const STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export class ChunkedBytes {
  protected bytes: Buffer = NOTHING;
  protected at = 0;
  protected end = 0;
  /** Offset of the chunk's first byte in the text. */
  protected base = 0;
  protected ended = false;
  /** Lines before the cursor, and where the current one begins. */
  line = 0;
  lineStart = 0;

  private holders = 0;
  private holdFrom = 0;
  private holdLine = 0;
  private holdLineStart = 0;
  /** Bytes before the chunk that are still needed, from `partsFrom` on. */
  private parts: Buffer[] = [];
  private partsFrom = 0;
  private leftover: Buffer = NOTHING;

  private readonly leapFrom: number;
  private asked = false;
  private ownLeaper: Leaper | undefined;
  /** There if the chunk lies where it looks. */
  leaper: Leaper | undefined;

  /** `leapFrom`: see `Reading`. */
  constructor(leapFrom = LEAP_SIZE) {
    this.leapFrom = leapFrom;
  }
  /** Goes on with the next chunk. The last one has to be parked. */
  feed(chunk: Uint8Array): void {
    this.base += this.end - this.leftover.length;
    const fresh = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    this.bytes = this.joined(fresh);
    this.leftover = NOTHING;
    this.at = 0;
    this.end = this.bytes.length;
  }

  /** What is left of the last chunk, and the next one behind it. */
  private joined(fresh: Buffer): Buffer {
    const { leftover } = this;
    const length = leftover.length + fresh.length;
    if (!this.asked && this.base + length >= this.leapFrom) {
      this.asked = true;
      this.ownLeaper = createLeaper();
    }
    const { ownLeaper } = this;
    this.leaper = ownLeaper !== undefined && length <= ownLeaper.room.length ? ownLeaper : undefined;
    if (this.leaper === undefined) return leftover.length === 0 ? fresh : Buffer.concat([leftover, fresh]);
    const { room } = this.leaper;
    // The chunk is there already where it was put in `place`.
    if (fresh.buffer !== room.buffer || fresh.byteOffset !== room.byteOffset + leftover.length) {
      room.set(fresh, leftover.length);
    }
    room.set(leftover);
    return room.subarray(0, length);
  }

  /** Where the next chunk is best put, to be copied no more; `undefined` where that makes no difference. */
  get place(): Uint8Array | undefined {
    return this.ownLeaper?.room.subarray(this.leftover.length);
  }

  /** Copies what is still needed of a chunk that is used up, so that its memory can be used again. */
  park(): void {
    const needed = this.neededFrom();
    if (needed !== undefined) this.retain(needed);
    else this.parts = [];
  }

  finish(): void {
    this.feed(NOTHING);
    this.ended = true;
  }

  get offset(): number {
    return this.base + this.at;
  }

  /** From where on bytes have to stay at hand. */
  protected neededFrom(): number | undefined {
    return this.holders > 0 ? this.holdFrom : undefined;
  }

  private retain(from: number): void {
    const fresh = this.bytes.subarray(Math.max(from - this.base, 0), this.end - this.leftover.length);
    if (this.parts.length === 0 || from >= this.base) {
      this.parts = [];
      this.partsFrom = Math.max(from, this.base);
    }
    this.parts.push(Buffer.from(fresh));
  }

  // Holding on to bytes

  /** Keeps everything from here on at hand; gives where that is. */
  hold(): number {
    if (this.holders === 0) {
      this.holdFrom = this.offset;
      this.holdLine = this.line;
      this.holdLineStart = this.lineStart;
    }
    this.holders += 1;
    return this.offset;
  }

  release(): void {
    this.holders -= 1;
  }

  /** Bytes between two offsets that are held. Only to look at: they may change with the next chunk. */
  slice(from: number, to: number): Buffer {
    if (from >= this.base) return this.bytes.subarray(from - this.base, to - this.base);
    const fromChunk = to > this.base ? this.bytes.subarray(0, to - this.base) : NOTHING;
    return Buffer.concat([...this.parts, fromChunk]).subarray(from - this.partsFrom, to - this.partsFrom);
  }

  /** The value between two offsets that are held. */
  parse(from: number, to: number): Json {
    const text = this.text(from, to);
    try {
      return JSON.parse(text);
    } catch {
      const scan = scanJson(text, 0);
      const index = scan.kind === "broken" ? scan.at : text.length - 1;
      throw new JsonTrouble("broken", from + Buffer.byteLength(text.slice(0, index)));
    }
  }

  private text(from: number, to: number): string {
    if (to - from > LONGEST) throw new JsonTrouble("too-long", from);
    const bytes = this.slice(from, to);
    try {
      return STRICT.decode(bytes);
    } catch {
      throw new JsonTrouble("not-utf8", from);
    }
  }

  /** Line and column, from 1, of an offset: the cursor's own, or one in what is held. */
  placeOf(at: number): { readonly line: number; readonly column: number } {
    if (at === this.offset || this.holders === 0)
      return { line: this.line + 1, column: at - this.lineStart + 1 };
    const before = this.slice(this.holdFrom, at);
    let [line, start] = [this.holdLine, this.holdLineStart];
    for (let end = before.indexOf(NEWLINE); end >= 0; end = before.indexOf(NEWLINE, end + 1)) {
      [line, start] = [line + 1, this.holdFrom + end + 1];
    }
    return { line: line + 1, column: at - start + 1 };
  }

  /** The character at an offset as in `placeOf`. */
  characterAt(at: number): string {
    const text = this.slice(at, Math.min(at + 4, this.base + this.end)).toString("utf8");
    return String.fromCodePoint(text.codePointAt(0) ?? 0xfffd);
  }

  /** Whether the bytes from an offset that is held up to here are this text, which is ASCII. */
  holds(from: number, text: string): boolean {
    return this.offset - from === text.length && this.ascii(from, this.offset) === text;
  }

  /** Bytes between two offsets that are held and are known to be ASCII. */
  protected ascii(from: number, to: number): string {
    if (from < this.base) return this.slice(from, to).toString("latin1");
    return this.bytes.toString("latin1", from - this.base, to - this.base);
  }

  // Looking ahead

  /** Whether so many bytes lie ahead in one piece, or all that there are; if not, the next chunk is put behind them. */
  ahead(count: number): boolean {
    if (this.ended || this.end - this.at >= count) return true;
    this.keepAhead();
    return false;
  }

  /** Puts the bytes from here on before the next chunk. */
  protected keepAhead(): void {
    this.leftover = Buffer.from(this.bytes.subarray(this.at, this.end));
  }

  /** The bytes ahead that are there, not taken. */
  get upcoming(): Buffer {
    return this.bytes.subarray(this.at, this.end);
  }

  advance(count: number): void {
    this.at += count;
  }

  /** After trouble: nothing is held any more. */
  reset(): void {
    this.holders = 0;
  }
}
