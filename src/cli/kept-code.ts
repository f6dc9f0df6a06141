// What V8 made of the program when it was built, so that a start does not compile it again. Node does the same by
// itself from 22 on (module.enableCompileCache), in a folder that it may write to; this one is read, never written.

interface Loader {
  wrap(code: string): string;
  readonly prototype: {
    _compile(this: LoadedModule, code: string, path: string, ...more: unknown[]): unknown;
  };
}

interface LoadedModule {
  readonly exports: unknown;
  require(id: string): unknown;
}

/** Stands behind the path of a file for what V8 made of it. */
const KEPT = ".cache";

/**
 * From here on files of the program are loaded with what is kept of them. V8 looks at its own version and at the
 * length of the file, and compiles anew where either differs; names of files tell their content, so that one of the
 * same length is the same file. Files of which nothing is kept are loaded as ever.
 * Source: https://nodejs.org/docs/latest-v20.x/api/vm.html#new-vmscriptcode-options (cachedData)
 */
export function useKeptCode(): void {
  const { prototype, wrap } = process.getBuiltinModule("node:module") as unknown as Loader;
  const { existsSync, readFileSync } = process.getBuiltinModule("node:fs");
  const { dirname } = process.getBuiltinModule("node:path");
  const { Script } = process.getBuiltinModule("node:vm");
  const compile = prototype._compile;
  prototype._compile = function (code, path, ...more) {
    if (!existsSync(`${path}${KEPT}`)) return compile.call(this, code, path, ...more);
    // Code that comes out of `cachedData` cannot import, so packaging/keep-code.cjs keeps none of files that do.
    const script = new Script(wrap(code), { filename: path, cachedData: readFileSync(`${path}${KEPT}`) });
    const require = (id: string): unknown => this.require(id);
    return script.runInThisContext().call(this.exports, this.exports, require, this, path, dirname(path));
  };
}
