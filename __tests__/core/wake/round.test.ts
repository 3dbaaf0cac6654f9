import { describe, expect, test } from '@jest/globals';
import { claimOf, isWorthAsking, numbersInTurn, orderRuns } from '../../../src/core/wake/round.ts';
import type { RunArtifact } from '../../../src/ports/github.ts';

describe('numbers of notes', () => {
  /** All that a round asks for. */
  const asked = (round: number, taken: ReadonlySet<number>): number[] => {
    const counts: number[] = [];
    while (isWorthAsking(counts)) counts.push(taken.has(counts.length + 1) ? 1 : 0);
    return [...counts.keys(), ...numbersInTurn(round, counts.length + 1).map((number) => number - 1)].map((n) => n + 1);
  };
  const found = (round: number, taken: ReadonlySet<number>): number[] =>
    asked(round, taken).filter((number) => taken.has(number));

  test('are asked for until many have no note', () => {
    expect(found(1, new Set([1, 2, 3]))).toEqual([1, 2, 3]);
    expect(found(1, new Set([1, 13, 25]))).toEqual([1, 13, 25]);
  });

  test('are few in every round, and none is never asked for', () => {
    for (const taken of [new Set<number>(), new Set([1, 2]), new Set(Array.from({ length: 256 }, (_, i) => i + 1))]) {
      const all = new Set<number>();
      for (let round = 40; round < 80; round += 1) {
        const now = asked(round, taken);
        expect(now.length).toBeLessThanOrEqual(48);
        for (const number of now) all.add(number);
      }
      expect([...all].sort((a, b) => a - b)).toEqual(Array.from({ length: 256 }, (_, i) => i + 1));
    }
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

  test('begin elsewhere in each round where there are many, so that each is among the first', () => {
    const many = Array.from({ length: 90 }, (_, i) => artifact(i, i));
    const firsts = new Set([3, 4, 5, 6].flatMap((round) => ids(many, round).slice(0, 25).flat()));
    expect(firsts.size).toBe(90);
    expect(ids(many, 0)).toHaveLength(90);
  });
});

test('a claim lasts a quarter of an hour, for one attempt of one run', () => {
  const at = (time: string) => claimOf({ id: 5, attempt: 2 }, Date.parse(time));
  expect(at('2026-11-22T10:00:00Z')).toBe(at('2026-11-22T10:14:59Z'));
  expect(at('2026-11-22T10:15:00Z')).not.toBe(at('2026-11-22T10:14:59Z'));
  expect(claimOf({ id: 5, attempt: 3 }, 0)).not.toBe(claimOf({ id: 5, attempt: 2 }, 0));
  expect(claimOf({ id: 6, attempt: 2 }, 0)).not.toBe(claimOf({ id: 5, attempt: 2 }, 0));
});
