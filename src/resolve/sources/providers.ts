// Which provider configuration an object uses, through the modules that hand it down, and where that works in AWS.

import { parseArn } from "../../aws/arn.ts";
import { printModulePath } from "../../model/address.ts";
import type { ConfigurationBlock, Expression } from "../../model/configuration.ts";
import type { AwsScope } from "../../model/graph.ts";
import { elementsOf, stringOf, UNSET, type Value } from "../../model/value.ts";
import { entryOf } from "../../terraform/evaluate.ts";
import type { Bindings } from "../../terraform/scope.ts";
import { mapOf } from "../../terraform/values.ts";
import { environmentOf, evaluateWith, type ModuleInstance } from "./module-instance.ts";
import type { SourceObject } from "./objects.ts";
import { partitionOf } from "./provider-data.ts";

/** A provider as a module names it: `aws.eu`, and with an instance key in OpenTofu `aws.by_region["x"]`. */
interface ProviderName {
  readonly name: string;
  readonly key: string | undefined;
}

interface FoundProvider extends ProviderName {
  readonly module: ModuleInstance;
  /** `undefined`: there is no block, so the environment configures it. */
  readonly block: ConfigurationBlock | undefined;
}

/**
 * Region from the object's own `region` (AWS provider 6), else from its provider; account from the role that the
 * provider assumes or the only account it allows. What the environment says is not known.
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs#provider-configuration
 */
export function scopeOfProvider(object: SourceObject, label: string): AwsScope {
  const provider = findProvider(object.module, nameOf(object));
  const own = stringOf(entryOf(object.block.body, "region", environmentOf(object.module, object.bindings)));
  const written = provider?.block === undefined ? undefined : partsOf(provider, provider.block);
  const region = own ?? written?.region;
  return {
    partition: written?.partition ?? (region === undefined ? undefined : partitionOf(region)),
    account: written?.account,
    region,
    provider: provider === undefined ? "" : keyOf(provider, label),
  };
}

function keyOf({ module, name, key }: FoundProvider, label: string): string {
  const path = printModulePath(module.path);
  return `${label}|${path === "" ? "" : `${path}:`}${name}${key === undefined ? "" : `[${JSON.stringify(key)}]`}`;
}

/** Without a `provider` argument it is the one that the type's name begins with. */
function nameOf(object: SourceObject): ProviderName {
  const written = object.block.body.entries.get("provider");
  const read = written === undefined ? undefined : readName(written, object.module, object.bindings);
  return read ?? { name: object.address.type.split("_", 1)[0] ?? "", key: undefined };
}

/** `aws`, `aws.eu`, `aws.by_region[each.key]`, or the same as a string. */
function readName(
  expression: Expression,
  module: ModuleInstance,
  bindings: Bindings | undefined,
): ProviderName | undefined {
  if (expression.kind === "literal") return { name: String(expression.value), key: undefined };
  if (expression.kind === "index") {
    const name = readName(expression.collection, module, bindings)?.name;
    const key = stringOf(evaluateWith(module, bindings, expression.key));
    return name === undefined ? undefined : { name, key };
  }
  if (expression.kind !== "traversal") return undefined;
  const [alias, key] = expression.steps;
  const name = alias === undefined ? expression.root : `${expression.root}.${alias}`;
  return { name, key: key === undefined ? undefined : String(key) };
}

/** A module's own block counts first, then what its call hands in, then the parent's of the same plain name. */
function findProvider(module: ModuleInstance, wanted: ProviderName): FoundProvider | undefined {
  const block = module.module.source.providers.get(wanted.name);
  const { call } = module;
  if (block !== undefined || call === undefined) return { ...wanted, module, block };
  const handed = handedIn(call.block, wanted.name);
  if (handed !== undefined) {
    const name = readName(handed, call.parent, call.bindings);
    return name === undefined ? undefined : findProvider(call.parent, name);
  }
  return wanted.name.includes(".") ? undefined : findProvider(call.parent, wanted);
}

/** The `providers` argument of a module's call. */
function handedIn(call: ConfigurationBlock, name: string): Expression | undefined {
  const providers = call.body.entries.get("providers");
  if (providers?.kind !== "object") return undefined;
  return providers.entries.find(([key]) => keyText(key) === name)?.[1];
}

function keyText(key: Expression): string | undefined {
  if (key.kind === "literal") return String(key.value);
  return key.kind === "traversal" ? [key.root, ...key.steps].join(".") : undefined;
}

function partsOf(
  { module, key }: FoundProvider,
  block: ConfigurationBlock,
): Pick<AwsScope, "partition" | "account" | "region"> {
  const environment = environmentOf(module, key === undefined ? undefined : eachOf(block, module, key));
  const read = (name: string): Value => entryOf(block.body, name, environment);
  const role = elementsOf(read("assume_role"))?.[0];
  const roleArn = stringOf(role?.kind === "map" ? (role.entries.get("role_arn") ?? UNSET) : UNSET);
  const arn = roleArn === undefined ? undefined : parseArn(roleArn);
  const allowed = elementsOf(read("allowed_account_ids")) ?? [];
  const only = allowed.length === 1 ? stringOf(allowed[0] ?? UNSET) : undefined;
  return { partition: arn?.partition, account: only ?? arn?.account, region: stringOf(read("region")) };
}

/** OpenTofu repeats providers: https://opentofu.org/docs/language/providers/configuration/#for_each-multiple-instances-of-a-provider-configuration */
function eachOf(block: ConfigurationBlock, module: ModuleInstance, key: string): Bindings {
  const forEach = block.body.entries.get("for_each");
  const collection = forEach === undefined ? UNSET : evaluateWith(module, undefined, forEach);
  const value = collection.kind === "map" ? collection.entries.get(key) : undefined;
  const name: Value = { kind: "known", value: key, sensitive: false };
  return {
    name: "each",
    value: mapOf([
      ["key", name],
      ["value", value ?? name],
    ]),
    outer: undefined,
  };
}
