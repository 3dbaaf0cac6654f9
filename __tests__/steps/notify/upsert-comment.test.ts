import { describe, expect, test } from '@jest/globals';
import { renderComment } from '../../../src/core/comment/render-comment.ts';
import { markerOf, summarizeSection, summarizeWaiting } from '../../../src/core/comment/section.ts';
import { parseSections } from '../../../src/core/comment/sections.ts';
import { printReport } from '../../../src/core/markdown/report.ts';
import type { Message } from '../../../src/core/messages/message.ts';
import { GitHubError } from '../../../src/ports/github.ts';
import type { Ports } from '../../../src/ports/ports.ts';
import { upsertComment } from '../../../src/steps/notify/upsert-comment.ts';
import type { CommentUpdate } from '../../../src/steps/notify/write-comment.ts';
import { run, summaryOf } from '../../core/summary/samples.ts';
import { createFakeWorld, type FakeWorld } from '../../fakes/world.ts';

const MARKER = markerOf('evals');
const OWN = 'evals-0';
const origin = { sha: run.sha, runId: run.runId };
const ended = summarizeSection(summaryOf(), run, { page: undefined, artifact: undefined });

const UPDATE: CommentUpdate = {
  run,
  inputs: { comment: 'always', commentKey: 'evals', name: 'evals-0', issueNumber: undefined, summary: true },
  report: { parts: ['verdict', '#### One\n\none', '#### Two\n\ntwo'], links: '[Run 42](x)' },
  summary: ended,
  failing: false,
  fullReport: '[full](x)',
  final: true,
};
const TEXT = printReport(UPDATE.report);

function withInputs(inputs: Partial<CommentUpdate['inputs']>, more: Partial<CommentUpdate> = {}): CommentUpdate {
  return { ...UPDATE, inputs: { ...UPDATE.inputs, ...inputs }, ...more };
}

/** The body of a comment with these sections. */
function bodyOf(texts: Readonly<Record<string, string>>): string {
  const sections = Object.entries(texts).map(([name, text]) => {
    return { id: name, origin, summary: summarizeWaiting(name, run, 2), text };
  });
  return renderComment({ marker: MARKER, sections, runsUrl: 'https://github.test/runs/', short: 'lines' });
}

/** A comment of ours on the pull request, with these sections. */
function write(world: FakeWorld, texts: Readonly<Record<string, string>>, issueNumber = 7): void {
  const id = world.board.comments.length + 1;
  world.board.comments.push({ id, url: `https://github.test/comments/${id}`, body: bodyOf(texts), issueNumber });
}

/** What is on the pull request: a list of comments, each with its sections. */
function page(world: FakeWorld): Record<string, string>[] {
  return world.board.comments.map(({ body }) =>
    Object.fromEntries(parseSections(body).map(({ id, text }) => [id, text])),
  );
}

/** Levels of the annotations, with the codes of all that was logged. */
function logged(world: FakeWorld) {
  return { levels: world.log.annotations.map(({ level }) => level), codes: world.log.messages.map(({ code }) => code) };
}

const QUIET = { levels: [], codes: [] };

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
    await upsertComment(world, withInputs(inputs, { run: { ...run, ...context } }));
    expect(world.board.comments.map(({ issueNumber }) => issueNumber)).toEqual(number === undefined ? [] : [number]);
    expect(logged(world)).toEqual(QUIET);
  });
});

