// Which modules a configuration is made of, and what is refused.

import { describe, expect, it } from "vitest";
import { createHclParser } from "../../../../src/input/hcl.ts";
import { InputError } from "../../../../src/model/problem.ts";
import { type LoadedModule, loadModules } from "../../../../src/resolve/sources/load-modules.ts";
import { treeOfFiles } from "../../../../src/resolve/sources/source-tree.ts";
import type { FilesByPath } from "./support.ts";

function load(files: FilesByPath): Promise<LoadedModule> {
  return loadModules(treeOfFiles("infra", new Map(Object.entries(files))), createHclParser());
}

const call = (name: string, source: string) =>
  `module "${name}" {\n  source = ${JSON.stringify(source)}\n}\n`;
const EMPTY = "locals {}\n";

/** `a: directory` for each module below, `(foreign)` where others wrote it, `-` where it is not installed. */
function modules({ children }: LoadedModule, prefix = ""): readonly string[] {
  return [...children].flatMap(([name, child]) => {
    const path = `${prefix}${name}`;
    if (child === undefined) return [`${path}: -`];
    const foreign = child.foreign ? " (foreign)" : "";
    return [`${path}: ${child.source.directory}${foreign}`, ...modules(child, `${path}.`)];
  });
}

const manifest = (directories: Readonly<Record<string, string>>): FilesByPath => ({
  ".terraform/modules/modules.json": JSON.stringify({
    Modules: Object.entries(directories).map(([Key, Dir]) => ({ Key, Dir })),
  }),
});

describe("modules", () => {
  it.each<[string, FilesByPath, readonly string[]]>([
    ["none", { "main.tf": EMPTY }, []],
    [
      "beside and below each other",
      { "main.tf": call("a", "./a"), "a/main.tf": call("b", "../b"), "b/main.tf": EMPTY },
      ["a: a", "a.b: b"],
    ],
    ["beside the root", { "main.tf": call("a", "../a"), "../a/main.tf": EMPTY }, ["a: ../a"]],
    ["with backslashes", { "main.tf": call("a", ".\\m\\a"), "m/a/main.tf": EMPTY }, ["a: m/a"]],
    [
      "that are called twice",
      { "main.tf": call("x", "./a") + call("y", "./a"), "a/main.tf": EMPTY },
      ["x: a", "y: a"],
    ],
    ["that are not there", { "main.tf": call("a", "./a") }, ["a: -"]],
    [
      "from a registry, not installed",
      { "main.tf": call("a", "acme/a/aws"), "acme/a/aws/main.tf": EMPTY },
      ["a: -"],
    ],
    ["whose source is no literal", { "main.tf": 'module "a" {\n  source = var.x\n}\n' }, ["a: -"]],
    ["without a source", { "main.tf": 'module "a" {}\n' }, ["a: -"]],
    ["hidden ones that only look local", { "main.tf": call("a", ".a"), ".a/main.tf": EMPTY }, ["a: -"]],
    [
      "installed ones, and all within them, are others' work",
      {
        "main.tf": call("a", "acme/a/aws"),
        "lib/a/main.tf": call("b", "./b"),
        "lib/a/b/main.tf": EMPTY,
        ...manifest({ a: "lib/a" }),
      },
      ["a: lib/a (foreign)", "a.b: lib/a/b (foreign)"],
    ],
    [
      "installed ones within local ones, by the names of all calls",
      {
        "main.tf": call("a", "./a"),
        "a/main.tf": call("b", "acme/b/aws"),
        "lib/b/main.tf": EMPTY,
        ...manifest({ "a.b": "lib/b", b: "a" }),
      },
      ["a: a", "a.b: lib/b (foreign)"],
    ],
    [
      "local ones that are not where they say, by the manifest",
      { "main.tf": call("a", "./gone"), "kept/main.tf": EMPTY, ...manifest({ a: "kept" }) },
      ["a: kept"],
    ],
    [
      "installed ones whose directory is gone",
      { "main.tf": call("a", "acme/a/aws"), ...manifest({ a: "lib/a" }) },
      ["a: -"],
    ],
  ])("%s", async (_, files, wanted) => {
    expect(modules(await load(files))).toEqual(wanted);
  });

  it("are read once, however often they are called", async () => {
    const root = await load({ "main.tf": call("x", "./a") + call("y", "./a"), "a/main.tf": EMPTY });
    expect(root.children.get("x")?.source).toBe(root.children.get("y")?.source);
    expect(root.foreign).toBe(false);
  });
});

describe("refused", () => {
  it.each<[string, FilesByPath, object]>([
    [
      "no configuration",
      { "readme.md": "x" },
      { code: "no-configuration", place: "infra", message: "holds no Terraform configuration" },
    ],
    ["no files", {}, { code: "no-configuration", place: "infra" }],
    [
      "a module that calls itself",
      { "main.tf": `\n${call("m", "./.")}` },
      {
        code: "module-calls-itself",
        place: "main.tf:2:1",
        message: 'module "m" is one of the modules around it, so it would call itself without end',
      },
    ],
    [
      "modules that call each other",
      { "main.tf": call("a", "./a"), "a/main.tf": call("b", "../b"), "b/main.tf": call("c", "../a") },
      { code: "module-calls-itself", place: "b/main.tf:1:1" },
    ],
    [
      "a circle of locals, in a module too",
      {
        "main.tf": call("a", "./a"),
        "a/main.tf": "locals {\n  x = local.y\n  y = local.x\n}\n",
      },
      {
        code: "locals-in-a-circle",
        place: "a/main.tf:2:3",
        message: "these locals refer to each other in a circle: local.x → local.y → local.x",
      },
    ],
  ])("%s", async (_, files, problem) => {
    const refusal: unknown = await load(files).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(InputError);
    expect((refusal as InputError).problems).toMatchObject([problem]);
  });
});
