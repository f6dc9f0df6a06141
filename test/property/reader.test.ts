// The reader of chunks held to JSON.parse: any document, split anywhere, whatever becomes of its bytes.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Document, documentIn } from "../../src/input/document-kind.ts";
import type { ModuleObjects } from "../../src/input/reader/read-values.ts";
import type { Interests } from "../../src/input/reader/set-aside.ts";
import { createTextReader } from "../../src/input/reader/text-stream.ts";
import { get, isArray, isObject, type Json, type JsonObject } from "../../src/model/json.ts";
import { InputError } from "../../src/model/problem.ts";

const RUN = { seed: 20_261_126, interruptAfterTimeLimit: 6000, markInterruptAsFailure: false };

/** Reads bytes cut at `cuts`, in memory that is used again for each piece. */
function readPieces(bytes: Uint8Array, cuts: readonly number[], interestIn?: Interests): Document {
  const leapFrom = cuts.length % 2 === 0 ? 0 : undefined;
  const reader = createTextReader({ label: "plan.json", interestIn, rereads: true, leapFrom });
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  const memory = new Uint8Array(bytes.length);
  let from = 0;
  for (const end of [...ends, bytes.length]) {
    memory.set(bytes.subarray(from, end));
    reader.feed(memory.subarray(0, end - from));
    memory.fill(0x7b);
    from = end;
  }
  return documentIn(reader.finish(), "plan.json", "either");
}

// What the reader has to give of a document, by way of JSON.parse

function emptied(json: Json): Json {
  return isArray(json) ? [] : isObject(json) ? {} : json;
}

const WHOLE = new Set([
  "variables",
  "deferred_changes",
  "output_changes",
  "outputs",
  "resource_changes",
  "resources",
]);

function expectedRoot(root: JsonObject): Json {
  return mapped(root, (key, value) => {
    if (key === "prior_state") return isObject(value) ? mapped(value, stateMember) : emptied(value);
    if (key === "values") return isObject(value) ? mapped(value, valuesMember) : emptied(value);
    if (key === "configuration") return isObject(value) ? mapped(value, configurationMember) : emptied(value);
    if ((key === "resource_changes" || key === "resources") && !isArray(value)) return emptied(value);
    return WHOLE.has(key) ? value : emptied(value);
  });
}

const stateMember = (key: string, value: Json): Json =>
  key === "values" && isObject(value) ? mapped(value, valuesMember) : emptied(value);
const valuesMember = (key: string, value: Json): Json => (key === "outputs" ? value : emptied(value));
const configurationMember = (key: string, value: Json): Json =>
  key === "provider_config" ? value : emptied(value);

function mapped(object: JsonObject, change: (key: string, value: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(key, value)]));
}

function expectedModules(root: JsonObject): readonly ModuleObjects[] {
  const values = get(get(root, "prior_state"), "values") ?? get(root, "values");
  const found: ModuleObjects[] = [];
  const visit = (module: Json): void => {
    if (!isObject(module)) return;
    const children = get(module, "child_modules");
    const resources = get(module, "resources");
    const address = get(module, "address");
    found.push({
      ...(resources !== undefined && { resources: isArray(resources) ? resources : emptied(resources) }),
      ...(address !== undefined && { address: emptied(address) }),
      ...(children !== undefined && { childModules: emptied(children) }),
    });
    if (isArray(children)) children.forEach(visit);
  };
  visit(get(values, "root_module") ?? null);
  return found;
}

// Documents

const json: fc.Arbitrary<Json> = fc
  .jsonValue({ maxDepth: 3 })
  .map((value): Json => JSON.parse(JSON.stringify(value)));
