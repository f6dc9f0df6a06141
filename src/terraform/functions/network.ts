// IP network functions. Source: https://developer.hashicorp.com/terraform/language/functions#ip-network-functions

import { known, UNSET } from "../../model/value.ts";
import { fail } from "../failure.ts";
import { derived, isSettled, list, text } from "../values.ts";
import { aText, aWholeNumber, type FunctionTable, pure, revealing } from "./signature.ts";

export const networkFunctions: FunctionTable = {
  cidrcontains: pure([aText, aText], (outer, inner) => known(contains(readPrefix(outer), inner))),
  cidrhost: pure([aText, aWholeNumber], (prefix, host) =>
    text(printAddress(hostOf(readPrefix(prefix), host))),
  ),
  cidrnetmask: pure([aText], (prefix) => text(printAddress(netmask(readPrefix(prefix))))),
  cidrsubnet: pure([aText, aWholeNumber, aWholeNumber], (prefix, bits, number) =>
    text(printPrefix(subnet(readPrefix(prefix), bits, BigInt(number)))),
  ),
  cidrsubnets: revealing(1, Number.POSITIVE_INFINITY, (args) => {
    if (!args.every(isSettled)) return derived(args);
    const [prefix = UNSET, ...sizes] = args;
    return list(
      subnets(readPrefix(aText(prefix)), sizes.map(aWholeNumber)).map((one) => text(printPrefix(one))),
    );
  }),
};

interface IpAddress {
  readonly value: bigint;
  readonly bits: 32 | 128;
}

interface Prefix extends IpAddress {
  readonly length: number;
}

function readPrefix(written: string): Prefix {
  const [, address = "", length = ""] = /^([0-9A-Fa-f.:]+)\/(\d{1,3})$/.exec(written) ?? [];
  const ip = readAddress(address);
  const size = Number(length);
  if (size > ip.bits) return fail("the text is no CIDR prefix");
  return { ...ip, value: ip.value & mask(ip.bits, size), length: size };
}

function readAddress(written: string): IpAddress {
  if (!written.includes(":")) return { value: readFour(written), bits: 32 };
  const halves = written.split("::");
  if (halves.length > 2) return fail("the text is no IP address");
  const [head = [], tail = []] = halves.map(readGroups);
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return fail("the text is no IP address");
  const groups = [...head, ...Array.from({ length: missing }, () => 0n), ...tail];
  return { value: groups.reduce((value, group) => (value << 16n) | group, 0n), bits: 128 };
}

function readFour(written: string): bigint {
  const parts = written.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) {
    return fail("the text is no IP address");
  }
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

function readGroups(half: string): bigint[] {
  if (half === "") return [];
  return half.split(":").flatMap((group, index, groups) => {
    if (index === groups.length - 1 && group.includes(".")) {
      const four = readFour(group);
      return [four >> 16n, four & 0xffffn];
    }
    return /^[0-9A-Fa-f]{1,4}$/.test(group) ? [BigInt(`0x${group}`)] : fail("the text is no IP address");
  });
}

function mask(bits: number, length: number): bigint {
  return ((1n << BigInt(length)) - 1n) << BigInt(bits - length);
}

function netmask(prefix: Prefix): IpAddress {
  if (prefix.bits !== 32) return fail("only IPv4 has netmasks");
  return { value: mask(32, prefix.length), bits: 32 };
}

/** A negative host number counts from the end. */
function hostOf(prefix: Prefix, host: number): IpAddress {
  const size = 1n << BigInt(prefix.bits - prefix.length);
  const number = host < 0 ? size + BigInt(host) : BigInt(host);
  if (number < 0n || number >= size) return fail("the prefix has fewer hosts");
  return { value: prefix.value | number, bits: prefix.bits };
}

function subnet(prefix: Prefix, newBits: number, number: bigint): Prefix {
  const length = prefix.length + newBits;
  if (length > prefix.bits) return fail("the prefix has too few bits");
  if (number < 0n || number >= 1n << BigInt(newBits)) return fail("the prefix has fewer subnets");
  return { ...prefix, value: prefix.value | (number << BigInt(prefix.bits - length)), length };
}

/** One after the other, each at the next place that fits its size. */
function subnets(prefix: Prefix, sizes: readonly number[]): readonly Prefix[] {
  const end = prefix.value + (1n << BigInt(prefix.bits - prefix.length));
  let next = prefix.value;
  return sizes.map((newBits) => {
    const length = prefix.length + newBits;
    if (newBits < 1 || length > prefix.bits) return fail("the prefix has too few bits");
    const size = 1n << BigInt(prefix.bits - length);
    const value = ((next + size - 1n) / size) * size;
    next = value + size;
    return next > end ? fail("the subnets do not fit the prefix") : { value, bits: prefix.bits, length };
  });
}

function contains(outer: Prefix, written: string): boolean {
  const inner = written.includes("/") ? readPrefix(written) : { ...readAddress(written), length: undefined };
  if (inner.bits !== outer.bits) return fail("the addresses are of different families");
  if ((inner.length ?? inner.bits) < outer.length) return false;
  return (inner.value & mask(outer.bits, outer.length)) === outer.value;
}

function printPrefix(prefix: Prefix): string {
  return `${printAddress(prefix)}/${prefix.length}`;
}

function printAddress({ value, bits }: IpAddress): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join(".");
  const groups = Array.from({ length: 8 }, (_, index) => (value >> BigInt(112 - index * 16)) & 0xffffn);
  const zeros = longestZeros(groups);
  const print = (part: readonly bigint[]) => part.map((group) => group.toString(16)).join(":");
  if (zeros === undefined) return print(groups);
  return `${print(groups.slice(0, zeros.start))}::${print(groups.slice(zeros.end))}`;
}

/** The first longest run of at least two zero groups. Source: RFC 5952, section 4.2. */
function longestZeros(groups: readonly bigint[]): { start: number; end: number } | undefined {
  let best: { start: number; end: number } | undefined;
  for (let start = 0; start < groups.length; start += 1) {
    let end = start;
    while (groups[end] === 0n) end += 1;
    if (end - start >= 2 && end - start > (best === undefined ? 0 : best.end - best.start))
      best = { start, end };
  }
  return best;
}
