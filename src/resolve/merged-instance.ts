// One object of which two inputs of equal rank speak: what they agree on is so, what they do not is not known.

import type { ResourceInstance } from "../model/graph.ts";
import type { Value } from "../model/value.ts";
import { isSame } from "../terraform/equality.ts";
import { oneOf } from "../terraform/values.ts";

/** `undefined` where all of them say that the object does not stand. */
export function mergeInstances(
  given: readonly (ResourceInstance | undefined)[],
): ResourceInstance | undefined {
  const all = given.filter((instance) => instance !== undefined).sort((a, b) => (a.input < b.input ? -1 : 1));
  const [first] = all;
  if (first === undefined || given.length === 1) return first;
  const gone = given.length > all.length;
  const differs = gone || all.some(({ fresh, exists }) => fresh !== first.fresh || exists !== first.exists);
  const values = new Map<string, Value>();
  return {
    ...fixed(first),
    exists: differs ? "maybe" : first.exists,
    doubt: differs ? "inputs-differ" : first.doubt,
    get scope() {
      const scopes = all.map(({ scope }) => scope);
      return {
        ...first.scope,
        partition: scopes.find(({ partition }) => partition !== undefined)?.partition,
        account: scopes.find(({ account }) => account !== undefined)?.account,
        region: scopes.find(({ region }) => region !== undefined)?.region,
      };
    },
    get location() {
      return all.find(({ location }) => location !== undefined)?.location;
    },
    read(attribute) {
      const found = values.get(attribute) ?? agreed(all, attribute);
      values.set(attribute, found);
      return found;
    },
  };
}

function fixed({ id, address, name, input, fresh }: ResourceInstance) {
  return { id, address, name, input, fresh };
}

/** The same object, of which it is not known whether it stands. */
export function doubted(instance: ResourceInstance): ResourceInstance {
  return {
    ...fixed(instance),
    exists: "maybe",
    doubt: "inputs-differ",
    get scope() {
      return instance.scope;
    },
    get location() {
      return instance.location;
    },
    read: (attribute) => instance.read(attribute),
  };
}

function agreed(instances: readonly ResourceInstance[], attribute: string): Value {
  const [first, ...others] = instances.map((instance) =>
    asOwn(instance.read(attribute), instance, instances),
  );
  if (first === undefined) throw new Error("nothing to agree on");
  if (others.every((other) => isSame(first, other))) return first;
  const subject = `${instances[0]?.name ?? ""}.${attribute}`;
  return oneOf([first, ...others], { why: "inputs-differ", subject });
}

/** What apply fills in is the same thing whichever input speaks of it. */
function asOwn(value: Value, instance: ResourceInstance, [first]: readonly ResourceInstance[]): Value {
  return value.kind === "reference" && value.to === instance.id && first !== undefined
    ? { ...value, to: first.id }
    : value;
}
