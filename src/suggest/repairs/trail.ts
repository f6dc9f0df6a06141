// Repairs of the first link: a trail of all regions that logs all management events to a log group.

import { logGroupOfArn } from "../../aws/arn.ts";
import type { Place } from "../../model/finding.ts";
import type { ResourceInstance } from "../../model/graph.ts";
import { elementsOf, HIDDEN, isUnset } from "../../model/value.ts";
import { argumentsOf, type Expression, listOf, literal, nested, template } from "../block.ts";
import { asName } from "../hcl-text.ts";
import { type Home, homeOf } from "../part.ts";
import { reach } from "../reach.ts";
import { documentBlock, firstHome, rename, written } from "./pieces.ts";
import { concerned, type Repair, setOnSubject, type Workshop } from "./repair.ts";

type NoTrail =
  | "nothing-to-check"
  | "no-trail"
  | "trail-removed"
  | "log-group-without-trail"
  | "trail-outside-inputs"
  | "trail-of-another-account";

/** A trail of its own, onto the log group that filters sit on where there is one. */
export const addTrail: Repair<NoTrail> = (cause, workshop) => {
  const { draft } = workshop;
  if (cause.code === "trail-removed" && cause.subject !== undefined) {
    draft.note(`The plan removes ${cause.subject.address}; keeping it may be all there is to do.`);
  }
  if (cause.code === "trail-outside-inputs") {
    draft.note(
      "If a trail elsewhere feeds the log group, give the plan or state that holds it with --with instead of adding one.",
    );
  }
  proposeTrail(workshop, placeOfGroup(cause.subject, workshop));
};

/** The log group a new trail delivers to: the one the cause is about, else one that filters sit on, else a new one. */
function placeOfGroup(subject: Place | undefined, { draft, view }: Workshop): Destination {
  const named = draft.find(subject);
  if (named?.address.type === "aws_cloudwatch_log_group") return { kind: "instance", instance: named };
  const fed = view.edges.filter(({ means }) => means === "feeds").map(({ from }) => from);
  const group = view.nodes.find((node) => node.kind === "log-group" && fed.includes(node.id));
  if (group === undefined) return { kind: "none" };
  if (group.managed === "outside") {
    const filters = view.edges.filter(({ from }) => from === group.id).map(({ to }) => to);
    const filter = draft.graph().byId(filters[0] ?? "");
    return { kind: "outside", name: group.title, filter };
  }
  const instance = draft.find(group.place);
  return instance === undefined ? { kind: "none" } : { kind: "instance", instance };
}

type Destination =
  | { readonly kind: "instance"; readonly instance: ResourceInstance }
  | { readonly kind: "outside"; readonly name: string; readonly filter: ResourceInstance | undefined }
  | { readonly kind: "none" };

function proposeTrail(workshop: Workshop, to: Destination): void {
  const { draft, naming } = workshop;
  const anchor = to.kind === "instance" ? to.instance : to.kind === "outside" ? to.filter : undefined;
  const home = anchor === undefined ? firstHome(draft) : homeOf(anchor);
  const groupArn = groupArnOf(workshop, home, to);
  const name = asName(naming.trail);
  const bucket = addBucket(workshop, home, name);
  const role = addRole(workshop, home, name, groupArn);
  draft.add(home, {
    type: "aws_cloudtrail",
    name,
    arguments: argumentsOf({
      name: literal(rename(draft, "aws_cloudtrail", "name", naming.trail)),
      s3_bucket_name: written(draft, home, bucket.bucket, "id"),
      is_multi_region_trail: literal(true),
      enable_log_file_validation: literal(true),
      cloud_watch_logs_group_arn: template(groupArn, literal(":*")),
      cloud_watch_logs_role_arn: written(draft, home, role, "arn"),
      depends_on: listOf({
        kind: "written",
        text: bucket.policy,
        value: { kind: "map", entries: new Map(), sensitive: false },
      }),
    }),
  });
}

/** The log group's ARN without the `:*` that CloudTrail wants behind it. */
function groupArnOf(workshop: Workshop, home: Home, to: Destination): Expression {
  const { draft, naming } = workshop;
  switch (to.kind) {
    case "instance":
      return written(draft, home, to.instance, "arn");
    case "outside": {
      if (to.name.startsWith("arn:")) return literal(to.name.replace(/:\*$/, ""));
      const found = draft.add(home, {
        mode: "data",
        type: "aws_cloudwatch_log_group",
        name: asName(naming.trail),
        arguments: argumentsOf({ name: literal(to.name) }),
      });
      return written(draft, home, found, "arn");
    }
    case "none":
      return written(draft, home, addLogGroup(workshop, home), "arn");
    default:
      return to satisfies never;
  }
}

function addLogGroup({ draft, naming }: Workshop, home: Home): ResourceInstance {
  return draft.add(home, {
    type: "aws_cloudwatch_log_group",
    name: asName(naming.trail),
    arguments: argumentsOf({
      name: literal(rename(draft, "aws_cloudwatch_log_group", "name", `cloudtrail/${naming.trail}`)),
      retention_in_days: literal(365),
    }),
  });
}

/**
 * A bucket that CloudTrail may write to and nobody may read in public.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 */
