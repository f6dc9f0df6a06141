// How the functions of this room are given things, and how they answer. Nothing here knows AWS.

import { agree, type Tri, type Value } from "../model/value.ts";

/** Anything with named attributes; a `ResourceInstance` fits. Reading an attribute that is not there gives `UNSET`. */
export interface Attributes {
  read(attribute: string): Value;
}

/** An answer, and the attribute that decided it (or, for "maybe", the one whose value is missing). */
export interface Judgement {
  readonly answer: Tri;
  readonly attribute: string;
}

/**
 * Asks `judge` about a value. A value that is certainly one of several known ones is decided where all agree;
 * everything else that is not known yet goes to `judge` as it is.
 */
export function judgeEach(value: Value, judge: (value: Value) => Tri): Tri {
  const values = possibleValues(value);
  return agree(values.map(judge));
}

/** Every value that `value` can turn out to be, as far as that is a closed list; else `value` itself. */
export function possibleValues(value: Value): readonly Value[] {
  const listed =
    value.kind === "unknown" && value.relation === "one-of" && value.closed && value.candidates.length > 0;
  return listed ? value.candidates.flatMap(possibleValues) : [value];
}
