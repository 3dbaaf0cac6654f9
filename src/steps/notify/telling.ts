import type { LegFigures } from '../../core/comment/legs.ts';
import type { RunContext } from '../../core/inputs/context.ts';
import type { Inputs } from '../../core/inputs/inputs.ts';

/** What to tell, for whom. */
export interface Telling {
  readonly run: RunContext;
  readonly inputs: Pick<Inputs, 'comment' | 'commentKey' | 'name' | 'issueNumber' | 'summary'>;
  /** The section's markdown. */
  readonly text: string;
  /** What the table of all legs says of this one. */
  readonly figures: LegFigures;
  /** Whether the step fails: `on-failure` creates a comment only then. */
  readonly failing: boolean;
  /** One line of markdown that stands for what a section too long had to drop: where the full report is. */
  readonly fullReport: string;
  /**
   * False for a word on the way: its failure is only a line of the log, and nobody looks whether it stays. The last word's
   * failure is a warning, and it is read again. Default true.
   */
  readonly final?: boolean;
}

/** Where the text stands now. */
export interface Told {
  readonly id: number;
  readonly url: string;
}
