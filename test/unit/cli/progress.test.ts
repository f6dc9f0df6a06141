import { describe, expect, it } from "vitest";
import { longWork, withProgress } from "../../../src/cli/progress.ts";

function terminal(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, columns: 20, write: (text: string) => written.push(text), written };
}

describe("progress", () => {
  it("is said on a terminal and taken away", async () => {
    const stream = terminal(true);
    const result = await withProgress("reading ...", async () => [...stream.written], stream);
    expect(result).toEqual(["reading ..."]);
    expect(stream.written).toEqual(["reading ...", "\r\u001b[2K"]);
  });

  it("is taken away when the work ends badly", async () => {
    const stream = terminal(true);
    const work = withProgress("reading ...", () => Promise.reject(new Error("no")), stream);
    await expect(work).rejects.toThrow("no");
    expect(stream.written.at(-1)).toBe("\r\u001b[2K");
  });

  it.each<[string, string | undefined, boolean]>([
    ["where nobody looks", "reading ...", false],
    ["of what takes no time", undefined, true],
  ])("is not said %s", async (_, text, isTTY) => {
    const stream = terminal(isTTY);
    await withProgress(text, async () => undefined, stream);
    expect(stream.written).toEqual([]);
  });

  it("stays on one line and inert", async () => {
    const stream = terminal(true);
    await withProgress("a\u001b[31m\nname that is longer than the line", async () => undefined, stream);
    expect(stream.written[0]).toBe("a\\x1b[31m\\nname th…");
  });

  it("is about plans of many megabytes, not about small ones", () => {
    const planOf = (length: number) => ({
      subjects: [{ plan: { label: "plan.json", bytes: new Uint8Array(length) }, sources: undefined }],
      others: [],
    });
    expect(longWork(planOf(1024))).toBeUndefined();
    expect(longWork(planOf(20 * 1024 * 1024))).toBe("reading 20 MiB ...");
  });
});
