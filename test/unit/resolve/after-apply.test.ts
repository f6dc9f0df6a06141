import { describe, expect, test } from "vitest";
import { parseAddress } from "../../../src/model/address.ts";
import type {
  PlanDocument,
  ResourceChange,
  SetAside,
  StateDocument,
  StateResource,
} from "../../../src/model/plan.ts";
import { afterEntries, afterPlan, afterState } from "../../../src/resolve/after-apply.ts";

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

describe("what is left of each object", () => {
  const objectOf = (parts: Partial<PlanDocument>) => afterPlan(plan(parts)).objects[0];

  test("of one that stays as it was", () => {
    const kept = { ...prior("module.m.aws_sns_topic.a"), sensitive: { name: true }, providerKey: "aws.eu" };
    expect(objectOf({ prior: [kept] })).toEqual({
      address: kept.address,
      printed: "module.m.aws_sns_topic.a",
      values: { name: "prior" },
      unknown: {},
      sensitive: { name: true },
      providerKey: "aws.eu",
      exists: "yes",
      doubt: undefined,
      fresh: false,
    });
  });

  test("of one that is made", () => {
    const marks = { afterUnknown: { arn: true }, afterSensitive: { name: true } };
    const made = change("aws_sns_topic.a", ["create"], marks);
    expect(objectOf({ changes: [made] })).toEqual({
      address: made.address,
      printed: "aws_sns_topic.a",
      values: { name: "after" },
      unknown: { arn: true },
      sensitive: { name: true },
      exists: "yes",
      doubt: undefined,
      fresh: true,
    });
  });

  test("of one that is let go", () => {
    const marks = { beforeSensitive: { name: true }, afterUnknown: { arn: true } };
    expect(objectOf({ changes: [change("aws_sns_topic.a", ["forget"], marks)] })).toMatchObject({
      values: { name: "before" },
      unknown: {},
      sensitive: { name: true },
      exists: "maybe",
      doubt: "forgotten",
      fresh: false,
    });
  });

  test("of one with which it is not known what happens", () => {
    expect(objectOf({ changes: [change("aws_sns_topic.a", ["wave"])] })).toMatchObject({
      values: { name: "after" },
      exists: "maybe",
      doubt: "action-not-known",
    });
  });

  test("nothing of one that was let go before", () => {
    const gone = change("aws_sns_topic.a", ["forget"], { before: null });
    const { objects, gone: told } = afterPlan(plan({ changes: [gone], prior: [prior("aws_sns_topic.a")] }));
    expect([objects, told]).toEqual([[], [{ address: gone.address, how: "destroyed" }]]);
  });

  test("that goes, it is told how, data sources aside", () => {
    const { gone } = afterPlan(
      plan({
        changes: [
          change("aws_sns_topic.a", ["delete"]),
          change("aws_sns_topic.b", ["forget"]),
          change("data.aws_region.r", ["delete"]),
          change("aws_sns_topic.c", ["delete", "create"]),
        ],
      }),
    );
    expect(gone.map(({ address, how }) => [address.name, how])).toEqual([
      ["a", "destroyed"],
      ["b", "forgotten"],
    ]);
  });

  test("where objects change places", () => {
    const { objects } = afterPlan(
      plan({
        prior: [prior("aws_sns_topic.a"), prior("aws_sns_topic.b")],
        changes: [
          change("aws_sns_topic.b", ["no-op"], { previousAddress: "aws_sns_topic.a" }),
          change("aws_sns_topic.a", ["no-op"], { previousAddress: "aws_sns_topic.b" }),
        ],
      }),
    );
    expect(objects.map(({ printed, values }) => [printed, values])).toEqual([
      ["aws_sns_topic.b", { name: "after" }],
      ["aws_sns_topic.a", { name: "after" }],
    ]);
  });
});

describe("a state", () => {
  test("is what it holds", () => {
    const state: StateDocument = {
      kind: "state",
      label: "state.json",
      formatVersion: "1.0",
      terraformVersion: undefined,
      resources: [prior("aws_sns_topic.a"), prior("data.aws_region.r")],
      outputs: new Map(),
      aside: undefined,
    };
    const { objects, gone, mode } = afterState(state);
    expect([objects.map(({ printed }) => printed), gone, mode]).toEqual([
      ["aws_sns_topic.a", "data.aws_region.r"],
      [],
      "normal",
    ]);
    expect(afterEntries({ changes: [], objects: state.resources }, state)).toEqual({ objects, gone });
  });
});

