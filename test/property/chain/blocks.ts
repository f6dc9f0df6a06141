// A small world as Terraform blocks: what plan, state and code are rendered from.

import { arnOf, type PatternTree, type SmallWorld } from "../../reference/small-world.ts";
import type { Dice } from "../../tools/plan-changes.ts";
import { endpointBlocks, keyBlocks, roleBlocks, subscriptionBlocks, topicBlocks } from "./delivery-blocks.ts";
import { type Argument, type Block, block, type Layout, literal, type Placing, pointer } from "./placing.ts";

export function blocksOf(world: SmallWorld, dice: Dice, layout: Layout): readonly Block[] {
  const placing: Placing = { world, dice, layout, arns: arnsOf(world), documents: [] };
  const blocks = [
    ...world.groups.map((group) =>
      block(placing, "aws_cloudwatch_log_group", group, {
        name: literal(group.name),
        log_group_class: literal(group.standard ? "STANDARD" : "INFREQUENT_ACCESS"),
      }),
    ),
    ...world.trails.map((trail) => trailBlock(placing, trail)),
    ...roleBlocks(placing, world),
    ...world.filters.map((filter) => filterBlock(placing, world, filter)),
    ...world.alarms.map((alarm) => alarmBlock(placing, alarm)),
    ...world.composites.map((composite) => compositeBlock(placing, world, composite)),
    ...topicBlocks(placing, world),
    ...keyBlocks(placing, world),
    ...endpointBlocks(placing, world),
    ...subscriptionBlocks(placing, world),
  ];
  return [...blocks, ...placing.documents];
}

function arnsOf(world: SmallWorld): ReadonlyMap<string, string> {
  const kinds = [
    ["group", world.groups],
    ["trail", world.trails],
    ["alarm", [...world.alarms, ...world.composites]],
    ["topic", world.topics],
    ["queue", world.queues],
    ["function", world.functions],
    ["key", world.keys],
    ["alias", world.aliases],
    ["role", world.roles],
  ] as const;
  return new Map(
    kinds.flatMap(([kind, objects]) => objects.map((one) => [one.id, arnOf(kind, one)] as const)),
  );
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
    cloud_watch_logs_role_arn: roleOf(placing, trail),
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

function roleOf(placing: Placing, { role, site }: SmallWorld["trails"][number]): Argument {
  if (role === undefined) return literal(null);
  if (role === "elsewhere") return literal(arnOf("role", { site, name: "elsewhere" }));
  return pointer(placing, { id: role, site, name: "" }, "arn");
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
