// What a step of GitHub Actions leaves besides its log: a summary and outputs, in the files that the runner names.
// Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands (environment files)

import type { Report } from "../model/finding.ts";
import { appendOutput } from "./files.ts";

/** Does nothing where the environment names no such files, as outside of GitHub Actions. */
export async function writeGithubFiles(
  report: Report,
  { GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: outputs }: NodeJS.ProcessEnv,
): Promise<void> {
  const { githubOutputs, githubSummary } = await import("../report/github.ts");
  if (summary) appendOutput(summary, githubSummary(report));
  if (outputs) appendOutput(outputs, githubOutputs(report));
}
