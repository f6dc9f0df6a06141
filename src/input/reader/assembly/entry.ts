// One entry of a list of resources, and what is noted of it.

import { moduleOfAddress, noteAddress } from "./address";
import { addByte, addDataPrefix, addText, digest, resumeDigest } from "./digest";
import { CLOSED, MAY_BE_ARN } from "./leap";
import { DESK, LONGEST } from "./memory";
import { full, NONE, numberOf, plain, textFrom, textTo } from "./texts";
import {
  at,
  blank,
  closed,
  end,
  escaped,
  foreign,
  from,
  isLong,
  isShort,
  member,
  rest,
  skip,
  string,
  take,
  to,
} from "./walk";

/** Which list it stands in. */
export const CHANGE: i32 = 0;
export const OBJECT: i32 = 1;
export const CONFIGURED: i32 = 2;

const OTHER: i32 = 0;
const TYPE: i32 = 1;
const MODE: i32 = 2;
const NAME: i32 = 3;
const ADDRESS: i32 = 4;
const MODULE: i32 = 5;
const PROVIDER: i32 = 6;
const CONTENT: i32 = 7;
/** Of entries that are read otherwise. */
const RARE: i32 = 8;

/** What the key that was passed is in an entry: fields as in read-entries.ts. */
function field(kind: i32): i32 {
  const length = to - from;
  if (length == 4) {
    if (isShort(0x65707974, 0x65707974)) return TYPE; // type
    if (isShort(0x65646f6d, 0x65646f6d)) return MODE; // mode
    if (kind == CONFIGURED && isShort(0x656d616e, 0x656d616e)) return NAME; // name
  } else if (kind == CONFIGURED) {
    // provider_config_key
    if (length != 19 || load<u64>(from, 8) != 0x5f6769666e6f635f) return OTHER;
    if (isLong(0x72656469766f7270, 0x79656b5f6769666e)) return PROVIDER;
  } else if (length == 7) {
    if (isShort(0x72646461, 0x73736572)) return ADDRESS; // address
    if (isShort(0x6f706564, 0x6465736f)) return RARE; // deposed
  } else if (length == 6) {
    if (kind == CHANGE && isShort(0x6e616863, 0x65676e61)) return CONTENT; // change
    if (kind == OBJECT && isShort(0x756c6176, 0x7365756c)) return CONTENT; // values
  } else if (length == 14) {
    if (kind == CHANGE && isLong(0x615f656c75646f6d, 0x737365726464615f)) return MODULE; // module_address
  } else if (length == 16) {
    if (isLong(0x73756f6976657270, 0x737365726464615f)) return RARE; // previous_address
  } else if (length == 11) {
    if (isLong(0x5f6465736f706564, 0x79656b5f6465736f)) return RARE; // deposed_key
  }
  return OTHER;
}

// What is noted of an entry, beside its address
let typeFrom: usize = 0;
let typeTo: usize = 0;
let nameFrom: usize = 0;
let nameTo: usize = 0;
export let managed: bool = false;
export let destroyed: bool = false;
/** Of a block of the configuration, which has no address. */
export let configured: f64 = 0;
export let moduleNumber: i32 = 0;
export let arnNumber: i32 = 0;
export let providerNumber: i32 = 0;

/** Past an entry whose brace is here. */
export function entry(kind: i32): bool {
  let seen = 0;
  moduleNumber = NONE;
  arnNumber = NONE;
  providerNumber = NONE;
  managed = false;
  destroyed = false;
  take();
  for (let first = true; ; first = false) {
    if (!member(first)) return false;
    if (closed) break;
    const name = field(kind);
    if (name == OTHER) {
      if (!skip()) return false;
      continue;
    }
    const bit = 1 << name;
    if ((seen & bit) != 0 || name == RARE) return false;
    seen |= bit;
    if (name == CONTENT) {
      if (!(kind == CHANGE ? change() : arn())) return false;
      continue;
    }
    if (load<u8>(at) != 0x22 || !string() || foreign) return false;
    if (!note(name, kind)) return false;
  }
  let needed = (1 << TYPE) | (1 << MODE) | (1 << (kind == CONFIGURED ? NAME : ADDRESS));
  if (kind == CHANGE) needed |= 1 << CONTENT;
  if ((seen & needed) != needed) return false;
  if (kind == CONFIGURED) {
    if (typeFrom == typeTo || nameFrom == nameTo) return false;
    resumeDigest();
    if (!managed) addDataPrefix();
    addText(typeFrom, typeTo);
    addByte(0x2e);
    addText(nameFrom, nameTo);
    configured = digest();
    if (providerNumber == NONE) providerNumber = numberOf(from, 0);
  } else if (moduleNumber == NONE) moduleNumber = numberOf(from, 0);
  return !full;
}

