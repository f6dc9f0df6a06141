// What every policy of the repository owes its readers, and that everything made from them is current.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseAuditors } from "../../src/input/auditors.ts";
import { examplesFileOf, type PolicyExample, parseExamples } from "../../src/input/policy-examples.ts";
import { readPolicyFiles } from "../tools/builtin.ts";
import { generatedFiles } from "../tools/generate-docs.ts";
import { findingOfExample } from "../tools/run-example.ts";

const FILES = await readPolicyFiles();
const POLICIES = FILES.map(({ policy }) => policy);
const AUDITORS = await parseAuditors(
  readFileSync("policies/auditors.yaml", "utf8"),
  "policies/auditors.yaml",
);

const GENERATED = generatedFiles(POLICIES, AUDITORS);
const WITH_EXAMPLES = await Promise.all(
  FILES.map(async ({ file, policy }) => ({ file, policy, examples: await examplesOf(file) })),
);

describe("policies", () => {
  it.each([
    ["ids", POLICIES.map(({ id }) => id)],
    ["titles", POLICIES.map(({ title }) => title)],
    ["rationales", POLICIES.map(({ rationale }) => rationale)],
    ["remediations", POLICIES.map(({ remediation }) => remediation)],
    ["names in other registers", POLICIES.flatMap(({ identifiers }) => [...identifiers.values()])],
    [
      "numbers within a version",
      POLICIES.flatMap(({ benchmarks }) =>
        benchmarks.map(({ name, version, number }) => `${name}@${version} ${number}`),
      ),
    ],
  ])("share no %s", (_, values) => {
    expect(values.filter((value, index) => values.indexOf(value) !== index)).toEqual([]);
  });

  it("say what they demand in their ids, not where a benchmark prints it", () => {
    expect(POLICIES.filter(({ id }) => /\d\.\d|cis|cce/.test(id))).toEqual([]);
  });

  it("name a text for every version that numbers a pattern control", () => {
    const without = POLICIES.filter(({ check }) => check.kind === "log-pattern-alarm").flatMap(
      ({ id, benchmarks }) =>
        benchmarks.filter((entry) => entry.patterns.length === 0).map(({ version }) => `${id} ${version}`),
    );
    expect(without).toEqual([]);
  });

  it("are what auditors' tests stand for", () => {
    const ids = new Set(POLICIES.map(({ id }) => id));
    const unknown = AUDITORS.flatMap(({ tests }) => tests.filter(({ control }) => !ids.has(control)));
    expect(unknown).toEqual([]);
  });
});

describe("examples", () => {
  it.each(WITH_EXAMPLES)(
    "$file has one that is satisfied, one violated and one undecided",
    ({ examples }) => {
      const verdicts = new Set(examples.map(({ expected }) => expected.verdict));
      expect([...verdicts].toSorted()).toEqual(["satisfied", "undecided", "violated"]);
    },
  );

  const each = WITH_EXAMPLES.flatMap(({ policy, examples }) =>
    examples.map((example) => ({ title: `${policy.id}, ${example.name}`, policy, example })),
  );

  it.each(each)("$title", async ({ policy, example }) => {
    const finding = await findingOfExample(policy, example);
    const { verdict, link, causes } = example.expected;
    expect({
      verdict: finding.verdict,
      link: link === undefined ? undefined : finding.link,
      missing: causes.filter((code) => !finding.causes.some((cause) => cause.code === code)),
    }).toEqual({ verdict, link, missing: [] });
  });

  it("belong to a policy each", () => {
    const known = new Set(FILES.map(({ file }) => examplesFileOf(file)));
    const found = readdirSync("policies/aws").filter((name) => name.endsWith(".examples.yaml"));
    expect(found.filter((name) => !known.has(`policies/aws/${name}`))).toEqual([]);
  });
});

describe("what is made from them", () => {
  const files = [...GENERATED];
  const update = process.env.UPDATE_GENERATED === "1" && process.env.CI === undefined;

  it.each(files)("%s is current", (path, text) => {
    if (update) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    const written = existsSync(path) ? readFileSync(path, "utf8") : "{}";
    // Schemas are laid out by the formatter.
    if (path.endsWith(".json")) expect(JSON.parse(written)).toEqual(JSON.parse(text));
    else expect(written).toBe(text);
  });

  it("has no page of a policy that is gone", () => {
    const pages = readdirSync("docs/policies").map((name) => `docs/policies/${name}`);
    expect(pages.filter((page) => !files.some(([path]) => path === page))).toEqual([]);
  });
});

describe("JSON Schemas", () => {
  const policySchema = validator("policies/policy.schema.json");
  const examplesSchema = validator("policies/examples.schema.json");

  it.each(FILES)("take $file", ({ text }) => {
    expect(complaints(policySchema, text)).toEqual([]);
  });

  it.each(FILES)("take the examples of $file", ({ file }) => {
    expect(complaints(examplesSchema, readFileSync(examplesFileOf(file), "utf8"))).toEqual([]);
  });

  it("are named by the first line of each file", () => {
    const named = FILES.flatMap(({ file, text }) => {
      const examples = readFileSync(examplesFileOf(file), "utf8");
      return [
        text.startsWith("# yaml-language-server: $schema=../policy.schema.json\n"),
        examples.startsWith("# yaml-language-server: $schema=../examples.schema.json\n"),
      ];
    });
    expect(named).not.toContain(false);
  });
});

async function examplesOf(file: string): Promise<readonly PolicyExample[]> {
  const path = examplesFileOf(file);
  return parseExamples(readFileSync(path, "utf8"), path);
}

function validator(path: string): ValidateFunction {
  return new Ajv({ allErrors: true, allowUnionTypes: true }).compile(JSON.parse(GENERATED.get(path) ?? ""));
}

function complaints(validate: ValidateFunction, text: string): readonly string[] {
  validate(parse(text));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
