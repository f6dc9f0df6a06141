// docs/limits.md, line by line: each name in brackets there is a scenario or a case here, and each case is named there.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { get, isArray, isObject, type Json, type JsonObject } from "../../src/model/json.ts";
import { findingOf } from "../tools/check-plan.ts";
import { SCENARIOS } from "../tools/scenarios.ts";

const LIMITS = readFileSync("docs/limits.md", "utf8");

const ALARM = "aws_cloudwatch_metric_alarm.unauthorized";
const FILTER = "aws_cloudwatch_log_metric_filter.unauthorized";
const TOPIC = "aws_sns_topic.alarms";
const QUEUE = "aws_sqs_queue.alarms";
const ROLE = "aws_iam_role.cloudtrail";
const SUBSCRIPTION = "aws_sns_topic_subscription.alarms";

function planOf(scenario: string): JsonObject {
  const found = SCENARIOS.find(({ name }) => name === scenario);
  if (found === undefined) throw new Error(`no scenario is named ${scenario}`);
  return found.plan;
}

const WHOLE = planOf("flat-direct-references");
const APPLIED = planOf("no-op-second-run");

const list = (json: Json | undefined): readonly Json[] => (isArray(json) ? json : []);
const object = (json: Json | undefined): JsonObject => (isObject(json) ? json : {});

/** The plan with other values in one resource; a value given is written as a literal, as its configuration would be. */
function having(plan: JsonObject, address: string, values: JsonObject): JsonObject {
  return edited(
    plan,
    address,
    (entry) => {
      const change = object(entry.change);
      return { ...entry, change: { ...change, after: { ...object(change.after), ...values } } };
    },
    (block) => {
      const literals = Object.entries(values).map(([name, value]): [string, Json] => [
        name,
        { constant_value: value },
      ]);
      return { ...block, expressions: { ...object(block.expressions), ...Object.fromEntries(literals) } };
    },
  );
}

function edited(
  plan: JsonObject,
  address: string,
  changeEntry: (entry: JsonObject) => Json,
  changeBlock: (block: JsonObject) => Json,
): JsonObject {
  const at = (change: (json: JsonObject) => Json) => (entry: Json) =>
    get(entry, "address") === address ? change(object(entry)) : entry;
  const configuration = object(plan.configuration);
  const root = object(configuration.root_module);
  return {
    ...plan,
    resource_changes: list(plan.resource_changes).map(at(changeEntry)),
    configuration: {
      ...configuration,
      root_module: { ...root, resources: list(root.resources).map(at(changeBlock)) },
    },
  };
}

/** The plan without the resources of a type. */
const without = (plan: JsonObject, type: string): JsonObject => {
  const configuration = object(plan.configuration);
  const root = object(configuration.root_module);
  const keep = (entry: Json) => get(entry, "type") !== type;
  return {
    ...plan,
    resource_changes: list(plan.resource_changes).filter(keep),
    configuration: {
      ...configuration,
      root_module: { ...root, resources: list(root.resources).filter(keep) },
    },
  };
};

/** The plan with one resource more, written with literals and references. */
function adding(
  plan: JsonObject,
  address: string,
  after: JsonObject,
  references: Record<string, readonly string[]>,
): JsonObject {
  const [type = "", name = ""] = address.split(".");
  const configuration = object(plan.configuration);
  const root = object(configuration.root_module);
  const unknown = Object.fromEntries([...Object.keys(references), "id", "arn"].map((key) => [key, true]));
  const entry = {
    address,
    mode: "managed",
    type,
    name,
    provider_name: "registry.opentofu.org/hashicorp/aws",
    change: {
      actions: ["create"],
      before: null,
      after,
      after_unknown: unknown,
      before_sensitive: false,
      after_sensitive: {},
    },
  };
  const expressions = {
    ...Object.fromEntries(Object.entries(after).map(([key, value]) => [key, { constant_value: value }])),
    ...Object.fromEntries(Object.entries(references).map(([key, names]) => [key, { references: names }])),
  };
  const block = {
    address,
    mode: "managed",
    type,
    name,
    provider_config_key: "aws",
    expressions,
    schema_version: 0,
  };
  return {
    ...plan,
    resource_changes: [...list(plan.resource_changes), entry],
    configuration: {
      ...configuration,
      root_module: { ...root, resources: [...list(root.resources), block] },
    },
  };
}

function withChange(plan: JsonObject, address: string, change: JsonObject): JsonObject {
  return edited(
    plan,
    address,
    (entry) => ({ ...entry, change: { ...object(entry.change), ...change } }),
    (block) => block,
  );
}

/** As a `removed` block with `destroy = false` has it. */
const forgetting = (address: string) =>
  withChange(APPLIED, address, { actions: ["forget"], after: null, after_unknown: {} });

const QUERY: JsonObject = {
  metric_name: null,
  namespace: null,
  statistic: null,
  period: null,
};

function metricQuery(expression: string): Json {
  const metric = {
    metric_name: "UnauthorizedAPICalls",
    namespace: "CISBenchmark",
    stat: "Sum",
    period: 300,
    unit: null,
    dimensions: null,
  };
  const common = { account_id: null, label: null, period: null };
  return [
    { ...common, id: "m1", expression: null, metric: [metric], return_data: false },
    { ...common, id: "e1", expression, metric: [], return_data: true },
  ];
}

const muted = (expression: string) =>
  adding(
    WHOLE,
    "aws_cloudwatch_alarm_mute_rule.always",
    {
      name: "always",
      rule: [{ schedule: [{ expression, duration: "P1D" }] }],
      mute_targets: [{ alarm_names: ["unauthorized"] }],
    },
    {},
  );