/** Notes the string that was passed. */
function note(name: i32, kind: i32): bool {
  if (name == ADDRESS) {
    if (!plain() || !noteAddress(kind == OBJECT)) return false;
    if (kind == OBJECT) moduleNumber = moduleOfAddress;
    return true;
  }
  if (name == MODULE) {
    if (!plain()) return false;
    moduleNumber = numberOf(textFrom, textTo - textFrom);
    return true;
  }
  if (escaped) return false;
  if (name == TYPE) {
    typeFrom = from;
    typeTo = to;
  } else if (name == NAME) {
    nameFrom = from;
    nameTo = to;
  } else if (name == PROVIDER) {
    providerNumber = numberOf(from, to - from);
  } else if (to - from == 7 && isShort(0x616e616d, 0x64656761)) {
    managed = true; // managed
  } else return to - from == 4 && isShort(0x61746164, 0x61746164); // data
  return true;
}

/** Past `change`. */
function change(): bool {
  if (load<u8>(at) != 0x7b) return false;
  let seen = 0;
  take();
  let first = true;
  while (true) {
    if (!member(first)) return false;
    if (closed) return (seen & 1) != 0;
    first = false;
    const length = to - from;
    if (length == 7 && isShort(0x69746361, 0x736e6f69)) {
      // actions
      if ((seen & 1) != 0 || !actions()) return false;
      seen |= 1;
    } else if (length == 5 && isShort(0x65746661, 0x72657466)) {
      // after
      if ((seen & 2) != 0 || !arn()) return false;
      seen |= 2;
    } else if (!skip()) return false;
  }
}

const DELETE: i32 = 5;

/** Past a list of actions. */
function actions(): bool {
  if (load<u8>(at) != 0x5b) return false;
  take();
  if (!blank()) return false;
  const first = action();
  if (first == 0 || !blank()) return false;
  let second = 0;
  if (load<u8>(at) == 0x2c) {
    take();
    if (!blank()) return false;
    second = action();
    if (second == 0 || !blank()) return false;
  }
  if (load<u8>(at) != 0x5d) return false;
  take();
  // As `fateOf` has it.
  destroyed = first == DELETE && (second == 0 || second == DELETE);
  return true;
}

/** 0: none that is known. */
function action(): i32 {
  if (!string() || escaped || foreign) return 0;
  const length = to - from;
  if (length == 5 && isShort(0x6f2d6f6e, 0x706f2d6f)) return 1; // no-op
  if (length == 6 && isShort(0x61657263, 0x65746165)) return 2; // create
  if (length == 4 && isShort(0x64616572, 0x64616572)) return 3; // read
  if (length == 6 && isShort(0x61647075, 0x65746164)) return 4; // update
  if (length == 6 && isShort(0x656c6564, 0x6574656c)) return DELETE; // delete
  return 0;
}

/** Past the values of an object, noting what its ARN says of its account. */
function arn(): bool {
  if (load<u8>(at) != 0x7b) return skip();
  take();
  if (load<u8>(at) == 0x7d && at < end) {
    take();
    return true;
  }
  const answer = rest(1);
  if (answer != MAY_BE_ARN) return answer == CLOSED;
  if (!blank()) return false;
  if (load<u8>(at) != 0x22) {
    if (!skip()) return false;
  } else {
    if (!string() || escaped || foreign) return false;
    if (!noteArn()) return false;
  }
  return rest(-1) == CLOSED;
}

/** As arnPlace in set-aside.ts has it. */
function noteArn(): bool {
  if (to - from < 4 || load<u32>(from) != 0x3a6e7261) return true; // arn:
  const service = colonFrom(from + 4);
  const region = service == 0 ? <usize>0 : colonFrom(service + 1);
  const account = region == 0 ? <usize>0 : colonFrom(region + 1);
  if (account == 0) {
    arnNumber = numberOf(from, to - from);
    return true;
  }
  const last = colonFrom(account + 1);
  const partition = service - from;
  const place = (last == 0 ? to : last) - region;
  if (partition + place + 2 > LONGEST) return false;
  memory.copy(DESK, from, partition);
  store<u8>(DESK + partition, 0x3a);
  memory.copy(DESK + partition + 1, region, place);
  store<u8>(DESK + partition + 1 + place, 0x3a);
  arnNumber = numberOf(DESK, partition + place + 2);
  return true;
}

/** 0: there is none. */
function colonFrom(start: usize): usize {
  for (let here = start; here < to; here += 1) if (load<u8>(here) == 0x3a) return here;
  return 0;
}

/** The number of a type, with `data.` before those of data sources. */
export function typeNumber(): i32 {
  const length = typeTo - typeFrom;
  if (managed) return numberOf(typeFrom, length);
  if (length + 5 > LONGEST) return NONE;
  store<u32>(DESK, 0x61746164);
  store<u8>(DESK + 4, 0x2e);
  memory.copy(DESK + 5, typeFrom, length);
  return numberOf(DESK, length + 5);
}
