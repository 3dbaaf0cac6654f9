import { describe, expect, test } from '@jest/globals';
import { markerOf, mergeSection } from '../../../src/core/comment/comment.ts';
import { MAX_COMMENT_LENGTH } from '../../../src/core/comment/fit-comment.ts';
import { figuresOf, waitingFigures } from '../../../src/core/comment/legs.ts';
import type { Section } from '../../../src/core/comment/section.ts';
import { parseSections, renderSections } from '../../../src/core/comment/sections.ts';
import { printReason } from '../../../src/core/messages/reasons.ts';
import { GitHubError } from '../../../src/ports/github.ts';
import type { World } from '../../../src/ports/ports.ts';
import { tellComment } from '../../../src/steps/notify/tell.ts';
import type { Telling } from '../../../src/steps/notify/telling.ts';
import { run, summaryOf } from '../../core/summary/samples.ts';
import { createFakeWorld, type FakeWorld } from '../../fakes/world.ts';

const MARKER = markerOf('evals');
const OWN = 'evals-0.batch';
const newer = { sha: run.sha, runId: run.runId };

const telling: Telling = {
  run,
  inputs: { comment: 'always', commentKey: 'evals', name: 'evals-0', issueNumber: undefined, summary: true },
  text: 'verdict\n\n#### One\n\none\n\n#### Two\n\ntwo',
  figures: waitingFigures('evals-0', 2),
  failing: false,
  fullReport: '[full](x)',
};

function withInputs(inputs: Partial<Telling['inputs']>, more: Partial<Telling> = {}): Telling {
  return { ...telling, inputs: { ...telling.inputs, ...inputs }, ...more };
}

/** A comment of ours on the page, with these sections. */
function write(world: FakeWorld, sections: Readonly<Record<string, string>>, issueNumber = 7): number {
  let body: string | undefined;
  for (const [id, text] of Object.entries(sections)) body = mergeSection(body, MARKER, id, text, newer);
  const id = world.board.comments.length + 1;
  world.board.comments.push({ id, url: `https://github.test/comments/${id}`, body: body ?? MARKER, issueNumber });
  return id;
}

/** What stands on the page: a list of comments, each with its sections. */
function page(world: FakeWorld): Record<string, string>[] {
  return world.board.comments.map(({ body }) =>
    Object.fromEntries(parseSections(body).map(({ id, text }) => [id, text])),
  );
}

function warnings(world: FakeWorld): string[] {
  return world.log.annotations.map(({ level, text }) => `${level}: ${text}`);
}

describe('where', () => {
  const push = { ...run, event: 'push', issue: undefined, ref: 'refs/heads/topic' };
  const pull = { number: 12, headSha: run.sha, headRepository: 'octo/evals', headBranch: 'topic' };
  const triggeringRun = { headRepository: 'octo/evals', headBranch: 'topic', headSha: run.sha };

  test.each([
    ["the event's pull request", {}, {}, 7],
    ['the input', {}, { issueNumber: 3 }, 3],
    ['the pull request of the commit', { ...push }, {}, 12],
    ['the pull request of the run before', { ...push, event: 'workflow_run', triggeringRun }, {}, 12],
    ['none', { ...push, sha: 'f'.repeat(40) }, {}, undefined],
  ])('%s', async (_, context, inputs, number) => {
    const world = createFakeWorld();
    world.repositoryState.pulls.push(pull);
    await tellComment(world, withInputs(inputs, { run: { ...run, ...context } }));
    expect(world.board.comments.map(({ issueNumber }) => issueNumber)).toEqual(number === undefined ? [] : [number]);
    expect(warnings(world)).toEqual([]);
  });
});

