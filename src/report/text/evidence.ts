// Evidence as it stands under a cause: object by object, its attributes aligned the way Terraform code is.

import type { Evidence, Place, Report } from "../../model/finding.ts";
import { byPlace, showValue } from "../show-value.ts";
import { isSamePlace, locationText } from "../summary.ts";
import { type Line, line, wrap } from "./lines.ts";

/** An address, where it is written, and which input holds it when there are several. */
export function placeTitle({ address, location, input }: Place, report: Report): string {
  const parts = [address];
  if (location !== undefined) parts.push(locationText(location));
  if (input !== undefined && report.inputs.length > 1) parts.push(`in ${input}`);
  return parts.join("  ");
}

/** `subject`: an object that has just been named, whose name need not be repeated when everything is about it. */
export function evidenceLines(
  evidence: readonly Evidence[],
  { subject, report, columns }: { subject: Place | undefined; report: Report; columns: number },
): readonly Line[] {
  const groups = byPlace(evidence);
  const [only] = groups;
  if (groups.length === 1 && only !== undefined && subject?.location === undefined) {
    const [place, entries] = only;
    if (subject !== undefined && isSamePlace(place, subject)) return attributeLines("    ", entries, columns);
  }
  return groups.flatMap(([place, entries]) => [
    ...wrap("    ", placeTitle(place, report), columns),
    ...attributeLines("      ", entries, columns),
  ]);
}

export function attributeLines(
  indent: string,
  entries: readonly Evidence[],
  columns: number,
): readonly Line[] {
  const named = entries.flatMap(({ attribute, value }) =>
    attribute === undefined ? [] : [{ attribute, value }],
  );
  const widest = Math.max(0, ...named.map(({ attribute }) => attribute.length));
  return named.flatMap(({ attribute, value }) =>
    value === undefined
      ? [line(indent + attribute)]
      : wrap(`${indent}${attribute.padEnd(widest)} = `, showValue(value), columns, {
          hang: indent.length + 4,
        }),
  );
}
