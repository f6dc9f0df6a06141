// Threads that answer requests, and their answers in the order of the requests. Never holds more than a few requests
// and answers, however slow one plan is and however fast the others are.

import { Worker } from "node:worker_threads";
import type { Answer, Orders, Request, WorkerData } from "./protocol.ts";

export interface PoolOptions {
  /** The program of a thread. */
  readonly program: string;
  readonly jobs: number;
  readonly orders: Orders;
  /** What stands for a request whose thread died, of memory for the most part. */
  readonly lost: (request: Request, reason: string) => Answer;
}

/** Requests that are asked or answered and not yet handed on, for each thread. */
const AHEAD = 20;
/** Of requests that carry their plan along. */
const MOST_BYTES = 256 * 2 ** 20;

interface Asked {
  readonly request: Request;
  readonly bytes: number;
  readonly answer: Promise<Answer>;
  readonly done: (answer: Answer) => void;
}

/** The answers, in the order of the requests. Ends its threads when it ends, or when the caller stops listening. */
export async function* answersOf(
  requests: AsyncIterable<Request> | Iterable<Request>,
  options: PoolOptions,
): AsyncGenerator<Answer> {
  const waiting: Asked[] = [];
  let yetToLoad = 0;
  const loading = (): (() => void) => {
    yetToLoad += 1;
    return () => {
      yetToLoad -= 1;
      if (yetToLoad === 0) leaveThreadsAlone();
    };
  };
  const threads = Array.from({ length: options.jobs }, () => startThread(waiting, options, loading));
  const ahead: Asked[] = [];
  let bytes = 0;
  let woken = false;
  // When no more requests are there at once, so that threads take many of them together.
  const wakeSoon = (): void => {
    if (woken) return;
    woken = true;
    setImmediate(() => {
      woken = false;
      for (const thread of threads) thread.wake();
    });
  };
  const next = async (): Promise<Answer | undefined> => {
    const first = ahead.shift();
    if (first === undefined) return undefined;
    bytes -= first.bytes;
    return first.answer;
  };
  try {
    for await (const request of requests) {
      const asked = toAsked(request);
      ahead.push(asked);
      bytes += asked.bytes;
      waiting.push(asked);
      wakeSoon();
      while (ahead.length > AHEAD * options.jobs || (bytes > MOST_BYTES && ahead.length > 1)) {
        const answer = await next();
        if (answer !== undefined) yield answer;
      }
    }
    for (let answer = await next(); answer !== undefined; answer = await next()) yield answer;
  } finally {
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

function toAsked(request: Request): Asked {
  let done: Asked["done"] = () => undefined;
  const answer = new Promise<Answer>((resolve) => {
    done = resolve;
  });
  return { request, bytes: request.bytes?.length ?? 0, answer, done };
}

/** What a plan leaves behind is garbage soon: more room for it takes memory, and no less time. In MiB. */
const YOUNG = 4;

/** So many requests a thread has at hand: a message for each would wake the other side as often. */
const AT_HAND = 10;
/** Requests with plans up to this size, in bytes, are copied to be at hand; longer ones are handed over by themselves. */
const COPIED = 2 ** 20;

/**
 * V8 11, the one of Node 20, optimizes a function once it has run 132 KiB of bytecode, which for a thousand plans is a
 * third of all work, and in every thread anew; from 12 on V8 waits for 3,000 calls. It also collects the garbage of one
 * thread with the help of others, which have their own work here. Measured on two cores: 1,000 plans take 0.64 times as
 * long, 8,000 plans 0.85 times. Both flags are looked at each time and may change while V8 runs; others may not.
 * To be called when all threads have loaded the program, for V8 takes no kept code of other flags.
 * Source: https://nodejs.org/docs/latest-v20.x/api/v8.html#v8setflagsfromstringflags
 */
function leaveThreadsAlone(): void {
  if (!process.versions.v8.startsWith("11.")) return;
  const { setFlagsFromString } = process.getBuiltinModule("node:v8");
  setFlagsFromString("--interrupt-budget=2000000");
  setFlagsFromString("--no-parallel-scavenge");
}

interface Thread {
  /** Takes requests, if it has room for more. */
  readonly wake: () => void;
  readonly end: () => Promise<unknown>;
}

/** `loading` is called when a thread is started, and what it gives when the thread has loaded the program. */
function startThread(
  waiting: Asked[],
  { program, jobs, orders, lost }: PoolOptions,
  loading: () => () => void,
): Thread {
  /** Answered in their order. */
  const taken: Asked[] = [];
  let worker: Worker | undefined;
  let ended = false;
  const wake = (): void => {
    if (ended || taken.length > AT_HAND / 2) return;
    const next = take(waiting, taken.length, jobs);
    if (next.length === 0) return;
    taken.push(...next);
    worker ??= start();
    const [first] = next;
    const alone = first !== undefined && first.bytes > COPIED ? first.request.bytes?.buffer : undefined;
    worker.postMessage(
      next.map(({ request }) => request),
      alone === undefined ? [] : [alone as ArrayBuffer],
    );
  };
  const start = (): Worker => {
    const answered = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const workerData: WorkerData = { orders, answered };
    const loaded = loading();
    const started = new Worker(program, { workerData, resourceLimits: { maxYoungGenerationSizeMb: YOUNG } });
    let received = 0;
    let reason = "its thread ended";
    started.on("message", (answers: readonly Answer[]) => {
      // The first message says that the thread is there.
      if (answers.length === 0) loaded();
      received += answers.length;
      for (const answer of answers) taken.shift()?.done(answer);
      wake();
    });
    started.on("error", (error: unknown) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    started.on("exit", () => {
      worker = undefined;
      const left = taken.splice(0);
      if (left.length === 0 || ended) return;
      // What was answered and not posted is asked again; all but the one that was worked on.
      const done = Atomics.load(new Int32Array(answered), 0) - received;
      const [culprit] = left.splice(Math.min(done, left.length - 1), 1);
      culprit?.done(lost(culprit.request, reason));
      waiting.unshift(...left);
      wake();
    });
    return started;
  };
  return {
    wake,
    end: async () => {
      ended = true;
      await worker?.terminate();
    },
  };
}

/** The next requests for a thread that has `had` at hand; of the last ones each thread gets its share. */
function take(waiting: Asked[], had: number, jobs: number): readonly Asked[] {
  const long = waiting.findIndex(({ bytes }) => bytes > COPIED);
  if (long === 0) return had === 0 ? waiting.splice(0, 1) : [];
  const share = Math.ceil(waiting.length / jobs);
  return waiting.splice(0, Math.min(AT_HAND - had, share, long < 0 ? waiting.length : long));
}
