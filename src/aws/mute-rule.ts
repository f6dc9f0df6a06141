// Alarm mute rules: which alarms they silence, and whether they ever let them speak.

import { all, any, child, elementsOf, isUnset, stringOf, type Tri, type Value } from "../model/value.ts";
import type { Attributes } from "./attributes.ts";
import { sameText } from "./same-text.ts";

/**
 * Whether a mute rule names the alarm. A rule without targets is not documented alike everywhere (none, or every
 * alarm of the account), so it is "maybe".
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutAlarmMuteRule.html (MuteTargets)
 */
export function mutesAlarm(muteRule: Attributes, alarmName: Value): Tri {
  const targets = elementsOf(muteRule.read("mute_targets"));
  const names = targets?.map((target) => elementsOf(child(target, "alarm_names")));
  if (names === undefined || names.length === 0) return "maybe";
  return any(
    names.map((list) => (list === undefined ? "maybe" : any(list.map((name) => sameText(name, alarmName))))),
  );
}

/**
 * Whether a mute rule is in force without a break: it recurs at least as often as it lasts, and never expires.
 * "maybe" for schedules that skip months or days of a month, which may still overlap, and for a rule that has a day
 * to begin on: nobody here knows what day it is.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Schedule.html (five cron fields,
 * durations from PT1M to P15D), https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules.html
 */
export function mutesForEver(muteRule: Attributes): Tri {
  const expires = isUnset(muteRule.read("expire_date"));
  if (expires === "no") return "no";
  const schedule = firstBlock(firstBlock(muteRule.read("rule"), "schedule"));
  const expression = stringOf(child(schedule, "expression"))?.trim();
  const duration = stringOf(child(schedule, "duration"));
  if (expression?.startsWith("at(")) return "no";
  if (expression === undefined || duration === undefined) return "maybe";
  const lasts = durationMinutes(duration);
  const gap = longestGap(expression);
  if (lasts === undefined || gap === undefined) return "maybe";
  if (gap > lasts) return "no";
  return all([expires, isUnset(muteRule.read("start_date")) === "yes" ? "yes" : "maybe"]);
}

function firstBlock(blocks: Value, step?: string): Value {
  const block = elementsOf(blocks)?.[0] ?? child(blocks, 0);
  return step === undefined ? block : child(block, step);
}

/** In minutes. */
const HOUR = 60;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** Minutes of an ISO 8601 duration of weeks, days, hours and minutes; `undefined` for others. */
function durationMinutes(text: string): number | undefined {
  const match = /^P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?)?$/.exec(text);
  if (match === null) return undefined;
  const [, weeks, days, hours, minutes] = match.map((part) => Number(part ?? 0));
  return (weeks ?? 0) * WEEK + (days ?? 0) * DAY + (hours ?? 0) * HOUR + (minutes ?? 0);
}

/** The longest time in minutes between two starts of a schedule that is the same every week. */
function longestGap(expression: string): number | undefined {
  const fields = /^cron\(([^()]*)\)$/.exec(expression)?.[1]?.trim().split(/\s+/);
  if (fields?.length !== 5) return undefined;
  const [minute = "", hour = "", dayOfMonth = "", month = "", dayOfWeek = ""] = fields;
  if (!isEvery(dayOfMonth) || !isEvery(month)) return undefined;
  const minutes = valuesOf(minute, 0, 59);
  const hours = valuesOf(hour, 0, 23);
  const days = isEvery(dayOfWeek) ? [0, 1, 2, 3, 4, 5, 6] : valuesOf(numberDays(dayOfWeek), 0, 7);
  if (minutes === undefined || hours === undefined || days === undefined) return undefined;
  const starts = days
    .map((day) => (day % 7) * DAY)
    .flatMap((day) => hours.flatMap((at) => minutes.map((past) => day + at * HOUR + past)))
    .sort((a, b) => a - b);
  const [first] = starts;
  if (first === undefined) return undefined;
  return Math.max(...starts.map((start, at) => (starts[at + 1] ?? first + WEEK) - start));
}

function isEvery(field: string): boolean {
  return field === "*" || field === "?";
}

const DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

function numberDays(field: string): string {
  return field.toUpperCase().replaceAll(/SUN|MON|TUE|WED|THU|FRI|SAT/g, (day) => String(DAYS.indexOf(day)));
}

/** The values of a cron field: `*`, numbers, ranges, steps and lists of them. */
function valuesOf(field: string, least: number, most: number): readonly number[] | undefined {
  const values = new Set<number>();
  for (const part of field.split(",")) {
    const match = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part);
    if (match === null) return undefined;
    const [, from, to, every] = match;
    const start = from === undefined ? least : Number(from);
    const end = to !== undefined ? Number(to) : from === undefined || every !== undefined ? most : start;
    const step = every === undefined ? 1 : Number(every);
    if (start < least || end > most || start > end || step < 1) return undefined;
    for (let value = start; value <= end; value += step) values.add(value);
  }
  return [...values];
}