describe('what', () => {
  test('a new comment, then its section again', async () => {
    const world = createFakeWorld();
    const first = await tellComment(world, { ...telling, text: 'waiting' });
    expect(page(world)).toEqual([{ [OWN]: 'waiting' }]);
    expect(await tellComment(world, telling)).toEqual(first);
    expect(page(world)).toEqual([{ [OWN]: telling.text }]);
    expect(first).toEqual({ id: 1, url: 'https://github.test/comments/1' });
  });

  test.each([true, false])(
    'what another leg wrote while GitHub kept this one waiting stays, final %s',
    async (final) => {
      const world = createFakeWorld();
      write(world, { 'evals-1.batch': 'waiting', [OWN]: 'waiting' });
      world.board.meanwhile = () => {
        const [comment] = world.board.comments;
        if (comment === undefined) throw new Error('no comment');
        const body = mergeSection(comment.body, MARKER, 'evals-1.batch', 'failed', newer);
        world.board.comments[0] = { ...comment, body };
      };
      await tellComment(world, { ...telling, final });
      expect(page(world)).toEqual([{ 'evals-1.batch': 'failed', [OWN]: telling.text }]);
      expect(warnings(world)).toEqual([]);
    },
  );

  test.each([
    ['another leg, by the last word', 'evals a', true, ['warning: NAMESAKE']],
    ['another leg, by a word on the way', 'evals a', false, []],
    ['the same leg', 'evals-0', true, []],
  ])('the section is of %s of the same commit', async (_, name, final, expected) => {
    const world = createFakeWorld();
    const body = mergeSection(undefined, MARKER, OWN, 'theirs', newer, waitingFigures(name, 2));
    world.board.comments.push({ id: 1, url: 'u', body, issueNumber: 7 });
    await tellComment(world, { ...telling, final });
    const namesake = /The legs evals a and evals-0 have one section of the comment.*$/;
    expect(warnings(world).map((line) => line.replace(namesake, 'NAMESAKE'))).toEqual(expected);
    expect(world.log.lines.filter((line) => namesake.test(line))).toHaveLength(final ? 0 : 1);
  });

  test('a comment that cannot be written a second time keeps its outputs', async () => {
    const world = createFakeWorld();
    let writes = 0;
    const update: World['comments']['update'] = (id, body, before) => {
      writes += 1;
      if (writes > 1)
        return Promise.reject(new GitHubError('unavailable', { code: 'quoted', text: 'GitHub answered 502' }));
      // Another leg, which read before, writes right after.
      const written = world.comments.update(id, body, before);
      world.board.comments[0] = { id, url: 'u', body: before, issueNumber: 7 };
      return written;
    };
    write(world, { 'evals-1.batch': 'other' });
    const told = await tellComment({ ...world, comments: { ...world.comments, update } }, telling);
    expect(told).toMatchObject({ id: 1 });
    expect(warnings(world)).toEqual([expect.stringContaining('GitHub answered 502. It stands in the job summary.')]);
  });

  test('rate limits that go on and on end it, before the job ends', async () => {
    const world = createFakeWorld();
    write(world, { 'evals-1.batch': 'other' });
    const startMs = world.clock.now();
    const update: World['comments']['update'] = async () => {
      await world.clock.sleep(60_000);
      throw new GitHubError('changed', { code: 'quoted', text: 'the comment changed' });
    };
    await tellComment({ ...world, comments: { ...world.comments, update } }, telling);
    expect(world.clock.now() - startMs).toBe(180_000);
    expect(warnings(world)).toEqual([expect.stringContaining('the comment changed. It stands in the job summary.')]);
  });

  test('the sections of other legs stay', async () => {
    const world = createFakeWorld();
    write(world, { 'evals-1.batch': 'other', [OWN]: 'waiting' });
    await tellComment(world, telling);
    expect(page(world)).toEqual([{ 'evals-1.batch': 'other', [OWN]: telling.text }]);
  });

  test('two comments become the oldest one', async () => {
    const world = createFakeWorld();
    write(world, { 'evals-1.batch': 'one' });
    write(world, { 'evals-2.batch': 'two', [OWN]: 'waiting' });
    const told = await tellComment(world, telling);
    expect(told?.id).toBe(1);
    expect(page(world)).toEqual([{ 'evals-1.batch': 'one', 'evals-2.batch': 'two', [OWN]: telling.text }]);
  });

  test('unchanged text is not sent again', async () => {
    const world = createFakeWorld();
    await tellComment(world, telling);
    world.board.failOn('update', new Error('must not be sent'));
    expect(await tellComment(world, telling)).toMatchObject({ id: 1 });
    expect(warnings(world)).toEqual([]);
  });

  test('a new attempt says what it has to say, though another leg left only the figures of the last one', async () => {
    const world = createFakeWorld();
    const figures = { ...figuresOf(summaryOf()), name: 'evals-0' };
    const sections = [
      { id: OWN, origin: newer, figures, text: '' },
      { id: 'evals-1.batch', origin: newer, figures: { ...figures, name: 'evals-1' }, text: 'other' },
    ];
    const body = renderSections(MARKER, sections);
    world.board.comments.push({ id: 1, url: 'https://github.test/comments/1', body, issueNumber: 7 });
    await tellComment(world, { ...telling, figures });
    expect(page(world)).toEqual([{ [OWN]: telling.text, 'evals-1.batch': 'other' }]);
  });

  test('a comment that somebody deleted meanwhile is created anew', async () => {
    const world = createFakeWorld();
    write(world, { [OWN]: 'waiting' });
    const update = async () => {
      world.board.comments[0] = { id: 1, url: '', body: 'another', issueNumber: 0 };
      throw new GitHubError('gone', { code: 'quoted', text: 'not there' });
    };
    expect(await tellComment({ ...world, comments: { ...world.comments, update } }, telling)).toMatchObject({ id: 2 });
    expect(page(world).at(-1)).toEqual({ [OWN]: telling.text });
  });
});