const NONE = { changes: 0, destroyed: 0, before: 0, untouched: false };

function aside(managed: Partial<SetAside["managed"]>, movedFrom: readonly string[] = []): SetAside {
  return {
    covers: () => true,
    types: [],
    entries: () => ({ changes: [], objects: [] }),
    configured: () => undefined,
    movedFrom,
    modules: [],
    arns: new Map(),
    managed: { ...NONE, ...managed },
  };
}

describe("entries that were set aside", () => {
  const before = ["a", "b", "c"].map((name) => prior(`aws_sqs_queue.${name}`));
  const made = change("aws_sqs_queue.new", ["create"]);
  const told = (document: PlanDocument) =>
    afterEntries({ changes: [made], objects: before }, document).objects.map(({ printed }) => printed);

  test("are laid over each other as those of a plan", () => {
    expect(told(plan({}))).toEqual([
      "aws_sqs_queue.a",
      "aws_sqs_queue.b",
      "aws_sqs_queue.c",
      "aws_sqs_queue.new",
    ]);
    expect(told(plan({ changes: undefined }))).toHaveLength(4);
  });

  test("are not where any change has moved them from", () => {
    const moved = change("aws_sns_topic.t", ["no-op"], { previousAddress: "aws_sqs_queue.a" });
    const still = change("aws_sns_topic.u", ["no-op"]);
    const document = plan({ changes: [still, moved], aside: aside({}, ["aws_sqs_queue.b"]) });
    expect(told(document)).toEqual(["aws_sqs_queue.c", "aws_sqs_queue.new"]);
  });

  test("take away what was moved to them", () => {
    const document = plan({
      prior: [prior('aws_sns_topic.a["x"]')],
      aside: aside({}, ['aws_sns_topic.a["x"]', "[["]),
    });
    expect(afterPlan(document).objects).toEqual([]);
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
    ["empty, and incomplete by its own word", { complete: false }, "partial"],
    [
      "complete by its own word",
      { changes: [change("aws_sns_topic.a", ["create"])], complete: true },
      "normal",
    ],
    ["nothing but data sources", { changes: [change("data.aws_region.r", ["read"])] }, "normal"],
    [
      "data sources that were there before",
      { changes: undefined, prior: [prior("data.aws_region.r")] },
      "normal",
    ],
    ["no changes to what was there", { prior: [prior("aws_sns_topic.a")] }, "partial"],
    [
      "changes to all that was there",
      { changes: [change("aws_sns_topic.a", ["no-op"])], prior: [prior("aws_sns_topic.a")] },
      "normal",
    ],
    [
      "a data source that was there and is not read again",
      { changes: [change("aws_sns_topic.a", ["create"])], prior: [prior("data.aws_region.r")] },
      "normal",
    ],
    [
      "one goes and one stays",
      { changes: [change("aws_sns_topic.a", ["delete"]), change("aws_sns_topic.b", ["no-op"])] },
      "normal",
    ],
    ["some are set aside", { changes: [], aside: aside({ changes: 2 }) }, "normal"],
    [
      "all of it goes, what is set aside too",
      { changes: [change("aws_sns_topic.a", ["delete"])], aside: aside({ changes: 2, destroyed: 2 }) },
      "destroy",
    ],
    [
      "some of what is set aside stays",
      { changes: [change("aws_sns_topic.a", ["delete"])], aside: aside({ changes: 2, destroyed: 1 }) },
      "normal",
    ],
    [
      "some of what is set aside has no change",
      { changes: [change("aws_sns_topic.a", ["create"])], aside: aside({ untouched: true }) },
      "partial",
    ],
    [
      "refresh-only, of what is set aside",
      { changes: undefined, aside: aside({ before: 3 }) },
      "refresh-only",
    ],
    ["no changes to what is set aside", { changes: [], aside: aside({ before: 3 }) }, "partial"],
    [
      "nothing set aside of what one has changed",
      { prior: [prior("aws_sns_topic.a")], aside: aside({ before: 1 }) },
      "partial",
    ],
    [
      "as many set aside as read",
      { changes: [change("aws_sns_topic.a", ["create"])], aside: aside({ changes: 1 }) },
      "normal",
    ],
  ])("%s", (_, parts, mode) => {
    expect(afterPlan(plan(parts)).mode).toBe(mode);
  });
});
