// HTML put together so that text can only ever be text: whatever is no Markup is escaped on its way in.

import { inMarkup } from "../escape.ts";

export interface Markup {
  readonly markup: string;
}

type Part = string | number | Markup | readonly Markup[];

/** A template whose parts are escaped, unless they are Markup themselves. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const markup = strings.reduce((text, string, position) => {
    const part = parts[position - 1];
    return text + (part === undefined ? "" : inserted(part)) + string;
  });
  return { markup };
}

function inserted(part: Part): string {
  if (typeof part === "string") return inMarkup(part);
  if (typeof part === "number") return String(part);
  return "markup" in part ? part.markup : part.map(({ markup }) => markup).join("\n");
}

export const NOTHING: Markup = { markup: "" };

/** `make(value)` where there is a value. */
export function given<T>(value: T | undefined, make: (value: T) => Markup): Markup {
  return value === undefined ? NOTHING : make(value);
}

/** `make(values)` where there are any. */
export function some<T>(values: readonly T[], make: (values: readonly T[]) => Markup): Markup {
  return values.length === 0 ? NOTHING : make(values);
}
