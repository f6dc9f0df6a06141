// Options and configuration file together: what a run does. An option outranks the file.

import { join } from "node:path";
import { type Config, parseConfig } from "../input/config.ts";
import { type DeliverySettings, STRICT_DELIVERY } from "../model/delivery.ts";
import type { Assumption, Waiver } from "../model/policy.ts";
import type { CheckOptions } from "./command-line.ts";
import { type ConfigFile, findConfigFile, readConfigFile } from "./files.ts";

export interface Settings extends Omit<CheckOptions, "config" | "undecided" | "acceptPending"> {
  readonly undecided: "fail" | "pass";
  readonly acceptPending: boolean;
  readonly delivery: DeliverySettings;
  readonly assumptions: readonly Assumption[];
  readonly waivers: readonly Waiver[];
}

/** Throws InputError for a configuration that cannot be used. */
export async function settingsOf({ config: path, ...options }: CheckOptions): Promise<Settings> {
  const found = await (path === undefined ? findConfigFile() : readConfigFile(path));
  const { undecided = "fail", acceptPending = false } = options;
  if (found === undefined)
    return { ...options, undecided, acceptPending, delivery: STRICT_DELIVERY, assumptions: [], waivers: [] };
  return merge(options, await parseConfig(found.text, found.file), found);
}

function merge(options: Omit<CheckOptions, "config">, config: Config, { directory }: ConfigFile): Settings {
  const fromHere = (path: string) => join(directory, path);
  const others = [...options.others, ...config.inputs.with.map(fromHere)];
  // Asking for something on the command line asks for that alone.
  const asks = options.benchmark !== undefined || options.controls.length > 0;
  return {
    ...options,
    others: [...new Set(others)].filter((other) => other !== options.plan),
    source: options.source ?? (config.inputs.source && fromHere(config.inputs.source)),
    policies: [...options.policies, ...config.policies.map(fromHere)],
    benchmark: asks ? options.benchmark : config.benchmark,
    controls: asks ? options.controls : config.controls,
    undecided: options.undecided ?? config.undecided ?? "fail",
    acceptPending: options.acceptPending ?? config.acceptPending ?? false,
    delivery: config.delivery,
    assumptions: config.assumptions,
    waivers: config.waivers,
  };
}
