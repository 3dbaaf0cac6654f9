import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Facts, ProjectFiles, Release } from '../../scripts/release/facts.ts';
import { planRelease } from '../../scripts/release/plan.ts';
import type { Refusal } from '../../scripts/release/refusals.ts';

const HEAD = 'a'.repeat(40);
const OLD = 'b'.repeat(40);
const URL = 'https://github.example/octo-org/evals/releases/1';

const sums = { name: 'SHA256SUMS', type: 'text/plain', text: 'abc  action.yml\n' };
const sbom = { name: 'sbom.cdx.json', type: 'application/json', text: '{}\n' };

function project(version: string): ProjectFiles {
  return {
    packageJson: JSON.stringify({ version }),
    packageLock: JSON.stringify({ version, packages: { '': { version } } }),
    changelog: `# Changelog\n\n## [${version}] - 2026-11-30\n\nNew things.\n\n## [0.1.0] - 2026-11-01\n\nOld things.\n\n[${version}]: https://github.example/v${version}\n`,
    pages: new Map([
      ['README.md', `Pin it: \`octo-org/claude-batch-action@<commit> # v${version}\`.\n`],
      ['docs/evals.md', 'uses: octo-org/claude-batch-action@v1\n'],
    ]),
  };
}

/** A checkout from which `version` can be released, but for what a test changes. */
function factsOf(version: string, changes: Partial<Facts> = {}): Facts {
  return {
    files: project(version),
    asked: undefined,
    checkout: {
      commit: HEAD,
      committedOn: '2026-11-29',
      branch: 'main',
      defaultBranch: 'main',
      isPushed: true,
      changed: [],
    },
    remoteTags: new Map(),
    releases: [],
    ...changes,
  };
}

function tags(at: Readonly<Record<string, string>>): Facts['remoteTags'] {
  return new Map(Object.entries(at).map(([tag, commit]) => [tag, { commit, object: commit }]));
}

function release(tag: string, changes: Partial<Release> = {}): Release {
  return {
    id: 1,
    tag,
    url: URL,
    isDraft: false,
    isImmutable: true,
    assets: [],
    uploadUrl: `${URL}/assets`,
    ...changes,
  };
}

function refusalsOf(facts: Facts): readonly Refusal[] {
  const decision = planRelease(facts, [sums, sbom]);
  return decision.kind === 'refused' ? decision.refusals : [];
}

function planOf(facts: Facts) {
  const decision = planRelease(facts, [sums, sbom]);
  if (decision.kind === 'refused') throw new Error(JSON.stringify(decision.refusals));
  return decision.plan;
}

