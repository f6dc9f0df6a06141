// Walks JSON bytes that come in chunks, split anywhere, without building what is not asked for. Each step answers MORE
// where the chunk ends inside of it, and goes on where it stopped once the next chunk is there.

import { BalancedBytes, DONE, FOUND, IDLE, IN_CONTAINER, MORE } from "./balanced-bytes.ts";
import { JsonTrouble } from "./chunked-bytes.ts";
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  NEWLINE,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SCALAR_BYTES,
} from "./json-bytes.ts";
import { BEHIND, CALL_COUNT, ENTRY_COUNT, LEAP_AT, LEAP_FROM, type Leaper, UNUSUAL } from "./leap.ts";
import type { ManyReader } from "./read-entries.ts";

export { MORE };

/** The object or list ends here, and the cursor stands behind it. */
export const CLOSED = -2;

/** Where `skip` was when the chunk ended, if not in one of the places where `balance` may be. */
const IN_STRING = 3;
const IN_SCALAR = 4;

/** The numbers of lists: see assembly/index.ts. */
const LISTS = { change: 0, object: 1, configured: 2, modules: 3, calls: 4 };

export class JsonCursor extends BalancedBytes {
  private stringOpen = false;
  private phase = 0;

  /** The last string: offsets of its quotes' outer sides, and whether its characters are its bytes. */
  private tokenFrom = 0;
  private tokenTo = 0;
  private tokenPlain = true;
  private passedString = false;

  /** A key that is being read is needed until it is told apart. */
  protected override neededFrom(): number | undefined {
    return super.neededFrom() ?? (this.phase > 1 ? this.tokenFrom : undefined);
  }

  // Steps

