// Encoding functions. Source: https://developer.hashicorp.com/terraform/language/functions#encoding-functions

import { gunzipSync } from "node:zlib";
import { UNSET, type Value } from "../../model/value.ts";
import { wellFormed } from "../../model/well-formed.ts";
import { fail } from "../failure.ts";
import { derived, isSettled, list, mapOf, text } from "../values.ts";
import { decodeJson, encodeJson } from "./json.ts";
import { anyValue, aText, type FunctionTable, pure, revealing } from "./signature.ts";
import { decodeYaml, encodeYaml } from "./yaml.ts";

export const encodingFunctions: FunctionTable = {
  base64decode: pure([aText], (value) => text(utf8(fromBase64(value)))),
  base64encode: pure([aText], (value) => text(Buffer.from(value).toString("base64"))),
  base64gunzip: pure([aText], (value) => text(unzipped(fromBase64(value)))),
  csvdecode: pure([aText], decodeCsv),
  jsondecode: revealing(1, 1, ([value = UNSET]) =>
    isSettled(value) || value.kind === "text" ? decodeJson(value) : derived([value]),
  ),
  jsonencode: revealing(1, 1, ([value = UNSET]) => encodeJson(value)),
  textdecodebase64: pure([aText, aText], (value, encoding) => text(decode(fromBase64(value), encoding))),
  textencodebase64: pure([aText, aText], (value, encoding) =>
    text(encode(value, encoding).toString("base64")),
  ),
  urldecode: pure([aText], (value) => text(decodeUrl(value))),
  urlencode: pure([aText], (value) => text(encodeUrl(value))),
  yamldecode: pure([aText], decodeYaml),
  yamlencode: pure([anyValue], (value) => text(encodeYaml(value))),
};

function fromBase64(value: string): Buffer {
  const compact = value.replace(/[\r\n]/g, "");
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(compact)) {
    return fail("the text is no base64");
  }
  return Buffer.from(compact, "base64");
}

export function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return fail("the bytes are no UTF-8 text");
  }
}

const MAX_UNZIPPED = 4_000_000;

function unzipped(bytes: Buffer): string {
  try {
    return utf8(gunzipSync(bytes, { maxOutputLength: MAX_UNZIPPED }));
  } catch {
    return fail("the bytes are no gzip of reasonable size");
  }
}

/** The encodings that a plain Node can write; of the many others that Terraform knows none is common. */
function encode(value: string, encoding: string): Buffer {
  switch (encoding.toUpperCase()) {
    case "UTF-8":
      return Buffer.from(value);
    case "UTF-16LE":
      return Buffer.from(value, "utf16le");
    case "UTF-16BE":
      return Buffer.from(value, "utf16le").swap16();
    default:
      return fail(`the encoding "${encoding}" is not known`);
  }
}

function decode(bytes: Buffer, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return fail(`the bytes are no text of encoding "${encoding}"`);
  }
}

/** Go's QueryEscape: space is "+", and "~" stays. */
function encodeUrl(value: string): string {
  return encodeURIComponent(wellFormed(value))
    .replaceAll("%20", "+")
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function decodeUrl(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll("+", "%20"));
  } catch {
    return fail("the text is not URL encoded");
  }
}

/** RFC 4180 with the first line as names. */
function decodeCsv(source: string): Value {
  const [header, ...rows] = csvRows(source);
  if (header === undefined) return fail("the text has no header");
  if (new Set(header).size < header.length) return fail("a column name comes twice");
  return list(
    rows.map((row) => {
      if (row.length !== header.length) return fail("a row has another number of fields than the header");
      return mapOf(header.map((name, index) => [name, text(row[index] ?? "")]));
    }),
  );
}

const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

function csvRows(source: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < source.length || row.length > 0) {
    FIELD.lastIndex = at;
    const match = FIELD.exec(source);
    if (match === null) return fail("the text is no CSV");
    const [whole, quoted, plain = "", end] = match;
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    at += whole.length;
    if (end === ",") continue;
    if (row.length > 1 || row[0] !== "" || quoted !== undefined) rows.push(row);
    row = [];
  }
  return rows;
}
