// Evidence and values as reports show them: the same words for what is hidden, not set or not known in every format.

import type { Evidence, Place, Shown } from "../model/finding.ts";
import { isSamePlace } from "./summary.ts";

/** The user's text in double quotes; numbers, lists and texts that hold quotes themselves stand as they are. */
export function showValue(value: Shown): string {
  switch (value.kind) {
    case "text":
      return BARE.test(value.text) ? value.text : `"${value.text}"`;
    case "sensitive":
      return "(sensitive)";
    case "unset":
      return "(not set)";
    case "unknown":
      return value.from.length === 0 ? "(known after apply)" : `(from ${value.from.join(", ")})`;
    default:
      return value satisfies never;
  }
}

/** For prose: addresses and the user's text without any dress. */
export function showBare(value: Shown): string {
  if (value.kind === "text") return value.text;
  return value.kind === "unknown" && value.from.length > 0 ? value.from.join(", ") : showValue(value);
}

const BARE = /^(?:true|false|-?\d+(?:\.\d+)?|\[.*\]|\{.*\})$|"/;

/** `attribute = value`; empty for evidence that is an object as a whole. */
export function showEvidence({ attribute, value }: Evidence): string {
  if (attribute === undefined) return "";
  return value === undefined ? attribute : `${attribute} = ${showValue(value)}`;
}

/** Objects in the order they are first named, each once, with everything said of it. */
export function byPlace(evidence: readonly Evidence[]): readonly (readonly [Place, readonly Evidence[]])[] {
  const groups: [Place, Evidence[]][] = [];
  for (const entry of evidence) {
    const group = groups.find(([place]) => isSamePlace(place, entry.place));
    if (group === undefined) groups.push([entry.place, [entry]]);
    else if (!group[1].some((other) => other.attribute === entry.attribute)) group[1].push(entry);
  }
  return groups;
}
