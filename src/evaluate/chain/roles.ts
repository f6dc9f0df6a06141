// The role that a service writes with: whether the service may assume it, and whether its policies let it write.

import type { Effects } from "../../aws/policy-evaluation.ts";
import { granted } from "../../aws/policy-evaluation.ts";
import {
  type Assuming,
  effectsOfManaged,
  effectsOnAction,
  letsServiceAssume,
} from "../../aws/role-policy.ts";
import { sameText } from "../../aws/same-text.ts";
import type { Evidence } from "../../model/finding.ts";
import type { Graph, ResourceInstance } from "../../model/graph.ts";
import { all, any, child, elementsOf, isUnset, stringOf, type Tri, type Value } from "../../model/value.ts";
import { evidenceOf } from "../evidence.ts";
import { judgePolicy, type Speaker, speakersOf, writtenPolicy } from "../policies.ts";

export interface RoleUse extends Assuming {
  readonly actions: readonly string[];
  /** What it writes to, in every way it is known. */
  readonly resource: readonly Value[];
}

export interface RoleAnswer {
  readonly answer: Tri;
  readonly how: "trust" | "rights";
  readonly evidence: readonly Evidence[];
  /** The inputs give the role no policy at all. Others may: what it may do is open then. */
  readonly unwritten: boolean;
}

const INLINE = "aws_iam_role_policy";
const ATTACHMENT = "aws_iam_role_policy_attachment";
const ATTACHMENTS = "aws_iam_policy_attachment";

export function mayWriteWith(graph: Graph, role: ResourceInstance, use: RoleUse): RoleAnswer {
  const trust = judgePolicy(
    graph,
    writtenPolicy(role, "assume_role_policy"),
    (document) => letsServiceAssume(document, use),
    "no",
  );
  if (trust === "no")
    return {
      answer: "no",
      how: "trust",
      evidence: [evidenceOf(role, "assume_role_policy")],
      unwritten: false,
    };
  const judged = use.actions.map((action) => mayDo(graph, role, action, use.resource));
  const rights = all(judged.map((right) => right.answer));
  const answer = all([trust, rights]);
  const shown = rights === "yes" ? [evidenceOf(role, "assume_role_policy")] : rightsEvidence(graph, role);
  const unwritten = rights === "maybe" && judged.every((right) => right.unwritten);
  return { answer, how: rights === "yes" ? "trust" : "rights", evidence: shown, unwritten };
}

function rightsEvidence(graph: Graph, role: ResourceInstance): readonly Evidence[] {
  const inline = byRole(graph, INLINE, role).map(({ instance }) => evidenceOf(instance, "policy"));
  const attached = byRole(graph, ATTACHMENT, role).map(({ instance }) => evidenceOf(instance, "policy_arn"));
  const boundary = isUnset(role.read("permissions_boundary")) === "yes" ? [] : ["permissions_boundary"];
  const own = boundary.map((attribute) => evidenceOf(role, attribute));
  const found = [...inline, ...attached, ...own].slice(0, 3);
  return found.length > 0 ? found : [evidenceOf(role)];
}

function byRole(graph: Graph, type: string, role: ResourceInstance, attribute = "role"): readonly Speaker[] {
  return speakersOf(graph, { type, attribute, family: "role" }, role);
}

/**
 * Its policies together allow it, none denies it, and the permissions boundary allows it too.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
function mayDo(
  graph: Graph,
  role: ResourceInstance,
  action: string,
  resource: readonly Value[],
): Pick<RoleAnswer, "answer" | "unwritten"> {
  const ask: Ask = { graph, action, resource };
  const hidden = [INLINE, ATTACHMENT, ATTACHMENTS].some((type) => graph.gaps(type).length > 0);
  const written = [...inlineEffects(ask, role), ...attachedEffects(ask, role)];
  // Policies are attached to roles from other stacks too: that none is written here proves nothing.
  const unwritten = written.length === 0;
  const open = hidden || (!hasPolicy(graph, role) && !isExclusive(graph, role));
  const rights = granted([...written, ...(open ? [{ allowed: "maybe", denied: "no" } as const] : [])]);
  const boundary = role.read("permissions_boundary");
  if (isUnset(boundary) === "yes") return { answer: rights, unwritten };
  return { answer: all([rights, granted([effectsOfArn(ask, boundary)])]), unwritten };
}

/** Whether some policy is certainly the role's; one that may be another role's leaves open what else there is. */
function hasPolicy(graph: Graph, role: ResourceInstance): boolean {
  const own = ["inline_policy", "managed_policy_arns"].some(
    (attribute) => ownElements(role, attribute)?.length !== 0,
  );
  const speakers = [
    ...byRole(graph, INLINE, role),
    ...byRole(graph, ATTACHMENT, role),
    ...byRole(graph, ATTACHMENTS, role, "roles"),
  ];
  return own || speakers.some(({ sure }) => sure === "yes");
}

const EXCLUSIVE_LISTS = ["aws_iam_role_policies_exclusive", "aws_iam_role_policy_attachments_exclusive"];

function isExclusive(graph: Graph, role: ResourceInstance): boolean {
  return EXCLUSIVE_LISTS.some((type) => byRole(graph, type, role, "role_name").length > 0);
}

