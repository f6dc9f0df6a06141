// Whether CloudWatch may publish to a topic of the inputs: the policy on the topic, and the key it is encrypted with.
// Finds the policies and keys; src/aws/publish-policy.ts judges them.

import {
  isAwsManagedSnsKey,
  keyPolicyBlocksLetCloudWatchUse,
  keyPolicyLetsCloudWatchUse,
  type Publication,
  policyBlocksLetCloudWatchPublish,
  policyLetsCloudWatchPublish,
} from "../../aws/publish-policy.ts";
import type { DeliverySettings } from "../../model/delivery.ts";
import type { Cause, Remark } from "../../model/finding.ts";
import type { Graph, ResourceInstance } from "../../model/graph.ts";
import { all, isUnset, not, stringOf, type Tri, UNSET, type Value } from "../../model/value.ts";
import { evidenceOf, placeOf } from "../evidence.ts";
import { type Pointer, pointerOf, pointsTo } from "../pointers.ts";
import { differ } from "../same-scope.ts";
import { type Condition, notKnown, onDelivery } from "./step.ts";

export interface Publishing {
  readonly graph: Graph;
  readonly delivery: DeliverySettings;
  readonly topicPolicies: readonly { readonly instance: ResourceInstance; readonly topic: Pointer }[];
}

export interface PublishingConditions {
  readonly conditions: readonly Condition[];
  readonly remarks: readonly Remark[];
}

export function createPublishing(graph: Graph, delivery: DeliverySettings): Publishing {
  return {
    graph,
    delivery,
    topicPolicies: graph.resources("aws_sns_topic_policy").map((instance) => ({
      instance,
      topic: pointerOf(instance.read("arn"), { graph, from: instance.scope, family: "topic" }),
    })),
  };
}

export function publishingConditions(
  publishing: Publishing,
  topic: ResourceInstance,
  alarm: ResourceInstance,
): PublishingConditions {
  const { graph, delivery } = publishing;
  const policies = policiesOf(publishing, topic).map((policy) => judgePolicy(graph, policy, topic, alarm));
  return {
    conditions: [
      onDelivery(delivery, "topic-key-shuts-cloudwatch-out", onKey(graph, topic, alarm)),
      ...policies.map(({ condition }) =>
        onDelivery(delivery, "topic-policy-shuts-cloudwatch-out", condition),
      ),
    ],
    remarks: policies.flatMap((policy) => policy.remarks),
  };
}

// The topic's policy

interface PolicySource {
  readonly instance: ResourceInstance;
  /** Whether the policy is this topic's. */
  readonly applies: Tri;
}

/** A policy resource of its own replaces what the topic says. */
function policiesOf(publishing: Publishing, topic: ResourceInstance): readonly PolicySource[] {
  const own: PolicySource = { instance: topic, applies: "yes" };
  const separate = publishing.topicPolicies
    .map(({ instance, topic: pointer }) => ({
      instance,
      applies: all([instance.exists, pointsTo(pointer, { kind: "instance", instance: topic })]),
    }))
    .filter(({ applies }) => applies !== "no");
  return separate.some(({ applies }) => applies === "yes") ? separate : [own, ...separate];
}

function judgePolicy(
  graph: Graph,
  { instance, applies }: PolicySource,
  topic: ResourceInstance,
  alarm: ResourceInstance,
): { readonly condition: Condition; readonly remarks: readonly Remark[] } {
  const value = writtenPolicy(instance);
  const sameAccount: Tri = differ(topic.scope.account, alarm.scope.account) ? "no" : "yes";
  const publication = publicationOf(topic, alarm);
  const document = documentOf(graph, value);
  const answer =
    document === undefined
      ? policyLetsCloudWatchPublish(value, publication, sameAccount)
      : policyBlocksLetCloudWatchPublish(document, publication);
  if (answer === "maybe" && document === undefined && isMadeFromUnknown(value)) {
    // Put together from what apply brings (the topic's own ARN): nothing says that it shuts CloudWatch out.
    const remark: Remark = {
      code: "topic-policy-not-seen",
      subject: placeOf(topic),
      evidence: [evidenceOf(instance, "policy")],
    };
    return { condition: { answer: "yes", cause: undefined }, remarks: [remark] };
  }
  const weighed = answer === "no" && applies === "maybe" ? "maybe" : answer;
  const cause = (): Cause =>
    weighed === "no"
      ? {
          code: "topic-policy-shuts-cloudwatch-out",
          subject: placeOf(topic),
          evidence: [evidenceOf(instance, "policy")],
        }
      : notKnown(instance, "policy");
  return { condition: { answer: weighed, cause }, remarks: [] };
}

/** A policy that is not written is computed by AWS: the default one. */
function writtenPolicy(instance: ResourceInstance): Value {
  const value = instance.read("policy");
  const computed = value.kind === "reference" && value.to === instance.id;
  return computed && instance.fresh ? UNSET : value;
}

function publicationOf(topic: ResourceInstance, alarm: ResourceInstance): Publication {
  return {
    topicArn: topic.read("arn"),
    topicId: topic.id,
    // Accounts that are not told are taken to be the same, as in same-scope.ts.
    account: alarm.scope.account ?? topic.scope.account,
    alarm: { id: alarm.id, name: stringOf(alarm.read("alarm_name")), scope: alarm.scope },
  };
}

