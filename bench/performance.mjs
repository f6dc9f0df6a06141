// The table of docs/performance.md: whole processes, in turns, as ratios to each other in one run.
//   node bench/performance.mjs                     16 KB, 8 MB and 72 MB, printed
//   node bench/performance.mjs --large             435 MB and 2 GB too
//   node bench/performance.mjs --large --write     and written to docs/performance.md
// Run `npm run build` first. jq, conftest and checkov are measured where they are on PATH. Memory is the largest
// resident set, as /usr/bin/time tells it; where that is missing, the column stays empty. Cores are chosen by taskset.

import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { generatePlan } from "./generate-plan.mjs";
import { inTurns } from "./measure.mjs";

const CLI = "dist/cli.js";
const SMALL = "examples/missing-subscription/plan.json";
const PAGE = "docs/performance.md";
const FLEET = 1000;

/** The ratios that are promised, by size: of time to JSON.parse (to `node -e 0` for the small plan). */
const SIZES = [
  { name: "16 KB", bytes: undefined, rounds: 25, most: 1.6, large: false },
  { name: "8 MB", bytes: 8e6, rounds: 9, most: 0.8, large: false },
  { name: "72 MB", bytes: 72e6, rounds: 5, most: 0.5, large: false },
  { name: "435 MB", bytes: 435e6, rounds: 3, most: 0.35, large: true },
  { name: "2 GB", bytes: 2e9, rounds: 1, most: undefined, large: true },
];

const POLICY = `package main

deny contains msg if {
  some change in input.resource_changes
  change.type == "aws_cloudtrail"
  not change.change.after.is_multi_region_trail
  msg := change.address
}
`;

const { values: asked } = parseArgs({
  options: {
    large: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
  },
});
const folder = mkdtempSync(join(tmpdir(), "tfcheck-bench-"));
const rounds = (count) => (asked.quick ? Math.min(count, 3) : count);

/** The first line that a program says of itself; `undefined` where it is not there. */
function versionOf(program, args = ["--version"]) {
  const { status, stdout } = spawnSync(program, args, { encoding: "utf8" });
  return status === 0
    ? stdout
        .trim()
        .split("\n")[0]
        .replace(/^Conftest: /, "")
    : undefined;
}

const PEERS = {
  jq: versionOf("jq"),
  conftest: versionOf("conftest"),
  checkov: versionOf("checkov"),
};

function parseCommand(file) {
  return ["node", "-e", `JSON.parse(require("fs").readFileSync(${JSON.stringify(file)}))`];
}

/** What others take for a plan of this size; what takes minutes is left out. */
function peersFor(file, bytes) {
  const found = {};
  // jq holds ten times the size of the file.
  if (PEERS.jq && bytes < 500e6) found.jq = ["jq", "-c", ".resource_changes|length", file];
  if (PEERS.conftest && bytes < 100e6) {
    found.conftest = ["conftest", "test", "--policy", join(folder, "policy"), "--parser", "json", file];
  }
  return found;
}

/** Once, for it takes long; `undefined` where it is not there or does not end in time, as without a network. */
function checkov(file, bytes) {
  if (!PEERS.checkov || bytes > 10e6) return undefined;
  const args = [
    "-f",
    file,
    "--framework",
    "terraform_plan",
    "--compact",
    "--quiet",
    "--soft-fail",
    "--skip-download",
  ];
  const start = process.hrtime.bigint();
  const { status } = spawnSync("checkov", args, { stdio: "ignore", timeout: 60_000 });
  return status === 0 ? { time: Number(process.hrtime.bigint() - start) / 1e6 } : undefined;
}

function planOf({ name, bytes }) {
  const file = join(folder, `${name.replace(" ", "")}.json`);
  if (bytes === undefined) copyFileSync(SMALL, file);
  else generatePlan(file, { bytes, base: SMALL });
  return file;
}

function measureSize(size) {
  const file = planOf(size);
  const { size: bytes } = statSync(file);
  const commands = {
    start: ["node", "-e", "0"],
    tfcheck: ["node", CLI, file],
    ...(bytes < 500e6 ? { parse: parseCommand(file) } : {}),
    ...peersFor(file, bytes),
  };
  const results = { ...inTurns(commands, rounds(size.rounds)), checkov: checkov(file, bytes) };
  rmSync(file);
  console.error(`${size.name}: ${Math.round(results.tfcheck.time)} ms`);
  return { ...size, bytes, results };
}

