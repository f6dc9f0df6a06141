// Names and patterns come from a plan that anybody may have written. One place makes them harmless, sink by sink.
// `visible` goes over a whole report before it is worded; the other functions go over each text where it is printed.

/**
 * Control characters, ANSI sequences, bidirectional and zero-width characters, lone surrogates and blanks that are no
 * plain blank, written out as escapes. What is left prints as it reads, on one line.
 */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(hidden(), (found) => {
    const short = SHORT.get(found);
    if (short !== undefined) return short;
    const code = found.codePointAt(0) ?? 0;
    if (code <= 0xff) return `\\x${hex(code, 2)}`;
    return code <= 0xffff ? `\\u${hex(code, 4)}` : `\\u{${hex(code, 5)}}`;
  });
}

/** Most texts. */
const PLAIN = /^[ -~]*$/;

/** V8 takes a millisecond for the classes of Unicode, so they are made when a text needs them. */
const hidden = () =>
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]|(?! )\p{Zs}/gu;

const SHORT: ReadonlyMap<string, string> = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}

/** The same data with every string in it, keys too, passed through `change`. Cost: linear. */
export function mapStrings<T>(data: T, change: (text: string) => string): T {
  // What comes back has the shape of what went in, which no type can say of a walk over values.
  return mapped(data, change) as T;
}

function mapped(data: unknown, change: (text: string) => string): unknown {
  if (typeof data === "string") return change(data);
  if (Array.isArray(data)) return data.map((item) => mapped(item, change));
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, item]) => [change(key), mapped(item, change)]));
}

/**
 * The last pass over text that goes to a log: no line of it is taken for a workflow command. GitHub's runner skips
 * leading blanks before `::` and finds `##[` anywhere in a line; the Azure Pipelines agent finds `##vso[` anywhere.
 * Source: https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs (TryParseV2, TryParse),
 * https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
 */
export function withoutCommands(output: string): string {
  return breakHashes(output, "# #").replace(COMMAND_START, "$1: :");
}

// Colour is on by then, so escape sequences count as blanks.
const COMMAND_START = /^((?:[^\S\n]|\x1b\[[0-9;]*m)*)::/gm;

function breakHashes(text: string, broken: string): string {
  return text.replace(/##(?=\[|vso\[)/g, broken);
}

/** JSON says the same with escapes, so a log finds no command in it and nothing in it hides. */
export function inJson(json: string): string {
  const plain = json.replace(hidden(), (found) =>
    found === "\n"
      ? found
      : [...Array(found.length).keys()].map((at) => `\\u${hex(found.charCodeAt(at), 4)}`).join(""),
  );
  return breakHashes(plain, "#\\u0023");
}

/** Text between tags or inside a quoted attribute, in HTML and in XML. */
export function inMarkup(text: string): string {
  const escaped = visible(text).replace(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`);
  return breakHashes(escaped, "#&#35;");
}

/**
 * Prose in a Markdown comment. Punctuation loses its meaning, and an invisible joint keeps `@name` and `#12` from
 * becoming mentions and links, which the hosts look for in the rendered text.
 */
export function inMarkdown(text: string): string {
  return visible(text)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*_{}[\]()+!|~:.$-]/g, "\\$&")
    .replace(/[@#](?=[\p{L}\p{N}#[])/gu, "$&&#8203;");
}

/** A code span; empty for empty text. */
export function codeSpan(text: string): string {
  const inert = breakHashes(visible(text), "# #");
  if (inert.trim() === "") return "";
  const fence = fenceFor(inert, 1);
  const padding = inert.startsWith("`") || inert.endsWith("`") ? " " : "";
  return `${fence}${padding}${inert}${padding}${fence}`;
}

/** A code span inside a table cell. */
export function cellCode(text: string): string {
  return codeSpan(text).replaceAll("|", "\\|");
}

/** A fenced block; lines of the text stay lines. */
export function codeBlock(text: string, language = ""): string {
  const lines = text.split("\n").map(visible).join("\n");
  const fence = fenceFor(lines, 3);
  return `${fence}${language}\n${withoutCommands(lines)}\n${fence}`;
}

function fenceFor(text: string, least: number): string {
  const runs = text.match(/`+/g) ?? [];
  return "`".repeat(runs.reduce((most, run) => Math.max(most, run.length + 1), least));
}

/** Longest text of a label in a picture. */
const LABEL = 60;

/** A quoted label of a Mermaid diagram: everything but plain characters as an entity code. */
export function inMermaid(text: string): string {
  return visible(shorten(text, LABEL)).replace(
    /[^\p{L}\p{N} _./,-]/gu,
    (found) => `#${found.codePointAt(0) ?? 0};`,
  );
}

/** At most `length` characters, the last of them a sign that something is missing. */
export function shorten(text: string, length: number): string {
  const characters = [...text];
  return characters.length > length ? `${characters.slice(0, length - 1).join("")}…` : text;
}

/** The message of a GitHub workflow command. Source: actions/toolkit, packages/core/src/command.ts */
export function inGithubMessage(text: string): string {
  return withoutCommands(visible(text)).replaceAll("%", "%25");
}

/** A property of a GitHub workflow command. */
export function inGithubProperty(text: string): string {
  return inGithubMessage(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** The message of an Azure Pipelines logging command. Source: microsoft/azure-pipelines-task-lib, node/taskcommand.ts */
export function inAzureMessage(text: string): string {
  return withoutCommands(visible(text)).replaceAll("%", "%AZP25");
}

/** A property of an Azure Pipelines logging command. */
export function inAzureProperty(text: string): string {
  return inAzureMessage(text).replaceAll("]", "%5D").replaceAll(";", "%3B");
}
