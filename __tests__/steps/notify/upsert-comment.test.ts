import { describe, expect, test } from '@jest/globals';
import { renderComment } from '../../../src/core/comment/render-comment.ts';
import { markerOf, summarizeSection, summarizeWaiting } from '../../../src/core/comment/section.ts';
import { parseSections } from '../../../src/core/comment/sections.ts';
import { printBody, printReport, type Report } from '../../../src/core/markdown/report.ts';
import type { Message } from '../../../src/core/messages/message.ts';
import { GitHubError } from '../../../src/ports/github.ts';
import type { Ports } from '../../../src/ports/ports.ts';
import { upsertComment } from '../../../src/steps/notify/upsert-comment.ts';
import type { CommentUpdate } from '../../../src/steps/notify/write-comment.ts';
import { run, summaryOf } from '../../core/summary/samples.ts';
import { createFakes, type Fakes } from '../../fakes/ports.ts';

const MARKER = markerOf('evals');
const OWN = 'evals-0';
const origin = { sha: run.sha, runId: run.runId };
const ended = summarizeSection(summaryOf(), run, { page: undefined, artifact: undefined });

const heading = { severity: 'good', title: 'Evals', words: '2 of 2 answered' } as const;
const reportOf = (parts: readonly string[], links = '', folded: readonly string[] = []): Report => {
  return { heading, parts, links, folded };
};

const UPDATE: CommentUpdate = {
  run,
  inputs: { comment: 'always', commentKey: 'evals', name: 'evals-0', issueNumber: undefined, summary: true },
  report: reportOf(['lead', '| One |', '| Two |'], '[Run 42](x)', ['<details><summary>a</summary>\n\nb\n\n</details>']),
  summary: ended,
  failing: false,
  fullReport: '[full](x)',
  final: true,
};
const TEXT = printBody(UPDATE.report);

function withInputs(inputs: Partial<CommentUpdate['inputs']>, more: Partial<CommentUpdate> = {}): CommentUpdate {
  return { ...UPDATE, inputs: { ...UPDATE.inputs, ...inputs }, ...more };
}

/** The body of a comment with these sections. */
function bodyOf(texts: Readonly<Record<string, string>>): string {
  const sections = Object.entries(texts).map(([name, text]) => {
    return { id: name, origin, summary: summarizeWaiting(name, run, { requests: 2, estimate: null }), text };
  });
  return renderComment({
    marker: MARKER,
    title: 'Evals',
    sections,
    runsUrl: 'https://github.test/runs/',
    short: 'lines',
  });
}

/** A comment of ours on the pull request, with these sections. */
function write(fakes: Fakes, texts: Readonly<Record<string, string>>, issueNumber = 7): void {
  const id = fakes.board.comments.length + 1;
  fakes.board.comments.push({ id, url: `https://github.test/comments/${id}`, body: bodyOf(texts), issueNumber });
}

/** What is on the pull request: a list of comments, each with its sections. */
function page(fakes: Fakes): Record<string, string>[] {
  return fakes.board.comments.map(({ body }) =>
    Object.fromEntries(parseSections(body).map(({ id, text }) => [id, text])),
  );
}

/** Levels of the annotations, with the codes of all that was logged. */
function logged(fakes: Fakes) {
  return { levels: fakes.log.annotations.map(({ level }) => level), codes: fakes.log.messages.map(({ code }) => code) };
}

const QUIET = { levels: [], codes: [] };

describe('where', () => {
  const push = { ...run, event: 'push', issue: undefined, ref: 'refs/heads/topic' };
  const pull = { number: 12, headSha: run.sha, headRepository: 'octo/evals', headBranch: 'topic', baseBranch: 'main' };
  const triggeringRun = { headRepository: 'octo/evals', headBranch: 'topic', headSha: run.sha };

  test.each([
    ["the event's pull request", {}, {}, 7],
    ['the input', {}, { issueNumber: 3 }, 3],
    ['the pull request of the commit', { ...push }, {}, 12],
    ['the pull request of the run before', { ...push, event: 'workflow_run', triggeringRun }, {}, 12],
    ['none', { ...push, sha: 'f'.repeat(40) }, {}, undefined],
  ])('%s', async (_, context, inputs, number) => {
    const fakes = createFakes();
    fakes.repositoryState.pulls.push(pull);
    await upsertComment(fakes, withInputs(inputs, { run: { ...run, ...context } }));
    expect(fakes.board.comments.map(({ issueNumber }) => issueNumber)).toEqual(number === undefined ? [] : [number]);
    expect(logged(fakes)).toEqual(QUIET);
  });
});

