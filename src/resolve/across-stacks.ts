// Values that one input can only look up elsewhere, looked up in the other inputs: outputs that terraform_remote_state
// reads, and SSM parameters. What could come from several places that differ stays as it is: not known.

import type { Note } from "../model/finding.ts";
import type { Graph, ResourceInstance } from "../model/graph.ts";
import { sameScope } from "../model/same-scope.ts";
import { changedWithin, child, isUnset, type Step, stringOf, type Value } from "../model/value.ts";
import { isSame } from "../terraform/equality.ts";
import { joinText, marked } from "../terraform/values.ts";
import type { Stack } from "./stack.ts";
import { isStateOf } from "./state-backend.ts";

type Reference = Extract<Value, { kind: "reference" }>;

export interface Across {
  readonly graph: Graph;
  /** Which input was taken for a state that nothing but its outputs tells; complete once everything is asked. */
  readonly notes: () => readonly Note[];
}

const REMOTE_STATE = "terraform_remote_state";
const PARAMETER = "aws_ssm_parameter";

/** Values are looked up when they are read, and once. Cost: nothing where no input looks anything up. */
export function lookAcross(
  stacks: readonly Stack[],
  graph: Graph,
  sameStack: (one: Stack, other: Stack) => boolean,
): Across {
  if ([REMOTE_STATE, PARAMETER].every((type) => graph.data(type).length === 0)) {
    return { graph, notes: () => [] };
  }
  const taken = new Map<string, Note>();
  const context: Context = {
    stacks,
    graph,
    sameStack,
    found: new Map(),
    take: (note) => taken.set(JSON.stringify(note), note),
  };
  const seen = new Map<string, ResourceInstance>();
  const seeing = (instance: ResourceInstance): ResourceInstance => {
    const known = seen.get(instance.id) ?? looking(instance, context);
    seen.set(instance.id, known);
    return known;
  };
  return {
    graph: {
      ...graph,
      resources: (type) => graph.resources(type).map(seeing),
      data: (type) => graph.data(type).map(seeing),
      everything: () => graph.everything().map(seeing),
      byId(id) {
        const instance = graph.byId(id);
        return instance === undefined ? undefined : seeing(instance);
      },
    },
    notes: () => [...taken].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, note]) => note),
  };
}

interface Context {
  readonly stacks: readonly Stack[];
  readonly graph: Graph;
  readonly sameStack: (one: Stack, other: Stack) => boolean;
  /** By reference. */
  readonly found: Map<string, Value>;
  readonly take: (note: Note) => void;
}

function looking(instance: ResourceInstance, context: Context): ResourceInstance {
  const { id, address, name, input, exists, doubt, fresh } = instance;
  const values = new Map<string, Value>();
  return {
    id,
    address,
    name,
    input,
    exists,
    doubt,
    fresh,
    get scope() {
      return instance.scope;
    },
    get location() {
      return instance.location;
    },
    read(attribute) {
      const found = values.get(attribute) ?? resolve(instance.read(attribute), context, 0);
      values.set(attribute, found);
      return found;
    },
  };
}

/** More look-ups in a row than any estate has, and deeper than any value nests. */
const MAX_DEPTH = 24;

function resolve(value: Value, context: Context, depth: number): Value {
  if (depth > MAX_DEPTH) return value;
  const inside = (one: Value) => resolve(one, context, depth + 1);
  switch (value.kind) {
    case "known":
      return value;
    case "reference":
      return lookUp(value, context, depth + 1);
    case "text":
      return marked(joinText(value.parts.map(inside)), value.sensitive);
    case "list":
    case "map":
      return changedWithin(value, inside);
    case "unknown":
      return value.candidates.length === 0 ? value : { ...value, candidates: value.candidates.map(inside) };
    default:
      return value satisfies never;
  }
}

/** Each place is looked up once, however many values lead there; what leads back to itself stays as it is. */
function lookUp(reference: Reference, context: Context, depth: number): Value {
  const place = [reference.to, ...reference.path].join("\n");
  const known = context.found.get(place);
  if (known !== undefined) return marked(known, reference.sensitive);
  const plain: Value = { ...reference, sensitive: false };
  context.found.set(place, plain);
  const found = behind(reference, context, depth) ?? plain;
  context.found.set(place, found);
  return marked(found, reference.sensitive);
}

function behind({ to, path }: Reference, context: Context, depth: number): Value | undefined {
  const source = context.graph.byId(to);
  if (source?.address.mode !== "data") return undefined;
  const [first, second, ...rest] = path;
  if (source.address.type === REMOTE_STATE && first === "outputs" && second !== undefined) {
    const output = outputBehind(source, String(second), context, depth);
    return output && rest.reduce<Value>((at, step) => into(at, step, context, depth), output);
  }
  const isValue = path.length === 1 && (first === "value" || first === "insecure_value");
  if (source.address.type !== PARAMETER || !isValue) return undefined;
  const value = parameterBehind(source, context);
  return value && marked(resolve(value, context, depth), first === "value");
}

function into(value: Value, step: Step, context: Context, depth: number): Value {
  const isWhole = value.kind === "reference" && value.path.length === 0;
  const whole = isWhole ? context.graph.byId(value.to) : undefined;
  return whole === undefined ? child(value, step) : resolve(whole.read(String(step)), context, depth);
}

// terraform_remote_state

/**
 * The output of the one input that can be the state: by what the code says of its backend or the file's own path
 * where that tells, else by having such an output. Inputs that are equally good have to agree.
 */
function outputBehind(
  source: ResourceInstance,
  name: string,
  context: Context,
  depth: number,
): Value | undefined {
  const others = context.stacks.filter(({ label }) => label !== source.input);
  const sure = others.filter((stack) => isStateOf(source, stack) === "yes");
  const possible = others.filter((stack) => isStateOf(source, stack) === "maybe");
  const candidates = (sure.length > 0 ? sure : possible).filter((stack) => stack.output(name) !== undefined);
  // The plan of a stack knows more than its state.
  const best = candidates.filter(
    (stack) =>
      stack.kind !== "state" ||
      !candidates.some((other) => other.kind !== "state" && context.sameStack(stack, other)),
  );
  const values = best.map((stack) => resolve(stack.output(name) as Value, context, depth));
  const [value, ...more] = values;
  if (value === undefined || !more.every((other) => isSame(value, other))) return undefined;
  if (sure.length === 0) {
    const detail = best.map(({ label }) => label).join(", ");
    context.take({ code: "remote-state-taken", place: source.input, subject: source.name, detail });
  }
  return value;
}

// SSM parameters

/**
 * The value of the one parameter of that name in the same account and region. The provider says `value` to be
 * sensitive, which stored states do not repeat, and `insecure_value` not to be.
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/ssm_parameter
 */
function parameterBehind(source: ResourceInstance, { graph }: Context): Value | undefined {
  const name = stringOf(source.read("name"));
  if (name === undefined) return undefined;
  const named = graph
    .resources(PARAMETER)
    .filter((parameter) => stringOf(parameter.read("name")) === name)
    .map((parameter) => ({ parameter, here: sameScope(parameter.scope, source.scope) }))
    .filter(({ here }) => here !== "no");
  const [only, ...more] = named;
  if (only === undefined || more.length > 0 || only.here !== "yes" || only.parameter.exists !== "yes") {
    return undefined;
  }
  const value = only.parameter.read("value");
  return isUnset(value) === "yes" ? only.parameter.read("insecure_value") : value;
}
