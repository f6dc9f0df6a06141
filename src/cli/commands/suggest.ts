// `tfcheck suggest`: the Terraform blocks that complete the chain, and what with them in place the answer would be.

import { type Command, Option } from "commander";
import { gather } from "../../check.ts";
import { createWorld } from "../../evaluate/chain/chain.ts";
import { requirementOf } from "../../evaluate/chain/coverage.ts";
import { CHECKS } from "../../evaluate/checks/index.ts";
import { viewGraph } from "../../evaluate/view.ts";
import { selectControls } from "../../input/select-controls.ts";
import type { Verdict } from "../../model/finding.ts";
import type { SelectedControl } from "../../model/policy.ts";
import { interfacesOf } from "../../suggest/interfaces.ts";
import { PROTOCOLS, type Protocol } from "../../suggest/repairs/repair.ts";
import { type Suggestion, suggest } from "../../suggest/suggest.ts";
import { type Flags as CheckFlags, optionsOf, takesControls, takesInputs } from "../command-line.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { policiesOf, readEstate } from "../run-check.ts";
import { type Settings, settingsOf } from "../settings.ts";
import { print } from "../streams.ts";
import type { VariableOption } from "../subject.ts";
import { unknownName, usageError } from "../usage-problems.ts";
import type { Subcommand } from "./command.ts";

interface Flags extends CheckFlags {
  readonly protocol?: Protocol;
}

const TEACHING = `
Examples:
  tfcheck suggest plan.json                      the missing links, wired to what is there
  tfcheck suggest plan.json > alerts.tf          as a file; what is not code stands in comments
  tfcheck suggest plan.json --protocol email     people are told by e-mail, which somebody has to confirm
  tfcheck suggest plan.json --control aws-root-usage-alarm

Exit codes:
  0  with these blocks the control is satisfied, or it is already
  1  it stays violated: blocks alone do not mend it, the comments say what does
  2  could not read the inputs
  3  it stays undecided
`;

export const suggestBlocks: Subcommand = {
  describe: (program: Command, ask) => {
    const variables: VariableOption[] = [];
    takesInputs(program, variables).description(
      "Prints the Terraform blocks that complete the chain of one control.",
    );
    takesControls(program)
      .addOption(
        new Option(
          "--protocol <protocol>",
          `how a new subscription tells people: ${PROTOCOLS.join(", ")}`,
        ).argParser(toProtocol),
      )
      .addHelpText("after", TEACHING)
      .action((plans: readonly string[], flags: Flags) => ask(() => runSuggest(plans, flags, variables)));
  },
};

function toProtocol(text: string): Protocol {
  const protocol = PROTOCOLS.find((name) => name === text);
  if (protocol === undefined) throw unknownName("protocol", text, PROTOCOLS);
  return protocol;
}

async function runSuggest(
  plans: readonly string[],
  flags: Flags,
  variables: readonly VariableOption[],
): Promise<ExitCode> {
  const settings = await settingsOf(optionsOf(plans, flags, variables));
  const control = onlyControl(selectControls(await policiesOf(settings), settings));
  const suggestion = await suggestionFor(control, settings, flags.protocol);
  await print(textOf(suggestion));
  return EXITS[suggestion.verdict];
}

const EXITS: Readonly<Record<Verdict, ExitCode>> = {
  satisfied: EXIT.fine,
  violated: EXIT.violated,
  undecided: EXIT.undecided,
};

/** Two suggestions side by side would each bring what both need. */
function onlyControl(controls: readonly SelectedControl[]): SelectedControl {
  const [control, ...others] = controls;
  if (control !== undefined && others.length === 0) return control;
  throw usageError({
    code: "usage-several-controls",
    message: `blocks are suggested for one control at a time, and ${controls.length} are selected`,
    help: `--control ${control?.policy.id ?? "ID"}`,
  });
}

async function suggestionFor(
  control: SelectedControl,
  settings: Settings,
  protocol: Protocol | undefined,
): Promise<Suggestion> {
  const { graph, plan } = await gather(await readEstate(settings, "blocks are suggested"));
  const requirement = requirementOf(control);
  return suggest({
    graph,
    control,
    judge: (changed) => {
      const world = createWorld(changed, settings);
      const finding = CHECKS[control.policy.check.kind](world, control);
      return { finding, view: viewGraph(world, requirement) };
    },
    interfaces: plan === undefined ? [] : interfacesOf(plan),
    ...(protocol === undefined ? {} : { protocol }),
  });
}

function textOf({ text, notes, verdict }: Suggestion): string {
  const comments = notes.map((note) => `# ${note}\n`).join("");
  if (text !== "") return comments === "" ? text : `${text}\n${comments}`;
  if (comments !== "") return comments;
  return verdict === "satisfied" ? "# nothing is missing\n" : "# no block mends this\n";
}
