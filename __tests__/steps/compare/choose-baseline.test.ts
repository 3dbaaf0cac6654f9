import { beforeEach, describe, expect, test } from '@jest/globals';
import type { GitHubContext } from '../../../src/core/inputs/context.ts';
import { sha256 } from '../../../src/core/text/sha256.ts';
import { GitHubError, type PullRequest } from '../../../src/ports/github.ts';
import { chooseBaseline } from '../../../src/steps/compare/choose-baseline.ts';
import { loadBaseline } from '../../../src/steps/compare/load-baseline.ts';
import { createFakes, type Fakes } from '../../fakes/ports.ts';
import { type Began, begin, GRADES, HOUR_MS, leaveGrades, NAME, on, onPullRequest } from './world.ts';

let fakes: Fakes;
beforeEach(() => {
  fakes = createFakes();
});

/** The run that is chosen, or the code of why there is none, and the codes of what is refused; or the code of the rejection. */
async function choose({ run, store, requests }: Began): Promise<readonly [number | string, ...string[]]> {
  const chosen = await chooseBaseline(run, store, requests);
  if (!chosen.ok) {
    const { problems, failures } = chosen.outcome;
    return ['rejected', ...problems.map(({ code }) => code), ...failures.map(({ code }) => code)];
  }
  const { value } = chosen;
  const refused = value.refused.map(({ runId, refusal }) => `${runId} ${refusal.code}`);
  if ('none' in value) return [value.none.code, ...refused];
  return value.chosen.kind === 'path' ? ['path'] : [value.chosen.artifact.candidate.runId, ...refused];
}

const chosenBy = async (context?: GitHubContext, inputs?: Readonly<Record<string, string>>) =>
  choose(await begin(fakes, inputs, context));

const fail = (kind: GitHubError['kind']) => new GitHubError(kind, { code: 'quoted', text: kind });

test('the newest run that measured the base of the pull request', async () => {
  leaveGrades(fakes, 12, { ageDays: 2 });
  leaveGrades(fakes, 13, { ageDays: 1 });
  leaveGrades(fakes, 14, { measured: { ref: 'refs/heads/topic' }, listed: { branch: 'topic' }, ageDays: 0.5 });
  expect(await chosenBy()).toEqual([13]);
  expect(fakes.log.messages.filter(({ code }) => code === 'baseline-chosen')).toHaveLength(1);
});

test.each<[string, GitHubContext, string]>([
  ['a push to main', on('push'), 'first-run'],
  ['a schedule', on('schedule'), 'first-run'],
  ['a push to another branch', on('push', { ref: 'refs/heads/topic' }), 'none-yet'],
  ['a pull request', onPullRequest(), 'none-yet'],
  ['a comment, whose run is of main as well', on('issue_comment'), 'none-yet'],
])('without any run to compare with, for %s', async (_, context, code) => {
  expect(await chosenBy(context)).toEqual([code]);
});

describe('what is left on the disk', () => {
  const left = () =>
    [...fakes.files.disk].map(([path, content]) => [path.split('/').slice(-2).join('/'), `${content}`]);

  test('the grades of the chosen one alone', async () => {
    leaveGrades(fakes, 12, { ageDays: 2 });
    leaveGrades(fakes, 13, { grades: `${GRADES}\n`, measured: { cases: 3 } });
    leaveGrades(fakes, 14, { measured: { complete: false } });
    expect(await chosenBy()).toEqual([12, '14 incomplete', '13 unreadable']);
    expect(left()).toEqual([['.baseline/grades.jsonl', GRADES]]);
  });

  test('nothing where none is chosen', async () => {
    leaveGrades(fakes, 13, { measured: { grades: 'ab'.repeat(32) } });
    leaveGrades(fakes, 14, { listed: { content: new Map([['results.jsonl', '{}']]) } });
    expect(await chosenBy()).toEqual(['refused', '14 unread', '13 grades-edited']);
    expect(left()).toEqual([]);
  });
});