function startUp(env = process.env) {
  const commands = {
    "node -e 0": ["node", "-e", "0"],
    "tfcheck --version": ["node", CLI, "--version"],
    "tfcheck --help": ["node", CLI, "--help"],
    "tfcheck plan.json (16 KB)": ["node", CLI, SMALL],
    "tfcheck plan.json --format json": ["node", CLI, SMALL, "--format", "json"],
    "tfcheck plan.json --benchmark cis-aws-foundations@5.0.0": [
      "node",
      CLI,
      SMALL,
      "--benchmark",
      "cis-aws-foundations@5.0.0",
    ],
  };
  return inTurns(commands, rounds(25), { env });
}

/** `undefined` where Node does not read certificates at its start, as it does not on most machines. */
function startUpWithoutCertificates() {
  const { NODE_EXTRA_CA_CERTS: certificates, ...env } = process.env;
  return certificates === undefined ? undefined : startUp(env);
}

/** Separate runs are measured by a part of them, for a thousand say nothing more. */
function fleet() {
  const plans = join(folder, "plans");
  mkdirSync(plans);
  for (let count = 0; count < FLEET; count += 1) copyFileSync(SMALL, join(plans, `${count}.json`));
  const batch = ["node", CLI, "batch", plans, "--quiet"];
  // One thread would use a second core all the same: V8 collects garbage and compiles beside it.
  const on = (cores) => ["taskset", "-c", cores, ...batch];
  const cores = { one: on("0"), two: on("0,1") };
  const small = inTurns({ run: ["node", CLI, SMALL], batch, ...cores }, rounds(9));
  for (let count = FLEET; count < 8 * FLEET; count += 1) copyFileSync(SMALL, join(plans, `${count}.json`));
  const large = inTurns(cores, rounds(5));
  rmSync(plans, { recursive: true });
  return {
    separate: FLEET * small.run.time,
    batch: small.batch.time,
    memory: small.batch.memory,
    jobs: availableParallelism(),
    gain: small.one.time / small.two.time,
    largeGain: large.one.time / large.two.time,
    largeMemory: large.two.memory,
  };
}

const ms = (time) => (time < 10_000 ? `${Math.round(time)} ms` : `${(time / 1000).toFixed(1)} s`);
const mb = (memory) => (memory === undefined ? "" : `${Math.round(memory)} MB`);
const ratio = (one, other) =>
  one === undefined || other === undefined ? "" : (one.time / other.time).toFixed(2);

