// jsonencode and jsondecode. What is not known stays in the encoded text as a part of it, and comes out again.

import { isArray, type Json } from "../../model/json.ts";
import { UNSET, type Value } from "../../model/value.ts";
import { fail } from "../failure.ts";
import { knownNumber, parseNumber, printNumber } from "../number.ts";
import { derived, isSeveral, isUnordered, joinText, mapOf, text, tuple } from "../values.ts";
import { textParts } from "./text-parts.ts";

/**
 * The value as JSON text, keys sorted. A reference is a string in it; an unknown part of a type nobody knows stands
 * without quotes, as whatever it will be.
 */
export function encodeJson(value: Value): Value {
  const parts: Value[] = [];
  encode(value, parts, 0);
  return joinText(parts);
}

const MAX_DEPTH = 200;

function encode(value: Value, parts: Value[], depth: number): void {
  if (depth > MAX_DEPTH) fail("the value nests too deeply");
  switch (value.kind) {
    case "known":
      parts.push(text(scalar(value)));
      return;
    case "list":
      if (isUnordered(value) || value.elements.some(isSeveral)) {
        parts.push(derived([value]));
        return;
      }
      parts.push(text("["));
      value.elements.forEach((element, index) => {
        if (index > 0) parts.push(text(","));
        encode(element, parts, depth + 1);
      });
      parts.push(text("]"));
      return;
    case "map":
      parts.push(text("{"));
      [...value.entries].forEach(([key, entry], index) => {
        parts.push(text(`${index > 0 ? "," : ""}${quotedJson(key)}:`));
        encode(entry, parts, depth + 1);
      });
      parts.push(text("}"));
      return;
    case "text":
    case "reference":
      parts.push(text('"'), ...textParts(value).map(escaped), text('"'));
      return;
    case "unknown":
      parts.push(value);
      return;
    default:
      value satisfies never;
  }
}

function scalar(value: Extract<Value, { kind: "known" }>): string {
  if (typeof value.value === "string") return quotedJson(value.value);
  return typeof value.value === "number" ? printNumber(value) : String(value.value);
}

function escaped(part: Value): Value {
  return part.kind === "known" ? text(quotedJson(String(part.value)).slice(1, -1)) : part;
}

/** Go's encoder also escapes what could end a script in a web page. */
export function quotedJson(value: string): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

const HOLE = /\uE000(\d+)\uE001/;

/** The document in the text; parts that are not known stand in it where they stand in the text. */
export function decodeJson(value: Value): Value {
  const holes: Value[] = [];
  let marked = "";
  let inString = false;
  for (const part of textParts(value)) {
    if (part.kind === "known") {
      const piece = String(part.value);
      if (HOLE.test(piece)) fail("the text holds private characters");
      inString = endsInString(piece, inString);
      marked += exactNumbers(piece);
    } else {
      const mark = `\uE000${holes.push(part) - 1}\uE001`;
      marked += inString ? mark : `"${mark}"`;
    }
  }
  return fromJson(parse(marked), holes, 0);
}

function parse(json: string): Json {
  try {
    return JSON.parse(json) as Json;
  } catch {
    return fail("the text is no JSON");
  }
}

function endsInString(piece: string, startsInString: boolean): boolean {
  let inString = startsInString;
  for (let at = 0; at < piece.length; at += 1) {
    if (piece[at] === '"') inString = !inString;
    else if (piece[at] === "\\" && inString) at += 1;
  }
  return inString;
}

const LONG_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d[\d.]{15,}(?:[eE][+-]?\d+)?/g;

/** Numbers of more digits than a double holds, written as strings that are told apart again. */
function exactNumbers(json: string): string {
  if (!/\d[\d.]{15,}/.test(json)) return json;
  return json.replace(LONG_NUMBER, (found) => (found.startsWith('"') ? found : `"\uE002${found}"`));
}

function fromJson(json: Json, holes: readonly Value[], depth: number): Value {
  if (depth > MAX_DEPTH) return fail("the document nests too deeply");
  if (json === null) return UNSET;
  if (typeof json === "string") return fromString(json, holes);
  if (typeof json === "number") return knownNumber(json);
  if (typeof json === "boolean") return { kind: "known", value: json, sensitive: false };
  if (isArray(json)) return tuple(json.map((element) => fromJson(element, holes, depth + 1)));
  return mapOf(Object.entries(json).map(([key, entry]) => [key, fromJson(entry, holes, depth + 1)]));
}

function fromString(json: string, holes: readonly Value[]): Value {
  if (json.startsWith("\uE002")) return knownNumber(parseNumber(json.slice(1)) ?? fail("no number"));
  if (!HOLE.test(json)) return text(json);
  const pieces = json.split(HOLE);
  return joinText(
    pieces.map((piece, index) => (index % 2 === 0 ? text(piece) : (holes[Number(piece)] ?? text("")))),
  );
}