  /** The next byte that is not white space, without taking it, or MORE. */
  blank(): number {
    const { bytes, end } = this;
    let at = this.at;
    while (at < end) {
      const byte = bytes[at] as number;
      if (byte > 0x20) {
        this.at = at;
        return byte;
      }
      if (byte === NEWLINE) {
        this.line += 1;
        this.lineStart = this.base + at + 1;
      } else if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) {
        this.at = at;
        this.broken();
      }
      at += 1;
    }
    this.at = at;
    return this.ended ? this.cut() : MORE;
  }

  /** Takes one byte that `blank` has shown. */
  take(): void {
    this.at += 1;
  }

  /** To the key of the next member of an object, which `member` then passes. `first`: right behind the brace. */
  toMember(first: boolean): number {
    if (this.phase === 0) {
      const step = this.pastComma(CLOSE_BRACE, first);
      if (step !== DONE) return step;
    }
    const byte = this.blank();
    if (byte === MORE) return MORE;
    if (byte !== QUOTE) this.broken();
    return DONE;
  }

  /** To the value of the next member of an object, past its key and colon. `first`: right behind the brace. */
  member(first: boolean): number {
    if (this.phase < 2) {
      const step = this.toMember(first);
      if (step !== DONE) return step;
      this.phase = 2;
    }
    if (this.phase === 2) {
      if (this.string() === MORE) return MORE;
      this.phase = 3;
    }
    const byte = this.blank();
    if (byte === MORE) return MORE;
    if (byte !== COLON) this.broken();
    this.at += 1;
    this.phase = 0;
    return DONE;
  }

  /** To the next element of a list; its first byte, not taken. `first`: right behind the bracket. */
  element(first: boolean): number {
    if (this.phase === 0) {
      const step = this.pastComma(CLOSE_BRACKET, first);
      if (step !== DONE) return step;
    }
    const byte = this.blank();
    if (byte === MORE) return MORE;
    this.phase = 0;
    return byte;
  }

  /** Past the comma that stands before all but the first, or past the end. */
  private pastComma(close: number, first: boolean): number {
    const byte = this.blank();
    if (byte === MORE) return MORE;
    if (byte === close) {
      this.at += 1;
      return CLOSED;
    }
    if (!first) {
      if (byte !== COMMA) this.broken();
      this.at += 1;
    }
    this.phase = 1;
    return DONE;
  }

  /** Past a string that begins here. */
  private string(): number {
    if (!this.stringOpen) {
      this.stringOpen = true;
      this.tokenFrom = this.offset;
      this.tokenPlain = true;
      this.at += 1;
    }
    const { bytes, end } = this;
    let at = this.at;
    if (this.escaping && at < end) {
      this.escaping = false;
      at += 1;
    }
    while (at < end) {
      const byte = bytes[at] as number;
      if (byte === QUOTE) {
        this.at = at + 1;
        this.stringOpen = false;
        this.tokenTo = this.base + this.at;
        return DONE;
      }
      if (byte < 0x20) {
        this.at = at;
        this.broken();
      }
      if (byte === BACKSLASH) {
        this.tokenPlain = false;
        if (at + 1 === end) this.escaping = true;
        else at += 1;
      } else if (byte > 0x7f) {
        this.tokenPlain = false;
      }
      at += 1;
    }
    this.at = at;
    return this.ended ? this.cut() : MORE;
  }

  /** Bytes between the quotes of the key that `member` has passed; `undefined` where some stand for others. */
  get keyLength(): number | undefined {
    return this.tokenPlain ? this.tokenTo - this.tokenFrom - 2 : undefined;
  }

  /** Whether the key that `member` has passed is this one; its characters are of ASCII. */
  keyIs(name: string): boolean {
    if (!this.tokenPlain) return this.key() === name;
    const from = this.tokenFrom - this.base + 1;
    if (this.tokenTo - this.tokenFrom !== name.length + 2) return false;
    if (from < 1) return this.key() === name;
    for (let index = 0; index < name.length; index += 1) {
      if (this.bytes[from + index] !== name.charCodeAt(index)) return false;
    }
    return true;
  }

  /** That the key which `member` has passed may not stand there again. */
  twice(): JsonTrouble {
    return new JsonTrouble("twice", this.offset);
  }

  /** The key that `member` has passed. */
  key(): string {
    const { tokenFrom: from, tokenTo: to } = this;
    return this.tokenPlain ? this.ascii(from + 1, to - 1) : String(this.parse(from, to));
  }

  /** What `skip` has passed under a hold, where that was a string. */
  skippedString(): string | undefined {
    return this.passedString ? this.key() : undefined;
  }

  /** Whether `skip` has passed this string under a hold; its characters are of ASCII. */
  skippedIs(text: string): boolean {
    return this.passedString && this.keyIs(text);
  }

  /**
   * Through the object that the cursor is in, right behind its brace, looking for the ARN alone. DONE: it has one, and
   * the cursor stands before its value. CLOSED: it has none, and is passed.
   */
  toArn(): number {
    if (this.doing === IDLE) {
      this.depth = 1;
      this.doing = IN_CONTAINER;
    }
    const answer = this.balance(1);
    if (answer === MORE) return MORE;
    this.doing = IDLE;
    return answer === FOUND ? DONE : CLOSED;
  }

  /** Past one value, looking at nothing but its quotes and brackets. */
  skip(): number {
    if (this.doing === IDLE) {
      const byte = this.blank();
      if (byte === MORE) return MORE;
      if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        this.at += 1;
        this.depth = 1;
        this.doing = IN_CONTAINER;
      } else if (byte === QUOTE) {
        this.doing = IN_STRING;
      } else {
        if (
          byte !== 0x2d &&
          !(byte >= 0x30 && byte <= 0x39) &&
          byte !== 0x74 &&
          byte !== 0x66 &&
          byte !== 0x6e
        ) {
          this.broken();
        }
        this.doing = IN_SCALAR;
      }
    }
    return this.skipOn();
  }

  /** Past the end of the object or list that the cursor is in, right behind one of its values. */
  skipRest(): number {
    if (this.doing === IDLE) {
      this.depth = 1;
      this.doing = IN_CONTAINER;
    }
    return this.skipOn();
  }

  private skipOn(): number {
    this.passedString = this.doing === IN_STRING;
    const answer = this.passedString
      ? this.string()
      : this.doing === IN_SCALAR
        ? this.scalar()
        : this.balance();
    if (answer !== MORE) this.doing = IDLE;
    return answer;
  }

  private scalar(): number {
    const { bytes, end } = this;
    let at = this.at;
    while (at < end && SCALAR_BYTES[bytes[at] as number] === 1) at += 1;
    this.at = at;
    if (at < end) return DONE;
    return this.ended ? this.cut() : MORE;
  }

  // Many entries

  /**
   * Past entries of a list, or members of an object, from the one on that the cursor stands before; the answers are in
   * leap.ts, the notes in the leaper's columns.
   */
  passEntries(leaper: Leaper, { kind, path }: ManyReader): number {
    const { base, at, end } = this;
    const { words } = leaper;
    const length = leaper.usePath(path);
    if (length === undefined) {
      words[ENTRY_COUNT] = 0;
      words[CALL_COUNT] = 0;
      return UNUSUAL;
    }
    const answer = leaper.entries(LISTS[kind], at + LEAP_FROM, end + LEAP_FROM, base - LEAP_FROM, length);
    if (answer === BEHIND) this.phase = 0;
    this.at = (words[LEAP_AT] as number) - LEAP_FROM;
    this.countLines(words);
    return answer;
  }

  // Between documents

  /** After trouble: forgets what it was about to do. */
  override reset(): void {
    super.reset();
    this.doing = IDLE;
    this.phase = 0;
    this.stringOpen = false;
    this.escaping = false;
  }

  /** Past the end of the line. CLOSED: the text ends before. */
  skipLine(): number {
    const found = this.bytes.subarray(0, this.end).indexOf(NEWLINE, this.at);
    if (found < 0) {
      this.at = this.end;
      return this.ended ? CLOSED : MORE;
    }
    this.at = found + 1;
    this.line += 1;
    this.lineStart = this.offset;
    return DONE;
  }
}
