// Repairs of the fourth link: the alarm tells a topic that CloudWatch may publish to.

import type { ResourceInstance } from "../../model/graph.ts";
import type { GraphView, ViewNode } from "../../model/graph-view.ts";
import { any, elementsOf, type Tri } from "../../model/value.ts";
import { argumentsOf, type Expression, listOf, literal, template } from "../block.ts";
import { type Draft, modulePath } from "../draft.ts";
import { asName } from "../hcl-text.ts";
import { type Home, homeOf } from "../part.ts";
import { rewrite } from "../reach.ts";
import { enableKey } from "./delivery.ts";
import { CARRY_OVER, documentBlock, type Grant, rename, written } from "./pieces.ts";
import { ALARM, concerned, type Repair, setOnSubject, type Workshop } from "./repair.ts";

export const enableActions: Repair<"alarm-actions-disabled"> = (cause, workshop) =>
  setOnSubject(cause, workshop, "actions_enabled", true);

export const tellTopic: Repair<
  "alarm-without-actions" | "alarm-actions-without-topic" | "topic-in-other-region"
> = (cause, workshop) => {
  const alarm = workshop.draft.find(cause.subject);
  if (alarm !== undefined) addAction(alarm, workshop);
};

/** What a composite alarm does is left as it is: the alarm below it can tell somebody itself. */
export const tellBesideComposite: Repair<"composite-alarm-not-decided" | "alarm-suppressed"> = (
  cause,
  workshop,
) => {
  const composite = workshop.draft.find(cause.subject);
  const alarm = composite === undefined ? undefined : alarmBehind(composite.id, workshop);
  if (alarm !== undefined) addAction(alarm, workshop);
};

/** Adds a topic to what the alarm tells; actions that are there stay. */
export function addAction(alarm: ResourceInstance, workshop: Workshop): void {
  const { draft } = workshop;
  const home = homeOf(alarm);
  const topic = topicFor(alarm, workshop) ?? addTopic(alarm, workshop);
  const arn = written(draft, home, topic, "arn");
  const present = alarm.read("alarm_actions");
  const kept = (elementsOf(present) ?? []).map((action) => rewrite(draft, home, action));
  const known = kept.filter((action) => action !== undefined);
  const complete = known.length === kept.length && elementsOf(present) !== undefined;
  draft.change(alarm, {
    set: argumentsOf({ alarm_actions: listOf(...known, arn) }),
    ...(complete ? {} : { remark: "Keep the alarm_actions that are there beside it." }),
  });
}

/** Names by which people call a topic for alarms. */
const FOR_ALARMS = /alarm|alert|security|incident|notif|monitor|pager|on-?call|cis/i;

/**
 * A topic of the inputs in the alarm's region: one that alarms tell already, else one that is called like that, one
 * with subscribers first.
 */
function topicFor(alarm: ResourceInstance, { draft, view }: Workshop): ResourceInstance | undefined {
  const scored = view.nodes.flatMap((node) => {
    const topic = node.kind === "topic" ? draft.find(node.place) : undefined;
    if (topic === undefined || !isNear(topic, alarm) || isShut(view, node)) return [];
    const told = joined(view, ({ to, means }) => means === "notifies" && to === node.id) === "yes";
    const reaches = joined(view, ({ from, means }) => means === "reaches" && from === node.id) === "yes";
    const named = FOR_ALARMS.test(`${topic.address.name} ${node.title}`);
    return told || named ? [{ topic, score: (told ? 2 : 0) + (reaches ? 4 : 0) + (named ? 1 : 0) }] : [];
  });
  // Topics that nothing is joined to are not in the view.
  const apart = view.apart.flatMap((place) => {
    const topic = draft.find(place);
    const fits =
      topic?.address.type === "aws_sns_topic" && isNear(topic, alarm) && FOR_ALARMS.test(topic.name);
    return fits && topic !== undefined ? [{ topic, score: 0 }] : [];
  });
  return [...scored, ...apart].reduce<{ topic: ResourceInstance; score: number } | undefined>(
    (best, one) => (best === undefined || one.score > best.score ? one : best),
    undefined,
  )?.topic;
}

function isNear(topic: ResourceInstance, alarm: ResourceInstance): boolean {
  const same = (a: string | undefined, b: string | undefined) =>
    a === undefined || b === undefined || a === b;
  return (
    topic.input === alarm.input &&
    same(topic.scope.region, alarm.scope.region) &&
    same(topic.scope.account, alarm.scope.account)
  );
}

function joined(view: GraphView, pick: (edge: GraphView["edges"][number]) => boolean): Tri {
  return any(view.edges.filter(pick).map((edge) => edge.state));
}

/** Whether alarms try to tell it and none can. */
function isShut(view: GraphView, { id }: ViewNode): boolean {
  const tries = view.edges.filter(({ to, means }) => means === "notifies" && to === id);
  return tries.length > 0 && tries.every(({ state }) => state === "no");
}