describe('what', () => {
  test('a new comment, then its section again', async () => {
    const world = createFakeWorld();
    const waiting = { parts: ['waiting'], links: '' };
    const first = await upsertComment(world, { ...UPDATE, report: waiting });
    expect(page(world)).toEqual([{ [OWN]: 'waiting' }]);
    expect(await upsertComment(world, UPDATE)).toEqual(first);
    expect(page(world)).toEqual([{ [OWN]: TEXT }]);
    expect(first).toEqual({ id: 1, url: 'https://github.test/comments/1' });
  });

  test.each([true, false])(
    'what another step wrote while GitHub kept this one waiting stays, final %s',
    async (final) => {
      const world = createFakeWorld();
      write(world, { 'evals-1': 'waiting', [OWN]: 'waiting' });
      world.board.meanwhile = () => {
        const [comment] = world.board.comments;
        if (comment === undefined) throw new Error('no comment');
        const body = bodyOf({ 'evals-1': 'failed', [OWN]: 'waiting' });
        world.board.comments[0] = { ...comment, body };
      };
      await upsertComment(world, { ...UPDATE, final });
      expect(page(world)).toEqual([{ 'evals-1': 'failed', [OWN]: TEXT }]);
      expect(logged(world)).toEqual(QUIET);
    },
  );

  test('two names with the same letters, and two steps of one name, have a section each', async () => {
    const world = createFakeWorld();
    for (const [name, action] of [
      ['evals 0', 'a'],
      ['evals-0', 'a'],
      ['evals-0', 'b'],
      ['evals 0', 'a'],
    ] as const) {
      const context = { ...run, action };
      const summary = { ...ended, name, step: action };
      await upsertComment(
        world,
        withInputs({ name }, { run: context, summary, report: { parts: [name], links: action } }),
      );
    }
    expect(page(world)).toEqual([
      { 'evals-0': 'evals 0\n\na', 'evals-0.2': 'evals-0\n\na', 'evals-0.3': 'evals-0\n\nb' },
    ]);
  });

  test('a comment that cannot be written a second time keeps its outputs', async () => {
    const world = createFakeWorld();
    let writes = 0;
    const update: Ports['comments']['update'] = (id, body, before) => {
      writes += 1;
      if (writes > 1)
        return Promise.reject(new GitHubError('unavailable', { code: 'quoted', text: 'GitHub answered 502' }));
      // Another step, which read before, writes right after.
      const written = world.comments.update(id, body, before);
      world.board.comments[0] = { id, url: 'u', body: before, issueNumber: 7 };
      return written;
    };
    write(world, { 'evals-1': 'other' });
    const written = await upsertComment({ ...world, comments: { ...world.comments, update } }, UPDATE);
    expect(written).toMatchObject({ id: 1 });
    expect(world.log.messages).toEqual([
      {
        code: 'comment-not-written',
        target: { number: 7, of: 'pull-request' },
        kind: 'unavailable',
        reason: 'GitHub answered 502',
      },
    ]);
  });

  test('rate limits that go on and on end it, before the job ends', async () => {
    const world = createFakeWorld();
    write(world, { 'evals-1': 'other' });
    const startMs = world.clock.now();
    const update: Ports['comments']['update'] = async () => {
      await world.clock.sleep(60_000);
      throw new GitHubError('changed', { code: 'quoted', text: 'the comment changed' });
    };
    await upsertComment({ ...world, comments: { ...world.comments, update } }, UPDATE);
    expect(world.clock.now() - startMs).toBe(180_000);
    expect(world.log.messages).toMatchObject([{ code: 'comment-not-written', reason: 'the comment changed' }]);
  });

  test('the sections of other steps stay', async () => {
    const world = createFakeWorld();
    write(world, { 'evals-1': 'other', [OWN]: 'waiting' });
    await upsertComment(world, UPDATE);
    expect(page(world)).toEqual([{ 'evals-1': 'other', [OWN]: TEXT }]);
  });

  test('two comments become the oldest one', async () => {
    const world = createFakeWorld();
    write(world, { 'evals-1': 'one' });
    write(world, { 'evals-2': 'two', [OWN]: 'waiting' });
    const written = await upsertComment(world, UPDATE);
    expect(written?.id).toBe(1);
    expect(page(world)).toEqual([{ 'evals-1': 'one', 'evals-2': 'two', [OWN]: TEXT }]);
  });

  test('unchanged text is not sent again', async () => {
    const world = createFakeWorld();
    await upsertComment(world, UPDATE);
    world.board.failOn('update', new Error('must not be sent'));
    expect(await upsertComment(world, UPDATE)).toMatchObject({ id: 1 });
    expect(logged(world)).toEqual(QUIET);
  });

  test('a new attempt writes its report, though another step left only the row of the last one', async () => {
    const world = createFakeWorld();
    const sections = [
      { id: OWN, origin, summary: ended, text: '' },
      { id: 'evals-1', origin, summary: { ...ended, name: 'evals-1' }, text: 'other' },
    ];
    const body = renderComment({ marker: MARKER, sections, runsUrl: 'x', short: 'lines' });
    world.board.comments.push({ id: 1, url: 'https://github.test/comments/1', body, issueNumber: 7 });
    await upsertComment(world, UPDATE);
    expect(page(world)).toEqual([{ [OWN]: TEXT, 'evals-1': 'other' }]);
  });

  test('a late run of an older commit leaves the report of a newer one, and the log says so', async () => {
    const world = createFakeWorld();
    await upsertComment(world, { ...UPDATE, run: { ...run, sha: 'f'.repeat(40), runId: run.runId + 1 } });
    await upsertComment(world, { ...UPDATE, report: { parts: ['late'], links: '' } });
    expect(page(world)).toEqual([{ [OWN]: TEXT }]);
    expect(world.log.messages).toEqual([{ code: 'newer-section-kept', name: 'evals-0' }]);
  });

  test('a comment that somebody deleted meanwhile is created anew', async () => {
    const world = createFakeWorld();
    write(world, { [OWN]: 'waiting' });
    const update = async () => {
      world.board.comments[0] = { id: 1, url: '', body: 'another', issueNumber: 0 };
      throw new GitHubError('gone', { code: 'quoted', text: 'not there' });
    };
    expect(await upsertComment({ ...world, comments: { ...world.comments, update } }, UPDATE)).toMatchObject({ id: 2 });
    expect(page(world).at(-1)).toEqual({ [OWN]: TEXT });
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
  ] as const)('%s, failing %s, a comment there %s: written %s', async (comment, failing, there, written) => {
    const world = createFakeWorld();
    if (there) write(world, { [OWN]: 'red' });
    const result = await upsertComment(world, withInputs({ comment }, { failing }));
    expect(result !== undefined).toBe(written);
    expect(page(world).filter((sections) => sections[OWN] === TEXT)).toHaveLength(written ? 1 : 0);
  });
});

