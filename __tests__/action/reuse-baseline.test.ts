import { expect, test } from '@jest/globals';
import { unzip } from '../../simulator/results/index.ts';
import type { RunResult } from '../../simulator/runner.ts';
import { gradesArtifacts, onMain } from './graded.ts';
import { createsOf, lines, requestLine, run, simulate, summaryOf } from './harness.ts';

// A run that took all of its answers from earlier ones measured its commit, like any other.

const IDS = Array.from({ length: 10 }, (_, index) => `case-${index}`);
const requestsOf = (prompts: Readonly<Record<string, string>> = {}, asked = 'right') =>
  lines(
    ...IDS.map((id) =>
      JSON.stringify({
        ...JSON.parse(requestLine(id, prompts[id])),
        assert: [{ type: 'contains', value: asked }],
      }),
    ),
  );
const inputs = { 'reuse-answers': 'true' };
const anthropic = {
  outcomeOf: (_: string, params: object) =>
    ({ kind: 'succeeded', text: JSON.stringify(params).includes('worse') ? 'wrong' : 'right' }) as const,
};

const sinceOf = (result: RunResult): string => new Date(summaryOf(result).batches[0]?.created_at ?? '').toISOString();

test('a run of main that sent nothing is the baseline of a later pull request', async () => {
  const simulator = await simulate({ anthropic });
  const first = await onMain(simulator, requestsOf(), { inputs });
  // Another commit of main, with an assert of its own.
  const job = { sha: 'a'.repeat(40) };
  const second = await onMain(simulator, requestsOf({}, 'ight'), { inputs, job });
  expect([second.outputs.get('batch-source'), second.outputs.get('reused-count')]).toEqual(['none', '10']);
  const secondRun = [...simulator.repository.runs.keys()].at(-1);
  const files = unzip(gradesArtifacts(simulator).at(-1)?.blob.bytes ?? Buffer.alloc(0));
  expect(JSON.parse(String(files.get('measured.json')))).toMatchObject({
    ...{ ref: 'refs/heads/main', commit: job.sha, event: 'push', pullRequest: null },
    ...{ complete: true, regraded: false, shared: false, cases: 10, graded: 10, passRate: 1 },
    ...{ run: { id: secondRun, attempt: 1 }, answersSince: sinceOf(first) },
  });

  const pull = await run(simulator, requestsOf({ 'case-3': 'worse' }, 'ight'), { inputs });
  expect(createsOf(simulator)).toBe(2);
  expect(pull.outputs.get('baseline-run-id')).toBe(String(secondRun));
  expect(summaryOf(pull).grading?.baseline).toMatchObject({ commit: job.sha, ref: 'refs/heads/main' });
  expect(summaryOf(pull).grading?.comparison).toMatchObject({
    ...{ pairs: 10, same_answers: 9, broken: 1, fixed: 0, regraded: 0 },
  });

  const same = await run(simulator, requestsOf({}, 'ight'), { inputs });
  expect(createsOf(simulator)).toBe(2);
  expect(summaryOf(same).grading?.comparison).toMatchObject({ pairs: 10, same_answers: 10, broken: 0 });
  expect(same.outputs.get('baseline-run-id')).toBe(String(secondRun));
});

test('a re-run of main that sends nothing once more stays one baseline, and a third run is the next', async () => {
  const simulator = await simulate({ anthropic });
  await onMain(simulator, requestsOf(), { inputs });
  await onMain(simulator, requestsOf(), { inputs });
  const runId = [...simulator.repository.runs.keys()].at(-1) ?? 0;
  await onMain(simulator, requestsOf(), { inputs, job: { runId, runAttempt: 2 } });
  const pull = await run(simulator, requestsOf({ 'case-3': 'worse' }), { inputs });
  expect(pull.outputs.get('baseline-run-id')).toBe(String(runId));
  await onMain(simulator, requestsOf(), { inputs });
  const third = [...simulator.repository.runs.keys()].at(-1);
  const later = await run(simulator, requestsOf({ 'case-4': 'worse' }), { inputs });
  expect(later.outputs.get('baseline-run-id')).toBe(String(third));
  expect(createsOf(simulator)).toBe(3);
});
