// The built command line as its own process. `npm test` builds it first.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";

export const BUILT = resolve("dist/cli.js");

export interface Outcome {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly stdin?: Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

export function runBuilt(args: readonly string[], options: RunOptions): Promise<Outcome> {
  if (!existsSync(BUILT)) throw new Error("dist/cli.js is not there: npm run build");
  return runNode([BUILT, ...args], options);
}

/** Nothing of the caller's environment gets in, so that no terminal, CI or terraform on PATH changes an answer. */
export function runNode(args: readonly string[], { cwd, stdin, env }: RunOptions): Promise<Outcome> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, {
      cwd,
      env: { PATH: "", LC_ALL: "C.UTF-8", ...env },
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    child.on("error", fail);
    child.on("close", (exit) =>
      done({
        exit,
        stdout: Buffer.concat(out).toString("utf8"),
        stderr: Buffer.concat(err).toString("utf8"),
      }),
    );
    child.stdin.on("error", () => undefined);
    child.stdin.end(stdin ?? new Uint8Array());
  });
}
