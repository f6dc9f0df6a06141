// Knowing less never turns an answer round: with any one known value hidden, each judgement of src/aws says the same
// or that it cannot tell.

import fc from "fast-check";
import { expect, test } from "vitest";
import { actionsEnabled, firesOnOneEvent } from "../../src/aws/alarm.ts";
import { alarmMessage } from "../../src/aws/alarm-message.ts";
import {
  createCompositeRules,
  type NamedAlarm,
  ruleFiresWith,
  suppressorLeavesAlone,
} from "../../src/aws/composite-alarm.ts";
import { letsTopicSend, permissionLetsTopicCall } from "../../src/aws/endpoint-policy.ts";
import { globMatches } from "../../src/aws/glob.ts";
import { isAwsManagedKey, letsServiceUseKey } from "../../src/aws/key-policy.ts";
import { emittedMetric, sameMetric, watchedMetrics } from "../../src/aws/metric.ts";
import { mutesAlarm, mutesForEver } from "../../src/aws/mute-rule.ts";
import { granted } from "../../src/aws/policy-evaluation.ts";
import { type ArnOwner, letsCloudWatchPublish } from "../../src/aws/publish-policy.ts";
import {
  effectsOnAction,
  letsServiceAssume,
  TRAIL_ACTIONS,
  trailStreams,
} from "../../src/aws/role-policy.ts";
import { sameText } from "../../src/aws/same-text.ts";
import { confirmation, letsAlarmThrough } from "../../src/aws/subscription.ts";
import { isLogging, isMultiRegion, recordsManagementEvents } from "../../src/aws/trail.ts";
import { all, any, isUnset, type Tri, type Value } from "../../src/model/value.ts";
import { LATER, type Plain, reader, reference, text, value } from "../unit/aws/build.ts";
import { blocks, documentOf } from "../unit/aws/policies.ts";

type Attributes = Readonly<Record<string, Plain>>;

/** A value that is there, or not set. */
const maybeUnset = (...values: readonly Plain[]) => fc.constantFrom<Plain>(null, ...values);
const some = (item: fc.Arbitrary<Plain>) => fc.array(item, { maxLength: 3 });

/** Every way to hide one part of a value. */
function hiddenVariants(whole: Value): readonly Value[] {
  switch (whole.kind) {
    case "known":
      return whole.value === null ? [LATER] : [LATER, ...hiddenPieces(whole)];
    case "list":
      return [
        LATER,
        ...whole.elements.flatMap((element, at) =>
          hiddenVariants(element).map((hidden) => ({ ...whole, elements: whole.elements.with(at, hidden) })),
        ),
      ];
    case "map":
      return [
        LATER,
        ...[...whole.entries].flatMap(([key, item]) =>
          hiddenVariants(item).map((hidden) => ({
            ...whole,
            entries: new Map([...whole.entries, [key, hidden] as const]),
          })),
        ),
      ];
    case "reference":
    case "text":
    case "unknown":
      return [LATER];
    default:
      return whole satisfies never;
  }
}

/** Strings with their beginning or their end hidden; in JSON the strings within. */
function hiddenPieces(whole: Value): readonly Value[] {
  if (whole.kind !== "known" || typeof whole.value !== "string") return [];
  const written = whole.value;
  if (!written.startsWith("{")) {
    const middle = Math.floor(written.length / 2);
    return [text(written.slice(0, middle), LATER), text(LATER, written.slice(middle))];
  }
  return [...written.matchAll(/"([^"]*)"(?!:)/g)].map((match) =>
    text(written.slice(0, match.index + 1), LATER, written.slice(match.index + 1 + (match[1] ?? "").length)),
  );
}

function variants(attributes: Attributes): readonly Attributes[] {
  return Object.entries(attributes).flatMap(([name, plain]) =>
    hiddenVariants(value(plain)).map((hidden) => ({ ...attributes, [name]: hidden })),
  );
}

/** Asserts the property for a judgement over attributes. */
function neverTurns(inputs: fc.Arbitrary<Attributes>, judge: (attributes: Attributes) => Tri): void {
  const seen = new Set<Tri>();
  const property = fc.property(inputs, (attributes) => {
    const answer = judge(attributes);
    seen.add(answer);
    for (const variant of variants(attributes)) {
      const answered = judge(variant);
      if (answered !== "maybe") expect({ variant, answered }).toEqual({ variant, answered: answer });
    }
  });
  fc.assert(property, { seed: 20261124, numRuns: 300, interruptAfterTimeLimit: 5000 });
  // A generator that never decides would prove nothing.
  expect([...seen]).toEqual(expect.arrayContaining(["yes", "no"]));
}

