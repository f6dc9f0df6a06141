// A small world as `terraform show -json` prints it: a plan that makes everything, a plan that changes nothing, or
// the state after either.

import { isObject, type Json, type JsonObject } from "../../../src/model/json.ts";
import { addressOf, type Lookup, lookupOf, referencesOf, routeOf } from "./addresses.ts";
import type { Argument, Arguments, Block, Pointed } from "./placing.ts";
import { providerKey, sitesOf } from "./providers.ts";

export function renderPlan(blocks: readonly Block[], fresh: boolean): JsonObject {
  const lookup = lookupOf(blocks);
  const isNew: IsNew = (block) =>
    block.mode === "data"
      ? referencesIn(block.args).some((pointed) => isOfApply(pointed, lookup, isNew))
      : fresh || block.made;
  const known = blocks.some((block) => block.mode === "data" && !isNew(block));
  const standing = renderState(
    blocks.filter((block) => !isNew(block)),
    blocks,
  );
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: isObject(standing.values) ? standing.values : {},
    // What a data source says is in the prior state already, unless it has to wait for apply.
    resource_changes: blocks
      .filter((block) => block.mode === "managed" || isNew(block))
      .map((block) => changeOf(block, lookup, isNew)),
    ...(fresh && !known ? {} : { prior_state: standing }),
    configuration: configurationOf(blocks, lookup),
    timestamp: "2026-11-24T00:00:00Z",
    applyable: fresh,
    complete: true,
    errored: false,
  };
}

/** `all`: the blocks that these may name, of other stacks too. */
export function renderState(blocks: readonly Block[], all = blocks): JsonObject {
  const lookup = lookupOf(all);
  const inModule = (module: string | undefined) =>
    blocks
      .filter((block) => block.module === module)
      .map(
        (block): JsonObject => ({
          address: addressOf(block),
          ...identityOf(block),
          provider_name: "registry.terraform.io/hashicorp/aws",
          schema_version: 0,
          values: standingValues(block, lookup),
          sensitive_values: {},
        }),
      );
  const modules = modulesOf(blocks).map((name) => ({ address: `module.${name}`, resources: inModule(name) }));
  return {
    format_version: "1.0",
    terraform_version: "1.11.4",
    values: { root_module: { resources: inModule(undefined), child_modules: modules } },
  };
}

export function modulesOf(blocks: readonly Block[]): readonly string[] {
  return [...new Set(blocks.flatMap(({ module }) => module ?? []))].toSorted();
}

function identityOf({ mode, type, label, key }: Block): JsonObject {
  return { mode, type, name: label, ...(key === undefined ? {} : { index: key }) };
}

// Values

type IsNew = (block: Block) => boolean;

/** `undefined`: known only after apply. */
function planned(argument: Argument, lookup: Lookup, isNew: IsNew): Json | undefined {
  switch (argument.kind) {
    case "literal":
      return argument.value;
    case "text":
      return argument.parts.some((part) => typeof part !== "string" && isOfApply(part, lookup, isNew))
        ? undefined
        : standing(argument, lookup);
    case "list": {
      const elements = argument.of.map((one) => planned(one, lookup, isNew));
      // A set with an unknown element is unknown as a whole.
      return elements.includes(undefined) ? undefined : (elements as Json[]);
    }
    case "blocks":
      return argument.of.map((one) => mapOf(one, (inner) => planned(inner, lookup, isNew)));
    default:
      return argument satisfies never;
  }
}

/** Of a new object only what it is told to be is known. */
function isOfApply({ to, attribute }: Pointed, lookup: Lookup, isNew: IsNew): boolean {
  const target = lookup(to);
  return isNew(target) && !Object.hasOwn(target.args, attribute);
}

function attributeOf({ to, attribute }: Pointed, lookup: Lookup): string {
  const target = lookup(to);
  if (attribute === "arn") return target.arn;
  const known = target.computed[attribute];
  return known === undefined ? target.name : String(known);
}

function standing(argument: Argument, lookup: Lookup): Json {
  switch (argument.kind) {
    case "literal":
      return argument.value;
    case "text":
      return argument.parts
        .map((part) => (typeof part === "string" ? part : attributeOf(part, lookup)))
        .join("");
    case "list":
      return argument.of.map((one) => standing(one, lookup));
    case "blocks":
      return argument.of.map((one) => mapOf(one, (inner) => standing(inner, lookup)));
    default:
      return argument satisfies never;
  }
}

function mapOf(args: Arguments, value: (argument: Argument) => Json | undefined): JsonObject {
  return Object.fromEntries(
    Object.entries(args).flatMap(([name, argument]) => {
      const one = value(argument);
      return one === undefined ? [] : [[name, one]];
    }),
  );
}

function standingValues(block: Block, lookup: Lookup): JsonObject {
  const known = mapOf(block.args, (argument) => standing(argument, lookup));
  // Some types have the ARN of another object as an argument, and as their id.
  return { id: known.arn ?? block.arn, arn: block.arn, ...known, ...block.computed };
}

function changeOf(block: Block, lookup: Lookup, isNew: IsNew): JsonObject {
  const { module } = block;
  return {
    address: addressOf(block),
    ...(module === undefined ? {} : { module_address: `module.${module}` }),
    ...identityOf(block),
    provider_name: "registry.terraform.io/hashicorp/aws",
    change: isNew(block) ? creation(block, lookup, isNew) : upkeep(block, lookup, isNew),
  };
}

