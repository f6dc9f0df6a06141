// What stands on the command line for inputs: paths, `name=path`, and patterns that match several paths. Patterns are
// expanded here, so that they mean the same in every shell.

import { lstatSync, readdirSync, statSync } from "node:fs";
import { normalize } from "node:path";
import { InputError } from "../model/problem.ts";
import { globTest } from "../terraform/functions/glob.ts";

/** One input: where it is, and how reports speak of it. */
export interface NamedPath {
  /** `-` for standard input. */
  readonly path: string;
  readonly label: string;
}

/** In the order given, the matches of a pattern sorted; a path once. Throws InputError for a pattern without match. */
export function expandInputs(texts: readonly string[]): readonly NamedPath[] {
  const found = new Map<string, NamedPath>();
  for (const input of texts.flatMap(expand)) {
    const key = normalize(input.path);
    if (!found.has(key)) found.set(key, input);
  }
  return [...found.values()];
}

/** Throws InputError where two inputs would have one name in the report. */
export function refuseSameLabels(inputs: readonly NamedPath[]): void {
  const seen = new Set<string>();
  for (const { label } of inputs) {
    if (seen.has(label)) {
      throw problem("input-label-twice", label, "two inputs would have this name in the report", {
        help: "name them apart: NAME=PATH",
      });
    }
    seen.add(label);
  }
}

/** A file of that very name comes first; a name has no slash in it, so that paths may hold "=". */
function expand(text: string): readonly NamedPath[] {
  if (text === "-") return [{ path: text, label: "<stdin>" }];
  if (exists(text)) return [named(text)];
  const [, label, path] = /^([^=/\\*?[{]+)=(.+)$/s.exec(text) ?? [];
  if (label === undefined || path === undefined) return isPattern(text) ? matchesOf(text) : [named(text)];
  if (path === "-" || exists(path) || !isPattern(path)) return [{ path, label }];
  const [only, ...more] = matchesOf(path);
  if (only === undefined || more.length > 0) {
    throw problem("input-label-for-several", text, `one name stands for ${more.length + 1} inputs`, {
      help: `without a name they are called by their paths: ${path}`,
    });
  }
  return [{ path: only.path, label }];
}

function named(path: string): NamedPath {
  return { path, label: path.replaceAll("\\", "/") };
}

function exists(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

function isPattern(text: string): boolean {
  return /[*?]|\[[^\]/]+\]|\{[^}]*,[^}]*\}/.test(text);
}

/** More files than this are no set of stacks. */
const MOST_LOOKED_AT = 200_000;

/** What a pattern never looks into, unless it says so by name. */
const SKIPPED: ReadonlySet<string> = new Set(["node_modules"]);

function matchesOf(written: string): readonly NamedPath[] {
  const pattern = process.platform === "win32" ? written.replaceAll("\\", "/") : written;
  const steps = pattern.split("/");
  const fixed = steps.slice(0, Math.max(steps.findIndex(isPattern), 0));
  const open = steps.slice(fixed.length).join("/");
  const fits = matcher(open, written);
  const base = fixed.length === 0 ? "" : `${fixed.join("/")}/`;
  const depth = open.includes("**") ? Number.POSITIVE_INFINITY : open.split("/").length + bracesDepth(open);
  const found = filesBelow(base, depth, open, written).filter((below) => fits(below));
  if (found.length === 0) {
    throw problem("pattern-without-match", written, "no file matches this pattern", {
      note: "* and ? stay within a name, ** goes through folders, [a-z] and {a,b} choose",
    });
  }
  return found.toSorted().map((below) => named(base + below));
}

/** A choice in braces may hold slashes of its own. */
function bracesDepth(pattern: string): number {
  return (pattern.match(/\{[^}]*\}/g) ?? []).join("").split("/").length - 1;
}

function matcher(pattern: string, written: string): (path: string) => boolean {
  try {
    return globTest(pattern);
  } catch {
    throw problem("pattern-too-wide", written, "this pattern has too many alternatives");
  }
}

/** Hidden names are matched by patterns that begin with a dot alone, as shells have it; `**` follows no links. */
function filesBelow(base: string, depth: number, pattern: string, written: string): readonly string[] {
  const hidden = /(^|\/|\{|,)\./.test(pattern);
  const found: string[] = [];
  const visit = (below: string, left: number): void => {
    for (const entry of entriesOf(base + below)) {
      if ((entry.name.startsWith(".") && !hidden) || SKIPPED.has(entry.name)) continue;
      if (found.length >= MOST_LOOKED_AT) {
        throw problem("pattern-too-wide", written, `more than ${MOST_LOOKED_AT} files lie below`);
      }
      const path = below + entry.name;
      found.push(path);
      const leads = entry.isDirectory() || (entry.isSymbolicLink() && Number.isFinite(left));
      if (leads && left > 1) visit(`${path}/`, left - 1);
    }
  };
  visit("", depth);
  return found;
}

function entriesOf(directory: string) {
  try {
    const path = directory === "" ? "." : directory;
    return statSync(path).isDirectory() ? readdirSync(path, { withFileTypes: true }) : [];
  } catch {
    return [];
  }
}

function problem(
  code: string,
  place: string,
  message: string,
  more: { readonly help?: string; readonly note?: string } = {},
): InputError {
  return new InputError([{ code, place, message, ...more }]);
}
