// Findings one by one, as the hosts of a pipeline take them: a message, a place in a file, a lasting identity.

import { createHash } from "node:crypto";
import type { Cause, Evidence, Finding, Report } from "../model/finding.ts";
import type { SourceLocation } from "../model/source.ts";
import { wellFormed } from "../model/well-formed.ts";
import { inputPrefix, type Outcome, outcomeOf, placeText } from "./summary.ts";
import { tellCause, tellFinding } from "./words.ts";

/** One thing to repair or to find out; a finding has one for each of its causes. */
export interface Result {
  readonly finding: Finding;
  /** `undefined`: the finding names no cause. */
  readonly cause: Cause | undefined;
  readonly outcome: Outcome;
  readonly sentence: string;
  readonly help: string | undefined;
  readonly anchor: Anchor | undefined;
}

/** A real place in a file. */
export interface Anchor {
  readonly file: string;
  /** `undefined`: the file is the input, which has no line worth naming. */
  readonly location: SourceLocation | undefined;
}

/** Everything that is not satisfied, in the order of the findings; waived ones too. */
export function resultsOf(findings: readonly Finding[], report: Report): readonly Result[] {
  return findings
    .filter(({ verdict }) => verdict !== "satisfied")
    .flatMap((finding) => {
      const causes = finding.causes.length === 0 ? [undefined] : finding.causes;
      return causes.map((cause): Result => {
        const wording = cause === undefined ? undefined : tellCause(cause);
        return {
          finding,
          cause,
          outcome: outcomeOf(finding),
          sentence: wording?.sentence ?? tellFinding(finding),
          help: wording?.help,
          anchor: anchorOf(cause, finding, report),
        };
      });
    });
}

/** `address: sentence`, complete in itself where the host shows the file and line. */
export function resultMessage({ cause, sentence, finding }: Result): string {
  const address = cause?.subject?.address;
  if (address === undefined || address === finding.input) return inputPrefix(finding) + sentence;
  return `${inputPrefix(finding)}${address}: ${sentence}`;
}

/** `place: sentence [code]`, complete in itself on a line of a log. */
export function resultLine({ cause, finding, sentence }: Result, report: Report): string {
  return cause === undefined
    ? `${finding.control.id}: ${sentence}`
    : `${placeText(cause, report)}: ${sentence} [${cause.code}]`;
}

/**
 * The nearest place that is written somewhere: the object itself, the other end of the joint, what the chain holds
 * before it, and failing all code the input. Never a made-up line, and nothing for a plan read from a pipe.
 */
function anchorOf(cause: Cause | undefined, finding: Finding, report: Report): Anchor | undefined {
  const chain = finding.chain.filter(({ state }) => state !== "not-reached").reverse();
  const location =
    cause?.subject?.location ??
    firstLocation(cause?.evidence ?? []) ??
    firstLocation(chain.flatMap(({ evidence }) => evidence));
  if (location !== undefined) return { file: location.file, location };
  const file = cause?.subject?.input ?? finding.input ?? report.inputs[0]?.label;
  return file === undefined || file === "-" || file === "" ? undefined : { file, location: undefined };
}

function firstLocation(evidence: readonly Evidence[]): SourceLocation | undefined {
  return evidence.find(({ place }) => place.location !== undefined)?.place.location;
}

/** What a result is, whatever line it stands on: control, object and cause. Results alike are counted up. */
export function identitiesOf(results: readonly Result[], more = ""): readonly string[] {
  const seen = new Map<string, number>();
  return results.map(({ finding, cause }) => {
    const parts = [finding.control.id, cause?.subject?.address ?? "", cause?.code ?? "", more];
    const identity = [...parts, ...(finding.input === undefined ? [] : [finding.input])].join("\n");
    const hash = createHash("sha256").update(identity).digest("hex").slice(0, 16);
    const position = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, position);
    return `${hash}:${position}`;
  });
}

/** A path as a URI with forward slashes, relative where it was given so. */
export function fileUri(file: string): string {
  const path = wellFormed(relativePath(file));
  const isDrive = /^[A-Za-z]:\//.test(path);
  const encoded = path
    .split("/")
    .map((segment, position) => (isDrive && position === 0 ? segment : encodeURIComponent(segment)))
    .join("/");
  if (isDrive) return `file:///${encoded}`;
  return encoded.startsWith("/") ? `file://${encoded}` : encoded;
}

/** Forward slashes, and no `./` in front: how hosts name files of a repository. */
export function relativePath(file: string): string {
  return file.replaceAll("\\", "/").replace(/^(?:\.\/)+/, "");
}
