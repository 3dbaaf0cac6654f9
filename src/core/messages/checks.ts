import { countOf, formatCount } from '../text/numbers.ts';
import { type Problem, printProblem } from './problems.ts';
import type { Table } from './table.ts';

const quoteAll = (patterns: readonly string[]): string => patterns.map((one) => JSON.stringify(one)).join(', ');

/** Log lines on reading and checking requests before anything is sent. */
export const CHECKS = {
  'pattern-unmatched': ({ pattern }: { pattern: string }) =>
    `No file matches ${JSON.stringify(pattern)} in the requests input. Continuing with the other patterns.`,
  /** `event`: the one that has secrets although anybody may have opened the pull request. */
  'strangers-code': ({ event }: { event: string }) =>
    `The workspace holds code of a pull request, and this job runs for ${event}, with the secrets of the repository: whoever opened it can take them as soon as a step runs any of that code, such as an install or a test (see docs/security.md#forks-and-dependabot of this action).`,
  /** An input that changes nothing. */
  'input-idle': ({ input, needs }: { input: string; needs: string }) =>
    `${input} has no effect, because there is no ${needs}.`,
  /** `files`: the files found, none of which contains a request. */
  'no-requests-beside-batches': (facts: { patterns: readonly string[]; files: readonly string[] }) => {
    const why =
      facts.files.length === 0
        ? `no file matches the requests input (${quoteAll(facts.patterns)})`
        : `no requests in ${facts.files.join(', ')}`;
    return `Collecting only the batches in the batch-id input: ${why}.`;
  },
  /** `repeats`: how many times each is sent; `requests` of a model counts all of them. */
  'requests-found': (facts: {
    requests: number;
    repeats: number;
    files: readonly string[];
    models: readonly { model: string; requests: number }[];
    moreModels: number;
  }) => {
    const [file = ''] = facts.files;
    const files = facts.files.length === 1 ? file : countOf(facts.files.length, 'file');
    const models = [
      ...facts.models.map(({ model, requests }) => `${model} × ${formatCount(requests)}`),
      ...(facts.moreModels > 0 ? [`${formatCount(facts.moreModels)} more`] : []),
    ];
    const times = facts.repeats === 1 ? '' : `, each to be sent ${formatCount(facts.repeats)} times`;
    return `Found ${countOf(facts.requests, 'request')} in ${files}${times}${models.length === 0 ? '' : `: ${models.join(', ')}`}`;
  },
  'sample-taken': (facts: { requests: number; of: number; input: string }) =>
    `Taking ${formatCount(facts.requests)} of ${countOf(facts.of, 'request')}, by sample: ${facts.input}.`,
  'count-incomplete': ({ counted, reason }: { counted: number; reason: string | undefined }) =>
    `${counted === 0 ? 'Could not count any tokens' : `Counted the tokens of only ${countOf(counted, 'request')}`} (${reason ?? 'the API took too long'}), so the estimate is less precise.`,
  'submitted-would-be-rejected': ({ problems, first }: { problems: number; first: Problem }) =>
    `These requests would be rejected if submitted now (${countOf(problems, 'problem')}, first: ${printProblem(first)}). This run still collects the batch of an earlier run.`,
} satisfies Table;