const entry = fc.record(
  {
    address: fc.constantFrom<Json>("aws_a.b", 'module.m["x"].aws_a.b["\\"é"]', 1),
    mode: fc.constantFrom<Json>("managed", "data", "ephemeral"),
    type: fc.constantFrom<Json>("aws_a", "aws_bb", 2),
    name: fc.constant<Json>("b"),
    values: json,
    change: fc.record(
      { actions: json, before: json, after: json },
      { requiredKeys: [] },
    ) as fc.Arbitrary<Json>,
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Json>;
const entries: fc.Arbitrary<Json> = fc.oneof(fc.array(fc.oneof(entry, json), { maxLength: 4 }), json);
const { module } = fc.letrec<{ module: Json }>((tie) => ({
  module: fc.record(
    {
      resources: entries,
      address: json,
      child_modules: fc.oneof({ maxDepth: 2 }, json, fc.array(tie("module"), { maxLength: 2 })),
      other: json,
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Json>,
}));
const values = fc.record(
  { root_module: fc.oneof(module, json), outputs: json, more: json },
  { requiredKeys: [] },
);
const plan = fc
  .record(
    {
      planned_values: json,
      variables: json,
      resource_drift: json,
      resource_changes: entries,
      output_changes: json,
      prior_state: fc.oneof(fc.record({ format_version: json, values: fc.oneof(values, json) }), json),
      configuration: fc.oneof(fc.record({ provider_config: json, other: json }), json),
      'naïve \u2028 "key"': json,
    },
    { requiredKeys: [] },
  )
  .map(
    (sections): JsonObject =>
      JSON.parse(
        JSON.stringify({ format_version: "1.2", ...sections, configuration: sections.configuration ?? {} }),
      ),
  );

/** The same JSON in another writing: laid out or not, and some characters by their number. */
function written(value: Json, indent: number, escaped: boolean): Uint8Array {
  const text = JSON.stringify(value, null, indent);
  return Buffer.from(
    escaped
      ? text
          .replace(/(?<!\\)[aeé_]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`)
          .replace(/:(\s*)(f\\u0061ls\\u0065|tru\\u0065)/g, (whole) => JSON.parse(`"${whole}"`))
      : text,
  );
}

const cuts = fc.array(fc.nat(), { maxLength: 12 });
const writing = fc.record({ indent: fc.constantFrom(0, 1, 4), escaped: fc.boolean() });

describe("a document in pieces", () => {
  it("holds what JSON.parse finds in it", () => {
    fc.assert(
      fc.property(plan, writing, cuts, (root, { indent, escaped }, at) => {
        const bytes = written(root, indent, escaped);
        let parsed: JsonObject;
        try {
          parsed = JSON.parse(Buffer.from(bytes).toString("utf8"));
        } catch {
          return;
        }
        const document = readPieces(bytes, at);
        expect(document.root).toEqual(expectedRoot(parsed));
        expect(Object.keys(document.root)).toEqual(Object.keys(parsed));
        expect(document.modules).toEqual(expectedModules(parsed));
      }),
      { ...RUN, numRuns: 3000 },
    );
  });

  it("leaves out entries of types that are not asked for, and no others", () => {
    const asked: Interests = (type) => (type === "aws_a" ? "at-once" : "on-demand");
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 6 }), cuts, (list, at) => {
        const root = { format_version: "1.2", configuration: {}, resource_changes: list };
        const { root: read } = readPieces(Buffer.from(JSON.stringify(root)), at, asked);
        const kept = list.filter((one) => !isUsual(one));
        expect(get(read, "resource_changes")).toEqual(kept);
      }),
      { ...RUN, numRuns: 3000 },
    );
  });
});

/** Whether an entry has all that is noted of one that is passed. */
function isUsual(one: Json): boolean {
  const mode = get(one, "mode");
  return (
    get(one, "type") === "aws_bb" &&
    typeof get(one, "address") === "string" &&
    (mode === "managed" || mode === "data") &&
    get(get(one, "change"), "actions") !== undefined
  );
}

describe("a document with bytes changed", () => {
  const mutation = fc.record({
    at: fc.nat(),
    byte: fc.oneof(fc.nat(255), fc.constantFrom(...Buffer.from('{}[]",:\\01tn \n'))),
  });
  const mutated = (sections: fc.Arbitrary<JsonObject>) =>
    fc
      .tuple(sections, writing, fc.array(mutation, { maxLength: 3 }), cuts)
      .map(([root, { indent, escaped }, changes, at]) => {
        const bytes = Uint8Array.from(written(root, indent, escaped));
        for (const change of changes) bytes[change.at % bytes.length] = change.byte;
        return { bytes, at };
      });

  it("is read where JSON.parse reads it, as the same", () => {
    fc.assert(
      fc.property(mutated(plan), ({ bytes, at }) => {
        const parsed = parse(bytes);
        const document = attempt(() => readPieces(bytes, at));
        if (document === undefined || !isObject(parsed)) return;
        expect(document.root).toEqual(expectedRoot(parsed));
      }),
      { ...RUN, numRuns: 4000 },
    );
  });

  it("is refused only where JSON.parse refuses it, or it is no plan any more", () => {
    fc.assert(
      fc.property(mutated(plan), ({ bytes, at }) => {
        if (attempt(() => readPieces(bytes, at)) !== undefined) return;
        const parsed = parse(bytes);
        const stillPlan = isObject(parsed) && /^[01]\.\d/.test(String(get(parsed, "format_version")));
        expect(stillPlan && get(parsed, "configuration") !== undefined).toBe(false);
      }),
      { ...RUN, numRuns: 4000 },
    );
  });

  it("is refused wherever JSON.parse refuses it, if all of it matters", () => {
    const kept = fc
      .record({ variables: json, output_changes: json, deferred_changes: json })
      .map((sections): JsonObject => ({ format_version: "1.2", configuration: {}, ...sections }));
    fc.assert(
      fc.property(mutated(kept), ({ bytes, at }) => {
        const document = attempt(() => readPieces(bytes, at));
        // A section that lost its name does not matter any more.
        const names = ["format_version", "configuration", "variables", "output_changes", "deferred_changes"];
        if (document === undefined || !Object.keys(document.root).every((key) => names.includes(key))) return;
        expect(parse(bytes)).toBeDefined();
      }),
      { ...RUN, numRuns: 4000 },
    );
  });
});

function parse(bytes: Uint8Array): Json | undefined {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
