// Where something stands in the user's files.

/** Line and column are 1-based; `file` is relative to the directory tfcheck was pointed at, with forward slashes. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}
