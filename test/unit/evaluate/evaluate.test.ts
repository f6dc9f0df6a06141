// Findings of a run, one per control: who accepts them, and which waivers and assumptions did nothing.

import { describe, expect, it } from "vitest";
import { type EvaluateInput, evaluate } from "../../../src/evaluate/evaluate.ts";
import type { InputSummary } from "../../../src/model/graph.ts";
import type { Assumption, SelectedControl, Waiver } from "../../../src/model/policy.ts";
import { CONTROL } from "../../tools/chain-world.ts";
import { type Attributes, CHAIN, changed, graphOf } from "../../tools/world.ts";

const QUEUE = "aws_sns_topic_subscription.queue";
const TOPIC = "aws_sns_topic.alerts";
const GROUPS = "aws_cloudwatch_log_group";

/** Every log group keeps its events for a year. */
const KEPT: SelectedControl = {
  ...CONTROL,
  policy: {
    ...CONTROL.policy,
    id: "team-log-retention",
    check: {
      kind: "resource-attribute",
      resource: GROUPS,
      path: "retention_in_days",
      steps: [{ kind: "step", step: "retention_in_days" }],
      operator: { name: "at-least", value: 365 },
      quantifier: "all",
      whenUnset: undefined,
      joined: undefined,
    },
  },
};

type Changes = Readonly<Record<string, Attributes | undefined>>;

function run(changes: Changes, more: Partial<EvaluateInput> = {}) {
  return evaluate({
    graph: graphOf(changed(changes)),
    controls: [CONTROL],
    assumptions: [],
    waivers: [],
    today: "2026-06-01",
    acceptPending: false,
    ...more,
  });
}

const waiver = (parts: Partial<Waiver> = {}): Waiver => ({
  control: "aws-*",
  address: undefined,
  reason: "known",
  expires: "2026-12-31",
  place: ".tfcheck.yaml:3:5",
  ...parts,
});

describe("findings", () => {
  it("come in the order of the controls, each with its own check", () => {
    const { findings, notes } = run({}, { controls: [KEPT, CONTROL, KEPT] });
    expect(findings.map(({ control, verdict }) => [control.id, verdict])).toEqual([
      ["team-log-retention", "violated"],
      ["aws-unauthorized-api-calls-alarm", "satisfied"],
      ["team-log-retention", "violated"],
    ]);
    expect(notes).toEqual([]);
  });

  it("say which control they are about", () => {
    const policy = {
      ...CONTROL.policy,
      title: "t",
      rationale: "r",
      remediation: "m",
      sources: ["https://docs.aws.amazon.com/x"],
    };
    const [finding] = run({}, { controls: [{ ...CONTROL, policy, benchmark: undefined }] }).findings;
    expect(finding).toMatchObject({ input: undefined, waiver: undefined, complaints: [] });
    expect(finding?.control).toEqual({
      id: CONTROL.policy.id,
      title: "t",
      severity: "medium",
      rationale: "r",
      remediation: "m",
      benchmark: undefined,
      sources: policy.sources,
    });
  });

  it.each<[InputSummary["mode"], readonly object[]]>([
    ["normal", []],
    [
      "partial",
      [
        {
          code: "partial-plan",
          subject: { address: "plan.json", location: undefined, input: "plan.json" },
          evidence: [],
          mode: "partial",
        },
      ],
    ],
    ["destroy", [expect.objectContaining({ code: "partial-plan", mode: "destroy" })]],
  ])("of a %s plan say so", (mode, wanted) => {
    const graph = graphOf(changed({ [QUEUE]: { protocol: "sms" } }));
    const inputs = graph.inputs.map((input) => ({ ...input, mode }));
    expect(run({}, { graph: { ...graph, inputs } }).findings[0]?.remarks).toEqual(wanted);
  });

  it("of an account are told as such", () => {
    const graph = graphOf(changed({ [QUEUE]: undefined }));
    const inputs = graph.inputs.map((input) => ({ ...input, kind: "account" as const }));
    const [finding] = run({}, { graph: { ...graph, inputs } }).findings;
    expect(finding?.causes).toMatchObject([{ code: "no-subscription", inAccount: true }]);
    expect(run({ [QUEUE]: undefined }).findings[0]?.causes[0]).not.toHaveProperty("inAccount");
  });
});

