// One JSON document of any kind, of which the parts are read that carry a plan's or state's meaning here. Sections that
// nobody needs stand in the result as empty ones, so that the kind of document can still be told.

import type { Json } from "../../model/json.ts";
import { OPEN_BRACE } from "./json-bytes.ts";
import type { JsonCursor } from "./json-cursor.ts";
import { callReader, type ModuleParts, readModule } from "./read-configuration.ts";
import { type EntryReader, type ManyReader, readEntries } from "./read-entries.ts";
import { glance, keep, members, peek, type Step } from "./read-json.ts";
import { type ModuleObjects, type ObjectReader, readState, readValues } from "./read-values.ts";
import {
  createNotes,
  type Interests,
  manyReader,
  type Notes,
  noteChange,
  noteConfigured,
  noteObject,
  noteStored,
} from "./set-aside.ts";

export interface Reading {
  /** Names the input in messages. */
  readonly label: string;
  /** `undefined`: everything is read at once. */
  readonly interestIn: Interests | undefined;
  /** Whether entries can be had from the source later; if not, those on demand are kept as they stand. */
  readonly rereads: boolean;
  /** Bytes that spare entries may take where they cannot; 32 MiB when left out. */
  readonly room?: number;
  /** A text of so many bytes is read with WebAssembly; 256 KiB when left out. */
  readonly leapFrom?: number | undefined;
}

/** `planned_values`, `resource_drift` and other sections that are not used are empty. */
export interface RawDocument {
  readonly root: Json;
  /** Of the prior state, or of the state; the root module first. */
  readonly modules: readonly ModuleObjects[];
  /** The root module of the configuration. */
  readonly configuration: ModuleParts | undefined;
  readonly notes: Notes;
}

/** The object that the cursor stands before. */
export function* readDocument(cursor: JsonCursor, reading: Reading): Step<RawDocument> {
  const notes = createNotes(reading);
  const reads = (type: string): boolean => (reading.interestIn?.(type) ?? "at-once") === "at-once";
  const many = (kind: ManyReader["kind"], path?: string): ManyReader | undefined =>
    reading.interestIn === undefined ? undefined : manyReader(notes, kind, reads, path);
  const objects: ObjectReader = {
    kind: "object",
    many: many("object"),
    manyModules: many("modules"),
    reads,
    pass: (glimpse) => noteObject(notes, glimpse, cursor),
  };
  const modules: ModuleObjects[] = [];
  let configuration: ModuleParts | undefined;
  const root = yield* members(cursor, (key) => {
    switch (key) {
      case "resource_changes":
        return readEntries(cursor, {
          kind: "change",
          many: many("change"),
          reads,
          pass: (glimpse) => noteChange(notes, glimpse, cursor),
        });
      case "resources":
        return readEntries(cursor, {
          kind: "stored",
          many: undefined,
          reads,
          pass: (glimpse) => noteStored(notes, glimpse, cursor),
        });
      case "prior_state":
        return readState(cursor, objects, modules);
      case "values":
        return readValues(cursor, objects, modules);
      case "configuration":
        return readConfiguration(
          cursor,
          (path): EntryReader => ({
            kind: "configured",
            many: many("configured", path),
            reads,
            pass: (glimpse) => noteConfigured(notes, glimpse, path, cursor),
          }),
        );
      case "variables":
      case "deferred_changes":
      case "output_changes":
      case "outputs":
        return keep(cursor);
      default:
        return glance(cursor);
    }
  });
  return { root, modules, configuration, notes };

  function* readConfiguration(from: JsonCursor, entries: (path: string) => EntryReader): Step<Json> {
    return yield* members(from, function* (key): Step<Json> {
      if (key === "provider_config") return yield* keep(from);
      if (key !== "root_module" || (yield* peek(from)) !== OPEN_BRACE) return yield* glance(from);
      configuration = yield* readModule(from, [], {
        label: reading.label,
        rereads: reading.rereads,
        entries,
        calls: (path, found) => callReader(many("calls", path), found, notes.kept),
      });
      return {};
    });
  }
}
