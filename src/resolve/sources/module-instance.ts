// Modules as they are there, each with the names that its expressions see. Values are evaluated when asked for, once.

import type { InstanceKey, ModuleStep } from "../../model/address.ts";
import { printModulePath } from "../../model/address.ts";
import type { ConfigurationBlock, Expression } from "../../model/configuration.ts";
import { known, type Step, UNSET, unknown, type Value } from "../../model/value.ts";
import { entryOf, evaluateIn, orUnknown } from "../../terraform/evaluate.ts";
import type {
  Bindings,
  Environment,
  Files,
  Lookup,
  Reference,
  Scope,
  Templates,
  Work,
} from "../../terraform/scope.ts";
import { convertTo, readTypeConstraint } from "../../terraform/type-constraint.ts";
import { mapOf, marked, oneOf, tuple } from "../../terraform/values.ts";
import type { LoadedModule } from "./load-modules.ts";
import { plannedRepetitions, type Repetitions, repetitionsOf } from "./repetition.ts";

/** A module once, or once per instance of its call. */
export interface ModuleInstance {
  readonly path: readonly ModuleStep[];
  readonly module: LoadedModule;
  readonly exists: "yes" | "maybe";
  /** `undefined` for the root module. */
  readonly call: ModuleCallSite | undefined;
  readonly scope: Scope;
}

/** Where a module is called, and as which of the call's instances. */
export interface ModuleCallSite {
  readonly block: ConfigurationBlock;
  readonly parent: ModuleInstance;
  readonly bindings: Bindings | undefined;
}

/** The objects that names of resources stand for; see objects.ts. */
export interface ObjectNames {
  /** `undefined`: the module has no such block. `name` is the block's, as `data.aws_region.b`. */
  value(module: ModuleInstance, name: string, next: Step | undefined): Lookup | undefined;
  attribute(reference: Reference, step: Step): Value;
  cannotHold(reference: Reference, text: string): boolean;
}

/** What all modules of a run share. */
export interface World {
  readonly root: LoadedModule;
  /** The values of root variables from outside the configuration, by name. */
  readonly variable: (name: string) => Value | undefined;
  /** `undefined`: not known. */
  readonly workspace: string | undefined;
  readonly files: Files;
  readonly templates: Templates;
  readonly work: Work;
  /** Which instances a plan has of a module's call; `undefined`: it does not say. Absent without a plan. */
  readonly plannedCalls?: (
    path: readonly ModuleStep[],
    name: string,
  ) => readonly (InstanceKey | undefined)[] | undefined;
}

export interface Modules {
  readonly root: ModuleInstance;
  /** The instances of a call; `undefined`: the module is not installed. */
  children(parent: ModuleInstance, name: string): CalledModules | undefined;
  /** `undefined`: there is no such instance. */
  find(path: readonly ModuleStep[]): ModuleInstance | undefined;
}

export interface CalledModules extends Repetitions {
  readonly instances: readonly ModuleInstance[];
}

/** `names` answers for resources and data sources. Cost: nothing until something is asked. */
export function createModules(world: World, names: ObjectNames): Modules {
  const called = new Map<string, CalledModules>();
  const children = (parent: ModuleInstance, name: string): CalledModules | undefined => {
    const block = parent.module.source.calls.get(name);
    const child = parent.module.children.get(name);
    if (block === undefined || child === undefined) return undefined;
    const place = `${printModulePath(parent.path)}|${name}`;
    const found = called.get(place) ?? callModule(context, parent, name, block, child);
    called.set(place, found);
    return found;
  };
  const context: Context = { world, names, children };
  const root = createInstance(context, world.root, [], "yes", undefined);
  return {
    root,
    children,
    find: (path) =>
      path.reduce<ModuleInstance | undefined>(
        (at, step) =>
          at === undefined
            ? undefined
            : children(at, step.name)?.instances.find((one) => one.path.at(-1)?.key === step.key),
        root,
      ),
  };
}

interface Context {
  readonly world: World;
  readonly names: ObjectNames;
  readonly children: Modules["children"];
}

function callModule(
  context: Context,
  parent: ModuleInstance,
  name: string,
  block: ConfigurationBlock,
  module: LoadedModule,
): CalledModules {
  const evaluate = (expression: Expression) => evaluateWith(parent, undefined, expression);
  const planned = context.world.plannedCalls?.(parent.path, name);
  const repetitions =
    planned === undefined ? repetitionsOf(block, evaluate) : plannedRepetitions(block, planned, evaluate);
  const instances = repetitions.list.map((repetition) => {
    const exists = parent.exists === "maybe" ? "maybe" : repetition.exists;
    const path = [...parent.path, { name, key: repetition.key }];
    return createInstance(context, module, path, exists, { block, parent, bindings: repetition.bindings });
  });
  return { ...repetitions, instances };
}

