// Any report the schema allows survives being saved and read again; any other JSON is refused, never a crash.

import fc from "fast-check";
import { expect, test } from "vitest";
import { get, isArray, isObject, type Json, type JsonObject } from "../../src/model/json.ts";
import { InputError } from "../../src/model/problem.ts";
import { FORMATS, render } from "../../src/report/index.ts";
import { reportSchema } from "../../src/report/json/report-codec.ts";
import { renderJson } from "../../src/report/json.ts";
import { parseReport } from "../../src/report/parse-report.ts";
import { DEFAULT_OPTIONS } from "../../src/report/render-options.ts";

const SCHEMA = reportSchema();

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom(
    "",
    "__proto__",
    "::error::x",
    "##[x]",
    "\u001b[31m",
    "aws_sns_topic.a",
    "main.tf",
    "```",
    "-",
  ),
);

/** JSON that fits a schema of the few kinds that codecs write. */
function fitting(schema: JsonObject): fc.Arbitrary<Json> {
  const ref = get(schema, "$ref");
  if (typeof ref === "string") {
    const definition = get(get(SCHEMA, "$defs"), ref.replace("#/$defs/", ""));
    return fitting(isObject(definition) ? definition : {});
  }
  for (const key of ["anyOf", "oneOf"]) {
    const members = get(schema, key);
    if (isArray(members)) return fc.oneof(...members.filter(isObject).map(fitting));
  }
  if (Object.hasOwn(schema, "const")) return fc.constant(schema.const ?? null);
  const values = get(schema, "enum");
  if (isArray(values)) return fc.constantFrom(...values);
  switch (schema.type) {
    case "number":
      return fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    case "boolean":
      return fc.boolean();
    case "string":
      return anyText;
    case "integer":
      return fc.nat();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(fitting(isObject(schema.items) ? schema.items : {}), { maxLength: 3 });
    case "object": {
      const properties = Object.entries(isObject(schema.properties) ? schema.properties : {});
      return fc.record(
        Object.fromEntries(properties.map(([key, inner]) => [key, fitting(isObject(inner) ? inner : {})])),
        {
          noNullPrototype: true,
        },
      );
    }
    default:
      return fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)));
  }
}

const savedReport = fitting(SCHEMA).map((json) => JSON.stringify(json));
const LIMITS = { seed: 20261124, numRuns: 100, interruptAfterTimeLimit: 4000 };

test("a report read from JSON is written and read again as the same report", () => {
  fc.assert(
    fc.property(savedReport, (saved) => {
      const report = parseReport(saved, "saved.json");
      const written = renderJson(report);
      expect(parseReport(written, "written.json")).toStrictEqual(report);
      expect(renderJson(report)).toBe(written);
    }),
    LIMITS,
  );
});

test("JSON that was tampered with is a report or refused", () => {
  const tampered = fc
    .tuple(savedReport, fc.nat(), fc.jsonValue({ maxDepth: 1 }))
    .map(([saved, at, value]) => {
      let count = 0;
      const size = saved.split('"').length;
      return JSON.stringify(
        JSON.parse(saved, (_, inner) => {
          count += 1;
          return count === at % size ? value : inner;
        }),
      );
    });
  fc.assert(
    fc.property(tampered, (text) => {
      try {
        parseReport(text ?? "", "tampered.json");
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
      }
    }),
    LIMITS,
  );
});

test.each(FORMATS)("any report can be rendered as %s, twice the same", async (format) => {
  await fc.assert(
    fc.asyncProperty(savedReport, async (saved) => {
      const report = parseReport(saved, "saved.json");
      const rendered = await render(report, format, DEFAULT_OPTIONS);
      expect(await render(report, format, DEFAULT_OPTIONS)).toBe(rendered);

      expect(rendered).not.toMatch(/[\x00-\x09\x0b-\x1f]|^\s*::(?!(error|warning|notice) )|##\[/m);
    }),
    { ...LIMITS, numRuns: 40, interruptAfterTimeLimit: 2000 },
  );
});