describe('when', () => {
  test.each([
    ['always', false, false, true],
    ['always', true, true, true],
    ['on-failure', false, false, false],
    ['on-failure', true, false, true],
    ['on-failure', false, true, true],
    ['never', true, false, false],
    ['never', true, true, false],
  ] as const)('%s, failing %s, a comment there %s: told %s', async (comment, failing, there, told) => {
    const world = createFakeWorld();
    if (there) write(world, { [OWN]: 'red' });
    const result = await tellComment(world, withInputs({ comment }, { failing }));
    expect(result !== undefined).toBe(told);
    expect(page(world).filter((sections) => sections[OWN] === telling.text)).toHaveLength(told ? 1 : 0);
  });
});

describe('too long', () => {
  test.each([
    [1, 'verdict\n\n#### One\n\none\n\n[full](x)'],
    [2, 'verdict\n\n[full](x)'],
  ])('refused %d times', async (times, text) => {
    const world = createFakeWorld();
    write(world, { 'evals-1.batch': 'other' });
    world.board.failOn('update', new GitHubError('too-long', { code: 'quoted', text: 'too long' }), times);
    await tellComment(world, telling);
    expect(page(world)).toEqual([{ 'evals-1.batch': 'other', [OWN]: text }]);
    expect(warnings(world)).toEqual([]);
  });

  test('refused even in its shortest form, it is a warning and the others stay', async () => {
    const world = createFakeWorld();
    write(world, { 'evals-1.batch': 'other' });
    world.board.failOn('update', new GitHubError('too-long', { code: 'quoted', text: 'too long' }), 9);
    expect(await tellComment(world, telling)).toBeUndefined();
    expect(page(world)).toEqual([{ 'evals-1.batch': 'other' }]);
    expect(warnings(world)).toEqual([
      expect.stringContaining(printReason({ code: 'report-too-long', isAlone: false })),
    ]);
  });
});

