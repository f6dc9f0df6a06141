import { describe, expect, it } from "vitest";
import { parsePlan } from "../../../src/input/plan.ts";
import { printAddress } from "../../../src/model/address.ts";
import { get, isArray, type Json } from "../../../src/model/json.ts";
import type { PlanDocument } from "../../../src/model/plan.ts";
import { problemOf, recordedText } from "./fixture.ts";

const ODD_KEYS = ["$${x} %%{y} \\\\ é", 'a.b[\\"c\\"]/d', 'still \\"plain\\"'];

function recorded(name: string): PlanDocument {
  return parsePlan(recordedText(name), name);
}

/** A plan of one section, on top of what every plan has. */
function planOf(section: { readonly [key: string]: unknown }): PlanDocument {
  return parsePlan(JSON.stringify({ format_version: "1.2", planned_values: {}, ...section }), "plan.json");
}

function actionsByAddress(plan: PlanDocument): Record<string, string> {
  const changes = (plan.changes ?? []).filter((change) => change.address.module.length === 0);
  return Object.fromEntries(
    changes.map((change) => [printAddress(change.address), change.actions.join(" ")]),
  );
}

describe("recorded plans", () => {
  it.each(["create", "changes", "destroy", "target", "deposed", "tf-json"])(
    "%s prints every address as Terraform does",
    (name) => {
      const raw: Json = JSON.parse(recordedText(`${name}.json`));
      const entries = get(raw, "resource_changes");
      const current = isArray(entries) ? entries.filter((one) => get(one, "deposed") === undefined) : [];
      const plan = recorded(`${name}.json`);
      expect(current.length).toBeGreaterThan(0);
      expect(plan.changes?.map((change) => printAddress(change.address))).toEqual(
        current.map((entry) => get(entry, "address")),
      );
    },
  );

  it("keeps every list of actions as it is", () => {
    expect(actionsByAddress(recorded("changes.json"))).toEqual({
      "terraform_data.counted[0]": "no-op",
      "terraform_data.counted[1]": "no-op",
      "terraform_data.deleted": "delete",
      "terraform_data.forgotten": "forget",
      "terraform_data.imported": "no-op",
      "terraform_data.new_name": "no-op",
      "terraform_data.replaced": "delete create",
      "terraform_data.replaced_before": "create delete",
      "terraform_data.unchanged": "no-op",
      "terraform_data.updated": "update",
    });
  });

  it("tells what moved, for resources and for whole module instances", () => {
    const moved = (recorded("changes.json").changes ?? []).filter((change) => change.previousAddress);
    expect(moved.map((change) => [change.previousAddress, printAddress(change.address)])).toEqual([
      ["terraform_data.old_name", "terraform_data.new_name"],
      ['module.keyed["plain"].terraform_data.this', `module.keyed["${ODD_KEYS[2]}"].terraform_data.this`],
      ...["__proto__", "constructor"].map((key) => [
        `module.keyed["plain"].module.deep[0].terraform_data.leaf["${key}"]`,
        `module.keyed["${ODD_KEYS[2]}"].module.deep[0].terraform_data.leaf["${key}"]`,
      ]),
    ]);
  });

  it("carries before, after and the masks of a change", () => {
    const changes = recorded("create.json").changes ?? [];
    const child = changes.find((change) => change.address.module.length === 1);
    expect(child?.before).toBeNull();
    expect(get(get(child?.after, "input"), "secret")).toBe("example-secret");
    expect(get(child?.afterUnknown, "id")).toBe(true);
    expect(get(get(child?.afterSensitive, "input"), "secret")).toBe(true);
  });

  it("reads the prior state through all modules, data sources included", () => {
    const prior = recorded("changes.json").prior.map((resource) => printAddress(resource.address));
    expect(prior).toHaveLength(20);
    expect(prior).toContain("data.terraform_remote_state.other");
    expect(prior).toContain(`module.keyed["${ODD_KEYS[1]}"].module.deep[0].terraform_data.leaf["__proto__"]`);
  });

  it("reads the configuration of every module", () => {
    const { configuration, providers, variables } = recorded("create.json");
    expect(configuration?.resources.get("terraform_data.counted")).toMatchObject({
      mode: "managed",
      providerKey: "terraform",
      count: { constant_value: 2 },
    });
    expect(configuration?.resources.get("data.terraform_remote_state.other")?.mode).toBe("data");
    const call = configuration?.calls.get("keyed");
    expect(call).toMatchObject({
      source: "./child",
      expressions: { secret: { references: ["var.secret"] } },
    });
    expect(call?.forEach).toBeDefined();
    expect(call?.module.variables.get("secret")).toEqual({ default: null, sensitive: true });
    expect(call?.module.variables.get("topic")).toEqual({ default: undefined, sensitive: false });
    expect(call?.module.calls.get("deep")?.module.outputs.get("out")?.expression).toEqual({
      references: ["terraform_data.leaf"],
    });
    expect([...providers]).toEqual([["terraform", { name: "terraform", expressions: {} }]]);
    expect([...variables]).toEqual([
      ["region", "us-east-1"],
      ["secret", "example-secret"],
    ]);
  });

  it("leaves deposed objects out of changes and prior state", () => {
    const plan = recorded("deposed.json");
    expect(actionsByAddress(plan)).toEqual({
      "terraform_data.rotated": "create delete",
      "terraform_data.updated": "update",
    });
    expect(plan.prior).toHaveLength(2);
  });

  const kinds: [string, number | undefined, boolean | undefined][] = [
    ["refresh-only.json", undefined, true],
    ["target.json", 1, false],
    ["destroy.json", 18, true],
  ];
  it.each(kinds)("%s shows what kind of plan it is", (name, changes, complete) => {
    const plan = recorded(name);
    expect(plan.changes?.length).toBe(changes);
    expect(plan.complete).toBe(complete);
    expect(plan.configuration?.resources.size).toBeGreaterThan(0);
  });

  it("keeps the text of expressions written in .tf.json", () => {
    const expressions = recorded("tf-json.json").configuration?.resources.get("terraform_data.joined");
    expect(get(expressions?.expressions.input, "constant_value")).toEqual([
      '${terraform_data.source["p"].id}',
      "literal",
    ]);
  });

  it("refuses the plan that Terraform could not finish", () => {
    const problem = problemOf(() => recorded("errored.json"));
    expect(problem).toMatchObject({ code: "plan-errored", place: "errored.json" });
  });
});

