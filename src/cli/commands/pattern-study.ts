// What can be said of a filter pattern by itself, against another one, and of events. Pure; prints nothing.

import { comparisonsOf, type Pattern } from "../../aws/filter-pattern/ast.ts";
import type { Coverage } from "../../aws/filter-pattern/covers.ts";
import { droppedByMissingField } from "../../aws/filter-pattern/dropped.ts";
import { everydayEvents } from "../../aws/filter-pattern/everyday-events.ts";
import { matches } from "../../aws/filter-pattern/matches.ts";
import { parsePattern } from "../../aws/filter-pattern/parse.ts";
import { printPattern, printSelector } from "../../aws/filter-pattern/print.ts";
import type { ParseProblem, ParseRemark } from "../../aws/filter-pattern/problem.ts";
import {
  DEFAULT_READING,
  differences,
  type Question,
  type Reading,
  readingsFor,
} from "../../aws/filter-pattern/readings.ts";
import { get, isArray, isObject, type Json } from "../../model/json.ts";
import { agree, all, type Tri } from "../../model/value.ts";

export type ReadPattern =
  | { readonly text: string; readonly pattern: Pattern; readonly remarks: readonly ParseRemark[] }
  | { readonly text: string; readonly problem: ParseProblem };

export function readPattern(text: string): ReadPattern {
  return { text, ...parsePattern(text) };
}

export interface PatternStudy {
  readonly canonical: string;
  readonly form: Pattern["form"];
  /** Each once, in the order of the text. */
  readonly fields: readonly string[];
  /** Fields without which an event is not counted. */
  readonly drops: readonly string[];
  /** What AWS does not document and the pattern turns on. */
  readonly open: readonly Question[];
  /** Ordinary calls that succeed and are counted all the same. */
  readonly everyday: readonly Json[];
}

/** Cost: bounded, as comparing patterns is. */
export function studyPattern(pattern: Pattern): PatternStudy {
  return {
    canonical: printPattern(pattern),
    form: pattern.form,
    fields: [...new Set(comparisonsOf(pattern).map(({ selector }) => printSelector(selector)))],
    drops: droppedByMissingField(pattern),
    open: questionsOf(readingsFor([pattern])),
    everyday: everydayEvents().filter((event) => matches(pattern, event)),
  };
}

function questionsOf(readings: readonly Reading[]): readonly Question[] {
  return [...new Set(readings.flatMap((reading) => differences(reading, DEFAULT_READING)))];
}

export interface Trial {
  readonly event: Json;
  /** "maybe": it turns on what AWS does not document. */
  readonly matches: Tri;
  /** The open questions, where it is "maybe". */
  readonly turnsOn: readonly Question[];
}

/** Cost: events × readings, of which there are at most 64. */
export function tryEvents(pattern: Pattern, events: readonly Json[]): readonly Trial[] {
  const readings = readingsFor([pattern]);
  return events.map((event): Trial => {
    const verdict = agree(readings.map((reading) => (matches(pattern, event, reading) ? "yes" : "no")));
    return { event, matches: verdict, turnsOn: verdict === "maybe" ? questionsOf(readings) : [] };
  });
}

/** An event, a list of events, or a file as CloudTrail delivers it. `undefined`: something else. */
export function eventsOf(json: Json): readonly Json[] | undefined {
  const records = get(json, "Records");
  const events = isArray(records) ? records : isArray(json) ? json : [json];
  return events.length > 0 && events.every(isObject) ? events : undefined;
}

/** "yes": covered, and every event matches. */
export function answerOf(coverage: Coverage | undefined, trials: readonly Trial[]): Tri {
  return all([...(coverage === undefined ? [] : [coverage.answer]), ...trials.map((trial) => trial.matches)]);
}
