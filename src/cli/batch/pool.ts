// Threads that answer requests, and their answers in the order of the requests. Never holds more than a few requests
// and answers, however slow one plan is and however fast the others are.

import { Worker } from "node:worker_threads";
import type { Answer, Orders, Request } from "./protocol.ts";

export interface PoolOptions {
  /** The program of a thread. */
  readonly program: string;
  readonly jobs: number;
  readonly orders: Orders;
  /** What stands for a request whose thread died, of memory for the most part. */
  readonly lost: (request: Request, reason: string) => Answer;
}

/** Requests that are asked or answered and not yet handed on, for each thread. */
const AHEAD = 8;
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
  const threads = Array.from({ length: options.jobs }, () => startThread(waiting, options));
  const ahead: Asked[] = [];
  let bytes = 0;
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
      for (const thread of threads) thread.wake();
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

interface Thread {
  /** Takes requests, if it has room for more. */
  readonly wake: () => void;
  readonly end: () => Promise<unknown>;
}

/** A thread has its next request at hand, so that it need not wait for it. */
const AT_HAND = 2;
/** Requests with plans up to this size, in bytes, are copied to be at hand; longer ones are handed over in their turn. */
const COPIED = 2 ** 20;

function startThread(waiting: Asked[], { program, orders, lost }: PoolOptions): Thread {
  /** Answered in their order; the first one is worked on. */
  const taken: Asked[] = [];
  let worker: Worker | undefined;
  let ended = false;
  const wake = (): void => {
    while (taken.length < AT_HAND && !ended) {
      const [asked] = waiting;
      const isNext = taken.length === 0;
      if (asked === undefined || (!isNext && asked.bytes > COPIED)) return;
      waiting.shift();
      taken.push(asked);
      worker ??= start();
      const { bytes } = asked.request;
      worker.postMessage(asked.request, isNext && bytes !== undefined ? [bytes.buffer as ArrayBuffer] : []);
    }
  };
  const finish = (answer: Answer): void => {
    taken.shift()?.done(answer);
    wake();
  };
  const start = (): Worker => {
    const started = new Worker(program, {
      workerData: orders,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG },
    });
    let reason = "its thread ended";
    started.on("message", finish);
    started.on("error", (error: unknown) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    started.on("exit", () => {
      worker = undefined;
      const [first, ...others] = taken.splice(0);
      if (first === undefined || ended) return;
      // The others were copied, so that another thread can have them.
      first.done(lost(first.request, reason));
      waiting.unshift(...others);
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
