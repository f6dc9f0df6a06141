// The objects that decide whether a message arrives, as Terraform blocks: policies, roles, keys, queues, functions.

import {
  type Attached,
  arnOf,
  type Encryption,
  type FilterPolicy,
  type Policy,
  type Site,
  type SmallWorld,
} from "../../reference/small-world.ts";
import {
  type Argument,
  type Arguments,
  type Block,
  block,
  literal,
  type Named,
  type Placing,
  pointer,
  written,
} from "./placing.ts";

/** A policy of its own block, as JSON or by a data source; the ARNs in it may be references. */
function policyOf(placing: Placing, { id, site, policy }: Attached): Argument {
  if (placing.dice(3) > 0) return written(placing, jsonOf(policy));
  const named = { id: `${id}document`, site, name: id };
  const statements = policy.map((statement) => statementBlock(placing, statement));
  const args: Arguments = { statement: { kind: "blocks", of: statements } };
  const document = block(placing, "aws_iam_policy_document", named, args, { json: jsonOf(policy), id });
  placing.documents.push({ ...document, mode: "data" });
  return { kind: "text", parts: [{ to: named.id, attribute: "json" }] };
}

function statementBlock(placing: Placing, statement: Policy[number]): Arguments {
  const { effect, principal, actions, resources, conditions } = statement;
  const texts = (of: readonly string[]): Argument => ({
    kind: "list",
    of: of.map((one) => written(placing, one)),
  });
  return {
    effect: literal(effect),
    actions: texts(actions),
    ...(resources === undefined ? {} : { resources: texts(resources) }),
    ...(principal === undefined ? {} : { principals: { kind: "blocks", of: [principalBlock(principal)] } }),
    condition: {
      kind: "blocks",
      of: conditions.map(({ operator, key, values }) => ({
        test: literal(operator),
        variable: literal(key),
        values: texts(values),
      })),
    },
  };
}

function principalBlock(principal: NonNullable<Policy[number]["principal"]>): Arguments {
  const [type = "*", name = "*"] = Object.entries(principalOf(principal))[0] ?? [];
  const kind = principal === "*" ? "*" : type;
  const identifier = principal === "*" ? "*" : String(name);
  return { type: literal(kind), identifiers: { kind: "list", of: [literal(identifier)] } };
}

function jsonOf(policy: Policy): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: policy.map(statementOf) });
}

function statementOf({ effect, principal, actions, resources, conditions }: Policy[number], at: number) {
  return {
    Sid: `Part${at}`,
    Effect: effect,
    ...(principal === undefined ? {} : { Principal: principalOf(principal) }),
    Action: oneOrMany(actions),
    ...(resources === undefined ? {} : { Resource: oneOrMany(resources) }),
    ...(conditions.length === 0 ? {} : { Condition: conditionsOf(conditions) }),
  };
}

function principalOf(principal: NonNullable<Policy[number]["principal"]>) {
  if (principal === "*") return principal;
  return "service" in principal
    ? { Service: principal.service }
    : { AWS: `arn:aws:iam::${principal.account}:root` };
}

function oneOrMany(texts: readonly string[]): string | readonly string[] {
  const [only] = texts;
  return texts.length === 1 && only !== undefined ? only : texts;
}

function conditionsOf(conditions: Policy[number]["conditions"]) {
  const operators: Record<string, Record<string, unknown>> = {};
  for (const { operator, key, values } of conditions) {
    operators[operator] = { ...operators[operator], [key]: oneOrMany(values) };
  }
  return operators;
}

/**
 * A policy that is not written is made by AWS, and stands in the state. What an object says itself names no other block:
 * those name the object, and Terraform takes no circles.
 */
function ownPolicy(policy: Policy | undefined): Readonly<Record<string, Argument>> {
  return policy === undefined ? {} : { policy: literal(jsonOf(policy)) };
}

function madeByAws(policy: Policy | undefined, text: string): Block["computed"] {
  return policy === undefined ? { policy: text } : {};
}