describe('what is not believed, with an older run to take instead and without', () => {
  type Left = Parameters<typeof leaveGrades>[2];
  test.each<[string, Left]>([
    ['fork', { listed: { isFromFork: true, branch: 'main' } }],
    ['fork', { measured: { repository: 'mallory/evals' } }],
    ['other-workflow', { measured: { workflow: '.github/workflows/other.yml' } }],
    ['other-name', { measured: { name: 'other' } }],
    ['incomplete', { measured: { complete: false } }],
    ['expired', { listed: { isExpired: true } }],
    ['edited', { spoil: (text) => text.replace('"complete":true', '"complete":true ').replace('main', 'mine') }],
    ['other-version', { measured: { schema: 2 as 1 } }],
    ['unreadable', { spoil: () => 'a foreign artifact of the same name' }],
    ['unread', { listed: { content: new Map([['results.jsonl', '{}']]) } }],
    ['unread', { listed: { bytes: 10_000_000_000 } }],
    ['grades-edited', { measured: { grades: 'ab'.repeat(32) } }],
    ['unreadable', { measured: { cases: 3 } }],
    ['unreadable', { grades: GRADES.replace('}]}', '') }],
  ])('%s', async (code, left) => {
    leaveGrades(fakes, 13, left);
    expect(await chosenBy()).toEqual(['refused', `13 ${code}`]);
    leaveGrades(fakes, 12, { ageDays: 2 });
    expect(await chosenBy(onPullRequest({ GITHUB_RUN_ID: '100' }))).toEqual([12, `13 ${code}`]);
  });

  test.each<[string, Left]>([
    ['pull-request', { measured: { pullRequest: 8, event: 'pull_request', ref: 'refs/pull/8/merge' } }],
    ['event', { measured: { event: 'workflow_run' } }],
    ['event', { measured: { event: 'issue_comment' } }],
    ['other-branch', { measured: { ref: 'refs/heads/release' } }],
  ])('%s, without a word, because that is everyday', async (_, left) => {
    leaveGrades(fakes, 13, left);
    expect(await chosenBy()).toEqual(['none-yet']);
    leaveGrades(fakes, 12, { ageDays: 2 });
    expect(await chosenBy(onPullRequest({ GITHUB_RUN_ID: '100' }))).toEqual([12]);
  });

  test('what this run left itself in an earlier attempt, and what is newer than this run', async () => {
    leaveGrades(fakes, 99, { ageDays: 0.1 });
    leaveGrades(fakes, 14, { ageDays: -0.1 });
    expect(await chosenBy(onPullRequest({ GITHUB_RUN_ATTEMPT: '2' }))).toEqual(['none-before']);
  });

  test('what is newer than this run, of another branch', async () => {
    leaveGrades(fakes, 14, { ageDays: -0.1, listed: { branch: 'topic' } });
    expect(await chosenBy()).toEqual(['none-yet']);
  });
});

describe('several of one run', () => {
  test('two steps with one name: neither', async () => {
    leaveGrades(fakes, 12, { ageDays: 2 });
    leaveGrades(fakes, 13);
    leaveGrades(fakes, 13, { measured: { step: 'evals/other' }, listed: { name: `${NAME}-2` } });
    expect(await chosenBy()).toEqual([12, '13 two-steps', '13 two-steps']);
  });

  test('a later attempt counts before an earlier one, as soon as it is older than this run', async () => {
    const again = { run: { id: 13, attempt: 2 } };
    leaveGrades(fakes, 13, { measured: { complete: false } });
    leaveGrades(fakes, 13, { measured: again, listed: { name: `${NAME}-2` }, ageDays: 0.5 });
    expect(await chosenBy()).toEqual([13, '13 incomplete']);
    fakes.repositoryState.runCreatedAtMs = fakes.clock.time - 18 * HOUR_MS;
    expect(await chosenBy(onPullRequest({ GITHUB_RUN_ID: '100' }))).toEqual(['refused', '13 incomplete']);
  });

  test('artifacts of other names are not looked at', async () => {
    leaveGrades(fakes, 13);
    leaveGrades(fakes, 13, { measured: { step: 'x' }, listed: { name: `${NAME}-two` } });
    leaveGrades(fakes, 13, { measured: { step: 'x' }, listed: { name: 'claude-batch-evals-0' } });
    expect(await chosenBy()).toEqual([13]);
  });
});

