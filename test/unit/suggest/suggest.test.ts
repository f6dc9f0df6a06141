// One row per cause: the suggestion for it, carried out in the sources, makes the control hold.

import { describe, expect, it } from "vitest";
import { createWorld } from "../../../src/evaluate/chain/chain.ts";
import { checkResourceAttribute } from "../../../src/evaluate/checks/resource-attribute.ts";
import { viewGraph } from "../../../src/evaluate/view.ts";
import type { Cause, CauseCode } from "../../../src/model/finding.ts";
import type { Graph, ResourceInstance } from "../../../src/model/graph.ts";
import type { AttributeOperator, SelectedControl } from "../../../src/model/policy.ts";
import { graphOf } from "../resolve/sources/support.ts";
import { CONTROL, carryOut, type Files, judge, judgeFiles, PATTERN, suggestFor } from "./support.ts";

const quotedPattern = JSON.stringify(PATTERN);

const BLOCKS = {
  trail: `resource "aws_cloudtrail" "main" {
  name                       = "main"
  s3_bucket_name             = "logs"
  is_multi_region_trail      = true
  cloud_watch_logs_group_arn = "\${aws_cloudwatch_log_group.trail.arn}:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam::123456789012:role/trail"
}
`,
  group: `resource "aws_cloudwatch_log_group" "trail" {
  name = "trail"
}
`,
  filter: `resource "aws_cloudwatch_log_metric_filter" "calls" {
  name           = "calls"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = ${quotedPattern}
  metric_transformation {
    name      = "Calls"
    namespace = "Security"
    value     = "1"
  }
}
`,
  alarm: `resource "aws_cloudwatch_metric_alarm" "calls" {
  alarm_name          = "calls"
  metric_name         = "Calls"
  namespace           = "Security"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  alarm_actions       = [aws_sns_topic.alerts.arn]
}
`,
  topic: `resource "aws_sns_topic" "alerts" {
  name = "alerts"
}
`,
  subscription: `resource "aws_sns_topic_subscription" "alerts" {
  topic_arn = aws_sns_topic.alerts.arn
  protocol  = "sqs"
  endpoint  = "arn:aws:sqs:us-east-1:123456789012:alerts"
}
`,
} as const;

type Part = keyof typeof BLOCKS;

/** The whole chain with some blocks in another form. */
function chain(other: Partial<Record<Part | "more", string>> = {}): Files {
  return { "main.tf": Object.values({ ...BLOCKS, more: "", ...other }).join("\n") };
}

/** The same where the region is written down. */
const withRegion = (other: Parameters<typeof chain>[0]): Files => ({
  "main.tf": `provider "aws" {\n  region = "us-east-1"\n}\n\n${chain(other)["main.tf"]}`,
});

const change = (part: Part, from: string | RegExp, to: string): Files => {
  const text = BLOCKS[part].replace(from, () => to);
  expect(text, `${part} holds ${String(from)}`).not.toBe(BLOCKS[part]);
  return chain({ [part]: text });
};

interface Row {
  readonly files: Files;
  /** What is suggested, in order. */
  readonly blocks: readonly string[];
  /** Parts of the text. */
  readonly says?: readonly string[];
  readonly change?: (graph: Graph) => Graph;
}

