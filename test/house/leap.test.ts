// src/input/reader/leap-code.ts is leap.wat, compiled. After a change of leap.wat, paste what the test expects.

import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import wabt from "wabt";
import { LEAP_CODE } from "../../src/input/reader/leap-code.ts";

it("the code of leap.wat is up to date", async () => {
  const module = (await wabt()).parseWat("leap.wat", readFileSync("src/input/reader/leap.wat", "utf8"));
  module.validate();
  expect(LEAP_CODE).toBe(Buffer.from(module.toBinary({}).buffer).toString("base64"));
});
