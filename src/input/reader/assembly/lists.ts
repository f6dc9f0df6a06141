// Lists of entries, and what entries stand in.

import { address, block } from "./address";
import { addByte, addText, keepDigest, startDigest } from "./digest";
import {
  arnNumber,
  CONFIGURED,
  configured,
  destroyed,
  entry,
  managed,
  moduleNumber,
  OBJECT,
  providerNumber,
  typeNumber,
} from "./entry";
import {
  ADDRESSES,
  ARNS,
  AT,
  BLOCKS,
  CALL_COUNT,
  CALL_FROM,
  CALL_LENGTHS,
  CALL_NAME_LENGTHS,
  CALL_NAMES,
  COUNT,
  DESK,
  DESTROYED,
  FROM,
  INTERESTS,
  KINDS,
  LENGTHS,
  LINE_AT,
  LINES,
  LONGEST,
  MANAGED,
  MODULES,
  MOST,
  NOTED,
  PATH,
  PATHS,
  PROVIDERS,
  TYPE_ASKED,
  TYPES,
} from "./memory";
import { full, NONE, numberOf } from "./texts";
import {
  at,
  blank,
  closed,
  cut,
  escaped,
  foreign,
  from,
  goBack,
  isLong,
  isShort,
  lineAt,
  lines,
  mark,
  member,
  skip,
  start,
  string,
  take,
  to,
} from "./walk";

/** Objects in modules in modules. */
const MODULE_LIST: i32 = 3;
/** Members of an object: calls with the blocks of their modules. */
const CALLS: i32 = 4;

// What `entries` answers
/** It stands before an entry that the chunk ends in. */
const NEED_MORE: i32 = 0;
/** Before an entry that has to be read otherwise. */
const UNUSUAL: i32 = 1;
/** Behind an entry, before what is no further one. */
const BEHIND: i32 = 2;
/** Before an entry that there is no room for in the columns. */
const FULL: i32 = 3;
/** Before an entry of a type that is not known yet. */
const ASKED: i32 = 4;
// And of what it consists of.
const PASSED: i32 = 5;
/** Behind an entry that has to be parsed. */
const TO_PARSE: i32 = 6;

/** What stands before the memory's first byte in the text. */
let base: f64 = 0;
/** How many rows there are, and how many of them are managed and destroyed. */
let rows: i32 = 0;
let managedRows: i32 = 0;
let destroyedRows: i32 = 0;
let calls: i32 = 0;
/** Of the path of the module that blocks stand in. */
let pathNumber: i32 = 0;

/** Past one entry, with a row. PASSED, or how it did not go well; then it is somewhere in the entry. */
function row(kind: i32): i32 {
  const begin = at;
  const type = entry(kind) ? typeNumber() : NONE;
  if (type == NONE) return cut ? NEED_MORE : UNUSUAL;
  const interest = load<u8>(INTERESTS + type);
  if (interest == 0) {
    store<i32>(TYPE_ASKED, type);
    return ASKED;
  }
  if (interest != NOTED) return TO_PARSE;
  if (rows == MOST) return FULL;
  store<f64>(ADDRESSES + (rows << 3), address);
  store<f64>(BLOCKS + (rows << 3), kind == CONFIGURED ? configured : block);
  store<f64>(FROM + (rows << 3), base + <f64>begin);
  store<u32>(LENGTHS + (rows << 2), <u32>(at - begin));
  store<i32>(TYPES + (rows << 2), type);
  store<i32>(MODULES + (rows << 2), destroyed ? NONE : moduleNumber);
  store<i32>(ARNS + (rows << 2), destroyed ? NONE : arnNumber);
  store<i32>(PROVIDERS + (rows << 2), providerNumber);
  store<i32>(PATHS + (rows << 2), pathNumber);
  store<u8>(KINDS + rows, managed ? 1 : 0);
  rows += 1;
  if (managed) {
    managedRows += 1;
    if (destroyed) destroyedRows += 1;
  }
  return PASSED;
}

/** Past a list of entries, or of modules, that begins here. */
function list(kind: i32, depth: i32): i32 {
  if (load<u8>(at) != 0x5b) return UNUSUAL;
  take();
  if (!blank()) return failed();
  if (load<u8>(at) == 0x5d) {
    take();
    return PASSED;
  }
  while (true) {
    if (load<u8>(at) != 0x7b) return UNUSUAL;
    const answer = kind == MODULE_LIST ? module(OBJECT, depth) : row(kind);
    // A block of a call is read with it.
    if (answer != PASSED && !(answer == TO_PARSE && kind == CONFIGURED)) return answer;
    if (!blank()) return failed();
    const byte = load<u8>(at);
    take();
    if (byte == 0x5d) return PASSED;
    if (byte != 0x2c) return UNUSUAL;
    if (!blank()) return failed();
  }
}

function failed(): i32 {
  return cut ? NEED_MORE : UNUSUAL;
}

/** Modules deeper than this are left to others. */
const DEEPEST: i32 = 32;

