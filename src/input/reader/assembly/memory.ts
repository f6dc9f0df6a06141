// Where things are in the memory that is shared with leap.ts, which has the same numbers. From 0x20000 on: the chunk.

/** Results, one word each. */
export const AT: usize = 0;
export const DEPTH: usize = 4;
export const IN_STRING: usize = 8;
export const ESCAPED: usize = 12;
export const LINES: usize = 16;
export const LINE_AT: usize = 20;
/** How many entries were noted; how many of them are managed, and destroyed. */
export const COUNT: usize = 24;
export const MANAGED: usize = 28;
export const DESTROYED: usize = 32;
export const CALL_COUNT: usize = 36;
/** The type that is asked about. */
export const TYPE_ASKED: usize = 40;

/** Columns of what is noted of entries, each with room for so many. Texts are numbers: see texts.ts. */
export const MOST: i32 = 1024;
export const ADDRESSES: usize = 0x1000;
export const BLOCKS: usize = 0x3000;
export const FROM: usize = 0x5000;
export const LENGTHS: usize = 0x7000;
export const TYPES: usize = 0x8000;
export const MODULES: usize = 0x9000;
export const ARNS: usize = 0xa000;
export const PROVIDERS: usize = 0xb000;
/** 1: managed. */
export const KINDS: usize = 0xc000;
export const PATHS: usize = 0xd000;
/** And of calls. */
export const CALL_NAMES: usize = 0xe000;
export const CALL_NAME_LENGTHS: usize = 0xf000;
export const CALL_FROM: usize = 0x10000;
export const CALL_LENGTHS: usize = 0x12000;

/** One text is put together here. */
export const DESK: usize = 0x13000;
export const LONGEST: usize = 0x1000;
/** The path of the module that blocks and calls stand in, such as `module.a`. */
export const PATH: usize = 0x15000;

/** By the number of a type's text: 0 not known yet, 1 entries of it are noted, 2 they are parsed. */
export const INTERESTS: usize = 0x100000;
export const NOTED: i32 = 1;

/** Texts that have a number: where each of them is and its digest, the table by digest, and the characters. */
export const MOST_TEXTS: u32 = 0x20000;
export const SLOTS: usize = 0x120000;
export const FEW_SLOTS: u32 = 0x3ff;
export const SLOT_MASK: u32 = 0x3ffff;
export const PLACES: usize = 0x220000;
export const CHARACTERS: usize = 0x400000;
export const CHARACTERS_END: usize = 0xa00000;
