// Build step: build/ (what tsc printed) to dist/, in as few files as a run needs. CommonJS, because Node 20 starts it
// faster than modules; types stand beside it. Of the libraries, commander alone is taken in, for every run needs it.

import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { rolldown } from "rolldown";
import { generatePlan } from "../bench/generate-plan.mjs";

const BUILT = resolve("build");
const DIST = resolve("dist");

/** A group is one file: what its entries reach without a dynamic import, and no earlier group has. */
const GROUPS = [
  // Every run: reading the command line, and help.
  { name: "start", entries: ["cli/main.js"], libraries: /[\\/]commander[\\/]|rolldown[\\/]runtime/ },
  // A plan in JSON with the default format.
  { name: "check", entries: ["cli/run-check.js", "cli/subject.js", "report/text.js"] },
];

/**
 * commander loads this for commands that are programs of their own. tfcheck has none, and loading it costs more than
 * reading the command line.
 */
const withoutPrograms = {
  name: "without-programs",
  resolveId: (id, importer) =>
    id === "node:child_process" && /[\\/]commander[\\/]/.test(importer ?? "") ? "\0no-programs" : null,
  load: (id) => (id === "\0no-programs" ? "export default {}" : null),
};

/** V8 keeps a text of ASCII in half the memory, and reads it faster. */
const ascii = {
  name: "ascii",
  generateBundle(_, chunks) {
    for (const chunk of Object.values(chunks)) {
      chunk.code = chunk.code.replace(
        /[^\x00-\x7f]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
      );
    }
  },
};

/**
 * As Node wraps CommonJS, so that src/cli/kept-code.ts need not: a function where it is a script, and called where Node has
 * wrapped it all the same. The parentheses have V8 compile it at once.
 */
const wrapped = {
  name: "wrapped",
  generateBundle(_, chunks) {
    const names = "exports, require, module, __filename, __dirname";
    for (const chunk of Object.values(chunks)) {
      if (!chunk.fileName.startsWith("chunks/")) continue;
      chunk.code = `(typeof arguments == "undefined" ? (f) => f : (f) => f(${names}))((function (${names}) {${chunk.code}\n}));`;
    }
  },
};

/** Installed beside tfcheck, and loaded by the few runs that need them. */
const EXTERNAL = ["@cdktf/hcl2json", "decimal.js", "jsonpath-plus", "yaml"];

/** The paths that are reached from `entry` by static imports, as tsc prints them. */
function reachable(entry, found = new Set()) {
  if (found.has(entry)) return found;
  found.add(entry);
  for (const [, specifier] of readFileSync(entry, "utf8").matchAll(
    /^(?:import|export)\b[^;]*?from "(\.[^"]+)";/gm,
  )) {
    reachable(join(dirname(entry), specifier), found);
  }
  return found;
}

function groupsOf() {
  const taken = new Set();
  return GROUPS.map(({ name, entries, libraries }) => {
    const all = entries.flatMap((entry) => [...reachable(join(BUILT, entry))]);
    const own = new Set(all.filter((path) => !taken.has(path)));
    for (const path of own) taken.add(path);
    return { name, test: (id) => own.has(id) || libraries?.test(id) === true };
  });
}

/** How all files are made. */
async function bundle(input, output) {
  const bundled = await rolldown({
    input: Object.fromEntries(Object.entries(input).map(([name, path]) => [name, join(BUILT, path)])),
    platform: "node",
    external: EXTERNAL,
    plugins: [withoutPrograms, ascii, wrapped],
    transform: { target: "node20.19" },
    checks: { ineffectiveDynamicImport: false },
    // Else an entry that others import is two files.
    preserveEntrySignatures: "allow-extension",
  });
  await bundled.write({ dir: DIST, format: "cjs", minify: true, ...output });
}

rmSync(join(DIST, "chunks"), { recursive: true, force: true });
await bundle(
  { main: "cli/main.js", worker: "cli/batch/worker.js", index: "index.js" },
  {
    entryFileNames: ({ name }) => (name === "index" ? "index.js" : "chunks/[name].js"),
    chunkFileNames: "chunks/[name]-[hash].js",
    codeSplitting: { groups: groupsOf() },
  },
);
// These load the others while they run. One by one, for each is a file.
for (const name of ["cli", "batch-worker"]) {
  await bundle({ [name]: `${name}.js` }, { entryFileNames: "[name].js" });
}
copyFileSync("node_modules/commander/LICENSE", join(DIST, "LICENSE.commander"));
// The sources are modules; what is bundled from them is not.
writeFileSync(join(DIST, "package.json"), `${JSON.stringify({ type: "commonjs" })}\n`);
// Before Node 22, which keeps compiled code by itself.
if (Number.parseInt(process.versions.node, 10) < 22) keepCode();

/** Of what runs do most: a chain that holds, one that does not, and a plan so large that it is read otherwise. */
function keepCode() {
  const folder = mkdtempSync(join(tmpdir(), "tfcheck-"));
  const large = join(folder, "plan.json");
  generatePlan(large, { bytes: 1e6 });
  const plans = ["satisfied-chain", "missing-subscription"].map((name) => `examples/${name}/plan.json`);
  execFileSync(process.execPath, ["packaging/keep-code.cjs", ...plans, large], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  rmSync(folder, { recursive: true });
}
