import { createHash } from 'node:crypto';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { printRefusal, type Refusal } from '../../scripts/release/refusals.ts';
import type { Fault } from '../../simulator/wire.ts';
import { createScene, type Scene } from './scene.ts';

// The script of the release, in a clone of a small project whose bundle is a copy of its source.

const BUNDLE = `import { readFileSync } from 'node:fs';
if (readFileSync('src/index.js', 'utf8') !== readFileSync('dist/index.js', 'utf8')) {
  console.error('dist/ differs');
  process.exit(1);
}
`;

let scene: Scene;
let commit: string;

beforeEach(async () => {
  scene = await createScene();
  commit = raise('1.0.0');
});

afterEach(async () => {
  const { errors } = scene;
  await scene.stop();
  expect(errors).toEqual([]);
});

/** Commits the project with this version, and pushes it. */
function raise(version: string): string {
  const packages = { '': { version }, 'node_modules/ms': { version: '2.1.3', license: 'MIT' } };
  scene.write({
    'package.json': JSON.stringify({ name: 'claude-batch-action', type: 'module', version }),
    'package-lock.json': JSON.stringify({ version, packages }),
    'CHANGELOG.md': `# Changelog\n\n## [${version}] - 2026-11-01\n\n- About ${version}.\n\n[${version}]: https://github.example/v${version}\n`,
    'README.md': `Pin \`octo-org/claude-batch-action@<commit> # v${version}\`.\n`,
    'docs/approve.md': `\`octo-org/claude-batch-action@v${version}\` cannot move.\n`,
    'action.yml': 'name: Claude batch\n',
    'schema/request.schema.json': '{}\n',
    'src/index.js': `// ${version}\n`,
    'dist/index.js': `// ${version}\n`,
    'dist/licenses.txt': 'ms 2.1.3 (MIT)\n\nFree.\n',
    'scripts/bundle.ts': BUNDLE,
    '.gitignore': 'build/\n',
  });
  return scene.commit();
}

const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');

/** What people see of the releases, oldest first. */
function releases() {
  return scene.repository.releases.map(({ tag, body, isPrerelease, isLatest, isImmutable, publishedAtMs, assets }) => ({
    ...{ tag, body, isPrerelease, isLatest, isImmutable, isDraft: publishedAtMs === undefined },
    assets: assets.map(({ name }) => name).sort(),
  }));
}

function released(version: string, changes: object = {}) {
  const assets = ['SHA256SUMS', 'sbom.cdx.json'];
  const kind = { isPrerelease: false, isLatest: true, isImmutable: true, isDraft: false };
  return { tag: `v${version}`, body: `- About ${version}.`, ...kind, assets, ...changes };
}

test('a check says what would be done, and does nothing', async () => {
  const { exitCode, stdout, stderr } = await scene.start('check', '--version', '1.0.0');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toContain(`Would tag ${commit} as v1.0.0.`);
  expect(stdout).toContain(`Would move the tag v1 to ${commit}.`);
  expect({ tags: scene.tags(), releases: releases() }).toEqual({ tags: {}, releases: [] });
  expect(readFileSync(join(scene.clone, 'build', 'release', 'NOTES.md'), 'utf8')).toBe('- About 1.0.0.\n');
});

test('a release has tag, notes, checksums and SBOM, and moves the rolling tag', async () => {
  expect(await scene.start('publish')).toMatchObject({ exitCode: 0, stderr: '' });
  expect(scene.tags()).toEqual({ 'v1.0.0': commit, v1: commit });
  expect(releases()).toEqual([released('1.0.0')]);
  const assets = new Map(scene.repository.releases[0]?.assets.map(({ name, content }) => [name, content.toString()]));
  const paths = ['action.yml', 'dist/index.js', 'dist/licenses.txt', 'schema/request.schema.json'];
  const lines = paths.map((path) => `${sha256(readFileSync(join(scene.clone, path)))}  ${path}\n`);
  expect(assets.get('SHA256SUMS')).toBe(lines.join(''));
  expect(JSON.parse(assets.get('sbom.cdx.json') ?? '')).toMatchObject({
    metadata: { component: { name: 'claude-batch-action', version: '1.0.0' } },
    components: [{ purl: 'pkg:npm/ms@2.1.3' }],
  });
  expect(scene.git('status', '--porcelain')).toBe('');
});

test('checksums are those of the files that are committed', async () => {
  scene.write({ '.gitignore': 'build/\n*.log\n', 'dist/left.log': 'left' });
  scene.commit();
  expect(await scene.release('publish')).toMatchObject({ exitCode: 0 });
  const sums = scene.repository.releases[0]?.assets.find(({ name }) => name === 'SHA256SUMS')?.content.toString();
  expect(sums).toContain('  dist/index.js\n');
  expect(sums).not.toContain('left.log');
});

test('what was checked is what is published', async () => {
  const folder = join(scene.clone, 'build', 'release');
  await scene.release('check');
  const checked = ['SHA256SUMS', 'sbom.cdx.json'].map((name) => readFileSync(join(folder, name), 'utf8'));
  rmSync(folder, { recursive: true });
  expect(await scene.release('publish')).toMatchObject({ exitCode: 0 });
  expect(scene.repository.releases[0]?.assets.map(({ content }) => content.toString())).toEqual(checked);
});

