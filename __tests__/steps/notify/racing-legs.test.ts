import { describe, expect, test } from '@jest/globals';
import { markerOf, sectionIdOf } from '../../../src/core/comment/comment.ts';
import { figuresOf, waitingFigures } from '../../../src/core/comment/legs.ts';
import { parseSections } from '../../../src/core/comment/sections.ts';
import { renderReport } from '../../../src/core/markdown/markdown.ts';
import { type CommentBoard, GitHubError } from '../../../src/ports/github.ts';
import { tellComment } from '../../../src/steps/notify/tell.ts';
import { run, summaryOf } from '../../core/summary/samples.ts';
import { createFakeWorld } from '../../fakes/world.ts';

// Legs of a matrix write to one pull request at the same moment, over a GitHub that answers each call late, without any lock.

/** Time that passes only when all wait for it: whoever is due first goes on. */
function createTimeline(startMs: number) {
  const due: { atMs: number; order: number; go: () => void }[] = [];
  let nowMs = startMs;
  let order = 0;
  return {
    now: () => nowMs,
    sleep(ms: number): Promise<void> {
      order += 1;
      return new Promise((go) => void due.push({ atMs: nowMs + ms, order, go }));
    },
    async run(work: Promise<unknown>): Promise<void> {
      let isOver = false;
      void work.finally(() => {
        isOver = true;
      });
      for (;;) {
        // Everything that does not wait for time goes as far as it can.
        await new Promise((settled) => setImmediate(settled));
        if (isOver) return;
        due.sort((a, b) => a.atMs - b.atMs || a.order - b.order);
        const next = due.shift();
        if (next === undefined) throw new Error('nothing goes on');
        nowMs = next.atMs;
        next.go();
      }
    },
  };
}

/** Numbers from 0 to 1, the same for the same seed. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** How GitHub answers what is longer. */
const MAX_CHARACTERS = 65_536;

interface Race {
  readonly seed: number;
  readonly legs: readonly string[];
  /** Over how long they begin, and then end. */
  readonly spreadMs: number;
  readonly textOf: (name: string, state: 'waiting' | 'completed') => string;
  readonly failing?: (name: string) => boolean;
  /** How many characters GitHub takes. */
  readonly limit?: number;
}

/** Lets the legs run, and returns the page. */
async function race({ seed, legs, spreadMs, textOf, failing = () => false, limit = MAX_CHARACTERS }: Race) {
  const random = createRandom(seed);
  const world = createFakeWorld();
  const timeline = createTimeline(world.clock.now());
  const late = async <T>(work: () => Promise<T>): Promise<T> => {
    await timeline.sleep(20 + random() * 200);
    const done = await work();
    await timeline.sleep(20 + random() * 200);
    return done;
  };
  const board = world.comments;
  const accept = (body: string): void => {
    if ([...body].length > limit) throw new GitHubError('too-long', { code: 'quoted', text: 'too long' });
  };
  const comments: CommentBoard = {
    find: (...about) => late(() => board.find(...about)),
    create: (number, body) =>
      late(async () => {
        accept(body);
        return await board.create(number, body);
      }),
    update: (id, body, before) =>
      late(async () => {
        accept(body);
        return await board.update(id, body, before);
      }),
    remove: (...about) => late(() => board.remove(...about)),
  };
  const clock = { now: timeline.now, sleep: timeline.sleep };
  const tell = (name: string, text: string, isFinal: boolean) => {
    const summary = { ...summaryOf(), run: { ...summaryOf().run, name } };
    const figures = isFinal
      ? figuresOf({ ...summary, failure: failing(name) ? 'Too many; look.' : null })
      : waitingFigures(name, 1319);
    const inputs = { comment: 'always', commentKey: 'evals', name, issueNumber: undefined, summary: true } as const;
    const telling = { run, inputs, text, figures, failing: failing(name), fullReport: 'more', final: isFinal };
    return tellComment({ ...world, comments, clock }, telling);
  };
  await timeline.run(
    Promise.all(
      legs.map(async (name) => {
        await timeline.sleep(random() * spreadMs);
        await tell(name, textOf(name, 'waiting'), false);
        await timeline.sleep(random() * spreadMs);
        await tell(name, textOf(name, 'completed'), true);
      }),
    ),
  );
  expect(world.log.annotations).toEqual([]);
  expect(world.board.comments).toHaveLength(1);
  const body = world.board.comments[0]?.body ?? '';
  expect(body.split('\n')[0]).toBe(markerOf('evals'));
  return body;
}