const sources = some(fc.constantFrom("kms.amazonaws.com", "rdsdata.amazonaws.com"));
const classicSelectors = some(
  fc.record({
    include_management_events: maybeUnset(true, false),
    read_write_type: maybeUnset("All", "ReadOnly", "WriteOnly"),
    exclude_management_event_sources: sources,
  }),
);
const fieldSelector = fc.oneof(
  fc.constantFrom<Plain>(
    { field: "eventCategory", equals: ["Management"] },
    { field: "eventCategory", equals: ["Management"] },
    { field: "eventCategory", equals: ["Data"] },
    { field: "readOnly", equals: ["true"] },
    { field: "readOnly", equals: ["false"] },
    { field: "eventName", equals: ["RunInstances"] },
    { field: "eventSource", not_starts_with: ["kms"] },
  ),
  sources.map((list) => ({ field: "eventSource", not_equals: list })),
  sources.map((list) => ({ field: "eventSource", equals: list })),
);
const advancedSelectors = some(fc.record({ field_selector: some(fieldSelector) }));

test("trails: management events", () => {
  const trails = fc.oneof(
    fc.record({ event_selector: classicSelectors }),
    fc.record({ event_selector: fc.constant([]), advanced_event_selector: advancedSelectors }),
  );
  neverTurns(trails, (trail) => recordsManagementEvents(reader(trail)).answer);
});

test("trails and alarms: switches", () => {
  const switched = (name: string) => fc.record({ [name]: maybeUnset(true, false, "true", "false") });
  neverTurns(switched("is_multi_region_trail"), (trail) => isMultiRegion(reader(trail)).answer);
  neverTurns(switched("enable_logging"), (trail) => isLogging(reader(trail)).answer);
  neverTurns(switched("actions_enabled"), (alarm) => actionsEnabled(reader(alarm)).answer);
});

const names = fc.constantFrom<Plain>("M", "m", "f", "Other");
const namespaces = fc.constantFrom<Plain>("N", "n", "AWS/EC2");
const statistics = fc.constantFrom<Plain>(
  "Sum",
  "Sum",
  "Average",
  "Minimum",
  "Maximum",
  "SampleCount",
  "p99",
  "tm90",
);
const transformation = fc.record({
  name: fc.constant("M"),
  namespace: fc.constant("N"),
  value: fc.constantFrom<Plain>("1", "1", "0", "2", "$.eventName", "$.count"),
  default_value: maybeUnset("0", "1"),
  unit: maybeUnset("None", "Count"),
  dimensions: maybeUnset(null, null, { Name: "$.eventName" }, { Account: "$.recipientAccountId" }),
});
const settings = {
  threshold: maybeUnset(0, 1, 2),
  comparison_operator: fc.constantFrom<Plain>(
    "GreaterThanThreshold",
    "GreaterThanOrEqualToThreshold",
    "GreaterThanOrEqualToThreshold",
    "LessThanThreshold",
    "GreaterThanUpperThreshold",
  ),
  evaluation_periods: fc.constantFrom<Plain>(1, 1, 2, 3),
  datapoints_to_alarm: maybeUnset(null, 1, 2),
  treat_missing_data: maybeUnset("missing", "ignore", "breaching", "notBreaching"),
  evaluate_low_sample_count_percentiles: maybeUnset("evaluate", "ignore"),
};
const ownMetric = fc.record({
  ...settings,
  metric_name: names,
  namespace: namespaces,
  statistic: statistics,
  period: fc.constantFrom<Plain>(60, 300),
  unit: maybeUnset(null, "None", "Count"),
  dimensions: maybeUnset(null, null, { Name: "x" }, { Account: "1" }),
});
const query = (id: string) =>
  fc.record({ name: names, namespace: namespaces, stat: statistics }).map(({ name, namespace, stat }) => ({
    id,
    metric: [{ metric_name: name, namespace, stat, period: 300 }],
  }));
