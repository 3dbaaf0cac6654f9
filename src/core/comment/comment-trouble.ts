import { GitHubError } from '../../ports/github.ts';
import { describeCauses } from '../text/causes.ts';

/** What a comment is written to. */
export interface CommentTarget {
  readonly number: number;
  readonly of: 'pull-request' | 'issue' | 'either';
}

/** Why the report is in no comment, and where there is a cure, that. */
export function describeTrouble(error: unknown, target: CommentTarget | undefined): string {
  const place = target === undefined ? 'a pull request' : placeOf(target);
  const kind = error instanceof GitHubError ? error.kind : undefined;
  const advice =
    kind === 'forbidden'
      ? ` ${adviceFor(target?.of ?? 'pull-request')}`
      : kind === 'unauthenticated'
        ? ' Check github-token.'
        : '';
  return `The report could not be written to ${place}: ${messageOf(error)}.${advice}`;
}

/** Why a pull request of a fork has no comment, which nobody can cure. */
export const ONLY_READS = 'The token of a run for a fork may not comment, so the report is in the job summary.';

/** What GitHub said, or whatever else went wrong. */
export function messageOf(error: unknown): string {
  return error instanceof GitHubError ? error.message : describeCauses(error);
}

function placeOf({ number, of }: CommentTarget): string {
  return `${{ 'pull-request': 'pull request ', issue: 'issue ', either: '' }[of]}#${number}`;
}

function adviceFor(of: CommentTarget['of']): string {
  if (of === 'issue') return 'Give the job `permissions: issues: write`.';
  return `Give the job \`permissions: pull-requests: write\`${of === 'either' ? ' (for an issue: `issues: write`)' : ''}.`;
}
