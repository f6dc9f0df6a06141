// docs/policy-format.md says what the shapes say, and everything it shows works.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CONFIG, parseConfig } from "../../src/input/config.ts";
import { parsePolicy } from "../../src/input/policy.ts";
import { EXAMPLES, parseExamples } from "../../src/input/policy-examples.ts";
import { LOG_PATTERN_ALARM, POLICY, RESOURCE_ATTRIBUTE } from "../../src/input/policy-shape.ts";
import { get, isObject, type Json } from "../../src/model/json.ts";
import { findingOfExample } from "../tools/run-example.ts";

const PAGE = readFileSync("docs/policy-format.md", "utf8");
const BLOCKS = [...PAGE.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = ""]) => text);
const POLICIES = BLOCKS.filter((text) => text.startsWith("id: "));

/** Every key that a schema knows, written as the tables write it: `published[].in`. */
function keysOf(schema: Json | undefined, path = ""): readonly string[] {
  const items = get(schema, "items");
  if (items !== undefined) return keysOf(items, `${path}[]`);
  const properties = get(schema, "properties");
  if (!isObject(properties)) return [];
  return Object.entries(properties).flatMap(([key, inner]) => {
    const here = path === "" ? key : `${path}.${key}`;
    return [here, ...keysOf(inner, here)];
  });
}

describe("the page about policies", () => {
  it.each([
    ["policy", POLICY.schema],
    ["log-pattern-alarm", LOG_PATTERN_ALARM.schema],
    ["resource-attribute", RESOURCE_ATTRIBUTE.schema],
    ["file of examples", EXAMPLES.schema],
    ["configuration", CONFIG.schema],
  ])("names every key of a %s", (_, schema) => {
    const keys = keysOf(schema).filter((key) => key !== "examples" && key !== "assumptions[].reason");
    expect(keys.filter((key) => !PAGE.includes(`\`${key}\``) && key !== "inputs")).toEqual([]);
  });

  it.each(POLICIES.map((text) => [/^id: (.*)$/m.exec(text)?.[1] ?? "", text]))(
    "shows a policy that can be read: %s",
    async (id, text) => {
      await expect(parsePolicy(text, `${id}.yaml`)).resolves.toMatchObject({ id });
    },
  );

  it("shows a configuration that can be read", async () => {
    const [text = ""] = BLOCKS.filter((block) => block.includes("waivers:"));
    const { waivers, assumptions } = await parseConfig(text, ".tfcheck.yaml");
    expect([waivers.length, assumptions.length]).toEqual([1, 1]);
  });

  it("shows examples that get their verdicts", async () => {
    const [text = ""] = BLOCKS.filter((block) => block.includes("examples:"));
    const joined = POLICIES.find((block) => block.includes("joined:")) ?? "";
    const policy = await parsePolicy(joined, "team-trail-log-retention.yaml");
    const examples = await parseExamples(text, "x.examples.yaml");
    const verdicts = await Promise.all(
      examples.map(async (example) => (await findingOfExample(policy, example)).verdict),
    );
    expect(verdicts).toEqual(examples.map(({ expected }) => expected.verdict));
  });
});
