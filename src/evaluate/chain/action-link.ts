// Fourth link: what an alarm tells when it goes off, itself or through a composite alarm, and whether CloudWatch
// may publish there.

import { actionsEnabled } from "../../aws/alarm.ts";
import { parseAlarmRule } from "../../aws/alarm-rule.ts";
import {
  type CompositeRules,
  createCompositeRules,
  ruleFiresWith,
  suppressorLeavesAlone,
} from "../../aws/composite-alarm.ts";
import { mutesAlarm, mutesForEver } from "../../aws/mute-rule.ts";
import type { DeliverySettings } from "../../model/delivery.ts";
import type { Cause, Remark } from "../../model/finding.ts";
import type { Graph, ResourceInstance } from "../../model/graph.ts";
import { all, any, not } from "../../model/value.ts";
import { evidenceOf, placeOf } from "../evidence.ts";
import { amongTargets, type Pointer, pointersOf, type Target } from "../pointers.ts";
import { differ, sameScope } from "../same-scope.ts";
import { placeOfTarget } from "./filter-link.ts";
import { createPublishing, type Publishing, publishingConditions } from "./publishing.ts";
import { type Condition, notKnown, onAttribute, onDelivery, onExistence, type Step, stepOf } from "./step.ts";

/** An alarm with ALARM actions: the metric alarm itself, or a composite alarm above it. */
export interface ActionStep extends Step {
  readonly notifier: ResourceInstance;
  /** `undefined`: the alarm has no action to follow. */
  readonly topic: Pointer | undefined;
}

export interface Notifying {
  readonly graph: Graph;
  readonly composites: readonly ResourceInstance[];
  readonly rules: CompositeRules;
  readonly muteRules: readonly ResourceInstance[];
  readonly publishing: Publishing;
}

export function createNotifying(graph: Graph, delivery: DeliverySettings): Notifying {
  const composites = graph.resources("aws_cloudwatch_composite_alarm");
  return {
    graph,
    composites,
    rules: createCompositeRules(composites),
    muteRules: graph.resources("aws_cloudwatch_alarm_mute_rule"),
    publishing: createPublishing(graph, delivery),
  };
}

/** One step for each action of the alarm and of every composite alarm that goes off with it. */
export function actionSteps(alarm: ResourceInstance, notifying: Notifying): readonly ActionStep[] {
  const own = stepsOf(alarm, [], notifying);
  const above = notifying.composites.flatMap((composite) => {
    const rule = onRule(composite, alarm, notifying);
    if (rule.answer === "no") return [];
    const suppressor = onSuppressor(composite, notifying);
    const suppressed = onDelivery(notifying.publishing.delivery, "alarm-suppressed", suppressor);
    return stepsOf(composite, [onExistence(composite), rule, suppressed], notifying);
  });
  return [...own, ...above];
}

/**
 * Whether a composite alarm goes off when the alarm does. A rule speaks of alarms of its own account and region, so
 * that an alarm of the same name elsewhere is another one.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html (AlarmRule)
 */
export function onRule(
  composite: ResourceInstance,
  alarm: ResourceInstance,
  { rules }: Pick<Notifying, "rules">,
): Condition {
  const place = sameScope(composite.scope, alarm.scope);
  return {
    answer: place === "no" ? "no" : all([ruleFiresWith(composite, alarm, rules), place]),
    cause: () => {
      if (place === "maybe") return notKnown(composite, "region");
      const rule = composite.read("alarm_rule");
      if (rule.kind !== "known") return notKnown(composite, "alarm_rule");
      const how = parseAlarmRule(rule) === undefined ? "rule-not-read" : "other-alarms";
      return {
        code: "composite-alarm-not-decided",
        subject: placeOf(composite),
        evidence: [evidenceOf(composite, "alarm_rule")],
        how,
      };
    },
  };
}

function onSuppressor(composite: ResourceInstance, { rules }: Notifying): Condition {
  const answer = suppressorLeavesAlone(composite, rules);
  const told = { subject: placeOf(composite), evidence: [evidenceOf(composite, "actions_suppressor")] };
  return {
    answer,
    cause: () =>
      answer === "no"
        ? { code: "alarm-suppressed", ...told }
        : { code: "composite-alarm-not-decided", ...told, how: "suppressor" },
  };
}

