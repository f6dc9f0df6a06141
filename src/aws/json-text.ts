// JSON in a string argument (policies, filter policies) as a value, also where parts of the string are not known.

import { isArray, isObject, type Json } from "../model/json.ts";
import { known, type Value } from "../model/value.ts";
import { fillHoles, markHoles } from "./holes.ts";

/** Deeper documents are not read; AWS allows far less. */
const DEEPEST = 64;

/**
 * The document in a known string, or in a string put together from parts: a part that is not known stands in the
 * result where it stands in the text, alone or within a string. `undefined` for anything that is no JSON, or too
 * odd to take apart. Keys are kept in a map, so none of them is special.
 */
export function jsonOf(value: Value): Value | undefined {
  let inString = false;
  const marked = markHoles(value, (mark, literal) => {
    inString = endsInString(literal, inString);
    return inString ? mark : `"${mark}"`;
  });
  if (marked === undefined) return undefined;
  try {
    return toValue(JSON.parse(marked.text) as Json, marked.holes, 0);
  } catch (error) {
    // Not JSON, or nested beyond what is read here.
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Whether text that begins inside a JSON string, or outside, ends inside one. */
function endsInString(text: string, startsInString: boolean): boolean {
  let inString = startsInString;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') inString = !inString;
    else if (text[at] === "\\" && inString) at += 1;
  }
  return inString;
}

function toValue(json: Json, holes: readonly Value[], depth: number): Value {
  if (depth > DEEPEST) throw new RangeError("nested too deeply");
  if (isArray(json)) {
    const elements = json.map((item) => toValue(item, holes, depth + 1));
    return { kind: "list", form: "tuple", elements, sensitive: false };
  }
  if (isObject(json)) {
    const entries = new Map(
      Object.entries(json).map(([key, item]) => [key, toValue(item, holes, depth + 1)] as const),
    );
    return { kind: "map", entries, sensitive: false };
  }
  return typeof json === "string" ? fillHoles(json, holes) : known(json);
}
