// Our scanner and hcl2json find the same blocks: in generated files, and in every file of the repository's tests.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import hcl2json from "@cdktf/hcl2json";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LocatedBody, locate } from "../../src/input/locate.ts";
import { get, isArray, isObject, type Json } from "../../src/model/json.ts";

/** Blocks by type and labels with how often each is there, nested ones behind a slash. */
function located(body: LocatedBody, prefix = ""): Map<string, number> {
  const counts = new Map<string, number>();
  for (const block of body.blocks) {
    const name = `${prefix}${JSON.stringify([block.kind, ...block.labels])}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    for (const [inner, count] of located(block, `${name}/`))
      counts.set(inner, (counts.get(inner) ?? 0) + count);
  }
  return counts;
}

/** How often hcl2json has a block of the given path: lists under its type, then under its labels. */
function countInJson(json: Json, path: readonly (readonly string[])[]): number {
  const [first, ...rest] = path;
  if (first === undefined) return 1;
  let at: readonly (Json | undefined)[] = [json];
  for (const name of first)
    at = at
      .flatMap((one): readonly (Json | undefined)[] => (isArray(one) ? one : [one]))
      .map((one) => get(one, name));
  const bodies = at.flatMap((one) => (isArray(one) ? one : []));
  return bodies.reduce<number>((sum, body) => sum + countInJson(body, rest), 0);
}

/** Every block at the top level, which is all that hcl2json tells from arguments for sure. */
function topLevelInJson(json: Json, labels: ReadonlyMap<string, number>): Map<string, number> {
  const counts = new Map<string, number>();
  const visit = (at: Json | undefined, names: readonly string[], depth: number): void => {
    if (isArray(at)) {
      if (depth === 0) counts.set(JSON.stringify(names), at.length);
      else for (const one of at) visit(one, names, depth);
    } else if (isObject(at) && depth > 0) {
      for (const [name, inside] of Object.entries(at)) visit(inside, [...names, name], depth - 1);
    }
  };
  for (const [type, inside] of Object.entries(isObject(json) ? json : {}))
    visit(inside, [type], labels.get(type) ?? 0);
  return counts;
}

async function expectAgreement(file: string, text: string): Promise<void> {
  const json = (await hcl2json.parse(file, text)) as Json;
  const body = locate(file, text);
  for (const [path, count] of located(body)) {
    const steps = path.split(/(?<=\])\/(?=\[)/).map((step) => JSON.parse(step) as string[]);
    expect([path, countInJson(json, steps)]).toEqual([path, count]);
  }
  const labels = new Map(body.blocks.map((block) => [block.kind, block.labels.length]));
  const top = [...located(body)].filter(([path]) => !/\]\/\[/.test(path));
  expect(topLevelInJson(json, labels)).toEqual(new Map(top));
}

describe("the blocks of a file are the same for the scanner and for hcl2json", () => {
  const files = ["test", "examples"].flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".tf"))
      .map((name) => join(root, name)),
  );

  it("in every .tf file of tests and examples", async () => {
    expect(files.length).toBeGreaterThan(100);
    for (const file of files) await expectAgreement(file, readFileSync(file, "utf8"));
  });

  it("in generated files", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(topBlock, { maxLength: 6 }), separator, async (blocks, between) => {
        await expectAgreement("generated.tf", blocks.join(between));
      }),
      { seed: 4, numRuns: 300, interruptAfterTimeLimit: 8_000 },
    );
  });
});

const separator = fc.constantFrom("\n", "\n\n", "\n# } {\n", '\n// "\n', "\n/* <<EOT\n { */\n", "\r\n");
const name = fc.constantFrom("alpha", "b_2", "c-d", "foo", "é");
const label = fc.constantFrom('"x"', '"y.z"', '"{"', '"#"', '"\\"q"');
const scalar = fc.constantFrom(
  "1",
  '"plain"',
  '"}{"',
  '"${upper("}")}"',
  '"$${ %%{ {"',
  '"\\"{\\""',
  '"${m["}"]}#"',
  "a.b[0]",
  "[1, # ]\n    2]",
  '{ k = "}" }',
  "f(/* ) */ 1)",
  "<<EOT\n} { ${x}\n  EOTX\nEOT",
  '<<-E_T\n    # ${f("}")} "\n    E_T',
  '[for k, v in x : v if v != "{"]',
  'c ? "a" : "b"',
  "{\n    a = 1\n    b = { c = 2 }\n  }",
  '"%{ if x }{%{ else }}%{ endif }"',
);
const comment = fc.constantFrom("", " # {", " // }", " /* { */");
const argument = fc.record({ scalar, comment });

/** A body: arguments of different names, and blocks inside. */
const body = fc.letrec<{ body: string }>((tie) => ({
  body: fc
    .record({
      arguments: fc
        .uniqueArray(fc.constantFrom("x", "y", "z"), { maxLength: 3 })
        .chain((names) =>
          fc
            .array(argument, { minLength: names.length, maxLength: names.length })
            .map((values) =>
              values
                .map(
                  (value, index) =>
                    `${names[index]} = ${value.scalar}${/\n\s*E[O_]?T$/.test(value.scalar) ? "" : value.comment}\n`,
                )
                .join(""),
            ),
        ),
      blocks: fc.array(
        fc
          .oneof({ maxDepth: 3, withCrossShrink: true }, fc.constant(""), tie("body"))
          .chain((inside) => name.map((kind) => `${kind} {\n${inside}}\n`)),
        { maxLength: 2 },
      ),
    })
    .map((parts) => parts.arguments + parts.blocks.join("")),
})).body;

/** One number of labels per type, as in Terraform. */
const topBlock = fc
  .tuple(fc.constantFrom(0, 1, 2), body)
  .chain(([count, inside]) =>
    fc
      .array(label, { minLength: count, maxLength: count })
      .map((labels) => `t${count} ${labels.join(" ")} {\n${inside}}`),
  );
