// What the report shows of an object or a value. The one place where values become text: sensitive ones never do.

import type { Evidence, Place, Shown } from "../model/finding.ts";
import type { ResourceInstance } from "../model/graph.ts";
import { child, HIDDEN, isSensitive, stringOf, type Value } from "../model/value.ts";

export function placeOf(instance: ResourceInstance): Place {
  return { address: instance.name, location: instance.location, input: instance.input };
}

/** An object that is not in the inputs, by the name or ARN under which they speak of it. */
export function outsidePlace(name: string): Place {
  return { address: name, location: undefined, input: undefined };
}

export function evidenceOf(instance: ResourceInstance, attribute?: string): Evidence {
  return {
    place: placeOf(instance),
    attribute,
    value: attribute === undefined ? undefined : show(readPath(instance, attribute)),
  };
}

/** `metric_transformation.namespace`: an attribute, or a field of a block that stands once. */
export function readPath(instance: ResourceInstance, attribute: string): Value {
  const [head = "", ...rest] = attribute.split(".");
  return rest.reduce<Value>((value, step) => {
    const only = value.kind === "list" && value.elements.length === 1 ? child(value, 0) : value;
    return only.kind === "map" ? child(only, step) : only;
  }, instance.read(head));
}

const MAX_SHOWN = 2000;

export function show(value: Value): Shown {
  if (isSensitive(value)) return { kind: "sensitive" };
  if (value.kind === "known") {
    if (value.value === null) return { kind: "unset" };
    return { kind: "text", text: clip(withoutTokens(String(value.value))) };
  }
  const from = [...new Set(sources(value))];
  if (from.length > 0 || value.kind === "unknown") return { kind: "unknown", from };
  return { kind: "text", text: clip(JSON.stringify(plain(value)) ?? "") };
}

/** A known value as causes may speak of it. */
export function spoken(value: Value): string {
  return isSensitive(value) ? HIDDEN : withoutTokens(stringOf(value) ?? "");
}

/**
 * Web endpoints carry their keys in the address, whether or not anybody marks it sensitive: as user and password, in
 * the query, or in the path (chat and paging services). What stands behind the host is not shown.
 */
export function withoutTokens(text: string): string {
  if (text.trimStart().slice(0, 4).toLowerCase() !== "http") return text;
  const [, scheme, authority = "", rest = ""] = /^\s*(https?:)[\\/]{0,2}([^\\/?#]*)(.*)$/is.exec(text) ?? [];
  if (scheme === undefined) return text;
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  return host === authority && /^[\\/]?$/.test(rest) ? text : `${scheme}//${host}/(hidden)`;
}

function clip(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

/** The addresses that the unknown parts of a value come from. */
function sources(value: Value): readonly string[] {
  switch (value.kind) {
    case "known":
      return [];
    case "reference":
      return [value.path.length === 0 ? value.to : `${value.to}.${value.path.join(".")}`];
    case "text":
      return value.parts.flatMap(sources);
    case "list":
      return value.elements.flatMap(sources);
    case "map":
      return [...value.entries.values()].flatMap(sources);
    case "unknown":
      return value.candidates.length > 0
        ? value.candidates.flatMap(sources)
        : value.origin.subject === ""
          ? []
          : [value.origin.subject];
    default:
      return value satisfies never;
  }
}

function plain(value: Value): unknown {
  if (value.kind === "known") return value.value;
  if (value.kind === "list") return value.elements.map(plain);
  if (value.kind === "map")
    return Object.fromEntries([...value.entries].map(([key, item]) => [key, plain(item)]));
  return null;
}