/** Source: https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html (the default policy) */
function defaultTopicPolicy({ site, name }: Named): string {
  const statement = {
    Sid: "__default_statement_ID",
    Effect: "Allow",
    Principal: { AWS: "*" },
    Action: ["SNS:GetTopicAttributes", "SNS:SetTopicAttributes", "SNS:Subscribe", "SNS:Publish"],
    Resource: arnOf("topic", { site, name }),
    Condition: { StringEquals: { "AWS:SourceOwner": site.account } },
  };
  return JSON.stringify({ Version: "2008-10-17", Id: "__default_policy_ID", Statement: [statement] });
}

/** Source: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
function defaultKeyPolicy({ site }: Named): string {
  const own = {
    Sid: "Enable IAM User Permissions",
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${site.account}:root` },
    Action: "kms:*",
    Resource: "*",
  };
  return JSON.stringify({ Version: "2012-10-17", Id: "key-default-1", Statement: [own] });
}

export function topicBlocks(placing: Placing, world: SmallWorld): readonly Block[] {
  return [
    ...world.topics.map((topic) =>
      block(
        placing,
        "aws_sns_topic",
        topic,
        {
          name: literal(topic.name),
          fifo_topic: literal(topic.fifo),
          kms_master_key_id: encryptedWith(placing, world, topic, "sns"),
          ...ownPolicy(topic.policy),
        },
        madeByAws(topic.policy, defaultTopicPolicy(topic)),
      ),
    ),
    ...world.topicPolicies.map((policy) =>
      block(placing, "aws_sns_topic_policy", policy, {
        arn: pointer(placing, find(world.topics, policy.to), "arn"),
        policy: policyOf(placing, policy),
      }),
    ),
  ];
}

function find<T extends Named>(objects: readonly T[], id: string): T {
  const found = objects.find((one) => one.id === id);
  if (found === undefined) throw new Error(`nothing is called ${id}`);
  return found;
}

function encryptedWith(
  placing: Placing,
  world: SmallWorld,
  { encryption, site }: { readonly encryption: Encryption; readonly site: Site },
  service: "sns" | "sqs",
): Argument {
  if (encryption === undefined) return literal(null);
  if (encryption === "aws-managed") return literal(`alias/aws/${service}`);
  if (encryption === "elsewhere") return literal("alias/elsewhere");
  if ("alias" in encryption) return literal(encryption.alias);
  const key = find(world.keys, encryption.key);
  // A bare id means a key of the same account.
  const attribute = placing.dice(2) === 0 || key.site.account !== site.account ? "arn" : "key_id";
  // Nobody can have written down what a new key will be called.
  const own: Placing = { ...placing, layout: { ...placing.layout, literals: false } };
  return pointer(own, key, attribute);
}

export function keyBlocks(placing: Placing, world: SmallWorld): readonly Block[] {
  const named: Placing = { ...placing, layout: { ...placing.layout, literals: false } };
  return [
    ...world.keys.map((key) =>
      block(
        placing,
        "aws_kms_key",
        key,
        { is_enabled: literal(key.enabled), ...ownPolicy(key.policy) },
        { key_id: key.name, id: key.name, ...madeByAws(key.policy, defaultKeyPolicy(key)) },
      ),
    ),
    ...world.keyPolicies.map((policy) =>
      block(placing, "aws_kms_key_policy", policy, {
        key_id: pointer(named, find(world.keys, policy.to), "key_id"),
        policy: policyOf(placing, policy),
      }),
    ),
    ...world.aliases.map((alias) =>
      block(placing, "aws_kms_alias", alias, {
        name: literal(alias.name),
        target_key_id: pointer(named, find(world.keys, alias.key), "key_id"),
      }),
    ),
  ];
}

export function endpointBlocks(placing: Placing, world: SmallWorld): readonly Block[] {
  return [
    ...world.queues.map((queue) =>
      block(
        placing,
        "aws_sqs_queue",
        queue,
        {
          name: literal(queue.name),
          fifo_queue: literal(queue.fifo),
          kms_master_key_id: encryptedWith(placing, world, queue, "sqs"),
          ...ownPolicy(queue.policy),
        },
        { url: urlOf(queue), id: urlOf(queue), ...madeByAws(queue.policy, "") },
      ),
    ),
    ...world.queuePolicies.map((policy) =>
      block(placing, "aws_sqs_queue_policy", policy, {
        queue_url: pointer(placing, find(world.queues, policy.to), placing.dice(2) === 0 ? "id" : "url"),
        policy: policyOf(placing, policy),
      }),
    ),
    ...world.functions.map((one) =>
      block(placing, "aws_lambda_function", one, { function_name: literal(one.name) }, { id: one.name }),
    ),
    ...world.permissions.map((permission) =>
      block(placing, "aws_lambda_permission", permission, {
        statement_id: literal(permission.name),
        function_name: pointer(
          placing,
          find(world.functions, permission.function),
          placing.dice(2) === 0 ? "arn" : "function_name",
        ),
        action: literal(permission.action),
        principal: literal(permission.principal),
        ...(permission.sourceArn === undefined ? {} : { source_arn: written(placing, permission.sourceArn) }),
        ...(permission.sourceAccount === undefined
          ? {}
          : { source_account: literal(permission.sourceAccount) }),
      }),
    ),
  ];
}

function urlOf({ site, name }: Named): string {
  return `https://sqs.${site.region}.amazonaws.com/${site.account}/${name}`;
}

export function roleBlocks(placing: Placing, world: SmallWorld): readonly Block[] {
  return [
    ...world.roles.map((role) =>
      block(
        placing,
        "aws_iam_role",
        role,
        { name: literal(role.name), assume_role_policy: literal(jsonOf(role.trust)) },
        { id: role.name },
      ),
    ),
    ...world.rolePolicies.map((policy) =>
      block(placing, "aws_iam_role_policy", policy, {
        name: literal(policy.name),
        role: pointer(placing, find(world.roles, policy.to), placing.dice(2) === 0 ? "id" : "name"),
        policy: policyOf(placing, policy),
      }),
    ),
  ];
}

// Subscriptions

const ELSEWHERE = { email: "team@example.com", https: "https://example.com/hook", sms: "+15550100" };

export function subscriptionBlocks(placing: Placing, world: SmallWorld): readonly Block[] {
  return world.subscriptions.map((subscription) => {
    const { protocol, filter, topic } = subscription;
    return block(
      placing,
      "aws_sns_topic_subscription",
      subscription,
      {
        topic_arn: pointer(placing, find(world.topics, topic), "arn"),
        protocol: literal(protocol),
        endpoint: endpointOf(placing, world, subscription),
        endpoint_auto_confirms: literal(protocol === "https" && subscription.autoConfirms),
        filter_policy: literal(filter === undefined ? null : filterText(filter)),
        ...(filter === undefined ? {} : { filter_policy_scope: literal(filter.scope) }),
      },
      { pending_confirmation: !subscription.confirmed },
    );
  });
}

function endpointOf(
  placing: Placing,
  world: SmallWorld,
  subscription: SmallWorld["subscriptions"][number],
): Argument {
  const { protocol, endpoint, site, topic, fifoElsewhere } = subscription;
  if (endpoint !== undefined)
    return pointer(placing, find([...world.queues, ...world.functions], endpoint), "arn");
  // Elsewhere: of the topic's account, so that nobody has to confirm.
  const place = { site: { ...site, account: find(world.topics, topic).site.account } };
  if (protocol === "sqs")
    return literal(arnOf("queue", { ...place, name: fifoElsewhere ? "elsewhere.fifo" : "elsewhere" }));
  if (protocol === "lambda") return literal(arnOf("function", { ...place, name: "elsewhere" }));
  return literal(ELSEWHERE[protocol]);
}

/** Dots of a path are steps into the message. */
function filterText({ paths }: FilterPolicy): string {
  const policy: Record<string, unknown> = {};
  for (const [path, matchers] of Object.entries(paths)) {
    const [first = "", inner] = path.split(".");
    const tests = matchers.map(matcherOf);
    const nested = policy[first];
    policy[first] =
      inner === undefined ? tests : { ...(typeof nested === "object" ? nested : {}), [inner]: tests };
  }
  return JSON.stringify(policy);
}

function matcherOf(matcher: FilterPolicy["paths"][string][number]): unknown {
  if ("is" in matcher) return matcher.is;
  return "not" in matcher ? { "anything-but": matcher.not } : matcher;
}
