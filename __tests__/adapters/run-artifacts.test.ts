import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { addRepository, addRun, type Repository } from '../../simulator/github/index.ts';
import { json } from '../../simulator/wire.ts';
import { createRunArtifacts } from '../../src/adapters/run-artifacts.ts';
import { GitHubError, type RunArtifacts } from '../../src/ports/github.ts';
import { type Site, startSite } from './github.ts';
import { zipOf } from './zips.ts';

const NAME = 'claude-batch-grades-0123456789abcdef';
const MAX = 1 << 20;

let site: Site;
let repository: Repository;
let artifacts: RunArtifacts;
let folder: string;

beforeEach(async () => {
  site = await startSite();
  repository = addRepository(site.state, 'octo/evals');
  artifacts = createRunArtifacts({ octokit: site.octokit, clock: site.clock, owner: 'octo', repo: 'evals' });
  folder = mkdtempSync(join(tmpdir(), 'claude-batch-artifacts-'));
});

afterEach(async () => {
  await site.server.stop();
  rmSync(folder, { recursive: true });
  expect([site.server.errors, site.state.errors]).toEqual([[], []]);
});

const MEASURED = { 'measured.json': '{"a":1}', 'grades.jsonl': '{}\n' };

async function store(
  run: number,
  { name = NAME, files = MEASURED, headRepository = 'octo/evals', branch = 'main', ageMs = 0 } = {},
) {
  if (!repository.runs.has(run))
    addRun(repository, { id: run, headBranch: branch, headSha: 'a'.repeat(40), headRepository });
  const bytes = await zipOf(files);
  return site.results.store({ run, name, bytes, createdAtMs: site.clock.date() - ageMs });
}

const text = async (body: AsyncIterable<Uint8Array>) => Buffer.concat(await Array.fromAsync(body)).toString();

const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof GitHubError ? error.kind : (error as { reason: unknown }).reason),
  );

describe('lists', () => {
  test('by exact name, the newest first, with what GitHub says of each', async () => {
    await store(5, { ageMs: 7_200_000 });
    await store(5, { name: `${NAME}-2`, ageMs: 3_600_000 });
    addRepository(site.state, 'mallory/evals');
    await store(6, { headRepository: 'mallory/evals', branch: 'topic' });
    const [newest, oldest, ...others] = await artifacts.named(NAME);
    expect(others).toEqual([]);
    expect(newest).toMatchObject({ runId: 6, branch: 'topic', isFromFork: true, isExpired: false, name: NAME });
    expect(oldest).toMatchObject({ runId: 5, branch: 'main', isFromFork: false });
    expect(oldest?.createdAtMs).toBe(site.clock.date() - 7_200_000);
    expect(oldest?.bytes).toBe((await zipOf(MEASURED)).length);
    expect((await artifacts.ofRun(5)).map(({ name }) => name)).toEqual([`${NAME}-2`, NAME]);
    expect(await artifacts.named('claude-batch-grades-ffffffffffffffff')).toEqual([]);
  });

  test('on several pages, but not without end', async () => {
    for (let run = 1; run <= 530; run += 1) {
      addRun(repository, { id: run, headBranch: 'main', headSha: 'a'.repeat(40) });
      site.results.store({ run, name: NAME, bytes: Buffer.alloc(0) });
    }
    expect(await artifacts.named(NAME)).toHaveLength(500);
  });

  test('of an expired one, that it is', async () => {
    const { id } = await store(5, { ageMs: 91 * 86_400_000 });
    expect(await artifacts.read(id)).toMatchObject({ id, isExpired: true });
    expect(await refusal(artifacts.download(await artifacts.read(id), { folder, maxBytes: MAX }))).toBe('gone');
  });

  test('what is no artifact is left out, and no answer of GitHub is no empty list', async () => {
    const good = { id: 1, name: NAME, size_in_bytes: 5, created_at: '2026-11-22T10:00:00Z', expired: false };
    const run = { id: 5, repository_id: 1, head_repository_id: 1 };
    const odd = [
      { ...good, id: '1' },
      { ...good, id: 2, workflow_run: null },
      { ...good, created_at: 'yesterday' },
      null,
    ];
    const reply = (body: unknown) =>
      site.server.faults.push({
        method: 'GET',
        path: /artifacts$/,
        does: { kind: 'answer', response: json(200, body) },
      });
    reply({ artifacts: [{ ...good, workflow_run: run }, ...odd] });
    expect((await artifacts.named(NAME)).map(({ id }) => id)).toEqual([1]);
    reply('<html>');
    expect(await refusal(artifacts.named(NAME))).toBe('unavailable');
  });
});

describe('downloads', () => {
  test('single files, and writes no other', async () => {
    const { id } = await store(5, { files: { ...MEASURED, '../../evil.txt': 'x' } as typeof MEASURED });
    const archive = await artifacts.download(await artifacts.read(id), { folder: join(folder, 'deep'), maxBytes: MAX });
    expect(await text(archive.read('measured.json', 100))).toBe('{"a":1}');
    expect(await text(archive.read('grades.jsonl', 3))).toBe('{}\n');
    expect(await refusal(text(archive.read('grades.jsonl', 2)))).toMatchObject({ why: 'too-large' });
    expect(await refusal(text(archive.read('results.jsonl', 100)))).toMatchObject({ why: 'no-file' });
    expect(readdirSync(folder, { recursive: true })).toEqual(['deep', join('deep', `artifact-${id}.zip`)]);
  });

  test('nothing that is too large, whatever the list says', async () => {
    const { id } = await store(5);
    const listed = await artifacts.read(id);
    const limit = { folder, maxBytes: listed.bytes - 1 };
    const tooLarge = { code: 'artifact-too-large', limitBytes: limit.maxBytes };
    expect(await refusal(artifacts.download(listed, limit))).toEqual(tooLarge);
    expect(await refusal(artifacts.download({ ...listed, bytes: 1 }, limit))).toEqual(tooLarge);
  });

  test('nothing but what GitHub lists the digest of', async () => {
    const artifact = await store(5);
    const listed = await artifacts.read(artifact.id);
    artifact.blob.bytes = await zipOf({ 'measured.json': '{"a":2}' });
    expect(await refusal(artifacts.download(listed, { folder, maxBytes: MAX }))).toEqual({ code: 'artifact-changed' });
  });

  test('once more after an answer that broke off', async () => {
    const { id } = await store(5);
    const listed = await artifacts.read(id);
    site.server.faults.push({ method: 'GET', path: /^\/blobs/, does: { kind: 'cut', bytes: 20 } });
    const archive = await artifacts.download(listed, { folder, maxBytes: MAX });
    expect(await text(archive.read('measured.json', 100))).toBe('{"a":1}');
  });
});

test('without the permission: forbidden', async () => {
  const { id } = await store(5);
  const listed = await artifacts.read(id);
  site.state.tokens.set('ghs_test', { login: 'github-actions[bot]', permissions: { 'pull-requests': 'write' } });
  expect(await refusal(artifacts.named(NAME))).toBe('forbidden');
  expect(await refusal(artifacts.ofRun(5))).toBe('forbidden');
  expect(await refusal(artifacts.read(id))).toBe('forbidden');
  expect(await refusal(artifacts.download(listed, { folder, maxBytes: MAX }))).toBe('forbidden');
});
