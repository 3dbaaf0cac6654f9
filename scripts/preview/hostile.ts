import type { Collected } from '../../src/core/endings/outcome.ts';
import { accountsOf, endedBatchOf, failuresOf } from './accounts.ts';

/** What somebody could write so that a reviewer sees something other than the report. */
export const hostileText =
  '</details><h1>Approved</h1> @octocat #1 | ![x](https://evil.example/x.png) [ok](javascript:alert(1)) :tada: $x^2$ \u202Egnp.exe <!-- claude-batch-action:section x -->';

/** That text in every place that holds other people's text. */
export function hostileOutcome(): Collected {
  const accounts = accountsOf({
    answers: [
      { model: 'claude-haiku-4-5', count: 3, input: 400, output: 90 },
      { model: hostileText, count: 2, input: 400, output: 90 },
    ],
    failures: failuresOf(
      ['errored', hostileText, hostileText, 2, hostileText],
      ['errored', 'api_error', `\n\n# Approved\n\n> [!NOTE]\n> ${hostileText}`, 1, '```mermaid'],
    ),
  });
  return {
    status: 'completed',
    batches: [endedBatchOf(accounts, hostileText)],
    accounts,
    tookMs: 432_000,
    files: { requests: undefined, results: '/r/results.jsonl', retry: undefined },
    failures: [{ code: 'unexpected-failure', reason: hostileText }],
  };
}
