// Remarks of several findings, each sentence told once with the objects it is about.

import type { Finding, Report } from "../model/finding.ts";
import { placeText } from "./summary.ts";
import { tellRemark } from "./words.ts";

export interface ToldRemark {
  readonly sentence: string;
  readonly code: string;
  /** At least one. */
  readonly places: readonly string[];
}

/** In the order in which they are first made. */
export function toldRemarks(findings: readonly Finding[], report: Report): readonly ToldRemark[] {
  const told = new Map<string, { code: string; places: Set<string> }>();
  for (const remark of findings.flatMap((finding) => finding.remarks)) {
    const sentence = tellRemark(remark);
    const place = placeText(remark, report);
    const known = told.get(sentence);
    if (known === undefined) told.set(sentence, { code: remark.code, places: new Set([place]) });
    else known.places.add(place);
  }
  return [...told].map(([sentence, { code, places }]) => ({ sentence, code, places: [...places] }));
}

/** "place and 12 more" */
export function placesText({ places: [first = "", ...more] }: ToldRemark): string {
  return more.length === 0 ? first : `${first} and ${more.length} more`;
}

/** Each remark on a line that is complete in itself. */
export function remarkTexts(findings: readonly Finding[], report: Report): readonly string[] {
  return toldRemarks(findings, report).map(
    (remark) => `${placesText(remark)}: ${remark.sentence} [${remark.code}]`,
  );
}