/** What stands stays, or is changed to point to something that is made. */
function upkeep(block: Block, lookup: Lookup, isNew: IsNew): JsonObject {
  const values = standingValues(block, lookup);
  const later = Object.keys(block.args).filter(
    (name) => planned(block.args[name] ?? NOTHING, lookup, isNew) === undefined,
  );
  if (later.length === 0) return noChange(values);
  return {
    ...noChange(values),
    actions: ["update"],
    before: { ...values, ...Object.fromEntries(later.map((name) => [name, null])) },
    after: Object.fromEntries(Object.entries(values).filter(([name]) => !later.includes(name))),
    after_unknown: Object.fromEntries(later.map((name) => [name, true])),
  };
}

const NOTHING: Argument = { kind: "literal", value: null };

function noChange(values: JsonObject): JsonObject {
  return {
    actions: ["no-op"],
    before: values,
    after: values,
    after_unknown: {},
    before_sensitive: {},
    after_sensitive: {},
  };
}

function creation({ mode, args, computed }: Block, lookup: Lookup, isNew: IsNew): JsonObject {
  const after = mapOf(args, (argument) => planned(argument, lookup, isNew));
  const names = ["arn", "id", ...Object.keys(args), ...Object.keys(computed)];
  const later = names.filter((name) => !Object.hasOwn(after, name));
  const unknown = {
    ...marksOf(args, lookup, isNew),
    ...Object.fromEntries(later.map((name) => [name, true])),
  };
  return {
    actions: [mode === "data" ? "read" : "create"],
    before: null,
    after,
    after_unknown: unknown,
    before_sensitive: false,
    after_sensitive: {},
  };
}

/** What is not known of arguments, down into nested blocks. */
function marksOf(args: Arguments, lookup: Lookup, isNew: IsNew): JsonObject {
  return Object.fromEntries(
    Object.entries(args).flatMap(([name, argument]): [string, Json][] => {
      if (argument.kind === "blocks") return [[name, argument.of.map((one) => marksOf(one, lookup, isNew))]];
      return planned(argument, lookup, isNew) === undefined ? [[name, true]] : [];
    }),
  );
}

// Configuration

function configurationOf(blocks: readonly Block[], lookup: Lookup): JsonObject {
  const routes = blocks.flatMap((block) =>
    referencesIn(block.args).map(({ to, attribute }) => ({
      from: block,
      to: lookup(to),
      ...routeOf(block, lookup(to), attribute),
    })),
  );
  const resources = (module: string | undefined) =>
    blocks.filter((block) => block.module === module).map((block) => resourceOf(block, lookup));
  const calls = modulesOf(blocks).map((name): [string, Json] => {
    const variables = routes.flatMap(({ from, variable }) =>
      from.module === name && variable !== undefined ? [variable] : [],
    );
    const outputs = routes.flatMap(({ to, output }) =>
      to.module === name && output !== undefined ? [output] : [],
    );
    const call = {
      source: `./${name}`,
      expressions: Object.fromEntries(variables.map((one) => [one.name, expressionFor(one.expression)])),
      module: {
        outputs: Object.fromEntries(
          outputs.map((one) => [one.name, { expression: expressionFor(one.expression) }]),
        ),
        resources: resources(name),
        variables: Object.fromEntries(variables.map((one) => [one.name, { required: true }])),
      },
    };
    return [name, call];
  });
  const providers = sitesOf(blocks).map((site, at): [string, Json] => [
    providerKey(at),
    {
      name: "aws",
      full_name: "registry.terraform.io/hashicorp/aws",
      ...(at === 0 ? {} : { alias: providerKey(at).slice("aws.".length) }),
      expressions: {
        region: { constant_value: site.region },
        allowed_account_ids: { constant_value: [site.account] },
      },
    },
  ]);
  return {
    provider_config: Object.fromEntries(providers),
    root_module: { resources: resources(undefined), module_calls: Object.fromEntries(calls) },
  };

  function resourceOf(block: Block, find: Lookup): JsonObject {
    const { mode, type, label, key, args, site } = block;
    return {
      address: `${mode === "data" ? "data." : ""}${type}.${label}`,
      mode,
      type,
      name: label,
      provider_config_key: providerKey(sitesOf(blocks).indexOf(site)),
      expressions: expressionsOf(block, args, find),
      schema_version: 0,
      ...(key === 0 ? { count_expression: { constant_value: 1 } } : {}),
    };
  }
}

function expressionFor(expression: string): JsonObject {
  return { references: [...referencesOf(expression)] };
}

function expressionsOf(block: Block, args: Arguments, lookup: Lookup): JsonObject {
  return Object.fromEntries(
    Object.entries(args).flatMap(([name, argument]): [string, Json][] => {
      if (argument.kind === "blocks") {
        const nested = argument.of.map((one) => expressionsOf(block, one, lookup));
        return nested.length === 0 ? [] : [[name, nested]];
      }
      const references = argumentReferences(argument).flatMap(({ to, attribute }) =>
        referencesOf(routeOf(block, lookup(to), attribute).expression),
      );
      if (references.length > 0) return [[name, { references: [...references] }]];
      const value = standing(argument, lookup);
      return value === null ? [] : [[name, { constant_value: value }]];
    }),
  );
}

function argumentReferences(argument: Argument): readonly Pointed[] {
  switch (argument.kind) {
    case "literal":
      return [];
    case "text":
      return argument.parts.filter((part) => typeof part !== "string");
    case "list":
      return argument.of.flatMap(argumentReferences);
    case "blocks":
      return argument.of.flatMap(referencesIn);
    default:
      return argument satisfies never;
  }
}

export function referencesIn(args: Arguments): readonly Pointed[] {
  return Object.values(args).flatMap(argumentReferences);
}
