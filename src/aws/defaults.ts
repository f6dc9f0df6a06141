// What the provider fills in for arguments that nobody wrote, as planned values show it: for evaluating configuration
// without a plan. Data for the resource types of the chain; nothing is judged here.

import { known, type Value } from "../model/value.ts";

/**
 * What stands in planned values for an argument that is not written: a scalar (`null`: not set), `[]` for a nested
 * block or an empty list, or "computed" for what is known only after apply.
 */
type Default = string | number | boolean | null | readonly [] | "computed";

/** The optional and computed arguments of a resource or block; required ones have no default and are not listed. */
export interface BlockDefaults {
  readonly attributes: ReadonlyMap<string, Default>;
  /** The nested blocks; not written, each is `[]`. */
  readonly blocks: ReadonlyMap<string, BlockDefaults>;
}

/**
 * By resource type. Observed with AWS provider 5.32 and OpenTofu 1.12 (read 2026-11-24) by taking from planned values
 * whatever the configuration does not write; `test/unit/aws/defaults.test.ts` repeats that over recorded plans. Not
 * observed there and taken from the provider's schemas: aws_cloudwatch_composite_alarm, aws_cloudwatch_alarm_mute_rule
 * (provider 6), the blocks `metric_query` and `insight_selector`, `description`, `enable_key_rotation` and `policy` of
 * aws_kms_key, aws_kms_alias, aws_kms_key_policy, aws_iam_policy, the attachments of policies and
 * aws_lambda_permission. Provider 6 adds `region`
 * to every type here, which planned values fill with the provider's.
 * Source: https://github.com/hashicorp/terraform-provider-aws/tree/v5.32.0/internal/service (cloudtrail, cloudwatch,
 * iam, kms, lambda, logs, sns, sqs)
 */