const TRAIL_BLOCKS = [
  "add aws_s3_bucket.management_events",
  "add aws_s3_bucket_public_access_block.management_events",
  "add data.aws_iam_policy_document.management_events_bucket",
  "add aws_s3_bucket_policy.management_events",
  "add data.aws_iam_policy_document.management_events_trust",
  "add aws_iam_role.management_events",
  "add data.aws_iam_policy_document.management_events_logs",
  "add aws_iam_role_policy.management_events",
  "add aws_cloudtrail.management_events",
];
const SUBSCRIPTION_BLOCKS = ["add variable.alert_endpoint", "add aws_sns_topic_subscription.security_alerts"];
const EVERYTHING = [
  "add variable.alert_endpoint",
  "add aws_cloudwatch_log_group.management_events",
  ...TRAIL_BLOCKS,
  "add aws_cloudwatch_log_metric_filter.unauthorized_api_calls",
  "add aws_cloudwatch_metric_alarm.unauthorized_api_calls",
  "add aws_sns_topic.security_alerts",
  "add data.aws_iam_policy_document.security_alerts",
  "add aws_sns_topic_policy.security_alerts",
  "add aws_sns_topic_subscription.security_alerts",
];
const changed = (type: string, name: string) => [`change ${type}.${name}`];
const TRAIL = changed("aws_cloudtrail", "main");
const FILTER = changed("aws_cloudwatch_log_metric_filter", "calls");
const ALARM = changed("aws_cloudwatch_metric_alarm", "calls");
const DENY = `resource "aws_sns_topic_policy" "alerts" {
  arn    = aws_sns_topic.alerts.arn
  policy = "{\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Principal\\":{\\"Service\\":\\"events.amazonaws.com\\"},\\"Action\\":\\"sns:Publish\\",\\"Resource\\":\\"*\\"}]}"
}
`;
const KEY = `resource "aws_kms_key" "alerts" {
  description = "alerts"
}
`;
const ROLE = `resource "aws_iam_role" "trail" {
  name               = "trail"
  assume_role_policy = "{\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Principal\\":{\\"Service\\":\\"cloudtrail.amazonaws.com\\"},\\"Action\\":\\"sts:AssumeRole\\"}]}"
}
`;
const MUTE = `resource "aws_cloudwatch_alarm_mute_rule" "calls" {
  name = "calls"
  rule {
    schedule {
      duration   = "P15D"
      expression = "cron(0 0 * * *)"
    }
  }
  mute_targets {
    alarm_names = ["calls"]
  }
}
`;

/** The alarm tells nobody itself; a composite alarm of this rule tells the topic. */
const composed = (rule: string, more = "") =>
  chain({
    alarm: BLOCKS.alarm.replace(/alarm_actions.*/, ""),
    more: `
resource "aws_cloudwatch_composite_alarm" "any" {
  alarm_name    = "any"
  alarm_rule    = ${rule}
  alarm_actions = [aws_sns_topic.alerts.arn]
${more}
}
resource "aws_cloudwatch_composite_alarm" "always" {
  alarm_name = "always"
  alarm_rule = "TRUE"
}
`,
  });

const NEW_TOPIC = [
  "add variable.alert_endpoint",
  "add aws_sns_topic.security_alerts",
  "add data.aws_iam_policy_document.security_alerts",
  "add aws_sns_topic_policy.security_alerts",
  "add aws_sns_topic_subscription.security_alerts",
];

