import { expect, test } from "vitest";
import {
  cellCode,
  codeBlock,
  codeSpan,
  inAzureMessage,
  inAzureProperty,
  inGithubMessage,
  inGithubProperty,
  inJson,
  inMarkdown,
  inMarkup,
  inMermaid,
  mapStrings,
  shorten,
  visible,
  withoutCommands,
} from "../../../src/report/escape.ts";

test.each<[string, string, string]>([
  ["plain text", 'aws_sns_topic.a["x"] é 漢 😀', 'aws_sns_topic.a["x"] é 漢 😀'],
  ["an ANSI sequence", "\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"],
  ["a C1 control", "\x9b31m", "\\x9b31m"],
  ["line ends and tabs", "a\r\n\tb", "a\\r\\n\\tb"],
  ["a bidirectional override", "a\u202eb", "a\\u202eb"],
  ["zero-width characters", "a\u200b\u2060\ufeffb", "a\\u200b\\u2060\\ufeffb"],
  ["an invisible letter", "a\u3164b", "a\\u3164b"],
  ["a no-break space", "a\u00a0b", "a\\xa0b"],
  ["a line separator", "a\u2028b", "a\\u2028b"],
  ["a tag character", "a\u{e0041}b", "a\\u{e0041}b"],
  ["a lone surrogate", "a\ud800b", "a\\ud800b"],
  ["a code point XML forbids", "a\uffffb", "a\\uffffb"],
])("%s is written out where it hides", (_, text, expected) => {
  expect(visible(text)).toBe(expected);
});

test.each<[string, string]>([
  ["::error::x", ": :error::x"],
  ["a\n  ::stop-commands::x", "a\n  : :stop-commands::x"],
  ["\x1b[1m::warning::x", "\x1b[1m: :warning::x"],
  ["arn:aws:iam::123456789012:role/a", "arn:aws:iam::123456789012:role/a"],
  ["name ##[add-mask]x", "name # #[add-mask]x"],
  ["name ##vso[task.complete]x", "name # #vso[task.complete]x"],
  ["###[x]", "## #[x]"],
  ["## heading", "## heading"],
])("no line of %j is a workflow command", (text, expected) => {
  expect(withoutCommands(text)).toBe(expected);
});

test("a workflow command inside JSON stays the same data", () => {
  const json = JSON.stringify({ name: "##[error]x ##vso[y] \u202e\u{e0001}\x9b" }, null, 2);
  expect(inJson(json)).toMatch(/^[\n\x20-\x7e]*$/);
  expect(inJson(json)).not.toMatch(/##\[|##vso\[/);
  expect(JSON.parse(inJson(json))).toEqual(JSON.parse(json));
});

test("every string is changed, keys too, and nothing else", () => {
  const data = { a: ["x", 1, null, undefined], b: { c: "x", d: true } };
  expect(mapStrings(data, (text) => `${text}!`)).toEqual({
    "a!": ["x!", 1, null, undefined],
    "b!": { "c!": "x!", "d!": true },
  });
  const hostile = JSON.parse('{"__proto__":{"x":"y"}}');
  expect(JSON.stringify(mapStrings(hostile, (text) => text))).toBe('{"__proto__":{"x":"y"}}');
});

test("markup is closed by nothing in a text", () => {
  expect(inMarkup(`<script>alert("1")</script>]]>&'\u0000`)).toBe(
    "&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62;]]&#62;&#38;&#39;\\x00",
  );
  expect(inMarkup("##[x]")).toBe("#&#35;[x]");
});

test("Markdown prose has no markup, mention, link or reference", () => {
  expect(inMarkdown("@octocat #12 | `x` <b> [a](b) www.x.y https://z _i_ &amp;")).toBe(
    "@&#8203;octocat #&#8203;12 \\| \\`x\\` &lt;b&gt; \\[a\\]\\(b\\) www\\.x\\.y https\\://z \\_i\\_ &amp;amp;",
  );
});

test.each<[string, string]>([
  ["a.b", "`a.b`"],
  ["a`b", "``a`b``"],
  ["`a``", "``` `a`` ```"],
  ["", ""],
  [" ", ""],
  ["a|b", "`a|b`"],
])("the code span of %j", (text, expected) => {
  expect(codeSpan(text)).toBe(expected);
});

test("a code span in a table cell does not end the cell", () => {
  expect(cellCode("a|b")).toBe("`a\\|b`");
});

test("a code block is fenced by more backticks than it holds", () => {
  expect(codeBlock("a\n```\n::error::b", "json")).toBe("````json\na\n```\n: :error::b\n````");
});

test("a Mermaid label holds entity codes for what could end it", () => {
  expect(inMermaid('a"] --> b; click "x"')).toBe("a#34;#93; --#62; b#59; click #34;x#34;");
  expect([...inMermaid("x".repeat(100))].filter((character) => character === "x")).toHaveLength(59);
});

test("GitHub and Azure commands get their own escapes", () => {
  expect(inGithubMessage("100%: a,b\n::error::")).toBe("100%25: a,b\\n::error::");
  expect(inGithubProperty("a:b,c%")).toBe("a%3Ab%2Cc%25");
  expect(inAzureMessage("100%; ##vso[x]")).toBe("100%AZP25; # #vso[x]");
  expect(inAzureProperty("a];b")).toBe("a%5D%3Bb");
});

test("a text is cut between characters, never inside one", () => {
  expect(shorten("😀😀😀", 3)).toBe("😀😀😀");
  expect(shorten("😀😀😀", 2)).toBe("😀…");
});