describe('too long beside other legs with figures', () => {
  const figures = figuresOf(summaryOf());
  /** Others that went well, and the own leg's waiting word between them. */
  function crowd(world: FakeWorld, count: number): void {
    let body: string | undefined;
    for (let index = 0; index < count; index += 1) {
      const name = `evals-${index}`;
      const some = index === 0 ? waitingFigures(name, 2) : { ...figures, name, tone: 'good' as const };
      body = mergeSection(body, MARKER, `${name}.batch`, `> ${'long '.repeat(200)}\n\n[Run 42](x)`, newer, some);
    }
    world.board.comments.push({ id: 1, url: 'u', body: body ?? '', issueNumber: 7 });
  }
  const final = { ...telling, figures: { ...figures, name: 'evals-0', tone: 'bad' as const, verdict: 'failed' } };

  test.each([
    ['some', 12_000, 'verdict', 10],
    ['all', 3_600, '', 14],
  ])('%s of them give room, until GitHub takes it: the last word is in the table', async (_, limit, own, most) => {
    const world = createFakeWorld();
    crowd(world, 30);
    let updates = 0;
    const update: World['comments']['update'] = (id, body, before) => {
      updates += 1;
      return body.length > limit
        ? Promise.reject(new GitHubError('too-long', { code: 'quoted', text: 'too long' }))
        : world.comments.update(id, body, before);
    };
    await tellComment({ ...world, comments: { ...world.comments, update } }, final);
    const body = world.board.comments[0]?.body ?? '';
    expect(warnings(world)).toEqual([]);
    expect(body.match(/^\| `evals-\d+` \|/gm)).toHaveLength(30);
    expect(body).toContain('| `evals-0` | ✖ failed |');
    expect({ own: page(world)[0]?.[OWN]?.split('\n\n')[0], updates }).toEqual({ own, updates: expect.any(Number) });
    expect(updates).toBeLessThanOrEqual(most);
  });
});

describe('a comment that somebody filled or forged', () => {
  const figures = { ...figuresOf(summaryOf()), tone: 'bad' as const, verdict: 'failed' };
  const forged = { sha: 'f'.repeat(40), runId: 999_999_999_999_999 };
  /** Legs that never were, each with a name of its own. */
  const madeUp = (origin: Section['origin'], count = 3_000): Section[] =>
    Array.from({ length: count }, (_, index) => {
      const name = `${(index * 7_919) % 10_007}-made-up-${index}`;
      return { id: `${name}.x`, origin, figures: { ...figures, name: name }, text: '' };
    });
  const own = { id: OWN, origin: forged, figures: { ...figures, name: 'evals-0' }, text: 'forged' };

  test.each<[string, readonly Section[]]>([
    ['legs of this commit', madeUp(newer)],
    ['legs of an older one', madeUp({ sha: 'e'.repeat(40), runId: 1 })],
    ['legs of none', madeUp(undefined)],
    ['legs of a run to come', madeUp(forged)],
    ['a section of a run to come', [own]],
    ['both', [own, ...madeUp(forged)]],
  ])('%s: the last word is written, and has its row', async (_, sections) => {
    const world = createFakeWorld();
    // Only the table, which is written from what is packed, makes it longer than a comment can be.
    const body = renderSections(MARKER, sections).replace(/^\|.*\n/gm, '');
    expect(body.length).toBeLessThan(MAX_COMMENT_LENGTH);
    world.board.comments.push({ id: 1, url: 'u', body, issueNumber: 7 });
    const waiting = { ...figuresOf(summaryOf()), name: 'evals-0' };
    await tellComment(world, { ...telling, figures: waiting });
    const written = world.board.comments[0]?.body ?? '';
    expect(warnings(world)).toEqual([]);
    expect(written.length).toBeLessThanOrEqual(MAX_COMMENT_LENGTH);
    expect(parseSections(written).find(({ id }) => id === OWN)).toMatchObject({ origin: newer });
    if (sections.length > 1) expect(written).toMatch(/^\| `evals-0` \| ⚠ completed \|/m);
  });
});

