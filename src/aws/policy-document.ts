// Resource policies in one shape, from their JSON or from the statement blocks of aws_iam_policy_document. Nothing is
// judged here.

import { child, elementsOf, isUnset, known, stringOf, type Tri, UNSET, type Value } from "../model/value.ts";
import type { Attributes } from "./attributes.ts";
import { jsonOf } from "./json-text.ts";

export interface PolicyDocument {
  readonly statements: readonly Statement[];
  /** Whether there may be statements that are not listed, or some of the listed ones may be replaced. */
  readonly open: boolean;
  /** Whether `${…}` stands for something else of the request, as it does since version 2012-10-17. */
  readonly variables: Tri;
}

export interface Statement {
  /** Two statements of one id are one statement, where documents are merged. */
  readonly sid: Value;
  readonly effect: Value;
  readonly principals: Clause<Principal>;
  readonly actions: Clause<Value>;
  readonly resources: Clause<Value>;
  /** `undefined`: not known which. */
  readonly conditions: readonly Condition[] | undefined;
}

/** What a statement lists, or everything but that. */
export interface Clause<Item> {
  /** `undefined`: not known. */
  readonly listed: readonly Item[] | undefined;
  readonly negated: boolean;
}

export interface Principal {
  /** `AWS`, `Service`, …; `*` for everyone. */
  readonly type: Value;
  /** `undefined`: not known. */
  readonly identifiers: readonly Value[] | undefined;
}

export interface Condition {
  readonly operator: Value;
  readonly key: Value;
  /** `undefined`: not known. */
  readonly values: readonly Value[] | undefined;
}

/**
 * A policy given as JSON text, with parts that are not known or without. `undefined`: it cannot be read.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function policyDocumentOf(policy: Value): PolicyDocument | undefined {
  const document = policy.kind === "map" ? policy : jsonOf(policy);
  if (document?.kind !== "map") return undefined;
  const statements = elementsOf(child(document, "Statement"));
  if (statements === undefined) return undefined;
  const version = child(document, "Version");
  return { statements: statements.map(statementOfJson), open: false, variables: hasVariables(version) };
}

/**
 * A document without a version has the older one.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
 */
function hasVariables(version: Value): Tri {
  if (isUnset(version) === "yes") return "no";
  const text = stringOf(version);
  return text === undefined ? "maybe" : text === "2012-10-17" ? "yes" : "no";
}

/**
 * A policy written as the blocks of the data source aws_iam_policy_document, whose `json` is often not known before
 * apply although every block is. `read` gives the documents it is merged with; `undefined`: one that is not known.
 * Its own statements replace those of the sources that have the same id, and the overrides replace its own.
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function policyDocumentOfBlocks(
  document: Attributes,
  read: (value: Value) => PolicyDocument | undefined,
): PolicyDocument | undefined {
  const statements = elementsOf(document.read("statement"));
  if (statements === undefined) return undefined;
  const version = document.read("version");
  const own: PolicyDocument = {
    statements: statements.map(statementOfBlock),
    open: false,
    variables: isUnset(version) === "yes" ? "yes" : hasVariables(version),
  };
  const listed = (attributes: readonly string[]) =>
    attributes.flatMap((attribute): readonly (PolicyDocument | undefined)[] => {
      const elements = elementsOf(document.read(attribute));
      if (elements === undefined) return [undefined];
      return elements.filter((element) => isUnset(element) !== "yes").map(read);
    });
  const before = listed(["source_json", "source_policy_documents"]);
  const after = listed(["override_json", "override_policy_documents"]);
  return [...before, own, ...after].reduce<PolicyDocument>(merge, { ...own, statements: [] });
}

/** The version is the merged document's own. */
function merge(first: PolicyDocument, second: PolicyDocument | undefined): PolicyDocument {
  if (second === undefined) return { ...first, open: true };
  const ids = second.statements.map(({ sid }) => (isUnset(sid) === "yes" ? "" : stringOf(sid)));
  const kept = first.statements.filter(({ sid }) => {
    const own = stringOf(sid);
    return own === undefined || own === "" || !ids.includes(own);
  });
  const named = (statements: readonly Statement[]) => statements.some(({ sid }) => isUnset(sid) !== "yes");
  const unclear = (statements: readonly Statement[]) =>
    statements.some(({ sid }) => isUnset(sid) !== "yes" && stringOf(sid) === undefined);
  const open =
    (unclear(first.statements) && named(second.statements)) ||
    (unclear(second.statements) && named(first.statements));
  return {
    statements: [...kept, ...second.statements],
    open: first.open || second.open || open,
    variables: first.variables,
  };
}

