// Every effect and every dependency has one owner, so that the rest stays pure and a library can be replaced in a day.

import { describe, expect, it } from "vitest";
import { filesLike } from "../tools/repository.ts";

const SOURCES = filesLike(/^src\/.*\.ts$/).map(({ path, text }) => ({ path, code: withoutComments(text) }));

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[\s;{(])\/\/.*$/gm, "$1");
}

const OUTER = /^src\/(cli\.ts|cli\/.*|index\.ts|compile-policies\.ts)$/;

describe("single owners", () => {
  it.each<[string, RegExp, RegExp]>([
    ["the process", /\bprocess\.(?!getBuiltinModule)/, /^src\/(cli\.ts|cli\/.*|compile-policies\.ts)$/],
    ["the console", /\bconsole\./, /^src\/compile-policies\.ts$/],
    ["the clock", /\bnew Date\(\)|\bDate\.now\(|\bperformance\./, OUTER],
    ["chance", /Math\.random|randomUUID|randomBytes/, /^$/],
    ["the file system", /"node:fs(\/promises)?"/, OUTER],
    ["other programs", /"node:child_process"/, /^src\/cli\//],
    ["the network", /"node:(net|http|https|dns|tls|dgram)"|\bfetch\(|\bWebSocket\b/, /^$/],
    // kept-code.ts loads files of the program itself.
    ["running text as code", /\beval\(|\bnew Function\(|"node:vm"/, /^src\/cli\/kept-code\.ts$/],
    ["commander", /"commander"/, /^src\/cli\//],
    ["hcl2json", /"@cdktf\/hcl2json"/, /^src\/input\/hcl\.ts$/],
    ["jsonpath-plus", /"jsonpath-plus"/, /^src\/input\/select\.ts$/],
  ])("%s", (_, used, owner) => {
    const strangers = SOURCES.filter(({ path, code }) => used.test(code) && !owner.test(path));
    expect(strangers.map(({ path }) => path)).toEqual([]);
  });

  it("never cut a run short: streams have to drain", () => {
    expect(
      SOURCES.filter(({ code }) => /process\.(exit|abort|kill)\(/.test(code)).map(({ path }) => path),
    ).toEqual([]);
  });

  it("keep no state between runs", () => {
    // What is in WebAssembly lives as long as one reader; leap.ts has a constant that is made when it is needed.
    const exempt = /\/assembly\/|^src\/input\/reader\/leap\.ts$/;
    const mutable = SOURCES.filter(
      ({ path, code }) => !exempt.test(path) && /^(export )?(let|var) /m.test(code),
    );
    expect(mutable.map(({ path }) => path)).toEqual([]);
  });
});
