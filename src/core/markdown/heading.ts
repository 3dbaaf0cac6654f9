import { escapeMarkdown } from './escape.ts';
import { ICONS, type Severity } from './headline.ts';

/** A report's first line: an icon, whose report it is, and how the run ended. */
export interface Heading {
  readonly severity: Severity;
  /** Name of the workflow, untrusted. */
  readonly title: string;
  /** The ending, as plain text. */
  readonly words: string;
}

const MAX_LENGTH = 100;

/** A third-level heading, which suits a comment among others. */
export function renderHeading({ severity, title, words }: Heading): string {
  return `### ${ICONS[severity]} ${escapeMarkdown(title, { maxLength: MAX_LENGTH })}: ${escapeMarkdown(words)}`;
}

/** What people call a workflow. Without a name, the path of its file. */
export function titleOf(workflow: string): string {
  return workflow.replace(/^\.github\/workflows\//, '') || 'claude-batch-action';
}
