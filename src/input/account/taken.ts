// What an audit takes as given because no output speaks of it, and what it could not read: the notes of a report.

import type { Note } from "../../model/finding.ts";

/** Outputs that an audit by hand does without, files that say nothing, and commands without an answer. */
export interface TakenAsGiven {
  readonly what:
    | "topic-attributes"
    | "subscription-attributes"
    | "composite-alarms"
    | "region"
    | "file-not-recognized"
    | "command-refused";
  /** What it is about: an ARN, a file, a command. */
  readonly subject: string;
  /** The command that would tell, the region taken, or what AWS said. */
  readonly detail: string;
}

const CODES: Readonly<Record<TakenAsGiven["what"], readonly [code: Note["code"], what: string]>> = {
  "topic-attributes": ["output-not-given", "policy and key of topic"],
  "subscription-attributes": ["output-not-given", "filter policy of subscription"],
  "composite-alarms": ["output-not-given", "composite alarms of"],
  region: ["output-region-taken", ""],
  "file-not-recognized": ["output-not-read", ""],
  "command-refused": ["command-refused", ""],
};

export function noteOf({ what, subject, detail }: TakenAsGiven): Note {
  const [code, told] = CODES[what];
  const isFile = code === "output-region-taken" || code === "output-not-read";
  return { code, place: isFile ? subject : undefined, subject: `${told} ${subject}`.trim(), detail };
}