const ROWS: Readonly<Record<CauseCode, Row | string>> = {
  "nothing-to-check": { files: { "main.tf": "locals {}\n" }, blocks: EVERYTHING },
  "no-trail": {
    files: chain({
      trail: "",
      group: "",
      filter: BLOCKS.filter.replace("aws_cloudwatch_log_group.trail.name", '""'),
    }),
    blocks: [...FILTER, "add aws_cloudwatch_log_group.management_events", ...TRAIL_BLOCKS],
    says: ["log_group_name = aws_cloudwatch_log_group.management_events.name"],
  },
  "log-group-without-trail": { files: chain({ trail: "" }), blocks: TRAIL_BLOCKS },
  "trail-removed": {
    files: chain({ trail: "" }),
    change: (graph) => ({
      ...graph,
      gone: (type) => (type === "aws_cloudtrail" ? [REMOVED_TRAIL] : graph.gone(type)),
    }),
    blocks: TRAIL_BLOCKS,
  },
  "trail-of-another-account": "it takes a second input; its repair is that of trail-outside-inputs",
  "trail-outside-inputs": {
    files: chain({
      trail: "",
      group: "",
      filter: BLOCKS.filter.replace("aws_cloudwatch_log_group.trail.name", '"outside"'),
    }),
    blocks: ["add data.aws_cloudwatch_log_group.management_events", ...TRAIL_BLOCKS],
  },
  "trail-not-multi-region": {
    files: change("trail", /is_multi_region_trail .*/, ""),
    blocks: TRAIL,
    says: ["is_multi_region_trail = true"],
  },
  "trail-not-logging": {
    files: change("trail", "is_multi", "enable_logging = false\n  is_multi"),
    blocks: TRAIL,
    says: ["enable_logging = true"],
  },
  "trail-without-log-group": {
    files: change("trail", /cloud_watch_logs[\s\S]*\n\}/, "}"),
    blocks: [
      ...TRAIL,
      "add data.aws_iam_policy_document.main_to_logs_trust",
      "add aws_iam_role.main_to_logs",
      "add data.aws_iam_policy_document.main_to_logs_logs",
      "add aws_iam_role_policy.main_to_logs",
    ],
    says: ['cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*"'],
  },
  "trail-misses-management-events": {
    files: change(
      "trail",
      "is_multi",
      'event_selector {\n    read_write_type = "WriteOnly"\n  }\n  is_multi',
    ),
    blocks: TRAIL,
    says: ['read_write_type           = "All"', "takes the place of the present event_selector blocks"],
  },
  "trail-role-cannot-write": {
    files: chain({ trail: BLOCKS.trail.replace(/"arn:aws:iam.*"/, "aws_iam_role.trail.arn"), more: ROLE }),
    blocks: ["add data.aws_iam_policy_document.trail_write", "add aws_iam_role_policy.trail_write"],
    says: ['actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]'],
  },
  "trail-log-group-arn-incomplete": {
    files: withRegion({
      trail: BLOCKS.trail.replace(
        "${aws_cloudwatch_log_group.trail.arn}:*",
        "arn:aws:logs:us-east-1:123456789012:log-group:trail",
      ),
    }),
    blocks: TRAIL,
    says: ['cloud_watch_logs_group_arn = "arn:aws:logs:us-east-1:123456789012:log-group:trail:*"'],
  },
  "no-filter": {
    files: chain({ filter: "", alarm: "" }),
    blocks: [
      "add aws_cloudwatch_log_metric_filter.unauthorized_api_calls",
      "add aws_cloudwatch_metric_alarm.unauthorized_api_calls",
    ],
    says: ["alarm_actions       = [aws_sns_topic.alerts.arn]", `pattern        = ${quotedPattern}`],
  },
  "no-filter-on-log-group": {
    files: chain({
      group: `${BLOCKS.group}\nresource "aws_cloudwatch_log_group" "other" {\n  name = "other"\n}\n`,
      filter: BLOCKS.filter.replace("log_group.trail", "log_group.other"),
    }),
    blocks: FILTER,
    says: ["log_group_name = aws_cloudwatch_log_group.trail.name"],
  },
  "pattern-misses-event": {
    files: change("filter", quotedPattern, '"{ $.errorCode = \\"AccessDenied*\\" }"'),
    blocks: FILTER,
    says: [`pattern = ${quotedPattern}`],
  },
  "pattern-matches-everyday-calls": { files: change("filter", quotedPattern, '""'), blocks: FILTER },
  "pattern-unreadable": {
    files: change(
      "filter",
      quotedPattern,
      '"{ ($.errorCode = \\"AccessDenied*\\") || ($.errorCode is null) }"',
    ),
    blocks: FILTER,
  },
  "filters-outside-inputs": {
    files: withRegion({
      group: "",
      filter: "",
      alarm: "",
      trail: BLOCKS.trail.replace(
        /= ".*aws_cloudwatch_log_group.*/,
        '= "arn:aws:logs:us-east-1:123456789012:log-group:far:*"',
      ),
    }),
    blocks: [
      "add aws_cloudwatch_log_metric_filter.unauthorized_api_calls",
      "add aws_cloudwatch_metric_alarm.unauthorized_api_calls",
    ],
    says: ['log_group_name = "far"'],
  },
  "pattern-not-decided": "held against a judge that gives up, below",
  "may-not-exist": "below",
  "more-may-exist": "below",
  "attribute-differs": "below",
  "no-such-resource": "below",
  "log-group-class-without-metrics": {
    files: change("group", '"trail"\n}', '"trail"\n  log_group_class = "INFREQUENT_ACCESS"\n}'),
    blocks: changed("aws_cloudwatch_log_group", "trail"),
    says: ['log_group_class = "STANDARD"', "makes the log group anew"],
  },
  "filter-on-transformed-logs": {
    files: change("filter", "pattern ", "apply_on_transformed_logs = true\n  pattern "),
    blocks: FILTER,
  },
  "filter-not-understood": {
    files: change("filter", "pattern ", 'field_selection_criteria = "@aws.region = 1"\n  pattern '),
    blocks: FILTER,
    says: ["remove from it: field_selection_criteria"],
  },
  "no-alarm": {
    files: chain({ alarm: "" }),
    blocks: ["add aws_cloudwatch_metric_alarm.unauthorized_api_calls"],
    says: ["metric_name         = aws_cloudwatch_log_metric_filter.calls.metric_transformation[0].name"],
  },
  "no-alarm-on-metric": {
    files: change("alarm", '"Calls"', '"CALLS"'),
    blocks: ALARM,
    says: ["metric_name = aws_cloudwatch_log_metric_filter.calls.metric_transformation[0].name"],
  },
  "alarm-cannot-fire": {
    files: change("alarm", "threshold           = 1", 'threshold           = 10\n  unit = "Bytes"'),
    blocks: ALARM,
    says: ["threshold          = 1", "remove from it: unit"],
  },
  "alarm-always-on": {
    files: change(
      "alarm",
      "threshold           = 1",
      'threshold           = 1\n  treat_missing_data = "breaching"',
    ),
    blocks: ALARM,
    says: ['treat_missing_data = "notBreaching"'],
  },
  "alarm-not-understood": {
    files: change(
      "alarm",
      /metric_name[\s\S]*period .*/,
      `metric_query {
    id          = "e1"
    expression  = "ANOMALY_DETECTION_BAND(m1)"
    return_data = true
  }
  metric_query {
    id = "m1"
    metric {
      metric_name = "Calls"
      namespace   = "Security"
      period      = 300
      stat        = "Sum"
    }
  }`,
    ),
    blocks: ["add aws_cloudwatch_metric_alarm.unauthorized_api_calls"],
  },
  "alarm-muted": {
    files: chain({ more: MUTE }),
    blocks: ["remove aws_cloudwatch_alarm_mute_rule.calls"],
  },
  "composite-alarm-not-decided": {
    files: composed('"ALARM(calls) AND ALARM(others)"'),
    blocks: ALARM,
    says: ["alarm_actions = [aws_sns_topic.alerts.arn]"],
  },
  "alarm-suppressed": {
    files: composed(
      '"ALARM(calls)"',
      `  actions_suppressor {
    alarm            = "always"
    wait_period      = 60
    extension_period = 60
  }`,
    ),
    // The topic is held back from, so another one is proposed.
    blocks: [...ALARM, ...NEW_TOPIC],
    says: ["alarm_actions = [aws_sns_topic.security_alerts.arn]"],
  },
  "alarm-actions-disabled": {
    files: change("alarm", "alarm_actions ", "actions_enabled = false\n  alarm_actions "),
    blocks: ALARM,
    says: ["actions_enabled = true"],
  },
  "alarm-without-actions": {
    files: change("alarm", /alarm_actions.*/, ""),
    blocks: ALARM,
    says: ["alarm_actions = [aws_sns_topic.alerts.arn]"],
  },
  "alarm-actions-without-topic": {
    files: change("alarm", "aws_sns_topic.alerts.arn", '"arn:aws:automate:us-east-1:ec2:stop"'),
    blocks: ALARM,
    says: ['alarm_actions = ["arn:aws:automate:us-east-1:ec2:stop", aws_sns_topic.alerts.arn]'],
  },
  "topic-in-other-region": {
    files: withRegion({
      alarm: BLOCKS.alarm.replace("aws_sns_topic.alerts.arn", '"arn:aws:sns:eu-west-1:123456789012:far"'),
      topic: "",
      subscription: "",
    }),
    blocks: [...ALARM, ...NEW_TOPIC],
  },
  "topic-key-shuts-cloudwatch-out": {
    files: chain({
      topic: BLOCKS.topic.replace('"alerts"\n}', '"alerts"\n  kms_master_key_id = aws_kms_key.alerts.id\n}'),
      more: KEY,
    }),
    blocks: [
      ...changed("aws_kms_key", "alerts"),
      "add data.aws_caller_identity.current",
      "add data.aws_partition.current",
      "add data.aws_iam_policy_document.alerts_policy",
    ],
    says: ["carry over the statements"],
  },
  "topic-policy-shuts-cloudwatch-out": {
    files: chain({ more: DENY }),
    blocks: [...changed("aws_sns_topic_policy", "alerts"), "add data.aws_iam_policy_document.alerts_publish"],
    says: ["policy = data.aws_iam_policy_document.alerts_publish.json", "carry over the statements"],
  },
  "no-subscription": { files: chain({ subscription: "" }), blocks: SUBSCRIPTION_BLOCKS },
  "no-subscription-on-topic": {
    files: chain({
      subscription: BLOCKS.subscription.replace("topic.alerts", "topic.quiet"),
      more: 'resource "aws_sns_topic" "quiet" {\n  name = "quiet"\n}\n',
    }),
    blocks: SUBSCRIPTION_BLOCKS,
    says: ["topic_arn = aws_sns_topic.alerts.arn"],
  },
  "subscription-pending": {
    files: change("subscription", /"sqs"\n.*/, '"email"\n  endpoint = "a@example.com"'),
    blocks: SUBSCRIPTION_BLOCKS,
  },
  "subscription-filters-alarm-away": {
    files: change("subscription", "protocol ", 'filter_policy = "{\\"kind\\":[\\"billing\\"]}"\n  protocol '),
    blocks: changed("aws_sns_topic_subscription", "alerts"),
    says: ["remove from it: filter_policy, filter_policy_scope"],
  },
  "filter-policy-refused": {
    files: change("subscription", "protocol ", 'filter_policy = "[]"\n  protocol '),
    blocks: changed("aws_sns_topic_subscription", "alerts"),
    says: ["remove from it: filter_policy, filter_policy_scope"],
  },
  "filter-policy-not-decided": {
    files: change(
      "subscription",
      "protocol ",
      'filter_policy = "{\\"Severity\\":[\\"high\\"]}"\n  filter_policy_scope = "MessageBody"\n  protocol ',
    ),
    blocks: changed("aws_sns_topic_subscription", "alerts"),
    says: ["remove from it: filter_policy, filter_policy_scope"],
  },
  "queue-shuts-topic-out": {
    files: chain({
      subscription: BLOCKS.subscription.replace(/"arn:aws:sqs.*"/, "aws_sqs_queue.inbox.arn"),
      more: 'resource "aws_sqs_queue" "inbox" {\n  name = "inbox"\n}\n',
    }),
    blocks: ["add data.aws_iam_policy_document.inbox_from_topic", "add aws_sqs_queue_policy.inbox"],
    says: ['variable = "aws:SourceArn"'],
  },
  "function-shuts-topic-out": {
    files: chain({
      subscription: BLOCKS.subscription.replace(
        /"sqs"\n.*/,
        '"lambda"\n  endpoint = aws_lambda_function.notify.arn',
      ),
      more: 'resource "aws_lambda_function" "notify" {\n  function_name = "notify"\n  role = "r"\n}\n',
    }),
    blocks: ["add aws_lambda_permission.notify_from_topic"],
    says: ['principal     = "sns.amazonaws.com"', "source_arn    = aws_sns_topic.alerts.arn"],
  },
  "stream-role-cannot-write": {
    files: chain({
      subscription: BLOCKS.subscription.replace(
        /"sqs"\n.*/,
        '"firehose"\n  endpoint = "arn:aws:firehose:us-east-1:123456789012:deliverystream/a"\n  subscription_role_arn = aws_iam_role.trail.arn',
      ),
      more: ROLE.replace("cloudtrail", "sns").replace('"trail"\n  assume', '"stream"\n  assume'),
    }),
    blocks: ["add data.aws_iam_policy_document.trail_write", "add aws_iam_role_policy.trail_write"],
    says: ['actions   = ["firehose:PutRecord", "firehose:PutRecordBatch"]'],
  },
  "endpoint-not-for-topic": "a note says which kind of topic or queue it takes; see below",
  "subscribers-outside-inputs": {
    files: chain({
      alarm: BLOCKS.alarm.replace(
        "aws_sns_topic.alerts.arn",
        '"arn:aws:sns:us-east-1:123456789012:elsewhere"',
      ),
      topic: "",
      subscription: "",
    }),
    blocks: SUBSCRIPTION_BLOCKS,
    says: ['topic_arn = "arn:aws:sns:us-east-1:123456789012:elsewhere"'],
  },
  "not-known-before-apply": {
    files: { "main.tf": `variable "all" {}\n${change("trail", "= true", "= var.all")["main.tf"]}` },
    blocks: TRAIL,
    says: ["is_multi_region_trail = true"],
  },
};