function statementOfJson(statement: Value): Statement {
  const part = (name: string) => child(statement, name);
  return {
    sid: part("Sid"),
    effect: part("Effect"),
    principals: clause(part("Principal"), part("NotPrincipal"), principalsOfJson),
    actions: clause(part("Action"), part("NotAction"), stringsOf),
    resources: clause(part("Resource"), part("NotResource"), stringsOf),
    conditions: conditionsOfJson(part("Condition")),
  };
}

function statementOfBlock(statement: Value): Statement {
  const part = (name: string) => child(statement, name);
  const effect = part("effect");
  return {
    sid: part("sid"),
    effect: isUnset(effect) === "yes" ? known("Allow") : effect,
    principals: clause(part("principals"), part("not_principals"), principalsOfBlocks),
    actions: clause(part("actions"), part("not_actions"), stringsOf),
    resources: clause(part("resources"), part("not_resources"), stringsOfBlock),
    conditions: elementsOf(part("condition"))?.map((block) => ({
      operator: child(block, "test"),
      key: child(block, "variable"),
      values: stringsOfBlock(child(block, "values")),
    })),
  };
}

function clause<Item>(
  plain: Value,
  negated: Value,
  read: (value: Value) => readonly Item[] | undefined,
): Clause<Item> {
  const [given, denied]: readonly Tri[] = [isUnset(plain), isUnset(negated)];
  if (denied === "yes") return { listed: read(plain), negated: false };
  return { listed: given === "yes" && denied === "no" ? read(negated) : undefined, negated: given === "yes" };
}

/** One string or a list of them. */
function stringsOf(value: Value): readonly Value[] | undefined {
  if (value.kind === "text" || value.kind === "reference") return [value];
  return value.kind === "map" ? undefined : elementsOf(value);
}

/**
 * The strings of a block. The data source writes `&{…}` for what a policy has as `${…}`.
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document (context
 * variable interpolation)
 */
function stringsOfBlock(value: Value): readonly Value[] | undefined {
  return stringsOf(value)?.map(withVariables);
}

function withVariables(value: Value): Value {
  if (value.kind === "text") return { ...value, parts: value.parts.map(withVariables) };
  const text = stringOf(value);
  return text?.includes("&{") === true ? known(text.replaceAll("&{", "${")) : value;
}

function principalsOfJson(value: Value): readonly Principal[] | undefined {
  if (value.kind === "known") return value.value === null ? [] : [{ type: value, identifiers: [value] }];
  if (value.kind !== "map") return undefined;
  return [...value.entries].map(([type, identifiers]) => ({
    type: known(type),
    identifiers: stringsOf(identifiers),
  }));
}

function principalsOfBlocks(value: Value): readonly Principal[] | undefined {
  return elementsOf(value)?.map((block) => ({
    type: child(block, "type"),
    identifiers: stringsOf(child(block, "identifiers")),
  }));
}

function conditionsOfJson(value: Value): readonly Condition[] | undefined {
  if (isUnset(value) === "yes") return [];
  if (value.kind !== "map") return undefined;
  return [...value.entries].flatMap(([operator, tests]): readonly Condition[] => {
    const entries = tests.kind === "map" ? [...tests.entries] : undefined;
    if (entries === undefined) return [{ operator: known(operator), key: UNKNOWN_KEY, values: undefined }];
    return entries.map(([key, values]) => ({
      operator: known(operator),
      key: known(key),
      values: stringsOf(values),
    }));
  });
}

/** A key that no request context has an opinion on. */
const UNKNOWN_KEY: Value = UNSET;
