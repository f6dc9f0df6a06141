// Text to one JSON value. Looks past the lines that wrappers print around it, and says precisely what is wrong
// with text that is not JSON. Knows nothing of what the JSON means but the log lines of `plan -json`.

import { get, type Json } from "../model/json.ts";
import { scanJson } from "./json-scan.ts";
import { planCommand, refusal, showCommand, type Wanted } from "./refusal.ts";

/** Cost: that of JSON.parse; text that is not plain JSON is walked once or twice more. Throws InputError. */
export function parseJsonText(text: string, label: string, wanted: Wanted): Json {
  try {
    return JSON.parse(text);
  } catch {
    return parseAmidOtherText(text, label, wanted);
  }
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The first thing that keeps the text from being read, if any; `at` is where. */
type Trouble =
  | { readonly kind: "cut" }
  | { readonly kind: "broken"; readonly at: number }
  | { readonly kind: "followed"; readonly at: number };

function parseAmidOtherText(text: string, label: string, wanted: Wanted): Json {
  const { documents, trouble } = findDocuments(text);
  const parsed = documents.map(({ start, end }): Json => JSON.parse(text.slice(start, end)));
  const [first] = parsed;
  // Wrappers may log JSON of their own; only plans and states have a format version.
  const candidates =
    parsed.length === 1 ? parsed : parsed.filter((json) => get(json, "format_version") !== undefined);
  const [chosen] = candidates;
  if (candidates.length > 1) throw several(candidates.length, label);
  if (chosen === undefined && first !== undefined && isLogLine(first)) throw lineStream(label, wanted);
  if (trouble !== undefined) throw explain(trouble, text, label, wanted);
  if (chosen === undefined) throw noJson(text, label, wanted);
  return chosen;
}

/** Every object that begins a line, up to the first one that is not sound. */
function findDocuments(text: string): { documents: readonly Span[]; trouble: Trouble | undefined } {
  const documents: Span[] = [];
  let at = 0;
  while (at < text.length) {
    const start = skipDecoration(text, at);
    if (text[start] === "{") {
      const scan = scanJson(text, start);
      if (scan.kind !== "whole") return { documents, trouble: scan };
      documents.push({ start, end: scan.end });
      at = skipDecoration(text, scan.end);
      if (at < text.length && text[at] !== "\n" && text[at] !== "{") {
        return { documents, trouble: { kind: "followed", at } };
      }
    } else {
      const lineEnd = text.indexOf("\n", start);
      at = lineEnd < 0 ? text.length : lineEnd + 1;
    }
  }
  return { documents, trouble: undefined };
}

/** Past blanks, byte order marks and terminal colour codes, not past the end of the line. */
function skipDecoration(text: string, start: number): number {
  let at = start;
  for (;;) {
    const char = text[at];
    if (char === " " || char === "\t" || char === "\r" || char === "\uFEFF") {
      at += 1;
    } else {
      const colour = char === "\x1b" ? COLOUR_CODE.exec(text.slice(at, at + 40)) : null;
      if (colour === null) return at;
      at += colour[0].length;
    }
  }
}

const COLOUR_CODE = /^\x1b\[[0-9;?]{0,32}[A-Za-z]/;

/** Source: https://developer.hashicorp.com/terraform/internals/machine-readable-ui; observed with Terraform 1.11.4. */
export function isLogLine(json: Json): boolean {
  return get(json, "@level") !== undefined && get(json, "@message") !== undefined;
}

export function lineStream(label: string, wanted: Wanted): Error {
  return refusal({
    code: "plan-line-stream",
    place: label,
    message: "these are the log lines of plan -json, which hold no attribute values",
    help: planCommand(wanted),
  });
}

export function several(count: number, label: string): Error {
  return refusal({
    code: "plan-several",
    place: label,
    message: `${count} plans or states stand in one file, tfcheck reads one from each file`,
    note: "plans of several root modules are checked apart, each from a file of its own",
    help: "terragrunt run --all --out-dir plans --json-out-dir plans -- plan && tfcheck plans/UNIT/tfplan.json",
  });
}

function explain(trouble: Trouble, text: string, label: string, wanted: Wanted): Error {
  const help = showCommand("tfplan", wanted);
  if (trouble.kind === "cut") {
    const length = text.length.toLocaleString("en-US");
    const message = `the JSON is cut off: the text ends inside it, after ${length} characters`;
    return refusal({ code: "json-cut-off", place: label, message, help });
  }
  const { at } = trouble;
  const place = `${label}:${lineAt(text, at)}:${at - text.lastIndexOf("\n", at - 1)}`;
  const char = JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0));
  const message =
    trouble.kind === "followed"
      ? `the JSON is complete, yet ${char} follows on its line`
      : `this is not JSON from here on: ${char} cannot stand here`;
  return refusal({ code: "json-broken", place, message, help });
}

function lineAt(text: string, at: number): number {
  let line = 1;
  for (let end = text.indexOf("\n"); end >= 0 && end < at; end = text.indexOf("\n", end + 1)) line += 1;
  return line;
}

function noJson(text: string, label: string, wanted: Wanted): Error {
  const start = text.slice(skipBlankLines(text)).slice(0, 200);
  if (start === "") {
    const message = "this file is empty";
    return refusal({ code: "file-empty", place: label, message, help: planCommand(wanted) });
  }
  if (/^(Terraform|OpenTofu) (used|will perform|planned)|^No changes\. /m.test(text.slice(0, 1_000_000))) {
    const message = "this is the plan as printed for people, tfcheck reads its JSON form";
    return refusal({ code: "plan-not-json", place: label, message, help: planCommand(wanted) });
  }
  const line = start.replace(/\x1b\[[0-9;?]{0,32}[A-Za-z]/g, "").split(/[\r\n]/, 1)[0] ?? "";
  const quoted = JSON.stringify(line.length > 40 ? `${line.slice(0, 40)}…` : line);
  const message = `this is not JSON, it begins with ${quoted}`;
  return refusal({ code: "json-missing", place: label, message, help: planCommand(wanted) });
}

function skipBlankLines(text: string): number {
  const found = text.search(/[^\s\uFEFF]/);
  return found < 0 ? text.length : found;
}
