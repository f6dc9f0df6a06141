// How file functions reach files: through the scope, never below or beside the root module's directory.

import { UNSET, unknown, type Value } from "../../model/value.ts";
import type { Scope } from "../scope.ts";
import { derived, isSettled } from "../values.ts";
import { aText, revealing, type TerraformFunction } from "./signature.ts";

/**
 * A path relative to the root module with `.` and `..` resolved; `undefined` for one that leaves it. The directory
 * itself is "".
 */
export function confinedPath(path: string): string | undefined {
  if (path.startsWith("/") || path.startsWith("~") || path.includes("\0")) return undefined;
  const steps: string[] = [];
  for (const step of path.split("/")) {
    if (step === "" || step === ".") continue;
    if (step !== "..") steps.push(step);
    else if (steps.pop() === undefined) return undefined;
  }
  return steps.join("/");
}

/** The file's bytes. One that is not there may have been left out of what is read, so nothing is known of it. */
export function readFile(path: string, scope: Scope): Uint8Array | Value {
  const inside = confinedPath(path);
  const bytes = inside === undefined ? undefined : scope.files.read(inside);
  return bytes ?? unreadable(path);
}

/** A function of a file's bytes. */
export function reading(convert: (bytes: Uint8Array) => Value): TerraformFunction {
  return revealing(1, 1, ([path = UNSET], { scope }) => {
    if (!isSettled(path)) return derived([path]);
    const bytes = readFile(aText(path), scope);
    return bytes instanceof Uint8Array ? convert(bytes) : bytes;
  });
}

export function unreadable(path: string): Value {
  return unknown({ why: "function", subject: `file("${path}")` });
}
