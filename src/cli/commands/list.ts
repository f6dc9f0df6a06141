// `tfcheck list`: the controls with what they are called elsewhere, and the benchmarks. Checks nothing.

import type { Command } from "commander";
import { selectControls } from "../../input/select-controls.ts";
import type { Policy, SelectedControl } from "../../model/policy.ts";
import { takesPolicies } from "../command-line.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { aligned, printJson, printLines } from "../plain-text.ts";
import type { Subcommand } from "./command.ts";
import { knownPolicies, type PolicyFlags } from "./known-policies.ts";
import { type ListingFormat, listingFormat } from "./listing-format.ts";

interface Flags extends PolicyFlags {
  readonly benchmark?: string;
  readonly format?: ListingFormat;
}

const TEACHING = `
Examples:
  tfcheck list                                       every control, and the benchmarks with their versions
  tfcheck list --benchmark cis-aws-foundations@5.0.0  what that version numbers, in its order
  tfcheck list --policy policies --format json       with policies of your own, for a program
`;

export const list: Subcommand = {
  describe: (program: Command, ask) => {
    takesPolicies(
      program
        .description("Lists the controls that tfcheck can check, and the benchmarks that number them.")
        .option("--benchmark <name@version>", "only what this version numbers"),
    )
      .addOption(listingFormat())
      .addHelpText("after", TEACHING)
      .action((flags: Flags) => ask(() => runList(flags)));
  },
};

async function runList(flags: Flags): Promise<ExitCode> {
  const policies = await knownPolicies(flags);
  const { benchmark } = flags;
  const controls = selectControls(
    policies,
    benchmark === undefined ? { benchmark, controls: ["*"] } : { benchmark, controls: [] },
  );
  if (flags.format === "json") await printJson(asJson(controls, policies));
  else await printLines([...controlLines(controls), "", ...benchmarkLines(policies)]);
  return EXIT.fine;
}

function controlLines(controls: readonly SelectedControl[]): readonly string[] {
  return aligned(
    controls.map(({ policy, benchmark }) => [
      ...(benchmark === undefined ? [] : [benchmark.number]),
      policy.id,
      policy.severity,
      policy.check.kind,
      [...policy.identifiers.values()].join(", "),
      policy.title,
    ]),
  );
}

function benchmarkLines(policies: readonly Policy[]): readonly string[] {
  const rows = [...versionsOf(policies)].map(([name, versions]) => [name, [...versions.keys()].join(", ")]);
  return ["Benchmarks, for --benchmark NAME@VERSION:", ...aligned(rows, "  ")];
}

/** Benchmark name to version to how many controls it numbers. */
function versionsOf(policies: readonly Policy[]): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const found = new Map<string, Map<string, number>>();
  for (const { name, version } of policies.flatMap((policy) => policy.benchmarks)) {
    const versions = found.get(name) ?? new Map<string, number>();
    found.set(name, versions.set(version, (versions.get(version) ?? 0) + 1));
  }
  return found;
}

function asJson(controls: readonly SelectedControl[], policies: readonly Policy[]): unknown {
  return {
    controls: controls.map(({ policy, benchmark }) => ({
      id: policy.id,
      title: policy.title,
      severity: policy.severity,
      check: policy.check.kind,
      number: benchmark?.number ?? null,
      identifiers: Object.fromEntries(policy.identifiers),
      numbers: policy.benchmarks.map(({ name, version, number }) => ({ benchmark: name, version, number })),
    })),
    benchmarks: [...versionsOf(policies)].map(([name, versions]) => ({
      name,
      versions: [...versions].map(([version, count]) => ({ version, controls: count })),
    })),
  };
}
