// One link of one possible chain, judged: the answer, what speaks against it or leaves it open, and the evidence.

import type { DeliveryCause, DeliverySettings } from "../../model/delivery.ts";
import type { Cause, Evidence, Remark } from "../../model/finding.ts";
import type { ResourceInstance } from "../../model/graph.ts";
import { all, type Tri, type UnknownOrigin, type Value } from "../../model/value.ts";
import { evidenceOf, placeOf, readPath } from "../evidence.ts";

export interface Step {
  readonly answer: Tri;
  /** Why it is not "yes": those that break it when the answer is "no", those that leave it open when "maybe". */
  readonly causes: readonly Cause[];
  readonly evidence: readonly Evidence[];
  readonly remarks: readonly Remark[];
}

/** One thing that has to hold, with the cause to give when it does not. */
export interface Condition {
  readonly answer: Tri;
  readonly cause: (() => Cause) | undefined;
  /** What is said beside the answer. */
  readonly remark?: () => Remark;
}

/** All conditions together. Only the causes that match the joint answer are kept: a break outranks a doubt. */
export function stepOf(
  conditions: readonly Condition[],
  evidence: readonly Evidence[],
  remarks: readonly Remark[] = [],
): Step {
  const answer = all(conditions.map((condition) => condition.answer));
  const deciding = answer === "yes" ? [] : conditions.filter((condition) => condition.answer === answer);
  const causes = deciding.flatMap((condition) => (condition.cause === undefined ? [] : [condition.cause()]));
  const said = conditions.flatMap((condition) => condition.remark?.() ?? []);
  return { answer, causes, evidence, remarks: [...remarks, ...said] };
}

/**
 * A condition of delivery. Where the configuration takes breaks of this cause as remarks it holds whatever the answer
 * is, and the remark says so.
 */
export function onDelivery(delivery: DeliverySettings, code: DeliveryCause, condition: Condition): Condition {
  const { answer, cause } = condition;
  if (answer === "yes" || delivery.get(code) !== "remark") return condition;
  const remark = (): Remark => {
    const { subject, evidence } = cause?.() ?? { subject: undefined, evidence: [] };
    return { code: "break-taken-as-remark", subject, evidence, cause: code, proven: answer === "no" };
  };
  return { answer: "yes", cause: undefined, remark };
}

/** A condition on one attribute: `broken` is told for "no", and for "maybe" that the attribute is not known. */
export function onAttribute(
  answer: Tri,
  instance: ResourceInstance,
  attribute: string,
  broken: () => Cause,
): Condition {
  return { answer, cause: answer === "no" ? broken : () => notKnown(instance, attribute) };
}

/** Whether the object is there at all. */
export function onExistence(instance: ResourceInstance): Condition {
  return { answer: instance.exists, cause: () => mayNotExist(instance) };
}

export function mayNotExist(instance: ResourceInstance): Cause {
  return {
    code: "may-not-exist",
    subject: placeOf(instance),
    evidence: [],
    doubt: instance.doubt ?? "count-not-known",
  };
}

/** "The value of this attribute is known only after apply", and what would tell it before. */
export function notKnown(instance: ResourceInstance, attribute: string, origin?: UnknownOrigin): Cause {
  return {
    code: "not-known-before-apply",
    subject: placeOf(instance),
    evidence: [evidenceOf(instance, attribute)],
    attribute,
    origin: origin ??
      originOf(readPath(instance, attribute)) ?? { why: "after-apply", subject: instance.name },
  };
}

/** Why a value, or the first part of it that is not known, is not known. */
export function originOf(value: Value): UnknownOrigin | undefined {
  switch (value.kind) {
    case "known":
      return undefined;
    case "reference":
      return { why: "after-apply", subject: [value.to, ...value.path].join(".") };
    case "unknown":
      return value.origin;
    case "text":
      return firstOrigin(value.parts);
    case "list":
      return firstOrigin(value.elements);
    case "map":
      return firstOrigin([...value.entries.values()]);
    default:
      return value satisfies never;
  }
}

function firstOrigin(values: readonly Value[]): UnknownOrigin | undefined {
  for (const value of values) {
    const origin = originOf(value);
    if (origin !== undefined) return origin;
  }
  return undefined;
}
