// Account, region and partition of each object: from its own ARN and `region`, from its provider configuration,
// and from what else the plan knows of the same provider. Guesses nothing from names.

import type { ModuleStep } from "../model/address.ts";
import type { AwsScope } from "../model/graph.ts";
import { get, isArray, type Json } from "../model/json.ts";
import type { PlanDocument, SetAside } from "../model/plan.ts";
import { stringOf } from "../model/value.ts";
import { knownString } from "./attributes.ts";
import type { Follow } from "./follow.ts";
import type { IndexedObject } from "./plan-index.ts";
import { partitionOf } from "./sources/provider-data.ts";

type Parts = { partition: string | undefined; account: string | undefined; region: string | undefined };

const NOTHING: Parts = { partition: undefined, account: undefined, region: undefined };

export interface ScopeInput {
  readonly label: string;
  readonly objects: readonly IndexedObject[];
  readonly plan: PlanDocument | undefined;
  readonly aside: SetAside | undefined;
  readonly follow: Follow;
}

/** Cost: one pass over the objects, at the first question. */
export function createScopes(input: ScopeInput): (object: IndexedObject) => AwsScope {
  let providers: ReadonlyMap<string, Parts> | undefined;
  return (object) => {
    providers ??= providerParts(input);
    const key = providerKeyOf(object);
    const own = ownParts(object);
    const shared = providers.get(key) ?? NOTHING;
    const region = own.region ?? shared.region;
    return {
      partition:
        own.partition ?? shared.partition ?? (region === undefined ? undefined : partitionOf(region)),
      account: own.account ?? shared.account,
      region,
      provider: key === "" ? "" : `${input.label}|${key}`,
    };
  };
}

/** `show -json` of a state does not say it: what all of its ARNs agree on holds for all. */
function providerKeyOf({ configuration, object }: IndexedObject): string {
  return configuration?.providerKey ?? object.providerKey ?? "";
}

/**
 * AWS provider 6 puts `region` on every regional resource; earlier ones do not have it.
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support
 */
function ownParts(object: IndexedObject): Parts {
  const arn = partsOfArn(knownString(object, "arn"));
  return { ...arn, region: knownString(object, "region") ?? arn.region };
}

/** arn:partition:service:region:account:resource; global services leave region or account empty. */
function partsOfArn(arn: string | undefined): Parts {
  if (arn === undefined || !arn.startsWith("arn:")) return NOTHING;
  const [, partition, , region, account] = arn.split(":", 6);
  return { partition: orUndefined(partition), account: orUndefined(account), region: orUndefined(region) };
}

function orUndefined(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

function providerParts(input: ScopeInput): ReadonlyMap<string, Parts> {
  const seen = new Map<string, Parts[]>();
  for (const object of input.objects) {
    const key = providerKeyOf(object);
    const parts = seen.get(key) ?? [];
    parts.push(partsOfArn(knownString(object, "arn")), dataParts(object));
    seen.set(key, parts);
  }
  const aside = input.aside?.arns ?? [];
  for (const [key, arns] of aside) seen.set(key, [...(seen.get(key) ?? []), ...arns.map(partsOfArn)]);
  const result = new Map<string, Parts>();
  for (const key of new Set([...seen.keys(), ...(input.plan?.providers.keys() ?? [])])) {
    const written = writtenParts(input, key);
    const others = seen.get(key) ?? [];
    result.set(key, {
      partition: written.partition ?? agreed(others.map((parts) => parts.partition)),
      account: written.account ?? agreed(others.map((parts) => parts.account)),
      // Only a provider's own word tells its region: its objects may sit elsewhere by their `region` argument.
      region: written.region ?? agreed(others.map((parts) => parts.region)),
    });
  }
  return result;
}

/** The one value all that say something agree on. */
function agreed(values: readonly (string | undefined)[]): string | undefined {
  const distinct = new Set(values.filter((value) => value !== undefined));
  return distinct.size === 1 ? [...distinct][0] : undefined;
}

/** Data sources that say where a provider works. */
function dataParts(object: IndexedObject): Parts {
  if (object.object.address.mode !== "data") return NOTHING;
  switch (object.object.address.type) {
    case "aws_caller_identity":
      return { ...NOTHING, account: knownString(object, "account_id") };
    case "aws_region":
      return { ...NOTHING, region: knownString(object, "region") ?? knownString(object, "name") };
    case "aws_partition":
      return { ...NOTHING, partition: knownString(object, "partition") };
    default:
      return NOTHING;
  }
}

const REGION = /^[a-z]{2}(-[a-z]+)+-\d+$/;

function writtenParts(input: ScopeInput, key: string): Parts {
  const expressions = input.plan?.providers.get(key)?.expressions;
  if (expressions === undefined) return NOTHING;
  const path = modulePathOf(key);
  const region = constantString(input, get(expressions, "region"), path);
  const role = firstBlock(get(expressions, "assume_role"));
  const roleArn = partsOfArn(constantString(input, get(role, "role_arn"), path));
  const allowed = get(get(expressions, "allowed_account_ids"), "constant_value");
  const account = isArray(allowed) && allowed.length === 1 ? allowed[0] : undefined;
  return {
    partition: roleArn.partition,
    account: typeof account === "string" ? account : roleArn.account,
    region: region !== undefined && REGION.test(region) ? region : undefined,
  };
}

/** `module.a.module.b:aws` stands in module a, then b. */
function modulePathOf(key: string): readonly ModuleStep[] {
  const colon = key.indexOf(":");
  if (colon < 0) return [];
  const names = key.slice(0, colon).split(".");
  return names.filter((name) => name !== "module").map((name) => ({ name, key: undefined }));
}

function firstBlock(blocks: Json | undefined): Json | undefined {
  return isArray(blocks) ? blocks[0] : blocks;
}

/** A constant, or a single reference to something known (`var.region`). */
function constantString(
  input: ScopeInput,
  expression: Json | undefined,
  path: readonly ModuleStep[],
): string | undefined {
  if (expression === undefined) return undefined;
  const { value, settled } = input.follow(expression, { path, key: undefined, forEach: undefined });
  return settled ? stringOf(value) : undefined;
}
