import { expect, test } from "vitest";
import type {
  CauseCode,
  CompositeDoubt,
  Evidence,
  NearMiss,
  Note,
  Place,
  PolicyProblem,
  Remark,
  SilentAlarm,
} from "../../../src/model/finding.ts";
import type { UnknownOrigin } from "../../../src/model/value.ts";
import { type CauseByCode, noteLinesOf } from "../../../src/report/words/told.ts";
import { tellCause, tellNote, tellRemark } from "../../../src/report/words.ts";

const place = (address: string): Place => ({ address, location: undefined, input: "plan.json" });

const evidence = (address: string, attribute: string, text: string): Evidence => ({
  place: place(address),
  attribute,
  value: { kind: "text", text },
});

const TRAIL = { subject: place("aws_cloudtrail.main"), evidence: [] };
const GROUP = { subject: place("aws_cloudwatch_log_group.trail"), evidence: [] };
const FILTER = { subject: place("aws_cloudwatch_log_metric_filter.denied"), evidence: [] };
const ALARM = { subject: place("aws_cloudwatch_metric_alarm.denied"), evidence: [] };
const TOPIC = { subject: place("aws_sns_topic.security"), evidence: [] };
const METRIC = { namespace: "CIS", name: "Denied" };
const ORIGIN: UnknownOrigin = { why: "after-apply", subject: "aws_sns_topic.security.arn" };

type Case<C extends CauseCode> = readonly [
  cause: CauseByCode[C],
  sentence: string,
  help: string | undefined,
  notes?: readonly string[],
];

const advanced: Evidence = { place: TRAIL.subject, attribute: "advanced_event_selector", value: undefined };
const gap = (how: CauseByCode["trail-misses-management-events"]["how"], inAdvanced = false) =>
  ({
    ...TRAIL,
    code: "trail-misses-management-events",
    how,
    evidence: inAdvanced ? [advanced] : [],
  }) as const;
const WITH_FILE = (what: string) => `give the plan or state of the stack that owns ${what} too: --with FILE`;
const SOURCE = "give the code as well: --source DIR";

const missing = (
  nearest: NearMiss | undefined,
  own: readonly Evidence[] = [],
): CauseByCode["no-alarm-on-metric"] => ({
  code: "no-alarm-on-metric",
  subject: ALARM.subject,
  evidence: [evidence("aws_cloudwatch_log_metric_filter.denied", "namespace", "CIS"), ...own],
  metric: METRIC,
  nearest,
});
const watching = (name: string, namespace: string) => [
  evidence("aws_cloudwatch_metric_alarm.denied", "metric_name", name),
  evidence("aws_cloudwatch_metric_alarm.denied", "namespace", namespace),
];
const NO_ALARM = 'no alarm watches metric "Denied" in namespace "CIS"';

const silent = (how: SilentAlarm, own: readonly Evidence[] = []): CauseByCode["alarm-cannot-fire"] => ({
  ...ALARM,
  code: "alarm-cannot-fire",
  how,
  evidence: own,
});
const setting = (attribute: string, text: string) => [
  evidence("aws_cloudwatch_metric_alarm.denied", attribute, text),
];
const always = (how: string): CauseByCode["alarm-always-on"] => ({ ...ALARM, code: "alarm-always-on", how });
const ON = "the alarm is always on, so no event changes it: ";

const pending = (protocol: string): CauseByCode["subscription-pending"] => ({
  code: "subscription-pending",
  subject: place("aws_sns_topic_subscription.mail"),
  evidence: [],
  protocol,
});
const refused = (problem: PolicyProblem): CauseByCode["filter-policy-refused"] => ({
  ...pending("sqs"),
  code: "filter-policy-refused",
  problem,
});
const REFUSES = "the subscription's filter policy is one that AWS refuses: ";
const COMPOSITE = { subject: place("aws_cloudwatch_composite_alarm.any"), evidence: [] };
const composite = (how: CompositeDoubt): CauseByCode["composite-alarm-not-decided"] => ({
  ...COMPOSITE,
  code: "composite-alarm-not-decided",
  how,
});
const unsubscribed = (
  nearest: NearMiss | undefined,
  subject: Place | undefined = TOPIC.subject,
): CauseByCode["no-subscription-on-topic"] => ({
  code: "no-subscription-on-topic",
  subject,
  evidence: [],
  nearest,
});
const notKnown = (why: UnknownOrigin["why"], subject: string): CauseByCode["not-known-before-apply"] => ({
  ...ALARM,
  code: "not-known-before-apply",
  attribute: "alarm_actions",
  origin: { why, subject },
});
const doubtful = (doubt: string): CauseByCode["may-not-exist"] => ({
  ...ALARM,
  code: "may-not-exist",
  doubt,
});

