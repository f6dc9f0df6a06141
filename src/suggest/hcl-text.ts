// Text of the Terraform language: literals, names, comments. Whatever the inputs hold, it stays one literal or one
// comment. Knows nothing of blocks.

/**
 * A quoted template that is exactly the text. Templates open with `${` and `%{`; control and invisible characters
 * are written as escapes, and `##` is broken so that no log takes a line for a workflow command.
 * Source: https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
 */
export function quoted(text: string): string {
  return `"${quotable(text)}"`;
}

/** What stands between the quotes. */
export function quotable(text: string): string {
  return escapeHidden(text.replace(/["\\]/g, "\\$&"))
    .replace(/[$%](?=\{)/g, "$&$&")
    .replace(/##(?=\[|vso\[)/g, "#\\u0023");
}

/** One line of a comment; what could end it or hide in it is written as an escape. */
export function commentText(text: string): string {
  return escapeHidden(text).replace(/##(?=\[|vso\[)/g, "# #");
}

function escapeHidden(text: string): string {
  return text.replace(HIDDEN, (found) => {
    const short = SHORT.get(found);
    if (short !== undefined) return short;
    const code = found.codePointAt(0) ?? 0;
    const digits = code.toString(16);
    return code > 0xffff ? `\\U${digits.padStart(8, "0")}` : `\\u${digits.padStart(4, "0")}`;
  });
}

const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;

const SHORT: ReadonlyMap<string, string> = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

/**
 * Whether text can stand as a name. ASCII alone: a name that reads like another one is not worth repeating.
 * Source: https://developer.hashicorp.com/terraform/language/syntax/configuration#identifiers
 */
export function isName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(text);
}

/** `root-usage` as the name of a block: `root_usage`. */
export function asName(text: string): string {
  const name = text.replace(/[^A-Za-z0-9_]+/g, "_").replace(/^_+|_+$/g, "");
  return isName(name) ? name : `_${name}`;
}
