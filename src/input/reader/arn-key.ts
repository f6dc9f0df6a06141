// The one key that is looked for in the values of entries that are passed: `arn`, which says where the account is.

import { BACKSLASH, COLON, NEWLINE, QUOTE } from "./json-bytes.ts";

/**
 * The length of `arn":` behind a quote, with blanks before the colon; 0 for anything else, `undefined` where the
 * chunk ends before that can be told.
 */
export function arnKeyAt(bytes: Buffer, from: number, end: number, ended: boolean): number | undefined {
  let at = from;
  for (; at < from + ARN.length; at += 1) {
    if (at >= end) return ended ? 0 : undefined;
    if (bytes[at] === BACKSLASH) return escapedArnAt(bytes, from, end, ended);
    if (bytes[at] !== ARN[at - from]) return 0;
  }
  return behindColon(bytes, from, at, end, ended);
}

const ARN = [0x61, 0x72, 0x6e, QUOTE];
const LONGEST_ARN = "\\u0061\\u0072\\u006e".length;

/** The same, with characters written by their number. */
function escapedArnAt(bytes: Buffer, from: number, end: number, ended: boolean): number | undefined {
  const close = bytes.indexOf(QUOTE, from);
  if (close < 0 || close >= end) return ended || end - from > LONGEST_ARN ? 0 : undefined;
  if (close - from > LONGEST_ARN) return 0;
  const key = bytes
    .toString("latin1", from, close)
    .replace(/\\u00([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return key === "arn" ? behindColon(bytes, from, close + 1, end, ended) : 0;
}

function behindColon(
  bytes: Buffer,
  from: number,
  start: number,
  end: number,
  ended: boolean,
): number | undefined {
  let at = start;
  while (
    at < end &&
    (bytes[at] === 0x20 || bytes[at] === 0x09 || bytes[at] === 0x0d || bytes[at] === NEWLINE)
  ) {
    at += 1;
  }
  if (at >= end) return ended ? 0 : undefined;
  return bytes[at] === COLON ? at + 1 - from : 0;
}
