// The figures of long runs as a Markdown table: node bench/fuzz/table.mjs figures.json
// Sums what `run.mjs --out` appended to the file, kind by kind.

import { readFileSync } from "node:fs";

const rows = new Map();
for (const line of readFileSync(process.argv[2] ?? "figures.json", "utf8")
  .trim()
  .split("\n")) {
  const { kind, seed: _, ...own } = JSON.parse(line);
  const sum = rows.get(kind) ?? {
    cases: 0,
    answered: 0,
    refused: 0,
    wrong: 0,
    leaked: 0,
    hung: 0,
    crashed: 0,
    slowestMs: 0,
  };
  for (const key of Object.keys(sum)) {
    sum[key] = key === "slowestMs" ? Math.max(sum[key], own[key]) : sum[key] + own[key];
  }
  rows.set(kind, sum);
}

const total = { cases: 0, answered: 0, refused: 0, wrong: 0, leaked: 0, hung: 0, crashed: 0, slowestMs: 0 };
for (const row of rows.values()) {
  for (const key of Object.keys(total)) {
    total[key] = key === "slowestMs" ? Math.max(total[key], row[key]) : total[key] + row[key];
  }
}

const number = (value) => Math.round(value).toLocaleString("en-US");
const cells = (name, row) => `| ${[name, ...Object.values(row).map(number)].join(" | ")} |`;
console.log("| kind | cases | answered | refused | wrong | leaked | hung | crashed | slowest, ms |");
console.log("| --- | --: | --: | --: | --: | --: | --: | --: | --: |");
for (const [kind, row] of rows) console.log(cells(kind, row));
console.log(cells("all", total));
