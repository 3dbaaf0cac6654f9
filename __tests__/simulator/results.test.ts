import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { cacheScopes, createResults, makeRuntimeToken, unzip } from '../../simulator/results/index.ts';
import { type Server, startServer } from '../../simulator/server.ts';
import { startToolkit, type Toolkit } from './toolkit.ts';

let now = Date.UTC(2026, 10, 22);
const results = createResults({ now: () => now });
const { artifacts, caches } = results.state;
let server: Server;
let folder: string;
let toolkit: Toolkit;

beforeAll(async () => {
  server = await startServer({ handlers: [results.handler] });
  folder = await mkdtemp(join(tmpdir(), 'results-'));
  toolkit = startToolkit(
    {
      ACTIONS_RESULTS_URL: `${server.origin}/`,
      ACTIONS_CACHE_SERVICE_V2: 'true',
      GITHUB_SERVER_URL: server.origin.replace('127.0.0.1', 'github.localhost'),
      GITHUB_WORKSPACE: folder,
      RUNNER_TEMP: folder,
    },
    folder,
  );
  await mkdir(join(folder, 'out', 'deep'), { recursive: true });
  await writeFile(join(folder, 'out', 'a.txt'), 'alpha');
  await writeFile(join(folder, 'out', 'deep', 'ü.txt'), 'x'.repeat(100_000));
});

beforeEach(() => {
  artifacts.length = 0;
  caches.length = 0;
});

afterAll(async () => {
  await toolkit.stop();
  await server.stop();
  await rm(folder, { recursive: true });
  expect(server.errors).toEqual([]);
});

const inRun = (run: number) => ({ ACTIONS_RUNTIME_TOKEN: makeRuntimeToken(run, 'job-1') });
const files = () => [join(folder, 'out', 'a.txt'), join(folder, 'out', 'deep', 'ü.txt')];
const upload = (name: string, run: number, options = {}) =>
  toolkit.call('upload', { name, files: files(), root: join(folder, 'out'), options }, inRun(run));

describe('artifacts', () => {
  test('are stored as a zip of their files, whose size and digest the client and the service agree on', async () => {
    const reply = await upload('evals', 1);
    const [stored] = artifacts;
    expect(artifacts.length).toBe(1);
    expect(reply).toEqual({ id: stored?.id, size: stored?.blob.bytes?.length, digest: stored?.digest });
    expect(stored).toMatchObject({ name: 'evals', run: '1', contentType: 'application/zip' });
    const content = unzip(stored?.blob.bytes ?? Buffer.alloc(0));
    expect([...content].map(([name, bytes]) => [name, bytes.length])).toEqual([
      ['a.txt', 5],
      ['deep/ü.txt', 100_000],
    ]);
    expect(content.get('a.txt')?.toString()).toBe('alpha');
  });

  test('come back by list, get and download', async () => {
    const { id, digest } = await upload('evals', 1);
    await upload('others', 1);
    const path = join(folder, 'downloaded');
    expect((await toolkit.call('list', {})).artifacts.map(({ name }) => name)).toEqual(['evals', 'others']);
    expect((await toolkit.call('get', { name: 'evals' })).artifact).toMatchObject({ id, digest: `sha256:${digest}` });
    const reply = await toolkit.call('download', { id: id ?? 0, path, expectedHash: `sha256:${digest}` });
    expect(reply.digestMismatch).toBe(false);
    expect(await readFile(join(path, 'deep', 'ü.txt'), 'utf8')).toBe('x'.repeat(100_000));
  });

  test('keep one file as it is with skipArchive, named after the file', async () => {
    const file = join(folder, 'page.html');
    await writeFile(file, '<p>ok</p>');
    const { id } = await toolkit.call(
      'upload',
      { name: 'ignored', files: [file], root: folder, options: { skipArchive: true } },
      inRun(1),
    );
    expect(artifacts[0]).toMatchObject({ name: 'page.html', contentType: 'text/html' });
    expect(artifacts[0]?.blob.bytes?.toString()).toBe('<p>ok</p>');
    const path = join(folder, 'pages');
    await toolkit.call('download', { id: id ?? 0, path });
    expect(await readFile(join(path, 'page.html'), 'utf8')).toBe('<p>ok</p>');
  });

  test('larger than a block go up in several and come down whole', async () => {
    const file = join(folder, 'noise.bin');
    const noise = Buffer.alloc(9 * 1024 * 1024, 'ab1');
    await writeFile(file, noise);
    const before = server.exchanges.length;
    await toolkit.call(
      'upload',
      { name: 'noise', files: [file], root: folder, options: { compressionLevel: 0 } },
      inRun(1),
    );
    const puts = server.exchanges.slice(before).filter(({ method }) => method === 'PUT');
    expect(puts.map(({ query }) => new URLSearchParams(query).get('comp'))).toEqual(['block', 'block', 'blocklist']);
    expect(
      unzip(artifacts[0]?.blob.bytes ?? Buffer.alloc(0))
        .get('noise.bin')
        ?.equals(noise),
    ).toBe(true);
  });

  test('take a name once per run', async () => {
    await upload('evals', 1);
    await expect(upload('evals', 1)).rejects.toThrow(
      '(409) Conflict: an artifact with this name already exists on the workflow run',
    );
    await expect(upload('evals', 2)).resolves.toMatchObject({ size: expect.any(Number) });
  });

  test('give the name free when deleted', async () => {
    const { id } = await upload('evals', 1);
    expect(await toolkit.call('remove', { name: 'evals' })).toEqual({ id });
    await expect(toolkit.call('get', { name: 'evals' })).rejects.toThrow('Artifact not found for name: evals');
    await expect(upload('evals', 1)).resolves.toBeDefined();
  });

  test('last as long as was asked', async () => {
    await upload('default', 1);
    await upload('short', 1, { retentionDays: 3 });
    const days = artifacts.map(({ expiresAtMs }) => Math.round((expiresAtMs - now) / 86_400_000));
    expect(days[0]).toBe(90);
    // The client counts its days from the clock of this machine.
    expect(artifacts[1]?.expiresAtMs).toBeGreaterThan(Date.now() + 2.9 * 86_400_000);
    now += 91 * 86_400_000;
    expect((await toolkit.call('list', {})).artifacts.map(({ name }) => name)).not.toContain('default');
    now -= 91 * 86_400_000;
  });
});

