import { describe, expect, it } from "vitest";
import { parseInput } from "../../../src/input/parse-input.ts";
import { parseState } from "../../../src/input/state.ts";
import { printAddress } from "../../../src/model/address.ts";
import { get } from "../../../src/model/json.ts";
import type { StateDocument } from "../../../src/model/plan.ts";
import { problemOf, recordedText } from "./fixture.ts";

function recorded(name: string): StateDocument {
  return parseState(recordedText(name), name);
}

function addresses(state: StateDocument): readonly string[] {
  return state.resources.map((resource) => printAddress(resource.address)).toSorted();
}

function valuesOf(state: StateDocument, address: string): unknown {
  return state.resources.find((resource) => printAddress(resource.address) === address)?.values;
}

function storedWith(block: object, instance: object): StateDocument {
  const whole = { mode: "managed", type: "t", name: "n", ...block, instances: [instance] };
  return parseState(JSON.stringify({ version: 4, serial: 1, resources: [whole] }), "terraform.tfstate");
}

describe("recorded states", () => {
  it("are the same shown and stored", () => {
    const shown = recorded("state.json");
    const stored = recorded("stored.tfstate");
    expect(shown.resources).toHaveLength(19);
    expect(addresses(stored)).toEqual(addresses(shown));
    for (const address of addresses(shown))
      expect(valuesOf(stored, address)).toEqual(valuesOf(shown, address));
  });

  it("tell version and format", () => {
    const { kind, label, formatVersion, terraformVersion } = recorded("stored.tfstate");
    expect({ kind, label, formatVersion, terraformVersion }).toEqual({
      kind: "state",
      label: "stored.tfstate",
      formatVersion: "4",
      terraformVersion: "1.11.4",
    });
    expect(recorded("state.json").formatVersion).toBe("1.0");
  });

  it("mark sensitive values, finely when shown and by attribute when stored", () => {
    const marks = (name: string): unknown =>
      recorded(name).resources.find(({ address }) => address.module.length === 1)?.sensitive;
    expect(get(get(marks("state.json"), "input"), "secret")).toBe(true);
    expect(get(marks("stored.tfstate"), "input")).toBe(true);
  });

  it.each(["deposed-state.json", "deposed.tfstate"])(
    "%s holds the tainted object, not the deposed",
    (name) => {
      const state = recorded(name);
      expect(addresses(state)).toEqual(["terraform_data.rotated", "terraform_data.updated"]);
      expect(get(valuesOf(state, "terraform_data.rotated"), "triggers_replace")).toBe("two");
    },
  );

  it("may be empty", () => {
    expect(recorded("empty-state.json").resources).toEqual([]);
  });
});

describe("stored states", () => {
  const keys: [string, unknown, string | undefined][] = [
    ["a number", 0, "t.n[0]"],
    ["text", "a.b", 't.n["a.b"]'],
    ["missing", undefined, "t.n"],
    ["of no use", -1, undefined],
  ];
  it.each(keys)("hold an instance whose key is %s", (_name, key, expected) => {
    expect(addresses(storedWith({}, { index_key: key, attributes: {} }))).toEqual(expected ? [expected] : []);
  });

  const skipped: [string, object][] = [
    ["of another mode", { mode: "ephemeral" }],
    ["without a name", { name: 7 }],
    ["in a module that is no path", { module: "module." }],
  ];
  it.each(skipped)("leave out blocks %s", (_name, block) => {
    expect(storedWith(block, { attributes: {} }).resources).toEqual([]);
  });

  it("keep a map with the keys type and value as it is", () => {
    const tags = { type: "string", value: "x" };
    const provider = 'provider["registry.example.net/hashicorp/aws"]';
    expect(storedWith({ provider }, { attributes: { tags } }).resources[0]?.values).toEqual({ tags });
  });

  it("of Terraform 0.11 are refused", () => {
    const problem = problemOf(() => storedWith({}, { attributes_flat: { id: "x", "list.#": "1" } }));
    expect(problem.code).toBe("state-version");
  });

  it("survive marks and attributes of any type", () => {
    const instance = { attributes: "x", sensitive_attributes: [[], 1, [{ value: {} }], [{ value: "a" }]] };
    expect(storedWith({}, instance).resources[0]).toMatchObject({ values: {}, sensitive: { a: true } });
  });
});

describe("either a plan or a state", () => {
  const cases: [string, string][] = [
    ["create.json", "plan"],
    ["refresh-only.json", "plan"],
    ["state.json", "state"],
    ["stored.tfstate", "state"],
    ["empty-state.json", "state"],
  ];
  it.each(cases)("%s is a %s", (name, kind) => {
    expect(parseInput(recordedText(name), name)).toMatchObject({ kind, label: name });
  });

  it("names the command for a second input when it is neither", () => {
    const { code, help } = problemOf(() => parseInput(recordedText("log-lines.ndjson"), "net.json"));
    expect(code).toBe("plan-line-stream");
    expect(help).toMatch(/> other\.json && tfcheck plan\.json --with other\.json$/);
    expect(problemOf(() => parseInput(recordedText("errored.json"), "net.json")).code).toBe("plan-errored");
  });
});