describe('two legs at once', () => {
  const other = withInputs({ name: 'evals-1' }, { text: 'other' });
  const both = { [OWN]: telling.text, 'evals-1.batch': 'other' };

  /** Both read before either writes, for the first so many looks; deleting what is gone says so, as GitHub does. */
  function race(world: FakeWorld, looks = 1): World {
    const gates = Array.from({ length: looks }, () => ({ waiting: 0, open: Promise.withResolvers<void>() }));
    let asked = 0;
    return {
      ...world,
      comments: {
        ...world.comments,
        async find(...asking) {
          const found = await world.comments.find(...asking);
          const gate = gates[Math.floor(asked / 2)];
          asked += 1;
          if (gate === undefined) return found;
          gate.waiting += 1;
          if (gate.waiting === 2) gate.open.resolve();
          await gate.open.promise;
          return found;
        },
        async remove(id) {
          if (!world.board.comments.some((comment) => comment.id === id))
            throw new GitHubError('gone', { code: 'quoted', text: 'not there' });
          await world.comments.remove(id);
        },
      },
    };
  }

  test.each([
    ['that make a comment each', undefined, 1],
    ['that make a comment each, and read again at once', undefined, 2],
    ['that write to the same one', { [OWN]: 'waiting', 'evals-1.batch': 'waiting' }, 1],
    ['that write to the same one, and read again at once', { [OWN]: 'waiting', 'evals-1.batch': 'waiting' }, 2],
  ])('%s end with one comment that holds both', async (_, there, looks) => {
    const world = createFakeWorld();
    if (there !== undefined) write(world, there);
    const racing = race(world, looks);
    const told = await Promise.all([tellComment(racing, telling), tellComment(racing, other)]);
    expect(page(world)).toEqual([both]);
    expect(told.map((one) => one?.id)).toEqual([1, 1]);
    expect(warnings(world)).toEqual([]);
  });

  test('a word on the way is not read again, nor the last one when the step has to stop', async () => {
    for (const more of [{ final: false }, {}]) {
      const world = createFakeWorld();
      if (more.final !== false) world.stopNow();
      const startedAt = world.clock.now();
      expect(await tellComment(world, { ...telling, ...more })).toMatchObject({ id: 1 });
      expect(world.clock.now()).toBe(startedAt);
    }
  });

  test('whoever is overwritten each time gives up after five times, one to three seconds apart', async () => {
    const world = createFakeWorld();
    write(world, { 'evals-1.batch': 'other' });
    const slept: number[] = [];
    let updates = 0;
    const update = async (id: number, body: string) => {
      updates += 1;
      return { id, url: 'u', body };
    };
    const clock = { ...world.clock, sleep: async (ms: number) => void slept.push(ms) };
    const comments = { ...world.comments, update };
    expect(await tellComment({ ...world, clock, comments }, telling)).toEqual({ id: 1, url: 'u' });
    expect([updates, slept.length]).toEqual([6, 5]);
    expect(slept.filter((ms) => ms < 1_000 || ms > 3_000)).toEqual([]);
    expect(new Set(slept).size).toBeGreaterThan(3);
  });

  test('a section that was shortened is read again as it was', async () => {
    const world = createFakeWorld();
    write(world, { 'evals-1.batch': 'other' });
    world.board.failOn('update', new GitHubError('too-long', { code: 'quoted', text: 'too long' }));
    let updates = 0;
    const update: World['comments']['update'] = (...asking) => {
      updates += 1;
      return world.comments.update(...asking);
    };
    await tellComment({ ...world, comments: { ...world.comments, update } }, telling);
    expect(updates).toBe(2);
  });

  test('a page that cannot be read again does not undo what was written', async () => {
    const world = createFakeWorld();
    let looks = 0;
    const find: World['comments']['find'] = (...asking) => {
      looks += 1;
      return looks > 1
        ? Promise.reject(new GitHubError('unavailable', { code: 'quoted', text: 'away' }))
        : world.comments.find(...asking);
    };
    expect(await tellComment({ ...world, comments: { ...world.comments, find } }, telling)).toMatchObject({ id: 1 });
    expect([warnings(world), world.log.lines]).toEqual([[], ['The comment could not be read again: away.']]);
  });
});

