// A small world as Terraform blocks: what plan, state and code are rendered from. Where a block stands (module, key)
// and how it points to others (reference or literal) is chosen at random and changes nothing.

import { isMade, type PatternTree, type Site, type SmallWorld } from "../../reference/small-world.ts";
import type { Dice } from "../../tools/plan-changes.ts";

/** What an argument is set to. */
export type Argument =
  | {
      readonly kind: "literal";
      readonly value: string | number | boolean | null | Readonly<Record<string, string>>;
    }
  /** An attribute of another block, with text behind it. */
  | {
      readonly kind: "reference";
      readonly to: string;
      readonly attribute: "arn" | "name";
      readonly suffix: string;
    }
  | { readonly kind: "list"; readonly of: readonly Argument[] }
  /** Nested blocks. */
  | { readonly kind: "blocks"; readonly of: readonly Arguments[] };

export type Arguments = Readonly<Record<string, Argument>>;

export interface Block {
  readonly id: string;
  readonly type: string;
  readonly label: string;
  /** Name of the module it stands in; `undefined` for the root. */
  readonly module: string | undefined;
  readonly key: 0 | "k" | undefined;
  readonly site: Site;
  readonly args: Arguments;
  /** What it is called in AWS. */
  readonly arn: string;
  readonly name: string;
  /** The plan makes it, where it does not make everything. */
  readonly made: boolean;
  /** What the provider knows of an object that stands, beside its arguments. */
  readonly computed: Readonly<Record<string, string | boolean>>;
}

/** How blocks are laid out; none of it means anything. */
export interface Layout {
  readonly modules: boolean;
  readonly keys: boolean;
  readonly literals: boolean;
}

const literal = (value: Extract<Argument, { kind: "literal" }>["value"]): Argument => ({
  kind: "literal",
  value,
});

interface Placing {
  readonly world: SmallWorld;
  readonly dice: Dice;
  readonly layout: Layout;
  readonly arns: ReadonlyMap<string, string>;
}

export function blocksOf(world: SmallWorld, dice: Dice, layout: Layout): readonly Block[] {
  const arns = new Map<string, string>();
  const service = (kind: string, site: Site) => `arn:aws:${kind}:${site.region}:${site.account}:`;
  for (const { id, site, name } of world.groups) arns.set(id, `${service("logs", site)}log-group:${name}`);
  for (const { id, site, name } of world.topics) arns.set(id, `${service("sns", site)}${name}`);
  for (const { id, site, name } of world.trails) arns.set(id, `${service("cloudtrail", site)}trail/${name}`);
  for (const { id, site, name } of [...world.alarms, ...world.composites]) {
    arns.set(id, `${service("cloudwatch", site)}alarm:${name}`);
  }
  const placing: Placing = { world, dice, layout, arns };
  return [
    ...world.groups.map((group) =>
      block(placing, "aws_cloudwatch_log_group", group, {
        name: literal(group.name),
        log_group_class: literal(group.standard ? "STANDARD" : "INFREQUENT_ACCESS"),
      }),
    ),
    ...world.trails.map((trail) => trailBlock(placing, trail)),
    ...world.filters.map((filter) => filterBlock(placing, world, filter)),
    ...world.alarms.map((alarm) => alarmBlock(placing, alarm)),
    ...world.composites.map((composite) => compositeBlock(placing, world, composite)),
    ...world.topics.map((topic) =>
      block(placing, "aws_sns_topic", topic, {
        name: literal(topic.name),
        kms_master_key_id: literal(topic.awsManagedKey ? "alias/aws/sns" : null),
      }),
    ),
    ...world.subscriptions.map((subscription) => subscriptionBlock(placing, subscription)),
  ];
}

type Named = { readonly id: string; readonly site: Site; readonly name: string };

function block(
  { world, dice, layout, arns }: Placing,
  type: string,
  { id, site, name }: Named,
  args: Arguments,
  computed: Block["computed"] = {},
): Block {
  const module = layout.modules ? ([undefined, "one", "two"] as const)[dice(3)] : undefined;
  const key = layout.keys ? ([undefined, 0, "k"] as const)[dice(3)] : undefined;
  const arn = arns.get(id) ?? `arn:aws:other:${site.region}:${site.account}:${name}`;
  return { id, type, label: id, module, key, site, args, arn, name, computed, made: isMade(world, id) };
}

/** A reference, or what it comes to written out. */
function pointer(
  { dice, layout, arns }: Placing,
  to: Named,
  attribute: "arn" | "name",
  suffix = "",
): Argument {
  if (layout.literals && dice(3) === 0) {
    return literal(`${attribute === "name" ? to.name : (arns.get(to.id) ?? "")}${suffix}`);
  }
  return { kind: "reference", to: to.id, attribute, suffix };
}

function trailBlock(placing: Placing, trail: SmallWorld["trails"][number]): Block {
  const group = trail.group;
  return block(placing, "aws_cloudtrail", trail, {
    name: literal(trail.name),
    s3_bucket_name: literal("logs"),
    is_multi_region_trail: literal(trail.multiRegion),
    enable_logging: literal(trail.logging),
    cloud_watch_logs_group_arn:
      group === undefined
        ? literal(null)
        : pointer(placing, { id: group, site: trail.site, name: "" }, "arn", ":*"),
    event_selector: {
      kind: "blocks",
      of: trail.selectors.map(({ management, readWrite, excludedSources }) => ({
        include_management_events: literal(management),
        read_write_type: literal(readWrite),
        exclude_management_event_sources: { kind: "list", of: excludedSources.map(literal) },
      })),
    },
  });
}

