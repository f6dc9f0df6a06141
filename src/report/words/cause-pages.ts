// A page for every cause: what it means, the usual reasons, how to mend it, and code that has it. Data alone, for
// `tfcheck explain`; what a report says of a cause in an input is said by the tellers beside this file.

import type { CauseCode } from "../../model/finding.ts";

export interface CausePage {
  /** What is so, and what follows from it. */
  readonly means: string;
  /** The usual ones, the most frequent first. */
  readonly reasons: readonly string[];
  readonly mend: string;
  /** Lines that have it, or a command that shows it. */
  readonly example: string;
}

/** A cause without a page does not compile. */
export const CAUSE_PAGES: Readonly<Record<CauseCode, CausePage>> = {
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
  "no-filter": {
    means: "No metric filter on the trail's log group counts the calls that the control is about.",
    reasons: [
      "the filter is still to be written",
      "the filters there count other calls",
      "it is part of another stack",
    ],
    mend: "Add an aws_cloudwatch_log_metric_filter on the trail's log group with the control's pattern.",
    example: "tfcheck explain aws-unauthorized-api-calls-alarm",
  },
  "no-filter-on-log-group": {
    means:
      "A filter with a fitting pattern sits on a log group that the trail does not feed, so it sees no event.",
    reasons: ["two log groups with similar names", "log_group_name is written out and was not renamed"],
    mend: "Refer to the log group that the trail delivers to.",
    example: 'resource "aws_cloudwatch_log_metric_filter" "denied" {\n  log_group_name = "cloudtrail-old"\n}',
  },
  "filters-outside-inputs": {
    means: "The trail delivers to a log group outside the inputs, and which filters sit on it is not known.",
    reasons: ["log group and filters belong to another stack"],
    mend: "Give the plan or state of the stack that owns the log group with --with FILE.",
    example: "tfcheck plan.json --with logging-state.json",
  },
  "pattern-misses-event": {
    means: "The filter's pattern leaves out calls that the control wants counted; the report shows one.",
    reasons: [
      "one of two error codes is missing",
      "an exclusion with != drops events that lack the field",
      "&& binds tighter than ||, and parentheses are missing",
    ],
    mend: "Use the control's text, or one that covers it.",
    example: `tfcheck pattern '{ $.errorCode = "AccessDenied*" }' --covers '{ $.errorCode = "*" }'`,
  },
  "pattern-matches-everyday-calls": {
    means: "The pattern counts calls that succeed all day, so its alarm is always on and tells of nothing.",
    reasons: ["conditions with != are joined by || throughout", "the pattern is empty"],
    mend: "Narrow the pattern to the calls that the control asks for.",
    example: `tfcheck pattern '{ $.errorCode = "AccessDenied*" || $.eventName != "HeadBucket" }'`,
  },
  "pattern-unreadable": {
    means: "The text is no filter pattern: AWS refuses it, or nobody has written down what it does.",
    reasons: [
      "a parenthesis or quote is not closed",
      "== in place of =",
      "quotes lost on the way through a template",
    ],
    mend: "Correct the pattern; tfcheck pattern shows the place and often the edit.",
    example: `tfcheck pattern '{ $.errorCode == "AccessDenied*" }'`,
  },
  "pattern-not-decided": {
    means:
      "Comparing the pattern with the control's takes more work than is allowed, or no proof could be confirmed.",
    reasons: ["many wildcards or regular expressions at once"],
    mend: "Use the control's own text, or one closer to it.",
    example: "{ $.errorCode = %A.*c.*D.*% && $.errorCode = %.*d.*n.*e% }",
  },
  "log-group-class-without-metrics": {
    means: "Metric filters do not work on log groups of this class.",
    reasons: ["the class was chosen for its price"],
    mend: 'Set log_group_class = "STANDARD"; the class of a log group cannot be changed, so it is made anew.',
    example: 'resource "aws_cloudwatch_log_group" "trail" {\n  log_group_class = "INFREQUENT_ACCESS"\n}',
  },
  "filter-on-transformed-logs": {
    means:
      "The filter reads events after a transformer has changed them, and what they look like then is not known.",
    reasons: ["apply_on_transformed_logs was set for another filter and copied"],
    mend: "Set apply_on_transformed_logs = false.",
    example: 'resource "aws_cloudwatch_log_metric_filter" "denied" {\n  apply_on_transformed_logs = true\n}',
  },
  "filter-not-understood": {
    means: "An argument of the filter changes which events it sees, or adds dimensions to its metric.",
    reasons: ["one filter was to serve events of several accounts or regions"],
    mend: "Remove the argument; a trail's log group holds the events of all its regions.",
    example:
      'resource "aws_cloudwatch_log_metric_filter" "denied" {\n  field_selection_criteria = "@aws.region = \\"us-east-1\\""\n}',
  },
  "no-alarm": {
    means: "The filter counts the calls into a metric, and no alarm in the inputs watches any such metric.",
    reasons: ["the alarm is still to be written", "it belongs to another stack"],
    mend: "Add an aws_cloudwatch_metric_alarm with the metric_name and namespace of the filter's metric.",
    example: "tfcheck suggest plan.json",
  },
  "no-alarm-on-metric": {
    means: "There are alarms, and none watches the metric that the filter writes; the nearest one is named.",
    reasons: [
      "name or namespace differ in letter case",
      "the alarm names the filter, whose metric has a name of its own",
      "alarm and filter are in different regions or accounts",
    ],
    mend: "Let the alarm refer to the filter's metric_transformation instead of repeating its name.",
    example: "metric_name = aws_cloudwatch_log_metric_filter.denied.name # not the name of its metric",
  },
  "alarm-cannot-fire": {
    means: "The alarm watches the right metric, and one matching event cannot set it off.",
    reasons: [
      "a threshold above 1, or GreaterThanThreshold with 1",
      "several evaluation periods that all have to breach",
      "a statistic that default values pull down",
      "dimensions or a unit that the filter does not write",
    ],
    mend: 'Use statistic = "Sum", threshold = 1, GreaterThanOrEqualToThreshold and one period.',
    example: 'comparison_operator = "GreaterThanThreshold"\nthreshold           = 1',
  },
  "alarm-always-on": {
    means: "The alarm is in ALARM whatever happens, so an event changes nothing and nobody is told.",
    reasons: [
      'treat_missing_data = "breaching"',
      "a default value that breaches the threshold by itself",
      "threshold = 0 with >=",
    ],
    mend: 'Set treat_missing_data = "notBreaching" and a threshold that only an event reaches.',
    example: 'comparison_operator = "GreaterThanOrEqualToThreshold"\nthreshold           = 0',
  },
  "alarm-not-understood": {
    means: "What sets the alarm off could not be worked out, so whether an event does is open.",
    reasons: ["metric math with functions that tfcheck does not know", "anomaly detection"],
    mend: "Let the alarm watch the filter's metric itself, with metric_name, namespace and threshold.",
    example: 'metric_query {\n  id         = "band"\n  expression = "ANOMALY_DETECTION_BAND(m1)"\n}',
  },
  "alarm-muted": {
    means: "A mute rule keeps the alarm's actions silent for good.",
    reasons: ["a rule for a maintenance window without an end"],
    mend: "Take the alarm out of the mute rule, or give the rule an end.",
    example: "tfcheck graph plan.json",
  },
  "composite-alarm-not-decided": {
    means:
      "The alarm tells somebody only through a composite alarm, and whether that one goes off with it is open.",
    reasons: [
      "its rule has AND or NOT, so other alarms have a say",
      "AND and OR stand beside each other without parentheses",
      "a suppressor holds its actions back while another alarm is in ALARM",
    ],
    mend: "Give the alarm itself the topic, or write a rule that is true whenever the alarm is in ALARM.",
    example: 'alarm_rule = "ALARM(denied) AND NOT ALARM(maintenance)"',
  },
  "alarm-suppressed": {
    means: "The composite alarm's actions wait for its suppressor to leave ALARM, which it never does.",
    reasons: ['the suppressor\'s rule is "TRUE", as for a test'],
    mend: "Remove actions_suppressor, or give the suppressor a rule that ends.",
    example:
      "actions_suppressor {\n  alarm            = aws_cloudwatch_composite_alarm.always.alarm_name\n  wait_period      = 60\n  extension_period = 60\n}",
  },
  "alarm-actions-disabled": {
    means: "The alarm goes off and tells nobody, since its actions are switched off.",
    reasons: ["actions were switched off during a migration"],
    mend: "Set actions_enabled = true, or leave it out.",
    example: 'resource "aws_cloudwatch_metric_alarm" "denied" {\n  actions_enabled = false\n}',
  },
  "alarm-without-actions": {
    means: "The alarm goes off and has no action for it, so it tells nobody.",
    reasons: ["alarm_actions is left out", "only ok_actions or insufficient_data_actions are set"],
    mend: "Put the topic's ARN into alarm_actions.",
    example: "ok_actions = [aws_sns_topic.alerts.arn]",
  },
  "alarm-actions-without-topic": {
    means: "The alarm has actions, and none of them is an SNS topic that a person could be subscribed to.",
    reasons: ["the action starts a function or an automation only"],
    mend: "Add an SNS topic's ARN to alarm_actions.",
    example: "alarm_actions = [aws_lambda_function.mend.arn]",
  },
  "topic-in-other-region": {
    means: "An alarm can only tell topics of its own region.",
    reasons: ["the topic's ARN is written out for one region", "the alarm uses another provider alias"],
    mend: "Use a topic in the alarm's region.",
    example: 'alarm_actions = ["arn:aws:sns:us-east-1:111122223333:alerts"]',
  },
  "topic-key-shuts-cloudwatch-out": {
    means: "The topic is encrypted with a key that CloudWatch may not use, so the alarm's message is lost.",
    reasons: [
      "the AWS managed key alias/aws/sns, whose policy cannot be changed",
      "a key whose policy names no service",
    ],
    mend: "Use a key of your own that lets cloudwatch.amazonaws.com use kms:GenerateDataKey* and kms:Decrypt.",
    example: 'resource "aws_sns_topic" "alerts" {\n  kms_master_key_id = "alias/aws/sns"\n}',
  },
  "topic-policy-shuts-cloudwatch-out": {
    means: "The topic's policy does not let CloudWatch publish, so the alarm's message is refused.",
    reasons: [
      "a policy was written for another service and replaced the default one",
      "a condition names another account",
    ],
    mend: "Allow cloudwatch.amazonaws.com sns:Publish in the topic's policy.",
    example:
      'resource "aws_sns_topic_policy" "alerts" {\n  policy = data.aws_iam_policy_document.events_only.json\n}',
  },
  "no-subscription": {
    means: "The topic is managed here and nobody is subscribed to it, so the message reaches no one.",
    reasons: ["people were to be subscribed by hand", "the subscription belongs to another stack"],
    mend: "Add an aws_sns_topic_subscription, or give the stack that has it with --with FILE.",
    example: 'resource "aws_sns_topic" "alerts" {\n  name = "alerts"\n}',
  },
  "no-subscription-on-topic": {
    means: "There are subscriptions, and none is on the topic that the alarm tells.",
    reasons: ["the subscription names another topic", "another instance of the same topic"],
    mend: "Set topic_arn to the ARN of the alarm's topic.",
    example: 'resource "aws_sns_topic_subscription" "mail" {\n  topic_arn = aws_sns_topic.billing.arn\n}',
  },
  "subscription-pending": {
    means:
      "The subscription is new and stays unconfirmed until somebody acts; until then it receives nothing.",
    reasons: ["the protocol is email", "an https endpoint that does not confirm by itself"],
    mend: "Confirm it after apply and accept that with --accept-pending, or write an assumption endpoint-confirmed.",
    example: 'protocol = "email"\nendpoint = "security@example.com"',
  },
  "subscription-filters-alarm-away": {
    means: "The subscription's filter policy lets no message of a CloudWatch alarm through.",
    reasons: ["a filter policy on message attributes, which alarms do not send"],
    mend: "Remove filter_policy, or write one that the alarm's message meets.",
    example: 'filter_policy = jsonencode({ severity = ["high"] })',
  },
  "filter-policy-refused": {
    means: "AWS refuses the filter policy, so the subscription is not made as it is written.",
    reasons: [
      "more than five keys, or more than 150 combinations of values",
      "a value that stands alone in place of a list",
      'a nested policy without filter_policy_scope = "MessageBody"',
    ],
    mend: "Correct the filter policy as the report says, or remove it.",
    example: 'filter_policy = jsonencode({ NewStateValue = "ALARM" })',
  },
  "filter-policy-not-decided": {
    means: "The filter policy asks for parts of the alarm's message that no plan tells.",
    reasons: ["a key that alarms are not known to send", "the reason or the time of the change"],
    mend: "Filter on what the alarm fixes: NewStateValue, AlarmName, AlarmArn or Trigger.",
    example: 'filter_policy = jsonencode({ NewStateReason = [{ prefix = "Threshold" }] })',
  },
  "queue-shuts-topic-out": {
    means:
      "The queue behind the subscription refuses what the topic sends, so the alarm is lost without a trace.",
    reasons: [
      "the queue has no policy at all",
      "the policy's aws:SourceArn names another topic",
      "the queue is encrypted with a key that SNS may not use",
    ],
    mend: "Allow sns.amazonaws.com sqs:SendMessage for the topic in the queue's policy, and the use of its key in the key's.",
    example:
      'resource "aws_sqs_queue" "inbox" {\n  name              = "inbox"\n  kms_master_key_id = "alias/aws/sqs"\n}',
  },
  "function-shuts-topic-out": {
    means: "No permission lets the topic call the function behind the subscription, so it is never called.",
    reasons: [
      "the aws_lambda_permission was forgotten",
      "its source_arn names another topic",
      "the subscription names an alias, and the permission the function alone",
    ],
    mend: 'Add an aws_lambda_permission with principal "sns.amazonaws.com" and the topic as source_arn.',
    example: 'protocol = "lambda"\nendpoint = aws_lambda_function.notify.arn',
  },
  "stream-role-cannot-write": {
    means: "SNS writes to a delivery stream with a role of the subscription, and this one does not let it.",
    reasons: ["the role trusts firehose.amazonaws.com", "its policy names another stream"],
    mend: "Let sns.amazonaws.com assume the role, and allow it firehose:PutRecord and firehose:PutRecordBatch on the stream.",
    example: 'protocol = "firehose"\nsubscription_role_arn = aws_iam_role.firehose.arn',
  },
  "endpoint-not-for-topic": {
    means:
      "SNS refuses the subscription: a FIFO topic delivers to SQS alone, and a FIFO queue takes FIFO topics alone.",
    reasons: ["an e-mail address or a function on a FIFO topic", "a FIFO queue on a standard topic"],
    mend: "Use a standard topic for alarms.",
    example: 'resource "aws_sns_topic" "alarms" {\n  name       = "alarms.fifo"\n  fifo_topic = true\n}',
  },
  "subscribers-outside-inputs": {
    means: "The topic is only referred to, so who receives it is not known.",
    reasons: ["the topic comes from a variable, a data source or another stack's output"],
    mend: "Give the plan or state that owns the topic with --with FILE, or write an assumption topic-has-subscriber.",
    example: "alarm_actions = [var.topic_arn]",
  },
  "not-known-before-apply": {
    means: "The verdict hangs on a value that the inputs do not tell.",
    reasons: [
      "it passes through a local, which the plan's JSON does not hold",
      "a variable without a value",
      "a computed attribute",
    ],
    mend: "Give the code as well with --source DIR, or the stack that knows the value with --with FILE.",
    example: "tfcheck plan.json --source .",
  },
  "may-not-exist": {
    means: "A link of the chain rests on an object of which it is not sure that it exists after apply.",
    reasons: [
      "its count is known only at apply",
      "the plan puts it off, or lets go of it without destroying it",
    ],
    mend: "Give the code as well with --source DIR, or apply and plan again.",
    example: "count = length(data.aws_regions.all.names) > 0 ? 1 : 0",
  },
  "more-may-exist": {
    means: "How many objects of a type there will be is not known, and one more could make the chain whole.",
    reasons: ["a for_each over something that is known only at apply"],
    mend: "Give the code as well with --source DIR, or make the for_each known.",
    example: "for_each = toset(data.aws_ssm_parameter.people.value)",
  },
  "attribute-differs": {
    means: "An attribute that the control asks about has another value than it asks for.",
    reasons: ["the argument is left out, and the provider's default is another one"],
    mend: "Set the attribute as the report says.",
    example: 'resource "aws_cloudtrail" "main" {\n  enable_log_file_validation = false\n}',
  },
  "no-such-resource": {
    means: "The control is about a type of resource that the inputs do not hold.",
    reasons: ["the resource belongs to another stack", "it is still to be written"],
    mend: "Give the plan or state of the stack that owns it with --with FILE.",
    example: "tfcheck plan.json --with security-state.json",
  },
};
