// Which document of a text is meant, or why there is none. Knows nothing of what the JSON means but the log lines of
// `plan -json`.

import { get, type Json } from "../model/json.ts";
import type { InputError } from "../model/problem.ts";
import { notText } from "./decode.ts";
import type { RawDocument } from "./reader/read-document.ts";
import type { TextContent, Trouble } from "./reader/text-stream.ts";
import { planCommand, refusal, showCommand, type Wanted } from "./refusal.ts";

/** The one document, or the JSON of a text that holds something else. Throws InputError. */
export function chooseDocument(
  content: TextContent,
  label: string,
  wanted: Wanted,
): RawDocument | { readonly root: Json } {
  const { first, count, versioned, versionedCount, list, trouble } = content;
  // Wrappers may log JSON of their own; only plans and states have a format version.
  const chosen = count === 1 ? first : versioned;
  if (count > 1 && versionedCount > 1) throw several(versionedCount, label);
  if (chosen === undefined && first !== undefined && isLogLine(first.root)) throw lineStream(label, wanted);
  if (trouble !== undefined) throw explain(trouble, label, wanted);
  if (chosen !== undefined) return chosen;
  if (list !== undefined && list.length > 0 && list.versioned) throw several(list.length, label);
  if (list !== undefined) return { root: [] };
  const text = startOf(content, label, wanted);
  const scalar = content.startIsAll ? parsed(text) : undefined;
  if (scalar !== undefined) return { root: scalar };
  throw noJson(text, label, wanted);
}

function startOf({ start, startIsAll }: TextContent, label: string, wanted: Wanted): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(start, { stream: !startIsAll });
  } catch {
    throw notText("utf-8", label, wanted);
  }
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Source: https://developer.hashicorp.com/terraform/internals/machine-readable-ui; observed with Terraform 1.11.4. */
export function isLogLine(json: Json): boolean {
  return get(json, "@level") !== undefined && get(json, "@message") !== undefined;
}

export function lineStream(label: string, wanted: Wanted): InputError {
  return refusal({
    code: "plan-line-stream",
    place: label,
    message: "these are the log lines of plan -json, which hold no attribute values",
    help: planCommand(wanted),
  });
}

function several(count: number, label: string): InputError {
  return refusal({
    code: "plan-several",
    place: label,
    message: `${count} plans or states stand in one file, tfcheck reads one from each file`,
    note: "plans of several root modules are checked apart, each from a file of its own",
    help: "terragrunt run --all --out-dir plans --json-out-dir plans -- plan && tfcheck plans/UNIT/tfplan.json",
  });
}

function explain(trouble: Trouble, label: string, wanted: Wanted): InputError {
  const help = showCommand("tfplan", wanted);
  const { kind, at, line, column, character } = trouble;
  const bytes = at.toLocaleString("en-US");
  const place = `${label}:${line}:${column}`;
  const char = JSON.stringify(character);
  switch (kind) {
    case "cut": {
      const message = `the JSON is cut off: the text ends inside it, after ${bytes} bytes`;
      return refusal({ code: "json-cut-off", place: label, message, help });
    }
    case "followed": {
      const message = `the JSON is complete, yet ${char} follows on its line`;
      return refusal({ code: "json-broken", place, message, note: `byte ${bytes}`, help });
    }
    case "broken": {
      const message = `this is not JSON from here on: ${char} cannot stand here`;
      return refusal({ code: "json-broken", place, message, note: `byte ${bytes} of the text`, help });
    }
    case "twice": {
      const message = "the section that begins here stands in the file a second time";
      return refusal({ code: "json-section-twice", place, message, help });
    }
    case "not-utf8":
      return notText("utf-8", label, wanted);
    case "too-long": {
      const message = "the value that begins here is longer than 500 MB";
      return refusal({ code: "file-too-large", place, message, help });
    }
    default:
      return kind satisfies never;
  }
}

function noJson(text: string, label: string, wanted: Wanted): InputError {
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
