// Repairs of controls about one attribute: the attribute gets the value that the control names.

import type { AttributeOperator, ResourceAttribute } from "../../model/policy.ts";
import { literal } from "../block.ts";
import type { Repair, Workshop } from "./repair.ts";

/** For controls whose path is a plain argument and whose operator names a value to write. */
export function setAttribute(check: ResourceAttribute): Repair<"attribute-differs"> {
  return (cause, { draft }: Workshop) => {
    const instance = draft.find(cause.subject);
    const [step, ...rest] = check.steps;
    const value = wantedValue(check.operator);
    if (instance === undefined || step?.kind !== "step" || rest.length > 0) return;
    const name = String(step.step);
    if (check.operator.name === "exists" && !check.operator.value) draft.change(instance, { remove: [name] });
    else if (value !== undefined) draft.change(instance, { set: [{ name, value: literal(value) }] });
    else draft.note(`${instance.name}: set ${name} so that it ${cause.expected}.`);
  };
}

function wantedValue(operator: AttributeOperator): string | number | boolean | undefined {
  switch (operator.name) {
    case "equals":
    case "at-least":
    case "at-most":
      return operator.value;
    case "in":
      return operator.values[0];
    case "exists":
    case "matches":
    case "references":
      return undefined;
    default:
      return operator satisfies never;
  }
}

export const noSuchResource: Repair<"no-such-resource"> = (cause, { draft }) =>
  draft.note(`The inputs hold no ${cause.type}; there is nothing to mend.`);
