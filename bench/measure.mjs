// Medians of whole processes, so that start-up counts and one slow run does not.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Tells the largest resident set of a process in KiB; Linux has it. */
const TIME = "/usr/bin/time";

/**
 * Milliseconds and megabytes (`undefined` where nothing tells them) of each command, run in turns so that the machine's
 * moods fall on all of them alike. A command is a program and its arguments; "node" is the Node that runs this. `exits`:
 * the codes that a command may end with.
 */
export function inTurns(commands, rounds, { exits = () => [0, 1, 3], env = process.env } = {}) {
  const runs = new Map(Object.keys(commands).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, command] of Object.entries(commands))
      runs.get(name).push(once(name, command, exits(name), env));
  }
  return Object.fromEntries(
    [...runs].map(([name, all]) => [
      name,
      { time: median(all.map(({ time }) => time)), memory: median(all.map(({ memory }) => memory)) },
    ]),
  );
}

function once(name, [program, ...args], exits, env) {
  const command = [program === "node" ? process.execPath : program, ...args];
  const timed = existsSync(TIME) ? [TIME, "-f", "%M", ...command] : command;
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(timed[0], timed.slice(1), {
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const time = Number(process.hrtime.bigint() - start) / 1e6;
  if (!exits.includes(status)) throw new Error(`${name} exits with ${status}: ${stderr}`);
  const memory = timed === command ? undefined : (Number(/(\d+)\s*$/.exec(String(stderr))?.[1]) * 1024) / 1e6;
  return { time, memory };
}

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}

/** Milliseconds alone, of runs of Node; anything but the exit codes that are named is a mistake. */
export function medians(commands, rounds) {
  const plain = Object.fromEntries(
    Object.entries(commands).map(([name, { args }]) => [name, ["node", ...args]]),
  );
  const results = inTurns(plain, rounds, { exits: (name) => commands[name].exits ?? [0] });
  return Object.fromEntries(Object.entries(results).map(([name, { time }]) => [name, time]));
}

export function print(title, times, base) {
  console.log(title);
  for (const [name, time] of Object.entries(times)) {
    console.log(
      `  ${name.padEnd(44)} ${time.toFixed(0).padStart(6)} ms  ${(time / times[base]).toFixed(2).padStart(6)} x`,
    );
  }
}
