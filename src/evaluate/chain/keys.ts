// The KMS key that a topic or queue is encrypted with: which one it is, and whether a service may use it.

import { isAwsManagedKey, type KeyUse, letsServiceUseKey } from "../../aws/key-policy.ts";
import type { Evidence } from "../../model/finding.ts";
import type { AwsScope, Graph, ResourceInstance } from "../../model/graph.ts";
import { all, isTrue, isUnset, stringOf, type Tri, type Value } from "../../model/value.ts";
import { evidenceOf } from "../evidence.ts";
import { judgePolicy, writtenPolicy } from "../policies.ts";
import { sameScope } from "../same-scope.ts";

export interface KeyAnswer {
  readonly answer: Tri;
  /** Why not, when the answer is "no". */
  readonly how: "aws-managed-key" | "key-policy" | "key-disabled";
  readonly evidence: readonly Evidence[];
}

const KEY_TYPES = ["aws_kms_key", "aws_kms_replica_key", "aws_kms_external_key"] as const;

/** Whether the service may use the key of an object. No key, or one that belongs to the service, asks nobody. */
export function mayUseKey(graph: Graph, encrypted: ResourceInstance, use: KeyUse): KeyAnswer {
  const key = encrypted.read("kms_master_key_id");
  if (isUnset(key) === "yes") return { answer: "yes", how: "key-policy", evidence: [] };
  const evidence = [evidenceOf(encrypted, "kms_master_key_id")];
  const managed = isAwsManaged(graph, key, use.via);
  if (managed === "yes") return { answer: "no", how: "aws-managed-key", evidence };
  const instance = keyInstance(graph, key, encrypted.scope);
  // Of a key outside the inputs nothing is known.
  if (instance === undefined) return { answer: "maybe", how: "key-policy", evidence };
  const enabled = isTrue(instance.read("is_enabled"), true);
  if (enabled === "no")
    return { answer: "no", how: "key-disabled", evidence: [...evidence, evidenceOf(instance, "is_enabled")] };
  const judged = judgeKey(graph, instance, use);
  return {
    answer: all([enabled, judged.answer]),
    how: "key-policy",
    evidence: [...evidence, evidenceOf(judged.source, "policy")],
  };
}

/** By alias, or by a data source that was asked for the alias. */
function isAwsManaged(graph: Graph, key: Value, via: KeyUse["via"]): Tri {
  const own = isAwsManagedKey(key, via);
  const lookup = own === "maybe" ? keyLookup(graph, key) : undefined;
  return lookup === undefined ? own : isAwsManagedKey(lookup, via);
}

/** What a data source was asked that gave, or will give, the key. */
function keyLookup(graph: Graph, key: Value): Value | undefined {
  const only = onlyCandidate(key);
  const text = stringOf(only);
  for (const [type, asked] of LOOKUPS) {
    const found = graph.data(type).find((instance) => {
      if (only.kind === "reference") return instance.id === only.to;
      return text !== undefined && LOOKED_UP.some((name) => stringOf(instance.read(name)) === text);
    });
    if (found !== undefined) return found.read(asked);
  }
  return undefined;
}

/** Data sources that find keys, with the argument that says which. */
const LOOKUPS: readonly (readonly [type: string, asked: string])[] = [
  ["aws_kms_alias", "name"],
  ["aws_kms_key", "key_id"],
];
const LOOKED_UP: readonly string[] = ["arn", "target_key_arn", "target_key_id", "id", "key_id"];

function onlyCandidate(value: Value): Value {
  return value.kind === "unknown" && value.candidates.length === 1 ? (value.candidates[0] ?? value) : value;
}

const KEY_IDENTITIES: readonly string[] = ["id", "key_id"];

/** The key that a value means where it stands in `from`. */
function keyInstance(graph: Graph, key: Value, from: AwsScope): ResourceInstance | undefined {
  const only = onlyCandidate(key);
  if (only.kind === "reference") {
    const instance = graph.byId(only.to);
    const type = instance?.address.type;
    if (KEY_TYPES.some((one) => one === type) && instance?.address.mode === "managed") return instance;
    if (type !== "aws_kms_alias") return undefined;
    const asked = instance?.address.mode === "data" ? "name" : "target_key_id";
    return instance === undefined ? undefined : keyInstance(graph, instance.read(asked), instance.scope);
  }
  const text = stringOf(only);
  if (text === undefined || text === "") return undefined;
  const alias = named(graph.resources("aws_kms_alias"), text, ["name"], from);
  if (alias !== undefined) return keyInstance(graph, alias.read("target_key_id"), alias.scope);
  const keys = KEY_TYPES.flatMap((type) => graph.resources(type));
  return named(keys, text, KEY_IDENTITIES, from);
}

/**
 * The object that has the text as its ARN, or as its name in the scope: an alias of that name in another region is
 * another one, and replicas of a key share its id.
 */
function named(
  instances: readonly ResourceInstance[],
  text: string,
  names: readonly string[],
  from: AwsScope,
): ResourceInstance | undefined {
  return instances.find((instance) => {
    const has = (name: string) => stringOf(instance.read(name)) === text;
    return has("arn") || (names.some(has) && sameScope(instance.scope, from) === "yes");
  });
}

/** `aws_kms_key_policy` replaces what the key says itself; one of a key that is not known may be this key's. */
function judgeKey(
  graph: Graph,
  key: ResourceInstance,
  use: KeyUse,
): { readonly answer: Tri; readonly source: ResourceInstance } {
  const judge = (instance: ResourceInstance) =>
    judgePolicy(graph, writtenPolicy(instance), (document) => letsServiceUseKey(document, use), "no");
  const separate = graph.resources("aws_kms_key_policy").flatMap((policy) => {
    const owner = keyInstance(graph, policy.read("key_id"), policy.scope);
    const open = owner === undefined && policy.read("key_id").kind !== "known";
    return owner?.id === key.id || open
      ? [{ policy, sure: owner !== undefined && policy.exists === "yes" }]
      : [];
  });
  const own = separate.find(({ sure }) => sure);
  if (own !== undefined) return { answer: judge(own.policy), source: own.policy };
  const answer = judge(key);
  const doubtful = separate.some(({ policy }) => judge(policy) !== answer);
  return { answer: doubtful ? "maybe" : answer, source: key };
}
