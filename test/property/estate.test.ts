// One chain over several stacks: splitting what is fully known and joining it again changes no verdict, in any order.

import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { get, isArray, isObject, type Json, type JsonObject } from "../../src/model/json.ts";
import { findingOf } from "../tools/check-plan.ts";
import { SCENARIOS } from "../tools/scenarios.ts";

const RUNS = Number(process.env.TFCHECK_PROPERTY_RUNS ?? 8);

interface Whole {
  readonly name: string;
  readonly state: JsonObject;
  readonly verdict: string;
}

/** Scenarios over one region only: a part of a state does not say in which region a metric filter is. */
const WHOLES: readonly Whole[] = SCENARIOS.filter(
  ({ name, folder }) => existsSync(`${folder}/state.json`) && name !== "alarm-in-another-region",
).map(({ name, folder, expected }) => ({
  name,
  state: JSON.parse(readFileSync(`${folder}/state.json`, "utf8")),
  verdict: expected.verdict,
}));

/** Where every part works, so that each is as fully known as the whole. */
const PLACE: readonly Json[] = [
  {
    address: "data.aws_caller_identity.here",
    mode: "data",
    type: "aws_caller_identity",
    name: "here",
    values: { account_id: "123456789012" },
  },
  {
    address: "data.aws_region.here",
    mode: "data",
    type: "aws_region",
    name: "here",
    values: { name: "us-east-1" },
  },
];

/** The part of a state whose resources are kept. */
function part(state: JsonObject, keep: (resource: Json) => boolean): string {
  const only = (module: Json | undefined): JsonObject => ({
    ...(isObject(module) ? module : {}),
    resources: listAt(module, "resources").filter(keep),
    child_modules: listAt(module, "child_modules").map(only),
  });
  const root = only(get(get(state, "values"), "root_module"));
  const resources = [...listAt(root, "resources"), ...PLACE];
  return JSON.stringify({ ...state, values: { root_module: { ...root, resources } } });
}

function listAt(json: Json | undefined, key: string): readonly Json[] {
  const list = get(json, key);
  return isArray(list) ? list : [];
}

function addressesOf(state: JsonObject): readonly string[] {
  const below = (module: Json | undefined): readonly string[] => [
    ...listAt(module, "resources").map((resource) => String(get(resource, "address"))),
    ...listAt(module, "child_modules").flatMap(below),
  ];
  return below(get(get(state, "values"), "root_module"));
}

const LINKS: readonly (readonly [string, RegExp])[] = [
  ["trail", /^aws_cloudtrail$/],
  ["trail and log group", /^aws_(cloudtrail|cloudwatch_log_group)$/],
  ["trail, log group and filter", /^aws_(cloudtrail|cloudwatch_log_)/],
  ["all but the topic and its subscribers", /^aws_(cloudtrail|cloudwatch_)/],
  ["all but the subscription", /^(?!aws_sns_topic_subscription$)/],
];

describe("a chain over several stacks", () => {
  const satisfied = WHOLES.filter(({ verdict }) => verdict === "satisfied");

  it("is tried on many satisfied chains", () => {
    expect(satisfied.length).toBeGreaterThan(20);
  });

  it.each(LINKS)("split behind %s is never satisfied alone, and satisfied together", async (_, types) => {
    for (const { name, state } of satisfied) {
      const before = part(state, (resource) => types.test(String(get(resource, "type"))));
      const behind = part(state, (resource) => !types.test(String(get(resource, "type"))));
      const alone = [(await findingOf(before)).verdict, (await findingOf(behind)).verdict];
      expect(alone, name).not.toContain("satisfied");
      expect((await findingOf(before, [behind])).verdict, name).toBe("satisfied");
      expect((await findingOf(behind, [before])).verdict, name).toBe("satisfied");
    }
  });

  const POINTING = /^aws_(cloudtrail|cloudwatch_)/;
  it.each(satisfied)("$name: cut at the topic, both halves are undecided alone", async ({ state }) => {
    const alarms = part(state, (resource) => POINTING.test(String(get(resource, "type"))));
    const topics = part(state, (resource) => !POINTING.test(String(get(resource, "type"))));
    expect([(await findingOf(alarms)).verdict, (await findingOf(topics)).verdict]).toEqual([
      "undecided",
      "undecided",
    ]);
  });

  it("split resource by resource over three stacks has the verdict of the whole, in every order", async () => {
    const ORDERS = [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...WHOLES),
        fc.infiniteStream(fc.integer({ min: 0, max: 2 })),
        async ({ state }, dice) => {
          const whole = (await findingOf(JSON.stringify(state))).verdict;
          const side = new Map(addressesOf(state).map((address) => [address, dice.next().value]));
          const parts = [0, 1, 2].map((one) =>
            part(state, (resource) => side.get(String(get(resource, "address"))) === one),
          );
          for (const order of ORDERS) {
            const [first = "", ...others] = order.map((at) => parts[at] ?? "");
            expect((await findingOf(first, others)).verdict).toBe(whole);
          }
        },
      ),
      { numRuns: RUNS * 5, seed: 20261126 },
    );
  });
});
