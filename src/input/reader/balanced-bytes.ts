// The way past objects and lists, looking at nothing but their quotes and brackets.

import { scanJson } from "../json-scan.ts";
import { arnKeyAt } from "./arn-key.ts";
import { ChunkedBytes, JsonTrouble } from "./chunked-bytes.ts";
import { BACKSLASH, CLASSES, CLOSE, LINE_END, OPEN, PLAIN, QUOTE, STRING } from "./json-bytes.ts";
import {
  LEAP_ARN,
  LEAP_AT,
  LEAP_CLOSED,
  LEAP_DEPTH,
  LEAP_ESCAPED,
  LEAP_FROM,
  LEAP_IN_STRING,
  LEAP_LEAST,
  LEAP_LINE_AT,
  LEAP_LINES,
} from "./leap.ts";

/** The chunk is used up: ask again after `feed` or `finish`. */
export const MORE = -1;
export const DONE = 0;
export const FOUND = 1;

/** Where `balance` was when the chunk ended. */
export const IDLE = 0;
export const IN_CONTAINER = 1;
const IN_CONTAINED_STRING = 2;

/** No depth at all. */
const NOWHERE = -1;

export class BalancedBytes extends ChunkedBytes {
  protected doing = IDLE;
  protected depth = 0;
  protected escaping = false;

  /** The text ends inside of a value. What is held of it may be broken before. */
  protected cut(): never {
    const from = this.neededFrom();
    if (from !== undefined) {
      const text = this.slice(from, this.offset).toString("utf8");
      const scan = scanJson(text, 0);
      if (scan.kind === "broken") {
        throw new JsonTrouble("broken", from + Buffer.byteLength(text.slice(0, scan.at)));
      }
    }
    throw new JsonTrouble("cut", this.offset);
  }

  protected broken(): never {
    throw new JsonTrouble("broken", this.offset);
  }

  /** The hot loop: nearly all bytes of a large plan pass here. */
  protected balance(watched = NOWHERE): number {
    if (this.escaping && this.at < this.end) {
      this.escaping = false;
      this.at += 1;
    }
    const answer = this.leap(watched);
    return answer === MORE ? this.walk(watched) : answer;
  }

  /** As far as 64 bytes at a time go. MORE: not to the end. */
  private leap(watched: number): number {
    const { leaper, end, bytes } = this;
    if (leaper === undefined) return MORE;
    const { words } = leaper;
    while (end - this.at >= LEAP_LEAST) {
      const inString = this.doing === IN_CONTAINED_STRING ? -1 : 0;
      const answer = leaper.leap(this.at + LEAP_FROM, end + LEAP_FROM, this.depth, inString, watched);
      this.at = (words[LEAP_AT] as number) - LEAP_FROM;
      this.depth = words[LEAP_DEPTH] as number;
      this.escaping = words[LEAP_ESCAPED] === 1;
      this.doing = words[LEAP_IN_STRING] === 0 ? IN_CONTAINER : IN_CONTAINED_STRING;
      this.countLines(words);
      if (answer === LEAP_CLOSED) return DONE;
      if (answer !== LEAP_ARN) break;
      const length = arnKeyAt(bytes, this.at, end, this.ended);
      if (length === undefined) {
        this.at -= 1;
        break;
      }
      if (length > 0) {
        this.at += length;
        return FOUND;
      }
      this.doing = IN_CONTAINED_STRING;
    }
    if (this.escaping && this.at < end) {
      this.escaping = false;
      this.at += 1;
    }
    return MORE;
  }

  /** The lines that the leaper has passed. */
  protected countLines(words: Int32Array): void {
    const lines = words[LEAP_LINES] as number;
    if (lines === 0) return;
    this.line += lines;
    this.lineStart = this.base + (words[LEAP_LINE_AT] as number) - LEAP_FROM;
  }

  /** Byte by byte. */
  private walk(watched: number): number {
    const { bytes, end } = this;
    let { at, depth } = this;
    let inString = this.doing === IN_CONTAINED_STRING;
    while (at < end) {
      if (inString) {
        const byte = bytes[at++] as number;
        if (byte === QUOTE) inString = false;
        else if (byte === BACKSLASH && at++ === end) this.escaping = true;
        continue;
      }
      const kind = CLASSES[bytes[at++] as number];
      if (kind === PLAIN) continue;
      if (kind === STRING) {
        if (depth === watched) {
          const length = arnKeyAt(bytes, at, end, this.ended) ?? MORE;
          if (length !== 0) {
            this.at = length === MORE ? at - 1 : at + length;
            this.depth = depth;
            this.doing = IN_CONTAINER;
            if (length !== MORE) return FOUND;
            this.keepAhead();
            return MORE;
          }
        }
        inString = true;
        while (at < end) {
          const byte = bytes[at++] as number;
          if (byte === QUOTE) {
            inString = false;
            break;
          }
          if (byte === BACKSLASH && at++ === end) this.escaping = true;
        }
      } else if (kind === OPEN) {
        depth += 1;
      } else if (kind === CLOSE) {
        depth -= 1;
        if (depth === 0) {
          this.at = at;
          return DONE;
        }
      } else if (kind === LINE_END) {
        this.line += 1;
        this.lineStart = this.base + at;
      } else {
        this.at = at - 1;
        this.broken();
      }
    }
    this.at = end;
    this.depth = depth;
    this.doing = inString ? IN_CONTAINED_STRING : IN_CONTAINER;
    return this.ended ? this.cut() : MORE;
  }
}
