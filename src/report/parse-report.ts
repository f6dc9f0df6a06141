// A report that was saved as JSON, as data again: what `json.ts` wrote and nothing more.

import type { Report } from "../model/finding.ts";
import { get, type Json } from "../model/json.ts";
import { InputError } from "../model/problem.ts";
import { ShapeError } from "./json/codec.ts";
import { reportCodec, SCHEMA_VERSION } from "./json/report-codec.ts";

/** Throws InputError for text that is no report of this schema version; `label` is how messages name it. */
export function parseReport(text: string, label: string): Report {
  const json = parseJson(text, label);
  const version = get(json, "schema_version");
  if (typeof version !== "string") {
    throw problem(label, "report-not-a-report", "this JSON is no report of tfcheck");
  }
  if (version.split(".")[0] !== SCHEMA_VERSION.split(".")[0]) {
    const message = `this report has schema version "${version}", and this tfcheck reads version ${SCHEMA_VERSION}`;
    throw problem(label, "report-other-version", message);
  }
  try {
    return reportCodec.read(json, "$");
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw problem(label, "report-shape", `${error.path}: ${error.wanted} should stand here`);
  }
}

function parseJson(text: string, label: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    throw problem(label, "report-not-json", "this is no JSON");
  }
}

function problem(place: string, code: string, message: string): InputError {
  const help = "save one with tfcheck plan.json --format json";
  return new InputError([{ code, place, message, help }]);
}
