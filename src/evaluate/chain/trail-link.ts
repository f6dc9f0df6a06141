// First link: where management events come from. A head is a trail of the inputs, or a trail outside them that
// may feed a log group the inputs only point to.

import { logGroupOfArn } from "../../aws/arn.ts";
import { judgeEach } from "../../aws/attributes.ts";
import { arnsOf, NOT_KNOWN } from "../../aws/publish-policy.ts";
import { TRAIL_ACTIONS, trailStreams } from "../../aws/role-policy.ts";
import { isLogging, isMultiRegion, isOrganizationTrail, recordsManagementEvents } from "../../aws/trail.ts";
import { parseAddress } from "../../model/address.ts";
import type { DeliverySettings } from "../../model/delivery.ts";
import type { Cause, Remark } from "../../model/finding.ts";
import type { Graph, ResourceInstance } from "../../model/graph.ts";
import type { Assumption } from "../../model/policy.ts";
import { all, any, isUnset, known, stringOf, type Tri, type Value } from "../../model/value.ts";
import { worksElsewhere } from "../asked-accounts.ts";
import { evidenceOf, outsidePlace, placeOf } from "../evidence.ts";
import { amongTargets, type Pointer, pointerOf, pointsTo, spokenOf, type Target } from "../pointers.ts";
import { judgeSeen, ownerOf } from "../policies.ts";
import { mayWriteWith, type RoleUse } from "./roles.ts";
import { type Condition, notKnown, onAttribute, onDelivery, onExistence, type Step, stepOf } from "./step.ts";

export interface Head extends Step {
  /** `undefined`: a trail outside the inputs. */
  readonly trail: ResourceInstance | undefined;
  /** The log group it delivers to. */
  readonly pointer: Pointer;
}

const GROUP_ARGUMENT = "cloud_watch_logs_group_arn";

export function trailHeads(graph: Graph, delivery: DeliverySettings): readonly Head[] {
  return graph.resources("aws_cloudtrail").map((trail) => trailHead(graph, trail, delivery));
}

function trailHead(graph: Graph, trail: ResourceInstance, delivery: DeliverySettings): Head {
  const pointer = pointerOf(trail.read(GROUP_ARGUMENT), { graph, from: trail.scope, family: "log-group" });
  const events = recordsManagementEvents(trail);
  const subject = placeOf(trail);
  const account = onAccount(graph, trail);
  const conditions: readonly Condition[] = [
    onExistence(trail),
    ...account.conditions,
    judged(trail, isMultiRegion(trail), "trail-not-multi-region"),
    judged(trail, isLogging(trail), "trail-not-logging"),
    onAttribute(events.answer, trail, events.attribute, () => ({
      code: "trail-misses-management-events",
      subject,
      evidence: [evidenceOf(trail, events.attribute)],
      how: events.how ?? "narrowed",
    })),
    {
      answer: deliversSomewhere(pointer),
      cause: () =>
        pointer.open === undefined
          ? { code: "trail-without-log-group", subject, evidence: [evidenceOf(trail, GROUP_ARGUMENT)] }
          : notKnown(trail, GROUP_ARGUMENT, pointer.open),
    },
    onDelivery(delivery, "trail-log-group-arn-incomplete", onArnForm(trail)),
    onDelivery(delivery, "trail-role-cannot-write", onRole(graph, trail, pointer)),
  ];
  const evidence = ["is_multi_region_trail", "enable_logging", GROUP_ARGUMENT].map((name) =>
    evidenceOf(trail, name),
  );
  return { trail, pointer, ...stepOf(conditions, evidence, account.remarks) };
}

/** A trail of another account than the one asked about counts where it records the whole organization. */
function onAccount(
  graph: Graph,
  trail: ResourceInstance,
): { readonly conditions: readonly Condition[]; readonly remarks: readonly Remark[] } {
  if (!worksElsewhere(graph, trail.scope)) return { conditions: [], remarks: [] };
  const { answer, attribute } = isOrganizationTrail(trail);
  const accounts = { account: trail.scope.account ?? "", asked: graph.askedAccounts?.() ?? [] };
  const told = { subject: placeOf(trail), evidence: [evidenceOf(trail, attribute)], ...accounts };
  return {
    conditions: [
      onAttribute(answer, trail, attribute, () => ({ code: "trail-of-another-account", ...told })),
    ],
    remarks: answer === "yes" ? [{ code: "organization-trail-counts", ...told }] : [],
  };
}

