// src/input/reader/leap-code.ts is src/input/reader/assembly/index.ts, compiled. After a change of it, paste what the test
// expects.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import asc from "assemblyscript/asc";
import { expect, it } from "vitest";
import { LEAP_CODE } from "../../src/input/reader/leap-code.ts";

const SOURCE = "src/input/reader/assembly";

it("the code of the assembly is up to date", async () => {
  let code = "";
  const { error, stderr } = await asc.main(["index.ts", "--config", "asconfig.json"], {
    readFile: (name, directory) => readIn(join(SOURCE, directory), name),
    writeFile: (_, contents) => {
      code = Buffer.from(contents).toString("base64");
    },
    listFiles: () => [],
  });
  expect(error, stderr.toString()).toBeNull();
  expect(LEAP_CODE).toBe(code);
});

function readIn(directory: string, name: string): string | null {
  try {
    return readFileSync(join(directory, name), "utf8");
  } catch {
    return null;
  }
}
