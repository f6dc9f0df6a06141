// How a block in one module writes an attribute of an object in the same or another module: directly, through
// outputs on the way up and through variables on the way down. What is missing on the way is proposed too.

import type { Address, InstanceKey, ModuleStep } from "../model/address.ts";
import type { ResourceInstance } from "../model/graph.ts";
import { child, type Step, type Value } from "../model/value.ts";
import { argumentsOf, type Expression, listOf, literal, printStep, template } from "./block.ts";
import { type Draft, modulePath } from "./draft.ts";
import { asName, isName, quoted } from "./hcl-text.ts";
import { type Home, homeOf } from "./part.ts";

/** `undefined`: it cannot be written there, because another input holds it or a name is no name. */
export function reach(
  draft: Draft,
  from: Home,
  instance: ResourceInstance,
  path: readonly Step[],
): Expression | undefined {
  const value = valueAt(instance, path);
  const own = homeOf(instance);
  if (own.input !== from.input || !canBeNamed(instance, from)) return literalOf(value);
  const shared = sharedDepth(own.module, from.module);
  const local = `${localAddress(instance.address)}${path.map(printStep).join("")}`;
  const label = asName(
    `${instance.address.name}_${path.filter((step) => typeof step === "string").join("_")}`,
  );
  const up = handOut(draft, own, shared, { kind: "written", text: local, value }, label);
  return handIn(draft, from, shared, up, label);
}

/** The value that a reference to it comes to, as a plan would show it: known where it is written down. */
function valueAt(instance: ResourceInstance, path: readonly Step[]): Value {
  const [first, ...rest] = path;
  const value = rest.reduce(child, instance.read(String(first)));
  return value.kind === "known" && value.value !== null
    ? value
    : { kind: "reference", to: instance.id, path, sensitive: value.sensitive };
}

function literalOf(value: Value): Expression | undefined {
  return value.kind === "known" && value.value !== null && !value.sensitive
    ? literal(value.value)
    : undefined;
}

function canBeNamed({ address }: ResourceInstance, from: Home): boolean {
  const names = [address.type, address.name, ...[...address.module, ...from.module].map(({ name }) => name)];
  return names.every(isName);
}

function sharedDepth(a: readonly ModuleStep[], b: readonly ModuleStep[]): number {
  const differs = a.findIndex((step, depth) => step.name !== b[depth]?.name || step.key !== b[depth]?.key);
  return differs < 0 ? a.length : differs;
}

/** From the object's module up to the module that both share, through an output of each. */
function handOut(
  draft: Draft,
  own: Home,
  shared: number,
  start: Expression & { kind: "written" },
  label: string,
): Expression & { kind: "written" } {
  let expression = start;
  for (let depth = own.module.length; depth > shared; depth -= 1) {
    const home: Home = { ...own, module: own.module.slice(0, depth) };
    const last = home.module.at(-1);
    if (last === undefined) break;
    const output = existingOutput(draft, home, expression.text) ?? addOutput(draft, home, expression, label);
    const call = `module.${last.name}${printKey(last.key)}`;
    expression = { ...expression, text: `${call}.${output}` };
  }
  return expression;
}

/** `aws_sns_topic.alerts["x"]` as its own module writes it. */
function localAddress({ mode, type, name, key }: Address): string {
  return `${mode === "data" ? "data." : ""}${type}.${name}${printKey(key)}`;
}

function printKey(key: InstanceKey | undefined): string {
  if (key === undefined) return "";
  return typeof key === "number" ? `[${key}]` : `[${quoted(key)}]`;
}

function existingOutput(draft: Draft, home: Home, text: string): string | undefined {
  if (home.idPrefix !== "") return undefined;
  const own = draft.interfaces.find(({ module }) => module === modulePath(home));
  const found = own?.outputs.find(({ name, of }) => of === text && isName(name));
  return found?.name;
}

function addOutput(draft: Draft, home: Home, value: Expression, label: string): string {
  return draft.declare(home, "output", label, argumentsOf({ value }));
}

/** From the shared module down to where the block stands, through a variable of each. */
function handIn(
  draft: Draft,
  from: Home,
  shared: number,
  start: Expression & { kind: "written" },
  label: string,
): Expression {
  let expression = start;
  for (let depth = shared; depth < from.module.length; depth += 1) {
    const call = from.module[depth];
    if (call === undefined) break;
    const inside: Home = { ...from, module: from.module.slice(0, depth + 1) };
    const type: Expression = { kind: "written", text: "string", value: expression.value };
    const name = draft.declare(inside, "variable", label, argumentsOf({ type }));
    draft.pass({ ...from, module: from.module.slice(0, depth) }, call.name, name, expression);
    expression = { ...expression, text: `var.${name}` };
  }
  return expression;
}

/** A value that is there already, written again; `undefined` where a part of it cannot be. */
export function rewrite(draft: Draft, from: Home, value: Value): Expression | undefined {
  switch (value.kind) {
    case "known":
      return literalOf(value);
    case "reference": {
      const instance = draft.graph().byId(value.to);
      return instance === undefined || value.path.length === 0
        ? undefined
        : reach(draft, from, instance, value.path);
    }
    case "text": {
      const parts = value.parts.map((part) => rewrite(draft, from, part));
      const known = parts.filter((part) => part !== undefined);
      return known.length === parts.length ? template(...known) : undefined;
    }
    case "list": {
      const elements = value.elements.map((element) => rewrite(draft, from, element));
      const known = elements.filter((element) => element !== undefined);
      return known.length === elements.length ? listOf(...known) : undefined;
    }
    case "map":
    case "unknown":
      return undefined;
    default:
      return value satisfies never;
  }
}