describe('which branch', () => {
  beforeEach(() => {
    for (const [at, branch] of ['main', 'release', 'topic'].entries())
      leaveGrades(fakes, 20 + at, { measured: { ref: `refs/heads/${branch}` }, listed: { branch }, ageDays: 3 - at });
  });

  const pull: PullRequest = {
    number: 7,
    headSha: 'c0ffee',
    headRepository: 'octo/evals',
    headBranch: 'topic',
    baseBranch: 'release',
  };
  const triggered = (headRepository: string) => ({
    workflow_run: { head_branch: 'topic', head_sha: 'c0ffee', head_repository: { full_name: headRepository } },
  });

  test.each<[string, GitHubContext, number]>([
    ['the base of a pull request', onPullRequest({}, { base: 'release' }), 21],
    ['the default branch where the base has none', onPullRequest({}, { base: 'develop' }), 20],
    ['of a push to main: main', on('push'), 20],
    ['of a schedule whose event does not name it: main', on('schedule', { event: { repository: null } }), 20],
    ['of a push to another branch: main', on('push', { ref: 'refs/heads/topic' }), 20],
    ['of a merge queue', on('merge_group', { event: { merge_group: { base_ref: 'refs/heads/release' } } }), 21],
  ])('%s', async (_, context, runId) => {
    expect(await chosenBy(context)).toEqual([runId]);
  });

  test.each<[string, GitHubContext]>([
    ['a push', on('push', { ref: 'refs/heads/topic', env: { GITHUB_SHA: 'c0ffee' } })],
    ['a comment', on('issue_comment', { event: { issue: { number: 7, pull_request: {} } } })],
    ['a run after another one', on('workflow_run', { event: triggered('octo/evals') })],
  ])('for %s, the base of the pull request is looked up', async (_, context) => {
    expect(await chosenBy(context)).toEqual([20]);
    fakes.repositoryState.pulls.push(pull);
    expect(await chosenBy({ ...context, runId: 100 })).toEqual([21]);
    const denied = fail('forbidden');
    for (const call of ['pullRequest', 'pullRequestsOfBranch', 'pullRequestsOfCommit'])
      fakes.repositoryState.failOn(call, denied);
    expect(await chosenBy({ ...context, runId: 101 })).toEqual([20]);
  });

  test('a run after that of a fork is compared with ours', async () => {
    expect(await chosenBy(on('workflow_run', { event: triggered('mallory/evals') }))).toEqual([20]);
  });

  test('a new branch without a baseline of main is compared with itself', async () => {
    fakes.runArtifactState.artifacts.splice(0, 2);
    expect(await chosenBy(on('push', { ref: 'refs/heads/topic' }))).toEqual([22]);
    expect(await chosenBy(onPullRequest({ GITHUB_RUN_ID: '100' }))).toEqual(['none-yet']);
  });
});

test('a run that ran for another branch may have measured main, when it finished what main had sent', async () => {
  leaveGrades(fakes, 12, { ageDays: 2 });
  leaveGrades(fakes, 13, { listed: { branch: 'topic' } });
  expect(await chosenBy()).toEqual([13]);
});

test('among many of pull requests, that of main is found', async () => {
  leaveGrades(fakes, 12, { ageDays: 2 });
  const measured = { pullRequest: 8, event: 'pull_request', ref: 'refs/pull/8/merge' };
  for (let run = 0; run < 150; run += 1) leaveGrades(fakes, 1_000 + run, { measured, listed: { branch: `b${run}` } });
  expect(await chosenBy()).toEqual([12]);
});

test('a fork cannot hide it behind runs of its own', async () => {
  leaveGrades(fakes, 12, { ageDays: 2 });
  for (let run = 0; run < 100; run += 1) leaveGrades(fakes, 1_000 + run, { listed: { isFromFork: true } });
  const [chosen, ...refused] = await chosenBy();
  expect([chosen, refused.length]).toEqual([12, 12]);
});

/** Ports whose downloads are noted, by artifact; each takes so long. */
function watchDownloads(tookMs = 0): { readonly ports: Fakes; readonly downloads: readonly number[] } {
  const downloads: number[] = [];
  const runArtifacts: Fakes['runArtifacts'] = {
    ...fakes.runArtifacts,
    async download(artifact, to) {
      downloads.push(artifact.id);
      fakes.clock.time += tookMs;
      return fakes.runArtifacts.download(artifact, to);
    },
  };
  return { ports: { ...fakes, runArtifacts }, downloads };
}

