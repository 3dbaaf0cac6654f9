/** The pull request or issue that the report goes to. */
export interface CommentTarget {
  readonly number: number;
  readonly of: 'pull-request' | 'issue' | 'either';
}

/** Why the comment could not be written. `kind` is that of a `GitHubError`, `reason` what GitHub or the system said. */
interface CommentFailure {
  /** Undefined until it is known. */
  readonly target: CommentTarget | undefined;
  readonly kind: string | undefined;
  readonly reason: string;
}

/** Log lines and warnings on the pull request comment. */
export const COMMENT = {
  'comment-not-updated': (failure: CommentFailure) => describeFailure(failure),
  'comment-not-written': (failure: CommentFailure) =>
    `${describeFailure(failure)} The report is in the job summary instead.`,
  'comment-and-summary-not-written': (failure: CommentFailure & { readonly summaryReason: string }) =>
    `${describeFailure(failure)} Could not write the job summary either: ${failure.summaryReason}.`,
  'comment-not-allowed-for-fork': () =>
    'Runs for pull requests from forks have a read-only token and cannot comment. The report is in the job summary instead.',
  'newer-section-kept': ({ name }: { readonly name: string }) =>
    `The comment already has the report of a newer commit for ${name}, so this run did not change it.`,
  'name-shared': ({ name }: { readonly name: string }) =>
    `Another step of this run is also named ${name}, so the comment has a section for each. Give each step its own name, so that readers and supersede can tell them apart.`,
  'comment-not-read-again': ({ reason }: { readonly reason: string }) =>
    `Could not read the comment again to check it: ${reason}.`,
  'second-comment-not-deleted': ({ reason }: { readonly reason: string }) =>
    `Could not delete a second comment of this action: ${reason}. Its sections are in the first one.`,
};

function describeFailure({ target, kind, reason }: CommentFailure): string {
  const words = `Could not write the report to ${target === undefined ? 'a pull request' : nameOf(target)}: ${reason}.`;
  if (kind === 'forbidden') return `${words} ${permissionFor(target?.of ?? 'pull-request')}`;
  return kind === 'unauthenticated' ? `${words} Check github-token.` : words;
}

function nameOf({ number, of }: CommentTarget): string {
  return `${{ 'pull-request': 'pull request ', issue: 'issue ', either: '' }[of]}#${number}`;
}

function permissionFor(of: CommentTarget['of']): string {
  if (of === 'issue') return 'Add "issues: write" to the permissions of the job.';
  return `Add "pull-requests: write"${of === 'either' ? ' (for an issue: "issues: write")' : ''} to the permissions of the job.`;
}
