// Hash functions of known strings and files. Hashes made with chance (bcrypt, uuid) are unknown before apply.
// Source: https://developer.hashicorp.com/terraform/language/functions#hash-and-crypto-functions

import { createHash } from "node:crypto";
import type { Value } from "../../model/value.ts";
import { fail } from "../failure.ts";
import { text } from "../values.ts";
import { reading } from "./file-access.ts";
import { aText, type FunctionTable, pure, type TerraformFunction } from "./signature.ts";

type Algorithm = "md5" | "sha1" | "sha256" | "sha512";
type Digits = "hex" | "base64";

export const hashFunctions: FunctionTable = {
  md5: ofText("md5", "hex"),
  sha1: ofText("sha1", "hex"),
  sha256: ofText("sha256", "hex"),
  sha512: ofText("sha512", "hex"),
  base64sha256: ofText("sha256", "base64"),
  base64sha512: ofText("sha512", "base64"),
  filemd5: ofFile("md5", "hex"),
  filesha1: ofFile("sha1", "hex"),
  filesha256: ofFile("sha256", "hex"),
  filesha512: ofFile("sha512", "hex"),
  filebase64sha256: ofFile("sha256", "base64"),
  filebase64sha512: ofFile("sha512", "base64"),
  uuidv5: pure([aText, aText], (namespace, name) => text(nameBasedUuid(namespace, name))),
};

function digest(algorithm: Algorithm, digits: Digits, bytes: string | Uint8Array): Value {
  return text(createHash(algorithm).update(bytes).digest(digits));
}

function ofText(algorithm: Algorithm, digits: Digits): TerraformFunction {
  return pure([aText], (value) => digest(algorithm, digits, value));
}

function ofFile(algorithm: Algorithm, digits: Digits): TerraformFunction {
  return reading((bytes) => digest(algorithm, digits, bytes));
}

/** Source: RFC 4122, appendix C. */
const NAMESPACES: ReadonlyMap<string, string> = new Map([
  ["dns", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"],
  ["url", "6ba7b811-9dad-11d1-80b4-00c04fd430c8"],
  ["oid", "6ba7b812-9dad-11d1-80b4-00c04fd430c8"],
  ["x500", "6ba7b814-9dad-11d1-80b4-00c04fd430c8"],
]);

function nameBasedUuid(namespace: string, name: string): string {
  const space = (NAMESPACES.get(namespace) ?? namespace).replaceAll("-", "");
  if (!/^[0-9a-f]{32}$/i.test(space)) return fail("the namespace is no UUID");
  const bytes = createHash("sha1").update(Buffer.from(space, "hex")).update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