describe('the files', () => {
  const other = project('1.2.0');
  const inChangelog = (changelog: string) => ({ ...other, changelog });
  const pinning = (page: string, text: string) => ({ ...other, pages: new Map([...other.pages, [page, text]]) });
  test.each<[string, Partial<Facts>, readonly Refusal[]]>([
    ['all say the same', {}, []],
    ['the version that was asked for', { asked: '1.2.0' }, []],
    [
      'another version was asked for',
      { asked: '1.3.0' },
      [{ code: 'other-version', asked: '1.3.0', version: '1.2.0' }],
    ],
    ['package.json has no version', { files: project('1.2') }, [{ code: 'not-a-version', version: '1.2' }]],
    [
      'the lock file is behind',
      { files: { ...other, packageLock: project('1.1.0').packageLock } },
      [{ code: 'lock-differs', version: '1.2.0', locked: ['1.1.0'] }],
    ],
    [
      'one place of the lock file is behind',
      {
        files: { ...other, packageLock: JSON.stringify({ version: '1.2.0', packages: { '': { version: '1.1.0' } } }) },
      },
      [{ code: 'lock-differs', version: '1.2.0', locked: ['1.2.0', '1.1.0'] }],
    ],
    [
      'the changelog does not have it',
      { files: inChangelog(project('1.1.0').changelog) },
      [{ code: 'not-in-changelog', version: '1.2.0' }],
    ],
    [
      'the changelog has it as not released',
      { files: inChangelog('## [Unreleased]\n\nNew things.\n') },
      [{ code: 'not-in-changelog', version: '1.2.0' }],
    ],
    [
      'the changelog has nothing more',
      { files: inChangelog(other.changelog.replace('## ', '## [Unreleased]\n\n## ')) },
      [],
    ],
    [
      'the changelog has more that is not released',
      { files: inChangelog(other.changelog.replace('## ', '## [Unreleased]\n\n- More.\n\n## ')) },
      [{ code: 'unreleased-notes', version: '1.2.0' }],
    ],
    [
      'the changelog has another one above',
      { files: inChangelog(`## [1.3.0] - 2026-12-01\n\nNewer.\n\n${other.changelog}`) },
      [{ code: 'not-first-in-changelog', version: '1.2.0', first: '1.3.0' }],
    ],
    [
      'the changelog has a day that is far away',
      { files: inChangelog(other.changelog.replace('2026-11-30', '2036-11-30')) },
      [{ code: 'day-ahead', version: '1.2.0', day: '2036-11-30', committedOn: '2026-11-29' }],
    ],
    ['the changelog has a day soon', { files: inChangelog(other.changelog.replace('2026-11-30', '2026-12-06')) }, []],
    [
      'the changelog has it twice',
      { files: inChangelog(`${other.changelog}\n## [1.2.0] - 2026-11-30\n\nMore.\n`) },
      [{ code: 'repeated-in-changelog', version: '1.2.0' }],
    ],
    [
      'the changelog has a heading of no version',
      { files: inChangelog(other.changelog.replace('New things.', 'New things.\n\n## Migration\n\nChange all.')) },
      [{ code: 'odd-changelog-line', line: 7, text: '## Migration' }],
    ],
    [
      'the changelog does not say where its version is',
      { files: inChangelog(other.changelog.replace(/^\[.*\]: .*$/m, '')) },
      [{ code: 'no-link', version: '1.2.0' }],
    ],
    [
      'the changelog leads to another version',
      { files: inChangelog(other.changelog.replace('example/v1.2.0', 'example/v1.1.0')) },
      [{ code: 'no-link', version: '1.2.0' }],
    ],
    [
      'the changelog links no version',
      { files: inChangelog(other.changelog.replace(/^\[.*\]: .*$/m, '').replace('[1.2.0]', '1.2.0')) },
      [],
    ],
    [
      'the changelog has only headings',
      { files: inChangelog(other.changelog.replace('New things.', '### Added')) },
      [{ code: 'no-notes', version: '1.2.0' }],
    ],
    [
      'the changelog has no day',
      { files: inChangelog(other.changelog.replace('2026-11-30', 'soon')) },
      [{ code: 'no-date', version: '1.2.0' }],
    ],
    [
      'the changelog says nothing',
      { files: inChangelog(other.changelog.replace('New things.', '')) },
      [{ code: 'no-notes', version: '1.2.0' }],
    ],
    [
      'the README pins none',
      { files: pinning('README.md', 'uses: octo-org/claude-batch-action@v1\n') },
      [{ code: 'no-pin', version: '1.2.0', page: 'README.md' }],
    ],
    [
      'the README pins an older one too',
      { files: pinning('README.md', `${other.pages.get('README.md')}octo-org/claude-batch-action@v1.2.0-rc.1.\n`) },
      [{ code: 'other-pin', version: '1.2.0', page: 'README.md', named: ['1.2.0', '1.2.0-rc.1'] }],
    ],
    [
      'another page pins an older one',
      { files: pinning('docs/approve.md', 'octo-org/claude-batch-action@<commit> # v1.1.0\n') },
      [{ code: 'other-pin', version: '1.2.0', page: 'docs/approve.md', named: ['1.1.0'] }],
    ],
    ...[
      'git checkout v0.1.0 && make',
      'See [it](https://github.example/releases/tag/v0.1.0).',
      '`octo-org/claude-batch-action@v0.1.0`',
    ].map((text): [string, Partial<Facts>, readonly Refusal[]] => [
      `a page says: ${text}`,
      { files: pinning('SECURITY.md', text) },
      [{ code: 'other-pin', version: '1.2.0', page: 'SECURITY.md', named: ['0.1.0'] }],
    ]),
    [
      'a page names a candidate that is only a tag',
      { files: pinning('docs/adr/1.md', 'Until then, write 1.2.0-rc.1.'), remoteTags: tags({ 'v1.2.0-rc.1': OLD }) },
      [{ code: 'other-pin', version: '1.2.0', page: 'docs/adr/1.md', named: ['1.2.0-rc.1'] }],
    ],
    ...['Since 0.1.0.', 'v9.9.9', 'a/checkout@x # v0.1.0', 'a/b/c@v0.1.0', 'v10.1.0 v0.1.0x 0.0.1.0'].map(
      (text): [string, Partial<Facts>, readonly Refusal[]] => [
        `a page says: ${text}, which is not ours`,
        { files: pinning('docs/a.md', text) },
        [],
      ],
    ),
    [
      'a page says that there is no rolling tag',
      { files: pinning('docs/a.md', 'There is no `v1` yet.') },
      [{ code: 'stale-note', page: 'docs/a.md', tag: 'v1' }],
    ],
    ['a page says so of the next one', { files: pinning('docs/a.md', 'There is no `v2` yet.') }, []],
    ['another page pins another action', { files: pinning('docs/approve.md', 'a/checkout@x # v7.0.1\n') }, []],
  ])('%s', (_, changes, refusals) => {
    expect(refusalsOf(factsOf('1.2.0', changes))).toEqual(refusals);
  });
});

