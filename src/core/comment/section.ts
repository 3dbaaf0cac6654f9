import type { LegFigures } from './legs.ts';

/** One job's or matrix leg's part of a comment. */
export interface Section {
  readonly id: string;
  /** Commit and run it tells of; undefined where its line is lost. */
  readonly origin: Origin | undefined;
  /** Its figures for the table of all legs; undefined where they are lost. */
  readonly figures: LegFigures | undefined;
  /** Its markdown, without fences and our own lines; empty where only its figures had room. */
  readonly text: string;
  /** Whether it has no row either, and is only counted below the table. */
  readonly isSummed?: boolean;
}

/** Run ids grow over time, which tells the newer of two commits. */
export interface Origin {
  readonly sha: string;
  readonly runId: number;
}
