// `tfcheck graph`: what tfcheck sees of the chain, as a picture. Gives no verdict.

import type { Command } from "commander";
import { gather } from "../../check.ts";
import { createWorld } from "../../evaluate/chain/chain.ts";
import { requirementOf } from "../../evaluate/chain/coverage.ts";
import { viewGraph } from "../../evaluate/view.ts";
import { selectControls } from "../../input/select-controls.ts";
import { drawGraph, GRAPH_FORMATS, type GraphFormat } from "../../report/graph/index.ts";
import { type Flags as CheckFlags, optionsOf, takesControls, takesInputs } from "../command-line.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { looks, policiesOf, readEstate } from "../run-check.ts";
import { settingsOf } from "../settings.ts";
import { print } from "../streams.ts";
import type { VariableOption } from "../subject.ts";
import type { Subcommand } from "./command.ts";
import { formatOption } from "./listing-format.ts";

type Flags = Omit<CheckFlags, "format"> & { readonly format?: GraphFormat };

const TEACHING = `
Examples:
  tfcheck graph plan.json                                 trail to subscriber, each joint marked
  tfcheck graph plan.json --control aws-root-usage-alarm  filters held against what this control asks for
  tfcheck graph plan.json -f dot | dot -Tsvg > chain.svg  for Graphviz
  tfcheck graph infra -f mermaid                          from the code alone, for a Markdown page
`;

export const graph: Subcommand = {
  describe: (program: Command, ask) => {
    const variables: VariableOption[] = [];
    takesInputs(program, variables)
      .description(
        "Draws what tfcheck sees of the chain in a plan: objects, joints, and why one does not hold.",
      )
      .addOption(formatOption(GRAPH_FORMATS));
    takesControls(program)
      .option("--color", "colours even where nobody seems to look")
      .option("--no-color", "no colours")
      .addHelpText("after", TEACHING)
      .action((plans: readonly string[], flags: Flags) => ask(() => runGraph(plans, flags, variables)));
  },
};

async function runGraph(
  plans: readonly string[],
  { format = "text", ...flags }: Flags,
  variables: readonly VariableOption[],
): Promise<ExitCode> {
  const settings = await settingsOf(optionsOf(plans, flags, variables));
  const controls = selectControls(await policiesOf(settings), settings);
  const estate = await readEstate(settings, "a graph is drawn");
  const { graph: seen } = await gather(estate, { controls, digests: false });
  const patterned = controls.filter(({ policy }) => policy.check.kind === "log-pattern-alarm");
  // Filters are held against a control where there is only one to hold them against.
  const [control, ...more] = patterned;
  const requirement = control === undefined || more.length > 0 ? undefined : requirementOf(control);
  const view = viewGraph(createWorld(seen, settings), requirement);
  await print(
    await drawGraph(view, format, { ...looks(settings), ...(format === "text" ? {} : { color: false }) }),
  );
  return EXIT.fine;
}