const expressions = fc.constantFrom(
  "m1",
  "FILL(m1,0)",
  "FILL(m2, 1)",
  "m1+m2",
  "SUM(METRICS())",
  "IF(m1>0,1,0)",
  "m1/m2",
);
const queriedMetric = fc
  .record({ ...settings, m1: query("m1"), m2: query("m2"), expression: expressions, order: fc.boolean() })
  .map(({ m1, m2, expression, order, ...alarm }): Attributes => {
    const e1 = { id: "e1", expression, return_data: true };
    return { ...alarm, metric_query: order ? [m1, e1, m2] : [e1, m2, m1] };
  });
const alarmsAndFilters = fc
  .tuple(fc.oneof(ownMetric, queriedMetric), transformation)
  .map(([alarm, metric]): Attributes => ({ ...alarm, metric_transformation: [metric] }));

/** What an alarm watches of a filter, and what it makes of it: over all metrics, as a chain would ask. */
function overWatched(
  attributes: Attributes,
  judge: (watched: ReturnType<typeof watchedMetrics>[number]) => Tri,
): Tri {
  return any(watchedMetrics(reader(attributes)).map(judge));
}

function emittedBy(attributes: Attributes) {
  return emittedMetric(reader({ name: "f", metric_transformation: attributes.metric_transformation }));
}

test("alarms: the metric they watch", () => {
  neverTurns(alarmsAndFilters, (attributes) => {
    const emitted = emittedBy(attributes);
    return emitted === undefined
      ? "no"
      : overWatched(attributes, (watched) => sameMetric(watched, emitted).answer);
  });
});

test("alarms: going off on one event", () => {
  const joined = fc
    .tuple(ownMetric, transformation)
    .map(([alarm, metric]): Attributes => ({ ...alarm, metric_transformation: [metric] }));
  neverTurns(joined, (attributes) => {
    const emitted = emittedBy(attributes);
    if (emitted === undefined) return "no";
    return overWatched(attributes, (watched) => firesOnOneEvent(reader(attributes), watched, emitted).answer);
  });
});

test("alarms: the right metric, and going off on one event of it", () => {
  neverTurns(alarmsAndFilters, (attributes) => {
    const emitted = emittedBy(attributes);
    if (emitted === undefined) return "no";
    return overWatched(attributes, (watched) => {
      const same = sameMetric(watched, emitted).answer;
      if (same === "no") return "no";
      const fires = firesOnOneEvent(reader(attributes), watched, emitted).answer;
      return fires === "no" ? "no" : same === "maybe" ? "maybe" : fires;
    });
  });
});

test("alarms: metric math", () => {
  const alarms = fc.record({
    metric_query: fc
      .constantFrom(
        "m1 * 10 - 5",
        "m1 > 0 OR m2 > 0",
        "IF(m1 > 0, m1 + 1, 0)",
        "AVG([m1, m2])",
        "5 - m1",
        "m1/m2",
      )
      .map(
        (expression): Plain => [
          { id: "e1", expression, return_data: true },
          { id: "m1", metric: [{ metric_name: "M", namespace: "N", stat: "Sum", period: 300 }] },
          { id: "m2", metric: [{ metric_name: "Other", namespace: "N", stat: "Sum", period: 300 }] },
        ],
      ),
    comparison_operator: fc.constantFrom("GreaterThanOrEqualToThreshold", "LessThanThreshold"),
    threshold: fc.constantFrom(0, 1, 5),
    evaluation_periods: fc.constantFrom(1, 2),
    treat_missing_data: maybeUnset("notBreaching", "breaching"),
    metric_transformation: fc
      .record({ value: fc.constantFrom("1", "2"), default_value: maybeUnset("0") })
      .map((parts): Plain => [{ name: "M", namespace: "N", ...parts }]),
  });
  neverTurns(alarms, ({ metric_transformation, ...alarm }) => {
    const filter = {
      ...reader({ name: "f", metric_transformation: metric_transformation ?? null }),
      id: "f",
    };
    const emitted = emittedMetric(filter);
    if (emitted === undefined) return "maybe";
    const judged = watchedMetrics(reader(alarm)).map((watched) =>
      all([sameMetric(watched, emitted).answer, firesOnOneEvent(reader(alarm), watched, emitted).answer]),
    );
    return any(judged);
  });
});

const SCOPE = { partition: "aws", account: "111122223333", region: "eu-west-1" };

