// The report as JSON with a version: docs/report.schema.json is its shape, parse-report.ts reads it back.

import type { Report } from "../model/finding.ts";
import { inJson } from "./escape.ts";
import { reportCodec } from "./json/report-codec.ts";

export function renderJson(report: Report): string {
  return `${inJson(JSON.stringify(reportCodec.write(report), null, 2))}\n`;
}