test('each artifact is downloaded once, until the baseline is read', async () => {
  const { id } = leaveGrades(fakes, 12, { ageDays: 2 });
  const spoiled = leaveGrades(fakes, 13, { measured: { cases: 3 } });
  const { ports, downloads } = watchDownloads();
  const { run, store, requests } = await begin(ports);
  const chosen = await chooseBaseline(run, store, requests);
  expect(chosen).toMatchObject({ ok: true, value: { refused: [{ runId: 13 }] } });
  if (chosen.ok) expect(await loadBaseline(run, chosen.value)).toMatchObject({ used: { runId: 12 } });
  expect(downloads.toSorted()).toEqual([id, spoiled.id]);
});

test('a GitHub that takes minutes does not hold up the run for long', async () => {
  for (let run = 0; run < 30; run += 1) leaveGrades(fakes, 100 + run, { measured: { complete: false } });
  const { ports, downloads } = watchDownloads(60_000);
  expect((await choose(await begin(ports)))[0]).toBe('refused');
  expect(downloads).toHaveLength(4);
});

describe('later attempts and other runs', () => {
  const attempt = (number: number, runId = '99') =>
    onPullRequest({ GITHUB_RUN_ID: runId, GITHUB_RUN_ATTEMPT: String(number) });

  /** Submits as a run does, so that its record is stored. */
  async function submit({ store }: Began): Promise<void> {
    store.startRound(0, [{ count: 2, sha256: 'ee'.repeat(32) }]);
    await store.recordIntent({ round: 0, shard: 0 }, null);
  }

  test('compare with what the first one chose, although a newer one could be had', async () => {
    leaveGrades(fakes, 12, { ageDays: 2 });
    const first = await begin(fakes, {}, attempt(1));
    expect(await choose(first)).toEqual([12]);
    await submit(first);
    // As when the clock of an upload was wrong: created before this run, and not there yet.
    leaveGrades(fakes, 13, { ageDays: 1 });
    expect(await chosenBy(attempt(2))).toEqual([12]);
    expect(await chosenBy(attempt(1, '100'))).toEqual([13]);
    expect(await chosenBy(attempt(3))).toEqual([12]);
  });

  test('also where the first one to choose found the batch submitted, and was killed right after', async () => {
    await submit(await begin(fakes, {}, attempt(1)));
    leaveGrades(fakes, 12, { ageDays: 2 });
    expect(await chosenBy(attempt(2))).toEqual([12]);
    leaveGrades(fakes, 13, { ageDays: 1 });
    expect(await chosenBy(attempt(3))).toEqual([12]);
  });

  test('also where the requests are submitted once more', async () => {
    leaveGrades(fakes, 12, { ageDays: 2 });
    const first = await begin(fakes, {}, attempt(1));
    expect(await choose(first)).toEqual([12]);
    await submit(first);
    await first.store.markCollected({ phase: 'canceled', reportedUsd: 0n, artifact: null });
    leaveGrades(fakes, 13, { ageDays: 1 });
    const second = await begin(fakes, {}, attempt(2));
    expect(await choose(second)).toEqual([12]);
    await submit(second);
    expect(second.store.record.generation).not.toBe(first.store.record.generation);
    expect(await chosenBy(attempt(3))).toEqual([12]);
  });

  test('also where another run turns out to submit the same', async () => {
    leaveGrades(fakes, 12, { ageDays: 2 });
    const other = await begin(fakes, {}, attempt(1, '98'));
    const first = await begin(fakes, {}, attempt(1));
    expect([await choose(other), await choose(first)]).toEqual([[12], [12]]);
    await submit(other);
    first.store.switchTo(other.store.record);
    await first.store.heartbeat();
    leaveGrades(fakes, 13, { ageDays: 1 });
    expect([await chosenBy(attempt(2)), await chosenBy(attempt(2, '98'))]).toEqual([[12], [12]]);
  });

  test('nothing takes the place of what is gone, or expired', async () => {
    leaveGrades(fakes, 11, { ageDays: 3 });
    const { id } = leaveGrades(fakes, 12, { ageDays: 2 });
    const first = await begin(fakes, {}, attempt(1));
    expect(await choose(first)).toEqual([12]);
    await submit(first);
    const { artifacts } = fakes.runArtifactState;
    const at = artifacts.findIndex((one) => one.id === id);
    const [one] = artifacts.splice(at, 1);
    expect(await chosenBy(attempt(2))).toEqual(['refused', '12 expired']);
    if (one !== undefined) artifacts.push({ ...one, isExpired: true });
    expect(await chosenBy(attempt(3))).toEqual(['refused', '12 expired']);
  });

  test.each<[string, Parameters<typeof leaveGrades>[2]]>([
    ['fork', { listed: { isFromFork: true } }],
    ['edited', { spoil: (text) => text.replace('main', 'mine') }],
    ['grades-edited', { measured: { grades: sha256(GRADES.replace('false', 'true')) } }],
    ['unreadable', { measured: { cases: 3 } }],
    ['unreadable', { grades: `${GRADES}{"custom_id":"c"}\n`, measured: { cases: 3 } }],
    ['unreadable', { grades: GRADES.replace('"schema":1', '"schema":2') }],
    ['unreadable', { grades: GRADES.replace('}]}', '') }],
  ])('what a record names is checked as well: %s', async (code, left) => {
    leaveGrades(fakes, 12);
    const first = await begin(fakes, {}, attempt(1));
    expect(await choose(first)).toEqual([12]);
    await submit(first);
    fakes.runArtifactState.artifacts.length = 0;
    leaveGrades(fakes, 12, left);
    leaveGrades(fakes, 13, { ageDays: 0.5 });
    expect(await chosenBy(attempt(2))).toEqual(['refused', `12 ${code}`]);
  });

  test('evaluations that share a record choose each for itself', async () => {
    leaveGrades(fakes, 12);
    const first = await begin(fakes, {}, attempt(1));
    expect(await choose(first)).toEqual([12]);
    await submit(first);
    expect(await chosenBy(attempt(2), { name: 'other' })).toEqual(['none-yet']);
    expect(await chosenBy(attempt(2), { baseline: 'run:12' })).toEqual([12]);
  });
});

