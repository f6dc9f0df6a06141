// Every scenario that does not hold, mended in its sources; from its plan the suggestion is held against itself.

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parsePlan } from "../../../src/input/plan.ts";
import { interfacesOf } from "../../../src/suggest/interfaces.ts";
import { buildGraph } from "../../tools/build-graph.ts";
import { filesBelow, graphOf } from "../resolve/sources/support.ts";
import { carryOut, type Files, judge, judgeFiles, suggestFor } from "./support.ts";

const ROOT = "test/scenarios";
const NAMES = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** Directory of each module called from the root, by `module.name`. */
function directoriesOf(files: Files): Files {
  const calls = (files["main.tf"] ?? "").matchAll(/module "(\w+)" \{[^}]*?source\s*=\s*"\.\/([^"]+)"/g);
  return Object.fromEntries([...calls].map(([, name, path]) => [`module.${name}`, `${path}/`]));
}

describe("mended scenarios", () => {
  it.each(NAMES)("%s: suggestions added to the sources make the control hold", async (name) => {
    const files = filesBelow(`${ROOT}/${name}/src`);
    const graph = await graphOf(files);
    const suggestion = suggestFor(graph);
    expect(suggestion.verdict).toBe("satisfied");
    expect(suggestion.blocks.length > 0).toBe(judge(graph).finding.verdict !== "satisfied");
    const mended = carryOut(files, suggestion, directoriesOf(files));
    expect((await judgeFiles(mended)).verdict).toBe("satisfied");
  });

  it.each(NAMES)("%s: so does what is suggested for its plan", (name) => {
    const document = parsePlan(readFileSync(`${ROOT}/${name}/plan.json`, "utf8"), "plan.json");
    const graph = buildGraph([{ document, sha256: undefined }]);
    const suggestion = suggestFor(graph, { interfaces: interfacesOf(document) });
    expect(suggestion.verdict).toBe("satisfied");
  });
});