test("composite alarms", () => {
  const term = fc.constantFrom(
    "ALARM(a)",
    "ALARM(b)",
    "OK(a)",
    "NOT ALARM(b)",
    "TRUE",
    "FALSE",
    "ALARM(lower)",
    "AT_LEAST(1, ALARM, (a, b))",
    "ALARM(arn:aws:cloudwatch:eu-west-1:111122223333:alarm:a)",
  );
  const rule = fc
    .tuple(term, fc.constantFrom(" OR ", " AND ", " OR NOT "), term)
    .map(([left, word, right]) => left + word + right);
  const composites = fc.record({
    alarm_rule: fc.oneof(term, rule),
    actions_suppressor: fc.constantFrom<Plain>([], [{ alarm: "s" }], [{ alarm: "lower" }]),
    alarm_name: fc.constantFrom<Plain>("a", "c"),
    lower_rule: fc.constantFrom<Plain>("ALARM(a)", "TRUE", "FALSE", "ALARM(a) AND ALARM(b)"),
  });
  const named = (id: string, attributes: Attributes): NamedAlarm => ({
    id,
    scope: { ...SCOPE, provider: "aws" },
    exists: "yes",
    ...reader(attributes),
  });
  const world = ({ alarm_name, lower_rule, ...above }: Attributes) => {
    const lower = named("composite.lower", { alarm_name: "lower", alarm_rule: lower_rule ?? null });
    const upper = named("composite.upper", { ...above, alarm_name: "upper" });
    const child = named("aws_cloudwatch_metric_alarm.a", { alarm_name: alarm_name ?? null });
    return { upper, child, rules: createCompositeRules([lower, upper]) };
  };
  neverTurns(composites, (attributes) => {
    const { upper, child, rules } = world(attributes);
    return ruleFiresWith(upper, child, rules);
  });
  neverTurns(composites, (attributes) => {
    const { upper, rules } = world(attributes);
    return suppressorLeavesAlone(upper, rules);
  });
});

test("mute rules", () => {
  const rules = fc.record({
    rule: fc
      .record({
        expression: fc.constantFrom(
          "cron(0 0 * * *)",
          "cron(0 */6 * * *)",
          "cron(0 0 1 * *)",
          "at(2030-01-01T00:00)",
        ),
        duration: fc.constantFrom("PT1H", "PT6H", "P1D"),
      })
      .map((schedule) => [{ schedule: [schedule] }]),
    expire_date: maybeUnset("2030-01-01T00:00:00Z"),
    start_date: maybeUnset("2029-01-01T00:00:00Z"),
    mute_targets: fc.constantFrom<Plain>([{ alarm_names: ["a", "b"] }], [{ alarm_names: ["b"] }], []),
  });
  neverTurns(rules, (rule) => mutesForEver(reader(rule)));
  neverTurns(rules, (rule) => mutesAlarm(reader(rule), value("a")));
});

