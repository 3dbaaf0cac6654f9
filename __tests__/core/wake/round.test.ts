import { describe, expect, test } from '@jest/globals';
import { numbersFor } from '../../../src/core/wake/pause-number.ts';
import { claimOf, groupOf, numbersToAsk, orderRuns } from '../../../src/core/wake/round.ts';
import type { RunArtifact } from '../../../src/ports/github.ts';

const ALL = Array.from({ length: 256 }, (_, i) => i + 1);

describe('numbers of notes', () => {
  test.each([1, 2])(
    'are few in every round, and each has its turn, also if only every %d. round takes place',
    (every) => {
      const all = new Set<number>();
      for (let round = 40; round < 40 + 32 * every; round += every) {
        const now = numbersToAsk(round);
        expect(now.length).toBeLessThanOrEqual(24);
        expect(new Set(now).size).toBe(now.length);
        for (const number of now) all.add(number);
      }
      expect([...all].sort((a, b) => a - b)).toEqual(ALL);
    },
  );

  test('are taken so that a run has one of those that every round asks for', () => {
    for (const name of ['evals', 'leg-1', '']) {
      const numbers = numbersFor(name);
      expect(numbers.toSorted((a, b) => a - b)).toEqual(ALL);
      const [first, ...next] = numbers.slice(0, 8);
      expect(first).toBe(1);
      for (const number of next) expect(numbersToAsk(7).slice(0, 8)).toContain(number);
    }
    expect(new Set(['a', 'b', 'c', 'd'].map((name) => numbersFor(name)[8])).size).toBe(4);
  });
});

describe('runs', () => {
  const artifact = (id: number, runId: number, createdAtMs = id): RunArtifact => {
    const listed = { name: '', branch: '', isExpired: false, isFromFork: false, bytes: 1, digest: '' };
    return { id, runId, createdAtMs, ...listed };
  };
  const ids = (artifacts: readonly RunArtifact[], round: number): number[][] =>
    orderRuns(artifacts, round).map((run) => run.map(({ id }) => id));

  test('come in the order in which they paused, each with all its notes', () => {
    expect(ids([artifact(4, 9), artifact(3, 7), artifact(2, 9), artifact(1, 8)], 7)).toEqual([[1], [2, 4], [3]]);
  });

  test.each([
    ['each', 1, 0],
    ['every second', 2, 1],
    ['every fifth', 5, 2],
  ])(
    'begin elsewhere where there are many, so that each soon comes first, if %s round takes place',
    (_, every, from) => {
      for (const size of [26, 50, 90, 100, 500]) {
        const many = Array.from({ length: size }, (__, i) => artifact(i, i));
        const firsts = new Set<number>();
        for (let i = 0; i < size * 4; i += 1) firsts.add(ids(many, from + i * every)[0]?.[0] ?? -1);
        expect([size, firsts.size]).toEqual([size, size]);
        expect(ids(many, 0)).toHaveLength(size);
      }
    },
  );

  test('begin elsewhere also where few have many notes', () => {
    const wide = Array.from({ length: 40 }, (_, i) => artifact(i, i % 4));
    expect(new Set([1, 2, 3, 4, 5, 6].map((round) => ids(wide, round)[0]?.[0])).size).toBe(4);
  });
});

test('a claim lasts a quarter of an hour, for all runs that may cancel each other', () => {
  const run = { id: 5, workflowId: 3, branch: 'topic' };
  const at = (time: string) => claimOf(groupOf(run), Date.parse(time));
  expect(at('2026-11-22T10:00:00Z')).toBe(at('2026-11-22T10:14:59Z'));
  expect(at('2026-11-22T10:15:00Z')).not.toBe(at('2026-11-22T10:14:59Z'));
  expect(groupOf({ ...run, id: 6 })).toBe(groupOf(run));
  expect(groupOf({ ...run, workflowId: 4 })).not.toBe(groupOf(run));
  expect(groupOf({ ...run, branch: 'main' })).not.toBe(groupOf(run));
  expect(groupOf({ ...run, branch: '' })).not.toBe(groupOf({ ...run, branch: '', id: 6 }));
});
