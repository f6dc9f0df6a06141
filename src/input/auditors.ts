// policies/auditors.yaml to Auditors, for the build; and the compiled ones back, without YAML.

import type { Auditor, AuditorTest } from "../model/auditor.ts";
import { isArray } from "../model/json.ts";
import { InputError } from "../model/problem.ts";
import { list, needed, optional, type Position, record, text, word } from "./document-shape.ts";
import { readYaml } from "./yaml-document.ts";

const KINDS = ["equals", "contains", "each", "in-order"] as const;

const texts = list(text(), { min: 1 });
const expressions = list(
  text({
    check: (value) => {
      try {
        new RegExp(value, "s");
        return undefined;
      } catch (error) {
        return { code: "expression", message: error instanceof Error ? error.message : String(error) };
      }
    },
  }),
  { min: 1 },
);

const test = record(
  {
    control: needed(text(), "id of the control the test stands for"),
    equals: optional(texts, "the pattern is one of these texts"),
    contains: optional(texts, "one of these texts stands in the pattern"),
    each: optional(expressions, "every one of these regular expressions is found"),
    "in-order": optional(expressions, "these regular expressions are found one after the other"),
    ignoring: optional(
      list(word("thing to ignore", ["white-space", "letter-case"])),
      "left out before comparing",
    ),
  },
  { exactlyOne: KINDS },
);

const AUDITORS = record({
  auditors: needed(
    list(
      record({
        name: needed(text(), "as people call it"),
        version: needed(text(), "the version whose tests these are"),
        source: needed(text({ schema: { pattern: "^https://" } }), "where the tests stand"),
        tests: needed(list(test, { min: 1 }), "one per control"),
      }),
      { min: 1 },
    ),
    "well-known auditors",
  ),
});

export async function parseAuditors(source: string, file: string): Promise<readonly Auditor[]> {
  const node = await readYaml(source, file, "auditors");
  const at: Position = { path: "", topic: "auditors", problems: [] };
  const document = AUDITORS.read(node, at);
  if (document === undefined) throw new InputError(at.problems);
  return document.auditors.map((auditor) => ({ ...auditor, tests: auditor.tests.flatMap(toTest) }));
}

/** The shape lets through exactly one kind each. */
function toTest(written: NonNullable<ReturnType<typeof test.read>>): readonly AuditorTest[] {
  const { control, equals, contains, each, "in-order": inOrder, ignoring = [] } = written;
  if (equals !== undefined) return [{ control, ignoring, find: { kind: "equals", texts: equals } }];
  if (contains !== undefined) return [{ control, ignoring, find: { kind: "contains", texts: contains } }];
  if (each !== undefined) return [{ control, ignoring, find: { kind: "each", expressions: each } }];
  if (inOrder !== undefined) return [{ control, ignoring, find: { kind: "in-order", expressions: inOrder } }];
  return [];
}

/** `json` is what the build wrote; anything else is a broken installation and throws an Error. */
export function builtinAuditors(json: string): readonly Auditor[] {
  const compiled: unknown = JSON.parse(json);
  if (!isAuditors(compiled)) throw new Error("the compiled auditors are from another build; build again");
  return compiled;
}

function isAuditors(value: unknown): value is readonly Auditor[] {
  return isArray(value);
}
