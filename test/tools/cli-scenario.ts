// The format of test/cli/*.scenario: files, one command, and what it prints and exits with.
//
//   === name of the case
//   -- file plan.json < test/scenarios/alarm-missing/plan.json as gzip
//   -- file .tfcheck.yaml
//   undecided: pass
//   -- env NO_COLOR=1
//   -- run tfcheck plan.json --quiet
//   -- exit 1
//   -- stdout
//   -- stderr
//
// A command may end in `< file` for standard input. A stream without a section stays empty; `[..]` in one stands for
// anything within its line.

import { gzipSync } from "node:zlib";

export interface CliCase {
  readonly name: string;
  readonly files: readonly CliFile[];
  readonly env: Readonly<Record<string, string>>;
  readonly command: string;
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface CliFile {
  readonly name: string;
  /** A file of the repository, or `undefined` where `content` is the file. */
  readonly copyOf: string | undefined;
  readonly encoding: string | undefined;
  readonly content: string;
}

export function parseScenarios(text: string): readonly CliCase[] {
  return text
    .split(/^=== /m)
    .slice(1)
    .map((part) => {
      const [name = "", ...rest] = part.split("\n");
      return parseCase(name, rest.join("\n"));
    });
}

function parseCase(name: string, body: string): CliCase {
  const sections = body
    .split(/^-- /m)
    .slice(1)
    .map((section) => {
      const end = section.indexOf("\n");
      const [word = "", ...rest] = section.slice(0, end).split(" ");
      return { word, head: rest.join(" "), content: section.slice(end + 1) };
    });
  const all = (word: string) => sections.filter((section) => section.word === word);
  const only = (word: string) => all(word)[0];
  const command = only("run")?.head;
  if (command === undefined) throw new Error(`"${name}" runs nothing`);
  return {
    name,
    files: all("file").map(({ head, content }) => toFile(head, content)),
    env: Object.fromEntries(all("env").map(({ head }) => head.split("=", 2))),
    command,
    exit: Number(only("exit")?.head ?? 0),
    stdout: (only("stdout")?.content ?? "").trimEnd(),
    stderr: (only("stderr")?.content ?? "").trimEnd(),
  };
}

function toFile(head: string, content: string): CliFile {
  const [, name = head, copyOf, encoding] = /^(\S+) < (\S+)(?: as (\S+))?$/.exec(head) ?? [];
  return { name, copyOf, encoding, content };
}

const ENCODERS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: (bytes) => gzipSync(bytes),
  "utf-8-with-mark": (bytes) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]),
  // What `>` writes in Windows PowerShell 5.
  "utf-16le": (bytes) => Buffer.from(`\uFEFF${bytes.toString("utf8")}`, "utf16le"),
  "utf-16be": (bytes) => Buffer.from(`\uFEFF${bytes.toString("utf8")}`, "utf16le").swap16(),
  "first-half": (bytes) => bytes.subarray(0, Math.floor(bytes.length / 2)),
};

export function encode(bytes: Buffer, encoding: string | undefined): Buffer {
  if (encoding === undefined) return bytes;
  const encoder = ENCODERS[encoding];
  if (encoder === undefined) throw new Error(`no encoding is named "${encoding}"`);
  return encoder(bytes);
}

/** Words of a command, quotes removed; what stands behind `<` is read on standard input. */
export function parseCommand(command: string): {
  readonly args: readonly string[];
  readonly stdin: string | undefined;
} {
  const words = [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? "",
  );
  const at = words.indexOf("<");
  if (words[0] !== "tfcheck") throw new Error(`"${command}" does not run tfcheck`);
  return at < 0
    ? { args: words.slice(1), stdin: undefined }
    : { args: words.slice(1, at), stdin: words[at + 1] };
}

/** As a pattern for the whole of an output. */
export function toPattern(expected: string): RegExp {
  const parts = expected.split("[..]").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^\\n]*")}$`);
}
