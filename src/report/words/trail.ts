// The sentences about trails: what records the calls, and where it delivers them.

import type { SelectorGap } from "../../model/finding.ts";
import { giveOwner, type Tellers, told } from "./told.ts";

export const TRAIL_TELLERS = {
  "nothing-to-check": () =>
    told(
      "no CloudTrail trail and no metric filter is in the inputs, so nothing can be said",
      giveOwner("the trail"),
      { notes: ["looked for aws_cloudtrail and aws_cloudwatch_log_metric_filter"] },
    ),
  "no-trail": () =>
    told(
      "no CloudTrail trail exists after apply, so no log group gets any event",
      "add an aws_cloudtrail with is_multi_region_trail = true that delivers to a CloudWatch log group",
    ),
  "trail-removed": ({ how, subject }) =>
    how === "destroyed"
      ? told(
          "the plan destroys the trail, and no other one records calls after apply",
          `keep ${subject?.address ?? "the trail"} in the configuration`,
        )
      : told(
          "the plan lets go of the trail without destroying it, and no other one is in the inputs",
          giveOwner("the trail from now on"),
        ),
  "trail-not-multi-region": () =>
    told("the trail records one region only", "set is_multi_region_trail = true"),
  "trail-not-logging": () => told("the trail is switched off", "set enable_logging = true"),
  "trail-without-log-group": () =>
    told(
      "the trail delivers to no CloudWatch log group",
      'set cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.NAME.arn}:*"',
    ),
  "trail-misses-management-events": ({ how, evidence }) => {
    const advanced = evidence.some((entry) => entry.attribute === "advanced_event_selector");
    const { sentence, classicHelp, advancedHelp } = GAPS[how];
    return told(sentence, advanced ? advancedHelp : classicHelp);
  },
  "log-group-without-trail": ({ subject }) =>
    told(
      "no trail delivers to this log group",
      `set cloud_watch_logs_group_arn of a multi-region trail to "\${${subject?.address ?? "GROUP"}.arn}:*"`,
    ),
  "trail-outside-inputs": () =>
    told("which trail feeds this log group is not in the inputs", giveOwner("the trail")),
  "trail-of-another-account": ({ account, asked }) =>
    told(
      `the trail is in account ${account} and records that one only, not ${asked.join(", ")}`,
      giveOwner(`the trail of ${asked.join(", ")}`),
    ),
  "trail-role-cannot-write": ({ how }) =>
    how === "trust"
      ? told(
          "the role that the trail writes to its log group with does not trust CloudTrail",
          "allow cloudtrail.amazonaws.com sts:AssumeRole in the role's assume_role_policy",
        )
      : told(
          "no policy here lets the role that the trail writes with write to its log group",
          "allow the role logs:CreateLogStream and logs:PutLogEvents on the log group's streams",
        ),
  "trail-log-group-arn-incomplete": () =>
    told(
      "the log group's ARN lacks the :* that CloudTrail asks for",
      "put :* behind cloud_watch_logs_group_arn",
    ),
} satisfies Partial<Tellers>;

interface GapWords {
  readonly sentence: string;
  readonly classicHelp: string;
  readonly advancedHelp: string;
}

const ONLY_CATEGORY = 'leave eventCategory equals ["Management"] as the only field_selector';

const GAPS: Readonly<Record<SelectorGap, GapWords>> = {
  "no-management-events": {
    sentence: "the trail records no management events",
    classicHelp: "set include_management_events = true in the event_selector",
    advancedHelp: 'add an advanced_event_selector with eventCategory equals ["Management"]',
  },
  "data-events-only": {
    sentence: "the trail records data events only, no management events",
    classicHelp: "set include_management_events = true in the event_selector",
    advancedHelp: 'add an advanced_event_selector with eventCategory equals ["Management"]',
  },
  "write-only": {
    sentence: "the trail records writing calls only, so denied reads leave no trace",
    classicHelp: 'set read_write_type = "All" in the event_selector',
    advancedHelp: "remove the field_selector on readOnly",
  },
  "read-only": {
    sentence: "the trail records reading calls only, so denied writes leave no trace",
    classicHelp: 'set read_write_type = "All" in the event_selector',
    advancedHelp: "remove the field_selector on readOnly",
  },
  "source-excluded": {
    sentence: "the trail leaves out the management events of some services",
    classicHelp: "remove exclude_management_event_sources from the event_selector",
    advancedHelp: "remove the field_selector on eventSource",
  },
  narrowed: {
    sentence: "the trail's selectors leave out some management events",
    classicHelp: 'leave one event_selector with read_write_type = "All" and nothing excluded',
    advancedHelp: ONLY_CATEGORY,
  },
};