describe('a run by its ID', () => {
  const inputs = { baseline: 'run:12' };

  test('counts, whatever it measured', async () => {
    leaveGrades(fakes, 12, { measured: { pullRequest: 7, event: 'pull_request', ref: 'refs/pull/7/merge' } });
    leaveGrades(fakes, 13);
    expect(await chosenBy(undefined, inputs)).toEqual([12]);
  });

  test('is checked all the same', async () => {
    expect(await chosenBy(undefined, inputs)).toEqual(['not-in-run']);
    leaveGrades(fakes, 12, { listed: { isFromFork: true } });
    expect(await chosenBy(undefined, inputs)).toEqual(['refused', '12 fork']);
  });

  test('of a run that does not exist', async () => {
    fakes.runArtifactState.failOn('list', fail('gone'));
    expect(await chosenBy(undefined, inputs)).toEqual(['not-in-run']);
  });

  describe('with a gate', () => {
    const gated = { ...inputs, 'max-drop': '2' };

    test('a run without such grades, or that does not exist, is told before anything is sent', async () => {
      leaveGrades(fakes, 13);
      expect(await chosenBy(undefined, gated)).toEqual(['rejected', 'baseline-run']);
      fakes.runArtifactState.failOn('list', fail('gone'));
      expect(await chosenBy(undefined, gated)).toEqual(['rejected', 'baseline-run']);
    });

    test('what was submitted before is collected all the same', async () => {
      expect(await chosenBy(undefined, { ...gated, 'batch-id': 'msgbatch_1' })).toEqual(['not-in-run']);
    });

    test('where GitHub does not say, or says more than that, nothing is rejected', async () => {
      fakes.runArtifactState.failOn('list', fail('unavailable'));
      expect(await chosenBy(undefined, gated)).toEqual(['not-listed']);
      leaveGrades(fakes, 12, { measured: { complete: false } });
      expect(await chosenBy(undefined, gated)).toEqual(['refused', '12 incomplete']);
    });
  });
});

test('runs of another workflow', async () => {
  leaveGrades(fakes, 12);
  const inputs = { 'baseline-workflow': 'ci.yml' };
  const elsewhere = { GITHUB_WORKFLOW_REF: 'octo/evals/.github/workflows/pull.yml@refs/pull/7/merge' };
  expect(await chosenBy(onPullRequest(elsewhere))).toEqual(['none-yet']);
  expect(await chosenBy(onPullRequest(elsewhere), inputs)).toEqual([12]);
});

test.each([
  ['a pull request', onPullRequest()],
  ['main, whose runs are of this workflow', on('push')],
])('no run of another workflow, for %s: it says what was looked for', async (_, context) => {
  await chosenBy(context, { 'baseline-workflow': 'nightly.yml' });
  const why = { code: 'none-of-workflow', workflow: 'nightly.yml', name: 'evals-0', branch: 'main' };
  expect(fakes.log.messages).toContainEqual({ code: 'no-baseline', why });
});

