import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSavedPlan } from "../../src/input/binary-plan.ts";
import { decode } from "../../src/input/decode.ts";
import { scanJson } from "../../src/input/json-scan.ts";
import { parseInput } from "../../src/input/parse-input.ts";
import { parsePlan } from "../../src/input/plan.ts";
import { printAddress } from "../../src/model/address.ts";
import { get, isArray, isObject, type Json } from "../../src/model/json.ts";
import { InputError } from "../../src/model/problem.ts";
import { recordedBytes, recordedText } from "../unit/input/fixture.ts";

const RUN = { seed: 20_261_124, interruptAfterTimeLimit: 4000, markInterruptAsFailure: false };

const JSON_FIXTURES = ["create", "changes", "deposed", "refresh-only", "tf-json", "state"].map((name) =>
  recordedText(`${name}.json`),
);
const FIXTURES = [...JSON_FIXTURES, recordedText("stored.tfstate"), recordedText("deposed.tfstate")];

/** Runs `work`; anything thrown but an InputError with a code and a help line fails the property. */
function answers<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    for (const { code, message, help } of error.problems) {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(message).not.toMatch(/\n/);
      expect(help).toBeDefined();
    }
    return undefined;
  }
}

/** Every place in a JSON value, as a path. */
function placesIn(json: Json, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (isArray(json)) return [path, ...json.flatMap((one, index) => placesIn(one, [...path, index]))];
  if (!isObject(json)) return [path];
  return [path, ...Object.entries(json).flatMap(([key, one]) => placesIn(one, [...path, key]))];
}

function replacedAt(
  json: Json,
  path: readonly (string | number)[],
  value: Json | undefined,
): Json | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (isArray(json)) {
    return json.flatMap((one, index) => (index === step ? (replacedAt(one, rest, value) ?? []) : [one]));
  }
  const entries = Object.entries(isObject(json) ? json : {}).map(([key, one]): [string, Json | undefined] => [
    key,
    key === step ? replacedAt(one, rest, value) : one,
  ]);
  return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

const DOCUMENTS = FIXTURES.map((text) => {
  const json: Json = JSON.parse(text);
  return { json, places: placesIn(json) };
});

/** What takes a place: any JSON, a string that tries to be an address, or nothing. */
const replacement: fc.Arbitrary<Json | undefined> = fc.oneof(
  fc.constantFrom<Json | undefined>(undefined, null, true, 0, -1, 1.5, "", [], {}, [[]], { __proto__: null }),
  fc.constantFrom("module.", 'a["', "]", "data.", "module.a[0].t.n", "[...]", "managed", "2.0", "__proto__"),
  fc.jsonValue({ maxDepth: 3 }).map((value): Json => JSON.parse(JSON.stringify(value))),
);

describe("mutated inputs", () => {
  it("give a document or an InputError, whatever stands where", () => {
    const place = fc.record({ at: fc.nat(), value: replacement });
    const mutation = fc.tuple(fc.constantFrom(...DOCUMENTS), fc.array(place, { minLength: 1, maxLength: 3 }));
    fc.assert(
      fc.property(mutation, ([{ json, places }, mutations]) => {
        let mutated: Json | undefined = json;
        for (const { at, value } of mutations) {
          mutated = replacedAt(mutated ?? null, places[at % places.length] ?? [], value);
        }
        const document = answers(() => parseInput(JSON.stringify(mutated) ?? "", "input"));
        if (document?.kind === "state") for (const { address } of document.resources) printAddress(address);
        if (document?.kind === "plan")
          for (const { address } of document.changes ?? []) printAddress(address);
      }),
      { ...RUN, numRuns: 3000 },
    );
  });

  it("give a document or an InputError, whatever became of the text", () => {
    const cut = fc.tuple(fc.constantFrom(...FIXTURES), fc.nat(), fc.nat(200), fc.string({ maxLength: 5 }));
    fc.assert(
      fc.property(cut, ([text, at, length, inserted]) => {
        const start = at % text.length;
        answers(() => parseInput(text.slice(0, start) + inserted + text.slice(start + length), "input"));
      }),
      { ...RUN, numRuns: 600 },
    );
  });

  it("give text or an InputError, whatever became of the bytes", async () => {
    const saved = recordedBytes("saved.tfplan");
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc
        .constantFrom([0x1f, 0x8b], [0xff, 0xfe], [0xfe, 0xff], [0x50, 0x4b, 3, 4])
        .chain((start) =>
          fc.uint8Array({ maxLength: 60 }).map((rest) => Uint8Array.from([...start, ...rest])),
        ),
      flipped(saved),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (some) => {
        const outcome = await decode(some, "input").catch((error: unknown) => error);
        answers(() => {
          if (typeof outcome !== "string") throw outcome;
        });
      }),
      { ...RUN, numRuns: 1000 },
    );
  });

  it("give modules or an InputError, whatever became of a saved plan", () => {
    fc.assert(
      fc.property(flipped(recordedBytes("saved.tfplan")), (bytes) => {
        answers(() => readSavedPlan(bytes, "input"));
      }),
      { ...RUN, numRuns: 2000 },
    );
  });
});