/**
 * CloudTrail takes a log group's ARN with `:*` behind it only. What comes from the inputs by reference may have it.
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudtrail
 * (cloud_watch_logs_group_arn: CloudTrail requires the log stream wildcard)
 */
function onArnForm(trail: ResourceInstance): Condition {
  const answer = judgeEach(trail.read(GROUP_ARGUMENT), (value) => {
    const text = stringOf(value);
    return text !== undefined && logGroupOfArn(text) !== undefined && !text.endsWith(":*") ? "no" : "yes";
  });
  return {
    answer,
    cause: () =>
      answer === "no"
        ? {
            code: "trail-log-group-arn-incomplete",
            subject: placeOf(trail),
            evidence: [evidenceOf(trail, GROUP_ARGUMENT)],
          }
        : notKnown(trail, GROUP_ARGUMENT),
  };
}

const ROLE_ARGUMENT = "cloud_watch_logs_role_arn";

/** The role that CloudTrail writes with. One outside the inputs is taken to let it: CloudTrail tries when it is named. */
function onRole(graph: Graph, trail: ResourceInstance, group: Pointer): Condition {
  const value = trail.read(ROLE_ARGUMENT);
  if (isUnset(value) === "yes") return { answer: "yes", cause: undefined };
  const { account, region } = trail.scope;
  const [target, ...others] = [...group.targets, ...group.also];
  const owner = target?.kind === "instance" ? arnsOf(ownerOf(target.instance)) : [];
  const written = withoutWildcard(trail.read(GROUP_ARGUMENT));
  const certain = target !== undefined && others.length === 0 && group.open === undefined;
  const use: RoleUse = {
    service: "cloudtrail.amazonaws.com",
    source: arnsOf(ownerOf(trail)),
    account,
    actions: TRAIL_ACTIONS,
    resource: certain ? trailStreams([written, ...owner], account, region) : [NOT_KNOWN],
  };
  const pointer = pointerOf(value, { graph, from: trail.scope, family: "role" });
  const { answer, deciding, outside } = judgeSeen(
    graph,
    "aws_iam_role",
    pointer,
    (role) => mayWriteWith(graph, role, use).answer,
  );
  const evidence = [evidenceOf(trail, ROLE_ARGUMENT)];
  const condition: Condition = { answer, cause: () => roleCause(graph, trail, { deciding, answer, use }) };
  if (!outside || answer !== "yes") return condition;
  return {
    ...condition,
    remark: () => ({ code: "rights-not-seen", subject: placeOf(trail), evidence, what: "role" }),
  };
}

/** The ARN of the group itself, whichever way the trail writes it. */
function withoutWildcard(value: Value): Value {
  if (value.kind === "text") return { ...value, parts: value.parts.map(withoutWildcard) };
  const [only] = value.kind === "unknown" && value.candidates.length === 1 ? value.candidates : [];
  if (only !== undefined) return withoutWildcard(only);
  const text = stringOf(value);
  return text === undefined ? value : known(text.replace(/:\*$/, ""));
}

function roleCause(
  graph: Graph,
  trail: ResourceInstance,
  {
    deciding,
    answer,
    use,
  }: { readonly deciding: ResourceInstance | undefined; readonly answer: Tri; readonly use: RoleUse },
): Cause {
  if (deciding === undefined) return notKnown(trail, ROLE_ARGUMENT);
  const { how, evidence, unwritten } = mayWriteWith(graph, deciding, use);
  if (answer === "no" || unwritten) {
    const both = [evidenceOf(trail, ROLE_ARGUMENT), ...evidence];
    return { code: "trail-role-cannot-write", subject: placeOf(deciding), evidence: both, how };
  }
  // The policy that leaves it open, where one does.
  const [open] = evidence.filter(({ value }) => value?.kind === "unknown");
  const type = parseAddress(open?.place.address ?? "")?.type ?? "";
  const instance = graph.resources(type).find(({ name }) => name === open?.place.address);
  if (instance !== undefined && open?.attribute !== undefined) return notKnown(instance, open.attribute);
  return notKnown(deciding, how === "trust" ? "assume_role_policy" : "inline_policy");
}

