// The fixed reports that every format is rendered from: one per story a reader may be told.

import type { Cause, Finding, Remark, Report } from "../../src/model/finding.ts";
import {
  ALARM,
  CONTROL,
  FILTER,
  from,
  object,
  outside,
  PLAN,
  place,
  REQUIRED,
  report,
  SATISFIED,
  shown,
  stopped,
  TOPIC,
  TRAIL,
  text,
} from "./build.ts";
import { family } from "./family.ts";
import { hostile } from "./hostile.ts";

const REMARKS: readonly Remark[] = [
  {
    code: "pattern-counts-more",
    subject: FILTER,
    evidence: [],
    event: {
      eventSource: "ec2.amazonaws.com",
      eventName: "RunInstances",
      errorCode: "Client.InstanceLimitExceeded",
    },
  },
  { code: "rights-not-seen", subject: TOPIC, evidence: [], what: "queue" },
  {
    code: "assumption-used",
    subject: outside("sec-team@example.com"),
    evidence: [],
    assumption: "sec-team@example.com",
    reason: "confirmed on 2026-03-02",
  },
];

const satisfied = report([
  {
    ...SATISFIED,
    remarks: REMARKS,
    complaints: [
      {
        auditor: "prowler",
        version: "5.13",
        wants: "the two error codes in the order of the benchmark",
        source: "https://github.com/prowler-cloud/prowler",
      },
    ],
  },
]);

const noLogging: Cause = {
  code: "trail-not-logging",
  subject: TRAIL,
  evidence: [text(TRAIL, "enable_logging", "false")],
};
const oneRegion: Cause = {
  code: "trail-not-multi-region",
  subject: TRAIL,
  evidence: [shown(TRAIL, "is_multi_region_trail", { kind: "unset" })],
};
const atTrail: Finding = {
  ...stopped("violated", "trail", oneRegion, [
    ...oneRegion.evidence,
    ...noLogging.evidence,
    from(TRAIL, "cloud_watch_logs_group_arn", "aws_cloudwatch_log_group.trail.arn"),
  ]),
  causes: [oneRegion, noLogging],
};

const narrow = text(FILTER, "pattern", '{ $.errorCode = "AccessDenied*" }');
const atFilter = stopped(
  "violated",
  "filter",
  {
    code: "pattern-misses-event",
    subject: FILTER,
    evidence: [narrow],
    required: REQUIRED,
    actual: ['{ $.errorCode = "AccessDenied*" }'],
    event: {
      eventSource: "ec2.amazonaws.com",
      eventName: "RunInstances",
      errorCode: "Client.UnauthorizedOperation",
    },
    dropsEventsWithout: [],
  },
  [text(FILTER, "log_group_name", "/aws/cloudtrail"), narrow],
);

const atAlarm = stopped("violated", "alarm", {
  code: "no-alarm-on-metric",
  subject: ALARM,
  evidence: [
    text(FILTER, "metric_transformation.namespace", "CISBenchmark"),
    text(FILTER, "metric_transformation.name", "UnauthorizedAPICalls"),
    text(ALARM, "namespace", "CISBenchmark"),
    text(ALARM, "metric_name", "UnauthorizedApiCalls"),
  ],
  metric: { namespace: "CISBenchmark", name: "UnauthorizedAPICalls" },
  nearest: "letter-case",
});

const atAction = stopped("violated", "action", {
  code: "topic-in-other-region",
  subject: ALARM,
  evidence: [
    text(ALARM, "alarm_actions", '["arn:aws:sns:us-east-1:123456789012:security"]'),
    object(outside("arn:aws:sns:us-east-1:123456789012:security")),
  ],
  alarmRegion: "eu-central-1",
  topicRegion: "us-east-1",
});

/** The same without places in code, as it is where no sources are given. */
function inPlanOnly<T>(data: T): T {
  if (typeof data !== "object" || data === null) return data;
  if (Array.isArray(data)) return data.map(inPlanOnly) as T;
  const entries = Object.entries(data).map(([key, value]) => [
    key,
    key === "location" ? undefined : inPlanOnly(value),
  ]);
  return Object.fromEntries(entries);
}