describe("entries of resource_changes", () => {
  const change = { actions: ["create"], after: {} };
  const cases: [string, object, string | undefined][] = [
    ["in the root module", { mode: "managed", type: "t", name: "n", change }, "t.n"],
    ["of a data source", { mode: "data", type: "t", name: "n", change }, "data.t.n"],
    ["with a count index", { mode: "managed", type: "t", name: "n", index: 3, change }, "t.n[3]"],
    [
      "with a key that looks like an index",
      { mode: "managed", type: "t", name: "n", index: "3" },
      't.n["3"]',
    ],
    [
      "in a module",
      { module_address: 'module.a["x.y"]', mode: "managed", type: "t", name: "n" },
      'module.a["x.y"].t.n',
    ],
    ["with an address only", { address: 'module.a.data.t.n["k"]' }, 'module.a.data.t.n["k"]'],
    [
      "whose module is only in the address",
      { address: "module.a.t.n", mode: "managed", type: "t", name: "n" },
      "module.a.t.n",
    ],
    [
      "whose module path makes no sense",
      { address: "module.b.t.n", module_address: "]", mode: "managed", type: "t", name: "n" },
      "module.b.t.n",
    ],
    [
      "whose index is no key",
      { address: "t.n[1]", mode: "managed", type: "t", name: "n", index: 1.5 },
      "t.n[1]",
    ],
    [
      "of an ephemeral resource",
      { address: "ephemeral.t.n", mode: "ephemeral", type: "t", name: "n" },
      undefined,
    ],
    ["of a deposed object", { mode: "managed", type: "t", name: "n", deposed: "4f3b2a10" }, undefined],
    ["without any address", { change }, undefined],
    ["that are no object", [], undefined],
  ];
  it.each(cases)("%s", (_name, entry, expected) => {
    const addresses = planOf({ resource_changes: [entry] }).changes?.map(({ address }) =>
      printAddress(address),
    );
    expect(addresses).toEqual(expected === undefined ? [] : [expected]);
  });

  it("have no actions rather than none to fear when the change is missing", () => {
    const [only] = planOf({ resource_changes: [{ address: "t.n", change: "?" }] }).changes ?? [];
    expect(only).toMatchObject({ actions: [], before: null, after: null, afterUnknown: {} });
  });

  it("keep verbs that nobody knows yet", () => {
    const entry = { address: "t.n", change: { actions: ["create", "forget", "teleport", 7] } };
    expect(planOf({ resource_changes: [entry] }).changes?.[0]?.actions).toEqual([
      "create",
      "forget",
      "teleport",
    ]);
  });

  it("that were put off are told apart", () => {
    const plan = planOf({
      resource_changes: [],
      deferred_changes: [
        { reason: "instance_count_unknown", resource_change: { address: "t.n", change } },
        { reason: "unknown" },
      ],
    });
    expect(plan.changes).toEqual([]);
    expect(plan.deferred.map(({ address }) => printAddress(address))).toEqual(["t.n"]);
  });

  it("print the previous address as all others are printed", () => {
    const entry = { address: "t.n", previous_address: 't.o["\\u00e9"]' };
    expect(planOf({ resource_changes: [entry] }).changes?.[0]?.previousAddress).toBe('t.o["é"]');
  });
});

