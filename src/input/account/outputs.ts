// The files of a directory as outputs of AWS commands, and what can be asked of them as a whole.

import { get, isObject, type Json, type JsonObject } from "../../model/json.ts";
import type { UnknownOrigin } from "../../model/value.ts";
import { decode } from "../decode.ts";
import { refusal } from "../refusal.ts";
import { commandText, fileNameOf, type OutputKind, type Question } from "./commands.ts";
import { kindOfOutput, nameOfOutput } from "./recognize.ts";

/** A file of a directory; `path` is relative to it, with slashes. */
export interface OutputFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface Output {
  readonly kind: OutputKind;
  /** What its name says it is about; a region never. */
  readonly about: string | undefined;
  /** What its name says. */
  readonly region: string | undefined;
  /** For messages. */
  readonly place: string;
  /** `undefined`: the command was asked and gave no answer, which leaves an empty file. */
  readonly root: JsonObject | undefined;
  /** It is a page, and others follow. */
  readonly cut: boolean;
}

export interface Outputs {
  readonly label: string;
  /** Those with an answer. */
  of(kind: OutputKind): readonly Answered[];
  /** Why nothing is known of what a question asks: it was not answered, or not asked. */
  why(question: Question): UnknownOrigin;
  /** Why a listing may hold more than it shows. */
  cutShort(question: Question): UnknownOrigin;
  wasRefused(question: Question): boolean;
  /** The command that tells it, with the file to write where there is a directory. */
  command(question: Question): string;
  readonly unread: readonly string[];
}

export interface Answered extends Output {
  readonly root: JsonObject;
}

/** Throws InputError for a file that is no JSON. `directory`: where outputs lie; `undefined` when asked live. */
export async function readOutputs(
  files: readonly OutputFile[],
  label: string,
  directory: string | undefined,
): Promise<Outputs> {
  const read = await Promise.all(files.map((file) => readOutput(file, label)));
  const outputs = read.flatMap((one) => (typeof one === "string" ? [] : [one]));
  const answered = outputs.filter((output): output is Answered => output.root !== undefined);
  const refused = outputs.filter((output) => output.root === undefined);
  const wasRefused = (question: Question): boolean => refused.some((output) => isAbout(output, question));
  const command = (question: Question): string =>
    directory === undefined
      ? commandText(question)
      : `${commandText(question)} > ${directory.replace(/\/$/, "")}/${fileNameOf(question)}`;
  return {
    label,
    of: (kind) => answered.filter((output) => output.kind === kind),
    why: (question) => ({
      why: wasRefused(question) ? "not-answered" : "not-asked",
      subject: command(question),
    }),
    cutShort: (question) => ({ why: "cut-short", subject: command(question) }),
    wasRefused,
    command,
    unread: read.filter((one) => typeof one === "string"),
  };
}

function isAbout(output: Output, { kind, about, region }: Question): boolean {
  if (output.kind !== kind) return false;
  if (output.region !== undefined && region !== undefined && output.region !== region) return false;
  return output.about === undefined ? about === undefined || kind === "alarms" : means(output.about, about);
}

/** Whether a name or ARN in a file's name is the thing asked about, written either way. */
export function means(named: string, about: string | undefined): boolean {
  if (about === undefined) return false;
  return named === about || about.endsWith(`:${named}`) || about.endsWith(`/${named}`);
}

/** An output, or the path of a file that is none. */
async function readOutput(file: OutputFile, label: string): Promise<Output | string> {
  const place = `${label}/${file.path}`;
  const { kind: named, about, region } = nameOfOutput(file.path);
  const text = (await decode(file.bytes, place, "output")).trim();
  if (text === "") {
    return named === undefined
      ? file.path
      : { kind: named, about, region, place, root: undefined, cut: false };
  }
  const root = parse(text, place);
  const kind = isObject(root) ? kindOfOutput(root, named) : undefined;
  if (kind === undefined || !isObject(root)) return file.path;
  const cut = [get(root, "NextToken"), get(root, "nextToken")].some(
    (token) => token !== undefined && token !== null && token !== "",
  );
  return { kind, about, region, place, root, cut };
}

function parse(text: string, place: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    const line = text.split(/[\r\n]/, 1)[0] ?? "";
    const start = JSON.stringify(line.length > 40 ? `${line.slice(0, 40)}…` : line);
    throw refusal({
      code: "output-not-json",
      place,
      message: `this is not JSON, it begins with ${start}`,
      help: "save what the command prints with --output json, and nothing else",
    });
  }
}