describe('too long', () => {
  /** GitHub refuses what is longer. Counts what was sent. */
  function limited(world: FakeWorld, limit: number) {
    const sent: string[] = [];
    const update: Ports['comments']['update'] = (id, body, before) => {
      sent.push(body);
      return body.length > limit
        ? Promise.reject(new GitHubError('too-long', { code: 'quoted', text: 'too long' }))
        : world.comments.update(id, body, before);
    };
    return { sent, world: { ...world, comments: { ...world.comments, update } } };
  }
  const part = (title: string) => `#### ${title}\n\n${'x'.repeat(3_000)}`;
  const report = { parts: ['verdict', part('One'), part('Two')], links: '[Run 42](x)' };

  test.each([
    ['the other sections are lines', 9_000, { 'evals-1': '', [OWN]: printReport(report) }],
    [
      'the last part goes',
      5_000,
      { 'evals-1': '', [OWN]: printReport({ ...report, parts: [...report.parts.slice(0, 2), UPDATE.fullReport] }) },
    ],
    [
      'all parts but the first go',
      2_500,
      { 'evals-1': '', [OWN]: printReport({ ...report, parts: ['verdict', UPDATE.fullReport] }) },
    ],
    ['rows alone are left', 820, { 'evals-1': '', [OWN]: '' }],
  ])('%s: after GitHub refused longer ones', async (_, limit, expected) => {
    const world = createFakeWorld();
    write(world, { 'evals-1': 'other '.repeat(1_000), [OWN]: 'waiting' });
    const { sent, world: limitedWorld } = limited(world, limit);
    await upsertComment(limitedWorld, { ...UPDATE, report });
    expect(page(world)).toEqual([expected]);
    expect(logged(world)).toEqual(QUIET);
    expect(sent.length).toBeLessThan(8);
  });

  test('for any form, it is a warning and the others stay', async () => {
    const world = createFakeWorld();
    write(world, { 'evals-1': 'other' });
    await upsertComment(limited(world, 10).world, UPDATE);
    expect(page(world)).toEqual([{ 'evals-1': 'other' }]);
    expect(world.log.messages).toMatchObject([{ code: 'comment-not-written', kind: 'too-long', reason: 'too long' }]);
  });

  test('more than GitHub ever takes is not sent', async () => {
    const world = createFakeWorld();
    write(world, { 'evals-1': 'other '.repeat(9_000), [OWN]: 'waiting' });
    const { sent, world: limitedWorld } = limited(world, 65_536);
    await upsertComment(limitedWorld, { ...UPDATE, report: { ...report, parts: ['v', 'x'.repeat(30_000)] } });
    expect(sent).toHaveLength(1);
    expect(page(world)).toMatchObject([{ 'evals-1': '' }]);
  });
});

