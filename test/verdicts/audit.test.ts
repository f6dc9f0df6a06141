// Scenarios as they are once applied: what the AWS commands of an audit print of each, recorded from a local stand-in
// by test/tools/record-audit.py, gives the verdict that the plan has.

import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { auditOf, recordedOutputs, toldOf } from "../tools/account.ts";
import { SCENARIOS } from "../tools/scenarios.ts";

const ROOT = "test/audit";

interface Difference {
  readonly told: string;
  readonly why: string;
}

/** Where another verdict is right for the account than for the plan. */
const OTHER_VERDICT: ReadonlyMap<string, Difference> = new Map([
  [
    "nothing-relevant",
    {
      told: "violated trail no-trail",
      why: "a plan without a trail leaves open whether another stack has one; an account without a trail has none",
    },
  ],
  [
    "log-group-from-outside",
    {
      told: "violated trail no-trail",
      why: "the trail that the code counts on was never made in the stand-in, and an account lists all it has",
    },
  ],
  [
    "subscription-email-new",
    { told: "satisfied", why: "the stand-in confirms subscriptions by e-mail at once, without a person" },
  ],
]);

/** Where the verdict is the same and something else is named. */
const OTHER_CAUSE: ReadonlyMap<string, Difference> = new Map([
  [
    "alarm-in-another-region",
    {
      told: "violated alarm no-alarm",
      why: "alarms are asked for in the region of the trail, so the one elsewhere is no near miss",
    },
  ],
  ...["subscription-other-topic", "topic-by-wrong-key", "local-map-wrong-topic"].map(
    (name): [string, Difference] => [
      name,
      {
        told: "violated subscription no-subscription",
        why: "subscriptions are asked for topic by topic, so those on other topics are no near miss",
      },
    ],
  ),
  [
    "topic-arn-from-outside",
    {
      told: "undecided action not-known-before-apply",
      why: "the topic was never made in the stand-in, which does not answer for it",
    },
  ],
]);

const RECORDED = SCENARIOS.filter(({ name }) => existsSync(`${ROOT}/${name}`));

describe("the audit after apply agrees with the plan", () => {
  it.each(RECORDED)("$name", async ({ name, expected }) => {
    const finding = await auditOf(recordedOutputs(`${ROOT}/${name}`));
    const { verdict, link, causes } = expected;
    const planned = [verdict, link, causes[0]?.code].filter((word) => word != null).join(" ");
    const difference = OTHER_VERDICT.get(name) ?? OTHER_CAUSE.get(name);
    expect(toldOf(finding)).toBe(difference?.told ?? planned);
    if (!OTHER_VERDICT.has(name)) expect(finding.verdict).toBe(verdict);
  });

  it("on most of them, and the exceptions are named with their reason", () => {
    const names = RECORDED.map(({ name }) => name);
    const exceptions = [...OTHER_VERDICT, ...OTHER_CAUSE];
    expect(exceptions.filter(([name, { why }]) => !names.includes(name) || why === "")).toEqual([]);
    expect(names.length - OTHER_VERDICT.size).toBeGreaterThanOrEqual(10);
    expect(readdirSync(ROOT).toSorted()).toEqual(names.toSorted());
  });
});
