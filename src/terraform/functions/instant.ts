// Moments in time as RFC 3339 writes them, with the offset they were written with. No clock.

import { fail } from "../failure.ts";

export interface Instant {
  /** Milliseconds of the wall clock at the offset, as if it were UTC. */
  readonly wall: number;
  readonly nanoseconds: number;
  readonly offsetMinutes: number;
}

const RFC3339 =
  /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))$/;

/** `undefined` for text that is no RFC 3339 timestamp. */
export function readInstant(text: string): Instant | undefined {
  const [, local, fraction = "", sign, hours = "0", minutes = "0"] = RFC3339.exec(text) ?? [];
  if (local === undefined) return undefined;
  const wall = Date.parse(`${local}Z`);
  // JavaScript takes the 30th of February for the 2nd of March.
  if (Number.isNaN(wall) || printWall(wall) !== local) return undefined;
  const offset = Number(hours) * 60 + Number(minutes);
  return {
    wall,
    nanoseconds: Number(fraction.padEnd(9, "0")),
    offsetMinutes: sign === "-" ? -offset : offset,
  };
}

export function instantOf(text: string): Instant {
  return readInstant(text) ?? fail("the text is no RFC 3339 timestamp");
}

/** Whole seconds, as Terraform prints timestamps. */
export function printInstant(instant: Instant): string {
  return printWall(instant.wall) + (instant.offsetMinutes === 0 ? "Z" : offsetText(instant, ":"));
}

function printWall(wall: number): string {
  return new Date(wall).toISOString().slice(0, 19);
}

export function offsetText(instant: Instant, separator: string): string {
  const size = Math.abs(instant.offsetMinutes);
  const [hours, minutes] = [Math.floor(size / 60), size % 60];
  return `${instant.offsetMinutes < 0 ? "-" : "+"}${two(hours)}${separator}${two(minutes)}`;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}

/** Nanoseconds since 1970, for comparing. */
export function sinceEpoch(instant: Instant): bigint {
  const milliseconds = BigInt(instant.wall) - BigInt(instant.offsetMinutes) * 60_000n;
  return milliseconds * 1_000_000n + BigInt(instant.nanoseconds);
}

export function shifted(instant: Instant, nanoseconds: bigint): Instant {
  const total = BigInt(instant.wall) * 1_000_000n + BigInt(instant.nanoseconds) + nanoseconds;
  const rest = ((total % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  const wall = Number((total - rest) / 1_000_000n);
  if (Math.abs(wall) > 8e15) return fail("the time is out of range");
  return { ...instant, wall, nanoseconds: Number(rest) };
}

const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  "\u00b5s": 1_000n,
  "\u03bcs": 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

/** Go's durations: `1h30m`, `-5.5s`. In nanoseconds. */
export function durationOf(text: string): bigint {
  const [, sign = "", rest = ""] = /^([+-]?)(.+)$/.exec(text) ?? [];
  if (rest === "0") return 0n;
  if (!/^(?:\d{1,12}(?:\.\d{1,9})?(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+$/.test(rest))
    return fail("the text is no duration");
  let total = 0n;
  for (const [, whole = "", fraction = "", unit = ""] of rest.matchAll(
    /(\d+)(?:\.(\d+))?([a-z\u00b5\u03bc]+)/g,
  )) {
    const size = UNITS[unit] ?? 0n;
    total += BigInt(whole) * size + (BigInt(fraction.padEnd(9, "0")) * size) / 1_000_000_000n;
  }
  return sign === "-" ? -total : total;
}
