// The JSON form of a report, said once: docs/report.schema.json, the writer and the reader all follow from it.
// Changing a key is a new SCHEMA_VERSION; adding a cause or a key that readers may ignore is not.

import type {
  AuditorComplaint,
  Cause,
  ChainLink,
  ControlSummary,
  Evidence,
  Finding,
  Note,
  Place,
  Remark,
  Report,
  Shown,
  WaiverUse,
} from "../../model/finding.ts";
import { LINKS } from "../../model/finding.ts";
import type { InputSummary } from "../../model/graph.ts";
import type { JsonObject } from "../../model/json.ts";
import type { SourceLocation } from "../../model/source.ts";
import { countOutcomes, OUTCOMES, outcomeOf, overallOutcome } from "../summary.ts";
import { noteLinesOf } from "../words/told.ts";
import { tellCause, tellFinding, tellNote, tellRemark } from "../words.ts";
import {
  type Codec,
  count,
  type Derived,
  listOf,
  mark,
  maybe,
  type Named,
  named,
  object,
  oneOf,
  tagged,
  text,
} from "./codec.ts";
import { CAUSE_DETAILS, type DetailFields, REMARK_DETAILS } from "./detail-codecs.ts";

export const SCHEMA_VERSION = "1.0";

const location: Codec<SourceLocation> = object({ file: text, line: count, column: count });

const place = named<Place>("place", object({ address: text, location: maybe(location), input: maybe(text) }));

const shown: Codec<Shown> = tagged<"kind", Shown>("kind", {
  text: object({ text }),
  sensitive: object({}),
  unset: object({}),
  unknown: object({ from: listOf(text) }),
});

const evidence = named<Evidence>("evidence", object({ place, attribute: maybe(text), value: maybe(shown) }));

type Told = Cause | Remark;
type Members<T extends Told> = {
  readonly [C in T["code"]]: Codec<Omit<Extract<T, { readonly code: C }>, "code">>;
};

/** What every cause and remark has, joined with the details of each. */
function members<T extends Told>(details: DetailFields<T>): Members<T> {
  const common = { subject: maybe(place), evidence: listOf(evidence), inAccount: mark };
  const entries = Object.entries<object>(details).map(([code, fields]) => [
    code,
    object({ ...common, ...fields }),
  ]);
  // Built code by code from a table that has them all; no type can say so of Object.fromEntries.
  return Object.fromEntries(entries) as Members<T>;
}

const cause: Named<Cause> = named(
  "cause",
  tagged<"code", Cause>("code", members<Cause>(CAUSE_DETAILS), {
    message: { schema: text.schema, of: (value) => tellCause(value).sentence },
    notes: { schema: { type: "array", items: text.schema }, of: (value) => noteLinesOf(tellCause(value)) },
    help: { schema: maybe(text).schema, of: (value) => tellCause(value).help ?? null },
  }),
);

const remark: Named<Remark> = named(
  "remark",
  tagged<"code", Remark>("code", members<Remark>(REMARK_DETAILS), {
    message: { schema: text.schema, of: tellRemark },
  }),
);

const chainLink: Codec<ChainLink> = object({
  link: oneOf(...LINKS),
  state: oneOf("holds", "breaks", "unknown", "not-reached"),
  evidence: listOf(evidence),
});

const benchmark: Codec<NonNullable<ControlSummary["benchmark"]>> = object({
  name: text,
  version: text,
  number: text,
});

const control: Codec<ControlSummary> = object({
  id: text,
  title: text,
  severity: oneOf("low", "medium", "high", "critical"),
  rationale: text,
  remediation: text,
  benchmark: maybe(benchmark),
  sources: listOf(text),
});

const waiver: Codec<WaiverUse> = object({ reason: text, expires: text, place: text });

const complaint: Codec<AuditorComplaint> = object({
  auditor: text,
  version: text,
  wants: text,
  source: text,
});

/** What most readers ask of a finding, without having to look at its causes. */
const FINDING_IN_SHORT: Readonly<Record<string, Derived<Finding>>> = {
  outcome: { schema: { enum: OUTCOMES }, of: outcomeOf },
  address: { schema: maybe(text).schema, of: ({ causes }) => causes[0]?.subject?.address ?? null },
  message: { schema: text.schema, of: tellFinding },
};

const finding: Named<Finding> = named(
  "finding",
  object(
    {
      control,
      input: maybe(text),
      verdict: oneOf("satisfied", "violated", "undecided"),
      waiver: maybe(waiver),
      link: maybe(oneOf(...LINKS)),
      causes: listOf(cause),
      chain: listOf(chainLink),
      remarks: listOf(remark),
      complaints: listOf(complaint),
    },
    FINDING_IN_SHORT,
  ),
);

const note: Codec<Note> = object(
  {
    code: oneOf(
      "waiver-unused",
      "waiver-expired",
      "assumption-unused",
      "sources-do-not-fit",
      "benchmark-has-no-number",
      "more-controls-exist",
      "state-is-checked",
      "input-outdated",
      "inputs-contradict",
      "remote-state-taken",
      "output-not-given",
      "output-region-taken",
      "output-not-read",
      "command-refused",
    ),
    place: maybe(text),
    subject: text,
    detail: maybe(text),
  },
  { message: { schema: text.schema, of: (value) => tellNote(value).sentence } },
);

const input: Codec<InputSummary> = object({
  label: text,
  kind: oneOf("plan", "state", "sources", "account"),
  formatVersion: maybe(text),
  terraformVersion: maybe(text),
  mode: oneOf("normal", "refresh-only", "destroy", "partial"),
  sha256: maybe(text),
});

const SUMMARY_KEYS = ["controls", ...OUTCOMES] as const;

export const reportCodec: Codec<Report> = object(
  {
    tool: object({ name: oneOf("tfcheck"), version: text }),
    inputs: listOf(input),
    findings: listOf(finding),
    notes: listOf(note),
  },
  {
    schema_version: { schema: { const: SCHEMA_VERSION }, of: () => SCHEMA_VERSION },
    outcome: { schema: { enum: OUTCOMES }, of: overallOutcome },
    summary: {
      schema: {
        type: "object",
        properties: Object.fromEntries(SUMMARY_KEYS.map((key) => [key, count.schema])),
        required: SUMMARY_KEYS,
      },
      of: ({ findings }) => countOutcomes(findings),
    },
  },
);

/** The JSON Schema of the format, as docs/report.schema.json publishes it. */
export function reportSchema(): JsonObject {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: `tfcheck report, schema version ${SCHEMA_VERSION}`,
    ...reportCodec.schema,
    $defs: {
      place: place.definition,
      evidence: evidence.definition,
      cause: cause.definition,
      remark: remark.definition,
      finding: finding.definition,
    },
  };
}