describe('a path', () => {
  const inputs = { baseline: './old' };
  const put = (content: string, path = '/w/old/grades.jsonl') => fakes.files.disk.set(path, Buffer.from(content));

  test.each(['/w/old/grades.jsonl', '/w/old'])('to %s', async (path) => {
    put(GRADES, path);
    expect(await chosenBy(undefined, inputs)).toEqual(['path']);
  });

  test.each([
    ['to nothing', undefined],
    ['to no grades', '{"custom_id":"a"}\n'],
    ['to an empty file', '\n'],
    ['to one with a line of a newer version', `${GRADES}{"schema":2}\n`],
  ])('%s is told before anything is sent', async (_, content) => {
    if (content !== undefined) put(content);
    expect(await chosenBy(undefined, inputs)).toEqual(['rejected', 'baseline-path']);
  });
});

test.each([
  ['turned off', { baseline: 'none' }],
  ['turned off with another gate', { baseline: 'none', 'min-pass-rate': '90' }],
])('%s: GitHub is not asked', async (_, inputs) => {
  fakes.runArtifactState.failOn('list', fail('forbidden'));
  expect(await chosenBy(undefined, inputs)).toEqual(['turned-off']);
});

test('nor for requests without cases', async () => {
  const { requests, ...began } = await begin(fakes, { 'max-drop': '2' });
  fakes.runArtifactState.failOn('list', fail('forbidden'));
  expect(await choose({ ...began, requests: { ...requests, cases: undefined } })).toEqual(['turned-off']);
});

describe('without the permission', () => {
  test.each(['list', 'download'])('to %s: said, and with a gate rejected', async (call) => {
    leaveGrades(fakes, 12);
    fakes.runArtifactState.failOn(call, fail('forbidden'), 2);
    expect(await chosenBy()).toEqual(['not-permitted']);
    expect(await chosenBy(undefined, { 'max-drop': '2' })).toEqual(['rejected', 'baseline-not-permitted']);
  });

  test('what was submitted before is collected all the same', async () => {
    const began = await begin(fakes, { 'max-drop': '2' });
    began.store.takeGiven({
      ...{ id: 'msgbatch_1', status: 'ended', createdAt: '2026-11-22T10:00:00Z', endedAt: null, archivedAt: null },
      ...{ expiresAt: '', counts: { processing: 0, succeeded: 2, errored: 0, canceled: 0, expired: 0 } },
    });
    fakes.runArtifactState.failOn('list', fail('forbidden'));
    expect(await choose(began)).toEqual(['not-permitted']);
    fakes.runArtifactState.failOn('list', fail('forbidden'));
    expect(await chosenBy(undefined, { 'max-drop': '2', 'batch-id': 'msgbatch_1' })).toEqual(['not-permitted']);
  });
});

test('GitHub is out of order: said, and no reason to stop', async () => {
  leaveGrades(fakes, 12);
  fakes.runArtifactState.failOn('list', fail('unavailable'));
  expect(await chosenBy(undefined, { 'max-drop': '2' })).toEqual(['not-listed']);
  fakes.repositoryState.failOn('runCreatedAt', fail('unavailable'));
  expect(await chosenBy()).toEqual([12]);
});

test('from 7 days on it is old, and that is warned of', async () => {
  const age = async (runId: string) => {
    const { run, store, requests } = await begin(fakes, {}, onPullRequest({ GITHUB_RUN_ID: runId }));
    const chosen = await chooseBaseline(run, store, requests);
    if (!chosen.ok || !('chosen' in chosen.value) || chosen.value.chosen.kind !== 'artifact') return undefined;
    const { ageDays, isOld } = chosen.value.chosen.artifact;
    return [ageDays, isOld];
  };
  leaveGrades(fakes, 12, { ageDays: 7 });
  expect(await age('99')).toEqual([7, true]);
  leaveGrades(fakes, 13, { ageDays: 6.9 });
  expect(await age('100')).toEqual([6, false]);
  const warned = fakes.log.messages.filter(({ code }) => code === 'baseline-is-old');
  expect(warned).toEqual([{ code: 'baseline-is-old', ref: 'refs/heads/main', days: 7 }]);
});