/** An expression of a module, seen from one of its blocks' instances. */
export function evaluateWith(
  module: ModuleInstance,
  bindings: Bindings | undefined,
  expression: Expression,
): Value {
  return orUnknown(() => evaluateIn(expression, environmentOf(module, bindings)));
}

export function environmentOf(module: ModuleInstance, bindings: Bindings | undefined): Environment {
  return { scope: module.scope, bindings, item: undefined };
}

function createInstance(
  context: Context,
  module: LoadedModule,
  path: readonly ModuleStep[],
  exists: "yes" | "maybe",
  call: ModuleCallSite | undefined,
): ModuleInstance {
  const { world, names } = context;
  const remembered = createMemo();
  const scope: Scope = {
    lookup: (root, steps) => lookup(context, instance, remembered, root, steps),
    attribute: (reference, step) => names.attribute(reference, step),
    cannotHold: (reference, text) => names.cannotHold(reference, text),
    files: world.files,
    templates: world.templates,
    work: world.work,
  };
  const instance: ModuleInstance = { path, module, exists, call, scope };
  return instance;
}

// Names

type Memo = (name: string, compute: () => Value) => Value;

/** A value that is asked for while it is being computed refers to itself, which Terraform would refuse. */
export function createMemo(whenRunning?: (name: string) => Value): Memo {
  const done = new Map<string, Value>();
  const running = new Set<string>();
  return (name, compute) => {
    const found = done.get(name);
    if (found !== undefined) return found;
    if (running.has(name))
      return (
        whenRunning?.(name) ?? unknown({ why: "expression", subject: `${name}, which refers to itself` })
      );
    running.add(name);
    try {
      const value = compute();
      done.set(name, value);
      return value;
    } finally {
      running.delete(name);
    }
  };
}

function lookup(
  context: Context,
  module: ModuleInstance,
  memo: Memo,
  root: string,
  steps: readonly Step[],
): Lookup | undefined {
  const [first, second, third] = steps;
  if (first === undefined) return undefined;
  const name = String(first);
  const { source } = module.module;
  switch (root) {
    case "var": {
      const block = source.variables.get(name);
      if (block === undefined) return undefined;
      return { value: memo(`var.${name}`, () => variable(context.world, module, name, block)), used: 1 };
    }
    case "local": {
      const local = source.locals.get(name);
      if (local === undefined) return undefined;
      return {
        value: memo(`local.${name}`, () => evaluateWith(module, undefined, local.expression)),
        used: 1,
      };
    }
    case "module":
      return moduleValue(context, module, memo, name, steps);
    case "path":
      return pathValue(module, name);
    case "terraform":
      return { value: terraformValue(context.world, name), used: 1 };
    case "data":
      return second === undefined
        ? undefined
        : resource(context, module, `data.${name}.${String(second)}`, third, 2);
    case "resource":
      return second === undefined
        ? undefined
        : resource(context, module, `${name}.${String(second)}`, third, 2);
    default:
      return resource(context, module, `${root}.${name}`, second, 1);
  }
}

function resource(
  context: Context,
  module: ModuleInstance,
  name: string,
  next: Step | undefined,
  used: number,
): Lookup | undefined {
  const found = context.names.value(module, name, next);
  return found === undefined ? undefined : { value: found.value, used: found.used + used };
}

/** Null counts as not given only where the variable says so; a child's missing argument takes the default. */
function variable(world: World, module: ModuleInstance, name: string, block: ConfigurationBlock): Value {
  const { entries } = block.body;
  const own = (expression: Expression) => evaluateWith(module, undefined, expression);
  const given = givenValue(world, module, name);
  const isRefused = given?.kind === "known" && given.value === null && isFalse(entries.get("nullable"));
  const fallback = entries.get("default");
  const chosen =
    given === undefined || isRefused ? (fallback === undefined ? undefined : own(fallback)) : given;
  if (chosen === undefined) return unknown({ why: "variable-unset", subject: `var.${name}` });
  const type = readTypeConstraint(entries.get("type"));
  const value = orUnknown(() => convertTo(type, chosen, own));
  const sensitive = entries.get("sensitive");
  return marked(value, sensitive?.kind === "literal" && sensitive.value === true);
}

function isFalse(expression: Expression | undefined): boolean {
  return expression?.kind === "literal" && expression.value === false;
}