const REMOVED_TRAIL = {
  address: { module: [], mode: "managed", type: "aws_cloudtrail", name: "main", key: undefined },
  name: "aws_cloudtrail.main",
  how: "destroyed",
  location: undefined,
} as const;

const listOf = (suggestion: ReturnType<typeof suggestFor>) =>
  suggestion.blocks.map(({ action, address }) => `${action} ${address}`);

describe("a suggestion for each cause", () => {
  it("starts from a chain that holds", async () => {
    const suggestion = suggestFor(await graphOf(chain()));
    expect(suggestion).toEqual({ text: "", blocks: [], notes: [], verdict: "satisfied" });
  });

  const tabled = Object.entries(ROWS).flatMap(([code, row]): [string, Row][] =>
    typeof row === "string" ? [] : [[code, row]],
  );

  it.each(tabled)("%s", async (code, { files, blocks, says = [], change: tweak }) => {
    const graph = await graphOf(files);
    const broken = tweak === undefined ? graph : tweak(graph);
    expect(judge(broken).finding.causes.map((cause) => cause.code)).toContain(code);
    const suggestion = suggestFor(broken);
    expect(listOf(suggestion)).toEqual(blocks);
    expect(says.filter((text) => !suggestion.text.includes(text))).toEqual([]);
    expect(suggestion.verdict).toBe("satisfied");
    const mended = await judgeFiles(carryOut(files, suggestion));
    expect({ verdict: mended.verdict, causes: mended.causes }).toEqual({ verdict: "satisfied", causes: [] });
  });
});

