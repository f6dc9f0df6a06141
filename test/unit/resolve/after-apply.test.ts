import { describe, expect, test } from "vitest";
import { parseAddress } from "../../../src/model/address.ts";
import type { PlanDocument, ResourceChange, StateResource } from "../../../src/model/plan.ts";
import { afterPlan } from "../../../src/resolve/after-apply.ts";

const NO_ADDRESS = { module: [], mode: "managed" as const, type: "none", name: "none", key: undefined };

function change(text: string, actions: string[], parts: Partial<ResourceChange> = {}): ResourceChange {
  return {
    address: parseAddress(text) ?? NO_ADDRESS,
    previousAddress: undefined,
    actions,
    before: actions[0] === "create" ? null : { name: "before" },
    beforeSensitive: {},
    after:
      actions.some((action) => action === "delete" || action === "forget") && actions.length === 1
        ? null
        : { name: "after" },
    afterUnknown: {},
    afterSensitive: {},
    ...parts,
  };
}

function prior(text: string): StateResource {
  return { address: parseAddress(text) ?? NO_ADDRESS, values: { name: "prior" }, sensitive: {} };
}

function plan(parts: Partial<PlanDocument>): PlanDocument {
  return {
    kind: "plan",
    label: "plan.json",
    formatVersion: "1.2",
    terraformVersion: "1.11.4",
    changes: [],
    deferred: [],
    outputs: new Map(),
    prior: [],
    variables: new Map(),
    configuration: undefined,
    providers: new Map(),
    complete: undefined,
    aside: undefined,
    ...parts,
  };
}

describe("what an action list leaves behind", () => {
  test.each<[string[], string]>([
    [["no-op"], "after, exists yes"],
    [["create"], "after, exists yes, fresh"],
    [["update"], "after, exists yes"],
    [["delete", "create"], "after, exists yes, fresh"],
    [["create", "delete"], "after, exists yes, fresh"],
    [["create", "forget"], "after, exists yes, fresh"],
    [["forget", "create"], "after, exists yes, fresh"],
    [["delete"], "gone"],
    [["forget"], "before, exists maybe"],
    [["open-the-pod-bay-doors"], "after, exists maybe"],
    [[], "after, exists maybe"],
  ])("%j", (actions, outcome) => {
    const { objects } = afterPlan(plan({ changes: [change("aws_sns_topic.a", actions)] }));
    const [object] = objects;
    const told =
      object === undefined
        ? "gone"
        : `${(object.values as { name: string }).name}, exists ${object.exists}${object.fresh ? ", fresh" : ""}`;
    expect(told).toBe(outcome);
  });

  test("prior objects without a change stay, as under -target", () => {
    const { objects, mode } = afterPlan(
      plan({
        prior: [prior("aws_sns_topic.a"), prior("aws_sns_topic.b")],
        changes: [change("aws_sns_topic.b", ["no-op"])],
      }),
    );
    expect(objects.map((object) => object.printed)).toEqual(["aws_sns_topic.a", "aws_sns_topic.b"]);
    expect(mode).toBe("partial");
  });

  test("a moved object is not counted under its old address", () => {
    const moved = change("aws_sns_topic.new", ["no-op"], { previousAddress: "aws_sns_topic.old" });
    const { objects } = afterPlan(plan({ prior: [prior("aws_sns_topic.old")], changes: [moved] }));
    expect(objects.map((object) => object.printed)).toEqual(["aws_sns_topic.new"]);
  });

  test("a change without an outcome leaves everything about its object unknown", () => {
    const { objects } = afterPlan(
      plan({ changes: [change("aws_sns_topic.a", ["create"], { after: null })] }),
    );
    expect(objects).toMatchObject([{ exists: "yes", unknown: true }]);
  });

  test("a deferred change is not applied, so its object may not exist", () => {
    const { objects } = afterPlan(plan({ deferred: [change("aws_sns_topic.a", ["create"])] }));
    expect(objects).toMatchObject([{ exists: "maybe", doubt: "deferred" }]);
  });
});

describe("what kind of plan it is", () => {
  test.each<[string, Partial<PlanDocument>, string]>([
    ["first plan", { changes: [change("aws_sns_topic.a", ["create"])] }, "normal"],
    ["refresh-only", { changes: undefined, prior: [prior("aws_sns_topic.a")] }, "refresh-only"],
    [
      "destroy",
      { changes: [change("aws_sns_topic.a", ["delete"])], prior: [prior("aws_sns_topic.a")] },
      "destroy",
    ],
    [
      "incomplete by its own word",
      { changes: [change("aws_sns_topic.a", ["create"])], complete: false },
      "partial",
    ],
    ["empty", {}, "normal"],
  ])("%s", (_, parts, mode) => {
    expect(afterPlan(plan(parts)).mode).toBe(mode);
  });
});