test('the next release moves the rolling tag on, a candidate leaves it', async () => {
  await scene.release('publish');
  const candidate = raise('1.1.0-rc.1');
  expect(await scene.release('publish')).toMatchObject({ exitCode: 0 });
  expect(scene.tags()).toEqual({ 'v1.0.0': commit, 'v1.1.0-rc.1': candidate, v1: commit });
  const next = raise('1.1.0');
  expect(await scene.release('publish')).toMatchObject({ exitCode: 0 });
  expect(scene.tags()).toEqual({ 'v1.0.0': commit, 'v1.1.0-rc.1': candidate, 'v1.1.0': next, v1: next });
  const major = raise('2.0.0');
  expect(await scene.release('publish')).toMatchObject({ exitCode: 0 });
  expect(scene.tags()).toMatchObject({ v1: next, v2: major });
  expect(releases()).toEqual([
    released('1.0.0'),
    released('1.1.0-rc.1', { isPrerelease: true, isLatest: false }),
    released('1.1.0'),
    released('2.0.0'),
  ]);
});

describe('is refused', () => {
  const elsewhere = 'http://github.localhost';

  const read = (path: string) => readFileSync(join(scene.clone, path), 'utf8');

  /** What a command says and that nothing came of it. */
  async function expectRefused(refusal: Refusal, ...args: Parameters<Scene['release']>): Promise<void> {
    const before = { tags: scene.tags(), releases: releases() };
    const { exitCode, stdout, stderr } = await scene.release(...args);
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `error: ${printRefusal(refusal)}\n`,
    });
    expect({ tags: scene.tags(), releases: releases() }).toEqual(before);
  }

  test('a second time', async () => {
    await scene.release('publish');
    const url = `${elsewhere}:${new URL(scene.server.origin).port}/octo-org/claude-batch-action/releases/tag/v1.0.0`;
    await expectRefused({ code: 'already-released', version: '1.0.0', url }, 'publish');
    scene.commit();
    await expectRefused({ code: 'already-released', version: '1.0.0', url }, 'publish');
  });

  test.each<[string, () => void, readonly string[]]>([
    ['a changed file', () => scene.write({ 'dist/index.js': '// other\n' }), ['dist/index.js']],
    ['a shipped file that is gone', () => rmSync(join(scene.clone, 'action.yml')), ['action.yml']],
    ['a file that is not tracked', () => scene.write({ 'dist/späm.js': '' }), ['dist/späm.js']],
    [
      'a change in the index',
      () => {
        scene.git('mv', 'action.yml', 'action.yaml');
        scene.write({ 'action.yml': 'name: Claude batch\n' });
      },
      ['action.yaml', 'action.yml'],
    ],
  ])('with %s', async (_, change, paths) => {
    change();
    await expectRefused({ code: 'dirty-tree', paths }, 'publish');
  });

  test('from another branch', async () => {
    scene.git('checkout', '--quiet', '-b', 'topic');
    await expectRefused({ code: 'wrong-branch', branch: 'topic', defaultBranch: 'main' }, 'publish');
  });

  test('from no branch', async () => {
    scene.git('checkout', '--quiet', '--detach');
    await expectRefused({ code: 'wrong-branch', branch: undefined, defaultBranch: 'main' }, 'publish');
  });

  test('at a commit that is not pushed', async () => {
    scene.git('commit', '--quiet', '--allow-empty', '--message', 'Local');
    const local = scene.git('rev-parse', 'HEAD');
    await expectRefused({ code: 'not-pushed', commit: local, defaultBranch: 'main' }, 'publish');
  });

  test('without a section in the changelog', async () => {
    scene.write({ 'CHANGELOG.md': '# Changelog\n\n## [Unreleased]\n\n- About 1.0.0.\n' });
    scene.commit();
    await expectRefused({ code: 'not-in-changelog', version: '1.0.0' }, 'publish');
  });

  test('with a document that names an older version, wherever it is', async () => {
    scene.write({ 'CHANGELOG.md': `${read('CHANGELOG.md')}\n## 0.9.0 - 2026-10-01\n\n- First.\n` });
    for (const page of [
      'SECURITY.md',
      'docs/adr/0001.md',
      'examples/workflows/a.yml',
      '.github/ISSUE_TEMPLATE/bug.yml',
    ]) {
      scene.write({ [page]: 'git checkout v0.9.0\n' });
      scene.commit();
      await expectRefused({ code: 'other-pin', version: '1.0.0', page, named: ['0.9.0'] }, 'publish');
      scene.write({ [page]: '' });
    }
  });

  test('as another version than was asked for', async () => {
    await expectRefused({ code: 'other-version', asked: '1.0.1', version: '1.0.0' }, 'publish', '1.0.1');
  });

  test('with a bundle that is not of the source, when it is checked', async () => {
    scene.write({ 'src/index.js': '// newer\n' });
    scene.commit();
    await expectRefused({ code: 'bundle-differs', said: 'dist/ differs' }, 'check');
  });

  test('where it is not newer', async () => {
    await scene.release('publish');
    raise('0.9.0');
    await expectRefused({ code: 'not-newer', version: '0.9.0', newest: '1.0.0' }, 'publish');
  });

  test('where its tag is at another commit', async () => {
    scene.git('push', '--quiet', 'origin', `${commit}:refs/tags/v1.0.0`);
    scene.write({ 'docs.md': 'New\n' });
    const head = scene.commit();
    await expectRefused({ code: 'tag-elsewhere', tag: 'v1.0.0', commit, head }, 'publish');
  });

  test('with a package in the bundle that is not locked', async () => {
    scene.write({ 'dist/licenses.txt': 'ms 2.1.4 (MIT)\n' });
    scene.commit();
    const { exitCode, stderr } = await scene.release('check');
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining('ms 2.1.4') });
  });

  (process.platform === 'win32' ? test.skip : test)('with a file whose name would be read as two lines', async () => {
    scene.write({ 'dist/a\nb.js': '' });
    scene.commit();
    expect(await scene.release('publish')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('a\\nb.js') });
    expect({ tags: scene.tags(), releases: releases() }).toEqual({ tags: {}, releases: [] });
  });

  test('without a command', async () => {
    expect(await scene.start()).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('Usage') });
  });
});