describe('a comment that somebody filled', () => {
  const forged = { sha: 'f'.repeat(40), runId: 999_999_999_999_999 };

  test.each([
    ['this commit', origin],
    ['an older one', { sha: 'e'.repeat(40), runId: 1 }],
    ['none', undefined],
    ['a run to come', forged],
  ])('with rows of %s: the section is written, and has its row', async (_, madeUp) => {
    const world = createFakeWorld();
    const rows = Array.from({ length: 350 }, (__, index) => {
      const summary = { ...ended, name: `made-up-${index}`, severity: 'bad' as const };
      return { id: summary.name, origin: madeUp, summary, text: '' };
    });
    const page = { marker: MARKER, sections: rows, runsUrl: 'x', short: 'rows' } as const;
    // The rows are read from the hidden line alone.
    const body = renderComment(page).replace(/^\|.*\n/gm, '');
    expect(body.length).toBeLessThan(65_536);
    world.board.comments.push({ id: 1, url: 'u', body, issueNumber: 7 });
    await upsertComment(world, { ...UPDATE, report: { parts: ['x'.repeat(20_000)], links: '' } });
    const written = world.board.comments[0]?.body ?? '';
    expect(logged(world)).toEqual(QUIET);
    expect(written.length).toBeLessThanOrEqual(65_536);
    expect(parseSections(written).find(({ id }) => id === OWN)).toMatchObject({ origin, summary: ended });
    expect(written).toMatch(/^\| `evals-0` \|/m);
  });
});

