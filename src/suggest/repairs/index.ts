// The repair of every cause there is. A cause without one is a compile error.

import type { Cause, CauseCode } from "../../model/finding.ts";
import type { CheckParameters } from "../../model/policy.ts";
import { enableActions, letPublish, openKey, tellBesideComposite, tellTopic } from "./action.ts";
import { addAlarm, makeFire, unmute, watchMetric } from "./alarm.ts";
import { noSuchResource, setAttribute } from "./attribute.ts";
import {
  completeArn,
  letTopicCall,
  letTopicWrite,
  letTrailWrite,
  openQueue,
  otherTopic,
} from "./delivery.ts";
import {
  addFilter,
  moveFilter,
  standardClass,
  untransformed,
  withoutArgument,
  writePattern,
} from "./filter.ts";
import type { CauseOf, Workshop } from "./repair.ts";
import { addSubscription, besidePending, letThrough } from "./subscription.ts";
import { addLogGroupToTrail, addTrail, makeMultiRegion, recordEverything, switchOn } from "./trail.ts";
import { onlyKnowledge, writeDown } from "./unknown.ts";

type Repairs = { readonly [Code in CauseCode]: (cause: CauseOf<Code>, workshop: Workshop) => void };

const REPAIRS: Repairs = {
  "nothing-to-check": addTrail,
  "no-trail": addTrail,
  "trail-removed": addTrail,
  "trail-not-multi-region": makeMultiRegion,
  "trail-not-logging": switchOn,
  "trail-without-log-group": addLogGroupToTrail,
  "trail-misses-management-events": recordEverything,
  "log-group-without-trail": addTrail,
  "trail-outside-inputs": addTrail,
  "trail-of-another-account": addTrail,
  "trail-role-cannot-write": letTrailWrite,
  "trail-log-group-arn-incomplete": completeArn,
  "no-filter": addFilter,
  "no-filter-on-log-group": moveFilter,
  "filters-outside-inputs": addFilter,
  "pattern-misses-event": writePattern,
  "pattern-matches-everyday-calls": writePattern,
  "pattern-unreadable": writePattern,
  "pattern-not-decided": writePattern,
  "log-group-class-without-metrics": standardClass,
  "filter-on-transformed-logs": untransformed,
  "filter-not-understood": withoutArgument,
  "no-alarm": addAlarm,
  "no-alarm-on-metric": watchMetric,
  "alarm-cannot-fire": makeFire,
  "alarm-always-on": makeFire,
  "alarm-not-understood": addAlarm,
  "alarm-muted": unmute,
  "composite-alarm-not-decided": tellBesideComposite,
  "alarm-suppressed": tellBesideComposite,
  "alarm-actions-disabled": enableActions,
  "alarm-without-actions": tellTopic,
  "alarm-actions-without-topic": tellTopic,
  "topic-in-other-region": tellTopic,
  "topic-key-shuts-cloudwatch-out": openKey,
  "topic-policy-shuts-cloudwatch-out": letPublish,
  "no-subscription": addSubscription,
  "no-subscription-on-topic": addSubscription,
  "subscription-pending": besidePending,
  "subscription-filters-alarm-away": letThrough,
  "filter-policy-refused": letThrough,
  "filter-policy-not-decided": letThrough,
  "queue-shuts-topic-out": openQueue,
  "function-shuts-topic-out": letTopicCall,
  "stream-role-cannot-write": letTopicWrite,
  "endpoint-not-for-topic": otherTopic,
  "subscribers-outside-inputs": addSubscription,
  "not-known-before-apply": writeDown,
  "may-not-exist": onlyKnowledge,
  "more-may-exist": onlyKnowledge,
  // Which value an attribute is to have stands in the control, not in the cause.
  "attribute-differs": () => undefined,
  "no-such-resource": noSuchResource,
};

/** Proposes what mends a cause. */
export function repair(cause: Cause, check: CheckParameters, workshop: Workshop): void {
  if (cause.code === "attribute-differs" && check.kind === "resource-attribute") {
    setAttribute(check)(cause, workshop);
    return;
  }
  repairAs(cause.code, cause, workshop);
}

function repairAs<Code extends CauseCode>(code: Code, cause: CauseOf<Code>, workshop: Workshop): void {
  REPAIRS[code](cause, workshop);
}
