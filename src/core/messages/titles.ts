import { formatCount } from '../text/numbers.ts';
import type { Failure } from './failures.ts';
import type { Message } from './message.ts';
import type { Problem } from './problems.ts';

/** What went wrong, in a few words; other failures have none that are shorter than their sentence. */
const FAILURE_TITLES: Partial<Record<Failure['code'], string>> = {
  'baseline-not-permitted': 'no permission to look for a baseline',
  'create-refused': 'the batch was refused',
  // Of any status.
  'key-refused': 'the API key was refused',
  'sign-in-denied': 'the sign-in was denied',
  'identity-token-refused': 'GitHub issued no identity token',
  'spend-limit-reached': 'the spend limit is reached',
  'create-forbidden': 'the batch was not accepted',
  'api-busy': 'the API was too busy',
  'api-unreachable': 'the API could not be reached',
  'create-broken-off': 'the API could not be reached',
  'lost-batch-unknown': 'a batch may exist',
  'lost-batch-ambiguous': 'a batch may exist',
  'record-unreadable': 'the record of an earlier run cannot be read',
  'results-deleted': 'the results are deleted',
  'restore-failed': 'the results could not be restored',
  'wait-timed-out': 'the batch did not end in time',
  'batch-unreachable': 'the batch could not be read',
  'results-expired': 'the results have expired',
  'results-unavailable': 'the results could not be downloaded',
  'reuse-unavailable': 'earlier answers could not be read',
  'reuse-gone': 'earlier answers are gone',
  'results-short': 'results are missing',
  stopped: 'the job was stopped',
  'stopped-before-create': 'the job was stopped',
  'stopped-during-create': 'the job was stopped',
  'stopped-before-report': 'the job was stopped',
  'batch-canceled': 'the batch was canceled',
  'error-rate-exceeded': 'too many requests have no answer',
  'judging-left': 'the answers are not judged',
  'judging-refused': 'the answers are not judged',
  'judgements-missing': 'judgements are missing',
  'verdict-failed': 'the verdict is fail',
  'verdict-inconclusive': 'the verdict is inconclusive',
  'verdict-not-comparable': 'the grades cannot be compared',
  'upload-failed': 'the results were not uploaded',
  'report-not-written': 'the report was not written',
};

/** What went wrong in a few words, by the first failure that has some; undefined where none has. */
export function causeOf(codes: readonly string[]): string | undefined {
  const titles: Readonly<Record<string, string | undefined>> = FAILURE_TITLES;
  return codes.filter((code) => Object.hasOwn(titles, code)).map((code) => titles[code])[0];
}

/** The title of an annotation, which GitHub shows in bold above its sentence. Facts may hold untrusted text. */
export function titleOf(message: Message, level: 'notice' | 'warning' | 'error'): string {
  const title = shortOf(message, level);
  return title === undefined ? 'Claude batch' : `Claude batch: ${title}`;
}

function shortOf(message: Message, level: 'notice' | 'warning' | 'error'): string | undefined {
  switch (message.code) {
    case 'problem-found':
      return `${nounOf(message.lines, level)} ${placeOf(message.problem)}`;
    case 'more-problems':
    case 'more-warnings':
      return `${formatCount(message.total)} ${level === 'warning' ? 'warnings' : 'problems'}`;
    case 'step-failed':
      return message.failures.map(titleOfFailure).find((title) => title !== undefined);
    case 'still-running':
      return 'still running';
    case 'run-skipped':
      return 'skipped';
    case 'no-requests-found':
      return 'no requests found';
    case 'comment-not-written':
    case 'comment-not-allowed-for-fork':
      return 'no comment';
    default:
      return undefined;
  }
}

function titleOfFailure(failure: Failure): string | undefined {
  if (failure.code !== 'key-refused') return causeOf([failure.code]);
  const credential = failure.isSignedIn ? 'the access token' : 'the API key';
  return `${credential} ${failure.status === 401 ? 'was rejected' : 'is not allowed to do this'}`;
}

function nounOf(lines: number, level: 'notice' | 'warning' | 'error'): string {
  const noun = level === 'warning' ? 'warning' : 'problem';
  return lines < 2 ? noun : `${formatCount(lines)} ${noun}s`;
}

const ABOUT_BUDGET: ReadonlySet<Problem['code']> = new Set([
  'over-budget',
  'no-upper-bound',
  'unknown-price',
  'judge-without-price',
]);

/** Where a problem is, or what it is about. */
function placeOf({ where, input, code }: Problem): string {
  if (where !== undefined) return `in ${where.file}`;
  if (input !== undefined) return `with ${input}`;
  if (ABOUT_BUDGET.has(code)) return 'with max-cost-usd';
  if (code === 'no-api-key') return 'with anthropic-api-key';
  return code === 'no-identity-token' ? 'with permissions' : 'with requests';
}
