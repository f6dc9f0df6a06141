// The plans of examples/ against the code beside them, and against themselves: a plan says everything three times.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { get, isArray, isObject, type Json, type JsonObject } from "../../src/model/json.ts";
import { runBuilt } from "../tools/run-built.ts";

const PLANS = readdirSync("examples", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith("plan.json"))
  .map((path) => join("examples", path));

function object(json: Json | undefined): JsonObject {
  return isObject(json) ? json : {};
}

function objects(json: Json | undefined): readonly JsonObject[] {
  return isArray(json) ? json.filter(isObject) : [];
}

/** `type.name` of each resource and data block of a folder, with the modules below it as `module.name.type.name`. */
function inCode(folder: string, prefix = ""): readonly string[] {
  const code = readdirSync(folder)
    .filter((name) => name.endsWith(".tf"))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
  const own = [...code.matchAll(/^(resource|data) "(\w+)" "(\w+)"/gm)].map(
    ([, kind, type, name]) => `${prefix}${kind === "data" ? "data." : ""}${type}.${name}`,
  );
  const called = [...code.matchAll(/^module "(\w+)" \{\n\s+source\s*= "(.*)"/gm)];
  return [
    ...own,
    ...called.flatMap(([, name, path = ""]) => inCode(join(folder, path), `${prefix}module.${name}.`)),
  ];
}

function inConfiguration(module: Json | undefined, prefix = ""): readonly string[] {
  const own = objects(get(module, "resources")).map((resource) => `${prefix}${get(resource, "address")}`);
  const calls = Object.entries(object(get(module, "module_calls")));
  return [
    ...own,
    ...calls.flatMap(([name, call]) => inConfiguration(get(call, "module"), `${prefix}module.${name}.`)),
  ];
}

function planned(module: Json | undefined): readonly JsonObject[] {
  return [...objects(get(module, "resources")), ...objects(get(module, "child_modules")).flatMap(planned)];
}

/** Outcome, link and causes of each finding. */
function answerOf(report: Json): readonly string[] {
  return objects(get(report, "findings")).map((finding) => {
    const causes = objects(get(finding, "causes")).map((cause) => get(cause, "code"));
    return [get(finding, "outcome"), get(finding, "link"), ...causes].join(" ");
  });
}

describe.each(PLANS)("%s", (file) => {
  const plan: Json = JSON.parse(readFileSync(file, "utf8"));

  test("is the plan of the code beside it", () => {
    const configured = inConfiguration(get(get(plan, "configuration"), "root_module"));
    expect(configured.toSorted()).toEqual([...inCode(join(file, ".."))].sort());
  });

  test("plans in one place what it plans in the other", () => {
    const values = planned(get(get(plan, "planned_values"), "root_module"));
    const byAddress = new Map(values.map((value) => [get(value, "address"), get(value, "values")]));
    for (const change of objects(get(plan, "resource_changes"))) {
      const after = get(get(change, "change"), "after");
      // The plan leaves out values of which none is known.
      expect(byAddress.get(get(change, "address")) ?? {}).toEqual(after);
      // A value is known or known after apply, never both.
      const later = Object.entries(object(get(get(change, "change"), "after_unknown")));
      const never = later.filter(([name, value]) => value === true && Object.hasOwn(object(after), name));
      expect(never).toEqual([]);
    }
    expect(byAddress.size).toBe(objects(get(plan, "resource_changes")).length);
  });

  test.each([[["."]], [["plan.json", "--source", "."]]])(
    "has the answer of its code, given as %s",
    async (args) => {
      const cwd = join(file, "..");
      const [own, other] = await Promise.all(
        [["plan.json"], args].map(async (given) => {
          const { stdout } = await runBuilt([...given, "--format", "json"], { cwd });
          return answerOf(JSON.parse(stdout));
        }),
      );
      expect(other).toEqual(own);
    },
  );

  test("is the whole of a plan that succeeded", () => {
    expect(get(plan, "errored")).toBe(false);
    expect(existsSync(join(file, "..", "main.tf"))).toBe(true);
  });
});
