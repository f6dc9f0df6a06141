// The types of resources and data sources that the checks ask for. A reader of plans may leave out the entries of other
// types where it can have them once only. Whoever reads a further type in src/evaluate or src/resolve adds it here:
// a test compares the two.

/** Every chain leads through these, so that their entries are read whenever a plan is. */
const CHAIN_TYPES: ReadonlySet<string> = new Set([
  "aws_cloudtrail",
  "aws_cloudwatch_alarm_mute_rule",
  "aws_cloudwatch_composite_alarm",
  "aws_cloudwatch_log_group",
  "aws_cloudwatch_log_metric_filter",
  "aws_cloudwatch_metric_alarm",
  "aws_sns_topic",
  "aws_sns_topic_policy",
  "aws_sns_topic_subscription",
  // Data sources that say where a provider works.
  "aws_caller_identity",
  "aws_partition",
  "aws_region",
]);

/** Some chains lead to these, or get names and ARNs from them: read when one does. */
const NEIGHBOUR_TYPES: ReadonlySet<string> = new Set([
  // What a topic delivers to, and what lets it.
  "aws_chatbot_slack_channel_configuration",
  "aws_chatbot_teams_channel_configuration",
  "aws_kinesis_firehose_delivery_stream",
  "aws_lambda_alias",
  "aws_lambda_function",
  "aws_lambda_permission",
  "aws_sqs_queue",
  "aws_sqs_queue_policy",
  // Keys and documents that let one service use another.
  "aws_iam_policy",
  "aws_iam_policy_attachment",
  "aws_iam_policy_document",
  "aws_iam_role",
  "aws_iam_role_policies_exclusive",
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
  "aws_iam_role_policy_attachments_exclusive",
  "aws_kms_alias",
  "aws_kms_external_key",
  "aws_kms_key",
  "aws_kms_key_policy",
  "aws_kms_replica_key",
  "aws_s3_bucket",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  // What else an alarm can set off.
  "aws_appautoscaling_policy",
  "aws_autoscaling_policy",
  "aws_ssmincidents_response_plan",
  // Values from other stacks.
  "aws_ssm_parameter",
  "terraform_remote_state",
  // Parts of names.
  "null_resource",
  "random_id",
  "random_integer",
  "random_password",
  "random_pet",
  "random_shuffle",
  "random_string",
  "random_uuid",
  "terraform_data",
  "time_rotating",
  "time_sleep",
  "time_static",
]);

/** "chain": of every chain; "neighbour": of some; `undefined`: of none that is looked for. */
export function questionOf(type: string): "chain" | "neighbour" | undefined {
  if (CHAIN_TYPES.has(type)) return "chain";
  return NEIGHBOUR_TYPES.has(type) ? "neighbour" : undefined;
}
