// Whether a service may write with a role: who may assume it, and what its policies, lists and boundary let it do.

import { describe, expect, it } from "vitest";
import { mayWriteWith } from "../../../src/evaluate/chain/roles.ts";
import type { Gap } from "../../../src/model/graph.ts";
import { known } from "../../../src/model/value.ts";
import {
  type Attribute,
  type Attributes,
  graphOf,
  OPEN,
  oneOf,
  type Resources,
  reference,
  type WorldParts,
} from "../../tools/world.ts";

const ROLE = "aws_iam_role.r";
const SERVICE = "sns.amazonaws.com";
const STREAM = "arn:aws:firehose:us-east-1:111122223333:deliverystream/s";

const json = (...Statement: readonly object[]) => JSON.stringify({ Statement });
const trust = (Service: string) =>
  json({ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" });
const effect = (Effect: string, Action: string | readonly string[] = "firehose:*", Resource = "*") =>
  json({ Effect, Action, Resource });
const WRITES = effect("Allow");
const DENIES = effect("Deny");
const READS = effect("Allow", "firehose:Describe*");

/** The answer, why, what is shown, and whether the inputs give the role no policy. */
function judge(own: Attributes, more: Resources = {}, parts: WorldParts = {}): string {
  const graph = graphOf(
    { [ROLE]: { name: "r", assume_role_policy: trust(SERVICE), ...own }, ...more },
    parts,
  );
  const role = graph.byId(ROLE);
  if (role === undefined) throw new Error("no role");
  const use = {
    service: SERVICE,
    source: [known("arn:aws:sns:us-east-1:111122223333:t")],
    account: undefined,
    actions: ["firehose:PutRecord", "firehose:PutRecordBatch"],
    resource: [known(STREAM)],
  } as const;
  const { answer, how, evidence, unwritten } = mayWriteWith(graph, role, use);
  const shown = evidence.map(({ place, attribute }) => `${place.address} ${attribute ?? ""}`.trim());
  return `${answer} ${how}: ${shown.join(", ")}${unwritten ? " (unwritten)" : ""}`;
}

const TRUSTED = `yes trust: ${ROLE} assume_role_policy`;
const BARE = ROLE;
const INLINE = "aws_iam_role_policy.p";
const ATTACHMENT = "aws_iam_role_policy_attachment.a";
const POLICY = "aws_iam_policy.w";
const inline = (attributes: Attributes): Resources => ({
  [INLINE]: { name: "p", role: reference(ROLE, "id"), ...attributes },
});
const attached = (policy_arn: Attribute, more: Attributes = {}): Resources => ({
  [ATTACHMENT]: { role: reference(ROLE, "name"), policy_arn, ...more },
});
const managed = (policy: Attribute, more: Attributes = {}): Resources => ({ [POLICY]: { policy, ...more } });
const toPolicy = reference(POLICY, "arn");
const GAP: Gap = {
  origin: { why: "module-not-installed", subject: "module.m" },
  types: undefined,
  location: undefined,
};

describe("who may assume it", () => {
  it.each<[string, Attributes, string]>([
    [
      "another service",
      { assume_role_policy: trust("ec2.amazonaws.com") },
      `no trust: ${ROLE} assume_role_policy`,
    ],
    ["nobody", { assume_role_policy: null }, `no trust: ${ROLE} assume_role_policy`],
    ["that is not known", { assume_role_policy: OPEN }, `maybe trust: ${ROLE} assume_role_policy`],
    ["the service", {}, TRUSTED],
  ])("%s", (_, own, wanted) => {
    expect(judge(own, inline({ policy: WRITES }))).toBe(wanted);
  });
});

describe("policies of its own", () => {
  const block = (policy: Attribute, name = "own") => ({ inline_policy: [{ name, policy }] });
  it.each<[string, Attributes, Resources, string, WorldParts?]>([
    ["none", {}, {}, `maybe rights: ${BARE} (unwritten)`],
    ["that let it", {}, inline({ policy: WRITES }), TRUSTED],
    [
      "that let it do half of it",
      {},
      inline({ policy: effect("Allow", "firehose:PutRecord") }),
      `no rights: ${INLINE} policy`,
    ],
    [
      "for another stream",
      {},
      inline({ policy: effect("Allow", "firehose:*", `${STREAM}-other`) }),
      `no rights: ${INLINE} policy`,
    ],
    ["for reading", {}, inline({ policy: READS }), `no rights: ${INLINE} policy`],
    ["that are not known", {}, inline({ policy: OPEN }), `maybe rights: ${INLINE} policy`],
    [
      "that may not be there",
      {},
      inline({ policy: WRITES, ".exists": "maybe" }),
      `maybe rights: ${INLINE} policy`,
    ],
    [
      "of another role",
      {},
      { ...inline({ role: "other", policy: WRITES }) },
      `maybe rights: ${BARE} (unwritten)`,
    ],
    [
      "that let it, and one that denies it",
      {},
      {
        ...inline({ policy: WRITES }),
        "aws_iam_role_policy.d": { name: "d", role: reference(ROLE, "id"), policy: DENIES },
      },
      `no rights: ${INLINE} policy, aws_iam_role_policy.d policy`,
    ],
    ["in a block", block(WRITES), {}, TRUSTED],
    ["in a block, for reading", block(READS), {}, `no rights: ${BARE}`],
    ["in blocks that are not known", { inline_policy: OPEN }, {}, `maybe rights: ${BARE}`],
    [
      "in a block that a resource of its own has replaced",
      block(WRITES, "p"),
      inline({ policy: READS }),
      `no rights: ${INLINE} policy`,
    ],
    [
      "in a block, while a resource goes",
      { ...block(WRITES), ".fresh": false, managed_policy_arns: [] },
      {},
      `maybe rights: ${BARE}`,
      { gone: [INLINE] },
    ],
    [
      "in a block, and more that are not listed",
      block(READS),
      {},
      `maybe rights: ${BARE}`,
      { gaps: { aws_iam_role_policy: GAP } },
    ],
    [
      "in a block, and attachments that are not listed",
      block(READS),
      {},
      `maybe rights: ${BARE}`,
      { gaps: { aws_iam_role_policy_attachment: GAP } },
    ],
    [
      "in a block, and attachments of several that are not listed",
      block(READS),
      {},
      `maybe rights: ${BARE}`,
      { gaps: { aws_iam_policy_attachment: GAP } },
    ],
    [
      "in a block, and queues that are not listed",
      block(READS),
      {},
      `no rights: ${BARE}`,
      { gaps: { aws_sqs_queue: GAP } },
    ],
  ])("%s", (_, own, more, wanted, parts) => {
    expect(judge(own, more, parts)).toBe(wanted);
  });
});

describe("policies that are attached", () => {
  const DATA = "data.aws_iam_policy.d";
  it.each<[string, Attributes, Resources, string, WorldParts?]>([
    ["that let it", {}, { ...attached(toPolicy), ...managed(WRITES) }, TRUSTED],
    ["for reading", {}, { ...attached(toPolicy), ...managed(READS) }, `no rights: ${ATTACHMENT} policy_arn`],
    [
      "that may not be there",
      {},
      { ...attached(toPolicy), ...managed(WRITES, { ".exists": "maybe" }) },
      `maybe rights: ${ATTACHMENT} policy_arn`,
    ],
    ["by the ARN of one here", {}, { ...attached("arn:w"), ...managed(WRITES, { arn: "arn:w" }) }, TRUSTED],
    [
      "by an ARN that a data source has read",
      {},
      { ...attached("arn:d"), [DATA]: { arn: "arn:d", policy: WRITES } },
      TRUSTED,
    ],
    [
      "by a data source",
      {},
      { ...attached(reference(DATA, "arn")), [DATA]: { arn: "arn:d", policy: READS } },
      `no rights: ${ATTACHMENT} policy_arn`,
    ],
    [
      "by a data source of a policy of AWS",
      {},
      {
        ...attached(reference(DATA, "arn")),
        [DATA]: { arn: "arn:aws:iam::aws:policy/AdministratorAccess", policy: reference(DATA, "policy") },
      },
      TRUSTED,
    ],
    ["as the only choice", {}, { ...attached(oneOf(toPolicy)), ...managed(WRITES) }, TRUSTED],
    [
      "as one of two",
      {},
      { ...attached(oneOf(toPolicy, reference("aws_iam_policy.z", "arn"))), ...managed(WRITES) },
      `maybe rights: ${ATTACHMENT} policy_arn`,
    ],
    ["of AWS", {}, attached("arn:aws:iam::aws:policy/AdministratorAccess"), TRUSTED],
    ["from elsewhere", {}, attached("arn:elsewhere"), `maybe rights: ${ATTACHMENT} policy_arn`],
    ["that are not known", {}, attached(OPEN), `maybe rights: ${ATTACHMENT} policy_arn`],
    ["that are no policy", {}, attached(reference(ROLE, "arn")), `maybe rights: ${ATTACHMENT} policy_arn`],
    [
      "by a resource for several roles",
      {},
      {
        "aws_iam_policy_attachment.s": { roles: ["x", reference(ROLE, "name")], policy_arn: toPolicy },
        ...managed(WRITES),
      },
      TRUSTED,
    ],
    ["by the role's own list", { managed_policy_arns: [toPolicy] }, managed(WRITES), TRUSTED],
    [
      "by the role's own list, for reading",
      { managed_policy_arns: [toPolicy] },
      managed(READS),
      `no rights: ${BARE}`,
    ],
    [
      "by the role's own list, which is not known",
      { managed_policy_arns: OPEN },
      {},
      `maybe rights: ${BARE}`,
    ],
    [
      "by the role's own list, while an attachment goes",
      { managed_policy_arns: [toPolicy], ".fresh": false, inline_policy: [] },
      managed(WRITES),
      `maybe rights: ${BARE}`,
      { gone: [ATTACHMENT] },
    ],
    [
      "by the role's own list, while one of several roles goes",
      { managed_policy_arns: [toPolicy], ".fresh": false, inline_policy: [] },
      managed(WRITES),
      `maybe rights: ${BARE}`,
      { gone: ["aws_iam_policy_attachment.s"] },
    ],
  ])("%s", (_, own, more, wanted, parts) => {
    expect(judge(own, more, parts)).toBe(wanted);
  });
});

describe("lists that say which policies it has", () => {
  const names = (policy_names: Attribute): Resources => ({
    "aws_iam_role_policies_exclusive.x": { role_name: reference(ROLE, "name"), policy_names },
  });
  const arns = (policy_arns: Attribute): Resources => ({
    "aws_iam_role_policy_attachments_exclusive.x": { role_name: reference(ROLE, "name"), policy_arns },
  });
  it.each<[string, Resources, string]>([
    ["none, so that there may be more", {}, `maybe rights: ${BARE} (unwritten)`],
    ["no name, so that there are none", names([]), `no rights: ${BARE}`],
    ["no ARN, so that there are none", arns([]), `no rights: ${BARE}`],
    ["the name of one that lets it", { ...names(["p"]), ...inline({ policy: WRITES }) }, TRUSTED],
    ["another name", { ...names(["q"]), ...inline({ policy: WRITES }) }, `maybe rights: ${INLINE} policy`],
    [
      "names that are not known",
      { ...names(OPEN), ...inline({ policy: WRITES }) },
      `maybe rights: ${INLINE} policy`,
    ],
    ["the ARN of one that lets it", { ...arns([toPolicy]), ...managed(WRITES) }, TRUSTED],
    ["the ARN of one for reading", { ...arns([toPolicy]), ...managed(READS) }, `no rights: ${BARE}`],
    ["ARNs that are not known", arns(OPEN), `maybe rights: ${BARE}`],
    [
      "the ARN of one that is attached too",
      { ...arns([toPolicy]), ...attached(toPolicy), ...managed(WRITES) },
      TRUSTED,
    ],
    [
      "not the ARN of one that is attached",
      { ...arns([]), ...attached(toPolicy), ...managed(WRITES) },
      `maybe rights: ${ATTACHMENT} policy_arn`,
    ],
  ])("%s", (_, more, wanted) => {
    expect(judge({}, more)).toBe(wanted);
  });
});

describe("its boundary", () => {
  const within = (permissions_boundary: Attribute, more: Resources = {}) =>
    judge({ permissions_boundary }, { ...inline({ policy: WRITES }), ...more });
  const both = `${INLINE} policy, ${ROLE} permissions_boundary`;
  it.each<[string, Attribute, Resources, string]>([
    ["lets it", toPolicy, managed(WRITES), TRUSTED],
    ["does not", toPolicy, managed(READS), `no rights: ${both}`],
    ["is not known", OPEN, {}, `maybe rights: ${both}`],
    ["is of AWS", "arn:aws:iam::aws:policy/AdministratorAccess", {}, TRUSTED],
    ["is not set", "", {}, TRUSTED],
  ])("%s", (_, boundary, more, wanted) => {
    expect(within(boundary, more)).toBe(wanted);
  });

  it("is shown behind no more than two policies", () => {
    const policies = Object.fromEntries(
      ["p", "q", "r"].map((name) => [
        `aws_iam_role_policy.${name}`,
        { name, role: reference(ROLE, "id"), policy: READS },
      ]),
    );
    expect(judge({ permissions_boundary: OPEN }, policies)).toBe(
      "no rights: aws_iam_role_policy.p policy, aws_iam_role_policy.q policy, aws_iam_role_policy.r policy",
    );
  });
});