describe("causes that no small configuration has", () => {
  it("pattern-not-decided: writes the published pattern", async () => {
    const files = change("filter", quotedPattern, '"{ $.errorCode = \\"AccessDenied*\\" }"');
    const givesUp = (graph: Graph) => {
      const { finding, view } = judge(graph);
      const causes = finding.causes.map(
        (cause): Cause =>
          cause.code === "pattern-misses-event"
            ? { ...cause, code: "pattern-not-decided", pattern: "", why: "too-complex" }
            : cause,
      );
      return { finding: { ...finding, causes }, view };
    };
    const suggestion = suggestFor(await graphOf(files), { judge: givesUp });
    expect(listOf(suggestion)).toEqual(FILTER);
    expect((await judgeFiles(carryOut(files, suggestion))).verdict).toBe("satisfied");
  });

  const ruled = (operator: AttributeOperator): SelectedControl => ({
    ...CONTROL,
    policy: {
      ...CONTROL.policy,
      check: {
        kind: "resource-attribute",
        resource: "aws_cloudwatch_log_group",
        path: "$.retention_in_days",
        steps: [{ kind: "step", step: "retention_in_days" }],
        operator,
        quantifier: "all",
        whenUnset: undefined,
        joined: undefined,
      },
    },
  });
  const suggestRule = (graph: Graph, control: SelectedControl) => {
    const judgeRule = (asked: Graph) => {
      const world = createWorld(asked, { acceptPending: false, assumptions: [] });
      return { finding: checkResourceAttribute(world, control), view: viewGraph(world, undefined) };
    };
    return suggestFor(graph, { control, judge: judgeRule });
  };

  it("attribute-differs: sets what the control names", async () => {
    const suggestion = suggestRule(await graphOf(chain()), ruled({ name: "at-least", value: 365 }));
    expect(suggestion.text).toContain("retention_in_days = 365");
    expect(suggestion.verdict).toBe("satisfied");
  });

  it("attribute-differs: says what is wanted where no single value is", async () => {
    const suggestion = suggestRule(await graphOf(chain()), ruled({ name: "matches", pattern: "^3.*$" }));
    expect(suggestion.text).toBe("");
    expect(suggestion.notes.join("\n")).toContain("aws_cloudwatch_log_group.trail: set retention_in_days");
  });

  it("no-such-resource: has nothing to mend", async () => {
    const graph = await graphOf({ "main.tf": "locals {}\n" });
    const { text, notes } = suggestRule(graph, ruled({ name: "at-least", value: 365 }));
    expect({ text, notes: notes.length }).toEqual({ text: "", notes: 2 });
  });
});

