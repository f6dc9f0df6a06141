// Steps over pieces of HCL text without understanding them: quoted templates, heredocs, comments, nested brackets.
// Everything that has to find where something ends in HCL text goes through here.

/** How deep brackets and templates may nest; deeper text is refused before any parser recurses into it. */
export const MAX_NESTING = 200;

/** The text nests deeper than `MAX_NESTING`. */
export class NestingTooDeep extends Error {
  override readonly name = "NestingTooDeep";
  readonly offset: number;

  constructor(offset: number) {
    super("nested too deeply");
    this.offset = offset;
  }
}

/** What the scanner is inside of: brackets that `close` ends, a quoted template, or a heredoc up to its marker. */
type Mode =
  | { readonly kind: "brackets"; readonly close: string }
  | { readonly kind: "quoted" }
  | { readonly kind: "heredoc"; readonly marker: string };

const CLOSING: Readonly<Record<string, string>> = { "{": "}", "(": ")", "[": "]" };

/**
 * The offset just behind the `}` that ends an interpolation or directive whose inside begins at `at`;
 * `undefined` when it never ends. Cost: linear. Throws `NestingTooDeep`.
 */
export function interpolationEnd(text: string, at: number): number | undefined {
  return scan(text, at, [{ kind: "brackets", close: "}" }], undefined);
}

/** The offset just behind the quoted template that opens at `at`; `undefined` when it never ends. */
export function quotedEnd(text: string, at: number): number | undefined {
  return scan(text, at + 1, [{ kind: "quoted" }], undefined);
}

/**
 * The offset of the line end, comment or closing bracket that ends an argument's expression beginning at `at`;
 * the text's length when nothing does.
 */
export function expressionEnd(text: string, at: number): number {
  let stop = text.length;
  scan(text, at, [], (offset) => {
    stop = offset;
  });
  return stop;
}

/**
 * Runs until the outermost mode ends. Without an outermost mode it runs to what ends an expression in a body and
 * reports that offset to `stopAt`.
 */
function scan(
  text: string,
  start: number,
  modes: Mode[],
  stopAt: ((offset: number) => void) | undefined,
): number | undefined {
  let at = start;
  while (at < text.length) {
    if (modes.length > MAX_NESTING) throw new NestingTooDeep(at);
    const mode = modes.at(-1);
    if (mode?.kind === "quoted") at = inQuoted(text, at, modes);
    else if (mode?.kind === "heredoc") at = inHeredoc(text, at, mode.marker, modes);
    else {
      if (mode === undefined && endsExpression(text, at)) {
        stopAt?.(at);
        return at;
      }
      at = inBrackets(text, at, mode?.close, modes);
    }
    if (modes.length === 0 && stopAt === undefined) return at;
  }
  return undefined;
}

function endsExpression(text: string, at: number): boolean {
  const char = text[at];
  return (
    char === "\n" ||
    char === "}" ||
    char === "#" ||
    (char === "/" && text[at + 1] === "/") ||
    (char === "\r" && text[at + 1] === "\n")
  );
}

function inQuoted(text: string, at: number, modes: Mode[]): number {
  const char = text[at];
  if (char === "\\") return at + 2;
  if (char === '"') {
    modes.pop();
    return at + 1;
  }
  return openTemplate(text, at, modes);
}

/** Past one character of literal template text, or into an interpolation; `$${` and `%%{` are literal. */
function openTemplate(text: string, at: number, modes: Mode[]): number {
  const char = text[at];
  if (char !== "$" && char !== "%") return at + 1;
  if (text[at + 1] === char && text[at + 2] === "{") return at + 3;
  if (text[at + 1] !== "{") return at + 1;
  modes.push({ kind: "brackets", close: "}" });
  return at + 2;
}

/** At the start of a line the heredoc may end: on a line that holds nothing but its marker. */
function inHeredoc(text: string, at: number, marker: string, modes: Mode[]): number {
  if (text[at - 1] === "\n") {
    const end = lineEnd(text, at);
    if (text.slice(at, end).trim() === marker) {
      modes.pop();
      return text[end - 1] === "\r" ? end - 1 : end;
    }
  }
  return openTemplate(text, at, modes);
}

function inBrackets(text: string, at: number, close: string | undefined, modes: Mode[]): number {
  const char = text[at] ?? "";
  if (char === close) {
    modes.pop();
    return at + 1;
  }
  const closing = CLOSING[char];
  if (closing !== undefined) {
    modes.push({ kind: "brackets", close: closing });
    return at + 1;
  }
  if (char === '"') {
    modes.push({ kind: "quoted" });
    return at + 1;
  }
  if (char === "#" || char === "/") return commentEnd(text, at) ?? at + 1;
  if (char !== "<") return at + 1;
  const heredoc = heredocAt(text, at);
  if (heredoc === undefined) return at + 1;
  modes.push({ kind: "heredoc", marker: heredoc.marker });
  return heredoc.body;
}

export interface Heredoc {
  readonly marker: string;
  /** `<<-`: the least indentation of the lines is taken away from all. */
  readonly flush: boolean;
  /** Offset of the first line of its text. */
  readonly body: number;
}

const HEREDOC = /<<(-?)([\p{L}_][\p{L}\p{N}_-]*)[ \t]*\r?\n/uy;

/** The heredoc that opens at `at`, if one does. */
export function heredocAt(text: string, at: number): Heredoc | undefined {
  HEREDOC.lastIndex = at;
  const match = HEREDOC.exec(text);
  if (match?.[2] === undefined) return undefined;
  return { marker: match[2], flush: match[1] === "-", body: HEREDOC.lastIndex };
}

/** The offset behind the comment that begins at `at` (its line end stays); `undefined` when none does. */
export function commentEnd(text: string, at: number): number | undefined {
  if (text[at] === "#" || text.startsWith("//", at)) {
    const end = lineEnd(text, at);
    return text[end - 1] === "\r" ? end - 1 : end;
  }
  if (!text.startsWith("/*", at)) return undefined;
  const end = text.indexOf("*/", at + 2);
  return end < 0 ? text.length : end + 2;
}

/** The offset of the next line end, or the text's length. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** Where the text of a heredoc ends and where its marker does. An unclosed one runs to the end. */
export function heredocEnd(text: string, heredoc: Heredoc): { bodyEnd: number; end: number } {
  const end = scan(text, heredoc.body, [{ kind: "heredoc", marker: heredoc.marker }], undefined);
  if (end === undefined) return { bodyEnd: text.length, end: text.length };
  return { bodyEnd: text.lastIndexOf("\n", end - 1) + 1, end };
}
