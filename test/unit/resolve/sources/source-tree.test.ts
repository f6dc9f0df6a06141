// Files as a tree: paths, directories, and the manifest of installed modules.

import { describe, expect, it } from "vitest";
import {
  joinPath,
  readManifest,
  treeOfFiles,
  treeOfSavedModules,
} from "../../../../src/resolve/sources/source-tree.ts";

describe("a path seen from a directory", () => {
  it.each([
    ["", "a.tf", "a.tf"],
    ["", "./a.tf", "a.tf"],
    ["", "", ""],
    ["modules/x", "../y", "modules/y"],
    ["modules/x", "./../y/.", "modules/y"],
    ["modules//x", "a//b", "modules/x/a/b"],
    ["x", "../../y", "../y"],
    ["x", "../../../y", "../../y"],
    ["..", "../y", "../../y"],
    ["x", "/abs/y", "/abs/y"],
    ["x", "/abs/../y", "/y"],
    ["x", "a..b", "x/a..b"],
  ])("%j with %j is %j", (directory, path, wanted) => {
    expect(joinPath(directory, path)).toBe(wanted);
  });
});

const MANIFEST = JSON.stringify({
  Modules: [
    { Key: "", Source: "", Dir: "." },
    { Key: "a.b", Source: "x", Dir: ".terraform\\modules\\a.b" },
    { Key: "no directory" },
    { Dir: "no key" },
    { Key: 1, Dir: "." },
    null,
  ],
});

describe("the manifest of installed modules", () => {
  it.each<[string, string | undefined, Record<string, string>]>([
    [
      "names directories by the calls that lead to them",
      MANIFEST,
      { "": "", "a.b": ".terraform/modules/a.b" },
    ],
    ["is empty where there is none", undefined, {}],
    ["is empty where it is broken", "{", {}],
    ["is empty where it lists nothing", '{"Modules": {}}', {}],
  ])("%s", (_, text, wanted) => {
    expect(Object.fromEntries(readManifest(text))).toEqual(wanted);
  });
});

describe("a tree of files", () => {
  const read = () =>
    treeOfFiles(
      "infra",
      new Map([
        ["./main.tf", "root"],
        ["m/inner/x.tf", "inner"],
        ["m/inner/y.tf", "more"],
        ["../beside/z.tf", "beside"],
        [".terraform/modules/modules.json", MANIFEST],
      ]),
    );

  it("knows its directories with the files in them", () => {
    const tree = read();
    expect(tree.label).toBe("infra");
    expect(tree.directory("")).toEqual(new Map([["main.tf", "root"]]));
    expect(tree.directory("m/inner")).toEqual(
      new Map([
        ["x.tf", "inner"],
        ["y.tf", "more"],
      ]),
    );
    expect(tree.directory("../beside")).toEqual(new Map([["z.tf", "beside"]]));
    expect(tree.directory("m")).toBeUndefined();
    expect(tree.manifest.get("a.b")).toBe(".terraform/modules/a.b");
  });

  it("gives the bytes of its files, and lists those below the root", () => {
    const tree = read();
    const bytes = tree.readFile("m/inner/x.tf");
    expect(new TextDecoder().decode(bytes)).toBe("inner");
    expect(tree.readFile("m/inner/none.tf")).toBeUndefined();
    expect(tree.listFiles()).toEqual([
      "main.tf",
      "m/inner/x.tf",
      "m/inner/y.tf",
      ".terraform/modules/modules.json",
    ]);
  });
});

describe("the modules of a saved plan", () => {
  const files = new Map([["main.tf", "text"]]);
  const read = () =>
    treeOfSavedModules("tfplan", [
      { key: "", directory: ".", files },
      { key: "a", directory: "./modules/../a", files: new Map() },
    ]);

  it("stand where they came from, with no files beside them", () => {
    const tree = read();
    expect(tree.label).toBe("tfplan");
    expect(tree.directory("")).toBe(files);
    expect(tree.directory("a")).toEqual(new Map());
    expect(tree.directory("modules")).toBeUndefined();
    expect(Object.fromEntries(tree.manifest)).toEqual({ "": "", a: "a" });
    expect(tree.readFile("main.tf")).toBeUndefined();
    expect(tree.listFiles()).toEqual([]);
  });
});
