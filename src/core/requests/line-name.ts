/** A line of a request file as people are told of it. */
export interface LineName {
  /** Relative to the workspace. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}
