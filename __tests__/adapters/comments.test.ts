import { afterEach, describe, expect, test } from '@jest/globals';
import {
  addComment,
  addIssue,
  addPull,
  addRepository,
  type Repository,
  secondaryRateLimit,
} from '../../simulator/github/index.ts';
import { type Fault, json } from '../../simulator/wire.ts';
import { createCommentBoard } from '../../src/adapters/comments.ts';
import type { Reason } from '../../src/core/messages/reasons.ts';
import type { CommentBoard } from '../../src/ports/github.ts';
import { type Site, startSite } from './github.ts';

const MARKER = '<!-- claude-batch-action:evals -->';
const BODY = `${MARKER}\nhello`;
const BOT = 'github-actions[bot]';
const POST = { method: 'POST', path: /\/issues\/7\/comments$/ };
const GET = { method: 'GET', path: /\/issues\/7\/comments$/ };
const PATCH = { method: 'PATCH', path: /\/issues\/comments\/\d+$/ };
const VIEWER = { method: 'POST', path: /\/graphql$/ };
const BROKEN: Fault['does'] = { kind: 'answer', response: json(502, { message: 'Bad gateway' }) };

let site: Site | undefined;

afterEach(async () => {
  await site?.server.stop();
  expect(site?.server.errors).toEqual([]);
  expect(site?.state.errors).toEqual([]);
  site = undefined;
});

async function openBoard(
  options: Parameters<typeof startSite>[0] & { readonly faults?: readonly Fault[]; readonly locked?: boolean } = {},
): Promise<{ site: Site; repository: Repository; board: CommentBoard }> {
  site = await startSite(options);
  site.server.faults.push(...(options.faults ?? []));
  const repository = addRepository(site.state, 'octo/evals');
  const locked = options.locked ?? false;
  addPull(site.state, repository, { number: 7, headSha: 'a'.repeat(40), headBranch: 'topic', locked });
  addIssue(site.state, repository, { number: 8 });
  const { octokit, clock } = site;
  return { site, repository, board: createCommentBoard({ octokit, owner: 'octo', repo: 'evals', clock }) };
}

function bodiesOf(repository: Repository): string[] {
  return repository.comments.map(({ body }) => body);
}