const composite = (rule: string, suppressor: Json = []) =>
  adding(
    having(WHOLE, ALARM, { alarm_actions: null }),
    "aws_cloudwatch_composite_alarm.any",
    { alarm_name: "any", alarm_rule: rule, actions_enabled: true, actions_suppressor: suppressor },
    { alarm_actions: [`${TOPIC}.arn`, TOPIC] },
  );

const policyWhen = (condition: JsonObject) =>
  JSON.stringify({
    Statement: [
      { Effect: "Allow", Principal: "*", Action: "sns:Publish", Resource: "*", Condition: condition },
    ],
  });

/** What leaves the answer open, the plan, and the link where it is left open. */
const CASES: readonly (readonly [name: string, plan: JsonObject, link: string])[] = [
  [
    "metric-math",
    having(WHOLE, ALARM, { ...QUERY, metric_query: metricQuery("ANOMALY_DETECTION_BAND(m1, 2)") }),
    "alarm",
  ],
  [
    "metric-math-other-metric",
    having(WHOLE, ALARM, { ...QUERY, metric_query: metricQuery("m1 / PERIOD(m1)") }),
    "alarm",
  ],
  ["composite-and-not", composite("ALARM(unauthorized) AND NOT ALARM(maintenance)"), "action"],
  ["composite-and-or", composite("ALARM(unauthorized) OR ALARM(a) AND ALARM(b)"), "action"],
  ["composite-suppressor", composite("ALARM(unauthorized)", [{ alarm: "maintenance" }]), "action"],
  ["filter-on-transformed-logs", having(WHOLE, FILTER, { apply_on_transformed_logs: true }), "filter"],
  [
    "filter-on-fields",
    having(WHOLE, FILTER, { field_selection_criteria: '@aws.region = "eu-west-1"' }),
    "filter",
  ],
  ["mute-rule-by-month", muted("cron(0 0 1-31 * *)"), "action"],
  ["trail-forgotten", forgetting("aws_cloudtrail.main"), "trail"],
  ["alarm-forgotten", forgetting(ALARM), "alarm"],
  ["subscription-forgotten", forgetting(SUBSCRIPTION), "subscription"],
  [
    "topic-policy-of-apply",
    adding(
      WHOLE,
      "aws_sns_topic_policy.alarms",
      {},
      { arn: [`${TOPIC}.arn`, TOPIC], policy: [`${TOPIC}.arn`, TOPIC] },
    ),
    "action",
  ],
  [
    "queue-policy-of-apply",
    adding(
      without(WHOLE, "aws_sqs_queue_policy"),
      "aws_sqs_queue_policy.inbox",
      {},
      { queue_url: [`${QUEUE}.id`, QUEUE], policy: [`${TOPIC}.arn`, TOPIC] },
    ),
    "subscription",
  ],
  ["topic-key-elsewhere", having(WHOLE, TOPIC, { kms_master_key_id: "alias/security" }), "action"],
  [
    "topic-policy-by-address",
    adding(
      WHOLE,
      "aws_sns_topic_policy.alarms",
      { policy: policyWhen({ IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }) },
      { arn: [`${TOPIC}.arn`, TOPIC] },
    ),
    "action",
  ],
  [
    "role-with-other-policy",
    adding(
      without(WHOLE, "aws_iam_role_policy"),
      "aws_iam_role_policy_attachment.trail",
      { policy_arn: "arn:aws:iam::aws:policy/AWSCloudTrail_FullAccess" },
      { role: [`${ROLE}.name`, ROLE] },
    ),
    "trail",
  ],
  ["action-verb-of-tomorrow", withChange(WHOLE, FILTER, { actions: ["transmogrify"] }), "filter"],
  [
    "filter-policy-on-time",
    having(WHOLE, SUBSCRIPTION, {
      filter_policy: JSON.stringify({ StateChangeTime: [{ prefix: "2026" }] }),
      filter_policy_scope: "MessageBody",
    }),
    "subscription",
  ],
  [
    "filter-policy-on-unknown-key",
    having(WHOLE, SUBSCRIPTION, {
      filter_policy: JSON.stringify({ Severity: ["high"] }),
      filter_policy_scope: "MessageBody",
    }),
    "subscription",
  ],
];

describe("limits", () => {
  it.each(CASES)("%s is undecided", async (_, plan, link) => {
    const finding = await findingOf(JSON.stringify(plan));
    expect([finding.verdict, finding.link]).toEqual(["undecided", link]);
  });

  it("are told completely: each name in the text is tested, each test is named in the text", () => {
    const named = [...LIMITS.matchAll(/\(([a-z0-9-]+(?:,\s+[a-z0-9-]+)*)\)/g)].flatMap(([, names = ""]) =>
      names.split(/,\s+/),
    );
    const open = SCENARIOS.filter(
      ({ expected }) => (expected.plan_alone ?? expected.verdict) === "undecided",
    );
    const tested = [
      ...open.map(({ name }) => name),
      ...CASES.map(([name]) => name),
      ...GRANTED.map(([name]) => name),
    ];
    expect(named.toSorted()).toEqual(tested.toSorted());
  });
});

/** What is taken for granted: the plan is satisfied although this part of it is not looked at. */
const GRANTED: readonly (readonly [name: string, plan: JsonObject])[] = [
  ["function-elsewhere", planOf("subscription-lambda")],
  ["bucket-without-policy", without(WHOLE, "aws_s3_bucket_policy")],
];

describe("what is taken for granted", () => {
  it.each(GRANTED)("%s changes nothing", async (_, plan) => {
    expect((await findingOf(JSON.stringify(plan))).verdict).toBe("satisfied");
  });
});