describe('the checkout', () => {
  const { checkout } = factsOf('1.2.0');
  test.each<[string, Partial<Facts['checkout']>, readonly Refusal[]]>([
    ['has changes', { changed: ['dist/index.js', 'x'] }, [{ code: 'dirty-tree', paths: ['dist/index.js', 'x'] }]],
    ['is of another branch', { branch: 'topic' }, [{ code: 'wrong-branch', branch: 'topic', defaultBranch: 'main' }]],
    ['is of no branch', { branch: undefined }, [{ code: 'wrong-branch', branch: undefined, defaultBranch: 'main' }]],
    ['is not pushed', { isPushed: false }, [{ code: 'not-pushed', commit: HEAD, defaultBranch: 'main' }]],
  ])('%s', (_, changes, refusals) => {
    expect(refusalsOf(factsOf('1.2.0', { checkout: { ...checkout, ...changes } }))).toEqual(refusals);
  });

  test('everything that is wrong is told at once', () => {
    const changes = { ...checkout, branch: 'topic', defaultBranch: 'main', isPushed: false, changed: ['x'] };
    const facts = factsOf('1.2.0', { checkout: changes, asked: '2.0.0', remoteTags: tags({ 'v1.3.0': OLD }) });
    expect(refusalsOf(facts).map(({ code }) => code)).toEqual([
      ...['other-version', 'dirty-tree', 'wrong-branch', 'not-pushed', 'not-newer'],
    ]);
  });
});

describe('what is at the remote', () => {
  test.each<[string, string, Partial<Facts>, readonly Refusal[]]>([
    ['nothing', '1.2.0', {}, []],
    ['older versions', '1.2.0', { remoteTags: tags({ 'v1.1.9': OLD, v1: OLD, 'v1.2.0-rc.2': OLD }) }, []],
    ['tags of other things', '1.2.0', { remoteTags: tags({ nightly: OLD, 'x9.0.0': OLD }) }, []],
    [
      'a newer version',
      '1.2.0',
      { remoteTags: tags({ 'v1.10.0': OLD, 'v1.9.0': OLD }) },
      [{ code: 'not-newer', version: '1.2.0', newest: '1.10.0' }],
    ],
    [
      'the release that this is a candidate of',
      '1.2.0-rc.3',
      { remoteTags: tags({ 'v1.2.0': OLD }) },
      [{ code: 'not-newer', version: '1.2.0-rc.3', newest: '1.2.0' }],
    ],
    [
      'its tag at another commit',
      '1.2.0',
      { remoteTags: tags({ 'v1.2.0': OLD }) },
      [{ code: 'tag-elsewhere', tag: 'v1.2.0', commit: OLD, head: HEAD }],
    ],
    [
      'its release',
      '1.2.0',
      { remoteTags: tags({ 'v1.2.0': HEAD, v1: HEAD }), releases: [release('v1.2.0')] },
      [{ code: 'already-released', version: '1.2.0', url: URL }],
    ],
    [
      'the release of a candidate, which moves no tag',
      '1.2.0-rc.1',
      { remoteTags: tags({ 'v1.2.0-rc.1': HEAD }), releases: [release('v1.2.0-rc.1')] },
      [{ code: 'already-released', version: '1.2.0-rc.1', url: URL }],
    ],
    [
      'its release at another commit',
      '1.2.0',
      { remoteTags: tags({ 'v1.2.0': OLD, v1: OLD }), releases: [release('v1.2.0')] },
      [{ code: 'already-released', version: '1.2.0', url: URL }],
    ],
    ...[{}, { v1: 'c'.repeat(40) }, { v1: HEAD }].map(
      (more: Record<string, string>): [string, string, Partial<Facts>, readonly Refusal[]] => [
        `its release at another commit, with the rolling tag at ${more['v1']}`,
        '1.2.0',
        { remoteTags: tags({ 'v1.2.0': OLD, ...more }), releases: [release('v1.2.0')] },
        [{ code: 'rolling-tag-behind', tag: 'v1.2.0', rolling: 'v1', url: URL }],
      ],
    ),
    [
      'its release at another commit, with the rolling tag at a newer one',
      '1.2.0',
      { remoteTags: tags({ 'v1.2.0': OLD, 'v1.3.0': HEAD, v1: HEAD }), releases: [release('v1.2.0')] },
      [{ code: 'already-released', version: '1.2.0', url: URL }],
    ],
    [
      'the release of a candidate at another commit',
      '1.2.0-rc.1',
      { remoteTags: tags({ 'v1.2.0-rc.1': OLD }), releases: [release('v1.2.0-rc.1')] },
      [{ code: 'already-released', version: '1.2.0-rc.1', url: URL }],
    ],
    [
      'its release, which can still be changed',
      '1.2.0',
      { remoteTags: tags({ 'v1.2.0': HEAD }), releases: [release('v1.2.0', { isImmutable: false })] },
      [{ code: 'changeable-release', tag: 'v1.2.0', url: URL }],
    ],
    [
      'the release of a candidate, which can still be changed',
      '1.2.0-rc.1',
      { remoteTags: tags({ 'v1.2.0-rc.1': HEAD }), releases: [release('v1.2.0-rc.1', { isImmutable: false })] },
      [{ code: 'changeable-release', tag: 'v1.2.0-rc.1', url: URL }],
    ],
    [
      'a release of the rolling tag',
      '1.2.0',
      { remoteTags: tags({ v1: OLD }), releases: [release('v1')] },
      [{ code: 'rolling-tag-released', tag: 'v1', url: URL }],
    ],
    ['a release of the rolling tag, which a candidate leaves', '1.2.0-rc.1', { releases: [release('v1')] }, []],
  ])('%s', (_, version, changes, refusals) => {
    expect(refusalsOf(factsOf(version, changes))).toEqual(refusals);
  });
});