function addBucket({ draft, naming }: Workshop, home: Home, name: string) {
  const bucket = draft.add(home, {
    type: "aws_s3_bucket",
    name,
    arguments: argumentsOf({ bucket_prefix: literal(`${naming.trail}-`.slice(0, 37)) }),
    remarks: ["CloudTrail wants a bucket too; alarms do not need what is in it."],
  });
  const id = written(draft, home, bucket, "id");
  const flags = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];
  draft.add(home, {
    type: "aws_s3_bucket_public_access_block",
    name,
    arguments: [
      { name: "bucket", value: id },
      ...flags.map((flag) => ({ name: flag, value: literal(true) })),
    ],
  });
  const arn = written(draft, home, bucket, "arn");
  const document = documentBlock(draft, home, `${name}_bucket`, [
    { service: "cloudtrail.amazonaws.com", actions: ["s3:GetBucketAcl"], resources: [arn] },
    {
      service: "cloudtrail.amazonaws.com",
      actions: ["s3:PutObject"],
      resources: [template(arn, literal("/AWSLogs/*"))],
      condition: {
        test: "StringEquals",
        variable: "s3:x-amz-acl",
        values: [literal("bucket-owner-full-control")],
      },
    },
  ]);
  const policy = draft.add(home, {
    type: "aws_s3_bucket_policy",
    name,
    arguments: argumentsOf({ bucket: id, policy: document }),
  });
  return { bucket, policy: `${policy.address.type}.${policy.address.name}` };
}

/**
 * The role with which CloudTrail writes to the log group.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
 */
function addRole({ draft }: Workshop, home: Home, name: string, groupArn: Expression): ResourceInstance {
  const trust = documentBlock(draft, home, `${name}_trust`, [
    { service: "cloudtrail.amazonaws.com", actions: ["sts:AssumeRole"], resources: [] },
  ]);
  const role = draft.add(home, {
    type: "aws_iam_role",
    name,
    arguments: argumentsOf({ name_prefix: literal("cloudtrail-to-logs-"), assume_role_policy: trust }),
  });
  const rights = documentBlock(draft, home, `${name}_logs`, [
    {
      service: undefined,
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [template(groupArn, literal(":*"))],
    },
  ]);
  draft.add(home, {
    type: "aws_iam_role_policy",
    name,
    arguments: argumentsOf({ role: written(draft, home, role, "id"), policy: rights }),
  });
  return role;
}

export const makeMultiRegion: Repair<"trail-not-multi-region"> = (cause, workshop) =>
  setOnSubject(cause, workshop, "is_multi_region_trail", true);

export const switchOn: Repair<"trail-not-logging"> = (cause, workshop) =>
  setOnSubject(cause, workshop, "enable_logging", true);

/** Delivers the trail to the log group that filters sit on, or to a new one. */
export function connectLogGroup(trail: ResourceInstance, workshop: Workshop): void {
  const { draft } = workshop;
  const home = homeOf(trail);
  const found = placeOfGroup(undefined, workshop);
  const arn =
    found.kind === "instance"
      ? (reach(draft, home, found.instance, ["arn"]) ?? groupArnOf(workshop, home, { kind: "none" }))
      : groupArnOf(workshop, home, found);
  const set = argumentsOf({ cloud_watch_logs_group_arn: template(arn, literal(":*")) });
  if (isUnset(trail.read("cloud_watch_logs_role_arn")) === "no") {
    draft.change(trail, { set, remark: "Its role has to be allowed to write to this log group." });
    return;
  }
  const role = addRole(workshop, home, asName(`${trail.address.name}_to_logs`), arn);
  const roleArn = argumentsOf({ cloud_watch_logs_role_arn: written(draft, home, role, "arn") });
  draft.change(trail, { set: [...set, ...roleArn] });
}

export const addLogGroupToTrail: Repair<"trail-without-log-group"> = (cause, workshop) => {
  const trail = concerned(cause, "aws_cloudtrail", workshop);
  if (trail !== undefined) connectLogGroup(trail, workshop);
};

export const recordEverything: Repair<"trail-misses-management-events"> = (cause, workshop) => {
  const trail = concerned(cause, "aws_cloudtrail", workshop);
  if (trail !== undefined) selectManagementEvents(trail, workshop);
};

/**
 * Advanced selectors add up, so one more is enough. Classic ones may exclude sources for the whole trail, so one
 * full selector takes their place.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html
 */
export function selectManagementEvents(trail: ResourceInstance, { draft }: Workshop): void {
  const advanced = elementsOf(trail.read("advanced_event_selector"));
  const classic = elementsOf(trail.read("event_selector"));
  const usesAdvanced = advanced === undefined ? classic?.length === 0 : advanced.length > 0;
  if (usesAdvanced) {
    const field = nested("field_selector", {
      field: literal("eventCategory"),
      equals: listOf(literal("Management")),
    });
    const selector = nested("advanced_event_selector", { name: literal("All management events") }, [field]);
    draft.change(trail, {
      append: [selector],
      ...(advanced === undefined || (classic?.length ?? 0) > 0 ? { remove: ["event_selector"] } : {}),
    });
    return;
  }
  const selector = nested("event_selector", {
    read_write_type: literal("All"),
    include_management_events: literal(true),
  });
  draft.change(trail, {
    replace: [selector],
    remark:
      "This block takes the place of the present event_selector blocks; keep their data_resource blocks in it.",
  });
}

/** The log group that the best trail delivers to, as a filter names it. */
export function groupNameFor(
  place: Place | undefined,
  home: Home,
  workshop: Workshop,
): Expression | undefined {
  const { draft } = workshop;
  const group = draft.find(place);
  if (group !== undefined)
    return group.address.type === "aws_cloudwatch_log_group"
      ? reach(draft, home, group, ["name"])
      : undefined;
  if (place === undefined || place.input !== undefined || place.address === HIDDEN) return undefined;
  const name = place.address.startsWith("arn:") ? logGroupOfArn(place.address) : place.address;
  return name === undefined ? undefined : literal(name);
}