export const PROVIDER_DEFAULTS: ReadonlyMap<string, BlockDefaults> = new Map([
  [
    "aws_cloudtrail",
    block(
      {
        cloud_watch_logs_group_arn: null,
        cloud_watch_logs_role_arn: null,
        enable_log_file_validation: false,
        enable_logging: true,
        include_global_service_events: true,
        is_multi_region_trail: false,
        is_organization_trail: false,
        kms_key_id: null,
        s3_key_prefix: null,
        sns_topic_name: null,
        tags: null,
      },
      ["arn", "home_region", "id", "tags_all"],
      {
        advanced_event_selector: block({ name: null }, [], {
          field_selector: block({
            ends_with: [],
            equals: [],
            not_ends_with: [],
            not_equals: [],
            not_starts_with: [],
            starts_with: [],
          }),
        }),
        event_selector: block(
          {
            exclude_management_event_sources: null,
            include_management_events: true,
            read_write_type: "All",
          },
          [],
          { data_resource: block({}) },
        ),
        insight_selector: block({}),
      },
    ),
  ],
  [
    "aws_cloudwatch_log_group",
    block({ kms_key_id: null, retention_in_days: 0, skip_destroy: false, tags: null }, [
      "arn",
      "id",
      "log_group_class",
      "name",
      "name_prefix",
      "tags_all",
    ]),
  ],
  [
    "aws_cloudwatch_log_metric_filter",
    block({}, ["id"], {
      metric_transformation: block({ default_value: null, dimensions: null, unit: "None" }),
    }),
  ],
  [
    "aws_cloudwatch_metric_alarm",
    block(
      {
        actions_enabled: true,
        alarm_actions: null,
        alarm_description: null,
        datapoints_to_alarm: null,
        dimensions: null,
        extended_statistic: null,
        insufficient_data_actions: null,
        metric_name: null,
        namespace: null,
        ok_actions: null,
        period: null,
        statistic: null,
        tags: null,
        threshold: null,
        threshold_metric_id: null,
        treat_missing_data: "missing",
        unit: null,
      },
      ["arn", "evaluate_low_sample_count_percentiles", "id", "tags_all"],
      {
        metric_query: block(
          { account_id: null, expression: null, label: null, period: null, return_data: false },
          [],
          { metric: block({ dimensions: null, namespace: null, unit: null }) },
        ),
      },
    ),
  ],
  [
    "aws_cloudwatch_composite_alarm",
    block(
      {
        actions_enabled: true,
        alarm_actions: null,
        alarm_description: null,
        insufficient_data_actions: null,
        ok_actions: null,
        tags: null,
      },
      ["arn", "id", "tags_all"],
      { actions_suppressor: block({}) },
    ),
  ],
  [
    "aws_cloudwatch_alarm_mute_rule",
    block(
      { description: null, expire_date: null, start_date: null, tags: null },
      ["arn", "last_updated_timestamp", "mute_type", "status", "tags_all"],
      { mute_targets: block({}), rule: block({}, [], { schedule: block({}, ["timezone"]) }) },
    ),
  ],
  [
    "aws_sns_topic",
    block(
      {
        application_failure_feedback_role_arn: null,
        application_success_feedback_role_arn: null,
        application_success_feedback_sample_rate: null,
        archive_policy: null,
        content_based_deduplication: false,
        delivery_policy: null,
        display_name: null,
        fifo_topic: false,
        firehose_failure_feedback_role_arn: null,
        firehose_success_feedback_role_arn: null,
        firehose_success_feedback_sample_rate: null,
        http_failure_feedback_role_arn: null,
        http_success_feedback_role_arn: null,
        http_success_feedback_sample_rate: null,
        kms_master_key_id: null,
        lambda_failure_feedback_role_arn: null,
        lambda_success_feedback_role_arn: null,
        lambda_success_feedback_sample_rate: null,
        sqs_failure_feedback_role_arn: null,
        sqs_success_feedback_role_arn: null,
        sqs_success_feedback_sample_rate: null,
        tags: null,
      },
      [
        "arn",
        "beginning_archive_time",
        "id",
        "name",
        "name_prefix",
        "owner",
        "policy",
        "signature_version",
        "tags_all",
        "tracing_config",
      ],
    ),
  ],
  ["aws_sns_topic_policy", block({}, ["id", "owner"])],
  [
    "aws_sns_topic_subscription",
    block(
      {
        confirmation_timeout_in_minutes: 1,
        delivery_policy: null,
        endpoint_auto_confirms: false,
        filter_policy: null,
        raw_message_delivery: false,
        redrive_policy: null,
        replay_policy: null,
        subscription_role_arn: null,
      },
      [
        "arn",
        "confirmation_was_authenticated",
        "filter_policy_scope",
        "id",
        "owner_id",
        "pending_confirmation",
      ],
    ),
  ],
  [
    "aws_sqs_queue",
    block(
      {
        content_based_deduplication: false,
        delay_seconds: 0,
        fifo_queue: false,
        kms_master_key_id: null,
        max_message_size: 262144,
        message_retention_seconds: 345600,
        receive_wait_time_seconds: 0,
        tags: null,
        visibility_timeout_seconds: 30,
      },
      [
        "arn",
        "deduplication_scope",
        "fifo_throughput_limit",
        "id",
        "kms_data_key_reuse_period_seconds",
        "name",
        "name_prefix",
        "policy",
        "redrive_allow_policy",
        "redrive_policy",
        "sqs_managed_sse_enabled",
        "tags_all",
        "url",
      ],
    ),
  ],
  ["aws_sqs_queue_policy", block({}, ["id"])],
  [
    "aws_kms_key",
    block(
      {
        bypass_policy_lockout_safety_check: false,
        custom_key_store_id: null,
        customer_master_key_spec: "SYMMETRIC_DEFAULT",
        deletion_window_in_days: null,
        enable_key_rotation: false,
        is_enabled: true,
        key_usage: "ENCRYPT_DECRYPT",
        tags: null,
        timeouts: null,
        xks_key_id: null,
      },
      ["arn", "description", "id", "key_id", "multi_region", "policy", "tags_all"],
    ),
  ],
  ["aws_kms_alias", block({}, ["arn", "id", "name", "name_prefix", "target_key_arn"])],
  ["aws_kms_key_policy", block({ bypass_policy_lockout_safety_check: false }, ["id"])],
  [
    "aws_iam_role",
    block(
      {
        description: null,
        force_detach_policies: false,
        max_session_duration: 3600,
        path: "/",
        permissions_boundary: null,
        tags: null,
      },
      [
        "arn",
        "create_date",
        "id",
        "inline_policy",
        "managed_policy_arns",
        "name",
        "name_prefix",
        "tags_all",
        "unique_id",
      ],
    ),
  ],
  ["aws_iam_role_policy", block({}, ["id", "name", "name_prefix"])],
  ["aws_iam_role_policy_attachment", block({}, ["id"])],
  ["aws_iam_policy_attachment", block({ groups: null, roles: null, users: null }, ["id"])],
  [
    "aws_iam_policy",
    block({ description: null, path: "/", tags: null }, [
      "arn",
      "id",
      "name",
      "name_prefix",
      "policy_id",
      "tags_all",
    ]),
  ],
  [
    "aws_lambda_permission",
    block(
      {
        event_source_token: null,
        function_url_auth_type: null,
        principal_org_id: null,
        qualifier: null,
        source_account: null,
        source_arn: null,
      },
      ["id", "statement_id", "statement_id_prefix"],
    ),
  ],
]);

function block(
  attributes: Readonly<Record<string, Default>>,
  computed: readonly string[] = [],
  blocks: Readonly<Record<string, BlockDefaults>> = {},
): BlockDefaults {
  return {
    attributes: new Map([
      ...Object.entries(attributes),
      ...computed.map((name): [string, Default] => [name, "computed"]),
    ]),
    blocks: new Map(Object.entries(blocks)),
  };
}

/**
 * What an argument that is not written gets. `path` are the nested blocks, without positions, and the argument:
 * `["event_selector", "read_write_type"]`. "computed": known only after apply. `undefined`: a required argument, or
 * one that is not in the table.
 */
export function providerDefault(type: string, path: readonly string[]): Value | "computed" | undefined {
  let inside = PROVIDER_DEFAULTS.get(type);
  for (const step of path.slice(0, -1)) inside = inside?.blocks.get(step);
  const name = path.at(-1);
  if (inside === undefined || name === undefined) return undefined;
  if (inside.blocks.has(name)) return EMPTY;
  const written = inside.attributes.get(name);
  if (written === undefined || written === "computed") return written;
  return isEmptyList(written) ? EMPTY : known(written);
}

const EMPTY: Value = { kind: "list", form: "list", elements: [], sensitive: false };

function isEmptyList(value: Default): value is readonly [] {
  return Array.isArray(value);
}
