// After a change of src/input/reader/assembly: compiles it to src/input/reader/leap-code.ts, which is kept so that a build
// need not. A test compares the two.
//   npm run assemble
//   node packaging/assemble.mjs --check      fails if leap-code.ts is of another source

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import asc from "assemblyscript/asc";

const READER = "src/input/reader";
const RESULT = join(READER, "leap-code.ts");

/** Throws an Error with what the compiler says. */
async function assembled() {
  let code = "";
  const { error, stderr } = await asc.main(["index.ts", "--config", "asconfig.json"], {
    readFile: (name, directory) => readIn(join(READER, "assembly", directory), name),
    writeFile: (_, contents) => {
      code = Buffer.from(contents).toString("base64");
    },
    listFiles: () => [],
  });
  if (error !== null) throw new Error(stderr.toString());
  return `// assembly/index.ts, compiled: see packaging/assemble.mjs.\n\nexport const LEAP_CODE =\n  "${code}";\n`;
}

function readIn(directory, name) {
  try {
    return readFileSync(join(directory, name), "utf8");
  } catch {
    return null;
  }
}

const text = await assembled();
if (!process.argv.includes("--check")) writeFileSync(RESULT, text);
else if (readFileSync(RESULT, "utf8") !== text) throw new Error(`${RESULT} is out of date: npm run assemble`);
