// Whole processes on odd inputs: an exit code that is documented, and nothing on the streams that looks like a crash.
// Needs the built command line.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { FORMATS } from "../../src/report/index.ts";
import { chainCase } from "../../test/property/chain/cases.ts";
import { renderHcl } from "../../test/property/chain/render-hcl.ts";
import { renderPlan } from "../../test/property/chain/render-plan.ts";
import { runBuilt } from "../../test/tools/run-built.ts";
import { mutatedJson, mutatedText, pick } from "./mutate.ts";
import { type FuzzKind, WrongAnswer } from "./outcome.ts";

const MANNERS = [0, 1, 2, 3];

export const wholeProcess: FuzzKind = async (seed) => {
  const { blocks, world, dice } = chainCase(seed);
  const cwd = mkdtempSync(join(tmpdir(), "tfcheck-fuzz-"));
  try {
    const json = JSON.stringify(mutatedJson(renderPlan(blocks, world.fresh), dice));
    writeFileSync(join(cwd, "plan.json"), dice(3) === 0 ? mutatedText(json, dice) : json);
    for (const [path, text] of renderHcl(blocks)) {
      const place = join(cwd, "infra", path);
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, dice(3) === 0 ? mutatedText(text, dice) : text);
    }
    const args = pick(
      [
        ["plan.json", "-f", pick(FORMATS, dice)],
        ["plan.json", "--source", "infra", "--verbose"],
        ["infra", "-f", pick(FORMATS, dice)],
        ["plan.json", "--with", "infra", "--combine"],
        ["graph", "plan.json", "-f", pick(["text", "json", "dot", "mermaid"], dice)],
        ["suggest", "plan.json"],
        ["baseline", "plan.json"],
        ["plan.json", "--debug"],
      ],
      dice,
    );
    const { exit, stdout, stderr } = await runBuilt(args, { cwd });
    const crashed = /\[bug\]|\n\s+at \S+ \(|Unhandled|heap out of memory/.test(stdout + stderr);
    if (crashed || !MANNERS.includes(exit ?? -1))
      throw new WrongAnswer(`${args.join(" ")}: ${exit} ${stderr}`);
    return exit === 2 ? "refused" : "answered";
  } finally {
    rmSync(cwd, { recursive: true });
  }
};
