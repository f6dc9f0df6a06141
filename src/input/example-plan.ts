// A few resources in short form to the plan that Terraform would make of creating them, so that a policy's examples need
// no Terraform. Values stand as in the configuration; "(known after apply)" is one that the plan does not know.

import { isArray, isObject, type Json, type JsonObject } from "../model/json.ts";

/** As the plan in a terminal says it. */
const UNKNOWN = "(known after apply)";
const REFERENCE = /\$\{([a-z][\w-]*\.[\w-]+)((?:\.[\w-]+)+)\}/g;

/** All resources are where the one provider is. */
const PROVIDER = { aws: { name: "aws", expressions: { region: { constant_value: "eu-central-1" } } } };

/** Computed by AWS for every resource, so never known before. */
const COMPUTED = { id: true, arn: true };

/** Plan JSON. `resources` are by address, such as `aws_sns_topic.alerts`; all are new and in the root module. */
export function examplePlan(resources: ReadonlyMap<string, JsonObject>): string {
  const entries = [...resources].map(([address, attributes]) => ({
    identity: { address, mode: "managed", ...namesOf(address) },
    attributes,
  }));
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.14.0",
    resource_changes: entries.map(({ identity, attributes }) => ({
      ...identity,
      change: {
        actions: ["create"],
        before: null,
        after: mapValues(attributes, (value) => knownPart(value)),
        after_unknown: { ...COMPUTED, ...mapValues(attributes, (value) => unknownPart(value)) },
      },
    })),
    configuration: {
      provider_config: PROVIDER,
      root_module: {
        resources: entries.map(({ identity, attributes }) => ({
          ...identity,
          provider_config_key: "aws",
          expressions: mapValues(attributes, expressionOf),
        })),
      },
    },
  });
}

function namesOf(address: string): { readonly type: string; readonly name: string } {
  const [type = "", name = ""] = address.split(".", 2);
  return { type, name };
}

/** A value that is not known is left out of an object and null in a list, as Terraform does. */
function knownPart(value: Json): Json | undefined {
  if (isArray(value)) return value.map((element) => knownPart(element) ?? null);
  if (isObject(value)) return mapValues(value, knownPart);
  return isUnknown(value) ? undefined : value;
}

function unknownPart(value: Json): Json | undefined {
  if (isArray(value)) return value.map((element) => unknownPart(element) ?? false);
  if (isObject(value)) return mapValues(value, unknownPart);
  return isUnknown(value) ? true : undefined;
}

function isUnknown(value: Json): boolean {
  return typeof value === "string" && (value.includes(UNKNOWN) || referencesIn(value).length > 0);
}

/** Lists of objects are blocks, with expressions of their own; everything else is one expression. */
function expressionOf(value: Json): Json {
  if (isArray(value) && value.length > 0 && value.every(isObject)) {
    return value.map((block) => mapValues(block, expressionOf));
  }
  const references = referencesIn(value);
  if (references.length > 0) return { references };
  return isUnknown(value) ? {} : { constant_value: value };
}

/** Each with the resource itself after it, as Terraform lists them. */
function referencesIn(value: Json): readonly string[] {
  if (isArray(value)) return value.flatMap(referencesIn);
  if (isObject(value)) return Object.values(value).flatMap(referencesIn);
  if (typeof value !== "string") return [];
  return [...value.matchAll(REFERENCE)].flatMap(([, resource = "", path = ""]) => [
    `${resource}${path}`,
    resource,
  ]);
}

function mapValues(object: JsonObject, change: (value: Json) => Json | undefined): JsonObject {
  return Object.fromEntries(
    Object.entries(object).flatMap(([key, value]): [string, Json][] => {
      const changed = change(value);
      return changed === undefined ? [] : [[key, changed]];
    }),
  );
}