describe('what', () => {
  test('a new comment, then its section again', async () => {
    const fakes = createFakes();
    const waiting = reportOf(['waiting']);
    const first = await upsertComment(fakes, { ...UPDATE, report: waiting });
    expect(page(fakes)).toEqual([{ [OWN]: 'waiting' }]);
    expect(await upsertComment(fakes, UPDATE)).toEqual(first);
    expect(page(fakes)).toEqual([{ [OWN]: TEXT }]);
    expect(first).toEqual({ id: 1, url: 'https://github.test/comments/1' });
  });

  test.each<[string, Record<string, string>, number]>([
    ['alone: after a second', { [OWN]: 'waiting' }, 1_000],
    ['beside another: in the first of their moments', { [OWN]: 'waiting', 'evals-1': 'waiting' }, 2_499],
  ])('is read again, %s', async (_, sections, pauseMs) => {
    const fakes = createFakes();
    write(fakes, sections);
    const before = fakes.clock.time;
    await upsertComment(fakes, UPDATE);
    expect(fakes.clock.time - before).toBe(pauseMs);
    expect(page(fakes)).toMatchObject([{ [OWN]: TEXT }]);
  });

  test.each([true, false])(
    'what another step wrote while GitHub kept this one waiting stays, final %s',
    async (final) => {
      const fakes = createFakes();
      write(fakes, { 'evals-1': 'waiting', [OWN]: 'waiting' });
      fakes.board.meanwhile = () => {
        const [comment] = fakes.board.comments;
        if (comment === undefined) throw new Error('no comment');
        const body = bodyOf({ 'evals-1': 'failed', [OWN]: 'waiting' });
        fakes.board.comments[0] = { ...comment, body };
      };
      await upsertComment(fakes, { ...UPDATE, final });
      expect(page(fakes)).toEqual([{ 'evals-1': 'failed', [OWN]: TEXT }]);
      expect(logged(fakes)).toEqual(QUIET);
    },
  );

  test('two names with the same letters, and two steps of one name, have a section each', async () => {
    const fakes = createFakes();
    for (const [name, action] of [
      ['evals 0', 'a'],
      ['evals-0', 'a'],
      ['evals-0', 'b'],
      ['evals 0', 'a'],
    ] as const) {
      const context = { ...run, action };
      const summary = { ...ended, name, step: action };
      await upsertComment(fakes, withInputs({ name }, { run: context, summary, report: reportOf([name], action) }));
    }
    expect(page(fakes)).toEqual([
      { 'evals-0': 'evals 0\n\na', 'evals-0.2': 'evals-0\n\na', 'evals-0.3': 'evals-0\n\nb' },
    ]);
  });

  test('a comment that cannot be written a second time keeps its outputs', async () => {
    const fakes = createFakes();
    let writes = 0;
    const update: Ports['comments']['update'] = (id, body, before) => {
      writes += 1;
      if (writes > 1)
        return Promise.reject(new GitHubError('unavailable', { code: 'quoted', text: 'GitHub answered 502' }));
      // Another step, which read before, writes right after.
      const written = fakes.comments.update(id, body, before);
      fakes.board.comments[0] = { id, url: 'u', body: before, issueNumber: 7 };
      return written;
    };
    write(fakes, { 'evals-1': 'other' });
    const written = await upsertComment({ ...fakes, comments: { ...fakes.comments, update } }, UPDATE);
    expect(written).toMatchObject({ id: 1 });
    expect(fakes.log.messages).toEqual([
      {
        code: 'comment-not-written',
        target: { number: 7, of: 'pull-request' },
        kind: 'unavailable',
        reason: 'GitHub answered 502',
      },
    ]);
  });

  test('rate limits that go on and on end it, before the job ends', async () => {
    const fakes = createFakes();
    write(fakes, { 'evals-1': 'other' });
    const startMs = fakes.clock.now();
    const update: Ports['comments']['update'] = async () => {
      await fakes.clock.sleep(60_000);
      throw new GitHubError('changed', { code: 'quoted', text: 'the comment changed' });
    };
    await upsertComment({ ...fakes, comments: { ...fakes.comments, update } }, UPDATE);
    expect(fakes.clock.now() - startMs).toBe(180_000);
    expect(fakes.log.messages).toMatchObject([{ code: 'comment-not-written', reason: 'the comment changed' }]);
  });

  test('the sections of other steps stay', async () => {
    const fakes = createFakes();
    write(fakes, { 'evals-1': 'other', [OWN]: 'waiting' });
    await upsertComment(fakes, UPDATE);
    expect(page(fakes)).toEqual([{ 'evals-1': 'other', [OWN]: TEXT }]);
  });

  test('two comments become the oldest one', async () => {
    const fakes = createFakes();
    write(fakes, { 'evals-1': 'one' });
    write(fakes, { 'evals-2': 'two', [OWN]: 'waiting' });
    const written = await upsertComment(fakes, UPDATE);
    expect(written?.id).toBe(1);
    expect(page(fakes)).toEqual([{ 'evals-1': 'one', 'evals-2': 'two', [OWN]: TEXT }]);
  });

  test('unchanged text is not sent again', async () => {
    const fakes = createFakes();
    await upsertComment(fakes, UPDATE);
    fakes.board.failOn('update', new Error('must not be sent'));
    expect(await upsertComment(fakes, UPDATE)).toMatchObject({ id: 1 });
    expect(logged(fakes)).toEqual(QUIET);
  });

  test('a new attempt writes its report, though another step left only the row of the last one', async () => {
    const fakes = createFakes();
    const sections = [
      { id: OWN, origin, summary: ended, text: '' },
      { id: 'evals-1', origin, summary: { ...ended, name: 'evals-1' }, text: 'other' },
    ];
    const body = renderComment({ marker: MARKER, title: 'Evals', sections, runsUrl: 'x', short: 'lines' });
    fakes.board.comments.push({ id: 1, url: 'https://github.test/comments/1', body, issueNumber: 7 });
    await upsertComment(fakes, UPDATE);
    expect(page(fakes)).toEqual([{ [OWN]: TEXT, 'evals-1': 'other' }]);
  });

  test('a late run of an older commit leaves the report of a newer one, and the log says so', async () => {
    const fakes = createFakes();
    await upsertComment(fakes, { ...UPDATE, run: { ...run, sha: 'f'.repeat(40), runId: run.runId + 1 } });
    await upsertComment(fakes, { ...UPDATE, report: reportOf(['late']) });
    expect(page(fakes)).toEqual([{ [OWN]: TEXT }]);
    expect(fakes.log.messages).toEqual([{ code: 'newer-section-kept', name: 'evals-0' }]);
  });

  test('a comment that somebody deleted meanwhile is created anew', async () => {
    const fakes = createFakes();
    write(fakes, { [OWN]: 'waiting' });
    const update = async () => {
      fakes.board.comments[0] = { id: 1, url: '', body: 'another', issueNumber: 0 };
      throw new GitHubError('gone', { code: 'quoted', text: 'not there' });
    };
    expect(await upsertComment({ ...fakes, comments: { ...fakes.comments, update } }, UPDATE)).toMatchObject({ id: 2 });
    expect(page(fakes).at(-1)).toEqual({ [OWN]: TEXT });
  });

  test('a comment that is listed and cannot be found to be changed gets no other one beside it', async () => {
    const fakes = createFakes();
    write(fakes, { [OWN]: 'waiting' });
    const gone = new GitHubError('gone', { code: 'quoted', text: 'not there' });
    fakes.board.failOn('update', gone, 9);
    expect(await upsertComment(fakes, UPDATE)).toBeUndefined();
    expect(page(fakes)).toEqual([{ [OWN]: 'waiting' }]);
    expect(fakes.log.messages).toMatchObject([{ code: 'comment-not-written', kind: 'gone' }]);
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
    const fakes = createFakes();
    if (there) write(fakes, { [OWN]: 'red' });
    const result = await upsertComment(fakes, withInputs({ comment }, { failing }));
    expect(result !== undefined).toBe(written);
    expect(page(fakes).filter((sections) => sections[OWN] === TEXT)).toHaveLength(written ? 1 : 0);
  });
});

