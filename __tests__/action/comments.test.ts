import { expect, test } from '@jest/globals';
import { addComment, addIssue, addPull } from '../../simulator/github/index.ts';
import { parseSections } from '../../src/core/comment/sections.ts';
import { printMessage } from '../../src/core/messages/message.ts';
import { printReason } from '../../src/core/messages/reasons.ts';
import { REPORT } from '../../src/core/messages/report.ts';
import { lines, requestLine, run, simulate } from './harness.ts';

const REQUESTS = lines(requestLine('a'));
const HEAD = '7'.repeat(40);

test('two pushes and two jobs make one comment with two sections', async () => {
  const simulator = await simulate();
  for (const jobIndex of [0, 1, 0]) await run(simulator, REQUESTS, { job: { jobIndex } });
  expect(simulator.repository.comments).toHaveLength(1);
  const body = simulator.repository.comments[0]?.body ?? '';
  expect(body.startsWith('<!-- claude-batch-action:.github-workflows-evals.yml -->\n')).toBe(true);
  expect(parseSections(body).map(({ id }) => id)).toEqual(['evals-0', 'evals-1']);
});

test('a comment of somebody else with the same marker is left alone', async () => {
  const simulator = await simulate();
  addComment(simulator.github, simulator.repository, {
    conversation: 7,
    author: 'mallory',
    body: '<!-- claude-batch-action:.github-workflows-evals.yml -->\nmine',
  });
  await run(simulator, REQUESTS);
  expect(simulator.repository.comments.map(({ author }) => author)).toEqual(['mallory', 'github-actions[bot]']);
  expect(simulator.repository.comments[0]?.body).toBe('<!-- claude-batch-action:.github-workflows-evals.yml -->\nmine');
});

test('the own comment is found behind hundreds of others', async () => {
  const simulator = await simulate();
  for (let i = 0; i < 250; i += 1)
    addComment(simulator.github, simulator.repository, { conversation: 7, author: 'octocat', body: `talk ${i}` });
  await run(simulator, REQUESTS);
  await run(simulator, REQUESTS);
  expect(simulator.repository.comments).toHaveLength(251);
});

test('a push comments on the open pull request of its commit', async () => {
  const simulator = await simulate();
  const result = await simulator.run({
    job: { eventName: 'push', ref: 'refs/heads/topic', sha: HEAD },
    files: { 'requests.jsonl': REQUESTS },
    inputs: { requests: 'requests.jsonl', 'poll-interval-seconds': '0.05' },
  });
  expect(result.conclusion).toBe('success');
  expect(simulator.repository.comments.map(({ conversation }) => conversation)).toEqual([7]);
});

test('a push without a pull request comments nowhere, and that is fine', async () => {
  const simulator = await simulate();
  const result = await simulator.run({
    files: { 'requests.jsonl': REQUESTS },
    inputs: { requests: 'requests.jsonl', 'poll-interval-seconds': '0.05' },
  });
  expect(result.conclusion).toBe('success');
  expect(simulator.repository.comments).toEqual([]);
  expect(result.annotations).toEqual([]);
});

test('issue-number names the place', async () => {
  const simulator = await simulate();
  addIssue(simulator.github, simulator.repository, { number: 12 });
  await run(simulator, REQUESTS, { inputs: { 'issue-number': '12' } });
  expect(simulator.repository.comments.map(({ conversation }) => conversation)).toEqual([12]);
});

test('a locked conversation is a warning', async () => {
  const simulator = await simulate();
  addPull(simulator.github, simulator.repository, {
    number: 8,
    headSha: '8'.repeat(40),
    headBranch: 'quiet',
    locked: true,
  });
  const result = await run(simulator, REQUESTS, { pullRequest: 8 });
  expect(result.conclusion).toBe('success');
  const target = { number: 8, of: 'pull-request' } as const;
  const words = 'Unable to create comment because issue is locked';
  const call = { code: 'create-comment', issue: 8 } as const;
  const reason = printReason({ code: 'github-refused', call, status: 403, words });
  expect(result.annotations.map(({ level, message }) => [level, message])).toEqual([
    ['warning', printMessage({ code: 'comment-not-written', target, kind: 'refused', reason })],
  ]);
});

test('a comment that does not fit loses parts from its bottom, and says where the rest is', async () => {
  const simulator = await simulate({
    maxCommentCharacters: 1_900,
    anthropic: {
      outcomeOf: (_, __, index) => ({
        kind: 'errored',
        type: 'invalid_request_error',
        message: `reason ${'abcdefghij'[index % 10]}${'klm'[Math.floor(index / 10)]}`,
      }),
    },
  });
  const result = await run(simulator, lines(...Array.from({ length: 30 }, (_, i) => requestLine(`r-${i}`))), {
    inputs: { 'max-error-rate': '100' },
  });
  expect(result.conclusion).toBe('success');
  const body = simulator.repository.comments[0]?.body ?? '';
  expect(body.length).toBeLessThanOrEqual(1_900);
  expect(body.startsWith('<!-- claude-batch-action:.github-workflows-evals.yml -->\n')).toBe(true);
  expect(parseSections(body).map(({ id, summary }) => [id, summary?.verdict])).toEqual([['evals-0', 'completed']]);
  expect(body).not.toContain('reason ak');
  expect(body).toContain(`[${REPORT['run-link']()}](`);
  expect(result.summary).toContain('reason ak');
});

test('comment: never and comment: on-failure', async () => {
  const simulator = await simulate();
  await run(simulator, REQUESTS, { inputs: { comment: 'never' } });
  await run(simulator, REQUESTS, { inputs: { comment: 'on-failure' } });
  expect(simulator.repository.comments).toEqual([]);
  simulator.anthropic.script.outcomeOf = () => ({ kind: 'errored', type: 'api_error' });
  await run(simulator, REQUESTS, { inputs: { comment: 'on-failure' } });
  const summaries = () => parseSections(simulator.repository.comments[0]?.body ?? '').map(({ summary }) => summary);
  expect(summaries()).toMatchObject([{ verdict: 'failed', answered: 0, total: 1 }]);
  simulator.anthropic.script.outcomeOf = undefined;
  await run(simulator, REQUESTS, { inputs: { comment: 'on-failure' } });
  expect(summaries()).toMatchObject([{ verdict: 'completed', answered: 1, total: 1 }]);
});

test('a pull request from a fork is skipped with one notice', async () => {
  const simulator = await simulate();
  addPull(simulator.github, simulator.repository, {
    number: 9,
    headSha: '9'.repeat(40),
    headBranch: 'x',
    headRepository: 'stranger/evals',
  });
  const result = await run(simulator, REQUESTS, { pullRequest: 9 });
  expect([result.conclusion, result.outputs.get('status')]).toEqual(['success', 'skipped']);
  expect(result.annotations.map(({ level }) => level)).toEqual(['notice']);
  expect(simulator.exchanges.filter(({ path }) => path.startsWith('/v1/'))).toEqual([]);
});