/** A topic beside the alarm, with a policy that lets this alarm publish and nobody else. */
function addTopic(alarm: ResourceInstance, { draft, naming }: Workshop): ResourceInstance {
  const home = homeOf(alarm);
  const topic = draft.add(home, {
    type: "aws_sns_topic",
    name: asName(naming.topic),
    arguments: argumentsOf({ name: literal(rename(draft, "aws_sns_topic", "name", naming.topic)) }),
  });
  const arn = written(draft, home, topic, "arn");
  const policy = documentBlock(draft, home, asName(naming.topic), [
    publishing(arn, [written(draft, home, alarm, "arn")]),
  ]);
  draft.add(home, {
    type: "aws_sns_topic_policy",
    name: topic.address.name,
    arguments: argumentsOf({ arn, policy }),
  });
  return topic;
}

/** Source: https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html (CloudWatch alarms) */
function publishing(topicArn: Expression, alarmArns: readonly Expression[]): Grant {
  return {
    service: "cloudwatch.amazonaws.com",
    actions: ["sns:Publish"],
    resources: [topicArn],
    ...(alarmArns.length === 0
      ? {}
      : { condition: { test: "ArnEquals", variable: "aws:SourceArn", values: alarmArns } }),
  };
}

/** The policy that shuts CloudWatch out is the topic's own, or a resource of its own. */
export const letPublish: Repair<"topic-policy-shuts-cloudwatch-out"> = (cause, workshop) => {
  const { draft } = workshop;
  const topic = draft.find(cause.subject);
  const policy = concerned(cause, "aws_sns_topic_policy", workshop) ?? topic;
  if (topic !== undefined && policy !== undefined) openPolicy(topic, policy, workshop);
};

export function openPolicy(topic: ResourceInstance, policy: ResourceInstance, { draft }: Workshop): void {
  const home = homeOf(policy);
  const arn = written(draft, home, topic, "arn");
  const document = documentBlock(draft, home, asName(`${topic.address.name}_publish`), [publishing(arn, [])]);
  draft.change(policy, { set: argumentsOf({ policy: document }), remark: CARRY_OVER });
}

/** The key that AWS manages cannot be opened, so the topic gets another; a key of one's own gets another policy. */
export const openKey: Repair<"topic-key-shuts-cloudwatch-out"> = (cause, workshop) => {
  const { draft } = workshop;
  const topic = draft.find(cause.subject);
  const key = concerned(cause, "aws_kms_key", workshop);
  if (topic === undefined) return;
  if (key === undefined) return giveKey(topic, workshop);
  if (cause.how === "key-disabled") return enableKey(cause, workshop);
  const policy = keyPolicy(key, workshop);
  const [separate] = draft
    .graph()
    .resources("aws_kms_key_policy")
    .filter((candidate) => pointsToKey(candidate, key));
  draft.change(separate ?? key, { set: argumentsOf({ policy }), remark: CARRY_OVER });
};

function pointsToKey(policy: ResourceInstance, key: ResourceInstance): boolean {
  const value = policy.read("key_id");
  return value.kind === "reference" && value.to === key.id;
}

export function giveKey(topic: ResourceInstance, workshop: Workshop): void {
  const { draft } = workshop;
  const home = homeOf(topic);
  const key = draft.add(home, {
    type: "aws_kms_key",
    name: asName(`${topic.address.name}_key`),
    arguments: argumentsOf({
      description: literal(`Encrypts the topic ${topic.name} and lets CloudWatch alarms send to it`),
      enable_key_rotation: literal(true),
    }),
  });
  draft.change(key, { set: argumentsOf({ policy: keyPolicy(key, workshop) }) });
  draft.change(topic, { set: argumentsOf({ kms_master_key_id: written(draft, home, key, "arn") }) });
}

/** Source: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html (event sources from AWS services) */
function keyPolicy(key: ResourceInstance, { draft }: Workshop): Expression {
  const home = homeOf(key);
  const account = currentOf("aws_caller_identity", home, draft);
  const partition = currentOf("aws_partition", home, draft);
  const root = template(
    literal("arn:"),
    written(draft, home, partition, "partition"),
    literal(":iam::"),
    written(draft, home, account, "account_id"),
    literal(":root"),
  );
  const own = {
    type: "statement",
    labels: [],
    arguments: argumentsOf({ actions: listOf(literal("kms:*")), resources: listOf(literal("*")) }),
    blocks: [
      {
        type: "principals",
        labels: [],
        arguments: argumentsOf({ type: literal("AWS"), identifiers: listOf(root) }),
        blocks: [],
      },
    ],
  };
  const grant: Grant = {
    service: "cloudwatch.amazonaws.com",
    actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
    resources: [literal("*")],
  };
  return documentBlock(draft, home, asName(`${key.address.name}_policy`), [grant], [own]);
}

/** A data source about where the provider works: the module's own if it has one. */
function currentOf(type: string, home: Home, draft: Draft): ResourceInstance {
  const own = draft
    .graph()
    .data(type)
    .find(({ address, input }) => input === home.input && modulePath(address) === modulePath(home));
  return own ?? draft.add(home, { mode: "data", type, name: "current", arguments: [] });
}

/** The alarm before a doubt about an action: the metric alarm itself, where a composite one is not known. */
export function alarmBehind(id: string, { draft, view }: Workshop): ResourceInstance | undefined {
  const instance = draft.graph().byId(id);
  if (instance === undefined || instance.address.type === ALARM) return instance;
  const [edge] = view.edges.filter(({ to, means }) => means === "is-part-of" && to === id);
  return edge === undefined ? instance : draft.graph().byId(edge.from);
}