/** Past a module whose brace is here: its objects and those of the modules in it, or its blocks, where it calls no others. */
function module(kind: i32, depth: i32): i32 {
  let seen = 0;
  take();
  let first = true;
  while (true) {
    if (!member(first)) return failed();
    if (closed) return PASSED;
    first = false;
    const length = to - from;
    let answer = PASSED;
    if (length == 9 && isLong(0x656372756f736572, 0x73656372756f7365)) {
      // resources
      answer = (seen & 1) != 0 ? UNUSUAL : list(kind, 0);
      seen |= 1;
    } else if (kind == OBJECT && length == 13 && isLong(0x6f6d5f646c696863, 0x73656c75646f6d5f)) {
      // child_modules
      answer = (seen & 2) != 0 || depth == DEEPEST ? UNUSUAL : list(MODULE_LIST, depth + 1);
      seen |= 2;
    } else if (kind == CONFIGURED && length == 12 && isLong(0x635f656c75646f6d, 0x736c6c61635f656c)) {
      // module_calls
      answer = UNUSUAL;
    } else if (!skip()) answer = failed();
    if (answer != PASSED) return answer;
  }
}

/** Longer calls are not read as a whole: see read-configuration.ts. */
const SMALL_CALL: usize = 0x10000;

/** Past a call, from its name on. */
function call(pathLength: usize): i32 {
  if (load<u8>(at) != 0x22 || !string()) return failed();
  if (escaped || foreign || pathLength + (to - from) + 8 > LONGEST) return UNUSUAL;
  const name = from;
  const nameLength = <u32>(to - from);
  let length: usize = 0;
  if (pathLength > 0) {
    memory.copy(DESK, PATH, pathLength);
    store<u8>(DESK + pathLength, 0x2e);
    length = pathLength + 1;
  }
  // module.
  store<u32>(DESK + length, 0x75646f6d);
  store<u32>(DESK + length, 0x2e656c75, 3);
  memory.copy(DESK + length + 7, name, nameLength);
  startPath(DESK, length + 7 + nameLength);
  if (full) return UNUSUAL;
  if (!blank()) return failed();
  if (load<u8>(at) != 0x3a) return UNUSUAL;
  take();
  if (!blank()) return failed();
  if (load<u8>(at) != 0x7b) return UNUSUAL;
  const begin = at;
  let seen = false;
  take();
  let first = true;
  while (true) {
    if (!member(first)) return failed();
    if (closed) break;
    first = false;
    if (to - from == 6 && isShort(0x75646f6d, 0x656c7564)) {
      // module
      if (seen || load<u8>(at) != 0x7b) return UNUSUAL;
      seen = true;
      const answer = module(CONFIGURED, 0);
      if (answer != PASSED) return answer;
    } else if (!skip()) return failed();
  }
  if (at - begin >= SMALL_CALL) return UNUSUAL;
  if (calls == MOST) return FULL;
  store<u32>(CALL_NAMES + (calls << 2), <u32>name);
  store<u32>(CALL_NAME_LENGTHS + (calls << 2), nameLength);
  store<f64>(CALL_FROM + (calls << 3), base + <f64>begin);
  store<u32>(CALL_LENGTHS + (calls << 2), <u32>(at - begin));
  calls += 1;
  return PASSED;
}

function startPath(begin: usize, length: usize): void {
  startDigest();
  addText(begin, begin + length);
  if (length > 0) addByte(0x2e);
  keepDigest();
  pathNumber = numberOf(begin, length);
}

/**
 * Past the entries of a list from the brace of one on, or past the members of an object from the quote of one on, each
 * noted in a row of the columns. `origin`: what stands before the memory's first byte in the text. `pathLength`: how many
 * bytes of PATH are the path of the module, for CONFIGURED and CALLS.
 */
export function entries(kind: i32, begin: usize, stop: usize, origin: f64, pathLength: usize): i32 {
  start(begin, stop);
  base = origin;
  rows = 0;
  managedRows = 0;
  destroyedRows = 0;
  calls = 0;
  if (kind == CONFIGURED) startPath(PATH, pathLength);
  let answer = PASSED;
  while (answer == PASSED) {
    mark();
    const rowsBefore = rows;
    const managedBefore = managedRows;
    const destroyedBefore = destroyedRows;
    answer = kind == MODULE_LIST ? module(OBJECT, 0) : kind == CALLS ? call(pathLength) : row(kind);
    if (answer == PASSED) {
      if (!next(kind == CALLS ? 0x22 : 0x7b)) answer = BEHIND;
    } else {
      goBack();
      rows = rowsBefore;
      managedRows = managedBefore;
      destroyedRows = destroyedBefore;
      // One alone has more than there is room for.
      if (answer == TO_PARSE || (answer == FULL && rows == 0 && calls == 0)) answer = UNUSUAL;
    }
  }
  store<u32>(AT, <u32>at);
  store<i32>(LINES, lines);
  store<u32>(LINE_AT, <u32>lineAt);
  store<i32>(COUNT, rows);
  store<i32>(MANAGED, managedRows);
  store<i32>(DESTROYED, destroyedRows);
  store<i32>(CALL_COUNT, calls);
  return answer;
}

/** To the next entry or member, if it is there. */
function next(beginning: u8): bool {
  mark();
  if (blank() && load<u8>(at) == 0x2c) {
    take();
    if (blank() && load<u8>(at) == beginning) return true;
  }
  goBack();
  return false;
}
