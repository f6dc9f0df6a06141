// Canaries: texts that stand where something sensitive stands, and the search for them in everything tfcheck prints.

import { type CheckInput, check, gather } from "../../src/check.ts";
import { printProblems } from "../../src/cli/problems.ts";
import { createWorld } from "../../src/evaluate/chain/chain.ts";
import { requirementOf } from "../../src/evaluate/chain/coverage.ts";
import { CHECKS } from "../../src/evaluate/checks/index.ts";
import { viewGraph } from "../../src/evaluate/view.ts";
import { selectControls } from "../../src/input/select-controls.ts";
import { InputError } from "../../src/model/problem.ts";
import { drawGraph, GRAPH_FORMATS } from "../../src/report/graph/index.ts";
import { FORMATS, render } from "../../src/report/index.ts";
import { lineOfProblems, lineOfReport, printBatchLine } from "../../src/report/json/batch-line.ts";
import { parseReport } from "../../src/report/parse-report.ts";
import { DEFAULT_OPTIONS } from "../../src/report/render-options.ts";
import { suggest } from "../../src/suggest/suggest.ts";
import { CONTROL_INPUT } from "../../test/tools/check-plan.ts";
import type { Dice } from "../../test/tools/plan-changes.ts";
import { pick } from "./mutate.ts";
import { Leak } from "./outcome.ts";

export const CANARY = "CANARY";

/** A text of the same form as the one it stands in for, so that it is read as far. */
export function canaryLike(text: string, number: number, dice: Dice): string {
  const canary = `${CANARY}${number}`;
  if (text.startsWith("{ $"))
    return `{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "${canary}") }`;
  if (text.startsWith("{")) return `{"NewStateValue":["${canary}"]}`;
  if (text.startsWith("arn:")) return text.replace(/[^:]*$/, canary);
  if (text.startsWith("https:"))
    return `https://${canary}:${canary}@example.com/${canary}?token=${canary}#${canary}`;
  if (text.startsWith("ALARM(")) return `ALARM("${canary}")`;
  return pick([canary, `${text}${canary}`, `${canary} ${text}`], dice);
}

/** Everything that tfcheck says of an input, under the name of what says it. */
export async function* sayings(
  input: Pick<CheckInput, "subject" | "others">,
): AsyncGenerator<[string, string]> {
  const whole = { ...CONTROL_INPUT, ...input };
  try {
    const report = await check(whole);
    for (const format of FORMATS) {
      yield [format, await render(report, format, { ...DEFAULT_OPTIONS, verbosity: "verbose" })];
    }
    const line = lineOfReport({ label: "plan.json", sha256: undefined, asked: "" }, report);
    yield ["batch", printBatchLine(line)];
    const again = parseReport(await render(report, "json", DEFAULT_OPTIONS), "report.json");
    yield ["render", await render(again, "html", { ...DEFAULT_OPTIONS, verbosity: "verbose" })];
    const { graph, plan: _ } = await gather(whole);
    const world = createWorld(graph, whole);
    for (const control of selectControls(whole.policies, whole.selection)) {
      const requirement = requirementOf(control);
      const view = viewGraph(world, requirement);
      for (const format of GRAPH_FORMATS)
        yield [`graph ${format}`, await drawGraph(view, format, DEFAULT_OPTIONS)];
      const { text, notes } = suggest({
        graph,
        control,
        interfaces: [],
        judge: (changed) => {
          const own = createWorld(changed, whole);
          return {
            finding: CHECKS[control.policy.check.kind](own, control),
            view: viewGraph(own, requirement),
          };
        },
      });
      yield ["suggest", [text, ...notes].join("\n")];
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    yield ["problems", printProblems(error.problems)];
    const named = { label: "plan.json", sha256: undefined, asked: "" };
    yield ["batch problems", printBatchLine(lineOfProblems(named, error.problems))];
  }
}

/** Throws Leak where a canary sings. */
export async function searchSayings(input: Pick<CheckInput, "subject" | "others">): Promise<void> {
  for await (const [name, text] of sayings(input)) {
    const at = text.indexOf(CANARY);
    if (at >= 0) throw new Leak(`${name}: ...${text.slice(Math.max(0, at - 160), at + 40)}...`);
  }
}
