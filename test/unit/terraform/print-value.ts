// Values as short text, for tables: <id.path> is a reference, ?… an unknown value with what it can be.

import type { Value } from "../../../src/model/value.ts";

export function printValue(value: Value): string {
  const mark = value.sensitive ? "secret " : "";
  return mark + printKind(value);
}

function printKind(value: Value): string {
  switch (value.kind) {
    case "known":
      return value.exact ?? JSON.stringify(value.value);
    case "list": {
      const inside = value.elements.map(printValue).join(", ");
      return value.form === "set" ? `set(${inside})` : `[${inside}]`;
    }
    case "map":
      return `{${[...value.entries].map(([key, entry]) => `${key}: ${printValue(entry)}`).join(", ")}}`;
    case "reference":
      return `<${[value.to, ...value.path].join(".")}>`;
    case "text":
      return value.parts
        .map((part) => (part.kind === "known" ? String(part.value) : printValue(part)))
        .join("");
    case "unknown": {
      const candidates = value.candidates.map(printValue).join(" | ");
      const relation = value.relation === "one-of" ? "one of " : "made from ";
      const beside = value.besides === undefined ? "" : ` beside ${value.besides.map(printValue).join(", ")}`;
      const inside =
        candidates === "" ? "" : `(${relation}${candidates}${value.closed ? "" : " …"}${beside})`;
      return `?${value.several ? "*" : ""}${inside}`;
    }
    default:
      return value satisfies never;
  }
}