/** The service itself, for what the real client never does. */
async function ask(method: string, body: unknown, token = makeRuntimeToken(1, 'job-1')) {
  const [service, name] = method.split('/');
  const response = await fetch(`${server.origin}/twirp/github.actions.results.api.v1.${service}/${name}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('the service refuses', () => {
  const ids = { workflow_run_backend_id: '1', workflow_job_run_backend_id: 'job-1' };
  const named = { ...ids, name: 'evals' };

  test.each<[string, string, unknown, number, string]>([
    ['a method that is none', 'ArtifactService/Explode', ids, 404, 'bad_route'],
    ['an unknown field', 'ArtifactService/ListArtifacts', { ...ids, colour: 1 }, 400, 'malformed'],
    ['a field of another type', 'ArtifactService/ListArtifacts', { ...ids, name_filter: {} }, 400, 'malformed'],
    [
      'ids of another run',
      'ArtifactService/ListArtifacts',
      { ...ids, workflow_run_backend_id: '2' },
      403,
      'permission_denied',
    ],
    [
      'a name with a slash',
      'ArtifactService/CreateArtifact',
      { ...named, name: 'a/b', version: 7 },
      400,
      'invalid_argument',
    ],
    ['an old version', 'ArtifactService/CreateArtifact', { ...named, version: 3 }, 400, 'invalid_argument'],
    ['a finish without a start', 'ArtifactService/FinalizeArtifact', { ...named, size: '1' }, 404, 'not_found'],
    ['a URL of nothing', 'ArtifactService/GetSignedArtifactURL', named, 404, 'not_found'],
    ['a cache entry without a key', 'CacheService/CreateCacheEntry', { version: 'v' }, 400, 'invalid_argument'],
  ])('%s', async (_, method, body, status, code) => {
    const reply = await ask(method, body);
    expect([reply.status, reply.body['code']]).toEqual([status, code]);
  });

  test('a token that is none', async () => {
    const reply = await ask('ArtifactService/ListArtifacts', ids, 'abc');
    expect([reply.status, reply.body['code']]).toEqual([401, 'unauthenticated']);
  });

  test.each([
    ['size', { size: '4' }],
    ['digest', { size: '3', hash: `sha256:${'0'.repeat(64)}` }],
  ])('an upload whose %s is another', async (_, claimed) => {
    const { body } = await ask('ArtifactService/CreateArtifact', { ...named, version: 7 });
    const put = await fetch(String(body['signed_upload_url']), {
      method: 'PUT',
      headers: { 'x-ms-blob-type': 'BlockBlob' },
      body: 'abc',
    });
    expect(put.status).toBe(201);
    const reply = await ask('ArtifactService/FinalizeArtifact', { ...named, ...claimed });
    expect([reply.status, reply.body['code']]).toEqual([412, 'failed_precondition']);
    expect((await ask('ArtifactService/ListArtifacts', ids)).body).toEqual({ artifacts: [] });
  });

  test('to write by a URL for reading, and to read by one for writing', async () => {
    await upload('evals', 1);
    const [artifact] = artifacts;
    const download = artifact === undefined ? '' : results.state.artifactUrl(server.origin, artifact);
    const put = await fetch(download, { method: 'PUT', headers: { 'x-ms-blob-type': 'BlockBlob' }, body: 'other' });
    const wrong = await fetch(download.replace(/sig=[^&]*/, `sig=${artifact?.blob.uploadKey}`));
    expect([put.status, wrong.status]).toEqual([403, 403]);
  });

  test.each([
    ['bytes=2-4', 206, 'cde', 'bytes 2-4/6'],
    ['bytes=4-', 206, 'ef', 'bytes 4-5/6'],
    ['bytes=4-99', 206, 'ef', 'bytes 4-5/6'],
    ['bytes=6-7', 416, expect.stringContaining('InvalidRange'), null],
  ])('or serves the range %s', async (range, status, text, contentRange) => {
    const { body } = await ask('ArtifactService/CreateArtifact', { ...named, version: 7 });
    const upload = String(body['signed_upload_url']);
    await fetch(upload, { method: 'PUT', headers: { 'x-ms-blob-type': 'BlockBlob' }, body: 'abcdef' });
    const [artifact] = artifacts;
    const url = artifact === undefined ? '' : results.state.artifactUrl(server.origin, artifact);
    const reply = await fetch(url, { headers: { 'x-ms-range': range } });
    expect([reply.status, await reply.text(), reply.headers.get('content-range')]).toEqual([
      status,
      text,
      contentRange,
    ]);
  });
});

// The cache client finds tar by variables of Windows that this process does not have.
(process.platform === 'win32' ? describe.skip : describe)('caches', () => {
  const on = (ref: string, readable: string[] = ['refs/heads/main'], mode: 'read' | 'write' = 'write') => ({
    ACTIONS_RUNTIME_TOKEN: makeRuntimeToken(1, 'job-1', cacheScopes(ref, readable, mode)),
  });
  const main = () => on('refs/heads/main');
  const save = async (key: string, content: string, env: Record<string, string>) => {
    await writeFile(join(folder, 'record.json'), content);
    return toolkit.call('save', { path: 'record.json', key }, env);
  };
  const restore = async (key: string, restoreKeys: string[], env: Record<string, string>) => {
    await rm(join(folder, 'record.json'), { force: true });
    const matched = await toolkit.call('restore', { path: 'record.json', key, restoreKeys }, env);
    return [matched, matched === undefined ? undefined : await readFile(join(folder, 'record.json'), 'utf8')];
  };

  test('come back by key, and by prefix the newest', async () => {
    expect(await save('k-1', 'one', main())).toBeGreaterThan(0);
    await save('k-2', 'two', main());
    expect(await restore('k-1', [], main())).toEqual(['k-1', 'one']);
    expect(await restore('none', ['k-'], main())).toEqual(['k-2', 'two']);
    expect(await restore('none', ['other-'], main())).toEqual([undefined, undefined]);
  });

  test('go by the whole key first, even when a longer one is newer', async () => {
    await save('k-1', 'one', main());
    await save('k-12', 'twelve', main());
    expect(await restore('k-1', [], main())).toEqual(['k-1', 'one']);
    expect(await restore('k', [], main())).toEqual(['k-12', 'twelve']);
  });

  test('are never overwritten', async () => {
    await save('k-1', 'one', main());
    expect(await save('k-1', 'two', main())).toBe(-1);
    expect(await restore('k-1', [], main())).toEqual(['k-1', 'one']);
  });

  test('come back in the first version of the service too, which servers of GitHub Enterprise have', async () => {
    const ghes = { GITHUB_SERVER_URL: 'https://ghe.test', ACTIONS_CACHE_URL: `${server.origin}/` };
    const github = { GITHUB_SERVER_URL: server.origin.replace('127.0.0.1', 'github.localhost') };
    const env = { ...main(), ...ghes };
    expect(await save('k-1', 'one', env)).toBeGreaterThan(0);
    expect(await save('k-1', 'again', env)).toBe(-1);
    expect(toolkit.output()).toContain('Cache already exists');
    expect(await restore('none', ['k-'], env)).toEqual(['k-1', 'one']);
    expect(await restore('none', ['x-'], { ...env, ...github })).toEqual([undefined, undefined]);
  });

  test('match only under the same path', async () => {
    await save('k-1', 'one', main());
    expect(await toolkit.call('restore', { path: 'other.json', key: 'k-1' }, main())).toBeUndefined();
  });

  test('of the own branch go first, then those of the base; a sibling is not seen', async () => {
    const pull = (number: number) => on(`refs/pull/${number}/merge`);
    await save('k-main', 'main', main());
    await save('k-pull', 'pull', pull(7));
    await save('k-main-later', 'main again', main());
    expect(await restore('none', ['k-'], pull(7))).toEqual(['k-pull', 'pull']);
    expect(await restore('none', ['k-'], pull(8))).toEqual(['k-main-later', 'main again']);
    expect(await restore('k-pull', [], main())).toEqual([undefined, undefined]);
    expect(await save('k-main', 'own', pull(7))).toBeGreaterThan(0);
  });

  test('of a read-only run are read and not written', async () => {
    await save('k-1', 'one', main());
    const readOnly = on('refs/heads/main', [], 'read');
    expect(await save('k-2', 'two', readOnly)).toBe(-1);
    expect(toolkit.output()).toContain('cache write denied:');
    expect(await restore('k-1', [], readOnly)).toEqual(['k-1', 'one']);
  });

  test('are not read without a readable scope', async () => {
    expect(await restore('k-1', [], { ACTIONS_RUNTIME_TOKEN: makeRuntimeToken(1, 'job-1', []) })).toEqual([
      undefined,
      undefined,
    ]);
    expect(toolkit.output()).toContain('cache read denied:');
  });

  test('that were reserved and never finished take the key and are not restored', async () => {
    const entry = { key: 'k-1', version: 'v' };
    const { body } = await ask('CacheService/CreateCacheEntry', entry);
    await fetch(String(body['signed_upload_url']), {
      method: 'PUT',
      headers: { 'x-ms-blob-type': 'BlockBlob' },
      body: 'abc',
    });
    const find = async () => (await ask('CacheService/GetCacheEntryDownloadURL', entry)).body['ok'];
    expect(await find()).toBe(false);
    expect((await ask('CacheService/CreateCacheEntry', entry)).status).toBe(409);
    const finish = async (size_bytes: string) =>
      (await ask('CacheService/FinalizeCacheEntryUpload', { ...entry, size_bytes })).body['ok'];
    expect([await finish('4'), await find(), await finish('3'), await find()]).toEqual([false, false, true, true]);
  });

  test('can be evicted, by prefix or all of them', async () => {
    for (const key of ['k-1', 'k-2', 'l-1']) await save(key, key, main());
    const bytes = caches.map(({ blob }) => blob);
    results.state.evict('k-');
    expect(caches.map(({ key }) => key)).toEqual(['l-1']);
    expect(await restore('k-1', ['k-'], main())).toEqual([undefined, undefined]);
    expect(await restore('l-1', [], main())).toEqual(['l-1', 'l-1']);
    const asked = bytes.map(
      ({ name, downloadKey }) => `${server.origin}/blobs/actions-results/${name}?sig=${downloadKey}`,
    );
    expect(await Promise.all(asked.map(async (url) => (await fetch(url)).status))).toEqual([404, 404, 200]);
    expect(await save('k-1', 'two', main())).toBeGreaterThan(0);
    results.state.evict();
    expect(caches).toEqual([]);
  });
});