/** The policy document data source that a value is the JSON of, read at apply: its statements are known by then. */
function documentOf(graph: Graph, value: Value): ResourceInstance | undefined {
  const only = value.kind === "unknown" && value.candidates.length === 1 ? value.candidates[0] : value;
  if (only?.kind !== "reference") return undefined;
  const instance = graph.byId(only.to);
  const isDocument = instance?.address.mode === "data" && instance.address.type === "aws_iam_policy_document";
  return isDocument ? instance : undefined;
}

function isMadeFromUnknown(value: Value): boolean {
  return value.kind === "reference" || (value.kind === "unknown" && value.candidates.length > 0);
}

// The key

function onKey(graph: Graph, topic: ResourceInstance, alarm: ResourceInstance): Condition {
  const key = topic.read("kms_master_key_id");
  if (isUnset(key) === "yes") return { answer: "yes", cause: undefined };
  const own = isAwsManaged(graph, key);
  const customer = own === "yes" ? undefined : keyInstance(graph, key);
  const answer = customer === undefined ? withoutKey(own) : judgeKey(graph, customer, topic, alarm);
  return {
    answer,
    cause: () =>
      answer === "no"
        ? {
            code: "topic-key-shuts-cloudwatch-out",
            subject: placeOf(topic),
            evidence: [
              evidenceOf(topic, "kms_master_key_id"),
              ...(customer === undefined ? [] : [evidenceOf(customer, "policy")]),
            ],
            how: customer === undefined ? "aws-managed-key" : "key-policy",
          }
        : notKnown(topic, "kms_master_key_id"),
  };
}

/** Of a key outside the inputs only the AWS managed one is known: it lets nobody in. */
function withoutKey(awsManaged: Tri): Tri {
  return awsManaged === "yes" ? not(awsManaged) : "maybe";
}

/** By alias, or by a data source that was asked for the alias. */
function isAwsManaged(graph: Graph, key: Value): Tri {
  const own = isAwsManagedSnsKey(key);
  const lookup = own === "maybe" ? keyLookup(graph, key) : undefined;
  return lookup === undefined ? own : isAwsManagedSnsKey(lookup);
}

/** What a data source was asked that gave, or will give, the key. */
function keyLookup(graph: Graph, key: Value): Value | undefined {
  const only = key.kind === "unknown" && key.candidates.length === 1 ? key.candidates[0] : key;
  const text = only === undefined ? undefined : stringOf(only);
  for (const [type, asked] of LOOKUPS) {
    const found = graph.data(type).find((instance) => {
      if (only?.kind === "reference") return instance.id === only.to;
      return text !== undefined && LOOKED_UP.some((name) => stringOf(instance.read(name)) === text);
    });
    if (found !== undefined) return found.read(asked);
  }
  return undefined;
}

/** Data sources that find keys, with the argument that says which. */
const LOOKUPS: readonly (readonly [type: string, asked: string])[] = [
  ["aws_kms_alias", "name"],
  ["aws_kms_key", "key_id"],
];
const LOOKED_UP: readonly string[] = ["arn", "target_key_arn", "target_key_id", "id", "key_id"];

const KEY_IDENTITIES: readonly string[] = ["arn", "id", "key_id"];

function keyInstance(graph: Graph, key: Value): ResourceInstance | undefined {
  const only = key.kind === "unknown" && key.candidates.length === 1 ? key.candidates[0] : key;
  if (only === undefined) return undefined;
  if (only.kind === "reference") {
    const instance = graph.byId(only.to);
    if (instance?.address.type === "aws_kms_key") return instance;
    return instance?.address.type === "aws_kms_alias"
      ? keyInstance(graph, instance.read("target_key_id"))
      : undefined;
  }
  const text = stringOf(only);
  if (text === undefined || text === "") return undefined;
  const holds = (names: readonly string[]) => (instance: ResourceInstance) =>
    names.some((name) => stringOf(instance.read(name)) === text);
  const alias = graph.resources("aws_kms_alias").find(holds(["name", "arn"]));
  if (alias !== undefined) return keyInstance(graph, alias.read("target_key_id"));
  return graph.resources("aws_kms_key").find(holds(KEY_IDENTITIES));
}

function judgeKey(
  graph: Graph,
  key: ResourceInstance,
  topic: ResourceInstance,
  alarm: ResourceInstance,
): Tri {
  const publication = publicationOf(topic, alarm);
  const policies = keyPolicies(graph, key);
  return all(
    policies.map((policy) => {
      const document = documentOf(graph, policy);
      if (document !== undefined) return keyPolicyBlocksLetCloudWatchUse(document, publication);
      return keyPolicyLetsCloudWatchUse(policy, publication);
    }),
  );
}

/** `aws_kms_key_policy` replaces the key's own. */
function keyPolicies(graph: Graph, key: ResourceInstance): readonly Value[] {
  const separate = graph
    .resources("aws_kms_key_policy")
    .filter((policy) => keyInstance(graph, policy.read("key_id"))?.id === key.id)
    .map((policy) => policy.read("policy"));
  return separate.length > 0 ? separate : [writtenPolicy(key)];
}
