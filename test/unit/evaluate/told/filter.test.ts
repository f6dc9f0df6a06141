// What causes at the filter tell: filters that do not do, the groups they are on, and that there is none.

import { describe, expect, test } from "vitest";
import type { DeliverySettings } from "../../../../src/model/delivery.ts";
import { known } from "../../../../src/model/value.ts";
import { judge } from "../../../tools/chain-world.ts";
import { type Attributes, CHAIN, changed, OPEN, oneOf, PATTERN, reference } from "../../../tools/world.ts";
import {
  asObject,
  type Changes,
  causesOf,
  countingFilter,
  FILTER,
  filterOf,
  GROUP,
  GROUP_ELSEWHERE,
  HALF,
  HOME,
  ONLY_DENIED,
  ONLY_UNAUTHORIZED,
  QUEUE,
  type Row,
  TRAIL,
  waits,
} from "./support.ts";

const REFUSED = "{ $.errorCode == 'AccessDenied' }";

describe("one cause", () => {
  test.each<Row>([
    [
      "no filter",
      { [FILTER]: undefined },
      ["no-filter", GROUP, [`${TRAIL} cloud_watch_logs_group_arn`], { required: PATTERN }],
    ],
    [
      "filters of another purpose",
      Object.fromEntries(
        ["denied", "b", "c", "d"].map((name) => [
          `aws_cloudwatch_log_metric_filter.${name}`,
          filterOf(name, '{ $.eventName = "ConsoleLogin" }'),
        ]),
      ),
      [
        "no-filter",
        GROUP,
        [
          `${TRAIL} cloud_watch_logs_group_arn`,
          `${FILTER} pattern`,
          "aws_cloudwatch_log_metric_filter.b pattern",
          "aws_cloudwatch_log_metric_filter.c pattern",
        ],
        { required: PATTERN },
      ],
    ],
    [
      "a filter on another group",
      { [FILTER]: { log_group_name: "other" }, "aws_cloudwatch_log_group.other": { name: "other" } },
      ["no-filter-on-log-group", GROUP, [`${TRAIL} cloud_watch_logs_group_arn`, `${FILTER} log_group_name`]],
    ],
    [
      "a pattern for everyday calls",
      { [FILTER]: { pattern: "" } },
      [
        "pattern-matches-everyday-calls",
        FILTER,
        [`${FILTER} pattern`],
        { pattern: "", event: expect.anything() },
      ],
    ],
    [
      "a pattern that AWS refuses",
      { [FILTER]: { pattern: REFUSED } },
      [
        "pattern-unreadable",
        FILTER,
        [`${FILTER} pattern`],
        { pattern: REFUSED, problem: expect.any(String), offset: 14 },
      ],
    ],
    [
      "a secret pattern that AWS refuses",
      { [FILTER]: { pattern: known(REFUSED, true) } },
      [
        "pattern-unreadable",
        FILTER,
        [`${FILTER} pattern`],
        { pattern: "(sensitive)", problem: expect.any(String), offset: 0 },
      ],
    ],
    [
      "a secret pattern that misses events",
      { [FILTER]: { pattern: known(ONLY_DENIED, true) } },
      [
        "pattern-misses-event",
        FILTER,
        [`${FILTER} pattern`],
        { required: PATTERN, actual: ["(sensitive)"], event: {}, dropsEventsWithout: [] },
      ],
    ],
    [
      "a pattern that is not known",
      { [FILTER]: { pattern: OPEN } },
      ["not-known-before-apply", FILTER, [`${FILTER} pattern`], waits("pattern")],
    ],
    [
      "a group of another class",
      { [GROUP]: { log_group_class: "INFREQUENT_ACCESS" } },
      [
        "log-group-class-without-metrics",
        GROUP,
        [`${GROUP} log_group_class`],
        { logGroupClass: "INFREQUENT_ACCESS" },
      ],
    ],
    [
      "a filter on transformed logs",
      { [FILTER]: { apply_on_transformed_logs: true } },
      ["filter-on-transformed-logs", FILTER, [`${FILTER} apply_on_transformed_logs`]],
    ],
    [
      "a filter on some regions",
      { [FILTER]: { field_selection_criteria: '@aws.region = "us-east-1"' } },
      [
        "filter-not-understood",
        FILTER,
        [`${FILTER} field_selection_criteria`],
        { attribute: "field_selection_criteria" },
      ],
    ],
  ])("%s", (_, changes, wanted) => {
    expect(causesOf(changes)).toEqual([asObject(wanted)]);
  });
});

