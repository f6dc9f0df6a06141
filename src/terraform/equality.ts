// When two values are equal: as `==` asks it, with "maybe" where apply decides.

import { agree, all, type Tri, type Value } from "../model/value.ts";

type Of<Kind extends Value["kind"]> = Extract<Value, { kind: Kind }>;

/**
 * `==` of the language: values of different types differ, a list and a tuple too, and null equals null. Two
 * references are equal when they are the same one; different ones may still hold the same value.
 */
export function equalValues(a: Value, b: Value): Tri {
  if (a.kind === "unknown") return equalChoices(a, b);
  if (b.kind === "unknown") return equalChoices(b, a);
  if (a.kind === "reference") return equalReference(a, b);
  if (b.kind === "reference") return equalReference(b, a);
  if (a.kind === "text") return equalText(a, b);
  if (b.kind === "text") return equalText(b, a);
  if (a.kind === "known" && b.kind === "known") {
    const same = a.value === b.value && (a.exact ?? a.value) === (b.exact ?? b.value);
    return same ? "yes" : "no";
  }
  if (a.kind === "list" && b.kind === "list") return equalLists(a, b);
  if (a.kind === "map" && b.kind === "map") return equalMaps(a, b);
  return "no";
}

/** Surely the same value. */
export function isSame(a: Value, b: Value): boolean {
  return a === b || equalValues(a, b) === "yes";
}

function equalChoices(unknown: Of<"unknown">, other: Value): Tri {
  if (!unknown.closed || unknown.relation !== "one-of") return "maybe";
  return agree(unknown.candidates.map((candidate) => equalValues(candidate, other)));
}

/** Attributes that an object of AWS always has once it exists: never null, never empty. */
const ALWAYS_SET: ReadonlySet<unknown> = new Set(["arn", "id"]);

function equalReference(reference: Of<"reference">, other: Value): Tri {
  switch (other.kind) {
    case "reference": {
      const same =
        reference.to === other.to &&
        reference.path.length === other.path.length &&
        reference.path.every((step, index) => step === other.path[index]);
      return same ? "yes" : "maybe";
    }
    case "known": {
      const empty = other.value === null || other.value === "";
      const last = reference.path.at(-1);
      return empty && (last === undefined || ALWAYS_SET.has(last)) ? "no" : "maybe";
    }
    case "list":
    case "map":
    case "text":
    case "unknown":
      return "maybe";
    default:
      return other satisfies never;
  }
}

/** What is known at both ends of a text tells it from most others. */
function equalText(text: Of<"text">, other: Of<"known" | "list" | "map" | "text">): Tri {
  if (other.kind === "known") {
    if (typeof other.value !== "string") return "no";
    const [start, end] = [literal(text.parts[0]), literal(text.parts.at(-1))];
    const fits = other.value.startsWith(start) && other.value.endsWith(end);
    return fits && other.value.length >= start.length + end.length ? "maybe" : "no";
  }
  if (other.kind !== "text") return "no";
  if (text.parts.length === other.parts.length) {
    const same = text.parts.every((part, index) => equalElement(part, other.parts[index]) === "yes");
    if (same) return "yes";
  }
  const [start, otherStart] = [literal(text.parts[0]), literal(other.parts[0])];
  const [end, otherEnd] = [literal(text.parts.at(-1)), literal(other.parts.at(-1))];
  const starts = start.startsWith(otherStart) || otherStart.startsWith(start);
  const ends = end.endsWith(otherEnd) || otherEnd.endsWith(end);
  return starts && ends ? "maybe" : "no";
}

function literal(part: Value | undefined): string {
  return part?.kind === "known" ? String(part.value) : "";
}

function equalLists(a: Of<"list">, b: Of<"list">): Tri {
  if (a.form !== b.form) return "no";
  if ([...a.elements, ...b.elements].some((one) => one.kind === "unknown" && one.several)) return "maybe";
  if (a.form === "set") return equalSets(a, b);
  if (a.elements.length !== b.elements.length) return "no";
  return all(a.elements.map((element, index) => equalElement(element, b.elements[index])));
}

function equalElement(element: Value, other: Value | undefined): Tri {
  return other === undefined ? "no" : equalValues(element, other);
}

/** Sets of known scalars are sorted; with anything else in them only identity is sure. */
function equalSets(a: Of<"list">, b: Of<"list">): Tri {
  if (a.elements.length === b.elements.length) {
    const inOrder = all(a.elements.map((element, index) => equalElement(element, b.elements[index])));
    if (inOrder === "yes") return "yes";
  }
  const isKnown = [...a.elements, ...b.elements].every((element) => element.kind === "known");
  return isKnown ? "no" : "maybe";
}

function equalMaps(a: Of<"map">, b: Of<"map">): Tri {
  if (a.entries.size !== b.entries.size) return "no";
  return all([...a.entries].map(([key, value]) => equalElement(value, b.entries.get(key))));
}