describe('too long', () => {
  /** GitHub refuses what is longer. Counts what was sent. */
  function limited(fakes: Fakes, limit: number) {
    const sent: string[] = [];
    const update: Ports['comments']['update'] = (id, body, before) => {
      sent.push(body);
      return body.length > limit
        ? Promise.reject(new GitHubError('too-long', { code: 'quoted', text: 'too long' }))
        : fakes.comments.update(id, body, before);
    };
    return { sent, fakes: { ...fakes, comments: { ...fakes.comments, update } } };
  }
  const part = (title: string) => `**${title}**\n\n${'x'.repeat(3_000)}`;
  const report = reportOf(['lead', part('One')], '[Run 42](x)', [part('Two')]);

  test.each([
    ['the other sections are lines', 9_000, { 'evals-1': '', [OWN]: printBody(report) }],
    ['what is folded goes', 5_000, { 'evals-1': '', [OWN]: printBody({ ...report, folded: [UPDATE.fullReport] }) }],
    [
      'all parts but the first go',
      2_500,
      { 'evals-1': '', [OWN]: printBody({ ...report, parts: ['lead'], folded: [UPDATE.fullReport] }) },
    ],
    ['rows alone are left', 820, { 'evals-1': '', [OWN]: '' }],
  ])('%s: after GitHub refused longer ones', async (_, limit, expected) => {
    const fakes = createFakes();
    write(fakes, { 'evals-1': 'other '.repeat(1_000), [OWN]: 'waiting' });
    const { sent, fakes: limitedFakes } = limited(fakes, limit);
    await upsertComment(limitedFakes, { ...UPDATE, report });
    expect(page(fakes)).toEqual([expected]);
    expect(logged(fakes)).toEqual(QUIET);
    expect(sent.length).toBeLessThan(8);
  });

  test('for any form, it is a warning and the others stay', async () => {
    const fakes = createFakes();
    write(fakes, { 'evals-1': 'other' });
    await upsertComment(limited(fakes, 10).fakes, UPDATE);
    expect(page(fakes)).toEqual([{ 'evals-1': 'other' }]);
    expect(fakes.log.messages).toMatchObject([{ code: 'comment-not-written', kind: 'too-long', reason: 'too long' }]);
  });

  test('more than GitHub ever takes is not sent', async () => {
    const fakes = createFakes();
    write(fakes, { 'evals-1': 'other '.repeat(9_000), [OWN]: 'waiting' });
    const { sent, fakes: limitedFakes } = limited(fakes, 65_536);
    await upsertComment(limitedFakes, { ...UPDATE, report: reportOf(['v', 'x'.repeat(30_000)]) });
    expect(sent).toHaveLength(1);
    expect(page(fakes)).toMatchObject([{ 'evals-1': '' }]);
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
    const fakes = createFakes();
    const rows = Array.from({ length: 350 }, (__, index) => {
      const summary = { ...ended, name: `made-up-${index}`, severity: 'bad' as const };
      return { id: summary.name, origin: madeUp, summary, text: '' };
    });
    const page = { marker: MARKER, title: 'Evals', sections: rows, runsUrl: 'x', short: 'rows' } as const;
    // The rows are read from the hidden line alone.
    const body = renderComment(page).replace(/^\|.*\n/gm, '');
    expect(body.length).toBeLessThan(65_536);
    fakes.board.comments.push({ id: 1, url: 'u', body, issueNumber: 7 });
    await upsertComment(fakes, { ...UPDATE, report: reportOf(['x'.repeat(20_000)]) });
    const written = fakes.board.comments[0]?.body ?? '';
    expect(logged(fakes)).toEqual(QUIET);
    expect(written.length).toBeLessThanOrEqual(65_536);
    expect(parseSections(written).find(({ id }) => id === OWN)).toMatchObject({
      origin,
      summary: { ...ended, headline: '' },
    });
    expect(written).toMatch(/^\| .* \| `evals-0` \|/m);
  });
});