describe("the cause that is told, of several", () => {
  test.each<Row>([
    [
      "the filter that comes nearest, of several that miss events",
      {
        [FILTER]: { pattern: ONLY_DENIED, apply_on_transformed_logs: false },
        "aws_cloudwatch_log_metric_filter.also": filterOf("also", REFUSED),
      },
      ["pattern-misses-event", FILTER, [`${FILTER} pattern`], { actual: [ONLY_DENIED] }],
    ],
    [
      "a filter that covers, but does not work where it is",
      {
        [FILTER]: { pattern: ONLY_DENIED },
        "aws_cloudwatch_log_group.rare": { name: "rare", log_group_class: "INFREQUENT_ACCESS" },
        "aws_cloudwatch_log_metric_filter.whole": { name: "whole", log_group_name: "rare", pattern: PATTERN },
      },
      [
        "log-group-class-without-metrics",
        "aws_cloudwatch_log_group.rare",
        ["aws_cloudwatch_log_group.rare log_group_class"],
        { logGroupClass: "INFREQUENT_ACCESS" },
      ],
    ],
  ])("%s", (_, changes, wanted) => {
    expect(causesOf(changes)[0]).toMatchObject(asObject(wanted));
  });
});

describe("filters, and the groups they are on", () => {
  /** Two filters of which each counts a half. */
  const halves = (own: Attributes = {}, other: Attributes = {}): Changes => ({
    [FILTER]: { pattern: ONLY_UNAUTHORIZED, ...own },
    [HALF]: { ...countingFilter("half", ONLY_DENIED), ...other },
  });
  const tell = (changes: Changes, options?: Parameters<typeof judge>[1]) => {
    const { verdict, link, causes } = judge(changed(changes), options);
    return [verdict, link, causes[0]?.code, causes[0]?.subject?.address].filter(Boolean).join(" ");
  };

  test.each<[string, Changes, string]>([
    ["the standard class, in so many words", { [GROUP]: { log_group_class: "STANDARD" } }, "satisfied"],
    ["no class", { [GROUP]: { log_group_class: null } }, "satisfied"],
    [
      "a choice of two classes",
      { [GROUP]: { log_group_class: oneOf(known("STANDARD"), known("INFREQUENT_ACCESS")) } },
      `undecided filter not-known-before-apply ${GROUP}`,
    ],
    [
      "a choice of the standard class or none",
      { [GROUP]: { log_group_class: oneOf(known("STANDARD"), known(null)) } },
      "satisfied",
    ],
    [
      "a filter without a pattern, which counts everything",
      { [FILTER]: { pattern: null } },
      `violated filter pattern-matches-everyday-calls ${FILTER}`,
    ],
    [
      "a filter that may not be there",
      { [FILTER]: { ".exists": "maybe" } },
      `undecided filter may-not-exist ${FILTER}`,
    ],
    ["two halves", halves(), "satisfied"],
    [
      "two halves, one of them on another group",
      halves({}, { log_group_name: "other" }),
      `violated filter pattern-misses-event ${FILTER}`,
    ],
    [
      "two halves, one of which may not be there",
      halves({}, { ".exists": "maybe" }),
      `violated filter pattern-misses-event ${FILTER}`,
    ],
    [
      "two halves, one of which is not known",
      halves({}, { pattern: OPEN }),
      `undecided filter not-known-before-apply ${HALF}`,
    ],
    [
      "two halves on two metrics",
      halves({}, { metric_transformation: [{ name: "Other", namespace: "CIS", value: "1" }] }),
      `violated filter pattern-misses-event ${FILTER}`,
    ],
    [
      "two halves on a metric of another namespace",
      halves({}, { metric_transformation: [{ name: "Denied", namespace: "X", value: "1" }] }),
      `violated filter pattern-misses-event ${FILTER}`,
    ],
    [
      "two halves, one of them without a metric",
      halves({}, { metric_transformation: [] }),
      `violated filter pattern-misses-event ${FILTER}`,
    ],
    [
      "two halves in two regions",
      halves({ ".region": "us-east-1" }, { ".region": "eu-west-1" }),
      `violated filter pattern-misses-event ${FILTER}`,
    ],
    [
      "two filters that miss together",
      halves({ pattern: '{ $.errorCode = "AccessDeniedException" }' }),
      `violated filter pattern-misses-event ${FILTER}`,
    ],
    ["a whole one beside a half", halves({ pattern: PATTERN }), "satisfied"],
  ])("%s", (_, changes, wanted) => {
    const away = { "aws_cloudwatch_log_group.other": { name: "other" }, [QUEUE]: { protocol: "sms" } };
    expect(tell({ ...away, ...changes })).toBe(wanted);
  });

  test("halves that are taken as remarks are told with both of them", () => {
    const delivery: DeliverySettings = new Map([["filter-on-transformed-logs", "remark"]]);
    const both = halves({ apply_on_transformed_logs: true }, { apply_on_transformed_logs: true });
    const { verdict, remarks } = judge(changed({ ...both, [QUEUE]: { protocol: "sms" } }), { delivery });
    expect([verdict, remarks.map(({ code, subject }) => [code, subject?.address])]).toEqual([
      "satisfied",
      [
        ["patterns-cover-together", FILTER],
        ["break-taken-as-remark", FILTER],
        ["break-taken-as-remark", HALF],
      ],
    ]);
  });

  test("a secret among two halves keeps both back", () => {
    const secret = halves(
      { pattern: known(ONLY_UNAUTHORIZED, true) },
      { pattern: '{ $.errorCode = "AccessDeniedX" }' },
    );
    const [cause] = judge(changed(secret)).causes;
    expect(cause).toMatchObject({ code: "pattern-misses-event", actual: ["(sensitive)"], event: {} });
  });

  test.each<[string, Attributes, Attributes]>([
    ["by name", { log_group_name: "trail" }, {}],
    ["by reference", { log_group_name: reference(GROUP, "name") }, {}],
    ["by the group's id", { log_group_name: reference(GROUP, "id") }, {}],
  ])("a filter is on its group %s", (_, filter, group) => {
    expect(tell({ [FILTER]: filter, [GROUP]: group })).toBe("satisfied");
  });
});