describe('goes on', () => {
  const whole = () => ({ tags: scene.tags(), releases: releases() });

  test.each<[string, Omit<Fault, 'does'>]>([
    ['the draft', { method: 'POST', path: /\/releases$/ }],
    ['the first upload', { method: 'POST', path: /\/assets$/ }],
    ['the second upload', { method: 'POST', path: /\/assets$/, after: 1 }],
    ['publishing', { method: 'PATCH', path: /\/releases\/\d+$/ }],
  ])('after %s broke off, before or behind GitHub', async (_, call) => {
    for (const [version, kind] of [['1.0.0', 'reset'] as const, ['1.1.0', 'reset-after'] as const]) {
      const head = raise(version);
      scene.server.faults.push({ ...call, does: { kind } });
      expect(await scene.release('publish')).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/^error: /) });
      expect(scene.tags()['v1']).not.toBe(head);
      scene.server.faults.length = 0;
      expect(await scene.release('publish')).toMatchObject({ exitCode: 0, stderr: '' });
      expect(scene.tags()).toMatchObject({ [`v${version}`]: head, v1: head });
    }
    expect(releases()).toEqual([released('1.0.0'), released('1.1.0')]);
  });

  test.each(['v1.0.0', 'v1'])('after the remote refused the tag %s', async (tag) => {
    const hook = join(scene.remote, 'hooks', 'update');
    writeFileSync(hook, `#!/bin/sh\ntest "$1" != refs/tags/${tag}\n`);
    chmodSync(hook, 0o755);
    expect(await scene.release('publish')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('git push') });
    expect(releases()).toEqual([
      released('1.0.0', tag === 'v1' ? {} : { isDraft: true, isImmutable: false, isLatest: false }),
    ]);
    rmSync(hook);
    expect(await scene.release('publish')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(whole()).toEqual({ tags: { 'v1.0.0': commit, v1: commit }, releases: [released('1.0.0')] });
  });

  test('with the files of the commit where the draft is of an older one', async () => {
    scene.server.faults.push({ method: 'POST', path: /\/assets$/, after: 1, does: { kind: 'reset-after' } });
    await scene.release('publish');
    scene.server.faults.length = 0;
    scene.write({ 'src/index.js': '// fixed\n', 'dist/index.js': '// fixed\n' });
    commit = scene.commit();
    expect(await scene.release('publish')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(whole()).toEqual({ tags: { 'v1.0.0': commit, v1: commit }, releases: [released('1.0.0')] });
    const sums = scene.repository.releases[0]?.assets.find(({ name }) => name === 'SHA256SUMS');
    expect(sums?.content.toString()).toContain(`${sha256('// fixed\n')}  dist/index.js\n`);
  });

  test('where the default branch has moved on', async () => {
    const other = join(scene.folder, 'other');
    scene.git('clone', '--quiet', scene.remote, other);
    scene.git('-C', other, 'commit', '--quiet', '--allow-empty', '--message', 'Later');
    scene.git('-C', other, 'push', '--quiet', 'origin', 'main');
    expect(await scene.release('publish')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(scene.tags()).toEqual({ 'v1.0.0': commit, v1: commit });
  });
});

test('where releases can be changed, no tag moves to one, until that is put right', async () => {
  const { repository } = scene;
  repository.hasImmutableReleases = false;
  for (const expected of [{ 'v1.0.0': commit }, { 'v1.0.0': commit }]) {
    expect(await scene.release('publish')).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/^error: /) });
    expect(scene.tags()).toEqual(expected);
  }
  repository.hasImmutableReleases = true;
  repository.releases.length = 0;
  expect(await scene.release('publish')).toMatchObject({ exitCode: 0, stderr: '' });
  expect(scene.tags()).toEqual({ 'v1.0.0': commit, v1: commit });
  expect(releases()).toEqual([released('1.0.0')]);
});
