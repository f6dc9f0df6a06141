// Terraform configuration as documents: files, blocks, and the expressions in them. Types alone: src/input/hcl.ts
// makes them, src/terraform evaluates the expressions, src/resolve/sources knows what the blocks mean.

import type { SourceLocation } from "./source.ts";
import type { Scalar, Step } from "./value.ts";

/** An expression of the Terraform language. Literal parts of templates are decoded: no escapes, no strip markers. */
export type Expression =
  | { readonly kind: "literal"; readonly value: Scalar; readonly exact?: string }
  /** A string put together; `directive` parts are conditionals and loops written with `%{ }`. */
  | { readonly kind: "template"; readonly parts: readonly Expression[] }
  /** `aws_sns_topic.a[0].arn`: a name, then attribute names and constant keys. */
  | { readonly kind: "traversal"; readonly root: string; readonly steps: readonly Step[] }
  | { readonly kind: "steps"; readonly source: Expression; readonly steps: readonly Step[] }
  | { readonly kind: "index"; readonly collection: Expression; readonly key: Expression }
  /** `each` is evaluated per element, which stands in it as `item`. */
  | { readonly kind: "splat"; readonly source: Expression; readonly each: Expression }
  | { readonly kind: "item" }
  | {
      readonly kind: "call";
      readonly name: string;
      readonly args: readonly Expression[];
      /** The last argument is followed by `...`. */
      readonly expand: boolean;
    }
  | { readonly kind: "tuple"; readonly elements: readonly Expression[] }
  | { readonly kind: "object"; readonly entries: readonly (readonly [key: Expression, value: Expression])[] }
  | ForExpression
  /** The elements of a tuple, joined without a separator: `%{ for }` in a template. */
  | { readonly kind: "join"; readonly tuple: Expression }
  | {
      readonly kind: "conditional";
      readonly condition: Expression;
      readonly whenTrue: Expression;
      readonly whenFalse: Expression;
    }
  | { readonly kind: "unary"; readonly operator: UnaryOperator; readonly operand: Expression }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | Body;

export interface ForExpression {
  readonly kind: "for";
  readonly keyName: string | undefined;
  readonly valueName: string;
  readonly collection: Expression;
  /** `undefined`: the result is a tuple, otherwise an object. */
  readonly key: Expression | undefined;
  readonly value: Expression;
  readonly condition: Expression | undefined;
  /** Values of equal keys are gathered into tuples (`...`). */
  readonly grouped: boolean;
}

export type UnaryOperator = "!" | "-";
export type BinaryOperator =
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "&&"
  | "||";

/**
 * The inside of a block: arguments and nested blocks alike, a nested block as a tuple of bodies. Which of the two a
 * name is, only the provider's schema could say for `.tf.json`, and both evaluate to the same.
 */
export interface Body {
  readonly kind: "body";
  readonly entries: ReadonlyMap<string, Expression>;
  /** By the name of the block that they make. */
  readonly dynamic: ReadonlyMap<string, readonly DynamicBlock[]>;
}

export interface DynamicBlock {
  readonly forEach: Expression;
  readonly iterator: string;
  readonly content: Body;
}

/** A block at the top level of a file. */
export interface ConfigurationBlock {
  /** `resource`, `module`, `locals`, … */
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: Body;
  /** Where the block begins; `undefined` where it cannot be told. */
  readonly location: SourceLocation | undefined;
  /** Where each argument stands, as far as it is known. */
  readonly attributes: ReadonlyMap<string, SourceLocation>;
  /** Comments right above the block and on its first line, without their marks. */
  readonly comments: readonly string[];
}

/** A block as comments speak of it. */
export interface CommentedBlock {
  /** Of the block's instances: an address, or a glob where the block may have several. */
  readonly address: string;
  readonly start: SourceLocation;
  /** Without their marks. */
  readonly comments: readonly string[];
}

export interface ConfigurationFile {
  readonly path: string;
  readonly blocks: readonly ConfigurationBlock[];
}