/** `undefined`: nothing gives the variable a value. */
function givenValue(world: World, module: ModuleInstance, name: string): Value | undefined {
  const { call } = module;
  if (call === undefined) return world.variable(name);
  const { body } = call.block;
  if (!body.entries.has(name) && !body.dynamic.has(name)) return undefined;
  return entryOf(body, name, environmentOf(call.parent, call.bindings));
}

function pathValue(module: ModuleInstance, name: string): Lookup | undefined {
  const directory = module.module.source.directory;
  switch (name) {
    case "module":
      return { value: known(directory === "" ? "." : directory), used: 1 };
    case "root":
      return { value: known("."), used: 1 };
    case "cwd":
      return { value: unknown({ why: "function", subject: "path.cwd" }), used: 1 };
    default:
      return undefined;
  }
}

function terraformValue(world: World, name: string): Value {
  if (name === "workspace" && world.workspace !== undefined) return known(world.workspace);
  return unknown({ why: "variable-unset", subject: `terraform.${name}` });
}

// Modules as values

/** `module.m.out` and `module.m["k"].out` evaluate that one output; anything else needs all of them. */
function moduleValue(
  context: Context,
  module: ModuleInstance,
  memo: Memo,
  name: string,
  steps: readonly Step[],
): Lookup | undefined {
  if (!module.module.source.calls.has(name)) return undefined;
  const called = context.children(module, name);
  if (called === undefined) {
    return { value: unknown({ why: "module-not-installed", subject: `module.${name}` }), used: 1 };
  }
  const [, next, output] = steps;
  const isSingle = called.form === "single";
  const instance = isSingle ? called.instances[0] : instanceAt(called, next);
  const wanted = isSingle ? next : output;
  if (instance !== undefined && typeof wanted === "string") {
    const value = outputValue(instance, wanted, memo);
    return value === undefined ? undefined : { value, used: isSingle ? 2 : 3 };
  }
  return { value: memo(`module.${name}`, () => wholeModule(called, memo)), used: 1 };
}

/** The instance of a key; where keys are not known, the one that stands for all. */
export function instanceAt<Instance>(
  repetitions: Repetitions & { readonly instances: readonly Instance[] },
  key: Step | undefined,
): Instance | undefined {
  if (key === undefined) return undefined;
  const index = repetitions.list.findIndex((one) => one.key !== undefined && String(one.key) === String(key));
  return repetitions.instances[
    index >= 0 || repetitions.open === undefined ? index : repetitions.list.length - 1
  ];
}

function outputValue(instance: ModuleInstance, name: string, memo: Memo): Value | undefined {
  const block = instance.module.source.outputs.get(name);
  const expression = block?.body.entries.get("value");
  if (block === undefined || expression === undefined) return undefined;
  const sensitive = block.body.entries.get("sensitive");
  const isSensitive = sensitive?.kind === "literal" && sensitive.value === true;
  return memo(`${printModulePath(instance.path)}.${name}`, () =>
    marked(evaluateWith(instance, undefined, expression), isSensitive),
  );
}

function wholeModule(called: CalledModules, memo: Memo): Value {
  const values = called.instances.map((instance) => {
    const names = [...instance.module.source.outputs.keys()];
    return mapOf(names.map((name) => [name, outputValue(instance, name, memo) ?? UNSET]));
  });
  return collectionOf(called, values);
}

/**
 * The instances of a block as its name gives them: one, a tuple or a map. Where it is not known which ones are
 * there, one of the collections that are possible.
 */
export function collectionOf(repetitions: Repetitions, values: readonly Value[]): Value {
  const { form, list, open } = repetitions;
  if (form === "single") return values[0] ?? UNSET;
  const build = (present: readonly number[]): Value =>
    form === "count"
      ? tuple(present.map((index) => values[index] ?? UNSET))
      : mapOf(present.map((index) => [String(list[index]?.key ?? ""), values[index] ?? UNSET]));
  const all = list.map((_, index) => index);
  if (open !== undefined) return oneOf([build(all)], open, false);
  const doubtful = all.filter((index) => list[index]?.exists === "maybe");
  if (doubtful.length === 0) return build(all);
  const origin = { why: "expression", subject: form } as const;
  if (form === "count") {
    const lengths = [doubtful[0] ?? 0, ...doubtful.map((index) => index + 1)];
    return oneOf(
      lengths.map((length) => build(all.slice(0, length))),
      origin,
    );
  }
  if (doubtful.length > 4) return oneOf([build(all)], origin, false);
  let left: number[][] = [[]];
  for (const index of doubtful) left = left.flatMap((one) => [one, [...one, index]]);
  return oneOf(
    left.map((gone) => build(all.filter((index) => !gone.includes(index)))),
    origin,
  );
}
