// Repairs of what is not decided: an argument that is not known is written down the way the chain needs it. What only
// more knowledge can settle becomes a note.

import type { Place } from "../../model/finding.ts";
import type { ResourceInstance } from "../../model/graph.ts";
import { argumentsOf, literal } from "../block.ts";
import { addAction, alarmBehind, giveKey, openPolicy } from "./action.ts";
import { proposeAlarm, tune, watch } from "./alarm.ts";
import { filterPattern, moveToGroup } from "./filter.ts";
import type { CauseOf, Repair, Workshop } from "./repair.ts";
import { besides, dropFilter, subscribe } from "./subscription.ts";
import { connectLogGroup, selectManagementEvents } from "./trail.ts";

type NotKnown = CauseOf<"not-known-before-apply">;

export const writeDown: Repair<"not-known-before-apply"> = (cause, workshop) => {
  const { draft } = workshop;
  const instance = draft.find(cause.subject);
  const what = `${cause.subject?.address ?? "The inputs"}: ${cause.attribute} is not known before apply`;
  draft.note(`${what}. ${REMEDIES[cause.origin.why]}`);
  const repair = instance === undefined ? undefined : BY_TYPE.get(instance.address.type);
  if (instance !== undefined) repair?.(instance, cause, workshop);
};

const BLOCKS = "The blocks here settle it in any case.";

/** What would make a value known, so that no block may be needed. */
const REMEDIES: Readonly<Record<NotKnown["origin"]["why"], string>> = {
  "after-apply": BLOCKS,
  "local-without-sources": `The code may tell: try --source DIR first. ${BLOCKS}`,
  "variable-unset": `Its variable has no value in the inputs. ${BLOCKS}`,
  "data-source": `It is read at apply; the plan or state of what it reads may tell, with --with. ${BLOCKS}`,
  "module-not-installed": `Its module is not installed: terraform init may be all there is to do. ${BLOCKS}`,
  function: BLOCKS,
  expression: `The code may tell: try --source DIR first. ${BLOCKS}`,
  "not-in-plan": `The plan or state that holds it may tell, with --with. ${BLOCKS}`,
  "inputs-differ": `Two inputs say different things of it; plan both stacks again. ${BLOCKS}`,
  "not-asked": `The account was not asked for it. ${BLOCKS}`,
  "not-answered": `The account did not answer it. ${BLOCKS}`,
  "cut-short": `The account's answer is cut short. ${BLOCKS}`,
};

type Write = (instance: ResourceInstance, cause: NotKnown, workshop: Workshop) => void;

const BY_TYPE: ReadonlyMap<string, Write> = new Map<string, Write>([
  ["aws_cloudtrail", onTrail],
  ["aws_cloudwatch_log_metric_filter", onFilter],
  ["aws_cloudwatch_metric_alarm", onAlarm],
  ["aws_cloudwatch_composite_alarm", onComposite],
  [
    "aws_cloudwatch_alarm_mute_rule",
    (rule, _, { draft }) => draft.remove(rule, "It may silence the alarm for ever."),
  ],
  ["aws_sns_topic", onTopic],
  ["aws_sns_topic_policy", onTopicPolicy],
  ["aws_sns_topic_subscription", onSubscription],
]);

function onTrail(trail: ResourceInstance, { attribute }: NotKnown, workshop: Workshop): void {
  switch (attribute) {
    case "is_multi_region_trail":
    case "enable_logging":
      workshop.draft.change(trail, { set: [{ name: attribute, value: literal(true) }] });
      break;
    case "event_selector":
    case "advanced_event_selector":
      selectManagementEvents(trail, workshop);
      break;
    case "cloud_watch_logs_group_arn":
      connectLogGroup(trail, workshop);
      break;
  }
}

function onFilter(filter: ResourceInstance, { attribute }: NotKnown, workshop: Workshop): void {
  if (attribute === "pattern") filterPattern(filter, workshop);
  if (attribute === "log_group_name") moveToGroup(filter, deliveredGroup(workshop), workshop);
}

/** The log group that a trail certainly delivers to. */
function deliveredGroup({ view }: Workshop): Place | undefined {
  const edge = view.edges.find(({ means, state }) => means === "delivers" && state === "yes");
  return view.nodes.find(({ id }) => id === edge?.to)?.place;
}

function onAlarm(alarm: ResourceInstance, cause: NotKnown, workshop: Workshop): void {
  const { attribute } = cause;
  if (attribute === "alarm_actions") addAction(alarm, workshop);
  else if (attribute === "actions_enabled") enable(alarm, workshop);
  else if (attribute === "region") proposeAlarm(cause, workshop, alarm);
  else if (/^(metric_name|namespace|metric_query|account)/.test(attribute)) watch(alarm, cause, workshop);
  else tune(alarm, cause, workshop);
}

function enable(alarm: ResourceInstance, { draft }: Workshop): void {
  draft.change(alarm, { set: argumentsOf({ actions_enabled: literal(true) }) });
}

/** What a composite alarm does is left as it is: the alarm below it can tell somebody itself. */
function onComposite(composite: ResourceInstance, { attribute }: NotKnown, workshop: Workshop): void {
  if (attribute === "actions_enabled") {
    enable(composite, workshop);
    return;
  }
  const alarm = attribute === "alarm_rule" ? alarmBehind(composite.id, workshop) : composite;
  if (alarm !== undefined) addAction(alarm, workshop);
}

function onTopic(topic: ResourceInstance, { attribute }: NotKnown, workshop: Workshop): void {
  if (attribute === "policy") openPolicy(topic, topic, workshop);
  if (attribute === "kms_master_key_id") giveKey(topic, workshop);
}

function onTopicPolicy(policy: ResourceInstance, _: NotKnown, workshop: Workshop): void {
  const arn = policy.read("arn");
  const topic = arn.kind === "reference" ? workshop.draft.graph().byId(arn.to) : undefined;
  if (topic !== undefined) openPolicy(topic, policy, workshop);
}

function onSubscription(subscription: ResourceInstance, { attribute }: NotKnown, workshop: Workshop): void {
  if (attribute.startsWith("filter_policy")) dropFilter(subscription, workshop);
  else if (attribute === "topic_arn") subscribe(toldTopic(workshop), workshop);
  else besides(subscription, workshop);
}

/** A topic that an alarm certainly tells. */
function toldTopic({ view }: Workshop): Place | undefined {
  const edge = view.edges.find(({ means, state }) => means === "notifies" && state === "yes");
  return view.nodes.find(({ id }) => id === edge?.to)?.place;
}

export const onlyKnowledge: Repair<"may-not-exist" | "more-may-exist"> = (cause, { draft }) => {
  const name = cause.subject?.address ?? "An object";
  if (cause.code === "may-not-exist") {
    draft.note(
      `${name} may not be there after apply (${cause.doubt}): no block can settle that, a complete plan can.`,
    );
    return;
  }
  draft.note(
    `There may be more ${cause.type} than the inputs list, behind ${name}; what is suggested may be there.`,
  );
};
