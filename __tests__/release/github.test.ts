import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createReleases, GitHubError, type Releases } from '../../scripts/release/github.ts';
import type { Subject } from '../../scripts/release/plan.ts';
import { addRepository, createGitHub, type Repository } from '../../simulator/github/index.ts';
import { type Server, startServer } from '../../simulator/server.ts';
import { json } from '../../simulator/wire.ts';

const { handler, state } = createGitHub();
let server: Server;
let repository: Repository;
let releases: Releases;

beforeAll(async () => {
  server = await startServer({ handlers: [handler] });
});

beforeEach(() => {
  server.faults.length = 0;
  repository = addRepository(state, 'octo-org/evals');
  state.tokens.set('ghs_write', { login: 'github-actions[bot]', permissions: { contents: 'write' } });
  state.tokens.set('ghs_read', { login: 'github-actions[bot]', permissions: { contents: 'read' } });
  releases = as('ghs_write');
});

afterAll(async () => {
  expect({ server: server.errors, github: state.errors }).toEqual({ server: [], github: [] });
  await server.stop();
});

function as(token: string): Releases {
  return createReleases({ api: `${server.origin}/api/v3`, repository: 'octo-org/evals', token });
}

function subject(text: string): Subject {
  const preRelease = text.includes('-') ? ['rc', 1] : [];
  const version = { text, major: 1, minor: 0, patch: 0, preRelease };
  return { version, tag: `v${text}`, commit: 'a'.repeat(40), notes: `About ${text}.` };
}

const sums = { name: 'SHA256SUMS', type: 'text/plain', text: 'ä  action.yml\n' };

test('a draft gets its files, is published, and can no longer be changed', async () => {
  const draft = await releases.createDraft(subject('1.0.0'));
  expect(draft).toMatchObject({ tag: 'v1.0.0', isDraft: true, isImmutable: false, assets: [] });
  await releases.upload(draft, sums);
  expect(await releases.publish(draft.id, subject('1.0.0'))).toMatchObject({ isDraft: false, isImmutable: true });
  expect(repository.releases).toEqual([
    expect.objectContaining({
      tag: 'v1.0.0',
      name: 'v1.0.0',
      body: 'About 1.0.0.',
      isPrerelease: false,
      isLatest: true,
    }),
  ]);
  const [asset] = repository.releases[0]?.assets ?? [];
  expect({ name: asset?.name, text: asset?.content.toString() }).toEqual({ name: sums.name, text: sums.text });
  await expect(releases.upload(draft, { ...sums, name: 'late' })).rejects.toThrow(GitHubError);
});

test('where releases can be changed, that is told', async () => {
  repository.hasImmutableReleases = false;
  const { id } = await releases.createDraft(subject('1.0.0'));
  expect(await releases.publish(id, subject('1.0.0'))).toMatchObject({ isDraft: false, isImmutable: false });
});

test('a candidate is a pre-release and not the latest release', async () => {
  const { id } = await releases.createDraft(subject('1.0.0-rc.1'));
  await releases.publish(id, subject('1.0.0-rc.1'));
  expect(repository.releases).toEqual([expect.objectContaining({ isPrerelease: true, isLatest: false })]);
});

test('a draft is found again with its files, and brought up to date', async () => {
  const draft = await releases.createDraft(subject('1.0.0'));
  await releases.upload(draft, sums);
  const [found] = await releases.list();
  expect(found).toMatchObject({ id: draft.id, isDraft: true, assets: [{ name: 'SHA256SUMS' }] });
  expect(found?.assets[0]?.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  await releases.updateDraft(draft.id, { ...subject('1.0.0'), notes: 'Better.' });
  await releases.removeAsset(found?.assets[0]?.id ?? 0);
  expect(repository.releases).toEqual([
    expect.objectContaining({ body: 'Better.', publishedAtMs: undefined, assets: [] }),
  ]);
});

test('an upload that is not complete has no digest', async () => {
  const draft = await releases.createDraft(subject('1.0.0'));
  await releases.upload(draft, sums);
  const change = (text: string) => text.replace('"state":"uploaded"', '"state":"starter"');
  server.faults.push({
    ...{ method: 'GET', path: /releases$/ },
    does: { kind: 'change', change: (answer) => ({ ...answer, body: change(String(answer.body)) }) },
  });
  expect((await releases.list())[0]?.assets).toEqual([
    { id: expect.any(Number), name: 'SHA256SUMS', digest: undefined },
  ]);
});

test('all pages of releases are read', async () => {
  for (let number = 0; number < 101; number += 1) await releases.createDraft(subject(`1.0.${number}`));
  expect((await releases.list()).map(({ tag }) => tag).sort()).toEqual(
    Array.from({ length: 101 }, (_, number) => `v1.0.${number}`).sort(),
  );
});

test('a token that only reads sees no drafts and makes none', async () => {
  await releases.createDraft(subject('1.0.0'));
  expect(await as('ghs_read').list()).toEqual([]);
  await expect(as('ghs_read').createDraft(subject('1.0.1'))).rejects.toMatchObject({ status: 403 });
});

test('a refusal says what GitHub says, on one line', async () => {
  const body = { message: `Two\nlines ${'x'.repeat(400)}` };
  server.faults.push({ method: 'GET', path: /releases$/, does: { kind: 'answer', response: json(500, body) } });
  const error = await releases.list().catch((reason: unknown) => reason);
  expect(String(error)).toContain('500 Two lines x');
  expect(String(error).length).toBeLessThan(450);
  server.faults.push({
    ...{ method: 'GET', path: /releases$/ },
    does: { kind: 'answer', response: { status: 502, body: '<html>' } },
  });
  await expect(releases.list()).rejects.toThrow(/ 502 /);
});

test.each(['https://uploads.example.com/x{?name}', 'http://127.0.0.1:1/x'])('no file goes to %s', async (uploadUrl) => {
  const draft = await releases.createDraft(subject('1.0.0'));
  await expect(releases.upload({ ...draft, uploadUrl }, sums)).rejects.toThrow(new URL(uploadUrl).origin);
});

test('the token does not follow a redirect', async () => {
  const elsewhere = { status: 302, headers: { location: `${server.origin}/elsewhere` } };
  server.faults.push({ method: 'GET', path: /releases$/, does: { kind: 'answer', response: elsewhere } });
  await expect(releases.list()).rejects.toThrow();
  expect(server.exchanges.filter(({ path }) => path === '/elsewhere')).toEqual([]);
});