describe("where no filter does", () => {
  const away = { ".account": HOME, ".region": "us-east-1" };
  const none = ["no-filter", GROUP] as const;

  test.each<[string, Changes, readonly [code: string, about: string]]>([
    [
      "one that cannot be read, for something else",
      { [FILTER]: { pattern: "{ $.eventName == 'ConsoleLogin' }" } },
      none,
    ],
    ["one that cannot be read, for some code", { [FILTER]: { pattern: "{ $.errorCode == 'Foo' }" } }, none],
    [
      "one that cannot be read, for that code",
      { [FILTER]: { pattern: "{ $.errorCode == 'UnauthorizedOperation' }" } },
      ["pattern-unreadable", FILTER],
    ],
    [
      "one for something else that shares a short word",
      { [FILTER]: { pattern: '{ $.eventName = "Head" && $.errorCode = "xyz" }' } },
      none,
    ],
    [
      "one for that code, of one service",
      { [FILTER]: { pattern: '{ $.errorCode = "AccessDenied*" && $.eventSource = "s3.amazonaws.com" }' } },
      ["pattern-misses-event", FILTER],
    ],
    [
      "one in other letters",
      { [FILTER]: { pattern: '{ $.errorCode = "accessdenied*" }' } },
      ["pattern-misses-event", FILTER],
    ],
    [
      "one for that code, on another group",
      {
        [FILTER]: { pattern: ONLY_DENIED, log_group_name: "other" },
        "aws_cloudwatch_log_group.other": { name: "other" },
      },
      none,
    ],
    [
      "one that counts everything, and one that misses some",
      {
        [FILTER]: { pattern: "" },
        "aws_cloudwatch_log_metric_filter.z": filterOf("z", ONLY_DENIED),
      },
      ["pattern-matches-everyday-calls", FILTER],
    ],
    [
      "on a group elsewhere, where the inputs put one",
      {
        [GROUP]: undefined,
        [TRAIL]: { cloud_watch_logs_group_arn: GROUP_ELSEWHERE, ...away },
        [FILTER]: { log_group_name: "far", pattern: ONLY_DENIED, ...away },
      },
      ["pattern-misses-event", FILTER],
    ],
    [
      "on a group elsewhere, beside one of the inputs",
      { [TRAIL]: { cloud_watch_logs_group_arn: GROUP_ELSEWHERE, ...away }, [GROUP]: away, [FILTER]: away },
      ["filters-outside-inputs", GROUP_ELSEWHERE],
    ],
  ])("%s", (_, changes, wanted) => {
    const [first] = judge(changed(changes)).causes;
    expect([first?.code, first?.subject?.address]).toEqual(wanted);
  });

  test("what is elsewhere does not help a trail that is broken", () => {
    const changes = {
      [TRAIL]: { cloud_watch_logs_group_arn: GROUP_ELSEWHERE, enable_logging: false, ...away },
      "aws_cloudtrail.good": CHAIN[TRAIL],
      [GROUP]: away,
      [FILTER]: { pattern: ONLY_DENIED, ...away },
    };
    expect(judge(changed(changes)).causes[0]?.code).toBe("pattern-misses-event");
  });
});
