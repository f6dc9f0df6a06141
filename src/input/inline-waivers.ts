// `# tfcheck:ignore CONTROL until=DATE reason="..."` above a block: a waiver that stands beside what it accepts.
// Reads comments; which comments belong to which block is src/input/locate.ts's business.

import type { CommentedBlock } from "../model/configuration.ts";
import type { Waiver } from "../model/policy.ts";
import type { InputProblem } from "../model/problem.ts";
import { isDate } from "./config.ts";
import { nearest, quoted } from "./nearest.ts";

export interface InlineWaivers {
  readonly waivers: readonly Waiver[];
  /** Lines that are meant for tfcheck and cannot be used. */
  readonly problems: readonly InputProblem[];
}

const DIRECTIVE = /^tfcheck\s*:\s*(\S*)\s*(.*)$/;
const IGNORE = "ignore";
const FORM = 'tfcheck:ignore CONTROL until=YYYY-MM-DD reason="why"';

/** Comments that do not start with `tfcheck:` are not looked at; one of several lines is read line by line. */
export function parseInlineWaivers({ address, start, comments }: CommentedBlock): InlineWaivers {
  const place = `${start.file}:${start.line}:${start.column}`;
  const read = comments
    .flatMap((comment) => comment.split("\n"))
    .flatMap((line) => {
      const [, word, rest] = DIRECTIVE.exec(line.trim()) ?? [];
      return word === undefined || rest === undefined ? [] : [readDirective(word, rest)];
    });
  return {
    waivers: read.flatMap((one) => ("waiver" in one ? [{ ...one.waiver, address, place }] : [])),
    problems: read.flatMap((one) =>
      "problems" in one ? one.problems.map((told) => ({ ...told, place })) : [],
    ),
  };
}

type Told = Omit<InputProblem, "place">;
type Directive =
  | { readonly waiver: Pick<Waiver, "control" | "reason" | "expires"> }
  | { readonly problems: readonly Told[] };

function readDirective(word: string, rest: string): Directive {
  if (word !== IGNORE) {
    const message = `a comment for tfcheck says "ignore", not "${word}"`;
    return { problems: [{ code: "inline-unknown-word", message, help: `write # ${FORM}` }] };
  }
  const problems: Told[] = [];
  const { names, settings } = readWords(rest, problems);
  const [control, ...more] = names;
  const until = settings.get("until");
  const reason = settings.get("reason")?.trim();
  if (control === undefined) problems.push(lacking("no control", "inline-no-control"));
  if (more.length > 0) problems.push(outOfPlace(more));
  if (until === undefined) problems.push(lacking("no last day", "inline-no-date"));
  else if (!isDate(until)) {
    problems.push({ code: "inline-date", message: `"${until}" is no day, written as YYYY-MM-DD` });
  }
  if (reason === undefined || reason === "") problems.push(lacking("no reason", "inline-no-reason"));
  if (problems.length > 0 || control === undefined || until === undefined || reason === undefined) {
    return { problems };
  }
  return { waiver: { control, reason, expires: until } };
}

function lacking(what: string, code: string): Told {
  return { code, message: `this tfcheck:ignore names ${what}`, help: `write # ${FORM}` };
}

function outOfPlace(words: readonly string[]): Told {
  return {
    code: "inline-extra-words",
    message: `${quoted(words)} stands where nothing is read`,
    help: 'put a reason of several words in double quotes: reason="..."',
  };
}

interface Words {
  readonly names: readonly string[];
  readonly settings: ReadonlyMap<string, string>;
}

const KEYS = ["until", "reason"];
/** `key="a text"`, `key=word`, or a word. In a text, a backslash lets a quote stand. Linear: no part can overlap. */
const WORD = /([A-Za-z][\w-]*)=(?:"((?:[^"\\]|\\.)*)"|([^\s"]\S*|))|(\S+)/g;

function readWords(text: string, problems: Told[]): Words {
  const names: string[] = [];
  const settings = new Map<string, string>();
  for (const [, key, inQuotes, bare, name] of text.matchAll(WORD)) {
    if (key === undefined) {
      if (name !== undefined) names.push(name);
      continue;
    }
    if (!KEYS.includes(key)) problems.push(unknownKey(key));
    else if (settings.has(key)) {
      problems.push({ code: "inline-key-twice", message: `this tfcheck:ignore has two values for "${key}"` });
    }
    settings.set(key, inQuotes?.replace(/\\(.)/g, "$1") ?? bare ?? "");
  }
  return { names, settings };
}

function unknownKey(key: string): Told {
  const meant = nearest(key, KEYS);
  return {
    code: "inline-unknown-key",
    message: `tfcheck:ignore has no "${key}"`,
    note: `it has ${quoted(KEYS)}`,
    ...(meant === undefined ? {} : { help: `write ${meant}=` }),
  };
}
