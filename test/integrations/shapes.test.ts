// The ready-made YAML files against the shapes that their hosts publish, and against tfcheck's own command line.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { runBuilt } from "../tools/run-built.ts";
import { VERSION } from "./host.ts";
import { SHAPES } from "./shapes.ts";
import { yamlFile } from "./yaml.ts";

const ajv = new Ajv({ allErrors: true, formats: { regex: isRegex } });

function isRegex(text: string): boolean {
  return new RegExp(text) instanceof RegExp;
}

const FILES = [
  "action.yml",
  ".pre-commit-hooks.yaml",
  ...filesBelow("examples/ci"),
  ...filesBelow("docs/integrations"),
];

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

const HELP = await runBuilt(["--help"], { cwd: "." });
const OPTIONS = new Set([...HELP.stdout.matchAll(/(?<=[ ,])--?[a-z][\w-]*/g)].map(([option]) => option));

test.each(SHAPES)("%s has the shape that its host wants", (file, shape) => {
  const validate = ajv.compile(shape);
  validate(yamlFile(file));
  expect(validate.errors ?? []).toEqual([]);
});

test("every YAML file to take over is held against a shape", () => {
  const yaml = FILES.filter((file) => /\.ya?ml$/.test(file));
  expect(SHAPES.map(([file]) => file).sort()).toEqual([...yaml].sort());
});

describe.each(FILES)("%s", (file) => {
  const text = readFileSync(file, "utf8");

  test("pins the version of this package wherever it names one", () => {
    const versions = [...text.matchAll(/tfcheck@v?(\d[\w.]*)/g)].map(([, version]) => version);
    expect(new Set(versions.filter((version) => version !== VERSION))).toEqual(new Set());
  });

  test("uses options that tfcheck has", () => {
    const used = [...text.matchAll(/tfcheck(?:@\S+)? [^\n|`]*/g)].flatMap(([command]) =>
      [...command.matchAll(/ (--?[a-z][\w-]*)/g)].map(([, option]) => option),
    );
    expect(used.filter((option) => option !== undefined && !OPTIONS.has(option))).toEqual([]);
  });
});
