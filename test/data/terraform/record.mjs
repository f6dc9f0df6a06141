// Records what a real Terraform makes of the expressions in the files beside this one: `node record.mjs`.
// Needs `terraform` on the path and no provider. Each result is the text of jsonencode(expression), or "FAILS".

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const here = import.meta.dirname;
const version = JSON.parse(
  execFileSync("terraform", ["version", "-json"], { stdio: ["ignore", "pipe", "ignore"] }),
);

for (const name of readdirSync(here).filter((file) => file.endsWith(".json"))) {
  const path = join(here, name);
  const { prelude = "", files = {}, cases } = JSON.parse(readFileSync(path, "utf8"));
  const expressions = cases.map(([expression]) => expression);
  const results = evaluate(expressions, prelude, files);
  const lines = expressions.map((expression, index) => JSON.stringify([expression, results[index]]));
  const head = { madeWith: `Terraform ${version.terraform_version}`, prelude, files };
  const opening = JSON.stringify(head, undefined, 1).replace(/\n\}$/, "");
  writeFileSync(path, `${opening},\n "cases": [\n  ${lines.join(",\n  ")}\n ]\n}\n`);
}

function evaluate(expressions, prelude, files) {
  const directory = mkdtempSync(join(tmpdir(), "record-"));
  const outputs = expressions.map(
    (expression, index) =>
      `output "o${index}" {\n  sensitive = true\n  value     = try(jsonencode(${expression}\n), "FAILS")\n}\n`,
  );
  writeFileSync(join(directory, "main.tf"), `${prelude}\n${outputs.join("")}`);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  const run = (...args) =>
    execFileSync("terraform", args, { cwd: directory, stdio: ["ignore", "pipe", "pipe"] });
  try {
    run("apply", "-auto-approve", "-no-color");
    const values = JSON.parse(run("output", "-json").toString());
    return expressions.map((_, index) => values[`o${index}`].value);
  } catch (problem) {
    process.stderr.write(`${problem.stdout ?? ""}${problem.stderr ?? problem}`);
    process.exit(1);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
