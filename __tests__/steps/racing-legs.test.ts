import { expect, test } from '@jest/globals';
import { markerOf, sectionIdOf } from '../../src/core/report/comment.ts';
import { figuresOf } from '../../src/core/report/legs.ts';
import { parseSections } from '../../src/core/report/sections.ts';
import type { CommentBoard } from '../../src/ports.ts';
import { tellComment } from '../../src/steps/tell.ts';
import { run, summaryOf } from '../core/report/samples.ts';
import { createFakeWorld } from '../fakes/world.ts';

// Six legs of a matrix write to one pull request at the same moment, over a GitHub that answers each call late, without any lock.

const LEGS = 6;

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

test('six legs racing fifty times end with one comment that holds every section in its newest text', async () => {
  for (let seed = 1; seed <= 50; seed += 1) {
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
    const comments: CommentBoard = {
      find: (...about) => late(() => board.find(...about)),
      create: (...about) => late(() => board.create(...about)),
      update: (...about) => late(() => board.update(...about)),
      remove: (...about) => late(() => board.remove(...about)),
    };
    const clock = { now: timeline.now, sleep: timeline.sleep };
    const tell = (leg: string, text: string, isFinal: boolean) => {
      const summary = summaryOf();
      const figures = figuresOf({ ...summary, run: { ...summary.run, leg } });
      const inputs = { comment: 'always', commentKey: 'evals', leg, issueNumber: undefined, summary: true } as const;
      const telling = { run, inputs, text, figures, failing: false, fullReport: 'more', final: isFinal };
      return tellComment({ ...world, comments, clock }, telling);
    };
    const race = Promise.all(
      Array.from({ length: LEGS }, async (_, index) => {
        const leg = `evals-${index}`;
        await timeline.sleep(random() * 300);
        await tell(leg, `${leg} is waiting`, false);
        await timeline.sleep(random() * 300);
        await tell(leg, `${leg} completed`, true);
      }),
    );
    await timeline.run(race);

    expect(world.log.annotations).toEqual([]);
    expect(world.board.comments).toHaveLength(1);
    const body = world.board.comments[0]?.body ?? '';
    expect(body.split('\n')[0]).toBe(markerOf('evals'));
    const texts = Object.fromEntries(parseSections(body).map(({ id, text }) => [id, text]));
    const wanted = Array.from({ length: LEGS }, (_, index) => {
      const leg = `evals-${index}`;
      return [sectionIdOf(leg, run.action), `${leg} completed`];
    });
    expect({ seed, texts }).toEqual({ seed, texts: Object.fromEntries(wanted) });
    // The table above them has a row for each.
    expect(body.match(/^\| `evals-\d` \|/gm)).toHaveLength(LEGS);
  }
});
