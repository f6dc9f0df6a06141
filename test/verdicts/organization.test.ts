// A member account judged with the stack of the account that holds the trail.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findingOf } from "../tools/check-plan.ts";

const MANAGEMENT = readFileSync("test/scenarios/flat-direct-references/state.json", "utf8");
const TRAIL_ACCOUNT = "123456789012";
const MEMBER = "444455556666";

/** The whole chain in the account of the trail. */
function management(isOrganization: string): string {
  return MANAGEMENT.replace('"is_organization_trail":false', `"is_organization_trail":${isOrganization}`);
}

/** A state with one object in an account, or in several. */
function memberOf(...accounts: readonly string[]): string {
  const resources = accounts.map((account, at) => {
    const arn = `arn:aws:sqs:us-east-1:${account}:jobs`;
    const values = { arn, name: "jobs", id: arn };
    return {
      address: `aws_sqs_queue.q${at}`,
      mode: "managed",
      type: "aws_sqs_queue",
      name: `q${at}`,
      values,
    };
  });
  return JSON.stringify({ format_version: "1.0", values: { root_module: { resources } } });
}

async function verdict(first: string, ...others: string[]): Promise<string> {
  const { verdict, causes, remarks } = await findingOf(first, others);
  return [verdict, causes[0]?.code, ...remarks.map(({ code }) => code)].filter(Boolean).join(" ");
}

describe("a member account", () => {
  it("is covered by an organization trail whose filters and alarms are in its own account", async () => {
    expect(management("true")).not.toBe(MANAGEMENT);
    expect(await verdict(memberOf(MEMBER), management("true"))).toBe("satisfied organization-trail-counts");
  });

  it("is not covered by another account's own trail, and nothing is proven against it", async () => {
    expect(await verdict(memberOf(MEMBER), management("false"))).toBe("undecided trail-of-another-account");
  });

  it("nor by a trail that does not say, since the default is no organization trail", async () => {
    expect(await verdict(memberOf(MEMBER), management("null"))).toBe("undecided trail-of-another-account");
  });

  it("that is the trail's account needs no organization", async () => {
    expect(await verdict(memberOf(TRAIL_ACCOUNT), management("false"))).toBe("satisfied");
  });

  it("of a stack over several accounts may hold the trail", async () => {
    expect(await verdict(memberOf(MEMBER, TRAIL_ACCOUNT), management("false"))).toBe("satisfied");
  });

  it("that is not told is taken to be the trail's", async () => {
    const nameless = memberOf(MEMBER).replaceAll(/"arn:aws:sqs[^"]*"/g, "null");
    expect(await verdict(nameless, management("false"))).toBe("satisfied");
  });

  it("as the stack beside the trail's own changes nothing", async () => {
    expect(await verdict(management("false"), memberOf(MEMBER))).toBe("satisfied");
  });
});
