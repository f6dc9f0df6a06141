// src/input/reader/leap-code.ts is src/input/reader/assembly, compiled: npm run assemble.

import { execFileSync } from "node:child_process";
import { it } from "vitest";

it("the code of the assembly is up to date", () => {
  execFileSync(process.execPath, ["packaging/assemble.mjs", "--check"]);
});
