// `tfcheck plan.json`: reads, checks, renders and writes, in that order.

import { check, loadPolicies } from "../check.ts";
import type { Report } from "../model/finding.ts";
import { type Format, render } from "../report/index.ts";
import type { RenderOptions } from "../report/render-options.ts";
import type { CheckOptions } from "./command-line.ts";
import { type ExitCode, exitCodeOf } from "./exit-code.ts";
import { readInput, readPolicyFiles, writeOutput } from "./files.ts";
import { writeGithubFiles } from "./github-files.ts";
import { readBuiltinPolicies } from "./installation.ts";
import { type Settings, settingsOf } from "./settings.ts";
import { write } from "./streams.ts";
import { readSubject } from "./subject.ts";
import { type Surroundings, showsUnicode, wantsColor, widthOf } from "./terminal.ts";

export async function runCheck(options: CheckOptions, version: string): Promise<ExitCode> {
  const settings = await settingsOf(options);
  const report = await reportOf(settings, version);
  await write(process.stdout, await render(report, settings.format, looks(settings)));
  for (const { format, path } of settings.outputs) {
    await writeOutput(path, await render(report, format, { ...looks(settings), color: false }));
  }
  if (settings.format === "github") await writeGithubFiles(report, process.env);
  return exitCodeOf(report, settings);
}

async function reportOf(settings: Settings, version: string): Promise<Report> {
  const [subject, others, builtin, policyFiles] = await Promise.all([
    readSubject(settings),
    Promise.all(settings.others.map(readInput)),
    readBuiltinPolicies(),
    Promise.all(settings.policies.map(readPolicyFiles)),
  ]);
  const { benchmark, controls, assumptions, waivers, acceptPending } = settings;
  return check({
    subject,
    others,
    policies: await loadPolicies(builtin, policyFiles.flat()),
    selection: { benchmark, controls },
    assumptions,
    waivers,
    acceptPending,
    today: new Date().toISOString().slice(0, 10),
    version,
  });
}

function looks({ format, color, verbosity, undecided }: Settings): RenderOptions {
  const { stdout, env, platform } = process;
  const surroundings: Surroundings = { env, platform, isTTY: stdout.isTTY, columns: stdout.columns };
  return {
    color: COLORED.has(format) && wantsColor(color, surroundings),
    unicode: showsUnicode(surroundings),
    width: widthOf(surroundings),
    verbosity,
    undecided,
  };
}

const COLORED: ReadonlySet<Format> = new Set(["text"]);