/** Where it delivers may be open without spoiling the trail: which log group it is matters at the next link. */
function deliversSomewhere(pointer: Pointer): Tri {
  if (pointer.targets.some((target) => target.kind !== "foreign")) return "yes";
  return pointer.open === undefined ? "no" : "maybe";
}

function judged(
  trail: ResourceInstance,
  judgement: { readonly answer: Tri; readonly attribute: string },
  code: "trail-not-multi-region" | "trail-not-logging",
): Condition {
  return onAttribute(judgement.answer, trail, judgement.attribute, () => ({
    code,
    subject: placeOf(trail),
    evidence: [evidenceOf(trail, judgement.attribute)],
  }));
}

/**
 * A trail outside the inputs feeding a log group that they only point to: nobody here can tell, unless an
 * assumption says so. A log group that the inputs manage is fed by their trails or by none.
 */
export function outsideHead(
  filter: ResourceInstance,
  group: Pointer,
  assumptions: readonly Assumption[],
): Head | undefined {
  const outside = group.targets.find((target) => target.kind === "outside");
  if (outside === undefined && group.open === undefined) return undefined;
  const pointer: Pointer = outside === undefined ? group : { targets: [outside], also: [], open: undefined };
  const place = outsidePlace(
    outside?.kind === "outside" ? nameOf(outside) : "a log group outside the inputs",
  );
  const evidence = [evidenceOf(filter, "log_group_name")];
  const assumed = assumptions.find(
    (assumption) =>
      assumption.kind === "log-group-fed" &&
      outside?.kind === "outside" &&
      meansGroup(assumption.logGroup, outside),
  );
  if (assumed !== undefined && assumed.kind === "log-group-fed") {
    const remark = {
      code: "assumption-used" as const,
      subject: place,
      evidence,
      assumption:
        outside?.kind === "outside" && outside.hidden === true ? spokenOf(outside) : assumed.logGroup,
      reason: assumed.reason,
    };
    return { trail: undefined, pointer, answer: "yes", causes: [], evidence, remarks: [remark] };
  }
  const cause: Cause =
    outside === undefined
      ? notKnown(filter, "log_group_name", group.open)
      : { code: "trail-outside-inputs", subject: place, evidence };
  return { trail: undefined, pointer, answer: "maybe", causes: [cause], evidence, remarks: [] };
}

function nameOf(group: Target & { kind: "outside" }): string {
  return group.hidden === true ? spokenOf(group) : group.name;
}

function meansGroup(assumed: string, group: Target & { kind: "outside" }): boolean {
  return assumed === group.name || assumed.replace(/:\*$/, "") === group.text.replace(/:\*$/, "");
}

/** How well a head feeds the log group that a filter sits on, and which head feeds it best. */
export interface Feed {
  readonly answer: Tri;
  readonly head: Head | undefined;
}

export function feedOf(heads: readonly Head[], group: Pointer): Feed {
  const alive = heads.filter((head) => head.answer !== "no");
  if (alive.length === 0) return { answer: "no", head: undefined };
  const feeds = (head: Head) =>
    all([head.answer, amongTargets(group, (target) => pointsTo(head.pointer, target))]);
  const ranked = alive.map((head) => ({ head, answer: feeds(head) })).filter(({ answer }) => answer !== "no");
  ranked.sort((a, b) => RANK[b.answer] - RANK[a.answer]);
  const answer = amongTargets(group, (target) =>
    any(alive.map((head) => all([head.answer, pointsTo(head.pointer, target)]))),
  );
  return { answer, head: ranked[0]?.head };
}

export const RANK: Readonly<Record<Tri, number>> = { no: 0, maybe: 1, yes: 2 };