describe('two steps at once', () => {
  const summary = { ...ended, name: 'evals-1' };
  const other = withInputs({ name: 'evals-1' }, { summary, report: { parts: ['other'], links: '' } });
  const both = { [OWN]: TEXT, 'evals-1': 'other' };

  /** Both read before either writes, for the first so many looks; deleting what is gone says so, as GitHub does. */
  function race(world: FakeWorld, looks = 1): Ports {
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
    ['that write to the same one', { [OWN]: 'waiting', 'evals-1': 'waiting' }, 1],
    ['that write to the same one, and read again at once', { [OWN]: 'waiting', 'evals-1': 'waiting' }, 2],
  ])('%s end with one comment that holds both', async (_, there, looks) => {
    const world = createFakeWorld();
    if (there !== undefined) write(world, there);
    const racing = race(world, looks);
    const written = await Promise.all([upsertComment(racing, UPDATE), upsertComment(racing, other)]);
    expect(page(world)).toEqual([both]);
    expect(written.map((one) => one?.id)).toEqual([1, 1]);
    expect(logged(world)).toEqual(QUIET);
  });

  test('a comment is not read again while the batch is at work, nor when the step has to stop', async () => {
    for (const more of [{ final: false }, {}]) {
      const world = createFakeWorld();
      if (more.final !== false) world.stopNow();
      const startedAt = world.clock.now();
      expect(await upsertComment(world, { ...UPDATE, ...more })).toMatchObject({ id: 1 });
      expect(world.clock.now()).toBe(startedAt);
    }
  });

  test('whoever is overwritten each time gives up after five times, one to three seconds apart', async () => {
    const world = createFakeWorld();
    write(world, { 'evals-1': 'other' });
    const slept: number[] = [];
    let updates = 0;
    const update = async (id: number, body: string) => {
      updates += 1;
      return { id, url: 'u', body };
    };
    const clock = { ...world.clock, sleep: async (ms: number) => void slept.push(ms) };
    const comments = { ...world.comments, update };
    expect(await upsertComment({ ...world, clock, comments }, UPDATE)).toEqual({ id: 1, url: 'u' });
    expect([updates, slept.length]).toEqual([6, 5]);
    expect(slept.filter((ms) => ms < 1_000 || ms > 3_000)).toEqual([]);
    expect(new Set(slept).size).toBeGreaterThan(3);
  });

  test('a section that another step shortened is not written again', async () => {
    const world = createFakeWorld();
    write(world, { 'evals-1': 'other' });
    let updates = 0;
    const update: Ports['comments']['update'] = async (id, body, before) => {
      updates += 1;
      const written = await world.comments.update(id, body, before);
      const shorter = parseSections(body).map((section) => ({ ...section, text: '' }));
      const page = { marker: MARKER, sections: shorter, runsUrl: 'x', short: 'rows' } as const;
      world.board.comments[0] = { ...written, body: renderComment(page), issueNumber: 7 };
      return written;
    };
    await upsertComment({ ...world, comments: { ...world.comments, update } }, UPDATE);
    expect(updates).toBe(1);
  });

  test('a page that cannot be read again does not undo what was written', async () => {
    const world = createFakeWorld();
    let looks = 0;
    const find: Ports['comments']['find'] = (...asking) => {
      looks += 1;
      return looks > 1
        ? Promise.reject(new GitHubError('unavailable', { code: 'quoted', text: 'away' }))
        : world.comments.find(...asking);
    };
    expect(await upsertComment({ ...world, comments: { ...world.comments, find } }, UPDATE)).toMatchObject({ id: 1 });
    expect([world.log.messages, world.log.annotations]).toEqual([
      [{ code: 'comment-not-read-again', reason: 'away' }],
      [],
    ]);
  });
});

