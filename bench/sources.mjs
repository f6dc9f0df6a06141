// 200 files of configuration with 2,000 resources: what tfcheck takes for them, against hcl2json parsing the same
// files and nothing else. Fails above three times. Run `npm run build` first.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { medians, print } from "./measure.mjs";

const ROUNDS = 5;
const MODULES = 100;
const LIMIT = 3;

const folder = mkdtempSync(join(tmpdir(), "tfcheck-bench-"));

/** Ten topics and ten alarms; no two expressions of the tree are the same, so none is read once for all. */
function resources(module) {
  return Array.from(
    { length: 10 },
    (_, at) => `
resource "aws_sns_topic" "t${at}" {
  name              = "\${var.prefix}-${module}-${at}"
  kms_master_key_id = var.enabled ? local.keys["${module}-${at}"] : null
  tags              = merge(local.tags, { Name = "${module}-${at}", Env = var.env })
}

resource "aws_cloudwatch_metric_alarm" "a${at}" {
  alarm_name          = format("%s-${module}-%03d", var.prefix, ${at})
  comparison_operator = "GreaterThanOrEqualToThreshold"
  evaluation_periods  = 1
  threshold           = ${at} + 1
  metric_name         = "Errors${module}${at}"
  namespace           = var.settings["namespace"]
  statistic           = "Sum"
  period              = 300
  alarm_actions       = compact([aws_sns_topic.t${at}.arn, var.enabled ? local.topics["t${at}-${module}"] : ""])
}
`,
  ).join("");
}

function settings(module) {
  const topics = Array.from(
    { length: 10 },
    (_, at) => `    "t${at}-${module}" = aws_sns_topic.t${at}.arn\n`,
  ).join("");
  return `variable "prefix" { type = string }
variable "env" { type = string }
variable "enabled" { default = true }
variable "settings" { type = map(string) }
locals {
  tags   = { Team = "x", Module = "${module}" }
  keys   = { for at in range(10) : "${module}-\${at}" => "alias/${module}-\${at}" }
  topics = {
${topics}  }
}
output "topics" { value = [for name, arn in local.topics : arn if name != "${module}"] }
`;
}

try {
  const names = Array.from({ length: MODULES }, (_, at) => `m${at}`);
  for (const name of names) {
    const directory = join(folder, name);
    mkdirSync(directory);
    writeFileSync(join(directory, "main.tf"), resources(name));
    writeFileSync(join(directory, "settings.tf"), settings(name));
  }
  const calls = names.map(
    (name) =>
      `module "${name}" {\n  source = "./${name}"\n  prefix = "p"\n  env = "e"\n  settings = { namespace = "${name}" }\n}\n`,
  );
  writeFileSync(join(folder, "main.tf"), calls.join(""));
  const parse = `
    const { readdirSync, readFileSync } = require("node:fs");
    const { parse } = require("@cdktf/hcl2json");
    const files = readdirSync(${JSON.stringify(folder)}, { recursive: true }).filter((name) => name.endsWith(".tf"));
    (async () => {
      for (const name of files) await parse(name, readFileSync(${JSON.stringify(folder)} + "/" + name, "utf8"));
    })();`;
  const [base, own] = ["hcl2json", "tfcheck"];
  const times = medians(
    { [base]: { args: ["-e", parse] }, [own]: { args: ["dist/cli.js", folder], exits: [0, 1, 3] } },
    ROUNDS,
  );
  print(`${MODULES * 20} resources in ${MODULES * 2 + 1} files, medians`, times, base);
  if (times[own] > LIMIT * times[base]) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
