// The pages of the causes at the first link: trails, where they deliver, and the role they write with.

import type { CauseCode } from "../../model/finding.ts";
import type { CausePage } from "./cause-pages.ts";

export const TRAIL_PAGES = {
  "nothing-to-check": {
    means: "No trail and no metric filter is in the inputs, so nothing is said about the control.",
    reasons: ["the trail and its filters belong to another stack", "the plan was made in another directory"],
    mend: "Give the plan or state of the stack that owns the trail too.",
    example: "tfcheck plan.json --with security-state.json",
  },
  "no-trail": {
    means: "After apply there is no CloudTrail trail, so no log group gets any event.",
    reasons: ["the trail is still to be written", "its count or for_each leaves no instance"],
    mend: "Add an aws_cloudtrail that records all regions and delivers to a CloudWatch log group.",
    example: 'resource "aws_cloudtrail" "main" {\n  count = 0\n}',
  },
  "trail-removed": {
    means: "The plan destroys the trail or lets go of it, and no other one takes its place in the inputs.",
    reasons: [
      "the resource was taken out of the code",
      "it was renamed without a moved block",
      "a removed block lets another stack take it over",
    ],
    mend: "Keep the trail, or give the plan or state of the stack that owns it from now on with --with FILE.",
    example: "removed {\n  from = aws_cloudtrail.main\n  lifecycle {\n    destroy = false\n  }\n}",
  },
  "trail-not-multi-region": {
    means: "The trail records its own region only, so calls in the others leave no event.",
    reasons: ["is_multi_region_trail is left out, and its default is false"],
    mend: "Set is_multi_region_trail = true.",
    example: 'resource "aws_cloudtrail" "main" {\n  is_multi_region_trail = false\n}',
  },
  "trail-not-logging": {
    means: "The trail exists and is switched off, so it records nothing.",
    reasons: ["logging was stopped for maintenance and never started again"],
    mend: "Set enable_logging = true, or leave it out.",
    example: 'resource "aws_cloudtrail" "main" {\n  enable_logging = false\n}',
  },
  "trail-without-log-group": {
    means: "The trail writes to its bucket only; metric filters read log groups.",
    reasons: ["cloud_watch_logs_group_arn was never set", "another trail was meant to deliver"],
    mend: "Set cloud_watch_logs_group_arn to the log group's ARN with :* behind it, and cloud_watch_logs_role_arn.",
    example: 'resource "aws_cloudtrail" "main" {\n  s3_bucket_name = aws_s3_bucket.trail.id\n}',
  },
  "trail-misses-management-events": {
    means:
      "The trail's selectors leave out management events, and with them calls that the control wants counted.",
    reasons: [
      "read_write_type is WriteOnly to save cost",
      "an advanced selector names data events only",
      "the events of KMS or RDS Data API are excluded",
    ],
    mend: "Record all management events, reading and writing, of all services; no selector at all does that too.",
    example:
      'event_selector {\n  read_write_type           = "WriteOnly"\n  include_management_events = true\n}',
  },
  "log-group-without-trail": {
    means: "The log group that the filter sits on is managed here, and no trail here delivers to it.",
    reasons: ["the trail delivers to another log group", "the filter sits on an application's log group"],
    mend: "Let the trail deliver to this log group, or put the filter on the one that the trail delivers to.",
    example:
      'resource "aws_cloudwatch_log_metric_filter" "denied" {\n  log_group_name = aws_cloudwatch_log_group.app.name\n}',
  },
  "trail-outside-inputs": {
    means: "The log group is only referred to, so which trail feeds it is not known.",
    reasons: ["the trail belongs to the organization or to another stack"],
    mend: "Give the plan or state that owns the trail with --with FILE, or write an assumption log-group-fed.",
    example: "assumptions:\n  - log-group-fed: /org/trail\n    reason: the organization trail delivers here",
  },
  "trail-of-another-account": {
    means: "The trail belongs to another account than the checked one and is no organization trail.",
    reasons: ["the stack of a shared account was given with --with, and each account has a trail of its own"],
    mend: "Give the plan or state that owns the checked account's trail, or make the trail an organization trail.",
    example: 'resource "aws_cloudtrail" "org" {\n  is_organization_trail = true\n}',
  },
  "trail-role-cannot-write": {
    means:
      "The role that the trail names cannot write to its log group, so CloudTrail refuses it or delivers nothing.",
    reasons: [
      "the role's policy names another log group",
      "no policy is attached to the role",
      "the role trusts another service",
      "a permissions boundary leaves CloudWatch Logs out",
    ],
    mend: "Let cloudtrail.amazonaws.com assume the role, and allow it logs:CreateLogStream and logs:PutLogEvents on the group's streams.",
    example:
      'resource "aws_iam_role_policy" "trail" {\n  role   = aws_iam_role.trail.id\n  policy = jsonencode({ Statement = [] })\n}',
  },
  "trail-log-group-arn-incomplete": {
    means: "CloudTrail takes a log group's ARN only with :* at its end, and refuses the trail without.",
    reasons: ["the ARN was copied from the group's page, or from an attribute of provider 3.0 and later"],
    mend: "Write :* behind the ARN.",
    example: 'cloud_watch_logs_group_arn = "arn:aws:logs:eu-central-1:111122223333:log-group:trail"',
  },
} satisfies Partial<Record<CauseCode, CausePage>>;
