// `tfcheck batch`: many plans, one line of JSON for each, over all cores.

import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import type { Command } from "commander";
import { selectControls } from "../../input/select-controls.ts";
import { type BatchLine, lineOfProblems, printBatchLine } from "../../report/json/batch-line.ts";
import { digestOf } from "../batch/digest.ts";
import { type LineOutput, readLines, toFile, toStdout } from "../batch/output.ts";
import { answersOf } from "../batch/pool.ts";
import type { Answer, Orders, Request } from "../batch/protocol.ts";
import { add, barOn, exitCodeOfAll, noTotals, summaryTable, type Totals } from "../batch/summary.ts";
import { filesOf, linesOf, type Task } from "../batch/tasks.ts";
import {
  type Flags as CheckFlags,
  collect,
  optionsOf,
  takesControls,
  undecidedOption,
} from "../command-line.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { readInput } from "../files.ts";
import { BATCH_WORKER } from "../installation.ts";
import { askedPoliciesOf } from "../run-check.ts";
import { type Settings, settingsOf } from "../settings.ts";
import { write } from "../streams.ts";
import { usageError } from "../usage-problems.ts";
import type { Subcommand } from "./command.ts";

interface Flags extends Omit<CheckFlags, "output"> {
  readonly output?: string;
  readonly resume?: true;
  readonly jobs?: number;
}

const TEACHING = `
A line of standard input is a plan, or {"label": NAME, "plan": PLAN}. A plan that cannot be checked is a line with
the outcome "error", and the others go on.

Examples:
  tfcheck batch plans/ --output verdicts.ndjson            every .json file below plans
  tfcheck batch 'envs/*/plan.json' --benchmark cis-aws-foundations@5.0.0
  tfcheck batch plans/ --output verdicts.ndjson --resume   what an interrupted run has not come to
  jq -c '{label: input_filename, plan: .}' *.json | tfcheck batch

Exit codes: 2 if any could not be checked, else 1 if one is violated, else 3 if one is undecided, else 0.
`;

export const batch: Subcommand = {
  describe: (program: Command, ask) => {
    takesControls(
      program
        .description("Checks many plans, and prints one line of JSON for each, in the order of the plans.")
        .argument(
          "[paths...]",
          "plans in JSON, directories of them, globs; without any, or with -, standard input",
        )
        .option(
          "--with <file>",
          "a plan or state that holds other parts of every chain; repeatable",
          collect(String),
        ),
    )
      .addOption(undecidedOption())
      .option("-s, --soft-fail", "exit with 0 where it would be 1 or 3")
      .option("-o, --output <file>", "write the lines to a new file instead of stdout")
      .option("--resume", "go on with the file of --output: plans that it has a line of are left out")
      .option(
        "-j, --jobs <number>",
        "plans that are checked at a time (default: the cores there are)",
        toJobs,
      )
      .option("-q, --quiet", "no summary")
      .addHelpText("after", TEACHING)
      .action((paths: readonly string[], flags: Flags) => ask((version) => runBatch(paths, flags, version)));
  },
};

function toJobs(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw usageError({ code: "usage-jobs", message: `--jobs takes a number of threads, not "${text}"` });
}

async function runBatch(paths: readonly string[], flags: Flags, version: string): Promise<ExitCode> {
  if (flags.resume && flags.output === undefined) {
    throw usageError({
      code: "usage-resume",
      message: "--resume goes on with the file of --output, and none is given",
      help: "--output verdicts.ndjson --resume",
    });
  }
  const { output: path, ...rest } = flags;
  const settings = await settingsOf(optionsOf(["-"], rest, []));
  const orders = await ordersOf(settings, version);
  const files = readsStdin(paths) ? undefined : filesOf(paths);
  const totals = noTotals();
  const known =
    path !== undefined && flags.resume
      ? await readLines(path, orders.asked, (line) => add(totals, line))
      : undefined;
  const output = path === undefined ? toStdout() : toFile(path, { resume: flags.resume === true });
  const tasks = files ?? linesOf(stdinChunks());
  const answers = answersOf(known === undefined ? requests(tasks) : newRequests(tasks, known), {
    program: BATCH_WORKER,
    jobs: Math.min(flags.jobs ?? availableParallelism(), files?.length || Number.POSITIVE_INFINITY),
    orders,
    lost: (request, reason) => lostLine(request, reason, orders.asked),
  });
  const complete = await deliver(answers, output, totals, files?.length);
  if (!settings.verbosity.startsWith("quiet")) {
    await write(process.stderr, `${summaryTable(totals).join("\n")}\n`);
  }
  if (complete === "interrupted") {
    await write(process.stderr, "interrupted: what is written is whole, and --resume goes on from there\n");
    return EXIT.couldNotCheck;
  }
  return exitCodeOfAll(totals, settings);
}

