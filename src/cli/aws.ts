// Runs the `aws` command line, read-only and without a shell, and tells apart why it gives no answer.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { argumentsOf, commandText, type Question } from "../input/account/commands.ts";
import { MAX_FILE_BYTES } from "../input/size-limits.ts";
import { InputError } from "../model/problem.ts";

const run = promisify(execFile);

/** A call that hangs ends a run after this long. */
const TIMEOUT_MS = 300_000;

/** Whom to ask, and as whom. */
export interface AwsOptions {
  /** The command line; `aws` on PATH when it is not named. */
  readonly program: string;
  readonly profile: string | undefined;
  /** For what is asked before any region is known. */
  readonly region: string | undefined;
}

export type Answer =
  | { readonly kind: "answered"; readonly bytes: Uint8Array }
  /** Whoever asks may not know it, or there is no such thing: the question stays open. */
  | { readonly kind: "refused"; readonly said: string };

/**
 * Throws InputError where no question would be answered: no command line, no credentials or expired ones, no region.
 * Pages are put together by the command line itself.
 */
export async function askAws(question: Question, { program, profile, region }: AwsOptions): Promise<Answer> {
  const asked = { ...question, region: question.region ?? region };
  const args = [...argumentsOf(asked), ...(profile === undefined ? [] : ["--profile", profile])];
  try {
    const { stdout } = await run(program, args, {
      encoding: "buffer",
      maxBuffer: MAX_FILE_BYTES,
      timeout: TIMEOUT_MS,
      windowsHide: true,
      env: { ...process.env, AWS_PAGER: "", AWS_CLI_AUTO_PROMPT: "off" },
    });
    return { kind: "answered", bytes: stdout };
  } catch (error) {
    const said = reasonOf(error);
    const problem = problemOf(error, said, program);
    if (problem === undefined) return { kind: "refused", said };
    throw new InputError([{ place: commandText(asked), ...problem }]);
  }
}

interface Trouble {
  readonly code: string;
  readonly message: string;
  readonly help: string;
}

/**
 * What keeps every question from being answered; `undefined` for what concerns one alone.
 * Source: https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-returncodes.html (253: the environment or the
 * configuration, 252: the command's syntax); messages as printed by AWS CLI 1.46 and 2.
 */
function problemOf(error: unknown, said: string, program: string): Trouble | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "EACCES") {
    return {
      code: "aws-not-found",
      message: `the AWS command line "${program}" is not there`,
      help: "install it, or name it with --aws PATH; or save its outputs elsewhere and check them: tfcheck audit DIR",
    };
  }
  if (/must specify a region/i.test(said)) {
    return {
      code: "aws-no-region",
      message: "no region is set",
      help: "tfcheck audit --live --region REGION",
    };
  }
  if (NO_CREDENTIALS.test(said)) {
    return {
      code: "aws-credentials",
      message: `AWS takes no question with these credentials: ${said}`,
      help: "aws sts get-caller-identity shows whether they work; --profile NAME chooses others",
    };
  }
  if (code === 252 || /Could not connect to the endpoint|invalid choice/i.test(said)) {
    return { code: "aws-failed", message: said, help: "aws --version && aws sts get-caller-identity" };
  }
  return undefined;
}

const NO_CREDENTIALS =
  /ExpiredToken|token (included in the request )?(is|has) (expired|invalid)|session has expired|Unable to locate credentials|config profile .* could not be found|InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|AuthFailure|Error loading SSO|Partial credentials/i;

/** The last line of what it said on stderr, which is the one that says why; or why it did not run at all. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stderr = "stderr" in error ? String(error.stderr) : "";
  const lines = stderr
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return lines.at(-1) ?? error.message.split("\n", 1)[0] ?? "";
}