const CASES: { readonly [C in CauseCode]: readonly Case<C>[] } = {
  "nothing-to-check": [
    [
      { code: "nothing-to-check", subject: undefined, evidence: [] },
      "no CloudTrail trail and no metric filter is in the inputs, so nothing can be said",
      WITH_FILE("the trail"),
      ["looked for aws_cloudtrail and aws_cloudwatch_log_metric_filter"],
    ],
  ],
  "no-trail": [
    [
      { code: "no-trail", subject: undefined, evidence: [] },
      "no CloudTrail trail exists after apply, so no log group gets any event",
      "add an aws_cloudtrail with is_multi_region_trail = true that delivers to a CloudWatch log group",
    ],
  ],
  "trail-removed": [
    [
      { ...TRAIL, code: "trail-removed", how: "destroyed" },
      "the plan destroys the trail, and no other one records calls after apply",
      "keep aws_cloudtrail.main in the configuration",
    ],
    [
      { ...TRAIL, code: "trail-removed", how: "forgotten" },
      "the plan lets go of the trail without destroying it, and no other one is in the inputs",
      WITH_FILE("the trail from now on"),
    ],
  ],
  "trail-not-multi-region": [
    [
      { ...TRAIL, code: "trail-not-multi-region" },
      "the trail records one region only",
      "set is_multi_region_trail = true",
    ],
  ],
  "trail-not-logging": [
    [{ ...TRAIL, code: "trail-not-logging" }, "the trail is switched off", "set enable_logging = true"],
  ],
  "trail-without-log-group": [
    [
      { ...TRAIL, code: "trail-without-log-group" },
      "the trail delivers to no CloudWatch log group",
      'set cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.NAME.arn}:*"',
    ],
  ],
  "trail-misses-management-events": [
    [
      gap("no-management-events"),
      "the trail records no management events",
      "set include_management_events = true in the event_selector",
    ],
    [
      gap("no-management-events", true),
      "the trail records no management events",
      'add an advanced_event_selector with eventCategory equals ["Management"]',
    ],
    [
      gap("data-events-only", true),
      "the trail records data events only, no management events",
      'add an advanced_event_selector with eventCategory equals ["Management"]',
    ],
    [
      gap("write-only"),
      "the trail records writing calls only, so denied reads leave no trace",
      'set read_write_type = "All" in the event_selector',
    ],
    [
      gap("read-only", true),
      "the trail records reading calls only, so denied writes leave no trace",
      "remove the field_selector on readOnly",
    ],
    [
      gap("source-excluded"),
      "the trail leaves out the management events of some services",
      "remove exclude_management_event_sources from the event_selector",
    ],
    [
      gap("narrowed", true),
      "the trail's selectors leave out some management events",
      'leave eventCategory equals ["Management"] as the only field_selector',
    ],
  ],
  "log-group-without-trail": [
    [
      { ...GROUP, code: "log-group-without-trail" },
      "no trail delivers to this log group",
      'set cloud_watch_logs_group_arn of a multi-region trail to "${aws_cloudwatch_log_group.trail.arn}:*"',
    ],
  ],
  "trail-of-another-account": [
    [
      { ...TRAIL, code: "trail-of-another-account", account: "111122223333", asked: ["444455556666"] },
      "the trail is in account 111122223333 and records that one only, not 444455556666",
      WITH_FILE("the trail of 444455556666"),
    ],
  ],
  "trail-outside-inputs": [
    [
      { ...GROUP, code: "trail-outside-inputs" },
      "which trail feeds this log group is not in the inputs",
      WITH_FILE("the trail"),
    ],
  ],
  "trail-role-cannot-write": [
    [
      { ...TRAIL, code: "trail-role-cannot-write", how: "trust" },
      "the role that the trail writes to its log group with does not trust CloudTrail",
      "allow cloudtrail.amazonaws.com sts:AssumeRole in the role's assume_role_policy",
    ],
    [
      { ...TRAIL, code: "trail-role-cannot-write", how: "rights" },
      "no policy here lets the role that the trail writes with write to its log group",
      "allow the role logs:CreateLogStream and logs:PutLogEvents on the log group's streams",
    ],
  ],
  "trail-log-group-arn-incomplete": [
    [
      { ...TRAIL, code: "trail-log-group-arn-incomplete" },
      "the log group's ARN lacks the :* that CloudTrail asks for",
      "put :* behind cloud_watch_logs_group_arn",
    ],
  ],
  "no-filter": [
    [
      { ...GROUP, code: "no-filter", required: undefined },
      "no metric filter on this log group counts the calls that the control wants counted",
      "add an aws_cloudwatch_log_metric_filter on this log group",
    ],
    [
      {
        code: "no-filter",
        subject: undefined,
        evidence: [evidence("aws_cloudwatch_log_metric_filter.root", "pattern", "{ $.a = b }")],
        required: '{ $.errorCode = "AccessDenied*" }',
      },
      "no metric filter on the trail's log group counts the calls that the control wants counted",
      'add an aws_cloudwatch_log_metric_filter on the trail\'s log group with pattern = "{ $.errorCode = \\"AccessDenied*\\" }"',
      ["the filters that sit there count other calls"],
    ],
  ],
  "no-filter-on-log-group": [
    [
      { ...FILTER, code: "no-filter-on-log-group" },
      "the metric filter sits on a log group that the trail does not feed",
      "set log_group_name to the log group that the trail delivers to",
    ],
  ],
  "filters-outside-inputs": [
    [
      { ...GROUP, code: "filters-outside-inputs" },
      "the trail delivers to a log group outside the inputs, and which filters sit there is not known",
      WITH_FILE("the log group"),
    ],
  ],
  "pattern-misses-event": [
    [
      {
        ...FILTER,
        code: "pattern-misses-event",
        required: '{ $.errorCode = "*${Un%{author\\ized" }',
        actual: ["{ $.a = b }"],
        event: { errorCode: "Client.UnauthorizedOperation" },
        dropsEventsWithout: [],
      },
      "the filter pattern misses calls that the control wants counted",
      'pattern = "{ $.errorCode = \\"*$${Un%%{author\\\\ized\\" }"',
      ['this event slips through: { "errorCode": "Client.UnauthorizedOperation" }'],
    ],
    [
      {
        ...FILTER,
        code: "pattern-misses-event",
        required: "{ $.a = b }",
        actual: ["{ $.a = c }", "{ $.a = d }"],
        event: { a: "b" },
        dropsEventsWithout: ["$.vpcEndpointId", "$.b"],
      },
      "the filter patterns together miss calls that the control wants counted",
      'pattern = "{ $.a = b }"',
      [
        'this event slips through: { "a": "b" }',
        "events without $.vpcEndpointId or $.b are dropped too: != does not match a missing field",
      ],
    ],
  ],
  "pattern-matches-everyday-calls": [
    [
      {
        ...FILTER,
        code: "pattern-matches-everyday-calls",
        pattern: "",
        event: { eventName: "DescribeInstances" },
      },
      "the filter pattern also matches everyday calls, so the alarm is always on and tells of nothing",
      "narrow the pattern to the calls that the control asks for",
      ['this everyday event matches: { "eventName": "DescribeInstances" }'],
    ],
  ],
  "pattern-unreadable": [
    [
      {
        ...FILTER,
        code: "pattern-unreadable",
        pattern: "{ $.a = b",
        problem: "closing-brace-missing",
        offset: 9,
      },
      "the filter pattern cannot be read at character 10: the pattern starts with { and does not end with }",
      "write }",
      ["it reads well up to: { $.a = b"],
    ],
    [
      {
        ...FILTER,
        code: "pattern-unreadable",
        pattern: `${"x".repeat(60)}=`,
        problem: 'write "=" once',
        offset: 60,
      },
      'the filter pattern cannot be read at character 61: write "=" once',
      "correct the pattern at character 61",
      [`it reads well up to: …${"x".repeat(40)}`],
    ],
    [
      { ...FILTER, code: "pattern-unreadable", pattern: "x", problem: "some-new-problem", offset: 0 },
      "the filter pattern cannot be read at character 1: some new problem",
      "correct the pattern at character 1",
    ],
  ],
  "pattern-not-decided": [
    [
      { ...FILTER, code: "pattern-not-decided", pattern: "{ $.a = b }", why: "too-many-states" },
      "whether the filter pattern counts every call that the control wants could not be decided",
      "use the control's own pattern, or one closer to it",
      ["reason: too many states"],
    ],
  ],
  "log-group-class-without-metrics": [
    [
      { ...GROUP, code: "log-group-class-without-metrics", logGroupClass: "INFREQUENT_ACCESS" },
      'metric filters do not work on log groups of class "INFREQUENT_ACCESS"',
      'set log_group_class = "STANDARD"',
    ],
  ],
  "filter-on-transformed-logs": [
    [
      { ...FILTER, code: "filter-on-transformed-logs" },
      "the filter reads transformed logs, and what those look like is not in the inputs",
      "set apply_on_transformed_logs = false",
    ],
  ],
  "filter-not-understood": [
    [
      { ...FILTER, code: "filter-not-understood", attribute: "field_selection_criteria" },
      "what field_selection_criteria makes of the filter could not be worked out",
      "remove field_selection_criteria from the filter",
    ],
  ],
  "no-alarm": [
    [
      { ...FILTER, code: "no-alarm", metric: METRIC },
      NO_ALARM,
      'add an aws_cloudwatch_metric_alarm with metric_name = "Denied" and namespace = "CIS"',
    ],
    [
      { ...FILTER, code: "no-alarm", metric: { namespace: "", name: "" } },
      "no alarm watches the metric of this filter",
      "add an aws_cloudwatch_metric_alarm on the metric of this filter",
    ],
  ],
  "no-alarm-on-metric": [
    [
      missing("letter-case", watching("denied", "CIS")),
      NO_ALARM,
      'set metric_name = "Denied"',
      ["the two differ only in letter case, and metric names and namespaces are case sensitive"],
    ],
    [
      missing("other-namespace", watching("Denied", "cis-benchmark")),
      NO_ALARM,
      'set namespace = "CIS"',
      ["the nearest alarm watches the same metric name in another namespace"],
    ],
    [
      missing("other-name", watching("Root", "CIS")),
      NO_ALARM,
      'set metric_name = "Denied"',
      ["the nearest alarm watches another metric name in the same namespace"],
    ],
    [
      missing("filter-name-not-metric", watching("denied-filter", "CIS")),
      NO_ALARM,
      'set metric_name = "Denied"',
      ["the nearest alarm watches the filter's name; its metric has a name of its own"],
    ],
    [
      missing("other", watching("Root", "Other")),
      NO_ALARM,
      'set metric_name = "Denied" and namespace = "CIS"',
      ["the nearest alarm watches another metric"],
    ],
    [
      missing("other-region", watching("Denied", "CIS")),
      NO_ALARM,
      "make the alarm with the provider that makes the metric filter",
      ["the nearest alarm is in another region, and a metric exists only in its own"],
    ],
    [
      missing("other-account"),
      NO_ALARM,
      "make the alarm with the provider that makes the metric filter",
      ["the nearest alarm is in another account, and a metric exists only in its own"],
    ],
    [
      missing("other-key"),
      NO_ALARM,
      'set metric_name = "Denied" and namespace = "CIS"',
      ["the nearest alarm belongs to another instance key"],
    ],
    [
      missing("dimensions"),
      NO_ALARM,
      "remove dimensions from the alarm and from the filter's metric_transformation",
      ["the nearest alarm asks for other dimensions"],
    ],
    [
      { ...missing(undefined), metric: { namespace: "", name: "" } },
      "no alarm watches the metric of this filter",
      "let the alarm's metric_name and namespace refer to the filter's metric",
    ],
  ],
  "alarm-cannot-fire": [
    [
      silent("metric-value-zero"),
      "the filter writes 0 for every event, so the metric never rises",
      'set value = "1" in the filter\'s metric_transformation',
    ],
    [
      silent("metric-value-below-threshold"),
      "one event does not reach the alarm's threshold",
      "set threshold = 1",
    ],
    [
      silent("metric-value-below-threshold", setting("comparison_operator", "GreaterThanThreshold")),
      "one event does not reach the alarm's threshold",
      "set threshold = 0",
    ],
    [
      silent("metric-value-not-a-number"),
      "the filter writes a value that is not a number",
      'set value = "1" in the filter\'s metric_transformation',
    ],
    [
      silent("wrong-comparison"),
      "the alarm goes off when events stay away, not when one comes",
      'set comparison_operator = "GreaterThanOrEqualToThreshold"',
    ],
    [
      silent("diluted-by-default-value"),
      "default values in the same period pull the statistic below the threshold",
      'set statistic = "Sum"',
    ],
    [
      silent("several-periods-needed"),
      "one event is not enough: several periods have to breach",
      "set evaluation_periods = 1",
    ],
    [
      silent("several-periods-needed", setting("datapoints_to_alarm", "2")),
      "one event is not enough: several periods have to breach",
      "set datapoints_to_alarm = 1",
    ],
    [
      silent("unit-differs"),
      "the alarm looks at another unit than the filter writes",
      "remove unit from the alarm",
    ],
    [
      silent("metric-has-dimensions"),
      "the filter splits its metric by dimensions, so the alarm sees a part of the events at most",
      "remove dimensions from the filter's metric_transformation",
    ],
    [
      silent("dimension-nobody-emits"),
      "the alarm asks for dimensions that the filter does not write",
      "remove dimensions from the alarm",
    ],
    [
      silent("evaluation-too-long"),
      "the alarm looks back further than AWS allows: a week, or a day with periods below an hour",
      "set evaluation_periods = 1",
    ],
    [
      silent("more-datapoints-than-periods"),
      "the alarm wants more breaching datapoints than it looks at",
      "set datapoints_to_alarm = 1",
    ],
  ],
  "alarm-always-on": [
    [
      always("default-value-breaches"),
      `${ON}the filter's default value breaches the threshold by itself`,
      'set default_value = "0" in the filter\'s metric_transformation',
    ],
    [
      always("missing-data-breaches"),
      `${ON}periods without any event count as breaching`,
      'set treat_missing_data = "notBreaching"',
    ],
    [
      always("filled-value-breaches"),
      `${ON}the value that FILL writes breaches the threshold by itself`,
      "let FILL write 0",
    ],
    [always("some-new-way"), `${ON}some new way`, undefined],
  ],
  "alarm-not-understood": [
    [
      { ...ALARM, code: "alarm-not-understood", what: "ANOMALY_DETECTION_BAND(m1)" },
      "what sets this alarm off could not be worked out",
      "let the alarm watch the filter's metric itself, with metric_name, namespace and threshold",
      ["not worked out: ANOMALY_DETECTION_BAND(m1)"],
    ],
  ],
  "alarm-muted": [
    [
      { ...ALARM, code: "alarm-muted" },
      "a mute rule keeps this alarm silent for good",
      "take the alarm out of the mute rule",
    ],
  ],
  "composite-alarm-not-decided": [
    [
      composite("other-alarms"),
      "whether the composite alarm goes off with this one depends on other alarms",
      "give the alarm itself the topic in alarm_actions",
    ],
    [
      composite("rule-not-read"),
      "the composite alarm's rule could not be read",
      "write alarm_rule with ALARM, AND, OR, NOT and parentheses",
    ],
    [
      composite("suppressor"),
      "the composite alarm's suppressor may be in ALARM at the time, and would hold its actions back",
      "give the alarm itself the topic in alarm_actions",
    ],
  ],
  "alarm-suppressed": [
    [
      { ...COMPOSITE, code: "alarm-suppressed" },
      "the composite alarm's suppressor is always in ALARM, so its actions never run",
      "remove actions_suppressor from the composite alarm",
    ],
  ],
  "alarm-actions-disabled": [
    [
      { ...ALARM, code: "alarm-actions-disabled" },
      "the alarm's actions are switched off",
      "set actions_enabled = true",
    ],
  ],
  "alarm-without-actions": [
    [
      { ...ALARM, code: "alarm-without-actions" },
      "the alarm has no action, so it tells nobody",
      "set alarm_actions = [aws_sns_topic.NAME.arn]",
    ],
  ],
  "alarm-actions-without-topic": [
    [
      { ...ALARM, code: "alarm-actions-without-topic" },
      "none of the alarm's actions is an SNS topic",
      "add an SNS topic's ARN to alarm_actions",
    ],
  ],
  "topic-in-other-region": [
    [
      { ...ALARM, code: "topic-in-other-region", alarmRegion: "eu-west-1", topicRegion: "us-east-1" },
      "the topic is in us-east-1, and an alarm in eu-west-1 reaches topics of its own region only",
      "use a topic in eu-west-1",
    ],
  ],
  "topic-key-shuts-cloudwatch-out": [
    [
      { ...TOPIC, code: "topic-key-shuts-cloudwatch-out", how: "aws-managed-key" },
      "the topic is encrypted with the AWS managed key, which CloudWatch may not use",
      "set kms_master_key_id to a key of your own whose policy lets cloudwatch.amazonaws.com use it",
    ],
    [
      { ...TOPIC, code: "topic-key-shuts-cloudwatch-out", how: "key-policy" },
      "the policy of the topic's key does not let CloudWatch use it",
      "allow cloudwatch.amazonaws.com kms:GenerateDataKey* and kms:Decrypt in the key's policy",
    ],
    [
      { ...TOPIC, code: "topic-key-shuts-cloudwatch-out", how: "key-disabled" },
      "the topic is encrypted with a key that is disabled",
      "set is_enabled = true",
    ],
  ],
  "topic-policy-shuts-cloudwatch-out": [
    [
      { ...TOPIC, code: "topic-policy-shuts-cloudwatch-out" },
      "the topic's policy does not let CloudWatch publish",
      "allow cloudwatch.amazonaws.com sns:Publish in the topic's policy",
    ],
  ],
  "no-subscription": [
    [
      { ...TOPIC, code: "no-subscription" },
      "nobody is subscribed to this topic",
      "add an aws_sns_topic_subscription with topic_arn = aws_sns_topic.security.arn",
    ],
    [
      { code: "no-subscription", subject: undefined, evidence: [] },
      "nobody is subscribed to this topic",
      "add an aws_sns_topic_subscription to the topic",
    ],
  ],
  "no-subscription-on-topic": [
    [
      unsubscribed("other-key"),
      "no subscription is on this topic",
      "set topic_arn = aws_sns_topic.security.arn",
      ["the nearest subscription is on another instance of the same topic"],
    ],
    [
      unsubscribed(undefined, place("arn:aws:sns:eu-west-1:123456789012:security")),
      "no subscription is on this topic",
      'set topic_arn = "arn:aws:sns:eu-west-1:123456789012:security"',
      ["the subscriptions here are on other topics"],
    ],
    ...(
      [
        ["other-name", "the nearest subscription is on another topic"],
        ["other-region", "the nearest subscription is on a topic in another region"],
        ["other-account", "the nearest subscription is on a topic in another account"],
        ["letter-case", "the nearest subscription names the topic in other letter case"],
        ["other", "the nearest subscription is on another topic"],
      ] as const
    ).map(
      ([nearest, note]): Case<"no-subscription-on-topic"> => [
        unsubscribed(nearest),
        "no subscription is on this topic",
        "set topic_arn = aws_sns_topic.security.arn",
        [note],
      ],
    ),
  ],
  "subscription-pending": [
    [
      pending("email"),
      "the email subscription stays unconfirmed until a person acts on it",
      "let somebody confirm it after apply, and accept that with --accept-pending",
    ],
    [
      pending(""),
      "the subscription stays unconfirmed until a person acts on it",
      "let somebody confirm it after apply, and accept that with --accept-pending",
    ],
    [
      pending("https"),
      "the https subscription stays unconfirmed until its endpoint answers, and nothing says that it will",
      "set endpoint_auto_confirms = true if the endpoint confirms by itself",
    ],
  ],
  "subscription-filters-alarm-away": [
    [
      {
        code: "subscription-filters-alarm-away",
        subject: place("aws_sns_topic_subscription.queue"),
        evidence: [],
      },
      "the subscription's filter policy lets no message of the alarm through",
      "remove filter_policy from the subscription",
    ],
  ],
  "filter-policy-refused": [
    [refused("not-json"), `${REFUSES}it is not JSON`, "write filter_policy with jsonencode"],
    [refused("too-large"), `${REFUSES}it is larger than 256 KB`, "shorten filter_policy"],
    [
      refused("not-an-object"),
      `${REFUSES}it is not an object`,
      'write filter_policy = jsonencode({ NewStateValue = ["ALARM"] })',
    ],
    [
      refused("too-many-keys"),
      `${REFUSES}it has more than five keys`,
      "use five keys at most in filter_policy",
    ],
    [
      refused("too-complex"),
      `${REFUSES}its lists make more than 150 combinations`,
      "list fewer values in filter_policy",
    ],
    [
      refused("empty-list"),
      `${REFUSES}a key has an empty list`,
      "list a value, or remove the key from filter_policy",
    ],
    [
      refused("not-a-list"),
      `${REFUSES}a key has a value that is no list`,
      "put the value into a list in filter_policy",
    ],
    [refused("nested-list"), `${REFUSES}a list stands within a list`, "list plain values in filter_policy"],
    [
      refused("nested-on-attributes"),
      `${REFUSES}it asks for something within an attribute`,
      'set filter_policy_scope = "MessageBody"',
    ],
    [
      refused("several-operators"),
      `${REFUSES}an object has other than one operator`,
      "give each operator an object of its own",
    ],
    [
      refused("operand"),
      `${REFUSES}an operator has a value that it does not take`,
      "correct the value in filter_policy",
    ],
  ],
  "filter-policy-not-decided": [
    [
      { ...pending("sqs"), code: "filter-policy-not-decided" },
      "whether the subscription's filter policy lets the alarm's message through could not be decided",
      "filter on a part of the message that the alarm fixes, such as NewStateValue or AlarmName",
    ],
  ],
  "queue-shuts-topic-out": (
    [
      [
        "no-policy",
        "nothing in the inputs lets the topic send to this queue: it has no policy here",
        "allow sns.amazonaws.com sqs:SendMessage in an aws_sqs_queue_policy of the queue",
      ],
      [
        "queue-policy",
        "the queue's policy does not let the topic send to it",
        "allow sns.amazonaws.com sqs:SendMessage in the queue's policy",
      ],
      [
        "aws-managed-key",
        "the queue is encrypted with the AWS managed key, which SNS may not use",
        "set kms_master_key_id to a key of your own whose policy lets sns.amazonaws.com use it",
      ],
      [
        "key-policy",
        "the policy of the queue's key does not let SNS use it",
        "allow sns.amazonaws.com kms:GenerateDataKey* and kms:Decrypt in the key's policy",
      ],
      ["key-disabled", "the queue is encrypted with a key that is disabled", "set is_enabled = true"],
    ] as const
  ).map(
    ([how, sentence, help]): Case<"queue-shuts-topic-out"> => [
      { code: "queue-shuts-topic-out", subject: place("aws_sqs_queue.inbox"), evidence: [], how },
      sentence,
      help,
    ],
  ),
  "function-shuts-topic-out": (
    [
      ["no-permission", "no permission here lets the topic call the function"],
      ["other-permission", "the function's permissions do not let this topic call it"],
    ] as const
  ).map(
    ([how, sentence]): Case<"function-shuts-topic-out"> => [
      { code: "function-shuts-topic-out", subject: place("aws_lambda_function.notify"), evidence: [], how },
      sentence,
      'add an aws_lambda_permission with principal = "sns.amazonaws.com" and source_arn = the topic\'s ARN',
    ],
  ),
  "stream-role-cannot-write": (
    [
      [
        "no-role",
        "a subscription of a delivery stream needs a role, and has none",
        "set subscription_role_arn to a role that sns.amazonaws.com may assume",
      ],
      [
        "trust",
        "the role that SNS writes to the delivery stream with does not trust SNS",
        "allow sns.amazonaws.com sts:AssumeRole in the role's assume_role_policy",
      ],
      [
        "rights",
        "no policy here lets the role that SNS writes with write to the delivery stream",
        "allow the role firehose:PutRecord and firehose:PutRecordBatch on the delivery stream",
      ],
    ] as const
  ).map(
    ([how, sentence, help]): Case<"stream-role-cannot-write"> => [
      { code: "stream-role-cannot-write", subject: place("aws_iam_role.firehose"), evidence: [], how },
      sentence,
      help,
    ],
  ),
  "endpoint-not-for-topic": (
    [
      [
        "fifo-topic",
        "a FIFO topic delivers to SQS queues only",
        "subscribe a queue, or use a standard topic",
      ],
      ["fifo-queue", "a standard topic does not deliver to a FIFO queue", "subscribe a standard queue"],
    ] as const
  ).map(
    ([how, sentence, help]): Case<"endpoint-not-for-topic"> => [
      { ...TOPIC, code: "endpoint-not-for-topic", how },
      sentence,
      help,
    ],
  ),
  "subscribers-outside-inputs": [
    [
      { ...TOPIC, code: "subscribers-outside-inputs" },
      "who receives this topic is not in the inputs",
      WITH_FILE("the topic"),
    ],
  ],
  "not-known-before-apply": [
    [notKnown("after-apply", "x"), "alarm_actions is known only after apply", SOURCE],
    [
      notKnown("local-without-sources", "local.topic"),
      "alarm_actions comes from local.topic, and the plan's JSON holds no locals",
      SOURCE,
    ],
    [
      notKnown("variable-unset", "var.topic"),
      "alarm_actions comes from var.topic, which has no value here",
      "give var.topic a value, or check a plan made with one",
    ],
    [
      notKnown("data-source", "data.aws_sns_topic.security"),
      "alarm_actions comes from data.aws_sns_topic.security, which is read at apply",
      WITH_FILE("it"),
    ],
    [
      notKnown("module-not-installed", "module.alarms"),
      "alarm_actions comes from module.alarms, which is not installed",
      "terraform init",
    ],
    [notKnown("function", "each.value"), "alarm_actions is worked out at apply, from each.value", SOURCE],
    [notKnown("expression", ""), "alarm_actions is worked out at apply", SOURCE],
    [
      notKnown("not-in-plan", "aws_sns_topic.old"),
      "alarm_actions comes from aws_sns_topic.old, which is not in the inputs",
      WITH_FILE("it"),
    ],
  ],
  "may-not-exist": [
    [
      doubtful("forgotten"),
      "the plan lets go of this object without destroying it, so nobody here knows what becomes of it",
      WITH_FILE("it from now on"),
    ],
    [
      doubtful("deferred"),
      "the plan puts this object off to a later run",
      "apply, plan again and check the second plan",
    ],
    [
      doubtful("action-not-known"),
      "the plan does something with this object that tfcheck does not know",
      undefined,
    ],
    [doubtful("count-not-known"), "whether this object exists is known only after apply", SOURCE],
    [doubtful("something else"), "whether this object exists is not known: something else", undefined],
  ],
  "more-may-exist": [
    [
      { ...TOPIC, code: "more-may-exist", type: "aws_sns_topic_subscription", origin: ORIGIN },
      "how many aws_sns_topic_subscription there will be is known only after apply",
      SOURCE,
    ],
  ],
  "attribute-differs": (
    [
      [{ name: "exists", value: true }, "kms_key_id has to be set", "set kms_key_id"],
      [{ name: "exists", value: false }, "kms_key_id has to be left out", "remove kms_key_id"],
      [{ name: "equals", value: true }, "kms_key_id has to be true", "set kms_key_id = true"],
      [{ name: "equals", value: 'a"b' }, 'kms_key_id has to be "a\\"b"', 'set kms_key_id = "a\\"b"'],
      [
        { name: "in", values: ["a", 1] },
        'kms_key_id has to be one of "a", 1',
        'set kms_key_id to one of "a", 1',
      ],
      [
        { name: "matches", pattern: "^arn:" },
        "kms_key_id has to match ^arn:",
        "set kms_key_id to a text that matches ^arn:",
      ],
      [{ name: "at-least", value: 365 }, "kms_key_id has to be at least 365", "set kms_key_id = 365"],
      [{ name: "at-most", value: 60 }, "kms_key_id has to be at most 60", "set kms_key_id = 60"],
      [
        { name: "references", type: "aws_kms_key" },
        "kms_key_id has to refer to an object of type aws_kms_key",
        "set kms_key_id = aws_kms_key.NAME.arn",
      ],
    ] as const
  ).map(
    ([expected, sentence, help]): Case<"attribute-differs"> => [
      { ...TRAIL, code: "attribute-differs", attribute: "kms_key_id", expected },
      sentence,
      help,
    ],
  ),
  "no-such-resource": [
    [
      { code: "no-such-resource", subject: undefined, evidence: [], type: "aws_cloudtrail" },
      "no aws_cloudtrail is in the inputs",
      WITH_FILE("an aws_cloudtrail"),
    ],
    [
      { code: "no-such-resource", subject: undefined, evidence: [], type: "google_thing" },
      "no google_thing is in the inputs",
      WITH_FILE("a google_thing"),
    ],
  ],
};

