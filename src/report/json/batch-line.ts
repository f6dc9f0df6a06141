// One plan of a fleet in one line of JSON: docs/batch-line.schema.json, its writer and its reader all follow from here.

import { type Finding, LINKS, type Report } from "../../model/finding.ts";
import type { Json, JsonObject } from "../../model/json.ts";
import type { InputProblem } from "../../model/problem.ts";
import { inJson } from "../escape.ts";
import { OUTCOMES, type Outcome, outcomeOf, overallOutcome } from "../summary.ts";
import { type Codec, listOf, maybe, object, oneOf, text } from "./codec.ts";

export const BATCH_SCHEMA_VERSION = "1.0";

/** The worst of its controls, or that it could not be checked. */
export type BatchOutcome = Outcome | "error";

export const BATCH_OUTCOMES: readonly BatchOutcome[] = ["error", ...OUTCOMES];

export interface BatchCause {
  readonly code: string;
  /** What it is about; `undefined`: the inputs as a whole. */
  readonly address: string | undefined;
}

export interface BatchControl {
  readonly id: string;
  /** Under the chosen benchmark. */
  readonly number: string | undefined;
  readonly outcome: Outcome;
  /** Where the best chain breaks or is not decided. */
  readonly link: Finding["link"];
  readonly causes: readonly BatchCause[];
}

interface BatchProblem {
  readonly code: string;
  readonly message: string;
  readonly help: string | undefined;
}

export interface BatchLine {
  readonly label: string;
  /** Of the bytes that were read; `undefined`: nothing could be read. */
  readonly sha256: string | undefined;
  /** Of everything beside the plan that the answer depends on: lines with the same one can be compared. */
  readonly asked: string;
  readonly outcome: BatchOutcome;
  readonly controls: readonly BatchControl[];
  /** Why it could not be checked. */
  readonly problems: readonly BatchProblem[];
}

const control: Codec<BatchControl> = object({
  id: text,
  number: maybe(text),
  outcome: oneOf("violated", "undecided", "waived", "satisfied"),
  link: maybe(oneOf(...LINKS)),
  causes: listOf(object({ code: text, address: maybe(text) })),
});

const batchLine: Codec<BatchLine> = object(
  {
    label: text,
    sha256: maybe(text),
    asked: text,
    outcome: oneOf("error", "violated", "undecided", "waived", "satisfied"),
    controls: listOf(control),
    problems: listOf(object({ code: text, message: text, help: maybe(text) })),
  },
  { schema_version: { schema: { const: BATCH_SCHEMA_VERSION }, of: () => BATCH_SCHEMA_VERSION } },
);

type Named = Pick<BatchLine, "label" | "sha256" | "asked">;

export function lineOfReport(named: Named, report: Report): BatchLine {
  return {
    ...named,
    outcome: overallOutcome(report),
    controls: report.findings.map((finding) => ({
      id: finding.control.id,
      number: finding.control.benchmark?.number,
      outcome: outcomeOf(finding),
      link: finding.link,
      causes: finding.causes.map(({ code, subject }) => ({ code, address: subject?.address })),
    })),
    problems: [],
  };
}

export function lineOfProblems(named: Named, problems: readonly InputProblem[]): BatchLine {
  return {
    ...named,
    outcome: "error",
    controls: [],
    problems: problems.map(({ code, message, help }) => ({ code, message, help })),
  };
}

/** Ends in a line break, and holds no other. */
export function printBatchLine(line: BatchLine): string {
  return `${inJson(JSON.stringify(batchLine.write(line)))}\n`;
}

/** Throws ShapeError for JSON that is no such line. */
export function readBatchLine(json: Json): BatchLine {
  return batchLine.read(json, "$");
}

/** The JSON Schema of a line, as docs/batch-line.schema.json publishes it. */
export function batchLineSchema(): JsonObject {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: `one line of tfcheck batch, schema version ${BATCH_SCHEMA_VERSION}`,
    ...batchLine.schema,
  };
}
