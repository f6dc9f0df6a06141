// The source text that plans of `.tf.json` configurations hold in place of values: which references stand in it.
// Reads traversals only; src/terraform evaluates the rest when sources are given.

import { isArray, isObject, type Json } from "../model/json.ts";
import { parseTarget, type Target } from "./references.ts";

/** Whether any string in it is a template: `${` or `%{`. */
export function holdsTemplate(json: Json): boolean {
  if (typeof json === "string") return json.includes("${") || json.includes("%{");
  if (isArray(json)) return json.some(holdsTemplate);
  return isObject(json) && Object.values(json).some(holdsTemplate);
}

const WHOLE_TRAVERSAL = /^\$\{([A-Za-z_][\w.\-[\]"]*)\}$/;
const INTERPOLATION = /[$%]\{([^{}]*)\}/g;
const TRAVERSAL = /(?:[A-Za-z_][\w-]*)(?:\.[\w-]+|\["[^"\\]*"\]|\[\d+\])+/g;

/** The one reference that a string consists of, or all that stand somewhere in it. */
export interface TextTargets {
  readonly whole: Target | undefined;
  readonly inside: readonly Target[];
}

export function textTargets(text: string): TextTargets {
  const whole = WHOLE_TRAVERSAL.exec(text)?.[1];
  const inside = [...text.matchAll(INTERPOLATION)].flatMap(
    (match) => (match[1] ?? "").match(TRAVERSAL) ?? [],
  );
  return { whole: whole === undefined ? undefined : parseTarget(whole), inside: inside.map(parseTarget) };
}
