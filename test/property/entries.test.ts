// assembly/index.ts held to read-entries.ts: the same notes on the same entries, and the same refusals, whatever the
// entries look like and wherever chunks end.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Document, documentIn } from "../../src/input/document-kind.ts";
import type { EntryKind } from "../../src/input/reader/read-entries.ts";
import type { Interests, Notes } from "../../src/input/reader/set-aside.ts";
import { storedEntries, storedTypes } from "../../src/input/reader/stored-entries.ts";
import { summarize } from "../../src/input/reader/summarize.ts";
import { createTextReader } from "../../src/input/reader/text-stream.ts";
import type { Json } from "../../src/model/json.ts";
import { InputError } from "../../src/model/problem.ts";

const RUN = {
  seed: 20_261_127,
  numRuns: 2500,
  interruptAfterTimeLimit: 20_000,
  markInterruptAsFailure: false,
};

const INTERESTS: Interests = (type) =>
  type === "aws_read" ? "at-once" : type === "aws_spare" ? "spare" : "on-demand";
const KINDS: readonly EntryKind[] = ["change", "object", "stored", "configured"];

function read(bytes: Uint8Array, sizes: readonly number[], leapFrom: number): Document | string {
  const reader = createTextReader({ label: "plan.json", interestIn: INTERESTS, rereads: true, leapFrom });
  const memory = new Uint8Array(bytes.length);
  for (let from = 0, chunk = 0; from < bytes.length; chunk += 1) {
    const some = bytes.subarray(from, from + (sizes[chunk % sizes.length] ?? bytes.length));
    // As files are read, and as pipes are.
    const place = (chunk % 2 === 0 ? reader.place() : undefined) ?? memory;
    place.set(some);
    reader.feed(place.subarray(0, some.length));
    memory.fill(0x7b);
    from += some.length;
  }
  try {
    return documentIn(reader.finish(), "plan.json", "either");
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    // Of a character at the end of a chunk, only a part may be there to be told.
    return JSON.stringify(error.problems).replace(/: \\".+?\\" cannot/, " cannot");
  }
}

/** All that is noted, in one order. */
function told({ notes, root, modules, configuration }: Document): unknown {
  const types = storedTypes(notes).toSorted();
  const {
    arns,
    managed,
    modules: names,
  } = summarize(notes, ["module.m.aws_b.c"], (path, key) => `${path()}|${key}`);
  return {
    root,
    objects: modules.flatMap(({ resources }) => resources ?? []),
    configuration,
    types,
    stored: KINDS.map((kind) => types.map((type) => storedEntries(notes, kind, type))),
    blocks: blocksOf(notes),
    moved: notes.movedFrom,
    managed,
    names: names().toSorted(),
    arns: [...arns].map(([provider, texts]) => [provider, texts.toSorted()]).sort(),
  };
}

function blocksOf(notes: Notes): unknown {
  return KINDS.map((kind) => BLOCKS.map((block) => storedEntries(notes, kind, "aws_b", block)));
}

const BLOCKS = ["aws_b.c", "module.m.aws_b.c", "module.m.module.n.aws_b.c", 'aws_b.c["x"]'];

// Plans as Terraform writes them, and things in them that it would not write

function rarely<Value>(usual: fc.Arbitrary<Value>, odd: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 30, arbitrary: usual }, { weight: 1, arbitrary: odd });
}

const anything: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, 0, -1.5e30, "", "arn", "[{", '\\"', "ä\u2028", {}, [], [[{}]]),
  fc.jsonValue({ maxDepth: 2 }).map((value): Json => JSON.parse(JSON.stringify(value))),
);
const text = (...usual: readonly string[]): fc.Arbitrary<Json> =>
  rarely(fc.constantFrom<Json>(...usual), anything);

