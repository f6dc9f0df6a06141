// The entries of a document that were not read with the rest, as the model has them.

import type { Json } from "../model/json.ts";
import type {
  ProviderConfiguration,
  ResourceChange,
  ResourceConfiguration,
  SetAside,
  StateResource,
} from "../model/plan.ts";
import { notText } from "./decode.ts";
import type { Document } from "./document-kind.ts";
import { readResource } from "./plan-configuration.ts";
import { providerFor } from "./provider-key.ts";
import { providerKeyOf, readBlock } from "./raw-state.ts";
import type { EntryKind } from "./reader/read-entries.ts";
import { type Stored, storedEntries, storedTypes } from "./reader/stored-entries.ts";
import { summarize } from "./reader/summarize.ts";
import { refusal, showCommand, type Wanted } from "./refusal.ts";

interface Aside {
  readonly document: Document;
  readonly label: string;
  readonly wanted: Wanted;
  /** Addresses that objects read at once had before. */
  readonly moved: readonly string[];
  readonly providers: ReadonlyMap<string, ProviderConfiguration>;
  readonly change: (entry: Json) => readonly ResourceChange[];
  readonly object: (entry: Json) => StateResource | readonly StateResource[];
}

/** `undefined` where the document was read as a whole. */
export function setAside(aside: Aside): SetAside | undefined {
  const { document, label, providers } = aside;
  const { notes } = document;
  if (notes.interestIn === undefined) return undefined;
  const pathOf = (path: string): readonly string[] => path.split(".").filter((_, index) => index % 2 === 1);
  const summary = summarize(notes, aside.moved, (path, key) =>
    document.kind === "raw-state"
      ? (providerKeyOf(key) ?? "")
      : providerFor(key, providers, () => pathOf(path())),
  );
  const of = (type: string, block: string | undefined, kind: EntryKind): readonly Json[] =>
    storedEntries(notes, kind, type, block).map((stored) =>
      parseStored(stored, document, label, aside.wanted),
    );
  return {
    covers: (type) => !notes.leftOut.has(type),
    types: storedTypes(notes),
    entries: (type, block) => ({
      changes: of(type, block, "change").flatMap(aside.change),
      objects: [
        ...of(type, block, "object").flatMap(aside.object),
        ...of(type, block, "stored").flatMap((entry) => readBlock(entry, label)),
      ],
    }),
    configured: (type, block) => configuredAt(of(type, block, "configured"), block, providers),
    movedFrom: notes.movedFrom,
    get modules() {
      return summary.modules();
    },
    arns: summary.arns,
    managed: summary.managed,
  };
}

function configuredAt(
  entries: readonly Json[],
  block: string,
  providers: ReadonlyMap<string, ProviderConfiguration>,
): ResourceConfiguration | undefined {
  const steps = block.split(".");
  const path: string[] = [];
  while (steps[path.length * 2] === "module") path.push(steps[path.length * 2 + 1] ?? "");
  const name = steps.slice(path.length * 2).join(".");
  return entries
    .map((entry) => readResource(entry, path, providers))
    .findLast((found) => found?.name === name)?.configuration;
}

/** Throws InputError where it is no JSON. */
export function parseStored(
  { from, to }: Stored,
  { notes, reread }: Pick<Document, "notes" | "reread">,
  label: string,
  wanted: Wanted,
): Json {
  const bytes = notes.kept?.at(from, to - from) ?? reread?.(from, to);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw notText("utf-8", label, wanted);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw refusal({
      code: "json-broken",
      place: label,
      message: "one of the entries is not JSON, or the file has changed since it was opened",
      help: showCommand("tfplan", wanted),
    });
  }
}