const deepTopic = place('module.alerting["eu-central-1"].module.topics.aws_sns_topic.this["security"]');
const atSubscription = stopped("violated", "subscription", {
  code: "no-subscription",
  subject: deepTopic,
  evidence: [
    from(
      place("aws_cloudwatch_metric_alarm.denied"),
      "alarm_actions",
      'module.alerting["eu-central-1"].module.topics.aws_sns_topic.this["security"].arn',
    ),
  ],
});

const pending: Cause = {
  code: "subscription-pending",
  subject: place("aws_sns_topic_subscription.mail", 90),
  evidence: [
    text(place("aws_sns_topic_subscription.mail", 90), "protocol", "email"),
    text(place("aws_sns_topic_subscription.mail", 90), "endpoint", "sec-team@example.com"),
  ],
  protocol: "email",
};
const waived: Finding = {
  ...stopped("violated", "subscription", pending),
  waiver: {
    reason: "the mailbox is made next week, SEC-1234",
    expires: "2027-01-31",
    place: ".tfcheck.yaml:12:5",
  },
};

const theirTopic = outside("arn:aws:sns:eu-central-1:210987654321:org-security");
const undecided = stopped("undecided", "subscription", {
  code: "subscribers-outside-inputs",
  subject: theirTopic,
  evidence: [object(theirTopic)],
});

const nothing: Finding = {
  ...stopped("undecided", "trail", { code: "nothing-to-check", subject: undefined, evidence: [] }),
};

const attribute: Finding = {
  ...SATISFIED,
  control: {
    ...CONTROL,
    id: "aws-trail-kms-encryption",
    title: "The trail's log files are encrypted with a KMS key",
    severity: "high",
    benchmark: { name: "cis-aws-foundations", version: "5.0.0", number: "3.5" },
  },
  verdict: "violated",
  chain: [],
  causes: [
    {
      code: "attribute-differs",
      subject: TRAIL,
      evidence: [shown(TRAIL, "kms_key_id", { kind: "unset" })],
      attribute: "kms_key_id",
      expected: { name: "exists", value: true },
    },
  ],
};

/** Two plans, each judged by itself: the same break in both, and one control that only the second satisfies. */
function twoInputs(): Report {
  const [first, second] = ["network/plan.json", "app=eu/plan.json"] as const;
  return report(
    [
      { ...atAlarm, input: first },
      { ...nothing, input: first, control: { ...CONTROL, id: "aws-root-usage-alarm" } },
      { ...atAlarm, input: second },
      { ...SATISFIED, input: second, control: { ...CONTROL, id: "aws-root-usage-alarm" } },
    ],
    { inputs: [PLAN, PLAN].map((input, at) => ({ ...input, label: at === 0 ? first : second })) },
  );
}

/** By name; the name is the golden's file name as well. */
export const REPORTS: Readonly<Record<string, Report>> = {
  satisfied,
  "violated-at-trail": report([atTrail]),
  "violated-at-filter": report([atFilter]),
  "violated-at-alarm": report([atAlarm]),
  "violated-at-action": report([atAction]),
  "violated-at-subscription": inPlanOnly(report([atSubscription])),
  undecided: report([undecided], {
    inputs: [PLAN, { ...PLAN, label: "network/state.json", kind: "state", sha256: undefined }],
  }),
  "nothing-to-check": report([nothing]),
  waived: report([waived], {
    notes: [
      {
        code: "waiver-expired",
        place: ".tfcheck.yaml:18:5",
        subject: "aws-root-usage-alarm",
        detail: "2026-10-31",
      },
      {
        code: "more-controls-exist",
        place: undefined,
        subject: "aws-unauthorized-api-calls-alarm",
        detail: "18",
      },
    ],
  }),
  attribute: report([attribute]),
  family: family(),
  "one-trail-breaks-all": report(
    family().findings.map((finding) => ({
      ...atTrail,
      control: finding.control,
    })),
  ),
  hostile: hostile(),
  "two-inputs": twoInputs(),
};
