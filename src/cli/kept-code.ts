// What V8 made of the program when it was built, so that a start does not compile it again. Node does the same by
// itself from 22 on (module.enableCompileCache), in a folder that it may write to; this one is read, never written.
// For files that the build bundles as CommonJS, so `require` is there.

/** Stands behind the path of a file for what V8 made of it. */
const KEPT = ".cache";

/**
 * The exports of a file of the program, by its absolute path. Before Node 22 it and the files that it requires are
 * loaded past Node's own loader, which looks at folders and package.json for each, with what is kept of them. V8 looks
 * at its own version and at the length of the file, and compiles anew where either differs. Files of which nothing is
 * kept are loaded as ever.
 * Source: https://nodejs.org/docs/latest-v20.x/api/vm.html#new-vmscriptcode-options (cachedData)
 */
export function loadProgram(path: string): unknown {
  const [major] = process.versions.node.split(".");
  if (Number(major) < 22) return loadKept(path);
  const module = process.getBuiltinModule("node:module") as { enableCompileCache?: () => unknown };
  module.enableCompileCache?.();
  return require(path);
}

function loadKept(path: string): unknown {
  const loaded = require.cache[path];
  if (loaded !== undefined) return loaded.exports;
  const { existsSync, readFileSync } = process.getBuiltinModule("node:fs");
  if (!existsSync(`${path}${KEPT}`)) return require(path);
  const { dirname, join } = process.getBuiltinModule("node:path");
  const { Script } = process.getBuiltinModule("node:vm");
  // The bundle is ASCII, which is read fastest as what it is, and is a function already, as Node would wrap it:
  // https://nodejs.org/docs/latest-v20.x/api/modules.html#the-module-wrapper
  const code = readFileSync(path, "latin1");
  // Code that comes out of `cachedData` cannot import, so packaging/keep-code.cjs keeps none of files that do.
  const script = new Script(code, { filename: path, cachedData: readFileSync(`${path}${KEPT}`) });
  const folder = dirname(path);
  const module = { id: path, filename: path, loaded: true, exports: {}, children: [], paths: [] };
  // Files that Node loads find it there.
  require.cache[path] = module as unknown as NodeJS.Module;
  const load = (id: string): unknown => (id.startsWith(".") ? loadKept(join(folder, id)) : require(id));
  script.runInThisContext().call(module.exports, module.exports, load, module, path, folder);
  return module.exports;
}