describe('trouble', () => {
  const forbidden = new GitHubError('forbidden', { code: 'quoted', text: 'the token may not comment on #7 (403)' });
  const push = { ...run, event: 'push', issue: undefined };
  const issue = { ...run, issue: { number: 3, kind: 'issue' as const } };

  test.each<[string, string, unknown, Partial<CommentUpdate>, Partial<Message>]>([
    ['a pull request', 'create', forbidden, {}, { kind: 'forbidden', reason: forbidden.message }],
    ['Dependabot', 'create', forbidden, { run: { ...run, untrusted: 'dependabot' } }, { kind: 'forbidden' }],
    ['an issue', 'create', forbidden, { run: issue }, { target: { number: 3, of: 'issue' } }],
    ['a number', 'create', forbidden, withInputs({ issueNumber: 3 }), { target: { number: 3, of: 'either' } }],
    ['the look-up', 'pullRequestsOfCommit', forbidden, { run: push }, { target: undefined, kind: 'forbidden' }],
    [
      'a locked one',
      'create',
      new GitHubError('refused', { code: 'quoted', text: 'locked' }),
      {},
      { kind: 'refused', reason: 'locked' },
    ],
    [
      'no connection',
      'find',
      new GitHubError('unavailable', { code: 'quoted', text: 'GitHub is away' }, new Error('secret')),
      {},
      { reason: 'GitHub is away' },
    ],
    ['a bug', 'find', new TypeError('x is not a function'), {}, { kind: undefined, reason: 'x is not a function' }],
    ['a thrown text', 'find', 'boo', {}, { kind: undefined, reason: 'boo' }],
  ])('%s: one warning, nothing thrown', async (_, method, error, more, facts) => {
    const world = createFakeWorld();
    world.board.failOn(method, error, 9);
    world.repositoryState.failOn(method, error, 9);
    expect(await upsertComment(world, { ...UPDATE, ...more })).toBeUndefined();
    expect(world.log.messages).toEqual([expect.objectContaining({ code: 'comment-not-written', ...facts })]);
    expect(logged(world).levels).toEqual(['warning']);
    expect(world.summaries).toEqual([]);
  });

  test('the text goes to the job summary even where that was not asked for', async () => {
    const world = createFakeWorld();
    world.board.failOn('create', forbidden);
    await upsertComment(world, withInputs({ summary: false }));
    expect(world.summaries).toEqual([`${TEXT}\n`]);
  });

  test('without its last parts, where it is too long for that', async () => {
    const world = createFakeWorld();
    world.board.failOn('create', forbidden);
    const { parts, links } = UPDATE.report;
    const report = { parts: [...parts, 'x'.repeat(1_100_000)], links };
    await upsertComment(world, withInputs({ summary: false }, { report }));
    expect(world.summaries).toEqual([`${printReport({ parts: [...parts, UPDATE.fullReport], links })}\n`]);
  });

  test('a run for a fork may not comment: a notice, and no advice', async () => {
    const world = createFakeWorld();
    world.board.failOn('create', forbidden);
    await upsertComment(world, withInputs({ summary: false }, { run: { ...run, untrusted: 'fork' } }));
    expect(logged(world)).toEqual({ levels: ['notice'], codes: ['comment-not-allowed-for-fork'] });
    expect(world.summaries).toEqual([`${TEXT}\n`]);
  });

  test('and if that fails too, both are said', async () => {
    const world: FakeWorld = createFakeWorld();
    world.board.failOn('create', forbidden);
    const runner: Ports['runner'] = {
      setOutput: () => {},
      saveState: () => {},
      writeSummary: () => Promise.reject(new Error('disk full')),
    };
    await upsertComment({ ...world, runner }, withInputs({ summary: false }));
    expect(world.log.messages).toMatchObject([
      { code: 'comment-and-summary-not-written', reason: forbidden.message, summaryReason: 'disk full' },
    ]);
  });

  test('while the batch is at work it is only a line of the log', async () => {
    const world = createFakeWorld();
    world.board.failOn('create', forbidden);
    await upsertComment(world, withInputs({ summary: false }, { final: false }));
    expect([world.summaries, logged(world)]).toEqual([[], { levels: [], codes: ['comment-not-updated'] }]);
  });

  test('a second comment that cannot be deleted is only untidy', async () => {
    const world = createFakeWorld();
    write(world, { 'evals-1': 'one' });
    write(world, { 'evals-2': 'two' });
    const comments = { ...world.comments, remove: () => Promise.reject(forbidden) };
    expect(await upsertComment({ ...world, comments }, UPDATE)).toMatchObject({ id: 1 });
    expect(page(world)[0]).toEqual({ 'evals-1': 'one', 'evals-2': 'two', [OWN]: TEXT });
    // Once when it was written, and once when it was read again.
    const codes = Array(2).fill('second-comment-not-deleted');
    expect(logged(world)).toEqual({ levels: [], codes });
  });
});
