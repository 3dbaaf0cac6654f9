import { expect, test } from '@jest/globals';
import { markerOf, summarizeSection, summarizeWaiting } from '../../../src/core/comment/section.ts';
import { parseSections } from '../../../src/core/comment/sections.ts';
import { makeReport } from '../../../src/core/markdown/markdown.ts';
import type { Report } from '../../../src/core/markdown/report.ts';
import { type CommentBoard, GitHubError } from '../../../src/ports/github.ts';
import { upsertComment } from '../../../src/steps/notify/upsert-comment.ts';
import { run, summaryOf } from '../../core/summary/samples.ts';
import { createFakes } from '../../fakes/ports.ts';

// Jobs of a matrix write to one pull request at the same moment, over a GitHub that answers each call late, without any lock.

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
  readonly names: readonly string[];
  /** Steps that write under each of the names, one after another. */
  readonly steps?: readonly string[];
  /** Over how long they begin, and then end. */
  readonly spreadMs: number;
  readonly reportOf: (name: string, state: 'waiting' | 'completed') => Report;
  readonly failing?: (name: string) => boolean;
}

const LINKS = { page: undefined, artifact: undefined };

/** Lets the jobs run, and returns the comment. */
async function race({ seed, names, steps = ['batch'], spreadMs, reportOf, failing = () => false }: Race) {
  const random = createRandom(seed);
  const fakes = createFakes();
  const timeline = createTimeline(fakes.clock.now());
  const late = async <T>(work: () => Promise<T>): Promise<T> => {
    await timeline.sleep(20 + random() * 200);
    const done = await work();
    await timeline.sleep(20 + random() * 200);
    return done;
  };
  const board = fakes.comments;
  const accept = (body: string): void => {
    if ([...body].length > MAX_CHARACTERS) throw new GitHubError('too-long', { code: 'quoted', text: 'too long' });
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
  const clock = { now: timeline.now, date: timeline.now, sleep: timeline.sleep };
  const write = (name: string, action: string, final: boolean) => {
    const context = { ...run, action };
    const failure = failing(name) ? 'Too many; look.' : null;
    const ended = { ...summaryOf(), run: { ...summaryOf().run, name }, failure };
    const summary = final
      ? summarizeSection(ended, context, LINKS)
      : summarizeWaiting(name, context, { requests: 1319, estimate: null });
    const inputs = { comment: 'always', commentKey: 'evals', name, issueNumber: undefined, summary: true } as const;
    const report = reportOf(name, final ? 'completed' : 'waiting');
    const update = { run: context, inputs, report, summary, failing: failing(name), fullReport: 'more', final };
    return upsertComment({ ...fakes, comments, clock }, update);
  };
  await timeline.run(
    Promise.all(
      names.map(async (name) => {
        for (const step of steps) {
          await timeline.sleep(random() * spreadMs);
          await write(name, step, false);
          await timeline.sleep(random() * spreadMs);
          await write(name, step, true);
        }
      }),
    ),
  );
  expect(fakes.log.messages.filter(({ code }) => code !== 'name-shared')).toEqual([]);
  expect(fakes.board.comments).toHaveLength(1);
  const body = fakes.board.comments[0]?.body ?? '';
  expect(body.split('\n')[0]).toBe(markerOf('evals'));
  return body;
}

const namesOf = (count: number): string[] => Array.from({ length: count }, (_, index) => `evals-${index}`);
const HEADING = { severity: 'good', title: 'Evals', words: '2 of 2 answered' } as const;
const shortReport = (name: string, state: string): Report => ({
  heading: HEADING,
  parts: [`${name} ${state}`],
  links: '[Run 42](x)',
  folded: [],
});

test.each([
  [6, 50],
  [20, 5],
])('%i racing sections end %i times in one comment that holds each in its newest text', async (count, times) => {
  for (let seed = 1; seed <= times; seed += 1) {
    const names = namesOf(count);
    const body = await race({ seed, names, spreadMs: 300, reportOf: shortReport });
    const texts = Object.fromEntries(parseSections(body).map(({ id, text }) => [id, text]));
    const wanted = names.map((name) => [name, `${name} completed\n\n[Run 42](x)`]);
    expect({ seed, texts }).toEqual({ seed, texts: Object.fromEntries(wanted) });
    // The table above them has a row for each.
    expect(body.match(/^\| .* \| `evals-\d+` \|/gm)).toHaveLength(names.length);
  }
});

test('three jobs whose two steps have one name each end twenty times with six sections', async () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const names = namesOf(3);
    const body = await race({ seed, names, steps: ['a', 'b'], spreadMs: 300, reportOf: shortReport });
    const found = parseSections(body).map(({ id, summary }) => [id, summary?.step, summary?.verdict]);
    const wanted = names.flatMap((name) => [
      [name, 'a', 'completed'],
      [`${name}.2`, 'b', 'completed'],
    ]);
    expect({ seed, found }).toEqual({ seed, found: wanted });
  }
});

test.each([
  [40, 5_000],
  [40, 500],
])(
  '%i sections whose reports do not fit, %i ms apart: each has a row with its final verdict',
  async (count, apartMs) => {
    const names = namesOf(count);
    const hasFailed = (name: string): boolean => /[05]1$/.test(name);
    const reportOf = (name: string, state: string): Report =>
      state === 'waiting' ? shortReport(name, state) : makeReport(summaryOf(), LINKS);
    const body = await race({ seed: count, names, spreadMs: apartMs * count, reportOf, failing: hasFailed });
    expect(body.length).toBeLessThanOrEqual(MAX_CHARACTERS);
    const verdicts = parseSections(body).map(({ summary }) => [summary?.name, summary?.verdict]);
    const wanted = names.map((name) => [name, hasFailed(name) ? 'failed' : 'completed']);
    expect(Object.fromEntries(verdicts)).toEqual(Object.fromEntries(wanted));
    expect(body.match(/^\| .* \| `evals-\d+` \|/gm)).toHaveLength(count);
  },
);
