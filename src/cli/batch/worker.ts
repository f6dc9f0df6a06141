// A thread of a batch: one plan after the other, each answered by one line. Whatever happens with a plan stays in its
// line.

import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { check, type InputFile, type StackFiles } from "../../check.ts";
import type { KnownPolicies } from "../../input/builtin-policies.ts";
import { isObject, type Json } from "../../model/json.ts";
import { InputError, type InputProblem } from "../../model/problem.ts";
import { visible } from "../../report/escape.ts";
import {
  type BatchLine,
  lineOfProblems,
  lineOfReport,
  printBatchLine,
} from "../../report/json/batch-line.ts";
import { readInput } from "../files.ts";
import { askedPoliciesOf } from "../run-check.ts";
import { readBeside } from "../subject.ts";
import { digestOf } from "./digest.ts";
import type { Answer, Orders, Request, WorkerData } from "./protocol.ts";

/** What stays the same from plan to plan. */
interface Bench {
  readonly orders: Orders;
  readonly known: KnownPolicies;
  readonly others: readonly StackFiles[];
}

/** An answer waits no longer for others to be posted with, in milliseconds. */
const PATIENCE = 100;

/** Answers every request, one after the other, until the main thread ends this one. */
export async function serve(): Promise<void> {
  const port = parentPort;
  if (isMainThread || port === null) throw new Error("this is the program of a thread");
  const { orders, answered }: WorkerData = workerData;
  const { settings } = orders;
  const bench: Bench = {
    orders,
    known: await askedPoliciesOf(settings),
    others: await Promise.all(settings.others.map((path) => readBeside(path, settings))),
  };
  // Says that this thread has what it works with.
  port.postMessage([] satisfies Answer[]);
  const count = new Int32Array(answered);
  const work = async (requests: readonly Request[]): Promise<void> => {
    let [answers, posted]: [Answer[], number] = [[], Date.now()];
    for (const [at, request] of requests.entries()) {
      answers.push(await answer(request, bench));
      Atomics.add(count, 0, 1);
      // Half of them are enough to get more before the others are answered.
      if (answers.length < requests.length / 2 && at + 1 < requests.length && Date.now() - posted < PATIENCE)
        continue;
      port.postMessage(answers);
      [answers, posted] = [[], Date.now()];
    }
  };
  // The next requests may come before these are answered.
  let last = Promise.resolve();
  port.on("message", (requests: readonly Request[]) => {
    last = last.then(() => work(requests));
  });
}

async function answer({ label, path, bytes, known }: Request, bench: Bench): Promise<Answer> {
  const { asked } = bench.orders;
  // A line may say itself what it is called, also where the rest of it is broken.
  const named = bytes === undefined ? label : (labelIn(bytes) ?? label);
  try {
    if (known.length > 0 && known.includes(await digestOfRequest({ path, bytes }))) return { kind: "known" };
    const input = bytes === undefined ? await readInput(path ?? "-") : unwrapped(named, bytes);
    const report = await ask({ ...input, label: bytes === undefined ? named : input.label }, bench);
    // Of a line, all of it counts, and not only the plan that stands in it.
    const sha256 = bytes === undefined ? report.inputs[0]?.sha256 : await digestOf(bytes);
    return asAnswer(lineOfReport({ label: report.inputs[0]?.label ?? named, sha256, asked }, report));
  } catch (error) {
    const problems = error instanceof InputError ? error.problems : [bug(error)];
    const sha256 = await digestOfRequest({ path, bytes }).catch(() => undefined);
    return asAnswer(lineOfProblems({ label: named, sha256, asked }, problems));
  }
}

async function digestOfRequest({ path, bytes }: Pick<Request, "path" | "bytes">): Promise<string> {
  return digestOf(bytes ?? (await readInput(path ?? "-")).bytes);
}

function ask(plan: InputFile, { orders, known, others }: Bench): ReturnType<typeof check> {
  const { benchmark, controls, assumptions, waivers, acceptPending, delivery } = orders.settings;
  return check({
    subject: { plan, sources: undefined },
    others,
    ...known,
    selection: { benchmark, controls },
    assumptions,
    waivers,
    acceptPending,
    delivery,
    today: orders.today,
    version: orders.version,
  });
}

function asAnswer(line: BatchLine): Answer {
  const { outcome, controls } = line;
  return {
    kind: "line",
    text: printBatchLine(line),
    tally: { outcome, controls: controls.map((control) => ({ id: control.id, outcome: control.outcome })) },
  };
}

/** A label that comes first is known even where the plan after it is broken. */
const LABEL = /^\s*\{\s*"label"\s*:\s*("(?:[^"\\]|\\.)*")/;
const LONGEST_LABEL = 8192;

function labelIn(bytes: Uint8Array): string | undefined {
  const [, written] = LABEL.exec(new TextDecoder().decode(bytes.subarray(0, LONGEST_LABEL))) ?? [];
  if (written === undefined) return undefined;
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}

/** No plan begins with one of these keys. */
const WRAPPER = /^\s*\{\s*"(label|plan)"\s*:/;
const HEAD = 64;

/** A line is a plan, or `{"label": …, "plan": …}`. Throws InputError for a wrapper that is not of that form. */
function unwrapped(label: string, bytes: Uint8Array): InputFile {
  if (!WRAPPER.test(new TextDecoder().decode(bytes.subarray(0, HEAD)))) return { label, bytes };
  const line = parse(label, bytes);
  if (!isObject(line) || typeof line.label !== "string" || !isObject(line.plan)) {
    throw new InputError([
      {
        code: "batch-line",
        place: label,
        message: 'this line has neither a plan nor a text "label" and an object "plan"',
        help: `jq -c '{label: input_filename, plan: .}' *.json | tfcheck batch`,
      },
    ]);
  }
  return { label: line.label, bytes: new TextEncoder().encode(JSON.stringify(line.plan)) };
}

function parse(label: string, bytes: Uint8Array): Json {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new InputError([{ code: "batch-line", place: label, message: "this line is no JSON" }]);
  }
}

function bug(error: unknown): InputProblem {
  const [first = ""] = String(error).split("\n", 1);
  return {
    code: "bug",
    place: "tfcheck",
    message: `this is a bug in tfcheck, not in your input: ${visible(first)}`,
  };
}
