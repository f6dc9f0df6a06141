// Whether CloudWatch may publish to a topic of the inputs: the policy on the topic, and the key it is encrypted with.
// Finds the policies; src/aws/publish-policy.ts judges them.

import { letsCloudWatchPublish, type Publication } from "../../aws/publish-policy.ts";
import type { DeliverySettings } from "../../model/delivery.ts";
import type { Cause } from "../../model/finding.ts";
import type { Graph, ResourceInstance } from "../../model/graph.ts";
import { agree, all, type Tri, UNSET } from "../../model/value.ts";
import { evidenceOf, placeOf } from "../evidence.ts";
import { type Pointer, pointerOf, pointsTo } from "../pointers.ts";
import { ifAllListed, judgePolicy, ownerOf, writtenPolicy } from "../policies.ts";
import { differ } from "../same-scope.ts";
import { mayUseKey } from "./keys.ts";
import { type Condition, notKnown, onDelivery } from "./step.ts";

export interface Publishing {
  readonly graph: Graph;
  readonly delivery: DeliverySettings;
  readonly topicPolicies: readonly { readonly instance: ResourceInstance; readonly topic: Pointer }[];
}

const POLICY = "aws_sns_topic_policy";

export function createPublishing(graph: Graph, delivery: DeliverySettings): Publishing {
  return {
    graph,
    delivery,
    topicPolicies: graph.resources(POLICY).map((instance) => ({
      instance,
      topic: pointerOf(instance.read("arn"), { graph, from: instance.scope, family: "topic" }),
    })),
  };
}

export function publishingConditions(
  publishing: Publishing,
  topic: ResourceInstance,
  alarm: ResourceInstance,
): readonly Condition[] {
  const { graph, delivery } = publishing;
  const publication: Publication = { topic: ownerOf(topic), alarm: ownerOf(alarm, "alarm_name") };
  const policies = policiesOf(publishing, topic);
  return [
    onDelivery(delivery, "topic-key-shuts-cloudwatch-out", onKey(graph, topic, publication)),
    ...policies.map((policy) =>
      onDelivery(delivery, "topic-policy-shuts-cloudwatch-out", onPolicy(graph, policy, topic, publication)),
    ),
  ];
}

interface PolicySource {
  readonly instance: ResourceInstance;
  /** Policy resources that may stand in its place. */
  readonly rivals: readonly ResourceInstance[];
}

/** A policy resource of its own replaces what the topic says. */
function policiesOf(publishing: Publishing, topic: ResourceInstance): readonly PolicySource[] {
  const separate = publishing.topicPolicies.map(({ instance, topic: pointer }) => ({
    instance,
    applies: all([instance.exists, pointsTo(pointer, { kind: "instance", instance: topic })]),
  }));
  const having = (answer: Tri) =>
    separate.filter(({ applies }) => applies === answer).map(({ instance }) => instance);
  const [certain, rivals] = [having("yes"), having("maybe")];
  return (certain.length > 0 ? certain : [topic]).map((instance) => ({ instance, rivals }));
}

function onPolicy(
  graph: Graph,
  { instance, rivals }: PolicySource,
  topic: ResourceInstance,
  publication: Publication,
): Condition {
  // The default policy lets in whatever acts for the topic's own account, alarms among it:
  // https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-using.html
  const byDefault: Tri = differ(topic.scope.account, publication.alarm.scope.account) ? "no" : "yes";
  const judge = (value: Parameters<typeof judgePolicy>[1]) =>
    judgePolicy(graph, value, (document) => letsCloudWatchPublish(document, publication), byDefault);
  const written = judge(writtenPolicy(instance));
  // A policy resource that goes leaves the default policy behind, and the state still shows what it said.
  const stale = instance === topic && !topic.fresh && graph.gone(POLICY).length > 0;
  const now = stale ? agree([written, judge(UNSET)]) : written;
  const listed = instance === topic ? ifAllListed(graph, POLICY, now) : now;
  const rival = rivals.find((other) => judge(writtenPolicy(other)) !== listed);
  if (rival !== undefined) return { answer: "maybe", cause: () => notKnown(rival, "arn") };
  const cause = (): Cause =>
    listed === "no"
      ? {
          code: "topic-policy-shuts-cloudwatch-out",
          subject: placeOf(topic),
          evidence: [evidenceOf(instance, "policy")],
        }
      : notKnown(instance, "policy");
  return { answer: listed, cause };
}

function onKey(graph: Graph, topic: ResourceInstance, { topic: encrypted, alarm }: Publication): Condition {
  const use = { service: "cloudwatch.amazonaws.com", source: alarm, encrypted, via: "sns" } as const;
  const { answer, how, evidence } = mayUseKey(graph, topic, use);
  return {
    answer,
    cause: () =>
      answer === "no"
        ? { code: "topic-key-shuts-cloudwatch-out", subject: placeOf(topic), evidence, how }
        : notKnown(topic, "kms_master_key_id"),
  };
}
