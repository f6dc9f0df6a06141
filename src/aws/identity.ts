// What tells two objects of AWS apart besides their ARNs: names that are unique within an account and region.

/**
 * The arguments that together name one object of the type in its account and region; `undefined` for types that are
 * not told apart by name.
 * Sources: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html (a filter
 * name is unique to its log group), https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
 * and https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html (unique within the
 * account and region, metric and composite alarms alike); for the others the service's Create call says the same.
 */
export function namingArguments(type: string): readonly string[] | undefined {
  return NAMING.get(type);
}

const NAMING: ReadonlyMap<string, readonly string[]> = new Map([
  ["aws_cloudtrail", ["name"]],
  ["aws_cloudwatch_log_group", ["name"]],
  ["aws_cloudwatch_log_metric_filter", ["log_group_name", "name"]],
  ["aws_cloudwatch_metric_alarm", ["alarm_name"]],
  ["aws_cloudwatch_composite_alarm", ["alarm_name"]],
  ["aws_sns_topic", ["name"]],
  ["aws_sqs_queue", ["name"]],
  ["aws_kms_alias", ["name"]],
  ["aws_lambda_function", ["function_name"]],
  ["aws_ssm_parameter", ["name"]],
]);