const key = fc.constantFrom(
  "",
  "",
  "",
  "[0]",
  "[12]",
  '["x"]',
  '["a.b[c]"]',
  '["q\\"]"]',
  '["ü"]',
  "[x]",
  '["',
);
const path = fc.oneof(
  fc.constant(""),
  key.map((one) => `module.m${one}.`),
  fc.tuple(key, key).map(([one, other]) => `module.m${one}.module.n${other}.`),
);
const address = rarely(
  fc
    .tuple(path, fc.constantFrom("aws_b.c", "data.aws_b.c", "aws_read.r"), key)
    .map((parts): Json => parts.join("")),
  fc.constantFrom<Json>("", "module.", "module.m", 'module.["x"].a.b', 7, "module.m.", "x\u0007", "a/b"),
);
const arn = rarely(
  fc.constantFrom<Json>(
    "arn:aws:s3:::bucket",
    "arn:aws:sns:eu-central-1:123456789012:topic",
    "arn:aws-cn:sns:cn-north-1:123456789012:topic:more",
  ),
  fc.constantFrom<Json>("arn:", "arn:aws", "arn:aws:sns:eu", "arn:ü:b:c:d:e", "no", 1, null, {
    arn: "arn:a:b:c:d:e",
  }),
);
/** Members in any order, some left out, some of them twice. */
function object(
  members: Record<string, fc.Arbitrary<Json>>,
  optional: readonly string[],
): fc.Arbitrary<string> {
  const parts = Object.entries(members).map(([name, value]) =>
    fc.tuple(value, fc.integer({ min: 0, max: optional.includes(name) ? 5 : 60 })).map(([json, chance]) => {
      const member = `${printedKey(name, chance)}:${printed(json)}`;
      return chance === 0 ? [] : chance === 3 && !optional.includes(name) ? [member, member] : [member];
    }),
  );
  return fc
    .tuple(fc.tuple(...parts), fc.nat(8))
    .map(([some, turn]) => `{${[...some.slice(turn), ...some.slice(0, turn)].flat().join(",")}}`);
}

/** Text that is JSON already. */
class Printed {
  readonly json: string;
  constructor(json: string) {
    this.json = json;
  }
}

function printed(value: Json): string {
  const held: unknown = value;
  return held instanceof Printed ? held.json : JSON.stringify(value);
}

const whole = (json: fc.Arbitrary<string>): fc.Arbitrary<Json> =>
  json.map((one) => new Printed(one) as unknown as Json);

function printedKey(name: string, chance: number): string {
  return chance === 1 ? JSON.stringify(name).replace("a", "\\u0061") : JSON.stringify(name);
}

const listOf = (entry: fc.Arbitrary<string>): fc.Arbitrary<Json> =>
  whole(
    fc
      .array(rarely(entry, anything.map(printed)), { maxLength: 5 })
      .map((entries) => `[${entries.join(",")}]`),
  );

const values = whole(
  object({ name: anything, arn, tags: anything, more: anything }, ["arn", "tags", "more"]),
);
const actions = rarely(
  fc.constantFrom<Json>(
    ["no-op"],
    ["create"],
    ["read"],
    ["update"],
    ["delete"],
    ["delete", "create"],
    ["create", "delete"],
  ),
  fc.constantFrom<Json>(
    ["forget"],
    [],
    ["delete", "delete"],
    ["no-op", "x", "y"],
    "create",
    [1],
    ["create", 1],
  ),
);
const type = text("aws_b", "aws_b", "aws_read", "aws_spare");
const mode = text("managed", "managed", "data");
const change = object(
  {
    address,
    module_address: text("module.m", 'module.m["x"]', "module.m[0].module.n"),
    previous_address: address,
    mode,
    type,
    name: text("c"),
    deposed: text("", "abc"),
    index: anything,
    change: rarely(
      whole(object({ actions, before: values, after: values, after_unknown: anything }, ["before"])),
      anything,
    ),
  },
  ["module_address", "previous_address", "deposed", "index"],
);
const one = object(
  { address, mode, type, name: text("c"), values: rarely(values, anything), deposed_key: text("") },
  ["deposed_key"],
);
const block = object(
  {
    address: text("aws_b.c"),
    mode,
    type,
    name: text("c", "c"),
    provider_config_key: text("aws", "aws.eu", "module.m:aws"),
    expressions: anything,
  },
  ["provider_config_key", "expressions"],
);
function module(depth: number): fc.Arbitrary<string> {
  const inner = depth === 0 ? fc.constant<Json>([]) : listOf(module(depth - 1));
  return object({ resources: listOf(one), address, child_modules: inner }, ["child_modules", "address"]);
}

