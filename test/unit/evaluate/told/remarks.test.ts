// What each remark tells: whom it is about, what is shown for it, and its details.

import { describe, expect, test } from "vitest";
import type { DeliverySettings } from "../../../../src/model/delivery.ts";
import type { Assumption } from "../../../../src/model/policy.ts";
import { known } from "../../../../src/model/value.ts";
import { judge } from "../../../tools/chain-world.ts";
import { type Attributes, changed, mute, oneOf, PATTERN, reference } from "../../../tools/world.ts";
import {
  ALARM,
  answerOn,
  asObject,
  type Changes,
  countingFilter,
  FILTER,
  GROUP,
  HALF,
  HOME,
  MAIL,
  MUTE,
  mutedBy,
  NOBODY,
  ONLY_DENIED,
  ONLY_UNAUTHORIZED,
  OTHER,
  QUEUE,
  STREAM_ELSEWHERE,
  TOPIC,
  TOPIC_ELSEWHERE,
  type Told,
  TRAIL,
  told,
} from "./support.ts";

describe("one remark", () => {
  const MORE = PATTERN.replace("{ ", '{ ($.errorCode = "Throttling*") || ');
  const assume = (assumption: Assumption) => ({ assumptions: [assumption] });
  /** Neither the trail nor the log group is here. */
  const groupElsewhere = (filter: Attributes = {}): Changes => ({
    [TRAIL]: undefined,
    [GROUP]: undefined,
    [FILTER]: filter,
    [QUEUE]: { protocol: "sms" },
  });
  type Options = Parameters<typeof judge>[1];
  const rights = (what: string): Told => ["rights-not-seen", QUEUE, [`${QUEUE} endpoint`], { what }];

  test.each<[string, Changes, Told, Options?]>([
    ["a queue elsewhere", {}, rights("queue")],
    [
      "a function elsewhere",
      { [QUEUE]: { protocol: "lambda", endpoint: `arn:aws:lambda:us-east-1:${HOME}:function:x` } },
      rights("function"),
    ],
    [
      "a stream and its role elsewhere",
      {
        [QUEUE]: {
          protocol: "firehose",
          endpoint: STREAM_ELSEWHERE,
          subscription_role_arn: `arn:aws:iam::${HOME}:role/x`,
        },
      },
      rights("stream"),
    ],
    [
      "a pattern that counts more",
      { [FILTER]: { pattern: MORE }, [QUEUE]: { protocol: "sms" } },
      ["pattern-counts-more", FILTER, [`${FILTER} pattern`], { event: expect.anything() }],
    ],
    [
      "patterns that cover together",
      {
        [FILTER]: { pattern: ONLY_UNAUTHORIZED },
        [HALF]: countingFilter("half", ONLY_DENIED),
        [QUEUE]: { protocol: "sms" },
      },
      ["patterns-cover-together", FILTER, [`${FILTER} pattern`, `${HALF} pattern`]],
    ],
    [
      "an e-mail that is accepted unconfirmed",
      { [QUEUE]: MAIL },
      ["pending-accepted", QUEUE, [`${QUEUE} protocol`, `${QUEUE} endpoint`]],
      { acceptPending: true },
    ],
    [
      "an e-mail that is known to be confirmed",
      { [QUEUE]: MAIL },
      [
        "assumption-used",
        QUEUE,
        [`${QUEUE} protocol`, `${QUEUE} endpoint`],
        { assumption: "soc@example.com", reason: "confirmed" },
      ],
      assume({ kind: "endpoint-confirmed", endpoint: "soc@example.com", reason: "confirmed" }),
    ],
    [
      "a topic elsewhere that is known to have subscribers",
      { [ALARM]: { alarm_actions: [TOPIC_ELSEWHERE] } },
      ["assumption-used", TOPIC_ELSEWHERE, [], { assumption: TOPIC_ELSEWHERE, reason: "rota" }],
      assume({ kind: "topic-has-subscriber", topic: TOPIC_ELSEWHERE, reason: "rota" }),
    ],
    [
      "a topic elsewhere, by its name",
      { [ALARM]: { alarm_actions: [TOPIC_ELSEWHERE] } },
      ["assumption-used", "x", [], { assumption: "x", reason: "rota" }],
      assume({ kind: "topic-has-subscriber", topic: "x", reason: "rota" }),
    ],
    [
      "a secret topic elsewhere",
      { [ALARM]: { alarm_actions: [known(TOPIC_ELSEWHERE, true)] } },
      ["assumption-used", "(sensitive)", [], { assumption: "(sensitive)", reason: "rota" }],
      assume({ kind: "topic-has-subscriber", topic: TOPIC_ELSEWHERE, reason: "rota" }),
    ],
    [
      "a topic here that is known to have subscribers",
      { [QUEUE]: undefined },
      ["assumption-used", TOPIC, [], { assumption: TOPIC, reason: "rota" }],
      assume({ kind: "topic-has-subscriber", topic: TOPIC, reason: "rota" }),
    ],
    [
      "a topic here, by its ARN",
      { [TOPIC]: { arn: TOPIC_ELSEWHERE }, [QUEUE]: undefined },
      ["assumption-used", TOPIC, [], { assumption: TOPIC_ELSEWHERE, reason: "rota" }],
      assume({ kind: "topic-has-subscriber", topic: TOPIC_ELSEWHERE, reason: "rota" }),
    ],
    [
      "a log group elsewhere that is known to be fed",
      groupElsewhere(),
      ["assumption-used", "trail", [`${FILTER} log_group_name`], { assumption: "trail", reason: "org" }],
      assume({ kind: "log-group-fed", logGroup: "trail", reason: "org" }),
    ],
    [
      "a secret log group elsewhere",
      groupElsewhere({ log_group_name: known("trail", true) }),
      [
        "assumption-used",
        "(sensitive)",
        [`${FILTER} log_group_name`],
        { assumption: "(sensitive)", reason: "org" },
      ],
      assume({ kind: "log-group-fed", logGroup: "trail", reason: "org" }),
    ],
    [
      "a log group elsewhere, by its ARN with the wildcard",
      groupElsewhere({ log_group_name: "arn:aws:logs:us-east-1:1:log-group:trail" }),
      [
        "assumption-used",
        "trail",
        [`${FILTER} log_group_name`],
        { assumption: "arn:aws:logs:us-east-1:1:log-group:trail:*", reason: "org" },
      ],
      assume({
        kind: "log-group-fed",
        logGroup: "arn:aws:logs:us-east-1:1:log-group:trail:*",
        reason: "org",
      }),
    ],
    [
      "an alarm that is muted at times",
      { [MUTE]: mute("PT4H"), [QUEUE]: { protocol: "sms" } },
      ["alarm-muted-at-times", ALARM, mutedBy(MUTE)],
    ],
    [
      "a break that is taken as a remark",
      { [TOPIC]: { policy: NOBODY }, [QUEUE]: { protocol: "sms" } },
      [
        "break-taken-as-remark",
        TOPIC,
        [`${TOPIC} policy`],
        { cause: "topic-policy-shuts-cloudwatch-out", proven: true },
      ],
      { delivery: new Map([["topic-policy-shuts-cloudwatch-out", "remark"]]) as DeliverySettings },
    ],
  ])("%s", (_, changes, wanted, options) => {
    const { verdict, remarks } = judge(changed(changes), options);
    expect([verdict, remarks.map(told)]).toEqual(["satisfied", [asObject(wanted)]]);
  });

  test("a trail of the organization that another account has", () => {
    const away = { ".account": OTHER, is_organization_trail: true };
    const changes = {
      [TRAIL]: away,
      [FILTER]: { ".account": OTHER },
      [GROUP]: { ".account": OTHER },
      [QUEUE]: { protocol: "sms" },
    };
    const answer = answerOn(changes, { askedAccounts: () => [HOME] });
    expect([answer.verdict, answer.remarks.map(told)]).toEqual([
      "satisfied",
      [
        asObject([
          "organization-trail-counts",
          TRAIL,
          [`${TRAIL} is_organization_trail`],
          { account: OTHER, asked: [HOME] },
        ]),
      ],
    ]);
  });

  test("a list of references, where a break rests on it", () => {
    const actions = oneOf(reference(TOPIC, "arn"));
    const { remarks } = judge(changed({ [ALARM]: { alarm_actions: actions }, [QUEUE]: undefined }));
    expect(remarks.map(told)).toEqual([
      asObject(["references-without-literals", ALARM, [`${ALARM} alarm_actions`]]),
    ]);
    expect(judge(changed({ [ALARM]: { alarm_actions: actions, threshold: 5 } })).remarks).toEqual([]);
  });

  test("none of assumptions about others", () => {
    const assumptions: readonly Assumption[] = [
      { kind: "endpoint-confirmed", endpoint: "other@example.com", reason: "" },
      { kind: "topic-has-subscriber", topic: "other", reason: "" },
      { kind: "log-group-fed", logGroup: "other", reason: "" },
    ];
    const mail = judge(changed({ [QUEUE]: MAIL }), { assumptions });
    expect([mail.verdict, mail.remarks]).toEqual(["violated", []]);
    const topic = judge(changed({ [ALARM]: { alarm_actions: [TOPIC_ELSEWHERE] } }), { assumptions });
    expect([topic.verdict, topic.remarks]).toEqual(["undecided", []]);
    const group = judge(changed({ [TRAIL]: undefined, [GROUP]: undefined }), { assumptions });
    expect([group.verdict, group.causes[0]?.code]).toEqual(["undecided", "trail-outside-inputs"]);
  });
});
