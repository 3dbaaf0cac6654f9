import { escapeMarkdown } from './escape.ts';
import { ICONS, type Severity } from './headline.ts';

/** The first line of a report: a sign, whose report it is, and how that ended. */
export interface Heading {
  readonly severity: Severity;
  /** Name of the workflow, untrusted. */
  readonly title: string;
  /** How it ended, as plain text. */
  readonly words: string;
}

const MAX_LENGTH = 100;

/** A heading of the third level, as a comment among others needs it. */
export function renderHeading({ severity, title, words }: Heading): string {
  return `### ${ICONS[severity]} ${escapeMarkdown(title, { maxLength: MAX_LENGTH })}: ${escapeMarkdown(words)}`;
}

/** What people call a workflow. One without a name goes by the path of its file. */
export function titleOf(workflow: string): string {
  return workflow.replace(/^\.github\/workflows\//, '') || 'claude-batch-action';
}