describe("what no block can mend", () => {
  it("may-not-exist: says that only a complete plan tells", async () => {
    const graph = await graphOf(chain());
    const trails = graph.resources("aws_cloudtrail").map((trail) => ({
      ...trail,
      exists: "maybe" as const,
      doubt: "deferred" as const,
    }));
    const doubtful: Graph = {
      ...graph,
      resources: (type) => (type === "aws_cloudtrail" ? trails : graph.resources(type)),
    };
    const { text, notes, verdict } = suggestFor(doubtful);
    expect({ text, verdict }).toEqual({ text: "", verdict: "undecided" });
    expect(notes.join("\n")).toContain("aws_cloudtrail.main may not be there after apply (deferred)");
  });

  it("more-may-exist: adds what is missing in what is known, and says that it may be there", async () => {
    const graph = await graphOf(chain({ subscription: "" }));
    const gap = {
      origin: { why: "module-not-installed", subject: "module.people" },
      types: undefined,
      location: undefined,
    } as const;
    const open: Graph = { ...graph, gaps: () => [gap] };
    const { notes, verdict } = suggestFor(open);
    expect(verdict).toBe("satisfied");
    expect(notes.join("\n")).toContain("behind module.people; what is suggested may be there");
  });

  it("endpoint-not-for-topic: a note says which kind of topic or queue it takes", async () => {
    const { blocks, notes, verdict } = suggestFor(
      await graphOf(
        chain({
          topic: BLOCKS.topic.replace('"alerts"\n}', '"alerts.fifo"\n  fifo_topic = true\n}'),
          subscription: BLOCKS.subscription.replace(/"sqs"\n.*/, '"sms"\n  endpoint = "+15555550100"'),
        }),
      ),
    );
    expect({ blocks, verdict }).toEqual({ blocks: [], verdict: "violated" });
    expect(notes.join("\n")).toContain("is on a FIFO topic, which delivers to SQS queues alone");
  });

  it("a role that trusts another service gets another trust policy", async () => {
    const files = chain({
      trail: BLOCKS.trail.replace(/"arn:aws:iam.*"/, "aws_iam_role.trail.arn"),
      more: ROLE.replace("cloudtrail", "ec2"),
    });
    const suggestion = suggestFor(await graphOf(files));
    expect(suggestion.text).toContain("assume_role_policy = data.aws_iam_policy_document.trail_trust.json");
    expect((await judgeFiles(carryOut(files, suggestion))).verdict).toBe("satisfied");
  });

  it("an e-mail subscription stays pending: the note says that a person has to confirm", async () => {
    const { text, notes, verdict } = suggestFor(await graphOf(chain({ subscription: "" })), {
      protocol: "email",
    });
    expect(text).toContain('protocol  = "email"');
    expect(verdict).toBe("violated");
    expect(notes.join("\n")).toContain("A person has to confirm the e-mail subscription after apply");
  });
});