describe('find', () => {
  test('over all pages, oldest first, by marker and author', async () => {
    const { site, repository, board } = await openBoard();
    const write = (author: string, body: string, conversation = 7) =>
      addComment(site.state, repository, { conversation, author, body }).id;
    for (let n = 0; n < 130; n += 1) write('octocat', `comment ${n}`);
    const first = write(BOT, BODY);
    write('octocat', BODY);
    write(BOT, BODY, 8);
    write(BOT, `hello\n${MARKER}`);
    write(BOT, `${MARKER}x`);
    for (let n = 0; n < 100; n += 1) write(BOT, `comment ${n}`);
    const last = write(BOT, `${MARKER}\r\nhello`);
    const found = await board.find(7, MARKER);
    expect(found.map(({ id }) => id)).toEqual([first, last]);
    expect(found[0]).toEqual({ id: first, url: expect.stringContaining(`#issuecomment-${first}`), body: BODY });
  });

  test.each([
    ['the bot by its full name', 'github-actions[bot]', 'github-actions[bot]', true],
    ['the bot by its short name', 'github-actions', 'github-actions[bot]', true],
    ['a person with the name of the bot', 'github-actions[bot]', 'github-actions', false],
    ['a person', 'octocat', 'octocat', true],
    ['in other letters', 'OctoCat', 'octocat', true],
    ['another bot', 'dependabot[bot]', 'github-actions[bot]', false],
    ['nobody said', undefined, 'github-actions[bot]', true],
  ])('%s', async (_, login, author, ours) => {
    const says = (body: unknown): Fault => ({ ...VIEWER, does: { kind: 'answer', response: json(200, body) } });
    const reply =
      login === undefined ? { errors: [{ type: 'FORBIDDEN', message: 'no' }] } : { data: { viewer: { login } } };
    const { site, repository, board } = await openBoard({ faults: [says(reply)] });
    addComment(site.state, repository, { conversation: 7, author, body: BODY });
    expect(await board.find(7, MARKER)).toHaveLength(ours ? 1 : 0);
  });

  test.each([
    ['a gateway in trouble', BROKEN],
    ['a reset connection', { kind: 'reset' }],
  ] satisfies [string, Fault['does']][])('reads again after %s', async (_, does) => {
    const faults = [
      { ...VIEWER, does },
      { ...GET, times: 2, does },
    ];
    const { site, repository, board } = await openBoard({ faults });
    addComment(site.state, repository, { conversation: 7, author: BOT, body: BODY });
    expect(await board.find(7, MARKER)).toHaveLength(1);
    expect(site.pauses).toEqual([1_000, 1_000, 3_000]);
  });

  test('takes no page of HTML for an empty list', async () => {
    const page = { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Proxy</h1>' };
    const { board } = await openBoard({ faults: [{ ...GET, does: { kind: 'answer', response: page } }] });
    await expect(board.find(7, MARKER)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  test('gives up on pages without end', async () => {
    const full = json(
      200,
      Array.from({ length: 100 }, () => ({})),
    );
    const { board } = await openBoard({
      faults: [{ ...GET, times: 1_000, does: { kind: 'answer', response: full } }],
    });
    await expect(board.find(7, MARKER)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  test('takes no page of HTML for the name of the owner', async () => {
    const page = { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Proxy</h1>' };
    const { board } = await openBoard({ faults: [{ ...VIEWER, times: 3, does: { kind: 'answer', response: page } }] });
    const reason = { code: 'github-answer-unusable', call: { code: 'read-viewer' } };
    await expect(board.find(7, MARKER)).rejects.toMatchObject({ kind: 'unavailable', reason });
  });

  test('does not guess whom the token belongs to while GitHub is down', async () => {
    const { board } = await openBoard({ faults: [{ ...VIEWER, times: 3, does: BROKEN }] });
    await expect(board.find(7, MARKER)).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(board.find(7, MARKER)).resolves.toEqual([]);
  });
});

describe('create, update, remove', () => {
  test('write, rewrite and delete', async () => {
    const { repository, board } = await openBoard();
    const { id, url } = await board.create(7, BODY);
    expect(url).toContain('/octo/evals/pull/7#issuecomment-');
    await board.update(id, `${MARKER}\nbye`, BODY);
    expect(bodiesOf(repository)).toEqual([`${MARKER}\nbye`]);
    await board.remove(id);
    expect(bodiesOf(repository)).toEqual([]);
  });

  test.each([
    ['arrived although the connection broke', { kind: 'reset-after' }],
    ['arrived although a gateway gave up', { kind: 'answer-after', response: json(504, {}) }],
    ['did not arrive', { kind: 'reset' }],
  ] satisfies [string, Fault['does']][])('a comment that %s is there once', async (_, does) => {
    const { repository, board } = await openBoard({ faults: [{ ...POST, does }] });
    const { id } = await board.create(7, `${BODY}\n`);
    expect(repository.comments.map((comment) => comment.id)).toEqual([id]);
  });

  test('a create that a proxy answers with a page says so', async () => {
    const page = { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Proxy</h1>' };
    const { repository, board } = await openBoard({
      faults: [{ ...POST, times: 9, does: { kind: 'answer', response: page } }],
    });
    const call = { code: 'create-comment', issue: 7 };
    await expect(board.create(7, BODY)).rejects.toMatchObject({ reason: { code: 'github-answer-unusable', call } });
    expect(bodiesOf(repository)).toEqual([]);
  });

  test('gives up on a create and on an update after three tries', async () => {
    const broken = { times: 9, does: BROKEN };
    const { site, repository, board } = await openBoard({
      faults: [
        { ...POST, ...broken },
        { ...PATCH, ...broken },
      ],
    });
    await expect(board.create(7, BODY)).rejects.toMatchObject({
      kind: 'unavailable',
      reason: { code: 'github-failed', status: 502, words: 'Bad gateway', call: { code: 'create-comment', issue: 7 } },
    });
    const { id } = addComment(site.state, repository, { conversation: 7, author: BOT, body: BODY });
    await expect(board.update(id, `${BODY}!`, BODY)).rejects.toMatchObject({ kind: 'unavailable' });
    const sent = (method: string) => site.server.exchanges.filter((one) => one.method === method && one.status === 502);
    expect([sent('POST').length, sent('PATCH').length]).toEqual([3, 3]);
  });

  test('does not send an update again where it cannot see what became of it', async () => {
    const { site, repository, board } = await openBoard({
      faults: [
        { ...PATCH, does: BROKEN },
        { method: 'GET', path: PATCH.path, times: 9, does: BROKEN },
      ],
    });
    const { id } = addComment(site.state, repository, { conversation: 7, author: BOT, body: BODY });
    await expect(board.update(id, `${BODY}!`, BODY)).rejects.toMatchObject({
      kind: 'unavailable',
      reason: { code: 'github-failed', call: { code: 'read-comment' } },
    });
    expect(bodiesOf(repository)).toEqual([BODY]);
  });
});

describe('rate limits', () => {
  const exhausted = {
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(Date.parse('2026-11-22T12:00:30Z') / 1000),
  };
  test.each([
    ['a secondary one', secondaryRateLimit(20), [20_000]],
    ['a secondary one as 429', secondaryRateLimit(7, 429), [7_000]],
    ['one without a time', secondaryRateLimit(undefined), [60_000]],
    ['an exhausted one', json(403, { message: 'API rate limit exceeded' }, exhausted), [31_000]],
    ['one for less than no time', secondaryRateLimit(-1), [60_000]],
    ['one that is over', secondaryRateLimit(0), [1_000]],
    ['one without a number', json(429, {}, { 'retry-after': 'soon' }), [60_000]],
    ['one until a date', json(429, {}, { 'retry-after': 'Sun, 22 Nov 2026 12:00:15 GMT' }), [15_000]],
    ['one until a date that is past', json(429, {}, { 'retry-after': 'Sat, 21 Nov 2026 12:00:15 GMT' }), [60_000]],
    ['one of its own for comments', json(422, { errors: [{ message: 'was submitted too quickly' }] }), [60_000]],
  ])('%s is waited out', async (_, response, pauses) => {
    const { site, repository, board } = await openBoard({ faults: [{ ...POST, does: { kind: 'answer', response } }] });
    await board.create(7, BODY);
    expect(bodiesOf(repository)).toEqual([BODY]);
    expect(site.pauses).toEqual(pauses);
  });

  test.each([
    ['longer than two minutes', 121, []],
    ['again and again', 50, [50_000, 50_000]],
    ['absurdly long', 1e15, []],
  ])('one that lasts %s is not', async (_, seconds, pauses) => {
    const response = secondaryRateLimit(seconds);
    const { site, board } = await openBoard({ faults: [{ ...POST, times: 9, does: { kind: 'answer', response } }] });
    await expect(board.create(7, BODY)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(site.pauses).toEqual(pauses);
  });
});

describe('an update that had to wait', () => {
  const LIMITED: Fault['does'] = { kind: 'answer', response: secondaryRateLimit(20) };

  async function updateAfter(does: Fault['does'], meanwhile?: string) {
    const { site, repository, board } = await openBoard({ faults: [{ ...PATCH, does }] });
    const comment = addComment(site.state, repository, { conversation: 7, author: BOT, body: BODY });
    const { clock, octokit } = site;
    const waiting = createCommentBoard({
      octokit,
      owner: 'octo',
      repo: 'evals',
      clock: {
        ...clock,
        sleep: async (ms) => {
          await clock.sleep(ms);
          if (meanwhile !== undefined) comment.body = meanwhile;
        },
      },
    });
    await board.find(7, MARKER);
    const updated = waiting.update(comment.id, `${BODY} and more`, `${BODY}\r\n`);
    return { updated, bodies: () => bodiesOf(repository) };
  }

  test.each([
    ['for a rate limit', LIMITED],
    ['for a gateway', BROKEN],
  ] satisfies [string, Fault['does']][])('%s is sent again where nothing changed', async (_, does) => {
    const { updated, bodies } = await updateAfter(does);
    await updated;
    expect(bodies()).toEqual([`${BODY} and more`]);
  });

  test.each([
    ['for a rate limit', LIMITED],
    ['for a gateway', BROKEN],
  ] satisfies [string, Fault['does']][])('%s is not sent over what another job wrote meanwhile', async (_, does) => {
    const { updated, bodies } = await updateAfter(does, `${BODY} of another job`);
    await expect(updated).rejects.toMatchObject({ kind: 'changed' });
    expect(bodies()).toEqual([`${BODY} of another job`]);
  });

  test('and had arrived after all is done', async () => {
    const { updated, bodies } = await updateAfter({ kind: 'reset-after' });
    await expect(updated).resolves.toMatchObject({ body: `${BODY} and more` });
    expect(bodies()).toEqual([`${BODY} and more`]);
  });
});

describe('refusals', () => {
  test('by what they mean', async () => {
    const readOnly = await openBoard({ permissions: { 'pull-requests': 'read', issues: 'read' } });
    await expect(readOnly.board.create(7, BODY)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(readOnly.board.create(8, BODY)).rejects.toMatchObject({ kind: 'forbidden' });
    await readOnly.site.server.stop();

    const locked = await openBoard({ locked: true });
    await expect(locked.board.create(7, BODY)).rejects.toMatchObject({ kind: 'refused' });
    await expect(locked.board.create(99, BODY)).rejects.toMatchObject({ kind: 'gone' });
    await expect(locked.board.update(99, BODY, BODY)).rejects.toMatchObject({ kind: 'gone' });
    await expect(locked.board.remove(99)).rejects.toMatchObject({ kind: 'gone' });
    await locked.site.server.stop();

    const short = await openBoard({ maxCommentCharacters: 50 });
    await expect(short.board.create(7, `${BODY}${'x'.repeat(50)}`)).rejects.toMatchObject({ kind: 'too-long' });
  });

  const CALL = { code: 'create-comment', issue: 7 } as const;
  const ofComment = (message: string) => [{ resource: 'IssueComment', code: 'unprocessable', field: 'data', message }];

  test.each<[string, number, unknown, string, Reason]>([
    ...[
      'Commenting is disabled on issues with more than 2500 comments',
      'Interaction limits are in effect: only collaborators may comment',
      'Resource protected by organization SAML enforcement. You must grant your token access to this organization',
      'User is blocked',
      'Repository was archived so is read-only',
      'Unable to create comment because issue is locked',
    ].map((words): [string, number, unknown, string, Reason] => {
      const reason = { code: 'github-refused', call: CALL, status: 403, words } as const;
      return [words, 403, { message: `${words}.` }, 'refused', reason];
    }),
    [
      'a missing permission of a workflow',
      403,
      { message: 'Resource not accessible by integration' },
      'forbidden',
      { code: 'github-forbidden', call: CALL },
    ],
    [
      'a missing permission of a personal token, which no permission of the job can give it',
      403,
      { message: 'Resource not accessible by personal access token' },
      'refused',
      { code: 'github-refused', call: CALL, status: 403, words: 'Resource not accessible by personal access token' },
    ],
    [
      'a proxy',
      403,
      '<h1>Resource not accessible</h1>',
      'refused',
      { code: 'github-refused', call: CALL, status: 403, words: '' },
    ],
    [
      'an issue that was deleted',
      410,
      { message: 'This issue was deleted' },
      'gone',
      { code: 'github-not-found', call: CALL, status: 410, words: 'This issue was deleted' },
    ],
    [
      'a comment that GitHub takes for spam',
      422,
      { message: 'Validation Failed', errors: ofComment('Body is spam.\n::error::owned') },
      'unavailable',
      { code: 'github-failed', call: CALL, status: 422, words: 'Validation Failed: Body is spam. ::error::owned' },
    ],
    [
      'a text as long as it likes',
      418,
      { message: 'x'.repeat(9_999) },
      'unavailable',
      { code: 'github-failed', call: CALL, status: 418, words: `${'x'.repeat(299)}…` },
    ],
    ['nothing', 418, null, 'unavailable', { code: 'github-failed', call: CALL, status: 418, words: '' }],
  ])('%s is told in the words of GitHub', async (_, status, body, kind, reason) => {
    const html = { status, headers: { 'content-type': 'text/html' }, body: String(body) };
    const response = typeof body === 'string' ? html : json(status, body);
    const { board } = await openBoard({ faults: [{ ...POST, does: { kind: 'answer', response } }] });
    const error: unknown = await board.create(7, BODY).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind, reason });
    expect((error as Error).cause).toBeUndefined();
  });

  test('without a token GitHub refuses, not the client', async () => {
    const { site } = await openBoard({ token: '' });
    const { octokit, clock } = site;
    const board = createCommentBoard({ octokit, owner: 'octo', repo: 'evals', clock });
    await expect(board.find(7, MARKER)).rejects.toMatchObject({ kind: 'unauthenticated' });
    expect(site.server.exchanges.every(({ headers }) => !headers.has('authorization'))).toBe(true);
  });
});
