// What causes at the trail tell: trails that do not do, log groups that none feeds, and that there is no trail.

import { describe, expect, test } from "vitest";
import type { GoneResource, Graph } from "../../../../src/model/graph.ts";
import { known } from "../../../../src/model/value.ts";
import { CHAIN, graphOf, OPEN, reference } from "../../../tools/world.ts";
import {
  answerOn,
  asObject,
  type Changes,
  causesOf,
  FILTER,
  GROUP,
  GROUP_ELSEWHERE,
  HOME,
  OTHER,
  type Row,
  TOPIC,
  type Told,
  TRAIL,
  told,
  waits,
} from "./support.ts";

describe("one cause", () => {
  test.each<Row>([
    [
      "a trail in one region",
      { [TRAIL]: { is_multi_region_trail: false } },
      ["trail-not-multi-region", TRAIL, [`${TRAIL} is_multi_region_trail`]],
    ],
    [
      "a trail that does not log",
      { [TRAIL]: { enable_logging: false } },
      ["trail-not-logging", TRAIL, [`${TRAIL} enable_logging`]],
    ],
    [
      "a trail of which it is not known whether it logs",
      { [TRAIL]: { enable_logging: OPEN } },
      ["not-known-before-apply", TRAIL, [`${TRAIL} enable_logging`], waits("enable_logging")],
    ],
    [
      "a trail without a log group",
      { [TRAIL]: { cloud_watch_logs_group_arn: null } },
      ["trail-without-log-group", TRAIL, [`${TRAIL} cloud_watch_logs_group_arn`]],
    ],
    [
      "a trail of which it is not known where it delivers",
      { [TRAIL]: { cloud_watch_logs_group_arn: OPEN } },
      [
        "not-known-before-apply",
        TRAIL,
        [`${TRAIL} cloud_watch_logs_group_arn`],
        waits("cloud_watch_logs_group_arn"),
      ],
    ],
    [
      "a trail that delivers to something else",
      { [TRAIL]: { cloud_watch_logs_group_arn: reference(TOPIC, "arn") } },
      ["trail-without-log-group", TRAIL, [`${TRAIL} cloud_watch_logs_group_arn`]],
    ],
    [
      "a trail that records reading alone",
      { [TRAIL]: { event_selector: [{ read_write_type: "ReadOnly", include_management_events: true }] } },
      ["trail-misses-management-events", TRAIL, [`${TRAIL} event_selector`], { how: "read-only" }],
    ],
    [
      "a trail that may not be there",
      { [TRAIL]: { ".exists": "maybe" } },
      ["may-not-exist", TRAIL, [], { doubt: "forgotten" }],
    ],
    [
      "a log group that no trail feeds",
      { [TRAIL]: undefined },
      ["log-group-without-trail", GROUP, [`${FILTER} log_group_name`]],
    ],
    [
      "a log group that is managed elsewhere",
      { [TRAIL]: undefined, [GROUP]: undefined },
      ["trail-outside-inputs", "trail", [`${FILTER} log_group_name`]],
    ],
    [
      "a log group that is managed elsewhere, under a secret name",
      { [TRAIL]: undefined, [GROUP]: undefined, [FILTER]: { log_group_name: known("trail", true) } },
      ["trail-outside-inputs", "(sensitive)", [`${FILTER} log_group_name`]],
    ],
    [
      "a log group that is not known",
      { [TRAIL]: undefined, [GROUP]: undefined, [FILTER]: { log_group_name: OPEN } },
      ["not-known-before-apply", FILTER, [`${FILTER} log_group_name`], waits("log_group_name")],
    ],
  ])("%s", (_, changes, wanted) => {
    expect(causesOf(changes)).toEqual([asObject(wanted)]);
  });
});

describe("the cause that is told, of several", () => {
  test("the trail that comes nearest, of several that do not do", () => {
    const changes = {
      [TRAIL]: { is_multi_region_trail: false, enable_logging: false },
      "aws_cloudtrail.other": {
        is_multi_region_trail: true,
        enable_logging: false,
        cloud_watch_logs_group_arn: reference(GROUP, "arn"),
      },
    };
    expect(causesOf(changes)[0]).toMatchObject(
      asObject(["trail-not-logging", "aws_cloudtrail.other", ["aws_cloudtrail.other enable_logging"]]),
    );
  });
});

describe("where no trail does", () => {
  const gone = (how: GoneResource["how"], type: string) => (asked: string) =>
    asked === type
      ? [
          {
            address: { module: [], mode: "managed" as const, type, name: "x", key: undefined },
            name: `${type}.x`,
            how,
            location: undefined,
          },
        ]
      : [];
  const nothing: Changes = Object.fromEntries(Object.keys(CHAIN).map((name) => [name, undefined]));
  const account: Partial<Graph> = {
    inputs: graphOf({}).inputs.map((input) => ({ ...input, kind: "account" as const })),
  };

  test.each<[string, Changes, Partial<Graph>, string, Told]>([
    ["nothing at all", nothing, {}, "undecided", ["nothing-to-check", undefined, []]],
    [
      "a trail that goes",
      nothing,
      { gone: gone("destroyed", "aws_cloudtrail") },
      "violated",
      ["trail-removed", "aws_cloudtrail.x", [], { how: "destroyed" }],
    ],
    [
      "a trail that is only let go",
      nothing,
      { gone: gone("forgotten", "aws_cloudtrail") },
      "undecided",
      ["trail-removed", "aws_cloudtrail.x", [], { how: "forgotten" }],
    ],
    [
      "a filter that goes",
      nothing,
      { gone: gone("destroyed", "aws_cloudwatch_log_metric_filter") },
      "violated",
      ["no-trail", undefined, []],
    ],
    ["an account without a trail", { [TRAIL]: undefined }, account, "violated", ["no-trail", undefined, []]],
    ["an account with nothing", nothing, account, "violated", ["no-trail", undefined, []]],
    [
      "a filter without a log group",
      { [TRAIL]: undefined, [FILTER]: { log_group_name: null } },
      {},
      "violated",
      ["no-trail", undefined, [`${FILTER} log_group_name`]],
    ],
    [
      "a trail of another account, beside nothing of this one",
      { ...nothing, [TRAIL]: { ...CHAIN[TRAIL], ".account": OTHER } },
      { askedAccounts: () => [HOME] },
      "undecided",
      [
        "trail-of-another-account",
        TRAIL,
        [`${TRAIL} is_organization_trail`],
        { account: OTHER, asked: [HOME] },
      ],
    ],
    [
      "a trail of another account, beside a filter of this one",
      {
        [TRAIL]: { ".account": OTHER, cloud_watch_logs_group_arn: GROUP_ELSEWHERE },
        [FILTER]: { ".account": HOME },
        [GROUP]: { ".account": HOME },
      },
      { askedAccounts: () => [HOME] },
      "violated",
      ["log-group-without-trail", GROUP, [`${FILTER} log_group_name`]],
    ],
    [
      "a trail of this account before one of another",
      {
        [TRAIL]: { ".account": HOME, enable_logging: false, is_multi_region_trail: false },
        "aws_cloudtrail.far": { ...CHAIN[TRAIL], ".account": OTHER },
      },
      { askedAccounts: () => [HOME] },
      "violated",
      ["trail-not-multi-region", TRAIL, [`${TRAIL} is_multi_region_trail`]],
    ],
  ])("%s", (_, changes, parts, verdict, wanted) => {
    const answer = answerOn(changes, parts);
    const [first] = answer.causes.map(told);
    expect([answer.verdict, answer.link, first]).toEqual([verdict, "trail", asObject(wanted)]);
  });
});
