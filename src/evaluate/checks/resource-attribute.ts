// One attribute of every resource of one type, held against one operator. Three-valued like everything else.

import { regexMatches } from "../../aws/filter-pattern/matches.ts";
import { parseRegex } from "../../aws/filter-pattern/regex.ts";
import type { Cause, Evidence } from "../../model/finding.ts";
import type { Graph, ResourceInstance } from "../../model/graph.ts";
import type { AttributeOperator, PathStep, ResourceAttribute, SelectedControl } from "../../model/policy.ts";
import {
  all,
  any,
  child,
  elementsOf,
  isUnset,
  known,
  not,
  numberOf,
  stringOf,
  type Tri,
  type Value,
} from "../../model/value.ts";
import type { ChainWorld } from "../chain/chain.ts";
import { mayNotExist, originOf } from "../chain/step.ts";
import { evidenceOf, placeOf } from "../evidence.ts";
import type { Found } from "./index.ts";

export function checkResourceAttribute({ graph }: ChainWorld, control: SelectedControl): Found {
  const { check } = control.policy;
  if (check.kind !== "resource-attribute")
    throw new Error(`a ${check.kind} control came to resource-attribute`);
  const instances = graph
    .resources(check.resource)
    .map((instance) => ({ instance, meant: isMeant(graph, instance, check) }))
    .filter(({ meant }) => meant !== "no");
  // One that may not be meant, or may not be there, can neither save an "any" nor break an "all".
  const judged = instances.map(({ instance, meant }) => {
    const own = judgeInstance(graph, instance, check);
    const sure = meant === "yes" ? own : doubt(own, check);
    return { instance, sure, answer: instance.exists === "yes" ? sure : doubt(sure, check) };
  });
  const answers = judged.map((entry) => entry.answer);
  const [gap] = graph.gaps(check.resource);
  if (gap !== undefined) answers.push("maybe");
  const answer = check.quantifier === "all" ? all(answers) : any(answers);
  if (judged.length === 0)
    return nothingThere(check, gap === undefined ? undefined : moreMayExist(check, gap));
  if (answer === "yes") return found("satisfied", []);
  const deciding = judged.filter((entry) => entry.answer === answer);
  const causes = deciding.map(({ instance, sure }) =>
    sure === answer ? causeOf(instance, answer, check) : mayNotExist(instance),
  );
  if (causes.length === 0 && gap !== undefined) causes.push(moreMayExist(check, gap));
  return found(answer === "no" ? "violated" : "undecided", causes);
}

function doubt(answer: Tri, check: ResourceAttribute): Tri {
  const decides = check.quantifier === "all" ? "no" : "yes";
  return answer === decides ? "maybe" : answer;
}

function found(verdict: Found["verdict"], causes: readonly Cause[]): Found {
  return { verdict, link: undefined, causes, chain: [], remarks: [] };
}

function nothingThere(check: ResourceAttribute, more: Cause | undefined): Found {
  const none: Cause = { code: "no-such-resource", subject: undefined, evidence: [], type: check.resource };
  return found("undecided", [more ?? none]);
}

function moreMayExist(check: ResourceAttribute, gap: ReturnType<Graph["gaps"]>[number]): Cause {
  const subject = { address: gap.origin.subject, location: gap.location, input: undefined };
  return { code: "more-may-exist", subject, evidence: [], type: check.resource, origin: gap.origin };
}

function causeOf(instance: ResourceInstance, answer: Tri, check: ResourceAttribute): Cause {
  const attribute = attributeName(check);
  const evidence: readonly Evidence[] = [evidenceOf(instance, attribute)];
  const subject = placeOf(instance);
  if (answer === "no") {
    return { code: "attribute-differs", subject, evidence, attribute, expected: check.operator };
  }
  const origin = originOf(instance.read(attribute)) ?? {
    why: "after-apply" as const,
    subject: instance.name,
  };
  return { code: "not-known-before-apply", subject, evidence, attribute, origin };
}

function attributeName({ steps, path }: ResourceAttribute): string {
  const [first] = steps;
  return first?.kind === "step" ? String(first.step) : path;
}

/** What is wanted, for the report: data in the policy's own words. */
function judgeInstance(graph: Graph, instance: ResourceInstance, check: ResourceAttribute): Tri {
  const [first, ...rest] = check.steps;
  if (first?.kind !== "step") return "maybe";
  const values = select(instance.read(String(first.step)), rest);
  if (values === undefined) return "maybe";
  if (check.operator.name === "exists") {
    const present = any(values.map((value) => not(isUnset(value))));
    return check.operator.value ? present : not(present);
  }
  return any(values.map((value) => judgeValue(graph, orDefault(value, check), check.operator)));
}

function orDefault(value: Value, { whenUnset }: ResourceAttribute): Value {
  return whenUnset !== undefined && isUnset(value) === "yes" ? known(whenUnset) : value;
}

