// Medians of whole processes, so that start-up counts and one slow run does not.

import { spawnSync } from "node:child_process";

/** Milliseconds of each command, run in turns so that the machine's moods fall on all of them alike. */
export function medians(commands, rounds) {
  const times = new Map(Object.keys(commands).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, { args, exits = [0] }] of Object.entries(commands)) {
      const start = process.hrtime.bigint();
      const { status, stderr } = spawnSync(process.execPath, args);
      if (!exits.includes(status)) throw new Error(`${name} exits with ${status}: ${stderr}`);
      times.get(name).push(Number(process.hrtime.bigint() - start) / 1e6);
    }
  }
  return Object.fromEntries(
    [...times].map(([name, all]) => [name, all.sort((a, b) => a - b)[all.length >> 1]]),
  );
}

export function print(title, times, base) {
  console.log(title);
  for (const [name, time] of Object.entries(times)) {
    console.log(
      `  ${name.padEnd(44)} ${time.toFixed(0).padStart(6)} ms  ${(time / times[base]).toFixed(2).padStart(6)} x`,
    );
  }
}