interface Ask {
  readonly graph: Graph;
  readonly action: string;
  readonly resource: readonly Value[];
}

const OPEN: Effects = { allowed: "maybe", denied: "maybe" };

/** What a policy does that is attached for certain, or perhaps. */
function attachedSo(sure: Tri, { allowed, denied }: Effects): Effects {
  return { allowed: all([sure, allowed]), denied: all([sure, denied]) };
}

function effectsOfPolicy({ graph, action, resource }: Ask, policy: Value): Effects {
  const judge = (effect: keyof Effects) =>
    judgePolicy(graph, policy, (document) => effectsOnAction(document, action, resource)[effect], "no");
  return { allowed: judge("allowed"), denied: judge("denied") };
}

/**
 * The role's own blocks and the resources of their own. What a state shows of a role comes from both, and is out of
 * date where the plan changes or removes one.
 */
function inlineEffects(ask: Ask, role: ResourceInstance): readonly Effects[] {
  const { graph } = ask;
  const separate = byRole(graph, INLINE, role);
  const named = separate.map(({ instance }) => stringOf(instance.read("name")));
  const exclusive = byRole(graph, "aws_iam_role_policies_exclusive", role, "role_name");
  const listed = (name: Value): Tri => listedEverywhere(exclusive, "policy_names", name);
  const own = ownElements(role, "inline_policy");
  const stale: Tri = graph.gone(INLINE).length > 0 ? "maybe" : "yes";
  const blocks = (own ?? [])
    .filter((block) => !named.includes(stringOf(child(block, "name"))))
    .map((block) => attachedSo(stale, effectsOfPolicy(ask, child(block, "policy"))));
  return [
    ...(own === undefined ? [OPEN] : blocks),
    ...separate.map(({ instance, sure }) =>
      attachedSo(all([sure, listed(instance.read("name"))]), effectsOfPolicy(ask, instance.read("policy"))),
    ),
  ];
}

function attachedEffects(ask: Ask, role: ResourceInstance): readonly Effects[] {
  const { graph } = ask;
  const exclusive = byRole(graph, "aws_iam_role_policy_attachments_exclusive", role, "role_name");
  const attached = (speakers: readonly Speaker[]) =>
    speakers.map(({ instance, sure }) => {
      const arn = instance.read("policy_arn");
      return attachedSo(all([sure, listedEverywhere(exclusive, "policy_arns", arn)]), effectsOfArn(ask, arn));
    });
  const own = ownElements(role, "managed_policy_arns");
  const gone = [ATTACHMENT, ATTACHMENTS].some((type) => graph.gone(type).length > 0);
  return [
    ...attached(byRole(graph, ATTACHMENT, role)),
    ...attached(byRole(graph, ATTACHMENTS, role, "roles")),
    ...exclusive.flatMap(({ instance, sure }) => {
      const arns = elementsOf(instance.read("policy_arns"));
      return arns === undefined ? [OPEN] : arns.map((arn) => attachedSo(sure, effectsOfArn(ask, arn)));
    }),
    ...(own === undefined
      ? [OPEN]
      : own.map((arn) => attachedSo(gone ? "maybe" : "yes", effectsOfArn(ask, arn)))),
  ];
}

/** What an attribute of the role lists; nothing for one that AWS fills in, where the role is new. */
function ownElements(role: ResourceInstance, attribute: string): readonly Value[] | undefined {
  const value = writtenPolicy(role, attribute);
  return elementsOf(value);
}

/**
 * Whether every exclusive list of the role names the policy; one that does not takes it away, unless apply comes to it
 * first.
 */
function listedEverywhere(exclusive: readonly Speaker[], attribute: string, wanted: Value): Tri {
  const listed = exclusive.map(({ instance }) => {
    const names = elementsOf(instance.read(attribute));
    return names !== undefined && any(names.map((name) => sameText(name, wanted))) === "yes";
  });
  return listed.every(Boolean) ? "yes" : "maybe";
}

/** A policy by its ARN: one of the inputs, one that a data source has read, or one of AWS. */
function effectsOfArn(ask: Ask, arn: Value): Effects {
  const only = arn.kind === "unknown" && arn.closed && arn.candidates.length === 1 ? arn.candidates[0] : arn;
  const found = policyInstance(ask.graph, only ?? arn);
  if (found?.address.mode === "managed") {
    return attachedSo(found.exists, effectsOfPolicy(ask, found.read("policy")));
  }
  if (found !== undefined && found.read("policy").kind === "known")
    return effectsOfPolicy(ask, found.read("policy"));
  const text = stringOf(found?.read("arn") ?? only ?? arn);
  return text === undefined ? OPEN : effectsOfManaged(text, ask.action);
}

function policyInstance(graph: Graph, arn: Value): ResourceInstance | undefined {
  if (arn.kind === "reference") {
    const instance = graph.byId(arn.to);
    return instance?.address.type === "aws_iam_policy" ? instance : undefined;
  }
  const text = stringOf(arn);
  if (text === undefined) return undefined;
  const all = [...graph.resources("aws_iam_policy"), ...graph.data("aws_iam_policy")];
  return all.find((instance) => stringOf(instance.read("arn")) === text);
}
