import { countOf, formatCount } from '../text/numbers.ts';
import { type Problem, printProblem } from './problems.ts';
import type { Table } from './table.ts';

const quoteAll = (patterns: readonly string[]): string => patterns.map((one) => JSON.stringify(one)).join(', ');

/** Log lines on reading and checking requests before anything is sent. */
export const CHECKS = {
  'pattern-unmatched': ({ pattern }: { readonly pattern: string }) =>
    `No file matches ${JSON.stringify(pattern)} in the requests input. Continuing with the other patterns.`,
  /** `files`: those that were found, without a request in them. */
  'no-requests-beside-batches': (facts: {
    readonly patterns: readonly string[];
    readonly files: readonly string[];
  }) => {
    const why =
      facts.files.length === 0
        ? `no file matches the requests input (${quoteAll(facts.patterns)})`
        : `no requests in ${facts.files.join(', ')}`;
    return `Collecting only the batches in the batch-id input: ${why}.`;
  },
  'requests-found': (facts: {
    readonly requests: number;
    readonly files: readonly string[];
    readonly models: readonly { readonly model: string; readonly requests: number }[];
    readonly moreModels: number;
  }) => {
    const [file = ''] = facts.files;
    const files = facts.files.length === 1 ? file : countOf(facts.files.length, 'file');
    const models = [
      ...facts.models.map(({ model, requests }) => `${model} × ${formatCount(requests)}`),
      ...(facts.moreModels > 0 ? [`${formatCount(facts.moreModels)} more`] : []),
    ];
    return `Found ${countOf(facts.requests, 'request')} in ${files}${models.length === 0 ? '' : `: ${models.join(', ')}`}`;
  },
  'asserts-not-graded': ({ requests }: { readonly requests: number }) =>
    `${countOf(requests, 'request')} ${requests === 1 ? 'has' : 'have'} an assert. Asserts are removed before submission and not graded yet.`,
  'count-incomplete': ({ counted, reason }: { readonly counted: number; readonly reason: string | undefined }) =>
    `Counted the tokens of only ${countOf(counted, 'request')} (${reason ?? 'the API took too long'}), so the estimate is less precise.`,
  'submitted-would-be-rejected': ({ problems, first }: { readonly problems: number; readonly first: Problem }) =>
    `These requests would be rejected if they were submitted now (${countOf(problems, 'problem')}, first: ${printProblem(first)}). The batch of an earlier run is collected anyway.`,
} satisfies Table;
