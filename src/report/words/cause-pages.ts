// A page for every cause: what it means, the usual reasons, how to mend it, and code that has it. Data alone, for
// `tfcheck explain`; what a report says of a cause in an input is said by the tellers beside this file.

import type { CauseCode } from "../../model/finding.ts";
import { TRAIL_PAGES } from "./trail-pages.ts";

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
  ...TRAIL_PAGES,
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
      "the queue has no policy in the inputs, which leaves it open: another stack may attach one",
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