function called(depth: number): fc.Arbitrary<string> {
  const call = object(
    {
      source: anything,
      expressions: anything,
      module: depth === 0 ? anything : rarely(whole(called(depth - 1)), anything),
    },
    ["source", "expressions"],
  );
  const calls = fc
    .array(fc.tuple(fc.constantFrom("m", "n", "o", "é", "resources"), call), { maxLength: 3 })
    .map((some) => `{${some.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(",")}}`);
  return object(
    {
      resources: rarely(listOf(block), anything),
      outputs: anything,
      variables: anything,
      module_calls: whole(calls),
    },
    depth === 0 ? ["outputs", "variables", "module_calls"] : ["outputs", "variables"],
  );
}

const plan = fc
  .tuple(listOf(change), module(2), called(2))
  .map(
    ([changes, root, configuration]) =>
      `{"format_version":"1.2","resource_changes":${printed(changes)},` +
      `"prior_state":{"format_version":"1.0","values":{"root_module":${root}}},` +
      `"configuration":{"root_module":${configuration}}}${" ".repeat(80)}`,
  );

/** White space between the tokens, where there is none in strings. */
function spaced(json: string, indent: number): string {
  if (indent === 0) return json;
  return json.replace(/"(?:[^"\\]|\\.)*"|[{}[\],:]/g, (token) =>
    token.length > 1 || token === ":" ? token : `${token}\n${" ".repeat(indent)}`,
  );
}

const writing = fc.record({
  json: plan,
  indent: fc.constantFrom(0, 0, 1, 4),
  sizes: fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 5 }),
});

describe("entries by WebAssembly", () => {
  it("are noted as one by one", () => {
    let passed = 0;
    fc.assert(
      fc.property(writing, ({ json, indent, sizes }) => {
        const bytes = new TextEncoder().encode(spaced(json, indent));
        const many = read(bytes, sizes, 0);
        const single = read(bytes, sizes, Number.POSITIVE_INFINITY);
        if (typeof many === "string" || typeof single === "string") {
          expect(many).toBe(single);
          return;
        }
        expect(told(many)).toEqual(told(single));
        if (many.notes.texts.leaper !== undefined) passed += many.notes.rows.change.types.length;
      }),
      RUN,
    );
    expect(passed).toBeGreaterThan(100);
  });

  it("are noted or refused as one by one, with a byte changed", () => {
    fc.assert(
      fc.property(writing, fc.nat(), BYTES, ({ json, indent, sizes }, at, char) => {
        const laidOut = spaced(json, indent);
        const place = at % laidOut.length;
        const text = laidOut.slice(0, place) + char + laidOut.slice(place + 1);
        const bytes = new TextEncoder().encode(text);
        const many = read(bytes, sizes, 0);
        const single = read(bytes, sizes, Number.POSITIVE_INFINITY);
        if (typeof many === "string" || typeof single === "string") {
          // What nobody asks for may be broken, and one of the two looks at less of it.
          if (isJson(text) || byteIn(many) === byteIn(single)) expect(many).toBe(single);
        } else if (isJson(text)) {
          expect(told(many)).toEqual(told(single));
        }
      }),
      RUN,
    );
  });
});

describe("texts by WebAssembly", () => {
  // Twice, so that the later ones find the number that the first got.
  it.each([400, 600, 5_000, 140_000])("%d of them keep their numbers", (count) => {
    const entry = (index: number): string => {
      const module = `module.service_${index % count}`;
      return (
        `{"address":"${module}.aws_sqs_queue.q","module_address":"${module}","mode":"managed","type":"aws_sqs_queue",` +
        `"name":"q","change":{"actions":["no-op"],"after":{"arn":"arn:aws:sqs:eu-central-1:${index % 7}:q"}}}`
      );
    };
    const changes = Array.from({ length: 2 * Math.min(count, 100_000) }, (_, index) => entry(index));
    const bytes = new TextEncoder().encode(
      `{"format_version":"1.2","resource_changes":[${changes.join(",")}]${" ".repeat(80)}}`,
    );
    const many = read(bytes, [2 ** 19], 0);
    const single = read(bytes, [2 ** 19], Number.POSITIVE_INFINITY);
    if (typeof many === "string" || typeof single === "string") throw new Error(`${many} ${single}`);
    expect(many.notes.texts.leaper).toBeDefined();
    expect(told(many)).toEqual(told(single));
  });
});

const BYTES = fc.constantFrom(...'"\\{}[]:,x0\u0001é\n ');

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The byte that a refusal is about. */
function byteIn(outcome: Document | string): string | undefined {
  return typeof outcome === "string" ? /byte [\d,]+/.exec(outcome)?.[0] : "none";
}
