// A directory of saved outputs, or the outputs of a live run, to AccountDocument. The only door of this folder.

import type { AccountDocument, AccountObject } from "../../model/account.ts";
import { refusal } from "../refusal.ts";
import { alarmArns, findAlarms } from "./alarms.ts";
import { auditedAccount, type Context, regionInside } from "./context.ts";
import { findFilters } from "./filters.ts";
import { findKeysAndQueues } from "./keys.ts";
import { type Answered, type OutputFile, type Outputs, readOutputs } from "./outputs.ts";
import { noteOf, type TakenAsGiven } from "./taken.ts";
import { findTopics } from "./topics.ts";
import { findTrails, homeRegions, trailsIn } from "./trails.ts";

/** The outputs of one account. */
export interface AccountFiles {
  readonly label: string;
  /** Where the outputs lie, for commands that add to them; `undefined`: nowhere, they were asked for just now. */
  readonly directory: string | undefined;
  readonly files: readonly OutputFile[];
  /** Commands that AWS did not answer, with what it said. */
  readonly refused?: readonly { readonly command: string; readonly said: string }[];
}

/**
 * Everything the outputs tell. What a complete listing does not hold is not there; what no output tells is unknown,
 * with the command that would tell. Throws InputError for outputs that cannot be used.
 */
export async function readAccount(account: AccountFiles): Promise<AccountDocument> {
  const { label, directory, files, refused = [] } = account;
  const outputs = await readOutputs(files, label, directory);
  if (files.length === outputs.unread.length) throw nothingRead(label);
  const trails = trailsIn(outputs);
  const context = contextOf(outputs, homeRegions(trails), label);
  const found = [
    findTrails(outputs, trails),
    findFilters(context, trails),
    findAlarms(context),
    findTopics(context),
    findKeysAndQueues(context),
  ];
  const unread = outputs.unread.map((path): TakenAsGiven => {
    return { what: "file-not-recognized", subject: `${label}/${path}`, detail: "" };
  });
  const unanswered = refused.map(({ command, said }): TakenAsGiven => {
    return { what: "command-refused", subject: command, detail: said };
  });
  return {
    kind: "account",
    label,
    objects: named(distinct(found.flatMap(({ objects }) => objects))),
    gaps: found.flatMap(({ gaps }) => gaps),
    notes: [...found.flatMap(({ taken }) => taken), ...unread, ...unanswered].map(noteOf),
  };
}

function nothingRead(label: string): Error {
  return refusal({
    code: "account-empty",
    place: label,
    message: "none of the files here is the output of a command that an audit reads",
    help: "tfcheck audit --live --save DIR asks AWS and keeps the answers",
  });
}

function contextOf(outputs: Outputs, homes: readonly string[], label: string): Context {
  const { account, partition } = auditedAccount(outputs, label);
  const told = new Set([
    ...outputs.of("alarms").flatMap((one) => regionInside(alarmArns(one)) ?? []),
    ...homes,
  ]);
  // Where everything that tells a region tells the same, what does not is of it too.
  const only = told.size === 1 ? [...told][0] : undefined;
  return {
    outputs,
    account,
    partition,
    homes,
    regionOf: (output: Answered) => output.region ?? only,
  };
}

/** Two outputs may tell of one object; the first one counts. */
function distinct(objects: readonly AccountObject[]): readonly AccountObject[] {
  const seen = new Set<string>();
  return objects.filter(({ type, scope, values }) => {
    const { arn, name, log_group_name: group } = values;
    if (typeof arn !== "string" && group === undefined) return true;
    const key = JSON.stringify(typeof arn === "string" ? [type, arn] : [type, scope.region, group, name]);
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}

/** Names that two objects share get what tells the two apart. */
function named(objects: readonly AccountObject[]): readonly AccountObject[] {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  for (const { name } of objects) counts.set(name, (counts.get(name) ?? 0) + 1);
  return objects.map((object) => {
    const { name, scope } = object;
    const wide =
      (counts.get(name) ?? 0) > 1 && scope.region !== undefined ? `${name} (${scope.region})` : name;
    let unique = wide;
    for (let number = 2; taken.has(unique); number += 1) unique = `${wide} (${number})`;
    taken.add(unique);
    return { ...object, name: unique };
  });
}
