// The sentences that fit any link: what is not known, what may not exist, and single attributes.

import type { AttributeOperator } from "../../model/policy.ts";
import { giveOwner, hclString, type Tellers, tellOrigin, told } from "./told.ts";

export const ANY_LINK_TELLERS = {
  "not-known-before-apply": ({ attribute, origin }) => {
    const { clause, help } = tellOrigin(origin);
    return told(`${attribute} ${clause}`, help);
  },
  "may-not-exist": ({ doubt }) => {
    const [sentence, help] = DOUBTS.get(doubt) ?? [`whether this object exists is not known: ${doubt}`];
    return told(sentence, help);
  },
  "more-may-exist": ({ type, origin }) => {
    const { clause, help } = tellOrigin(origin);
    return told(`how many ${type} there will be ${clause}`, help);
  },
  "attribute-differs": ({ attribute, expected }) => {
    const [demand, edit] = tellOperator(expected, attribute);
    return told(`${attribute} has to ${demand}`, edit);
  },
  "no-such-resource": ({ type }) =>
    told(`no ${type} is in the inputs`, giveOwner(/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`)),
} satisfies Partial<Tellers>;

/** What follows "has to", and the edit that does it. */
function tellOperator(
  operator: AttributeOperator,
  attribute: string,
): readonly [demand: string, edit: string] {
  switch (operator.name) {
    case "equals": {
      const value = hclValue(operator.value);
      return [`be ${value}`, `set ${attribute} = ${value}`];
    }
    case "in": {
      const values = operator.values.map(hclValue).join(", ");
      return [`be one of ${values}`, `set ${attribute} to one of ${values}`];
    }
    case "matches":
      return [`match ${operator.pattern}`, `set ${attribute} to a text that matches ${operator.pattern}`];
    case "exists":
      return operator.value ? ["be set", `set ${attribute}`] : ["be left out", `remove ${attribute}`];
    case "at-least":
      return [`be at least ${operator.value}`, `set ${attribute} = ${operator.value}`];
    case "at-most":
      return [`be at most ${operator.value}`, `set ${attribute} = ${operator.value}`];
    case "references":
      return [`refer to an object of type ${operator.type}`, `set ${attribute} = ${operator.type}.NAME.arn`];
    default:
      return operator satisfies never;
  }
}

function hclValue(value: string | number | boolean): string {
  return typeof value === "string" ? hclString(value) : String(value);
}

const DOUBTS: ReadonlyMap<string, readonly [sentence: string, help: string | undefined]> = new Map([
  [
    "forgotten",
    [
      "the plan lets go of this object without destroying it, so nobody here knows what becomes of it",
      giveOwner("it from now on"),
    ],
  ],
  [
    "deferred",
    ["the plan puts this object off to a later run", "apply, plan again and check the second plan"],
  ],
  ["action-not-known", ["the plan does something with this object that tfcheck does not know", undefined]],
  [
    "inputs-differ",
    [
      "the inputs do not agree whether this object exists",
      "give inputs of one moment: plan both stacks again, or leave the older one out",
    ],
  ],
  [
    "count-not-known",
    ["whether this object exists is known only after apply", "give the code as well: --source DIR"],
  ],
]);