describe("a waiver", () => {
  const broken: Changes = { [QUEUE]: undefined };
  const open: Changes = {
    [TOPIC]: {
      policy: {
        kind: "unknown",
        candidates: [],
        relation: "one-of",
        closed: false,
        origin: { why: "after-apply", subject: "x" },
        sensitive: false,
      },
    },
  };

  it.each<[string, Changes, Partial<Waiver>, boolean, readonly string[]]>([
    ["for the control", broken, {}, true, []],
    ["for what is open", open, {}, true, []],
    ["for what holds", {}, {}, false, ["waiver-unused"]],
    ["for the address of the cause", broken, { address: TOPIC }, true, []],
    ["for addresses like that", broken, { address: "aws_sns_*" }, true, []],
    ["for another address", broken, { address: QUEUE }, false, ["waiver-unused"]],
    [
      "for an address, where the cause has none",
      { ...Object.fromEntries(Object.keys(CHAIN).map((name) => [name, undefined])) },
      { address: "*" },
      false,
      ["waiver-unused"],
    ],
    ["for another control", broken, { control: "team-*" }, false, []],
    ["on its last day", broken, { expires: "2026-06-01" }, true, []],
    ["that has expired", broken, { expires: "2026-05-31" }, false, ["waiver-expired"]],
  ])("%s", (_, changes, parts, wanted, codes) => {
    const own = waiver(parts);
    const { findings, notes } = run(changes, { waivers: [own] });
    const { reason, expires, place } = own;
    expect(findings[0]?.waiver).toEqual(wanted ? { reason, expires, place } : undefined);
    expect(notes.map(({ code }) => code)).toEqual(codes);
  });

  it("is the first that fits, and the others did nothing", () => {
    const waivers = [
      waiver({ expires: "2020-01-01", reason: "old" }),
      waiver({ reason: "first" }),
      waiver({ reason: "second", address: TOPIC, place: "x:1:1" }),
    ];
    const { findings, notes } = run(broken, { waivers });
    expect(findings[0]?.waiver?.reason).toBe("first");
    expect(notes).toEqual([
      { code: "waiver-expired", place: ".tfcheck.yaml:3:5", subject: "aws-*", detail: "2020-01-01" },
      { code: "waiver-unused", place: "x:1:1", subject: "aws-*", detail: TOPIC },
    ]);
  });

  it("may serve several controls", () => {
    const { findings, notes } = run(broken, {
      controls: [CONTROL, KEPT],
      waivers: [waiver({ control: "*" })],
    });
    expect([findings.map(({ waiver: used }) => used?.reason), notes]).toEqual([["known", "known"], []]);
  });
});

describe("an assumption that nothing rests on", () => {
  it.each<[Assumption, string]>([
    [{ kind: "endpoint-confirmed", endpoint: "soc@example.com", reason: "r" }, "soc@example.com"],
    [
      { kind: "endpoint-confirmed", endpoint: "https://example.com/secret", reason: "r" },
      "https://example.com/(hidden)",
    ],
    [{ kind: "topic-has-subscriber", topic: "arn:t", reason: "r" }, "arn:t"],
    [{ kind: "log-group-fed", logGroup: "trail", reason: "r" }, "trail"],
  ])("is told: %j", (assumption, subject) => {
    expect(run({}, { assumptions: [assumption] }).notes).toEqual([
      { code: "assumption-unused", place: undefined, subject, detail: "r" },
    ]);
  });

  it("is told by its reason, beside one that serves", () => {
    const mail = { [QUEUE]: { protocol: "email", endpoint: "soc@example.com" } };
    const confirmed = (reason: string, endpoint: string): Assumption => ({
      kind: "endpoint-confirmed",
      endpoint,
      reason,
    });
    const assumptions = [confirmed("serves", "soc@example.com"), confirmed("idle", "x@example.com")];
    const { findings, notes } = run(mail, { assumptions });
    expect([findings[0]?.verdict, notes.map(({ detail }) => detail)]).toEqual(["satisfied", ["idle"]]);
  });
});
