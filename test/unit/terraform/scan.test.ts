// Where things end in HCL text.

import { describe, expect, it } from "vitest";
import {
  commentEnd,
  expressionEnd,
  heredocAt,
  heredocEnd,
  interpolationEnd,
  lineEnd,
  MAX_NESTING,
  NestingTooDeep,
  quotedEnd,
} from "../../../src/terraform/scan.ts";

/** Texts with "^" where something ends; what begins is at the start. */
function marked(text: string): { text: string; end: number | undefined } {
  const end = text.indexOf("^");
  return { text: text.replace("^", ""), end: end < 0 ? undefined : end };
}

describe("interpolations end", () => {
  it.each([
    "a}^ b}",
    "}^",
    "{ a = {} }}^}",
    "f(a, [b])}^",
    '"}"}^',
    '"\\"}"}^',
    '"${"}"}"}^',
    '"$${"}^',
    '"%%{"}^',
    '"%{ if a }}%{ endif }"}^',
    '"$a%b$"}^',
    '"$$"}^',
    '"%%"}^',
    '"$%{ "}" }"}^',
    '"%${ "}" }"}^',
    "a # }\n}^",
    "a // }\n}^",
    "a /* } */ }^",
    "a / b}^",
    "<<E\n}\nE\n}^",
    "<<-E\n}\n  E\n}^",
    '<<E\n${ "}" }\nE\n}^',
    "a < b}^",
    "a << b}^",
    ")]}^",
  ])("%j", (text) => {
    const { text: plain, end } = marked(text);
    expect(interpolationEnd(plain, 0)).toBe(end);
  });

  it.each(["", "a", "{}", '"}', '"${}', "# }", "/* }", "<<E\n}\nEE\n}", "(}"])("%j never", (text) => {
    expect(interpolationEnd(text, 0)).toBeUndefined();
  });

  it("from any place on", () => {
    expect(interpolationEnd("x${a}b}", 3)).toBe(5);
    expect(interpolationEnd("x${a}b}", 5)).toBe(7);
  });
});

describe("quoted templates end", () => {
  it.each([
    '"a"^ "',
    '""^',
    '"\\""^',
    '"\\\\"^',
    '"${"}"}"^',
    '"$${"^',
    '"%%{"^',
    '"%{ if "x" }"^',
    '"$"^',
    '"a\nb"^',
  ])("%j", (text) => {
    const { text: plain, end } = marked(text);
    expect(quotedEnd(plain, 0)).toBe(end);
  });

  it.each(['"', '"a', '"\\"', '"${"', '"${a'])("%j never", (text) => {
    expect(quotedEnd(text, 0)).toBeUndefined();
  });
});

describe("expressions end", () => {
  it.each([
    "a^\nb",
    "a ^}",
    "a ^# b",
    "a ^// b",
    "a^\r\nb",
    "a\rb^",
    "a / b^",
    "f(\n1)^\n",
    "[\n]^\n",
    "{\n}^\n",
    '"#"^\n',
    '"${\n}"^\n',
    "a /* \n */ b^\n",
    "<<E\n#\nE^\n",
    "<<E\r\n#\r\nE^\r\n",
    "^",
    "a^",
    "(a # )\n)^\n",
  ])("%j", (text) => {
    const { text: plain, end } = marked(text);
    expect(expressionEnd(plain, 0)).toBe(end);
  });
});

describe("comments end", () => {
  it.each([
    ["# a^\nb"],
    ["// a^\nb"],
    ["# a^\r\nb"],
    ["# a^"],
    ["/* a\n*/^ b"],
    ["/**/^"],
    ["/*/ */^"],
    ["/* a^"],
    ["#^"],
  ])("%j", (text) => {
    const { text: plain, end } = marked(text);
    expect(commentEnd(plain, 0)).toBe(end);
  });

  it.each(["a", "/ a", "/", "", "*/"])("%j is none", (text) => {
    expect(commentEnd(text, 0)).toBeUndefined();
  });

  it("and lines too", () => {
    expect([lineEnd("a\nb", 0), lineEnd("a\nb", 1), lineEnd("a\nb", 2), lineEnd("", 0)]).toEqual([
      1, 1, 3, 0,
    ]);
  });
});

describe("heredocs", () => {
  it.each<[string, object | undefined]>([
    ["<<E\nx", { marker: "E", flush: false, body: 4 }],
    ["<<-E\nx", { marker: "E", flush: true, body: 5 }],
    ["<<E_1-é \t\r\nx", { marker: "E_1-é", flush: false, body: 11 }],
    ["<<_\n", { marker: "_", flush: false, body: 4 }],
    ["<<E", undefined],
    ["<<E x\n", undefined],
    ["<<1\n", undefined],
    ["<< E\n", undefined],
    ["<E\n", undefined],
    ["x<<E\n", undefined],
    ['<<"E"\n', undefined],
  ])("%j", (text, heredoc) => {
    expect(heredocAt(text, 0)).toEqual(heredoc);
  });

  it.each<[string, number, number]>([
    ["<<E\nx\nE\ny", 6, 7],
    ["<<E\nE", 4, 5],
    ["<<E\nx\n  E  \ny", 6, 11],
    ["<<E\nx\nE\r\ny", 6, 7],
    ["<<E\nx\nE y\nE", 10, 11],
    ["<<E\n${\nE\n}\nE", 11, 12],
    ["<<E\n$${\nE", 8, 9],
    ["<<E\nx\ny", 7, 7],
  ])("%j end at %i, with their marker at %i", (text, bodyEnd, end) => {
    const heredoc = heredocAt(text, 0);
    if (heredoc === undefined) throw new Error("no heredoc");
    expect(heredocEnd(text, heredoc)).toEqual({ bodyEnd, end });
  });
});

it("nests so deep and no deeper", () => {
  const brackets = (count: number) => `${"(".repeat(count)}${")".repeat(count)}`;
  expect(expressionEnd(brackets(MAX_NESTING), 0)).toBe(MAX_NESTING * 2);
  const problem = (() => {
    try {
      return expressionEnd(brackets(MAX_NESTING + 1), 0);
    } catch (error) {
      return error;
    }
  })();
  expect(problem).toBeInstanceOf(NestingTooDeep);
  expect(problem).toMatchObject({
    name: "NestingTooDeep",
    message: "nested too deeply",
    offset: MAX_NESTING + 1,
  });
});