describe("sections of a plan", () => {
  it("may all be missing", () => {
    expect(planOf({})).toEqual({
      kind: "plan",
      label: "plan.json",
      formatVersion: "1.2",
      terraformVersion: undefined,
      changes: undefined,
      outputs: new Map(),
      deferred: [],
      prior: [],
      variables: new Map(),
      configuration: undefined,
      providers: new Map(),
      complete: undefined,
    });
  });

  it("may be null", () => {
    const plan = planOf({ resource_changes: null, prior_state: null, configuration: null, variables: null });
    expect(plan.changes).toBeUndefined();
    expect(plan.prior).toEqual([]);
  });

  const shapes: [string, Readonly<Record<string, unknown>>][] = [
    ["changes that are an object", { resource_changes: {} }],
    ["changes that are text", { resource_changes: "none" }],
    ["deferred changes that are a number", { deferred_changes: 1 }],
    ["a prior state that is a list", { prior_state: [] }],
    ["prior values that are text", { prior_state: { values: "x" } }],
    ["prior resources that are an object", { prior_state: { values: { root_module: { resources: {} } } } }],
    ["a configuration that is true", { configuration: true }],
    ["module calls that are a list", { configuration: { root_module: { module_calls: [] } } }],
    ["variables that are a list", { variables: [] }],
  ];
  it.each(shapes)("are refused as %s", (_name, section) => {
    const problem = problemOf(() => planOf(section));
    expect(problem.code).toBe("document-shape");
    expect(problem.message).toMatch(/^"\w+" is (text|an? \w+) where Terraform writes (a list|an object)$/);
  });

  it("keep the names __proto__ and constructor as what they are", () => {
    const text = `{"format_version":"1.2","planned_values":{},
      "variables":{"__proto__":{"value":1},"constructor":{"value":2}},
      "configuration":{"root_module":{"outputs":{"__proto__":{"expression":{"constant_value":3}}},
        "module_calls":{"__proto__":{"source":"./p"}}}}}`;
    const plan = parsePlan(text, "plan.json");
    expect([...plan.variables]).toEqual([
      ["__proto__", 1],
      ["constructor", 2],
    ]);
    expect(plan.configuration?.outputs.get("__proto__")?.expression).toEqual({ constant_value: 3 });
    expect(plan.configuration?.calls.get("__proto__")?.source).toBe("./p");
    expect(get({}, "constant_value")).toBeUndefined();
  });

  it("of Terraform before 1.2 find their provider configuration", () => {
    const resource = { mode: "managed", type: "aws_sns_topic", name: "a", provider_config_key: "child:aws" };
    const plan = planOf({
      configuration: {
        provider_config: { "module.child:aws": { expressions: { region: { constant_value: "eu-west-1" } } } },
        root_module: { module_calls: { child: { module: { resources: [resource] } } } },
      },
    });
    const child = plan.configuration?.calls.get("child")?.module;
    expect(child?.resources.get("aws_sns_topic.a")?.providerKey).toBe("module.child:aws");
    expect(plan.providers.get("module.child:aws")?.name).toBe("aws");
  });
});

describe("nesting without end", () => {
  it("of modules in the configuration is refused", () => {
    const depth = 5000;
    const configuration = `${'{"module_calls":{"m":{"module":'.repeat(depth)}{}${"}}}".repeat(depth)}`;
    const text = `{"format_version":"1.2","planned_values":{},"configuration":{"root_module":${configuration}}}`;
    expect(problemOf(() => parsePlan(text, "plan.json")).code).toBe("modules-too-deep");
  });

  it("of modules in an address is refused", () => {
    const address = `${"module.m.".repeat(5000)}t.n`;
    expect(problemOf(() => planOf({ resource_changes: [{ address }] })).code).toBe("modules-too-deep");
  });

  it("of modules in the prior state is walked without recursion", () => {
    const depth = 100_000;
    const values = `${'{"child_modules":['.repeat(depth)}{}${"]}".repeat(depth)}`;
    const text = `{"format_version":"1.2","planned_values":{},"prior_state":{"values":{"root_module":${values}}}}`;
    expect(parsePlan(text, "plan.json").prior).toEqual([]);
  });

  it("of values is carried, not walked", () => {
    const depth = 1_000_000;
    const after = `${"[".repeat(depth)}${"]".repeat(depth)}`;
    const entry = `{"address":"t.n","change":{"actions":["create"],"after":{"a":${after}}}}`;
    const text = `{"format_version":"1.2","planned_values":{},"resource_changes":[${entry}]}`;
    expect(parsePlan(text, "plan.json").changes).toHaveLength(1);
  });
});
