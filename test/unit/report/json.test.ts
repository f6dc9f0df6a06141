import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { get } from "../../../src/model/json.ts";
import { InputError } from "../../../src/model/problem.ts";
import { reportSchema } from "../../../src/report/json/report-codec.ts";
import { renderJson } from "../../../src/report/json.ts";
import { parseReport } from "../../../src/report/parse-report.ts";
import { expectFile } from "../../report/golden.ts";
import { REPORTS } from "../../report/reports.ts";

const SCHEMA_FILE = new URL("../../../docs/report.schema.json", import.meta.url);
const cases = Object.entries(REPORTS);

test("the published schema is the one that the code writes by", () => {
  expectFile(SCHEMA_FILE, `${JSON.stringify(reportSchema(), null, 2)}\n`);
});

test.each(cases)("the JSON of %s fits the published schema", (_, report) => {
  const validate = new Ajv2020({ strict: true, allErrors: true }).compile(
    JSON.parse(readFileSync(SCHEMA_FILE, "utf8")),
  );
  expect(validate(JSON.parse(renderJson(report))), JSON.stringify(validate.errors)).toBe(true);
});

test.each(cases)("%s comes back from its JSON as it was", (_, report) => {
  const json = renderJson(report);
  const parsed = parseReport(json, "report.json");
  expect(parsed).toStrictEqual(report);
  expect(renderJson(parsed)).toBe(json);
});

test.each(cases)(
  "the JSON of %s has snake_case keys and none that a gate reads as a count of failures",
  (_, report) => {
    const keys = new Set<string>();
    JSON.parse(renderJson(report), function (key, value) {
      if (!Array.isArray(this)) keys.add(key);
      return key === "event" ? null : value;
    });
    keys.delete("");
    for (const key of keys)
      expect(key).toMatch(/^[a-z0-9]+(_[a-z0-9]+)*$|^(eventSource|eventName|errorCode|a\u0007b|__proto__)$/);
    expect(keys).not.toContain("failures");
  },
);

test("what most readers ask is said without looking into causes", () => {
  const json = JSON.parse(renderJson(REPORTS["violated-at-alarm"] ?? expect.fail()));
  expect(json).toMatchObject({
    schema_version: "1.0",
    outcome: "violated",
    summary: { controls: 1, violated: 1, undecided: 0, waived: 0, satisfied: 0 },
    findings: [
      {
        outcome: "violated",
        address: "aws_cloudwatch_metric_alarm.denied",
        message: 'no alarm watches metric "UnauthorizedAPICalls" in namespace "CISBenchmark"',
      },
    ],
  });
  expect(Object.keys(json)[0]).toBe("schema_version");
});

function problemOf(text: string) {
  try {
    parseReport(text, "r.json");
  } catch (error) {
    if (error instanceof InputError) return error.problems[0];
    throw error;
  }
  return expect.fail("this is a report");
}

test.each<[string, string, string]>([
  ["no JSON", "{", "report-not-json"],
  ["a list", "[]", "report-not-a-report"],
  ["a plan", '{"format_version":"1.2"}', "report-not-a-report"],
  ["another version", '{"schema_version":"2.0"}', "report-other-version"],
  ["a missing key", '{"schema_version":"1.0"}', "report-shape"],
])("%s is refused as a report", (_, text, code) => {
  expect(problemOf(text)).toMatchObject({ code, place: "r.json" });
});

test("a wrong value is named with its place", () => {
  const json = JSON.parse(renderJson(REPORTS.satisfied ?? expect.fail()));
  json.findings[0].verdict = "passed";
  expect(problemOf(JSON.stringify(json))?.message).toBe(
    "$.findings[0].verdict: one of satisfied, violated, undecided should stand here",
  );
});

test("an unknown cause of a newer minor version is refused, not guessed", () => {
  const json = JSON.parse(renderJson(REPORTS["violated-at-alarm"] ?? expect.fail()));
  json.findings[0].causes[0].code = "constructor";
  expect(problemOf(JSON.stringify(json))?.message).toContain("$.findings[0].causes[0].code: one of ");
});

test("bottomless events are refused", () => {
  const json = JSON.parse(renderJson(REPORTS["violated-at-filter"] ?? expect.fail()));
  const text = JSON.stringify(json).replace(
    /"event":\{[^}]*\}/,
    `"event":${"[".repeat(5000)}${"]".repeat(5000)}`,
  );
  expect(problemOf(text)?.code).toBe("report-shape");
  expect(get(json, "findings")).toBeDefined();
});