function table(head, rows) {
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

function kept(actual, most) {
  return most === undefined ? "" : `≤ ${most}${actual <= most ? "" : " (missed)"}`;
}

/** What the certificates take falls on both sides of a ratio, and makes it smaller. */
function certificates(plain) {
  if (plain === undefined) return "";
  const { "node -e 0": start, "tfcheck --help": help, "tfcheck plan.json (16 KB)": plan } = plain;
  return `
Node reads certificates at its start here (NODE_EXTRA_CA_CERTS), which falls on all commands alike. Without them
\`node -e 0\` takes ${ms(start.time)}, \`tfcheck --help\` ${ratio(help, start)} times as long, and \`tfcheck plan.json (16 KB)\` ${ms(plan.time)}, which is ${ratio(plan, start)}
times as long.
`;
}

function page({ starts, plain, sizes, many }) {
  const base = starts["node -e 0"];
  const startRows = Object.entries(starts).map(([name, result]) => [
    `\`${name}\``,
    ms(result.time),
    ratio(result, base),
    mb(result.memory),
    name === "tfcheck --help" ? kept(result.time / base.time, 1.4) : "",
  ]);
  const sizeRows = sizes.map(({ name, results, most }) => {
    const against = name === "16 KB" ? results.start : results.parse;
    return [
      name,
      ms(results.tfcheck.time),
      ratio(results.tfcheck, results.start),
      ratio(results.tfcheck, results.parse),
      against === undefined
        ? ""
        : `${name === "16 KB" ? "start" : "parse"} ${kept(results.tfcheck.time / against.time, most)}`,
      mb(results.tfcheck.memory),
      mb(results.parse?.memory),
      ratio(results.jq, results.tfcheck),
      ratio(results.conftest, results.tfcheck),
      ratio(results.checkov, results.tfcheck),
    ];
  });
  const linear = linearity(sizes);
  const versions = [
    `Node ${process.version}`,
    ...Object.entries(PEERS).flatMap(([name, version]) =>
      version ? [`${name} ${version.replace(/^\D+(?=\d)/, "")}`] : [],
    ),
  ];
  return `# Performance

Written by \`npm run bench\`. Whole processes, medians, all commands of a table in turns in one run, so that ratios hold
where absolute times do not. Measured with ${versions.join(", ")} on ${availableParallelism()} cores
(${cpus()[0]?.model.trim() ?? "unknown"}), ${Math.round(totalmem() / 2 ** 30)} GiB of memory, ${process.platform} ${process.arch}, on ${new Date().toISOString().slice(0, 10)}.

## Starting

${table(["command", "time", "× `node -e 0`", "memory", "promised"], startRows)}
${certificates(plain)}
## One plan

A real plan, grown by resources that have nothing to do with the chain (\`bench/generate-plan.mjs\`). "parse" is
\`node -e 'JSON.parse(readFileSync(f))'\` on the same file, which ends at V8's longest string, 512 MiB. jq counts
\`resource_changes\`, conftest asks one rule, checkov runs its own checks of plans, once; each says how many times as long as
tfcheck it takes.

${table(["plan", "tfcheck", "× start", "× parse", "promised", "memory", "memory of parse", "jq", "conftest", "checkov"], sizeRows)}
${linear}
## A fleet

${table(
  ["what", "measured", "promised"],
  [
    [
      `${FLEET} runs of \`tfcheck plan.json\` against one \`tfcheck batch\` of ${FLEET} plans of 16 KB`,
      `${(many.separate / many.batch).toFixed(1)} ×`,
      "≥ 20 ×",
    ],
    [
      `\`tfcheck batch\` of ${FLEET} plans, and of ${8 * FLEET}, on one core against two`,
      `${many.gain.toFixed(2)} ×, ${many.largeGain.toFixed(2)} ×`,
      "≥ 1.7 ×",
    ],
    [`a plan in a batch of ${FLEET}, ${many.jobs} threads`, `${(many.batch / FLEET).toFixed(2)} ms`, ""],
    [
      `memory of the batch of ${FLEET}, and of ${8 * FLEET}`,
      `${mb(many.memory)}, ${mb(many.largeMemory)}`,
      "",
    ],
  ],
)}
`;
}

/** What further bytes cost, between two sizes; the first ones pay for what V8 has to warm up. */
function linearity(sizes) {
  const [m72, m435, m2000] = ["72 MB", "435 MB", "2 GB"].map((name) =>
    sizes.find((size) => size.name === name),
  );
  if (m72 === undefined || m435 === undefined || m2000 === undefined) return "";
  const time = (size) => size.results.tfcheck.time;
  const whole = (size) => (time(size) - size.results.start.time) / size.bytes;
  const further = (from, to) => ((time(to) - time(from)) / (to.bytes - from.bytes)) * 1e6;
  const [near, far] = [further(m72, m435), further(m435, m2000)];
  return `
From 72 MB to 435 MB a further megabyte takes ${near.toFixed(2)} ms, and from there to 2 GB ${far.toFixed(2)} ms: ${(far / near).toFixed(2)} times as
much (linear within 15 % is 0.85 to 1.15). All in all, a byte of the 435 MB plan takes ${(whole(m435) / whole(m72)).toFixed(2)} times what a byte of the
72 MB plan takes, for starting and warming up is spread over more of them.
`;
}

try {
  if (!existsSync(CLI)) throw new Error("dist/cli.js is not there: npm run build");
  mkdirSync(join(folder, "policy"));
  writeFileSync(join(folder, "policy", "main.rego"), POLICY);
  const starts = startUp();
  const plain = startUpWithoutCertificates();
  const many = fleet();
  const sizes = SIZES.filter(({ large }) => asked.large || !large).map(measureSize);
  const text = page({ starts, plain, sizes, many });
  if (asked.write) writeFileSync(PAGE, text);
  else console.log(text);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