test('a candidate may say that there is no rolling tag', () => {
  const files = project('1.2.0-rc.1');
  const pages = new Map([...files.pages, ['docs/a.md', 'There is no `v1` yet.']]);
  expect(refusalsOf(factsOf('1.2.0-rc.1', { files: { ...files, pages } }))).toEqual([]);
});

describe('what is left to do', () => {
  const digest = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

  test('of a first release is all', () => {
    expect(planOf(factsOf('1.0.0'))).toEqual({
      subject: {
        version: expect.objectContaining({ text: '1.0.0' }),
        tag: 'v1.0.0',
        commit: HEAD,
        notes: 'New things.',
      },
      publishing: { draft: undefined, removed: [], uploaded: [sums, sbom], isTagged: false },
      rollingTag: 'v1',
    });
  });

  test('of a candidate moves no tag', () => {
    expect(planOf(factsOf('1.0.0-rc.1')).rollingTag).toBeUndefined();
  });

  test('of a release whose upload broke off is what is not uploaded, or is of another commit', () => {
    const assets = [
      { id: 1, name: 'SHA256SUMS', digest: digest(sums.text) },
      { id: 2, name: 'sbom.cdx.json', digest: undefined },
      { id: 3, name: 'other', digest: digest('other') },
    ];
    const draft = release('v1.0.0', { isDraft: true, isImmutable: false, assets });
    const { publishing } = planOf(factsOf('1.0.0', { releases: [release('v0.1.0'), draft] }));
    expect(publishing).toEqual({ draft, removed: assets.slice(1), uploaded: [sbom], isTagged: false });
  });

  test('of a release that was tagged and not published leaves the tag', () => {
    const { publishing } = planOf(factsOf('1.0.0', { remoteTags: tags({ 'v1.0.0': HEAD }) }));
    expect(publishing).toMatchObject({ draft: undefined, isTagged: true });
  });

  test('of a published release is the rolling tag', () => {
    const facts = factsOf('1.1.0', {
      remoteTags: tags({ 'v1.1.0': HEAD, 'v1.0.0': OLD, v1: OLD }),
      releases: [release('v1.1.0')],
    });
    expect(planOf(facts)).toMatchObject({ publishing: undefined, rollingTag: 'v1' });
  });

  test('of a release whose rolling tag is there already is the release', () => {
    const facts = factsOf('1.1.0', { remoteTags: tags({ v1: HEAD }) });
    expect(planOf(facts)).toMatchObject({ publishing: { isTagged: false }, rollingTag: undefined });
  });

  test('is told without GitHub', () => {
    expect(planOf(factsOf('1.0.0', { releases: undefined })).publishing?.draft).toBeUndefined();
  });
});