/** Without `joined` every instance of the type; with it those that the other type's attribute leads to. */
function isMeant(graph: Graph, instance: ResourceInstance, { joined }: ResourceAttribute): Tri {
  if (joined === undefined) return "yes";
  const [first, ...rest] = joined.steps;
  if (first?.kind !== "step") return "maybe";
  const answers = graph.resources(joined.resource).map((source) => {
    const values = select(source.read(String(first.step)), rest);
    return values === undefined ? "maybe" : any(values.map((value) => leadsTo(value, instance)));
  });
  return graph.gaps(joined.resource).length > 0 ? any([...answers, "maybe"]) : any(answers);
}

/** Whether the value is, or is put together from, an identity of the instance. */
function leadsTo(value: Value, instance: ResourceInstance): Tri {
  switch (value.kind) {
    case "reference":
      return answer(value.to === instance.id);
    case "known": {
      const text = stringOf(value)?.replace(/:\*$/, "");
      if (text === undefined || text === "") return "no";
      const identities = ["arn", "id", "name"].map((name) => stringOf(instance.read(name)));
      const isOne = identities.some(
        (identity) => identity !== undefined && (text === identity || text.endsWith(`:${identity}`)),
      );
      return isOne ? "yes" : identities.every((identity) => identity === undefined) ? "maybe" : "no";
    }
    case "text":
      return any(value.parts.filter((part) => part.kind !== "known").map((part) => leadsTo(part, instance)));
    case "list":
      return any(value.elements.map((element) => leadsTo(element, instance)));
    case "map":
      return any([...value.entries.values()].map((entry) => leadsTo(entry, instance)));
    case "unknown": {
      const answers = value.candidates.map((candidate) => leadsTo(candidate, instance));
      if (value.closed && answers.every((one) => one === "no")) return "no";
      return value.closed && answers.every((one) => one === "yes") ? "yes" : "maybe";
    }
    default:
      return value satisfies never;
  }
}

/** The values a path leads to; `undefined` when it is not known how many there are. */
function select(value: Value, steps: readonly PathStep[]): readonly Value[] | undefined {
  const [first, ...rest] = steps;
  if (first === undefined) return [value];
  if (first.kind === "step") return select(child(value, first.step), rest);
  const inside = value.kind === "map" ? [...value.entries.values()] : elementsOf(value);
  if (inside === undefined) return undefined;
  const below = inside.map((element) => select(element, rest));
  return below.includes(undefined) ? undefined : below.flatMap((values) => values ?? []);
}

function judgeValue(graph: Graph, value: Value, operator: AttributeOperator): Tri {
  if (operator.name === "references") return refersTo(graph, value, operator.type);
  if (value.kind !== "known") return isUnset(value) === "yes" ? "no" : "maybe";
  if (value.value === null) return "no";
  switch (operator.name) {
    case "equals":
      return isSame(value, operator.value);
    case "in":
      return any(operator.values.map((wanted) => isSame(value, wanted)));
    case "matches": {
      const parsed = parseRegex(operator.pattern);
      return "regex" in parsed ? answer(regexMatches(parsed.regex, stringOf(value) ?? "")) : "maybe";
    }
    case "at-least":
      return compare(value, (number) => number >= operator.value);
    case "at-most":
      return compare(value, (number) => number <= operator.value);
    case "exists":
      return answer(operator.value);
    default:
      return operator satisfies never;
  }
}

function answer(holds: boolean): Tri {
  return holds ? "yes" : "no";
}

/** Terraform converts between strings, numbers and booleans, so `"true"` is true. */
function isSame(value: Value, wanted: string | number | boolean): Tri {
  if (typeof wanted === "number") return compare(value, (number) => number === wanted);
  return answer(stringOf(value) === String(wanted));
}

function compare(value: Value, test: (number: number) => boolean): Tri {
  const number = numberOf(value);
  return answer(number !== undefined && test(number));
}

/** Whether the value comes from an object of the type. A literal that no object here has points elsewhere. */
function refersTo(graph: Graph, value: Value, type: string): Tri {
  switch (value.kind) {
    case "reference":
      return answer(graph.byId(value.to)?.address.type === type);
    case "known": {
      const text = stringOf(value);
      if (text === undefined || text === "") return "no";
      const holds = (instance: ResourceInstance) =>
        ["arn", "id", "name", "key_id"].some((name) => stringOf(instance.read(name)) === text);
      return graph.resources(type).some(holds) ? "yes" : "maybe";
    }
    case "text":
      return any(
        value.parts.filter((part) => part.kind !== "known").map((part) => refersTo(graph, part, type)),
      );
    case "list":
      return any(value.elements.map((element) => refersTo(graph, element, type)));
    case "map":
      return any([...value.entries.values()].map((entry) => refersTo(graph, entry, type)));
    case "unknown": {
      const answers = value.candidates.map((candidate) => refersTo(graph, candidate, type));
      return answers.length > 0 && value.closed && answers.every((one) => one === answers[0])
        ? (answers[0] ?? "maybe")
        : "maybe";
    }
    default:
      return value satisfies never;
  }
}
