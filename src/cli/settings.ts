// Options and configuration file together: what a run does. An option outranks the file.

import { join, normalize } from "node:path";
import type { Config } from "../input/config.ts";
import { type DeliverySettings, STRICT_DELIVERY } from "../model/delivery.ts";
import type { Assumption, Waiver } from "../model/policy.ts";
import type { CheckOptions } from "./command-line.ts";
import { type ConfigFile, findConfigFile, readConfigFile } from "./files.ts";
import { expandInputs, type NamedPath, refuseSameLabels } from "./input-paths.ts";
import { usageError } from "./usage-problems.ts";

export interface Settings
  extends Omit<CheckOptions, "config" | "undecided" | "acceptPending" | "inputs" | "others"> {
  /** What is checked, at least one. */
  readonly inputs: readonly NamedPath[];
  /** What stands beside it. */
  readonly others: readonly NamedPath[];
  readonly undecided: "fail" | "pass";
  readonly acceptPending: boolean;
  readonly delivery: DeliverySettings;
  readonly assumptions: readonly Assumption[];
  readonly waivers: readonly Waiver[];
}

/** Throws InputError for a configuration that cannot be used, and for inputs that are not there as they are asked for. */
export async function settingsOf({ config: path, ...given }: CheckOptions): Promise<Settings> {
  const found = path === undefined ? findConfigFile() : readConfigFile(path);
  const options = { ...given, ...stacksOf(given) };
  const { undecided = "fail", acceptPending = false } = options;
  if (found === undefined)
    return { ...options, undecided, acceptPending, delivery: STRICT_DELIVERY, assumptions: [], waivers: [] };
  const { parseConfig } = await import("../input/config.ts");
  return merge(options, await parseConfig(found.text, found.file), found);
}

type Stacks = Pick<Settings, "inputs" | "others">;
type Options = Omit<CheckOptions, "config" | keyof Stacks> & Stacks;

/** An input that a pattern for the others matches too is checked and not given twice. */
function stacksOf({ inputs, others, expect, source }: Omit<CheckOptions, "config">): Stacks {
  const asked = expandInputs(inputs);
  if (expect !== undefined && asked.length !== expect) {
    throw usageError({
      code: "inputs-not-as-expected",
      message: `--expect ${expect}, and ${asked.length} ${asked.length === 1 ? "input is" : "inputs are"} there`,
      note: asked.map(({ label }) => label).join(", "),
    });
  }
  if (source !== undefined && asked.length > 1) {
    throw usageError({
      code: "usage-source-for-several",
      message: `--source gives the code of one plan, and ${asked.length} inputs are given`,
      help: "give saved plans, which hold their code, or check plans with --source one by one",
    });
  }
  const beside = withoutAsked(asked, expandInputs(others));
  refuseSameLabels([...asked, ...beside]);
  return { inputs: asked, others: beside };
}

function withoutAsked(asked: readonly NamedPath[], others: readonly NamedPath[]): readonly NamedPath[] {
  return others.filter(({ path }) => !asked.some((one) => normalize(one.path) === normalize(path)));
}

function merge(options: Options, config: Config, { directory }: ConfigFile): Settings {
  const fromHere = (path: string) => join(directory, path);
  const known = [...options.inputs, ...options.others];
  const written = withoutAsked(known, expandInputs(config.inputs.with.map(fromHere)));
  refuseSameLabels([...known, ...written]);
  // Asking for something on the command line asks for that alone.
  const asks = options.benchmark !== undefined || options.controls.length > 0;
  return {
    ...options,
    others: [...options.others, ...written],
    source: options.source ?? sourceIn(options, config.inputs.source && fromHere(config.inputs.source)),
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

/** The configuration's code is that of one plan. */
function sourceIn({ inputs }: Options, source: string | undefined): string | undefined {
  return inputs.length === 1 ? source : undefined;
}