function filterBlock(placing: Placing, world: SmallWorld, filter: SmallWorld["filters"][number]): Block {
  const group = world.groups.find(({ id }) => id === filter.group);
  if (group === undefined) throw new Error(`${filter.id} is on no group`);
  return block(placing, "aws_cloudwatch_log_metric_filter", filter, {
    name: literal(filter.name),
    log_group_name: pointer(placing, group, "name"),
    pattern: literal(printPattern(filter.pattern)),
    metric_transformation: {
      kind: "blocks",
      of: [
        {
          name: literal(filter.metric),
          namespace: literal(filter.namespace),
          value: literal(String(filter.value)),
          ...(filter.defaultValue === undefined
            ? {}
            : { default_value: literal(String(filter.defaultValue)) }),
        },
      ],
    },
  });
}

function actionsOf(
  placing: Placing,
  { site, actions }: SmallWorld["composites"][number] | SmallWorld["alarms"][number],
): Argument {
  // A plan that makes topics drops literals that stand beside references, so there they do not stand together.
  const written = placing.layout.literals && placing.dice(3) === 0;
  const own: Placing = { ...placing, layout: { ...placing.layout, literals: false } };
  const of = actions.map((action): Argument => {
    if ("foreign" in action) return literal(action.foreign);
    if (written) return literal(placing.arns.get(action.topic) ?? "");
    return pointer(own, { id: action.topic, site, name: "" }, "arn");
  });
  return { kind: "list", of };
}

function alarmBlock(placing: Placing, alarm: SmallWorld["alarms"][number]): Block {
  const { datapointsToAlarm: datapoints, dimensions } = alarm;
  return block(placing, "aws_cloudwatch_metric_alarm", alarm, {
    alarm_name: literal(alarm.name),
    namespace: literal(alarm.namespace),
    metric_name: literal(alarm.metric),
    ...(Object.keys(dimensions).length === 0 ? {} : { dimensions: literal(dimensions) }),
    statistic: literal(alarm.statistic),
    period: literal(alarm.periodSeconds),
    threshold: literal(alarm.threshold),
    comparison_operator: literal(alarm.comparison),
    evaluation_periods: literal(alarm.evaluationPeriods),
    ...(datapoints === undefined ? {} : { datapoints_to_alarm: literal(datapoints) }),
    treat_missing_data: literal(alarm.missingData),
    actions_enabled: literal(alarm.actionsEnabled),
    alarm_actions: actionsOf(placing, alarm),
  });
}

function compositeBlock(
  placing: Placing,
  world: SmallWorld,
  composite: SmallWorld["composites"][number],
): Block {
  const names = world.alarms.filter(({ id }) => composite.over.includes(id)).map(({ name }) => name);
  return block(placing, "aws_cloudwatch_composite_alarm", composite, {
    alarm_name: literal(composite.name),
    alarm_rule: literal(names.map((name) => `ALARM("${name}")`).join(" OR ") || "FALSE"),
    actions_enabled: literal(composite.actionsEnabled),
    alarm_actions: actionsOf(placing, composite),
  });
}

const POLICIES: Readonly<Record<SmallWorld["subscriptions"][number]["policy"], string | null>> = {
  none: null,
  "lets-alarms": '{"NewStateValue":["ALARM"]}',
  "drops-alarms": '{"NewStateValue":["OK"]}',
};

const ENDPOINTS = { email: "team@example.com", https: "https://example.com/hook", sms: "+15550100" };

function subscriptionBlock(placing: Placing, subscription: SmallWorld["subscriptions"][number]): Block {
  const { protocol, policy, site } = subscription;
  const endpoint =
    protocol === "sqs" || protocol === "lambda"
      ? `arn:aws:${protocol}:${site.region}:${site.account}:${protocol === "sqs" ? "inbox" : "function:page"}`
      : ENDPOINTS[protocol];
  return block(
    placing,
    "aws_sns_topic_subscription",
    subscription,
    {
      topic_arn: pointer(placing, { id: subscription.topic, site, name: "" }, "arn"),
      protocol: literal(protocol),
      endpoint: literal(endpoint),
      endpoint_auto_confirms: literal(protocol === "https" && subscription.autoConfirms),
      filter_policy: literal(POLICIES[policy]),
      ...(policy === "none" ? {} : { filter_policy_scope: literal("MessageBody") }),
    },
    { pending_confirmation: !subscription.confirmed },
  );
}

function printPattern(pattern: PatternTree): string {
  return pattern.kind === "everything" ? "" : `{ ${printTree(pattern)} }`;
}

export function printTree(pattern: PatternTree): string {
  switch (pattern.kind) {
    case "all":
      return pattern.of.map((one) => `(${printTree(one)})`).join(" && ");
    case "any":
      return pattern.of.map((one) => `(${printTree(one)})`).join(" || ");
    case "test":
      return `$.${pattern.field} ${pattern.operator} "${pattern.text}"`;
    case "everything":
      throw new Error("a pattern of nothing stands alone");
    default:
      return pattern satisfies never;
  }
}