describe("names and places", () => {
  it("an added name that is taken gets a number", async () => {
    const taken =
      'resource "aws_cloudwatch_metric_alarm" "unauthorized_api_calls" {\n  alarm_name = "unauthorized-api-calls"\n  metric_name = "Other"\n  namespace = "Else"\n}\n';
    const { text } = suggestFor(await graphOf(chain({ alarm: taken })));
    expect(text).toContain('resource "aws_cloudwatch_metric_alarm" "unauthorized_api_calls_2"');
    expect(text).toContain('alarm_name          = "unauthorized-api-calls-2"');
  });

  it("a metric that counts something else is not used again", async () => {
    const other = BLOCKS.filter
      .replaceAll("calls", "root")
      .replace(quotedPattern, '"{ $.errorCode = \\"Throttling\\" }"')
      .replace('"Calls"', '"UnauthorizedApiCalls"')
      .replace("Security", "CISBenchmark");
    const { text } = suggestFor(await graphOf(chain({ filter: other, alarm: "" })));
    expect(text).toContain('name      = "UnauthorizedApiCalls2"');
  });

  it("wishes for names are followed", async () => {
    const { text } = suggestFor(await graphOf({ "main.tf": "locals {}\n" }), {
      naming: { metric: "Denied", namespace: "Audit", topic: "soc", endpoint: "soc_queue" },
    });
    for (const wanted of ['"Denied"', '"Audit"', '"aws_sns_topic" "soc"', "var.soc_queue"]) {
      expect(text).toContain(wanted);
    }
  });

  const MODULES: Files = {
    "main.tf": 'module "notify" {\n  source = "./notify"\n}\nmodule "watch" {\n  source = "./watch"\n}\n',
    "notify/main.tf": BLOCKS.topic + BLOCKS.subscription,
    "watch/main.tf":
      BLOCKS.trail + BLOCKS.group + BLOCKS.filter + BLOCKS.alarm.replace(/ +alarm_actions.*\n/, ""),
  };
  const DIRECTORIES = { "module.notify": "notify/", "module.watch": "watch/" };

  it("between modules goes through an output, a variable and the call, and says where each goes", async () => {
    const suggestion = suggestFor(await graphOf(MODULES));
    expect(suggestion.blocks.map(({ action, module, address }) => [action, module, address])).toEqual([
      ["change", "", "module.watch"],
      ["add", "module.notify", "output.alerts_arn"],
      ["change", "module.watch", "aws_cloudwatch_metric_alarm.calls"],
      ["add", "module.watch", "variable.alerts_arn"],
    ]);
    expect(suggestion.text).toContain("alerts_arn = module.notify.alerts_arn");
    expect((await judgeFiles(carryOut(MODULES, suggestion, DIRECTORIES))).verdict).toBe("satisfied");
  });

  it("an output that is there is used", async () => {
    const interfaces = [
      {
        module: "module.notify",
        variables: [],
        outputs: [{ name: "topic", of: "aws_sns_topic.alerts.arn" }],
      },
    ];
    const suggestion = suggestFor(await graphOf(MODULES), { interfaces });
    expect(suggestion.text).toContain("alerts_arn = module.notify.topic");
    expect(suggestion.text).not.toContain("output ");
  });
});

