// What the outputs of one account share: whose account it is, which regions matter, and how its objects are named.

import { parseArn } from "../../aws/arn.ts";
import type { AccountGap, AccountObject } from "../../model/account.ts";
import type { Json } from "../../model/json.ts";
import { refusal } from "../refusal.ts";
import type { Answered, Outputs } from "./outputs.ts";
import { objectsAt, textAt } from "./shape.ts";
import type { TakenAsGiven } from "./taken.ts";

/** What one kind of output comes to. */
export interface Found {
  readonly objects: readonly AccountObject[];
  readonly gaps: readonly AccountGap[];
  readonly taken: readonly TakenAsGiven[];
}

export interface Context {
  readonly outputs: Outputs;
  /** The account that was asked; `undefined` when no output tells. */
  readonly account: string | undefined;
  readonly partition: string | undefined;
  /** The home regions of trails that record all regions and deliver to a log group: there the chain has to be. */
  readonly homes: readonly string[];
  /** The region of a listing; `undefined` when nothing tells. */
  regionOf(output: Answered): string | undefined;
}

export interface Whereabouts {
  readonly partition: string | undefined;
  readonly account: string | undefined;
  readonly region: string | undefined;
}

export function whereaboutsOf(arn: string | undefined): Whereabouts {
  const parsed = arn === undefined ? undefined : parseArn(arn);
  return {
    partition: parsed?.partition || undefined,
    account: parsed?.account || undefined,
    region: parsed?.region || undefined,
  };
}

/**
 * Whose account the outputs are of. Alarms and log groups are always the account's own; a trail may be the
 * organization's, and belongs to its management account then.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html
 */
export function auditedAccount(outputs: Outputs, label: string): Whereabouts {
  const told = outputs.of("identity").map(({ root, place }) => ({
    ...whereaboutsOf(textAt(root, "Arn", place)),
    account: textAt(root, "Account", place),
    region: undefined,
  }));
  const own = [...told, ...ownArns(outputs).map(whereaboutsOf)];
  const accounts = [...new Set(own.flatMap(({ account }) => account ?? []))];
  const [account, other] = accounts;
  if (account !== undefined && other !== undefined) {
    throw refusal({
      code: "account-several",
      place: label,
      message: `outputs of two accounts stand in one directory, ${account} and ${other}`,
      help: "give each account a directory of its own: tfcheck audit DIR --with OTHER-DIR",
    });
  }
  return { account, partition: own.find(({ partition }) => partition)?.partition, region: undefined };
}

function ownArns(outputs: Outputs): readonly (string | undefined)[] {
  return [
    ...outputs
      .of("alarms")
      .flatMap(({ root, place }) =>
        ["MetricAlarms", "CompositeAlarms"].flatMap((key) =>
          objectsAt(root, key, place).map((alarm) => textAt(alarm, "AlarmArn", place)),
        ),
      ),
    ...outputs
      .of("log-groups")
      .flatMap(({ root, place }) =>
        objectsAt(root, "logGroups", place).map((group) => textAt(group, "arn", place)),
      ),
    ...outputs.of("trails").flatMap(({ root, place }) =>
      objectsAt(root, "trailList", place)
        .filter((trail) => trail.IsOrganizationTrail === false)
        .map((trail) => textAt(trail, "TrailARN", place)),
    ),
  ];
}

/** The one region that all ARNs of an output agree on. */
export function regionInside(arns: readonly (string | undefined)[]): string | undefined {
  const regions = new Set(arns.flatMap((arn) => whereaboutsOf(arn).region ?? []));
  return regions.size === 1 ? [...regions][0] : undefined;
}

/** Attributes from JSON: a missing one, and `null`, is not set. */
export function attributes(
  entries: readonly (readonly [name: string, value: Json | undefined])[],
): Record<string, Json> {
  const known = entries.filter((entry): entry is [string, Json] => {
    return entry[1] !== undefined && entry[1] !== null;
  });
  return Object.fromEntries(known);
}