test.each(Object.entries(CASES))("the cause %s has its sentence, notes and help", (code, cases) => {
  expect(cases.length).toBeGreaterThan(0);
  for (const [cause, sentence, help, notes = []] of cases) {
    expect(cause.code).toBe(code);
    const wording = tellCause(cause);
    expect({ sentence: wording.sentence, help: wording.help, notes: noteLinesOf(wording) }).toEqual({
      sentence,
      help,
      notes,
    });
  }
});

test("every sentence begins in lower case or with the user's own word, and has no final stop", () => {
  for (const [cause] of Object.values(CASES).flat()) {
    const { sentence, help, notes } = tellCause(cause);
    for (const text of [sentence, ...(help === undefined ? [] : [help]), ...notes]) {
      expect(text).toMatch(/^[a-z$]/);
      expect(text).not.toMatch(/[.!]$|\b(?:please|invalid|unexpected|failed)\b/i);
    }
    expect(sentence.length).toBeLessThanOrEqual(110);
  }
});

const REMARKS: { readonly [C in Remark["code"]]: readonly [Extract<Remark, { code: C }>, string] } = {
  "pattern-counts-more": [
    { ...FILTER, code: "pattern-counts-more", event: { errorCode: "Throttling" } },
    'the pattern also counts calls that the control does not ask for, such as { "errorCode": "Throttling" }',
  ],
  "patterns-cover-together": [
    { ...FILTER, code: "patterns-cover-together" },
    "no single filter counts every call that the control wants; together they do",
  ],
  "pending-accepted": [
    { ...TOPIC, code: "pending-accepted" },
    "the subscription has yet to be confirmed; accepted by --accept-pending",
  ],
  "assumption-used": [
    { ...TOPIC, code: "assumption-used", assumption: "sec@example.com", reason: "confirmed in March" },
    'taken as given: "sec@example.com", because confirmed in March',
  ],
  "rights-not-seen": [
    { ...TRAIL, code: "rights-not-seen", what: "role" },
    "the role that CloudTrail writes with is not in the inputs, and is taken to do its part",
  ],
  "break-taken-as-remark": [
    { ...TOPIC, code: "break-taken-as-remark", cause: "topic-policy-shuts-cloudwatch-out", proven: true },
    "topic-policy-shuts-cloudwatch-out would break the chain here; the configuration takes it as a remark",
  ],
  "exclusion-drops-events": [
    { ...FILTER, code: "exclusion-drops-events", selectors: ["$.vpcEndpointId"] },
    "events without $.vpcEndpointId are dropped too: != does not match a missing field",
  ],
  "more-than-one-event-needed": [
    { ...ALARM, code: "more-than-one-event-needed", count: 5 },
    "it takes 5 events within one period to set the alarm off",
  ],
  "alarm-muted-at-times": [
    { ...ALARM, code: "alarm-muted-at-times" },
    "a mute rule keeps this alarm silent at times; an event in such a time tells nobody at once",
  ],
  "references-without-literals": [
    { ...ALARM, code: "references-without-literals" },
    "the plan's JSON lists what an expression refers to, not the texts written beside it",
  ],
  "organization-trail-counts": [
    { ...TRAIL, code: "organization-trail-counts", account: "111122223333", asked: ["444455556666"] },
    "the trail of account 111122223333 records the whole organization, to which 444455556666 is taken to belong",
  ],
  "partial-plan": [
    { code: "partial-plan", subject: undefined, evidence: [], mode: "partial" },
    "a plan made with -target or -exclude: objects left out of it are as they were",
  ],
  "reading-chosen": [
    { ...FILTER, code: "reading-chosen", reading: "&& binds tighter than ||" },
    "AWS documents no rule here; read as: && binds tighter than ||",
  ],
};

