// What was found of a filter pattern, in words and as JSON.

import type { Coverage } from "../../aws/filter-pattern/covers.ts";
import { describeRemark } from "../../aws/filter-pattern/describe-problem.ts";
import type { ParseRemark } from "../../aws/filter-pattern/problem.ts";
import { OPEN_QUESTIONS, type Question } from "../../aws/filter-pattern/readings.ts";
import { get, type Json } from "../../model/json.ts";
import type { Tri } from "../../model/value.ts";
import { aligned } from "../plain-text.ts";
import type { PatternStudy, Trial } from "./pattern-study.ts";

export interface PatternAnswer {
  readonly text: string;
  readonly remarks: readonly ParseRemark[];
  readonly study: PatternStudy;
  /** `undefined`: not asked. */
  readonly coverage: Coverage | undefined;
  readonly trials: readonly Trial[];
}

export function patternLines(answer: PatternAnswer): readonly string[] {
  const { study, coverage, trials } = answer;
  return [
    study.canonical === "" ? "(empty)" : study.canonical,
    ...aligned([
      ["  form", FORMS[study.form]],
      ...(study.fields.length > 0 ? [["  fields", study.fields.join(", ")]] : []),
    ]),
    ...remarkLines(answer),
    ...(coverage === undefined ? [] : ["", ...coverageLines(coverage)]),
    ...(trials.length === 0 ? [] : ["", ...trialLines(trials)]),
  ];
}

const FORMS: Readonly<Record<PatternStudy["form"], string>> = {
  json: "conditions on the fields of JSON events",
  everything: "empty: every event is counted",
  terms: "words to look for in the text of events",
  delimited: "columns of space-separated logs: no CloudTrail event is counted",
};

function remarkLines({ text, remarks, study }: PatternAnswer): readonly string[] {
  return [
    ...remarks.flatMap((remark) => {
      const { sentence, excerpt } = describeRemark(remark, text);
      return ["", `remark: ${sentence} [${remark.code}]`, ...excerpt.map((line) => `  ${line}`)];
    }),
    ...study.drops.flatMap((field) => [
      "",
      `remark: events without ${field} are not counted, since != does not match a missing field`,
    ]),
    ...study.open.flatMap((question) => ["", ...questionLines(question)]),
    ...everydayLines(study.everyday),
  ];
}

function questionLines(question: Question): readonly string[] {
  const { asks, basis, source } = OPEN_QUESTIONS[question];
  return [`not documented by AWS: ${asks}`, `  taken as no: ${basis}`, `  ${source}`];
}

function everydayLines(events: readonly Json[]): readonly string[] {
  if (events.length === 0) return [];
  const counted = `${events.length} everyday ${events.length === 1 ? "call" : "calls"}`;
  return ["", `remark: it counts ${counted} that succeed, such as ${nameOf(events[0] ?? null)}`];
}

function coverageLines(coverage: Coverage): readonly string[] {
  switch (coverage.answer) {
    case "yes":
      return ["covers: yes, every event that the other pattern counts is counted"];
    case "maybe":
      return [
        coverage.why === "too-complex"
          ? "covers: not decided, the patterns take too much work to compare"
          : "covers: not decided, no event that slips through could be confirmed",
      ];
    case "no":
      return [
        "covers: no, this event slips through",
        `  ${JSON.stringify(coverage.event)}`,
        ...(coverage.departsFrom.length === 0
          ? []
          : ["  so it is if AWS answers yes to what it does not document:"]),
        ...coverage.departsFrom.map((question) => `    ${OPEN_QUESTIONS[question].asks}`),
      ];
    default:
      return coverage satisfies never;
  }
}

const MATCHES: Readonly<Record<Tri, string>> = { yes: "match", no: "no match", maybe: "not decided" };

function trialLines(trials: readonly Trial[]): readonly string[] {
  const rows = trials.map(({ event, matches, turnsOn }, at) => [
    `event ${at + 1}`,
    MATCHES[matches],
    [nameOf(event), ...turnsOn.map((question) => `turns on: ${OPEN_QUESTIONS[question].asks}`)].join("; "),
  ]);
  const matched = trials.filter((trial) => trial.matches === "yes").length;
  const count = trials.length === 1 ? [] : [`${matched} of ${trials.length} events match`];
  return [...aligned(rows), ...count];
}

/** `ec2.amazonaws.com RunInstances Client.UnauthorizedOperation` */
function nameOf(event: Json): string {
  const parts = ["eventSource", "eventName", "errorCode"].map((field) => get(event, field));
  return parts.filter((part) => typeof part === "string").join(" ");
}

export function patternJson({ text, remarks, study, coverage, trials }: PatternAnswer): unknown {
  return {
    pattern: text,
    canonical: study.canonical,
    form: study.form,
    fields: study.fields,
    remarks: remarks.map((remark) => ({
      code: remark.code,
      message: describeRemark(remark, text).sentence,
      offset: remark.offset,
      end: remark.end,
    })),
    drops_events_without: study.drops,
    not_documented: study.open.map((question) => OPEN_QUESTIONS[question]),
    everyday_calls: study.everyday,
    ...(coverage === undefined ? {} : { covers: coverageJson(coverage) }),
    ...(trials.length === 0
      ? {}
      : { events: trials.map(({ event, matches }, index) => ({ index, name: nameOf(event), matches })) }),
  };
}

function coverageJson(coverage: Coverage): unknown {
  switch (coverage.answer) {
    case "yes":
      return { answer: "yes" };
    case "maybe":
      return { answer: "maybe", why: coverage.why };
    case "no":
      return {
        answer: "no",
        event: coverage.event,
        turns_on: coverage.departsFrom.map((question) => OPEN_QUESTIONS[question].asks),
      };
    default:
      return coverage satisfies never;
  }
}
