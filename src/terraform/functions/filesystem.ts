// File functions and templates. Only files below the root module's directory are read, and only through the scope.
// Source: https://developer.hashicorp.com/terraform/language/functions#filesystem-functions

import { known, UNSET, unknown, type Value } from "../../model/value.ts";
import { evaluateIn } from "../evaluate.ts";
import { fail } from "../failure.ts";
import type { Environment, Scope } from "../scope.ts";
import { derived, isSettled, set, text } from "../values.ts";
import { utf8 } from "./encoding.ts";
import { confinedPath, readFile, reading, unreadable } from "./file-access.ts";
import { globTest } from "./glob.ts";
import { aText, type FunctionTable, pure, revealing } from "./signature.ts";

export const filesystemFunctions: FunctionTable = {
  abspath: pure([aText], (path) => (path.startsWith("/") ? text(cleanPath(path)) : whereRun("abspath"))),
  basename: pure([aText], (path) =>
    text(path === "" ? "." : path.replace(/\/+$/, "").split("/").at(-1) || "/"),
  ),
  dirname: pure([aText], (path) => text(directoryOf(path))),
  file: reading((bytes) => text(utf8(bytes))),
  filebase64: reading((bytes) => text(Buffer.from(bytes).toString("base64"))),
  fileexists: revealing(1, 1, ([path = UNSET], { scope }) =>
    isSettled(path) ? exists(aText(path), scope) : derived([path]),
  ),
  fileset: revealing(2, 2, (args, { scope }) => {
    const [directory = UNSET, pattern = UNSET] = args;
    return isSettled(directory) && isSettled(pattern)
      ? fileSet(aText(directory), aText(pattern), scope)
      : derived(args);
  }),
  pathexpand: pure([aText], (path) => (path.startsWith("~") ? whereRun("pathexpand") : text(path))),
  templatefile: revealing(2, 2, templateFile),
  templatestring: revealing(2, 2, ([template = UNSET, values = UNSET], environment) =>
    isSettled(template) ? render(aText(template), values, environment) : derived([template]),
  ),
};

/** What depends on the machine that Terraform runs on. */
function whereRun(name: string): Value {
  return unknown({ why: "function", subject: name });
}

/** Slashes and dots taken together, as Go cleans paths. */
function cleanPath(path: string): string {
  const isAbsolute = path.startsWith("/");
  const steps: string[] = [];
  for (const step of path.split("/")) {
    if (step === "" || step === ".") continue;
    if (step !== "..") steps.push(step);
    else if (steps.length > 0 && steps.at(-1) !== "..") steps.pop();
    else if (!isAbsolute) steps.push("..");
  }
  const clean = steps.join("/");
  return isAbsolute ? `/${clean}` : clean === "" ? "." : clean;
}

function directoryOf(path: string): string {
  return cleanPath(path.slice(0, path.lastIndexOf("/") + 1));
}

/** A file that is there is there; one that is not may only have been left out of what is read. */
function exists(path: string, scope: Scope): Value {
  const bytes = readFile(path, scope);
  return bytes instanceof Uint8Array ? known(true) : bytes;
}

function fileSet(directory: string, pattern: string, scope: Scope): Value {
  const inside = confinedPath(directory);
  if (inside === undefined) return unreadable(directory);
  const prefix = inside === "" ? "" : `${inside}/`;
  const matches = globTest(pattern);
  const paths = scope.files.list().filter((path) => path.startsWith(prefix));
  return set(
    paths
      .map((path) => path.slice(prefix.length))
      .filter(matches)
      .map((path) => text(path)),
  );
}

function templateFile([path = UNSET, values = UNSET]: readonly Value[], environment: Environment): Value {
  if (!isSettled(path)) return derived([path, values]);
  const bytes = readFile(aText(path), environment.scope);
  return bytes instanceof Uint8Array ? render(utf8(bytes), values, environment) : bytes;
}

/** The template sees the given values and nothing else, and calls no other template. */
function render(template: string, values: Value, { scope }: Environment): Value {
  if (values.kind !== "map") return isSettled(values) ? fail("the values are no map") : derived([values]);
  const expression = scope.templates.find(template);
  if (expression === undefined) return unknown({ why: "function", subject: "templatefile" });
  if (expression === "no template") return fail("the text is no template");
  const inside: Scope = {
    ...scope,
    lookup: (root) => {
      const value = values.entries.get(root);
      return value === undefined ? undefined : { value, used: 0 };
    },
    attribute: (reference, step) => scope.attribute(reference, step),
    cannotHold: (reference, text) => scope.cannotHold(reference, text),
  };
  const result = evaluateIn(expression, { scope: inside, bindings: undefined, item: undefined });
  return result.kind === "known" && result.value === null ? fail("the template gives null") : result;
}
