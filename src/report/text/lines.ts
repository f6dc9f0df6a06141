// Lines of the terminal report: wrapping, colour, symbols. Knows nothing of findings.

import { withoutCommands } from "../escape.ts";
import type { RenderOptions } from "../render-options.ts";

export type Style = "plain" | "strong" | "faint" | "good" | "bad" | "open" | "hint";

export interface Line {
  readonly text: string;
  readonly style: Style;
  /** The symbol in front of `text` and its colour, if it has one. */
  readonly mark?: { readonly text: string; readonly style: Style };
}

export function line(text: string, style: Style = "plain"): Line {
  return { text, style };
}

export const BLANK: Line = line("");

const CODES: Readonly<Record<Style, readonly [open: string, close: string]>> = {
  plain: ["", ""],
  strong: ["\x1b[1m", "\x1b[22m"],
  faint: ["\x1b[2m", "\x1b[22m"],
  good: ["\x1b[32m", "\x1b[39m"],
  bad: ["\x1b[31m", "\x1b[39m"],
  open: ["\x1b[33m", "\x1b[39m"],
  hint: ["\x1b[36m", "\x1b[39m"],
};

/** The finished text, ending in a line break. */
export function printLines(lines: readonly Line[], { color, unicode }: RenderOptions): string {
  const paint = (text: string, style: Style) => {
    const [open, close] = CODES[style];
    return color && text !== "" ? `${open}${text}${close}` : text;
  };
  const printed = lines.map(({ text, style, mark }) => {
    const shown = paint(text.trimEnd(), style);
    return mark === undefined
      ? shown
      : paint(shown === "" ? mark.text.trimEnd() : mark.text, mark.style) + shown;
  });
  const output = withoutCommands(`${printed.join("\n")}\n`);
  return unicode ? output : ascii(output);
}

function ascii(text: string): string {
  return text.replaceAll("…", "...").replace(/[^\x00-\x7f]/gu, (found) => {
    const code = (found.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
  });
}

/** Narrower than this nothing is worth aligning. */
const NARROWEST = 60;
/** Wider than this nobody reads. */
const WIDEST = 120;

export function columnsOf({ width }: RenderOptions): number {
  return Math.min(WIDEST, Math.max(NARROWEST, width));
}

/**
 * `text` behind `lead`, broken at blanks; words stay whole so that they can be copied. Later lines begin at column
 * `hang`, under the text where it is not given.
 */
export function wrap(
  lead: string,
  text: string,
  columns: number,
  { style = "plain", hang = lead.length }: { style?: Style; hang?: number } = {},
): readonly Line[] {
  const lines: Line[] = [];
  let current = lead;
  let empty = true;
  for (const word of text.split(" ")) {
    if (!empty && current.length + 1 + word.length > columns) {
      lines.push(line(current, style));
      current = " ".repeat(hang);
      empty = true;
    }
    current = empty ? current + word : `${current} ${word}`;
    empty = false;
  }
  return [...lines, line(current, style)];
}
