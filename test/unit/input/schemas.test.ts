// The JSON Schemas for editors and the readers come from the same shapes. Here they meet on documents with slips.

import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { CONFIG, parseConfig } from "../../../src/input/config.ts";
import { parsePolicy } from "../../../src/input/policy.ts";
import { EXAMPLES, parseExamples } from "../../../src/input/policy-examples.ts";
import { POLICY } from "../../../src/input/policy-shape.ts";
import { InputError } from "../../../src/model/problem.ts";

/** What a schema cannot say: meaning, and whether texts in other languages can be read. */
const BEYOND_SCHEMA =
  /-(pattern|expression|not-broken|published-twice|id-differs|unknown-version|unknown-benchmark|date|name-twice)$/;

const CONFIGURATION = {
  controls: ["aws-root-usage-alarm"],
  benchmark: "cis-aws-foundations@5.0.0",
  inputs: { with: ["a.json"], source: "." },
  undecided: "pass",
  "accept-pending": true,
  delivery: { "alarm-muted": "remark" },
  assumptions: [{ "endpoint-confirmed": "a@example.com", reason: "r" }],
  waivers: [{ control: "a", address: "b", reason: "r", expires: "2027-01-31" }],
};

const KINDS = [
  {
    kind: "policy with a pattern",
    schema: POLICY.schema,
    whole: parse(readFileSync("policies/aws/aws-root-usage-alarm.yaml", "utf8")),
    read: (text: string) => parsePolicy(text, "aws-root-usage-alarm.yaml"),
  },
  {
    kind: "policy of an attribute",
    schema: POLICY.schema,
    whole: parse(readFileSync("policies/aws/aws-cloudtrail-log-retention.yaml", "utf8")),
    read: (text: string) => parsePolicy(text, "aws-cloudtrail-log-retention.yaml"),
  },
  {
    kind: "file of examples",
    schema: EXAMPLES.schema,
    whole: parse(readFileSync("policies/aws/aws-cloudtrail-log-retention.examples.yaml", "utf8")),
    read: (text: string) => parseExamples(text, "x.examples.yaml"),
  },
  {
    kind: "configuration",
    schema: CONFIG.schema,
    whole: CONFIGURATION,
    read: (text: string) => parseConfig(text, ".tfcheck.yaml"),
  },
];

const SUBSTITUTES = [
  null,
  "",
  " ",
  "text",
  "5.0.0",
  "aws_sns_topic",
  "$.a",
  "all",
  7,
  true,
  [],
  ["a"],
  {},
  { a: 1 },
];

describe("schema and reader agree", () => {
  it.each(KINDS)("on every slip in a $kind", async ({ schema, whole, read }) => {
    const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
    const places = placesIn(whole);
    const slip = fc.record({
      place: fc.constantFrom(...places),
      how: fc.oneof(
        fc.constant("removed" as const),
        fc.constantFrom(...SUBSTITUTES.map((value) => ({ value }))),
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(slip, { minLength: 0, maxLength: 2 }), async (slips) => {
        const document = slips.reduce<unknown>((one, { place, how }) => changed(one, place, how), whole);
        const codes = await codesOf(read, stringify(document, { aliasDuplicateObjects: false }));
        const refused = codes.filter((code) => !BEYOND_SCHEMA.test(code));
        // A schema sees that a text is no date, not that a date is no day.
        if (codes.some((code) => code.endsWith("-date"))) return;
        expect({ schema: validate(document), because: refused.length === 0 ? [] : refused }).toEqual({
          schema: refused.length === 0,
          because: refused,
        });
      }),
      { seed: 11, numRuns: 400 },
    );
  });
});

async function codesOf(read: (text: string) => Promise<unknown>, text: string): Promise<readonly string[]> {
  try {
    await read(text);
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(({ code }) => code);
    throw error;
  }
}

type Place = readonly (string | number)[];

/** Every part of a document but the whole, and beside each map a key that it does not have. */
function placesIn(value: unknown): readonly Place[] {
  if (typeof value !== "object" || value === null) return [];
  const inside = Object.entries(value).flatMap(([key, part]): Place[] => {
    const step = Array.isArray(value) ? Number(key) : key;
    return [[step], ...placesIn(part).map((rest) => [step, ...rest])];
  });
  return Array.isArray(value) ? inside : [...inside, ["zzz"]];
}

function changed(document: unknown, [step, ...rest]: Place, how: "removed" | { value: unknown }): unknown {
  if (typeof document !== "object" || document === null || step === undefined) return document;
  const copy: unknown[] | Record<string, unknown> = Array.isArray(document) ? [...document] : { ...document };
  const part: unknown = Reflect.get(copy, step);
  if (rest.length > 0) Reflect.set(copy, step, changed(part, rest, how));
  else if (how !== "removed") Reflect.set(copy, step, how.value);
  else if (Array.isArray(copy)) copy.splice(Number(step), 1);
  else Reflect.deleteProperty(copy, step);
  return copy;
}
