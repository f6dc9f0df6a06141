// Build step, after the bundle: checks an example and keeps what V8 made of the files it loaded beside these files, where
// src/cli/kept-code.ts finds it. Only functions that ran are kept, which is what a start needs.

const { writeFileSync } = require("node:fs");
const Module = require("node:module");
const { dirname, resolve } = require("node:path");
const { Script } = require("node:vm");

const CHUNKS = resolve("dist/chunks");

const scripts = new Map();
const compile = Module.prototype._compile;
Module.prototype._compile = function (code, path, ...more) {
  if (dirname(path) !== CHUNKS) return compile.call(this, code, path, ...more);
  if (/\bimport\(/.test(code)) throw new Error(`${path} imports, which kept code cannot`);
  const script = new Script(Module.wrap(code), { filename: path });
  scripts.set(path, script);
  return script
    .runInThisContext()
    .call(this.exports, this.exports, (id) => this.require(id), this, path, CHUNKS);
};

process.on("beforeExit", () => {
  for (const [path, script] of scripts) writeFileSync(`${path}.cache`, script.createCachedData());
});
process.argv = [process.argv[0], resolve("dist/cli.js"), "examples/satisfied-chain/plan.json"];
require(process.argv[1]);
