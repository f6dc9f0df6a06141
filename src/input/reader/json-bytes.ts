// The bytes that mean something in JSON, and what each of the 256 is where nothing but balance counts.

export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;
export const NEWLINE = 0x0a;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;

// What a byte outside of strings is when nothing but balance counts.
export const PLAIN = 0;
export const STRING = 1;
export const OPEN = 2;
export const CLOSE = 3;
export const LINE_END = 4;
const WRONG = 5;

/** By byte. Words and numbers are not checked: their characters are plain. */
export const CLASSES = new Uint8Array(256).fill(WRONG);
for (const char of " \t\r,:0123456789+-.eEtrufalsn") CLASSES[char.charCodeAt(0)] = PLAIN;
CLASSES[QUOTE] = STRING;
CLASSES[OPEN_BRACE] = OPEN;
CLASSES[OPEN_BRACKET] = OPEN;
CLASSES[CLOSE_BRACE] = CLOSE;
CLASSES[CLOSE_BRACKET] = CLOSE;
CLASSES[NEWLINE] = LINE_END;

/** 1 for the bytes that numbers, true, false and null consist of. */
export const SCALAR_BYTES = new Uint8Array(256);
for (const char of "0123456789+-.eEtrufalsn") SCALAR_BYTES[char.charCodeAt(0)] = 1;
