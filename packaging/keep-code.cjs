// Build step, after the bundle: checks some plans and keeps what V8 made of the files it loaded beside these files, where
// src/cli/kept-code.ts finds it. Only functions that ran are kept: the plans are such that everyday runs find theirs.

const { writeFileSync } = require("node:fs");
const Module = require("node:module");
const { dirname, resolve } = require("node:path");
const { setFlagsFromString } = require("node:v8");
const { Script } = require("node:vm");

const CHUNKS = resolve("dist/chunks");

const scripts = new Map();
const compile = Module.prototype._compile;
Module.prototype._compile = function (code, path, ...more) {
  if (dirname(path) !== CHUNKS) return compile.call(this, code, path, ...more);
  if (/\bimport\(/.test(code)) throw new Error(`${path} imports, which kept code cannot`);
  if (/[^\x00-\x7f]/.test(code)) throw new Error(`${path} is not ASCII, as which kept code is read`);
  const script = new Script(code, { filename: path });
  scripts.set(path, script);
  return script
    .runInThisContext()
    .call(this.exports, this.exports, (id) => this.require(id), this, path, CHUNKS);
};

// Functions that were compiled to machine code here would be at their first call there, which takes longer than it gives.
setFlagsFromString("--no-sparkplug");

async function run() {
  const { main } = require(resolve(CHUNKS, "main.js"));
  for (const plan of process.argv.slice(2)) {
    process.argv = [process.argv[0], resolve("dist/cli.js"), plan];
    await main();
    if (process.exitCode === 2) throw new Error(`${plan} cannot be checked`);
  }
  require(resolve(CHUNKS, "worker.js"));
  // V8 refuses what was kept under other flags.
  setFlagsFromString("--sparkplug");
  for (const [path, script] of scripts) writeFileSync(`${path}.cache`, script.createCachedData());
  // What the plans say of themselves.
  process.exitCode = 0;
}

void run();
