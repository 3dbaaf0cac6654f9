import { expect, test } from '@jest/globals';
import { simulate } from '../action/harness.ts';
import { read } from './pages.ts';
import { play } from './workflow.ts';

test('x', async () => {
  const simulator = await simulate();
  const files = { 'evals/refunds.jsonl': read('examples/refunds.jsonl') };
  const [main] = await play(simulator, 'pull-request.yml', {
    as: 'evals.yml',
    files,
    trigger: { event: 'push', ref: 'refs/heads/main', sha: 'a'.repeat(40) },
  });
  console.log(main?.conclusion, main?.results[0]?.log, main?.results[0]?.summary);
});