test.each(Object.values(REMARKS))("the remark $code has its sentence", (remark, sentence) => {
  expect(tellRemark(remark)).toBe(sentence);
});

test.each([
  ["refresh-only", "a refresh-only plan: it tells how things are, not what the code would change"],
  ["destroy", "a destroy plan: it removes what it manages"],
] as const)("a %s plan is remarked on", (mode, sentence) => {
  expect(tellRemark({ code: "partial-plan", subject: undefined, evidence: [], mode })).toBe(sentence);
});

test("a break that is taken as a remark may not be one", () => {
  const remark: Remark = { ...TOPIC, code: "break-taken-as-remark", cause: "alarm-muted", proven: false };
  expect(tellRemark(remark)).toBe(
    "alarm-muted may break the chain here; the configuration takes it as a remark",
  );
});

const NOTES: {
  readonly [C in Note["code"]]: readonly (readonly [
    detail: string | undefined,
    string,
    string | undefined,
  ])[];
} = {
  "waiver-unused": [
    [
      "aws_sns_topic.*",
      "the waiver for SUBJECT at aws_sns_topic.* accepts nothing any more",
      "remove the waiver",
    ],
    [undefined, "the waiver for SUBJECT accepts nothing any more", "remove the waiver"],
  ],
  "waiver-expired": [
    [
      "2026-01-31",
      "the waiver for SUBJECT no longer counts: it expired on 2026-01-31",
      "repair what it accepted, or give it a new reason and date",
    ],
    [
      undefined,
      "the waiver for SUBJECT no longer counts",
      "repair what it accepted, or give it a new reason and date",
    ],
  ],
  "assumption-unused": [[undefined, "the assumption about SUBJECT was not needed", "remove the assumption"]],
  "sources-do-not-fit": [
    [
      "aws_sns_topic.a is not in them",
      "the sources do not belong to this plan: aws_sns_topic.a is not in them",
      "give the code that the plan was made from: --source DIR",
    ],
  ],
  "benchmark-has-no-number": [
    ["cis-aws-foundations 7.0.0", "SUBJECT has no number in cis-aws-foundations 7.0.0", undefined],
  ],
  "state-is-checked": [[undefined, "a state tells what is, not what an apply will change", undefined]],
  "input-outdated": [
    [
      "aws_sns_topic.a (policy)",
      "differs from what SUBJECT knows of the same objects: aws_sns_topic.a (policy); SUBJECT counts",
      "give a state of the moment at which the plan was made",
    ],
  ],
  "inputs-contradict": [
    [
      "aws_sns_topic.a (policy)",
      "says other things than SUBJECT of the same objects: aws_sns_topic.a (policy); what differs counts as not known",
      "give inputs of one moment: plan both stacks again",
    ],
  ],
  "remote-state-taken": [["b.json", "SUBJECT is taken to read the outputs of b.json", undefined]],
  "more-controls-exist": [
    [
      "18",
      "one control was checked, 18 more exist",
      "check a whole benchmark with --benchmark NAME@VERSION, or pick controls with --control ID",
    ],
    [
      undefined,
      "one control was checked",
      "check a whole benchmark with --benchmark NAME@VERSION, or pick controls with --control ID",
    ],
  ],
  "output-not-given": [["aws x y", "SUBJECT is taken to be in order: no output tells of it", "aws x y"]],
  "output-region-taken": [
    [
      "eu-west-1",
      "this output is empty and names no region; it is taken to be of eu-west-1",
      "put it in a folder called eu-west-1",
    ],
  ],
  "output-not-read": [[undefined, "this file is not the output of a command that an audit reads", undefined]],
  "command-refused": [
    [
      "AccessDenied",
      'AWS did not answer "SUBJECT": AccessDenied',
      "allow it to whoever audits, and ask again",
    ],
    [undefined, 'AWS did not answer "SUBJECT"', "allow it to whoever audits, and ask again"],
  ],
};

test.each(Object.entries(NOTES))("the note %s has its sentence", (code, cases) => {
  for (const [detail, sentence, help] of cases) {
    const note = { code: code as Note["code"], place: undefined, subject: "SUBJECT", detail };
    expect(tellNote(note)).toMatchObject({ sentence, help });
  }
});