const legsOf = (count: number): string[] => Array.from({ length: count }, (_, index) => `evals-${index}`);

test('six legs racing fifty times end with one comment that holds every section in its newest text', async () => {
  for (let seed = 1; seed <= 50; seed += 1) {
    const legs = legsOf(6);
    const body = await race({ seed, legs, spreadMs: 300, textOf: (name, state) => `${name} ${state}` });
    const texts = Object.fromEntries(parseSections(body).map(({ id, text }) => [id, text]));
    const wanted = legs.map((name) => [sectionIdOf(name, run.action), `${name} completed`]);
    expect({ seed, texts }).toEqual({ seed, texts: Object.fromEntries(wanted) });
    // The table above them has a row for each.
    expect(body.match(/^\| `evals-\d` \|/gm)).toHaveLength(legs.length);
  }
});

describe('more legs than a comment has room for', () => {
  const report = renderReport(summaryOf(), { page: undefined, artifact: undefined });
  const textOf = (name: string, state: 'waiting' | 'completed'): string =>
    state === 'waiting' ? `> **${name} is waiting.**\n\n[Run 42](https://github.test/runs/42)` : report;
  const hasFailed = (name: string): boolean => /[05]1$/.test(name);

  test.each([
    [40, 'far apart', 5_000],
    [40, 'close together', 500],
    [120, 'far apart', 5_000],
    [120, 'close together', 500],
  ])('%i, %s: each has a row with its last word', async (count, _, apartMs) => {
    const legs = legsOf(count);
    const body = await race({ seed: count, legs, spreadMs: apartMs * count, textOf, failing: hasFailed });
    expect(body.length).toBeLessThanOrEqual(MAX_CHARACTERS);
    const rows = [...body.matchAll(/^\| `(evals-\d+)` \| (. \S+) \|/gm)].map(([, name, verdict]) => [name, verdict]);
    const wanted = legs.map((name) => [name, hasFailed(name) ? '✖ failed' : '⚠ completed']);
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(wanted));
    expect(rows).toHaveLength(count);
    // All is as it was when it is read again.
    expect(parseSections(body).map(({ figures }) => figures?.name)).toEqual(rows.map(([name]) => name));
  });
});

test('more legs than a table has room for, racing: each is counted with its last word, and failures have rows', async () => {
  // Digits without a pattern, which nothing makes shorter.
  const random = createRandom(7);
  const noise = (): string => Array.from({ length: 80 }, () => Math.floor(random() * 36).toString(36)).join('');
  const legs = Array.from({ length: 180 }, (_, index) => `evals-${index}-${noise()}${noise()}`.slice(0, 100));
  const hasFailed = (name: string): boolean => name.startsWith('evals-1');
  const textOf = (name: string, state: string): string => `> ${name} ${state}\n\n[Run 42](https://github.test/runs/42)`;
  const body = await race({ seed: 3, legs, spreadMs: 180_000, textOf, failing: hasFailed, limit: 30_000 });
  const sections = parseSections(body);
  expect(sections.map(({ id }) => id).toSorted()).toEqual(legs.map((name) => sectionIdOf(name, run.action)).toSorted());
  expect(sections.filter(({ figures }) => figures?.verdict === 'waiting')).toEqual([]);
  const failed = sections.filter(({ figures }) => figures?.tone === 'bad');
  expect(failed.filter(({ isSummed }) => isSummed)).toEqual([]);
  expect(failed).toHaveLength(legs.filter(hasFailed).length);
});
