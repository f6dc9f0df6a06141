// SNS filter policies held against a message of which not every part is known. Which message that is, is for
// alarm-message.ts; which policies AWS takes at all, for filter-policy-form.ts.

import { agree, all, any, elementsOf, isUnset, not, type Tri, type Value } from "../model/value.ts";
import { patternAccepts } from "./filter-operator.ts";

/** The body of a message, or its attributes. */
export interface Message {
  /** What is certainly there: a map, or nested maps and lists. */
  readonly body: Value;
  /** Whether nothing else is there. */
  readonly closed: boolean;
  /** Paths, joined by dots, that are certainly not there although the message is not closed. */
  readonly absent?: ReadonlySet<string>;
}

/** More alternatives than this are not looked at. */
const MOST_ALTERNATIVES = 64;

/**
 * Whether a policy accepts a message: every key has to be met by one of its patterns; `$or` by one of its policies.
 * Keys reach into objects, and dots in a key do so too; a list is met by any of its elements. Whether two keys of
 * one object within a list have to be met by the same element is not documented, so it is "maybe" where that
 * matters. "maybe" for operators that are not known here, too.
 * Source: https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html (and/or logic, string,
 * numeric, key matching); dots and lists: observed by the tests against AWS in
 * https://github.com/localstack/localstack/blob/main/tests/aws/services/sns/test_sns_filter_policy.py
 */
export function policyAccepts(policy: Value, message: Message): Tri {
  const whole = accepts(policy, message, "");
  const alternatives = choices(message.body);
  const single = any(alternatives.map((body) => accepts(policy, { ...message, body }, "")));
  const unseen = alternatives.length > MOST_ALTERNATIVES && single !== "yes";
  return unseen ? all([whole, "maybe"]) : agree([whole, single]);
}

function accepts(policy: Value, message: Message, prefix: string): Tri {
  if (policy.kind !== "map") return "maybe";
  return all(
    [...policy.entries].map(([key, patterns]) => {
      if (key === "$or") return orAccepts(patterns, message, prefix);
      const path = prefix === "" ? key : `${prefix}.${key}`;
      return patterns.kind === "map"
        ? accepts(patterns, message, path)
        : valuesAccepted(patterns, message, path);
    }),
  );
}

/** A list of policies. Where it is none, `$or` may be the name of a field. */
function orAccepts(patterns: Value, message: Message, prefix: string): Tri {
  const policies = elementsOf(patterns);
  if (policies === undefined || policies.length === 1) return "maybe";
  return any(policies.map((policy) => accepts(policy, message, prefix)));
}

function valuesAccepted(patterns: Value, message: Message, path: string): Tri {
  if (patterns.kind !== "list") return "maybe";
  const found = lookUp(message.body, path.split("."), message);
  return any(patterns.elements.map((pattern) => accepted(pattern, found)));
}

function accepted(pattern: Value, found: Found): Tri {
  const wanted = existence(pattern);
  if (wanted !== undefined) {
    return agree(wanted.map((there) => (there ? found.present : not(found.present))));
  }
  const open: readonly Tri[] = found.open ? ["maybe"] : [];
  return any([...found.values.map((value) => patternAccepts(pattern, value)), ...open]);
}

/** What `exists` may ask for; `undefined` for other patterns. */
function existence(pattern: Value): readonly boolean[] | undefined {
  if (pattern.kind !== "map" || pattern.entries.size !== 1) return undefined;
  const operand = pattern.entries.get("exists");
  if (operand === undefined) return undefined;
  return operand.kind === "known" && typeof operand.value === "boolean" ? [operand.value] : [true, false];
}

/** What stands at a path. */
interface Found {
  /** Whether a value is there, as `exists` asks: one that is neither null nor empty. */
  readonly present: Tri;
  /** Any one of them may meet a pattern. */
  readonly values: readonly Value[];
  /** Whether there may be others. */
  readonly open: boolean;
}

const NOTHING: Found = { present: "no", values: [], open: false };
const UNKNOWN: Found = { present: "maybe", values: [], open: true };

/**
 * Source: https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html (leaves only; neither null nor
 * empty). Null and the empty string are "maybe" there, for other pages say nothing of it.
 */
function lookUp(value: Value, steps: readonly string[], message: Message, taken = ""): Found {
  const [step, ...rest] = steps;
  if (value.kind === "list") {
    const found = value.elements.map((element) => lookUp(element, steps, message, taken));
    if (found.length === 0) return step === undefined ? { ...NOTHING, present: "maybe" } : NOTHING;
    return {
      present: agree(found.map(({ present }) => present)),
      values: found.flatMap(({ values }) => values),
      open: found.some(({ open }) => open),
    };
  }
  if (step === undefined) return leaf(value);
  switch (value.kind) {
    case "map": {
      const path = taken === "" ? step : `${taken}.${step}`;
      const inner = value.entries.get(step);
      if (inner !== undefined) return lookUp(inner, rest, message, path);
      return message.closed || message.absent?.has(path) === true ? NOTHING : UNKNOWN;
    }
    case "known":
    case "text":
      return NOTHING;
    case "reference":
    case "unknown":
      return UNKNOWN;
    default:
      return value satisfies never;
  }
}

function leaf(value: Value): Found {
  if (value.kind === "map") return { ...NOTHING, present: "maybe" };
  return { present: isUnset(value) === "no" ? "yes" : "maybe", values: [value], open: false };
}

/** The message once for each choice of one element from each list of objects; not all where they are too many. */
function choices(value: Value): readonly Value[] {
  if (value.kind === "list" && value.elements.some((element) => element.kind === "map")) {
    return value.elements.flatMap(choices).slice(0, MOST_ALTERNATIVES + 1);
  }
  if (value.kind !== "map") return [value];
  let alternatives: readonly Value[] = [value];
  for (const [key, inner] of value.entries) {
    const inside = choices(inner);
    if (inside.length < 2) continue;
    alternatives = alternatives
      .flatMap((one) => inside.map((choice) => withEntry(one, key, choice)))
      .slice(0, MOST_ALTERNATIVES + 1);
  }
  return alternatives;
}

function withEntry(value: Value, key: string, entry: Value): Value {
  return value.kind === "map" ? { ...value, entries: new Map([...value.entries, [key, entry]]) } : value;
}