describe("hostile input", () => {
  const EVIL = '"}\n${file("/etc/passwd")}%{ for }\\ ##[error] \u202e\u001b[31m';

  it("names from the input stay inside their literals and comments", async () => {
    const files = change("alarm", "aws_sns_topic.alerts.arn", JSON.stringify("arn:aws:automate:x"));
    const graph = await graphOf(files);
    const [alarm] = graph.resources("aws_cloudwatch_metric_alarm");
    const twist = (one: ResourceInstance): ResourceInstance =>
      one.id !== alarm?.id
        ? one
        : {
            ...one,
            name: `${one.name}${EVIL}`,
            read: (name) => (name === "alarm_actions" ? EVIL_LIST : one.read(name)),
          };
    const hostile: Graph = {
      ...graph,
      inputs: graph.inputs.map((input) => ({ ...input, label: EVIL })),
      resources: (type) => graph.resources(type).map(twist),
      everything: () => graph.everything().map(twist),
    };
    const { text, notes } = suggestFor(hostile);
    expect(text).toContain(
      'alarm_actions = ["\\"}\\n$${file(\\"/etc/passwd\\")}%%{ for }\\\\ #\\u0023[error] \\u202e\\u001b[31m"',
    );
    for (const output of [text, ...notes]) {
      expect(output).not.toMatch(/[\u202e\u001b]|##\[/);
      const code = output.split("\n").filter((line) => !line.startsWith("#"));
      expect(code.filter((line) => /(?<!\$)\$\{file/.test(line))).toEqual([]);
    }
  });

  const EVIL_LIST = {
    kind: "list",
    form: "list",
    elements: [{ kind: "known", value: EVIL, sensitive: false }],
    sensitive: false,
  } as const;

  it("a sensitive value is never written out", async () => {
    const graph = await graphOf(chain({ filter: BLOCKS.filter.replace('"Calls"', '"Secret"') }));
    const veiled: Graph = {
      ...graph,
      resources: (type) =>
        graph.resources(type).map((instance) => ({
          ...instance,
          read: (name) => ({ ...instance.read(name), sensitive: true }),
        })),
    };
    expect(suggestFor(veiled).text).not.toContain("Secret");
  });

  it("the same input gives the same suggestion", async () => {
    const graph = await graphOf(chain({ subscription: "", alarm: "" }));
    expect(suggestFor(graph)).toEqual(suggestFor(graph));
  });
});
