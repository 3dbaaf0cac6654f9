import { describe, expect, test } from '@jest/globals';
import { sectionIdOf } from '../../../src/core/comment/comment.ts';
import { waitingFigures } from '../../../src/core/comment/legs.ts';
import { droppedIn, parseSections } from '../../../src/core/comment/sections.ts';
import { GitHubError } from '../../../src/ports/github.ts';
import { tellComment } from '../../../src/steps/notify/tell.ts';
import { run } from '../../core/summary/samples.ts';
import { createFakeWorld } from '../../fakes/world.ts';

// More legs than a table has room for, each with its first and its last word.

const LINK = '[Run 42](https://github.test/runs/42)';
const MARKS = '@#$:<>&*~[]|`\\_';
const SCRIPT = Array.from({ length: 3_000 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join('');
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-';

/** Letters without any pattern, the same for the same seed. */
function noise(seed: number, length: number, alphabet: string): string {
  let state = seed * 7_919 + 17;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return alphabet[(state >>> 8) % alphabet.length];
  }).join('');
}

interface Leg {
  readonly name: string;
  readonly models: readonly string[];
  readonly isFailing: boolean;
  readonly origin: { readonly sha: string; readonly runId: number };
}

/** Lets the legs write one after another, each its waiting word first where `words` is 2, and returns the world and the page. */
async function write(legs: readonly Leg[], words: 1 | 2, limit = 65_536) {
  const world = createFakeWorld();
  const accept = (body: string): void => {
    if (body.length > limit) throw new GitHubError('too-long', { code: 'quoted', text: 'too long' });
  };
  const comments = {
    ...world.comments,
    create: async (number: number, body: string) => {
      accept(body);
      return await world.comments.create(number, body);
    },
    update: async (id: number, body: string, before: string) => {
      accept(body);
      return await world.comments.update(id, body, before);
    },
  };
  for (const isFinal of words === 2 ? [false, true] : [true]) {
    for (const { name, models, isFailing, origin } of legs) {
      const waiting = waitingFigures(name, 1_234_568);
      const amounts = { answered: 1_234_567, usd: '12345.678901', saved_usd: '12345.678901', lower_bound: true };
      const verdict = isFailing
        ? ({ tone: 'bad', verdict: 'failed' } as const)
        : ({ tone: 'good', verdict: 'completed' } as const);
      await tellComment(
        { ...world, comments },
        {
          run: { ...run, ...origin },
          inputs: { comment: 'always', commentKey: 'evals', name: name, issueNumber: undefined, summary: true },
          text: `> ${isFinal ? verdict.verdict : 'waiting'}\n\n#### Part\n\n${'more '.repeat(50)}\n\n${LINK}`,
          figures: isFinal ? { ...waiting, ...amounts, ...verdict, models } : waiting,
          failing: isFailing,
          fullReport: 'more',
          final: isFinal,
        },
      );
    }
  }
  expect(world.log.annotations).toEqual([]);
  expect(world.board.comments).toHaveLength(1);
  const body = world.board.comments[0]?.body ?? '';
  expect(body.length).toBeLessThanOrEqual(limit);
  return body;
}

/** How many legs the comment counts below its table. */
function summedIn(body: string): number {
  return Number(/^And (\d+) more legs? without a row/m.exec(body)?.[1] ?? 0);
}

/** Result cells of the table. */
function resultsIn(body: string): string[] {
  return [...body.matchAll(/^\| [^\n]*? \| (. (?:completed|failed|waiting)[^|]*) \|/gm)].map(
    ([, result = '']) => result,
  );
}

describe('256 legs with the longest names and models', () => {
  const origin = { sha: run.sha, runId: run.runId };
  const legsWith = (alphabet: string, isFailing: (index: number) => boolean): readonly Leg[] =>
    Array.from({ length: 256 }, (_, index) => ({
      name: `${index}-${noise(index + 1, 100, alphabet)}`.slice(0, 100),
      models: [noise(index + 1_000, 100, alphabet), noise(index + 2_000, 100, alphabet)],
      isFailing: isFailing(index),
      origin,
    }));
  const some = (index: number): boolean => index % 5 === 1;

  test.each<[string, string, (index: number) => boolean, 1 | 2, number]>([
    ['letters, some fail, first and last words', LETTERS, some, 2, 65_536],
    ['letters, all fail', LETTERS, () => true, 1, 65_536],
    ['marks, all fail', MARKS, () => true, 1, 65_536],
    ['other scripts, some fail', SCRIPT, some, 1, 65_536],
    ['letters, some fail, where GitHub takes less', LETTERS, some, 1, 50_000],
  ])(
    '%s: one comment counts each, and failures have rows',
    async (_, alphabet, isFailing, words, limit) => {
      const legs = legsWith(alphabet, isFailing);
      // Whoever writes last is given its row: that one fails here, and the one before went well.
      const body = await write(legs, words, limit);
      const rows = resultsIn(body);
      expect(rows.filter((result) => result === '✖ failed')).toHaveLength(legs.filter((leg) => leg.isFailing).length);
      expect(rows.length + summedIn(body)).toBe(256);
      expect(parseSections(body).map(({ id }) => id)).toEqual(legs.map(({ name }) => sectionIdOf(name, run.action)));
      expect(droppedIn(body)).toBeUndefined();
    },
    60_000,
  );
});

test('sixty commits whose twelve legs have other names each time end with all of the last one, and a sentence on the oldest', async () => {
  const legs = Array.from({ length: 60 * 12 }, (_, index): Leg => {
    const commit = Math.floor(index / 12);
    const sha = noise(commit + 1, 40, '0123456789abcdef');
    return {
      name: `evals (${sha}, ${index % 12})`,
      models: ['claude-opus-5'],
      isFailing: index % 12 === 3,
      origin: { sha, runId: 100 + commit },
    };
  });
  const body = await write(legs, 1);
  const last = legs.slice(-12).map(({ name }) => sectionIdOf(name, run.action));
  const ids = parseSections(body).map(({ id }) => id);
  expect(ids.slice(-12)).toEqual(last);
  expect(resultsIn(body).filter((result) => !result.includes('older'))).toHaveLength(12);
  // What is left are the newest.
  expect(ids).toEqual(legs.slice(-ids.length).map(({ name }) => sectionIdOf(name, run.action)));
  expect(ids.length).toBeLessThan(legs.length);
  expect(body).toContain('Results that had no room at all are no longer listed, those of older commits first.');
}, 60_000);