describe('two steps at once', () => {
  const summary = { ...ended, name: 'evals-1' };
  const other = withInputs({ name: 'evals-1' }, { summary, report: reportOf(['other']) });
  const both = { [OWN]: TEXT, 'evals-1': 'other' };

  /** Both read before either writes, for the first so many looks; deleting what is gone says so, as GitHub does. */
  function race(fakes: Fakes, looks = 1): Ports {
    const gates = Array.from({ length: looks }, () => ({ waiting: 0, open: Promise.withResolvers<void>() }));
    let asked = 0;
    return {
      ...fakes,
      comments: {
        ...fakes.comments,
        async find(...asking) {
          const found = await fakes.comments.find(...asking);
          const gate = gates[Math.floor(asked / 2)];
          asked += 1;
          if (gate === undefined) return found;
          gate.waiting += 1;
          if (gate.waiting === 2) gate.open.resolve();
          await gate.open.promise;
          return found;
        },
        async remove(id) {
          if (!fakes.board.comments.some((comment) => comment.id === id))
            throw new GitHubError('gone', { code: 'quoted', text: 'not there' });
          await fakes.comments.remove(id);
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
    const fakes = createFakes();
    if (there !== undefined) write(fakes, there);
    const racing = race(fakes, looks);
    const written = await Promise.all([upsertComment(racing, UPDATE), upsertComment(racing, other)]);
    expect(page(fakes)).toEqual([both]);
    expect(written.map((one) => one?.id)).toEqual([1, 1]);
    expect(logged(fakes)).toEqual(QUIET);
  });

  test('a comment is not read again while the batch is at work, nor when the step has to stop', async () => {
    for (const more of [{ final: false }, {}]) {
      const fakes = createFakes();
      if (more.final !== false) fakes.stopNow();
      const startedAt = fakes.clock.now();
      expect(await upsertComment(fakes, { ...UPDATE, ...more })).toMatchObject({ id: 1 });
      expect(fakes.clock.now()).toBe(startedAt);
    }
  });

  test('whoever is overwritten each time gives up after five times, one to three seconds apart', async () => {
    const fakes = createFakes();
    write(fakes, { 'evals-1': 'other' });
    const slept: number[] = [];
    let updates = 0;
    const update = async (id: number, body: string) => {
      updates += 1;
      return { id, url: 'u', body };
    };
    const clock = { ...fakes.clock, sleep: async (ms: number) => void slept.push(ms) };
    const comments = { ...fakes.comments, update };
    expect(await upsertComment({ ...fakes, clock, comments }, UPDATE)).toEqual({ id: 1, url: 'u' });
    expect([updates, slept.length]).toEqual([6, 5]);
    expect(slept.filter((ms) => ms < 1_000 || ms > 3_000)).toEqual([]);
    expect(new Set(slept).size).toBeGreaterThan(3);
  });

  test('a section that another step shortened is not written again', async () => {
    const fakes = createFakes();
    write(fakes, { 'evals-1': 'other' });
    let updates = 0;
    const update: Ports['comments']['update'] = async (id, body, before) => {
      updates += 1;
      const written = await fakes.comments.update(id, body, before);
      const shorter = parseSections(body).map((section) => ({ ...section, text: '' }));
      const page = { marker: MARKER, title: 'Evals', sections: shorter, runsUrl: 'x', short: 'rows' } as const;
      fakes.board.comments[0] = { ...written, body: renderComment(page), issueNumber: 7 };
      return written;
    };
    await upsertComment({ ...fakes, comments: { ...fakes.comments, update } }, UPDATE);
    expect(updates).toBe(1);
  });

  test('a page that cannot be read again does not undo what was written', async () => {
    const fakes = createFakes();
    let looks = 0;
    const find: Ports['comments']['find'] = (...asking) => {
      looks += 1;
      return looks > 1
        ? Promise.reject(new GitHubError('unavailable', { code: 'quoted', text: 'away' }))
        : fakes.comments.find(...asking);
    };
    expect(await upsertComment({ ...fakes, comments: { ...fakes.comments, find } }, UPDATE)).toMatchObject({ id: 1 });
    expect([fakes.log.messages, fakes.log.annotations]).toEqual([
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
    const fakes = createFakes();
    fakes.board.failOn(method, error, 9);
    fakes.repositoryState.failOn(method, error, 9);
    expect(await upsertComment(fakes, { ...UPDATE, ...more })).toBeUndefined();
    expect(fakes.log.messages).toEqual([expect.objectContaining({ code: 'comment-not-written', ...facts })]);
    expect(logged(fakes).levels).toEqual(['warning']);
    expect(fakes.summaries).toEqual([]);
  });

  test('the text goes to the job summary even where that was not asked for', async () => {
    const fakes = createFakes();
    fakes.board.failOn('create', forbidden);
    await upsertComment(fakes, withInputs({ summary: false }));
    expect(fakes.summaries).toEqual([`${printReport(UPDATE.report)}\n`]);
  });

  test('without its last parts, where it is too long for that', async () => {
    const fakes = createFakes();
    fakes.board.failOn('create', forbidden);
    const report = { ...UPDATE.report, folded: ['x'.repeat(1_100_000)] };
    await upsertComment(fakes, withInputs({ summary: false }, { report }));
    expect(fakes.summaries).toEqual([`${printReport({ ...report, folded: [UPDATE.fullReport] })}\n`]);
  });

  test('a run for a fork may not comment: a notice, and no advice', async () => {
    const fakes = createFakes();
    fakes.board.failOn('create', forbidden);
    await upsertComment(fakes, withInputs({ summary: false }, { run: { ...run, untrusted: 'fork' } }));
    expect(logged(fakes)).toEqual({ levels: ['notice'], codes: ['comment-not-allowed-for-fork'] });
    expect(fakes.summaries).toEqual([`${printReport(UPDATE.report)}\n`]);
  });

  test('and if that fails too, both are said', async () => {
    const fakes: Fakes = createFakes();
    fakes.board.failOn('create', forbidden);
    const runner: Ports['runner'] = {
      cores: 2,
      setOutput: () => {},
      saveState: () => {},
      writeSummary: () => Promise.reject(new Error('disk full')),
    };
    await upsertComment({ ...fakes, runner }, withInputs({ summary: false }));
    expect(fakes.log.messages).toMatchObject([
      { code: 'comment-and-summary-not-written', reason: forbidden.message, summaryReason: 'disk full' },
    ]);
  });

  test('while the batch is at work it is only a line of the log', async () => {
    const fakes = createFakes();
    fakes.board.failOn('create', forbidden);
    await upsertComment(fakes, withInputs({ summary: false }, { final: false }));
    expect([fakes.summaries, logged(fakes)]).toEqual([[], { levels: [], codes: ['comment-not-updated'] }]);
  });

  test('a second comment that cannot be deleted is only untidy', async () => {
    const fakes = createFakes();
    write(fakes, { 'evals-1': 'one' });
    write(fakes, { 'evals-2': 'two' });
    const comments = { ...fakes.comments, remove: () => Promise.reject(forbidden) };
    expect(await upsertComment({ ...fakes, comments }, UPDATE)).toMatchObject({ id: 1 });
    expect(page(fakes)[0]).toEqual({ 'evals-1': 'one', 'evals-2': 'two', [OWN]: TEXT });
    // Once when it was written, and once when it was read again.
    const codes = Array(2).fill('second-comment-not-deleted');
    expect(logged(fakes)).toEqual({ levels: [], codes });
  });
});
