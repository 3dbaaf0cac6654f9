/** A line of a request file as named to people. */
export interface LineName {
  /** Relative to the workspace. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}
