import { expect, test } from '@jest/globals';
import { STILL_WAITING } from '../../../src/core/messages/waking.ts';
import { renderRound } from '../../../src/core/wake/render-round.ts';
import { countWaiting, groupLeft, outputsOfRound, type Round } from '../../../src/core/wake/woken.ts';

const ROUND: Round = {
  woken: [
    { run_id: 5, job_id: 77, name: 'a | <b>@octocat</b>', batch_ids: ['msgbatch_1', 'msgbatch_`2'] },
    { run_id: 6, job_id: null, name: 'b', batch_ids: Array.from({ length: 30 }, (_, i) => `msgbatch_${i}`) },
  ],
  left: [
    { runId: 7, because: 'fork' },
    ...Array.from({ length: 12 }, (_, i) => ({ runId: 100 + i, because: 'running' as const })),
    { runId: 100, because: 'running' },
    { runId: 8, because: 'run-in-progress' },
  ],
};

test('what still waits is what a later round may wake', () => {
  expect(countWaiting(ROUND)).toBe(14);
  expect(
    [...STILL_WAITING].filter((because) => countWaiting({ woken: [], left: [{ runId: 1, because }] }) !== 1),
  ).toEqual([]);
});

test('outputs', () => {
  const outputs = outputsOfRound(ROUND);
  expect([...outputs.keys()]).toEqual(['woken', 'waiting-count']);
  expect(outputs.get('waiting-count')).toBe('14');
  const [first, second] = JSON.parse(outputs.get('woken') ?? '');
  expect(first).toEqual(ROUND.woken[0]);
  expect(second).toMatchObject({ run_id: 6, job_id: null, name: 'b' });
  expect(second.batch_ids).toHaveLength(20);
  expect(outputsOfRound({ woken: [], left: [] }).get('woken')).toBe('[]');
});

test('reasons come with the most frequent first, and a few runs', () => {
  const groups = groupLeft(ROUND);
  expect(groups.map(({ because, count }) => `${because} ${count}`)).toEqual([
    'running 13',
    'fork 1',
    'run-in-progress 1',
  ]);
  expect(groups[0]?.runIds).toEqual(Array.from({ length: 10 }, (_, i) => 100 + i));
});

test('the job summary has links, and untrusted text does nothing in it', () => {
  const text = renderRound(ROUND, { serverUrl: 'https://github.test', owner: 'o', repo: 'r' });
  expect(text).toContain('[77](https://github.test/o/r/actions/runs/5/job/77)');
  expect(text).toContain('[100](https://github.test/o/r/actions/runs/100)');
  expect(text).not.toContain('<b>');
  expect(text).not.toContain('@octocat');
  const rows = text.split('\n').filter((line) => line.startsWith('|'));
  expect(new Set(rows.slice(0, 4).map((row) => row.split('|').length))).toEqual(new Set([6]));
  const empty = renderRound({ woken: [], left: [] }, { serverUrl: 'https://github.test', owner: 'o', repo: 'r' });
  expect(empty).not.toContain('|');
});
