// The ready-made files of examples/ci as data.

import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { get, isArray, type Json } from "../../src/model/json.ts";

export function yamlFile(path: string): Json {
  return parse(readFileSync(path, "utf8"));
}

/** What lies behind names and positions. */
export function at(json: Json, ...path: readonly (string | number)[]): Json | undefined {
  return path.reduce<Json | undefined>((value, key) => {
    if (typeof key === "number") return isArray(value) ? value[key] : undefined;
    return get(value, key);
  }, json);
}

export function textAt(json: Json, ...path: readonly (string | number)[]): string {
  const text = at(json, ...path);
  if (typeof text !== "string") throw new Error(`no text at ${path.join(".")}`);
  return text;
}

/** The lines of a list of commands, as the shell script that a host makes of them. */
export function linesAt(json: Json, ...path: readonly (string | number)[]): string {
  const list = at(json, ...path);
  if (!isArray(list)) throw new Error(`no list at ${path.join(".")}`);
  return `${list.join("\n")}\n`;
}