const TOPIC = "arn:aws:sns:eu-west-1:111122223333:alarms";
const statement = fc.record({
  Effect: fc.constantFrom("Allow", "Allow", "Allow", "Deny"),
  Principal: fc.constantFrom<unknown>(
    "*",
    { AWS: "*" },
    { Service: "cloudwatch.amazonaws.com" },
    { Service: "s3.amazonaws.com" },
  ),
  Action: fc.constantFrom<unknown>("sns:Publish", "SNS:*", ["sns:Subscribe"], "kms:*", [
    "kms:Decrypt",
    "kms:GenerateDataKey*",
  ]),
  Resource: fc.constantFrom("*", TOPIC, "arn:aws:sns:*:*:other"),
  Condition: fc.constantFrom<unknown>(
    undefined,
    undefined,
    { StringEquals: { "AWS:SourceOwner": "111122223333" } },
    { StringNotEquals: { "aws:SourceAccount": "111122223333" } },
    { ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:*:*:alarm:*" } },
    { Bool: { "aws:SecureTransport": "false" } },
  ),
});
const policies = fc.array(statement, { minLength: 1, maxLength: 3 }).map(
  (statements): Attributes => ({
    policy: JSON.stringify({ Statement: statements }),
    account: "111122223333",
  }),
);

const owner = (type: string, name: string, account: Plain = "111122223333"): ArnOwner => {
  const known = value(account);
  const scope = { ...SCOPE, account: known.kind === "known" ? String(known.value) : undefined };
  return { id: `${type}.t`, type, name, scope };
};
const ALARM = owner("aws_cloudwatch_metric_alarm", "a");
const QUEUE = owner("aws_sqs_queue", "q");

const publication = ({ account }: Attributes) => ({
  topic: owner("aws_sns_topic", "alarms", account),
  alarm: owner("aws_cloudwatch_metric_alarm", "a", account),
});
const keyUse = ({ account }: Attributes) => {
  const { topic: encrypted, alarm: source } = publication({ account });
  return { service: "cloudwatch.amazonaws.com", source, encrypted, via: "sns" } as const;
};

test("topic and key policies as text", () => {
  neverTurns(policies, (all) => letsCloudWatchPublish(documentOf(all.policy), publication(all)));
  neverTurns(policies, (all) => letsServiceUseKey(documentOf(all.policy), keyUse(all)));
});

const toService = (service: string, actions: readonly string[], resources: readonly string[]) =>
  fc
    .array(
      fc.record({
        Effect: fc.constantFrom("Allow", "Allow", "Allow", "Deny"),
        Principal: fc.constantFrom<unknown>("*", { Service: service }, { Service: "s3.amazonaws.com" }),
        Action: fc.constantFrom(...actions),
        Resource: fc.constantFrom("*", ...resources),
        Condition: fc.constantFrom<unknown>(
          undefined,
          undefined,
          { StringEquals: { "aws:SourceAccount": "111122223333" } },
          { ArnLikeIfExists: { "aws:SourceArn": "arn:aws:sns:*:*:alarms" } },
          { ArnEquals: { "aws:SourceArn": TOPIC } },
        ),
      }),
      { minLength: 1, maxLength: 3 },
    )
    .map((statements): Attributes => ({ policy: JSON.stringify({ Statement: statements }) }));

test("queue, trust and role policies", () => {
  const queue = "arn:aws:sqs:eu-west-1:111122223333:q";
  const sending = toService("sns.amazonaws.com", ["sqs:SendMessage", "SQS:*", "sqs:ReceiveMessage"], [queue]);
  const topic = owner("aws_sns_topic", "alarms");
  neverTurns(sending, ({ policy }) => letsTopicSend(documentOf(policy), QUEUE, topic));
  const trust = toService("cloudtrail.amazonaws.com", ["sts:AssumeRole", "sts:*", "sts:TagSession"], []);
  const assuming = {
    service: "cloudtrail.amazonaws.com",
    source: [value("arn:aws:cloudtrail:eu-west-1:111122223333:trail/t")],
    account: "111122223333",
  } as const;
  neverTurns(trust, ({ policy }) => letsServiceAssume(documentOf(policy), assuming));
  const group = "arn:aws:logs:eu-west-1:111122223333:log-group:g";
  const streams = trailStreams([value(group)], "111122223333", "eu-west-1");
  const writing = toService("x", ["logs:*", "logs:PutLogEvents", ...TRAIL_ACTIONS], [`${group}:*`, group]);
  neverTurns(writing, ({ policy }) =>
    granted([effectsOnAction(documentOf(policy), "logs:PutLogEvents", streams)]),
  );
});

test("permissions of functions", () => {
  const permissions = fc.record({
    principal: fc.constantFrom<Plain>("sns.amazonaws.com", "*", "s3.amazonaws.com"),
    action: fc.constantFrom<Plain>("lambda:InvokeFunction", "lambda:*", "lambda:GetFunction"),
    source_arn: maybeUnset(TOPIC, reference("aws_sns_topic.t", "arn"), `${TOPIC}2`),
    source_account: maybeUnset("111122223333", "444455556666"),
    qualifier: maybeUnset("live"),
  });
  for (const called of [undefined, value("live")]) {
    neverTurns(permissions, (permission) =>
      permissionLetsTopicCall(reader(permission), owner("aws_sns_topic", "alarms"), called),
    );
  }
});

test("topic and key policies as blocks", () => {
  const block = fc.record({
    effect: maybeUnset("Allow", "Deny"),
    principals: fc.constantFrom<Plain>(
      [{ type: "Service", identifiers: ["cloudwatch.amazonaws.com"] }],
      [{ type: "AWS", identifiers: ["*"] }],
      [{ type: "AWS", identifiers: ["444455556666"] }],
    ),
    actions: fc.constantFrom<Plain>(["sns:Publish", "kms:*"], ["sns:Subscribe"], ["*"]),
    not_actions: fc.constant<Plain>([]),
    resources: fc.constantFrom<Plain>(["*"], [TOPIC], [reference("t", "arn")]),
    condition: fc.constantFrom<Plain>(
      [],
      [{ test: "StringEquals", variable: "aws:SourceAccount", values: ["111122223333"] }],
      [{ test: "StringEquals", variable: "aws:SourceAccount", values: ["4"] }],
    ),
  });
  const documents = some(block).map((statements): Attributes => ({ statement: statements }));
  const topic = { ...owner("aws_sns_topic", "alarms"), id: "t" };
  const use = { service: "cloudwatch.amazonaws.com", source: ALARM, encrypted: topic, via: "sns" } as const;
  neverTurns(documents, (document) => letsCloudWatchPublish(blocks(document), { topic, alarm: ALARM }));
  neverTurns(documents, (document) => letsServiceUseKey(blocks(document), use));
});

test("keys", () => {
  const keys = fc.record({
    key: maybeUnset("alias/aws/sns", "alias/x", "arn:aws:kms:r:a:alias/aws/sns", "1234"),
  });
  neverTurns(keys, ({ key }) => isAwsManagedKey(value(key), "sns"));
});

test("subscriptions: confirmation", () => {
  const subscriptions = fc.record({
    protocol: fc.constantFrom<Plain>("email", "https", "sqs", "sms", "lambda"),
    endpoint: fc.constantFrom<Plain>(
      "arn:aws:sqs:eu-west-1:111122223333:q",
      "arn:aws:sqs:eu-west-1:444455556666:q",
      reference("q", "arn"),
    ),
    endpoint_auto_confirms: maybeUnset(true, false),
    pending_confirmation: maybeUnset(true, false),
    topicAccount: fc.constant<Plain>("111122223333"),
    subscriberAccount: maybeUnset("111122223333", "444455556666"),
  });
  const account = (plain: Plain) => {
    const owner = value(plain);
    return owner.kind === "known" && isUnset(owner) === "no" ? String(owner.value) : undefined;
  };
  for (const fresh of [true, false]) {
    neverTurns(subscriptions, ({ topicAccount, subscriberAccount, ...subscription }) => {
      const state = confirmation(reader(subscription), {
        fresh,
        topicAccount: account(topicAccount),
        subscriberAccount: account(subscriberAccount),
      });
      return state === "unknown" ? "maybe" : state === "pending" ? "no" : "yes";
    });
  }
});

test("subscriptions: filter policies", () => {
  const pattern = fc.constantFrom<unknown>(
    "ALARM",
    "OK",
    "a",
    { prefix: "A" },
    { "anything-but": ["OK"] },
    { exists: false },
    { "equals-ignore-case": "alarm" },
    { suffix: "M" },
    { "anything-but": { wildcard: "*A*" } },
    { numeric: [">", 0] },
    1,
  );
  const key = fc.constantFrom(
    "NewStateValue",
    "AlarmName",
    "OldStateValue",
    "Severity",
    "Region",
    "Trigger.MetricName",
    "Trigger.Threshold",
  );
  const policy = fc.dictionary(key, fc.array(pattern, { minLength: 1, maxLength: 2 }), { maxKeys: 2 });
  const filters = fc.record({
    policy: policy.map((plain) => JSON.stringify(plain)),
    scope: maybeUnset("MessageBody", "MessageBody", "MessageAttributes"),
    alarm_name: fc.constantFrom<Plain>("a", "ALARM"),
    metric_name: fc.constantFrom<Plain>(null, "M"),
    threshold: fc.constantFrom<Plain>(0, 1),
  });
  neverTurns(filters, ({ policy: written, scope, ...alarm }) => {
    const message = alarmMessage({ scope: SCOPE, ...reader(alarm) }, "aws_cloudwatch_metric_alarm");
    return letsAlarmThrough(value(written), value(scope), message).answer;
  });
});

test("texts", () => {
  const texts = fc.constantFrom<Plain>("", "a", "ab", "abc", text("a", "b"), reference("x", "arn"), null);
  neverTurns(fc.record({ left: texts, right: texts }), ({ left, right }) =>
    sameText(value(left), value(right)),
  );
});

test("wildcards of IAM match what the regular expression matches", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "*", "?", "😀"), maxLength: 12 });
  fc.assert(
    fc.property(letters, letters, (pattern, text) => {
      const source = [...pattern].map((char) => (char === "*" ? ".*" : char === "?" ? "." : char)).join("");
      const fits = new RegExp(`^${source}$`, "su").test(text);
      expect(globMatches(pattern, value(text))).toBe(fits ? "yes" : "no");
    }),
    { seed: 20_261_127, numRuns: 3000 },
  );
});
