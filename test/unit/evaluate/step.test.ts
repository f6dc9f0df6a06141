// One link of a chain: the joint answer of its conditions, and which of their causes are told.

import { describe, expect, it } from "vitest";
import {
  type Condition,
  notKnown,
  onAttribute,
  onDelivery,
  onExistence,
  originOf,
  stepOf,
} from "../../../src/evaluate/chain/step.ts";
import type { Cause, Remark } from "../../../src/model/finding.ts";
import type { ResourceInstance } from "../../../src/model/graph.ts";
import { known, type Tri, unknown, type Value } from "../../../src/model/value.ts";
import { type Attributes, graphOf, OPEN, reference } from "../../tools/world.ts";

const TRAIL = "aws_cloudtrail.t";

function trailWith(attributes: Attributes = {}): ResourceInstance {
  const found = graphOf({ [TRAIL]: attributes }).byId(TRAIL);
  if (found === undefined) throw new Error("no trail");
  return found;
}

const cause = (code: Cause["code"]): Cause =>
  ({ code, subject: undefined, evidence: [] }) as unknown as Cause;
const remark = (code: Remark["code"]): Remark =>
  ({ code, subject: undefined, evidence: [] }) as unknown as Remark;
const condition = (answer: Tri, code: Cause["code"]): Condition => ({ answer, cause: () => cause(code) });

describe("conditions together", () => {
  const good = condition("yes", "no-trail");
  const open = condition("maybe", "no-filter");
  const bad = condition("no", "no-alarm");

  it.each<[string, readonly Condition[], Tri, readonly string[]]>([
    ["hold where none is asked", [], "yes", []],
    ["hold where each does", [good, good], "yes", []],
    ["are open where one is", [good, open], "maybe", ["no-filter"]],
    ["break where one does", [open, bad, good], "no", ["no-alarm"]],
    ["tell all that break", [bad, condition("no", "no-filter")], "no", ["no-alarm", "no-filter"]],
    ["may have nothing to tell", [{ answer: "no", cause: undefined }, bad], "no", ["no-alarm"]],
  ])("%s", (_, conditions, answer, codes) => {
    const step = stepOf(conditions, []);
    expect([step.answer, step.causes.map(({ code }) => code), step.remarks]).toEqual([answer, codes, []]);
  });

  it("keep what is shown, and remarks behind those that are given", () => {
    const evidence = [
      { place: { address: TRAIL, location: undefined, input: undefined }, attribute: "a", value: undefined },
    ];
    const said: Condition = { ...good, remark: () => remark("pending-accepted") };
    const step = stepOf([said, good], evidence, [remark("patterns-cover-together")]);
    expect(step.evidence).toBe(evidence);
    expect(step.remarks.map(({ code }) => code)).toEqual(["patterns-cover-together", "pending-accepted"]);
  });
});

describe("a condition of delivery", () => {
  const strict = new Map();
  const lenient = new Map([["alarm-muted", "remark"]] as const);
  const muted = (answer: Tri): Condition => ({
    answer,
    cause: () => ({ code: "alarm-muted", subject: undefined, evidence: [] }),
  });

  it.each<[Tri, boolean]>([
    ["no", true],
    ["maybe", false],
  ])("that is %s holds where it is taken as a remark", (answer, proven) => {
    const condition = muted(answer);
    expect(onDelivery(strict, "alarm-muted", condition)).toBe(condition);
    expect(onDelivery(lenient, "alarm-suppressed", condition)).toBe(condition);
    const taken = onDelivery(lenient, "alarm-muted", condition);
    expect([taken.answer, taken.cause]).toEqual(["yes", undefined]);
    expect(taken.remark?.()).toEqual({
      code: "break-taken-as-remark",
      subject: undefined,
      evidence: [],
      cause: "alarm-muted",
      proven,
    });
  });

  it("that holds is left as it is", () => {
    const condition = muted("yes");
    expect(onDelivery(lenient, "alarm-muted", condition)).toBe(condition);
  });

  it("that has nothing to tell is taken all the same", () => {
    const taken = onDelivery(lenient, "alarm-muted", { answer: "no", cause: undefined });
    expect(taken.remark?.()).toMatchObject({ subject: undefined, evidence: [], proven: true });
  });
});

describe("a condition on an attribute", () => {
  const on = (answer: Tri) => onAttribute(answer, trailWith({ v: OPEN }), "v", () => cause("no-trail"));

  it("tells the break, or that the attribute is not known", () => {
    expect([on("no").answer, on("no").cause?.().code]).toEqual(["no", "no-trail"]);
    expect([on("maybe").answer, on("maybe").cause?.().code]).toEqual(["maybe", "not-known-before-apply"]);
    expect(on("yes").answer).toBe("yes");
  });
});

describe("whether an object is there", () => {
  it("is told by its doubt", () => {
    const { answer, cause: why } = onExistence(trailWith({ ".exists": "maybe" }));
    expect([answer, why?.()]).toEqual([
      "maybe",
      {
        code: "may-not-exist",
        subject: expect.objectContaining({ address: TRAIL }),
        evidence: [],
        doubt: "forgotten",
      },
    ]);
    const counted = { ...trailWith(), exists: "maybe", doubt: undefined } as const;
    expect(onExistence(counted).cause?.()).toMatchObject({ doubt: "count-not-known" });
    expect(onExistence(trailWith()).answer).toBe("yes");
  });
});

describe("why a value is not known", () => {
  const origin = { why: "variable-unset", subject: "var.v" } as const;
  const open = unknown(origin);
  const waits = (subject: string) => ({ why: "after-apply", subject });

  it.each<[string, Value, object | undefined]>([
    ["not at all", known("x"), undefined],
    ["as it says", open, origin],
    ["as what it refers to", reference("aws_x.y", "z", 0), waits("aws_x.y.z.0")],
    ["as a part of a text", { kind: "text", parts: [known("x"), open], sensitive: false }, origin],
    ["as an element", { kind: "list", form: "list", elements: [known("x"), open], sensitive: false }, origin],
    ["as an entry", { kind: "map", entries: new Map([["a", open]]), sensitive: false }, origin],
    [
      "as the first of its parts",
      { kind: "text", parts: [reference("aws_x.y"), open], sensitive: false },
      waits("aws_x.y"),
    ],
    [
      "not in a list that is known",
      { kind: "list", form: "list", elements: [known("x")], sensitive: false },
      undefined,
    ],
  ])("%s", (_, value, wanted) => {
    expect(originOf(value)).toEqual(wanted);
  });

  it("is told with the attribute", () => {
    const told = (attributes: Attributes, attribute: string) => notKnown(trailWith(attributes), attribute);
    expect(told({ v: open }, "v")).toMatchObject({
      code: "not-known-before-apply",
      subject: { address: TRAIL },
      evidence: [{ attribute: "v" }],
      attribute: "v",
      origin,
    });
    expect(told({ v: [{ a: open }] }, "v.a")).toMatchObject({ attribute: "v.a", origin });
    expect(told({ v: "x" }, "v")).toMatchObject({ origin: waits(TRAIL) });
    expect(notKnown(trailWith({ v: "x" }), "v", origin)).toMatchObject({ origin });
  });
});