function readsStdin(paths: readonly string[]): boolean {
  if (paths.length > 1 && paths.includes("-")) {
    throw usageError({ code: "usage-stdin", message: "- is standard input, and goes with no other paths" });
  }
  return paths.length === 0 || paths[0] === "-";
}

/** Throws InputError for options that no plan could be checked with. */
async function ordersOf(settings: Settings, version: string): Promise<Orders> {
  const { policies } = await askedPoliciesOf(settings);
  const { benchmark, controls, assumptions, waivers, acceptPending, delivery } = settings;
  const selected = selectControls(policies, { benchmark, controls });
  const digests = await Promise.all(
    settings.others.map(async ({ path }) => digestOf((await readInput(path)).bytes)),
  );
  const hash = createHash("sha256");
  const question = [
    version,
    selected,
    assumptions,
    waivers,
    acceptPending,
    delivery,
    settings.others,
    digests,
  ];
  // Maps print as nothing, and what they hold is in the number of the benchmark and in the patterns.
  hash.update(JSON.stringify(question));
  const today = new Date().toISOString().slice(0, 10);
  return { settings, version, today, asked: hash.digest("hex").slice(0, 16) };
}

/** Ends quietly where the run is interrupted while it waits for more. */
async function* stdinChunks(): AsyncGenerator<Uint8Array> {
  try {
    yield* process.stdin;
  } catch (error) {
    if (!process.stdin.destroyed) throw error;
  }
}

async function* requests(tasks: Iterable<Task> | AsyncIterable<Task>): AsyncGenerator<Request> {
  for await (const task of tasks) yield { ...task, known: [] };
}

/** Those whose line the output does not have. A line of standard input may tell its label itself. */
async function* newRequests(
  tasks: Iterable<Task> | AsyncIterable<Task>,
  known: ReadonlyMap<string, readonly string[]>,
): AsyncGenerator<Request> {
  const hashes = new Set([...known.values()].flat());
  for await (const task of tasks) {
    const { label, bytes } = task;
    if (bytes === undefined) yield { ...task, known: known.get(label) ?? [] };
    else if (!hashes.has(await digestOf(bytes))) yield { ...task, known: [] };
  }
}

/** Writes every line. "interrupted": the user wants no more; "unread": whoever reads stdout has gone. */
async function deliver(
  answers: AsyncIterable<Answer>,
  output: LineOutput,
  totals: Totals,
  total: number | undefined,
): Promise<"complete" | "interrupted" | "unread"> {
  const bar = barOn(process.stderr, total, Date.now);
  let interrupted = false;
  const stop = () => {
    interrupted = true;
    process.stdin.destroy();
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    for await (const answer of answers) {
      if (answer.kind === "line") {
        if ((await output.write(answer.text)) === "gone") return "unread";
        add(totals, answer.tally);
      }
      bar.show(totals);
      if (interrupted) return "interrupted";
    }
    return interrupted ? "interrupted" : "complete";
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
    bar.clear();
    output.close();
  }
}

function lostLine({ label }: Request, reason: string, asked: string): Answer {
  const line: BatchLine = lineOfProblems({ label, sha256: undefined, asked }, [
    {
      code: "thread-lost",
      place: label,
      message: `the thread that checked this plan ended: ${reason}`,
      help: `tfcheck ${label}`,
    },
  ]);
  return { kind: "line", text: printBatchLine(line), tally: { outcome: "error", controls: [] } };
}
