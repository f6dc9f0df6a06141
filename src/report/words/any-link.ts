// The sentences that fit any link: what is not known, what may not exist, and single attributes.

import { giveOwner, type Tellers, tellOrigin, told } from "./told.ts";

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
  "attribute-differs": ({ attribute, expected }) =>
    told(`${attribute} is not as the control asks: ${expected}`, `change ${attribute}: ${expected}`),
  "no-such-resource": ({ type }) =>
    told(`no ${type} is in the inputs`, giveOwner(/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`)),
} satisfies Partial<Tellers>;

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
    "count-not-known",
    ["whether this object exists is known only after apply", "give the code as well: --source DIR"],
  ],
]);
