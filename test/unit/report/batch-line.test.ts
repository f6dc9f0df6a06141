import { expect, test } from "vitest";
import {
  batchLineSchema,
  lineOfProblems,
  printBatchLine,
  readBatchLine,
} from "../../../src/report/json/batch-line.ts";
import { expectFile } from "../../report/golden.ts";

const SCHEMA_FILE = new URL("../../../docs/batch-line.schema.json", import.meta.url);

test("the published schema is the one that the code writes by", () => {
  expectFile(SCHEMA_FILE, `${JSON.stringify(batchLineSchema(), null, 2)}\n`);
});

test("a line is one line, whatever the names in it are, and reads back", () => {
  const line = lineOfProblems({ label: "a\u2028b\n\u202e.json", sha256: undefined, asked: "0" }, [
    { code: "file-not-found", place: "a", message: "there is no\nsuch file" },
  ]);
  const text = printBatchLine(line);
  expect(text.split(/[\n\u2028]/)).toHaveLength(2);
  expect(readBatchLine(JSON.parse(text))).toEqual(line);
});
