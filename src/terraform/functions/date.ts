// Date and time functions. Those that read the clock are unknown: the answer is another one at apply.
// Source: https://developer.hashicorp.com/terraform/language/functions/formatdate

import { fail } from "../failure.ts";
import { knownNumber } from "../number.ts";
import { text } from "../values.ts";
import {
  durationOf,
  type Instant,
  instantOf,
  offsetText,
  printInstant,
  shifted,
  sinceEpoch,
} from "./instant.ts";
import { aText, type FunctionTable, pure } from "./signature.ts";

export const dateFunctions: FunctionTable = {
  formatdate: pure([aText, aText], (pattern, time) => text(formatDate(pattern, instantOf(time)))),
  timeadd: pure([aText, aText], (time, duration) =>
    text(printInstant(shifted(instantOf(time), durationOf(duration)))),
  ),
  timecmp: pure([aText, aText], (one, other) => {
    const [a, b] = [sinceEpoch(instantOf(one)), sinceEpoch(instantOf(other))];
    return knownNumber(a < b ? -1 : a > b ? 1 : 0);
  }),
};

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

function formatDate(pattern: string, instant: Instant): string {
  return pattern.replace(/''|'((?:[^']|'')+)'|'|([A-Za-z])\2*/g, (token, quoted?: string) => {
    if (token === "''") return "'";
    if (quoted !== undefined) return quoted.replaceAll("''", "'");
    return token === "'" ? fail("a quote is not closed") : field(token, instant);
  });
}

function field(token: string, instant: Instant): string {
  const date = new Date(instant.wall);
  const hour = date.getUTCHours();
  const hour12 = hour % 12 === 0 ? 12 : hour % 12;
  const fields: Readonly<Record<string, () => string>> = {
    YYYY: () => String(date.getUTCFullYear()).padStart(4, "0"),
    YY: () => two(date.getUTCFullYear() % 100),
    MMMM: () => MONTHS[date.getUTCMonth()] ?? "",
    MMM: () => (MONTHS[date.getUTCMonth()] ?? "").slice(0, 3),
    MM: () => two(date.getUTCMonth() + 1),
    M: () => String(date.getUTCMonth() + 1),
    DD: () => two(date.getUTCDate()),
    D: () => String(date.getUTCDate()),
    EEEE: () => DAYS[date.getUTCDay()] ?? "",
    EEE: () => (DAYS[date.getUTCDay()] ?? "").slice(0, 3),
    hh: () => two(hour),
    h: () => String(hour),
    HH: () => two(hour12),
    H: () => String(hour12),
    AA: () => (hour < 12 ? "AM" : "PM"),
    aa: () => (hour < 12 ? "am" : "pm"),
    mm: () => two(date.getUTCMinutes()),
    m: () => String(date.getUTCMinutes()),
    ss: () => two(date.getUTCSeconds()),
    s: () => String(date.getUTCSeconds()),
    ZZZZZ: () => offsetText(instant, ":"),
    ZZZZ: () => offsetText(instant, ""),
    ZZZ: () => (instant.offsetMinutes === 0 ? "UTC" : offsetText(instant, "")),
    Z: () => (instant.offsetMinutes === 0 ? "Z" : offsetText(instant, ":")),
  };
  return Object.hasOwn(fields, token) ? (fields[token]?.() ?? "") : fail(`"${token}" is no part of a date`);
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