/** The bytes with a few of them changed, and perhaps an end cut off. */
function flipped(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const changes = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 4 });
  // Most of what can go wrong stands in the directory at the end.
  const late = fc.array(
    fc.tuple(fc.integer({ min: bytes.length - 700, max: bytes.length - 1 }), fc.nat(255)),
    {
      maxLength: 4,
    },
  );
  return fc.tuple(changes, late, fc.option(fc.nat(bytes.length))).map(([early, last, length]) => {
    const copy = Uint8Array.from(bytes);
    for (const [at, byte] of [...early, ...last]) copy[at] = byte;
    return copy.subarray(0, length ?? copy.length);
  });
}

describe("the scanner of JSON text", () => {
  it("agrees with JSON.parse on what is JSON", () => {
    const pieces = [
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"',
      "\\",
      '"a"',
      "1",
      "-",
      "0",
      ".5",
      "e+1",
      "true",
      "nul",
      " ",
      "\n",
    ];
    const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join(""));
    const near = fc
      .tuple(fc.jsonValue(), fc.nat(), fc.constantFrom(...pieces, ""))
      .map(([value, at, piece]) => {
        const text = JSON.stringify(value);
        const start = at % (text.length + 1);
        return text.slice(0, start) + piece + text.slice(start + 1);
      });
    fc.assert(
      fc.property(fc.oneof(soup, near), (text) => {
        const scan = scanJson(text, 0);
        const whole = scan.kind === "whole" && text.slice(scan.end).trim() === "";
        expect(whole).toBe(isJson(text));
      }),
      { ...RUN, numRuns: 20_000 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe("wrapped plans", () => {
  it("read the same as the plan alone", () => {
    const line = fc.stringMatching(/^[A-Za-z:[\]./ -]{0,30}$/);
    const around = fc.tuple(fc.array(line, { maxLength: 3 }), fc.array(line, { maxLength: 3 }), fc.boolean());
    const text = JSON_FIXTURES[1] ?? "";
    const plain = parsePlan(text, "plan.json");
    fc.assert(
      fc.property(around, ([before, after, laidOut]) => {
        const body = laidOut ? text.trim() : JSON.stringify(JSON.parse(text));
        expect(parsePlan([...before, body, ...after].join("\n"), "plan.json")).toEqual(plain);
      }),
      { ...RUN, numRuns: 40 },
    );
  });
});

describe("the plan model", () => {
  it("holds every current change of the recorded plans, value for value", () => {
    for (const text of JSON_FIXTURES.slice(0, 5)) {
      const raw: Json = JSON.parse(text);
      const entries = get(raw, "resource_changes");
      const current = (isArray(entries) ? entries : []).filter(
        (entry) => get(entry, "deposed") === undefined,
      );
      const changes = parsePlan(text, "plan.json").changes ?? [];
      expect(
        changes.map(({ address, actions, before, after, afterUnknown, afterSensitive }) => ({
          address: printAddress(address),
          actions,
          before,
          after,
          after_unknown: afterUnknown,
          after_sensitive: afterSensitive,
        })),
      ).toEqual(
        current.map((entry) => ({
          address: get(entry, "address"),
          ...Object.fromEntries(
            ["actions", "before", "after", "after_unknown", "after_sensitive"].map((key) => [
              key,
              get(get(entry, "change"), key) ?? null,
            ]),
          ),
        })),
      );
    }
  });
});