function stepsOf(
  notifier: ResourceInstance,
  before: readonly Condition[],
  notifying: Notifying,
): readonly ActionStep[] {
  const enabled = actionsEnabled(notifier);
  const actions = notifier.read("alarm_actions");
  const conditions = [
    ...before,
    onAttribute(enabled.answer, notifier, enabled.attribute, () => ({
      code: "alarm-actions-disabled",
      subject: placeOf(notifier),
      evidence: [evidenceOf(notifier, "actions_enabled"), evidenceOf(notifier, "alarm_actions")],
    })),
    onDelivery(notifying.publishing.delivery, "alarm-muted", onMuting(notifier, notifying.muteRules)),
  ];
  const evidence = [evidenceOf(notifier, "alarm_actions")];
  const pointers = pointersOf(actions, { graph: notifying.graph, from: notifier.scope, family: "topic" });
  if (pointers.length === 0) {
    const none: Condition = { answer: "no", cause: () => withoutActions(notifier) };
    return [{ notifier, topic: undefined, ...stepOf([...conditions, none], evidence) }];
  }
  const literal = actions.kind === "list";
  return pointers.map((topic) => actionStep(notifier, topic, conditions, notifying, literal));
}

function withoutActions(notifier: ResourceInstance): Cause {
  return {
    code: "alarm-without-actions",
    subject: placeOf(notifier),
    evidence: [evidenceOf(notifier, "alarm_actions")],
  };
}

function actionStep(
  notifier: ResourceInstance,
  topic: Pointer,
  conditions: readonly Condition[],
  notifying: Notifying,
  literal: boolean,
): ActionStep {
  const judged = topic.targets.map((target) => publishStep(notifier, target, notifying.publishing));
  const answer = amongTargets(topic, (target) => publishStep(notifier, target, notifying.publishing).answer);
  const deciding = judged.find((step) => step.answer === answer) ?? judged[0];
  const condition: Condition = {
    answer,
    cause: () =>
      deciding?.answer === answer && deciding.causes[0] !== undefined
        ? deciding.causes[0]
        : notKnown(notifier, "alarm_actions", topic.open),
  };
  const evidence = [evidenceOf(notifier, "alarm_actions"), ...judged.flatMap((step) => step.evidence)];
  const remarks = judged.flatMap((step) => step.remarks);
  // The plan's JSON drops literals that stand beside a reference; say so where the verdict could rest on it.
  const unseen: readonly Remark[] = literal
    ? []
    : [
        {
          code: "references-without-literals",
          subject: placeOf(notifier),
          evidence: [evidenceOf(notifier, "alarm_actions")],
        },
      ];
  return { notifier, topic, ...stepOf([...conditions, condition], evidence, [...remarks, ...unseen]) };
}

/** Whether an alarm can publish to a target: it is a topic, in the alarm's region, and its policy and key let it. */
function publishStep(notifier: ResourceInstance, target: Target, publishing: Publishing): Step {
  const place = placeOfTarget(target);
  const evidence = [{ place, attribute: undefined, value: undefined }];
  if (target.kind === "foreign") {
    const cause = (): Cause => ({
      code: "alarm-actions-without-topic",
      subject: placeOf(notifier),
      evidence: [evidenceOf(notifier, "alarm_actions")],
    });
    return stepOf([{ answer: "no", cause }], evidence);
  }
  const scope = target.kind === "instance" ? target.instance.scope : target.scope;
  const region: Condition = {
    // CloudWatch refuses an action in another region when the alarm is made.
    answer: differ(scope.region, notifier.scope.region) ? "no" : "yes",
    cause: () => ({
      code: "topic-in-other-region",
      subject: placeOf(notifier),
      evidence: [evidenceOf(notifier, "alarm_actions"), ...evidence],
      alarmRegion: notifier.scope.region ?? "",
      topicRegion: scope.region ?? "",
    }),
  };
  if (target.kind === "outside") return stepOf([region], evidence);
  const conditions = publishingConditions(publishing, target.instance, notifier);
  return stepOf([onExistence(target.instance), region, ...conditions], evidence);
}

function onMuting(notifier: ResourceInstance, muteRules: readonly ResourceInstance[]): Condition {
  const name = notifier.read("alarm_name");
  const muting = muteRules.map((rule) => {
    const named = all([rule.exists, sameScope(rule.scope, notifier.scope), mutesAlarm(rule, name)]);
    return { rule, named, answer: all([named, mutesForEver(rule)]) };
  });
  const answer = any(muting.map((entry) => entry.answer));
  const told = (rule: ResourceInstance | undefined) => ({
    subject: placeOf(notifier),
    evidence: rule === undefined ? [] : [evidenceOf(rule, "mute_targets"), evidenceOf(rule, "rule")],
  });
  const rule = muting.find((entry) => entry.answer === answer)?.rule;
  const atTimes = muting.find((entry) => entry.named === "yes" && entry.answer === "no")?.rule;
  return {
    answer: not(answer),
    cause: () =>
      answer === "yes" || rule === undefined
        ? { code: "alarm-muted", ...told(rule) }
        : notKnown(rule, "rule"),
    ...(atTimes === undefined
      ? {}
      : { remark: (): Remark => ({ code: "alarm-muted-at-times", ...told(atTimes) }) }),
  };
}
