// Changes to JSON and to text that programs trip over. Seeded by the dice that are handed in.

import { isArray, isObject, type Json } from "../../src/model/json.ts";
import { type Dice, type Path, pathsOf, valueAt, withValueAt } from "../../test/tools/plan-changes.ts";

export function pick<T>(items: readonly T[], dice: Dice): T {
  return items[dice(items.length)] as T;
}

const STARS = "*a".repeat(40);
const BRACKETS = 600;

/** Wrong types, names of built-in properties, halves of syntax, patterns that are expensive or broken. */
const ODD: readonly Json[] = [
  null,
  true,
  false,
  0,
  -1,
  1e308,
  -0,
  2 ** 53 + 2,
  "",
  " ",
  "__proto__",
  "constructor",
  "toString",
  "\u0000",
  "\u001b[31m",
  "\u202e",
  "\ud800",
  "::error::x",
  "<script>",
  "arn:",
  "arn:aws:sns:::",
  "arn:aws:sns:eu-west-1:111122223333:topic-0",
  ":::::::",
  "${",
  "${var.x}",
  "%{ if true }",
  "{ $.a = ",
  '{ $.errorCode = "*" }',
  `{ ${"(".repeat(BRACKETS)}$.a = 1${")".repeat(BRACKETS)} }`,
  `{ $.errorCode = "${STARS}" }`,
  "{ $.errorCode = %(a+)+$% }",
  "{ $.errorCode = %[a-z]{1,9}[a-z]{1,9}[a-z]{1,9}$% }",
  "ALARM(",
  `${"NOT (".repeat(200)}TRUE${")".repeat(200)}`,
  "FILL(m1, 0)",
  "SUM(METRICS())",
  "SELECT SUM(a) FROM b",
  '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"sns:*","Resource":"*"}]}',
  '{"a":[{"prefix":"x"}]}',
  "module.a[",
  "module.x.y",
  "each.value",
  "2147483648",
  [],
  {},
  [null],
  [[]],
  { references: ["module.x.y", "each.value", "path.module", ""] },
  { references: ["aws_sns_topic.topic0.arn"] },
  { constant_value: { a: [1] } },
  { constant_value: null },
];

const NAMES = ["__proto__", "constructor", "toString", "hasOwnProperty", "address", "type", "index", "", "0"];

/** JSON with one thing changed; whatever it is, it is JSON. */
export function mutatedJson(json: Json, dice: Dice): Json {
  const paths = [...pathsOf(json)];
  if (paths.length === 0) return pick(ODD, dice);
  const path = pick(paths, dice);
  const parentPath = path.slice(0, -1);
  const parent = valueAt(json, parentPath);
  switch (dice(8)) {
    case 0:
      return withValueAt(json, parentPath, without(parent, path.at(-1)));
    case 1:
      return withValueAt(json, path, valueAt(json, pick(paths, dice)) ?? null);
    case 2:
      return withValueAt(json, parentPath, renamed(parent, path.at(-1), pick(NAMES, dice)));
    case 3:
      return withValueAt(json, parentPath, doubled(parent));
    case 4: {
      const value = valueAt(json, path);
      return withValueAt(json, path, typeof value === "string" ? mutatedText(value, dice) : pick(ODD, dice));
    }
    case 5:
      return withValueAt(json, path, nested(valueAt(json, path) ?? null, 1 + dice(4)));
    default:
      return withValueAt(json, path, pick(ODD, dice));
  }
}

function without(parent: Json | undefined, key: Path[number] | undefined): Json {
  if (isArray(parent)) return parent.filter((_, at) => at !== key);
  return fromEntries(Object.entries(isObject(parent) ? parent : {}).filter(([name]) => name !== key));
}

function renamed(parent: Json | undefined, key: Path[number] | undefined, name: string): Json {
  if (!isObject(parent)) return parent ?? null;
  return fromEntries(Object.entries(parent).map(([own, value]) => [own === key ? name : own, value]));
}

function doubled(parent: Json | undefined): Json {
  if (isArray(parent)) return [...parent, ...parent];
  return isObject(parent) ? { ...parent, copy: parent } : (parent ?? null);
}

function nested(value: Json, depth: number): Json {
  return depth === 0 ? value : depth % 2 === 0 ? [nested(value, depth - 1)] : { a: nested(value, depth - 1) };
}

/** `__proto__` as a key of its own, as JSON.parse makes it. */
function fromEntries(entries: readonly (readonly [string, Json])[]): Json {
  const result: Record<string, Json> = {};
  for (const [key, value] of entries) {
    Object.defineProperty(result, key, { value, enumerable: true, writable: true, configurable: true });
  }
  return result;
}

const PIECES = [
  "",
  " ",
  "\n",
  "\t",
  "{",
  "}",
  "[",
  "]",
  "(",
  ")",
  '"',
  "'",
  "\\",
  "${",
  "%{",
  "$",
  "%",
  "*",
  ",",
  ":",
  "=",
  "==",
  "!=",
  "&&",
  "||",
  "#",
  "/*",
  "*/",
  "<<EOT\n",
  "EOT\n",
  "&a",
  "*a",
  "<<: ",
  "- ",
  "? ",
  "!!js/function ",
  "---\n",
  "null",
  "true",
  "1e999",
  "-",
  "0x1",
  "\u0000",
  "\uFEFF",
  "\u2028",
  "\ud800",
  "é",
  "𝒳",
  "__proto__",
  "for_each = var.x\n",
  "count = -1\n",
  "dynamic ",
  "each.value",
  "self",
  "module.",
  "data.",
  "(((((((((((((((((((((((((",
  "a".repeat(300),
];

/** Text with pieces cut, doubled, moved or put in. */
export function mutatedText(text: string, dice: Dice): string {
  const at = dice(text.length + 1);
  const length = dice(dice(4) === 0 ? 200 : 8);
  switch (dice(6)) {
    case 0:
      return text.slice(0, at) + text.slice(at + length);
    case 1:
      return text.slice(0, at) + pick(PIECES, dice) + text.slice(at);
    case 2:
      return text.slice(0, at) + pick(PIECES, dice) + text.slice(at + length);
    case 3:
      return text.slice(0, at) + text.slice(at, at + length).repeat(1 + dice(3)) + text.slice(at + length);
    case 4: {
      const to = dice(text.length + 1);
      return text.slice(0, at) + text.slice(to, to + length) + text.slice(at);
    }
    default:
      return text.slice(0, at);
  }
}

/** Bytes with a few changed, cut or put in. */
export function mutatedBytes(bytes: Uint8Array, dice: Dice): Uint8Array {
  const copy = Uint8Array.from(bytes);
  // The directory of an archive stands at its end.
  const start = dice(2) === 0 ? 0 : Math.max(0, bytes.length - 700);
  for (let count = dice(5); count >= 0; count -= 1) copy[start + dice(copy.length - start)] = dice(256);
  return dice(4) === 0 ? copy.subarray(0, dice(copy.length + 1)) : copy;
}