describe('trouble', () => {
  const forbidden = new GitHubError('forbidden', { code: 'quoted', text: 'the token may not comment on #7 (403)' });
  const push = { ...run, event: 'push', issue: undefined };
  const issue = { ...run, issue: { number: 3, kind: 'issue' as const } };

  test.each<[string, string, unknown, Partial<Telling>, string]>([
    ['a pull request', 'create', forbidden, {}, '`permissions: pull-requests: write`. It stands'],
    [
      'Dependabot',
      'create',
      forbidden,
      { run: { ...run, untrusted: 'dependabot' } },
      'pull-requests: write`. It stands',
    ],
    ['an issue', 'create', forbidden, { run: issue }, '`permissions: issues: write`. It stands'],
    [
      'a number',
      'create',
      forbidden,
      withInputs({ issueNumber: 3 }),
      'pull-requests: write` (for an issue: `issues: write`)',
    ],
    ['the look-up', 'pullRequestsOfCommit', forbidden, { run: push }, 'written to a pull request: the token may not'],
    [
      'a locked one',
      'create',
      new GitHubError('locked', { code: 'quoted', text: 'the conversation is locked' }),
      {},
      '#7: the conversation is locked. It',
    ],
    [
      'no connection',
      'find',
      new GitHubError('unavailable', { code: 'quoted', text: 'GitHub is away' }, new Error('secret')),
      {},
      '#7: GitHub is away. It',
    ],
    ['a bug', 'find', new TypeError('x is not a function'), {}, '#7: x is not a function. It'],
    ['a thrown text', 'find', 'boo', {}, '#7: boo. It'],
  ])('%s: one warning, nothing thrown', async (_, method, error, more, words) => {
    const world = createFakeWorld();
    world.board.failOn(method, error, 9);
    world.repositoryState.failOn(method, error, 9);
    expect(await tellComment(world, { ...telling, ...more })).toBeUndefined();
    expect(warnings(world)).toEqual([expect.stringContaining(words)]);
    expect(world.summaries).toEqual([]);
  });

  test('the text goes to the job summary even where that was not asked for', async () => {
    const world = createFakeWorld();
    world.board.failOn('create', forbidden);
    await tellComment(world, withInputs({ summary: false }));
    expect(world.summaries).toEqual([`${telling.text}\n`]);
  });

  test('without its last parts, where it is too long for that', async () => {
    const world = createFakeWorld();
    world.board.failOn('create', forbidden);
    const text = `${telling.text}\n\n#### Three\n\n${'x'.repeat(1_100_000)}`;
    await tellComment(world, withInputs({ summary: false }, { text }));
    expect(world.summaries).toEqual([`${telling.text}\n\n${telling.fullReport}\n`]);
  });

  test('a run for a fork may not comment: a notice, and no advice', async () => {
    const world = createFakeWorld();
    world.board.failOn('create', forbidden);
    await tellComment(world, withInputs({ summary: false }, { run: { ...run, untrusted: 'fork' } }));
    expect(warnings(world)).toEqual([
      'notice: The token of a run for a fork may not comment, so the report is in the job summary.',
    ]);
    expect(world.summaries).toEqual([`${telling.text}\n`]);
  });

  test('and if that fails too, both are said', async () => {
    const world: FakeWorld = createFakeWorld();
    world.board.failOn('create', forbidden);
    const runner: World['runner'] = {
      setOutput: () => {},
      saveState: () => {},
      writeSummary: () => Promise.reject(new Error('disk full')),
    };
    await tellComment({ ...world, runner }, withInputs({ summary: false }));
    expect(warnings(world)).toEqual([
      expect.stringMatching(/may not comment .* Nor could the job summary be written: disk full\.$/),
    ]);
  });

  test('of a word on the way it is only a line of the log', async () => {
    const world = createFakeWorld();
    world.board.failOn('create', forbidden);
    await tellComment(world, withInputs({ summary: false }, { final: false }));
    expect([world.summaries, warnings(world), world.log.lines.length]).toEqual([[], [], 1]);
  });

  test('a second comment that cannot be deleted is only untidy', async () => {
    const world = createFakeWorld();
    write(world, { 'evals-1.batch': 'one' });
    write(world, { 'evals-2.batch': 'two' });
    const comments = { ...world.comments, remove: () => Promise.reject(forbidden) };
    expect(await tellComment({ ...world, comments }, telling)).toMatchObject({ id: 1 });
    expect(page(world)[0]).toEqual({ 'evals-1.batch': 'one', 'evals-2.batch': 'two', [OWN]: telling.text });
    expect(warnings(world)).toEqual([]);
  });
});
