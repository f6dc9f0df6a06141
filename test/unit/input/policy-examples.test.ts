import { describe, expect, it } from "vitest";
import { examplePlan } from "../../../src/input/example-plan.ts";
import { parsePlan } from "../../../src/input/plan.ts";
import { examplesFileOf, parseExamples } from "../../../src/input/policy-examples.ts";
import { InputError } from "../../../src/model/problem.ts";

async function problemsOf(text: string): Promise<readonly string[]> {
  try {
    await parseExamples(text, "x.examples.yaml");
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems.map(({ place, code }) => `${place} ${code}`);
  }
  return [];
}

describe("examples of a policy", () => {
  it("lie beside it", () => {
    expect(examplesFileOf("rules/team-rule.yaml")).toBe("rules/team-rule.examples.yaml");
    expect(examplesFileOf("rules/team-rule.yml")).toBe("rules/team-rule.examples.yml");
  });

  it("come as resources, as a plan or as sources", async () => {
    const text = `given:
  aws_sns_topic.alerts: { name: alerts }
  aws_sns_topic.other: { name: other }
examples:
  - name: listed
    resources:
      aws_sns_topic.other: { name: replaced }
    expect: satisfied
  - name: a file
    plan: plans/bad.json
    with: [plans/network.json]
    accept-pending: true
    expect: violated
    link: alarm
    causes: [no-alarm]
  - name: a directory
    source: stack
    var: { retention: 30, name: trail, on: true }
    expect: undecided
`;
    const [listed, file, source] = await parseExamples(text, "x.examples.yaml");
    expect(listed).toMatchObject({
      place: "x.examples.yaml:5:5",
      input: { kind: "plan-text" },
      expected: { verdict: "satisfied", link: undefined, causes: [] },
    });
    const plan = listed?.input.kind === "plan-text" ? parsePlan(listed.input.text, "plan") : undefined;
    expect(plan?.changes?.map(({ address, after }) => [address.name, after])).toEqual([
      ["alerts", { name: "alerts" }],
      ["other", { name: "replaced" }],
    ]);
    expect(file).toMatchObject({
      input: { kind: "plan-file", file: "plans/bad.json" },
      with: ["plans/network.json"],
      acceptPending: true,
      expected: { verdict: "violated", link: "alarm", causes: ["no-alarm"] },
    });
    expect(source).toMatchObject({ input: { kind: "source", directory: "stack" } });
    expect(source?.variables).toEqual(
      new Map<string, unknown>([
        ["retention", 30],
        ["name", "trail"],
        ["on", true],
      ]),
    );
  });

  it.each([
    ["no input", "examples:\n  - name: a\n    expect: satisfied", "2:5 examples-one-of"],
    [
      "two inputs",
      "examples:\n  - name: a\n    plan: a\n    source: b\n    expect: satisfied",
      "2:5 examples-one-of",
    ],
    ["no verdict", "examples:\n  - name: a\n    plan: a", "2:5 examples-missing-key"],
    [
      "a wrong verdict",
      "examples:\n  - name: a\n    plan: a\n    expect: passed",
      "4:13 examples-unknown-verdict",
    ],
    [
      "no address",
      "examples:\n  - name: a\n    resources: { topic: { name: a } }\n    expect: satisfied",
      "3:18 examples-address",
    ],
    [
      "a resource without attributes",
      "examples:\n  - name: a\n    resources: { aws_sns_topic.a: 1 }\n    expect: satisfied",
      "3:35 examples-wrong-type",
    ],
    [
      "one name twice",
      "examples:\n  - { name: a, plan: a, expect: satisfied }\n  - { name: a, plan: b, expect: satisfied }",
      "3:5 examples-name-twice",
    ],
    ["none", "examples: []", "1:11 examples-too-few"],
  ])("with %s are refused", async (_, text, expected) => {
    expect(await problemsOf(text)).toEqual([`x.examples.yaml:${expected}`]);
  });
});

describe("resources in short form", () => {
  const plan = parsePlan(
    examplePlan(
      new Map([
        [
          "aws_cloudwatch_metric_alarm.a",
          {
            alarm_name: "a",
            threshold: "(known after apply)",
            alarm_actions: ["${aws_sns_topic.t.arn}", "arn:aws:sns:eu-central-1:111122223333:x"],
            metric_query: [{ id: "m", expression: "(known after apply)", metric: [{ stat: "Sum" }] }],
            tags: { team: "${aws_sns_topic.t.name}-team", cost: "1" },
          },
        ],
      ]),
    ),
    "plan",
  );
  const [change] = plan.changes ?? [];
  const [block] = plan.configuration?.resources.values() ?? [];

  it("keep what is known, and leave out what is not", () => {
    expect(change?.after).toEqual({
      alarm_name: "a",
      alarm_actions: [null, "arn:aws:sns:eu-central-1:111122223333:x"],
      metric_query: [{ id: "m", metric: [{ stat: "Sum" }] }],
      tags: { cost: "1" },
    });
  });

  it("say what is known after apply, computed attributes too", () => {
    expect(change?.afterUnknown).toEqual({
      id: true,
      arn: true,
      threshold: true,
      alarm_actions: [true, false],
      metric_query: [{ expression: true, metric: [{}] }],
      tags: { team: true },
    });
  });

  it("say where it comes from, as Terraform does", () => {
    expect(block?.expressions).toMatchObject({
      alarm_name: { constant_value: "a" },
      threshold: {},
      alarm_actions: { references: ["aws_sns_topic.t.arn", "aws_sns_topic.t"] },
      metric_query: [
        { id: { constant_value: "m" }, expression: {}, metric: [{ stat: { constant_value: "Sum" } }] },
      ],
      tags: { references: ["aws_sns_topic.t.name", "aws_sns_topic.t"] },
    });
  });
});
