// Patterns as text, always the same way: one blank around operators, every text value quoted.

import type { Expression, Operand, Pattern, Selector, Term, Test } from "./ast.ts";

/** Canonical text; parsing it gives the pattern back. Space-delimited patterns are printed as they were written. */
export function printPattern(pattern: Pattern): string {
  switch (pattern.form) {
    case "json":
      return `{ ${printExpression(pattern.expression)} }`;
    case "everything":
      return "";
    case "terms":
      return [
        ...pattern.include.map((term) => printTerm(term)),
        ...pattern.exclude.map((term) => `-${printTerm(term)}`),
        ...pattern.optional.map((term) => `?${printTerm(term)}`),
      ].join(" ");
    case "delimited":
      return pattern.text.trim();
    default:
      return pattern satisfies never;
  }
}

/** `$.userIdentity.arn`, `$.a[0]`, `$.['cluster.name']`. */
export function printSelector(selector: Selector): string {
  return selector.reduce((path, step) => {
    switch (step.kind) {
      case "name":
        return /^[A-Za-z0-9_-]+$/.test(step.name) ? `${path}.${step.name}` : `${path}.['${step.name}']`;
      case "index":
        return `${path}[${step.index}]`;
      case "any-element":
        return `${path}[*]`;
      case "any-field":
        return `${path}.*`;
      default:
        return step satisfies never;
    }
  }, "$");
}

function printExpression(expression: Expression): string {
  if (expression.kind === "comparison")
    return printSelector(expression.selector) + printTest(expression.test);
  const parts = expression.operands.map((operand) => `(${printExpression(operand)})`);
  return parts.join(expression.kind === "and" ? " && " : " || ");
}

function printTest(test: Test): string {
  switch (test.operator) {
    case "is":
      return ` IS ${test.operand.toUpperCase()}`;
    case "not-exists":
      return " NOT EXISTS";
    default:
      return ` ${test.operator} ${printOperand(test.operand)}`;
  }
}

function printOperand(operand: Operand): string {
  switch (operand.kind) {
    case "text":
      return quote(operand.text);
    case "number":
    case "number-pattern":
      return operand.text;
    case "regex":
      return `%${operand.regex.source}%`;
    default:
      return operand satisfies never;
  }
}

function printTerm(term: Term): string {
  if (term.kind === "regex") return `%${term.regex.source}%`;
  return /^[A-Za-z0-9_]+$/.test(term.text) ? term.text : quote(term.text);
}

function quote(text: string): string {
  return `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
}
