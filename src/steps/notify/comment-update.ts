import type { SectionSummary } from '../../core/comment/section-summary.ts';
import type { RunContext } from '../../core/inputs/context.ts';
import type { Inputs } from '../../core/inputs/inputs.ts';
import type { Report } from '../../core/markdown/report.ts';

/** A section that is to be written into the comment. */
export interface CommentUpdate {
  readonly run: RunContext;
  readonly inputs: Pick<Inputs, 'comment' | 'commentKey' | 'name' | 'issueNumber' | 'summary'>;
  readonly report: Report;
  readonly summary: SectionSummary;
  /** Whether the step fails: `on-failure` creates a comment only then. */
  readonly failing: boolean;
  /** One line of Markdown in place of the parts that do not fit: where the full report is. */
  readonly fullReport: string;
  /**
   * False while the batches are at work: a failure is only a line of the log, and the comment is not read again. At the end
   * a failure is a warning.
   */
  readonly final: boolean;
}

/** The comment that was written. */
export interface CommentRef {
  readonly id: number;
  readonly url: string;
}
