import { describe, expect, test } from '@jest/globals';
import { baselineRefs, chooseBaseline, gradesArtifactName } from '../../../src/core/comparison/baseline.ts';
import { type Candidate, refuseUnread, type Seeker } from '../../../src/core/comparison/candidate.ts';
import { type Measured, printMeasured } from '../../../src/core/comparison/measured.ts';
import { MEASURED, SEEKER } from './cases.ts';

/** Artifact 1 of run 801 is the oldest, an hour before artifact 2 of run 802, and so on. */
function candidate(id: number, measured: Partial<Measured> = {}, more: Partial<Candidate> = {}): Candidate {
  return {
    artifactId: id,
    runId: 800 + id,
    createdAtMs: Date.parse('2026-11-20T09:00:00Z') + id * 3_600_000,
    isExpired: false,
    isFromFork: false,
    branch: 'main',
    content: { text: printMeasured({ ...MEASURED, ...measured }) },
    ...more,
  };
}

/** The chosen artifact, or the code of why there is none; and why others were refused, newest first. */
function choose(candidates: readonly Candidate[], seeker: Partial<Seeker> = {}) {
  const { baseline, refused } = chooseBaseline(candidates, { ...SEEKER, ...seeker });
  const said = 'chosen' in baseline ? baseline.chosen.candidate.artifactId : baseline.none.code;
  return [said, refused.map(({ artifactId, refusal }) => [artifactId, refusal.code])];
}

const reason = { code: 'time-limit', limitMs: 20_000 } as const;

describe('one artifact that is refused', () => {
  test.each<[string, Candidate, string]>([
    ['of a fork, by GitHub', candidate(1, {}, { isFromFork: true }), 'fork'],
    ['of a fork, measured by another run', candidate(1, { repository: 'mallory/app' }), 'fork'],
    ['expired', candidate(1, {}, { isExpired: true }), 'expired'],
    ['not downloaded', candidate(1, {}, { content: { failed: reason } }), 'unread'],
    ['unreadable', candidate(1, {}, { content: { text: 'graded: yes' } }), 'unreadable'],
    ['by a newer version', candidate(1, { schema: 2 as 1 }), 'other-version'],
    ['edited', candidate(1, {}, { content: { text: printMeasured(MEASURED).replace('main', 'mine') } }), 'edited'],
    ['of another workflow', candidate(1, { workflow: '.github/workflows/x.yml' }), 'other-workflow'],
    ['of another name', candidate(1, { name: 'evals-1' }), 'other-name'],
    ['of this run', candidate(1, {}, { runId: SEEKER.runId }), 'same-run'],
    ['newer than this run', candidate(1, {}, { createdAtMs: SEEKER.createdAtMs + 1_000 }), 'newer'],
    ['of two steps of one name', candidate(1, { shared: true }), 'two-steps'],
    ['incomplete', candidate(1, { complete: false }), 'incomplete'],
    ['for an event that runs where it was not measured', candidate(1, { event: 'workflow_run' }), 'event'],
    ['of a comment', candidate(1, { event: 'issue_comment' }), 'event'],
    ['of a pull request', candidate(1, { event: 'pull_request', pullRequest: 7 }), 'pull-request'],
    [
      'of a pull request, started by hand',
      candidate(1, { event: 'workflow_dispatch', pullRequest: 7 }),
      'pull-request',
    ],
    [
      'of a pull request, and incomplete as well',
      candidate(1, { event: 'pull_request', pullRequest: 7, complete: false, shared: true }),
      'pull-request',
    ],
    [
      'of a pull request from a fork, by what it measured',
      candidate(1, { repository: 'm/a', pullRequest: 7 }),
      'pull-request',
    ],
    ['that graded again what another collected', candidate(1, { regraded: true }), 'regraded'],
    ['that graded again and could not', candidate(1, { regraded: true, complete: false }), 'regraded'],
    ['expired, of another branch', candidate(1, {}, { isExpired: true, branch: 'topic' }), 'other-branch'],
    [
      'not downloaded, of another branch',
      candidate(1, {}, { content: { failed: reason }, branch: 'topic' }),
      'other-branch',
    ],
    ['unreadable, of another branch', candidate(1, {}, { content: { text: '' }, branch: 'topic' }), 'other-branch'],
    ['of another branch', candidate(1, { ref: 'refs/heads/topic' }), 'other-branch'],
    ['of a tag of the same name', candidate(1, { ref: 'refs/tags/main' }), 'other-branch'],
  ])('%s', (_, one, code) => {
    const everyday = ['same-run', 'newer', 'event', 'pull-request', 'other-branch', 'regraded'].includes(code);
    const none = code === 'newer' ? 'none-before' : 'none-yet';
    expect(choose([one])).toEqual([everyday ? none : 'refused', [[1, code]]]);
    // An older one is chosen instead.
    const good = candidate(0);
    expect(choose([good, one])).toEqual([0, [[1, code]]]);
  });

  test.each(['push', 'schedule', 'workflow_dispatch', 'repository_dispatch'])('but not for the event %s', (event) => {
    expect(choose([candidate(1, { event })])).toEqual([1, []]);
  });

  test('its names are shortened, since anybody may have written them', () => {
    const { refused } = chooseBaseline([candidate(1, { name: `x\n${'y'.repeat(5_000)}` })], SEEKER);
    expect(JSON.stringify(refused).length).toBeLessThan(400);
  });
});

test("GitHub's words are enough to refuse some before they are downloaded", () => {
  expect(refuseUnread(candidate(1), SEEKER)).toBeUndefined();
  expect(refuseUnread(candidate(1, {}, { isFromFork: true, isExpired: true }), SEEKER)).toEqual({ code: 'fork' });
});

describe('of several', () => {
  test("the newest by GitHub's clock, whatever the order of the list", () => {
    expect(choose([candidate(2), candidate(3), candidate(1)])).toEqual([3, []]);
    const together = { createdAtMs: candidate(1).createdAtMs };
    expect(choose([candidate(4, {}, together), candidate(5, {}, together)])).toEqual([5, []]);
  });

  test('the base branch goes before the default branch, and that before this one', () => {
    const refs = ['refs/heads/release', 'refs/heads/main', 'refs/heads/topic'];
    const all = refs.map((ref, at) => candidate(at + 1, { ref }));
    expect(choose(all, { wants: { refs } })).toEqual([1, []]);
    expect(choose(all.slice(1), { wants: { refs } })).toEqual([2, []]);
    expect(choose(all.slice(2), { wants: { refs } })).toEqual([3, []]);
  });

  test('two steps of one run with this name: neither, while two attempts of one step are one', () => {
    const run = { runId: 812 };
    const other = candidate(3, { step: 'evals/other' }, run);
    expect(choose([candidate(1), candidate(2, {}, run), other])).toEqual([
      1,
      [
        [3, 'two-steps'],
        [2, 'two-steps'],
      ],
    ]);
    const again = candidate(3, { run: { id: 812, attempt: 2 } }, run);
    expect(choose([candidate(1), candidate(2, {}, run), again])).toEqual([3, []]);
    // Legs of a matrix are one step of one attempt.
    const leg = candidate(3, {}, run);
    expect(choose([candidate(1), candidate(2, {}, run), leg])).toEqual([1, expect.anything()]);
  });

  test('two steps of a pull request are a pull request', () => {
    const own = { event: 'pull_request', pullRequest: 7 };
    const [one, other] = [
      candidate(2, own, { runId: 812 }),
      candidate(3, { ...own, step: 'evals/other' }, { runId: 812 }),
    ];
    expect(choose([one, other])).toEqual([
      'none-yet',
      [
        [3, 'pull-request'],
        [2, 'pull-request'],
      ],
    ]);
  });

  test('another evaluation of that run makes no second step of it', () => {
    const run = { runId: 812 };
    const other = candidate(3, { step: 'evals/other', name: 'other' }, run);
    expect(choose([candidate(2, {}, run), other])).toEqual([2, [[3, 'other-name']]]);
  });

  test('none: what is said is the newest refusal that is not everyday', () => {
    const { baseline } = chooseBaseline(
      [
        candidate(1, {}, { isExpired: true }),
        candidate(2, { complete: false }),
        candidate(3, { ref: 'refs/heads/topic' }),
      ],
      SEEKER,
    );
    expect(baseline).toEqual({ none: { code: 'refused', runId: 802, refusal: { code: 'incomplete' } } });
  });

  test('none at all', () => {
    expect(chooseBaseline([], SEEKER).baseline).toEqual({ none: { code: 'none-yet', branch: 'main' } });
  });
});

describe('a run that the user named', () => {
  const wants = { runId: 802 };

  test('counts whatever it measured', () => {
    const topic = candidate(2, { ref: 'refs/pull/7/merge', event: 'pull_request', pullRequest: 7 });
    expect(choose([candidate(1), topic], { wants })).toEqual([2, [[1, 'other-run']]]);
  });

  test('is refused where it is not to be believed', () => {
    expect(choose([candidate(2, {}, { isFromFork: true })], { wants })).toEqual(['refused', [[2, 'fork']]]);
    expect(choose([candidate(2, { regraded: true })], { wants })).toEqual(['refused', [[2, 'regraded']]]);
    expect(choose([candidate(1)], { wants })).toEqual(['not-in-run', [[1, 'other-run']]]);
  });
});

describe('its age', () => {
  const age = (createdAt: string, nowMs = SEEKER.nowMs) => {
    const { baseline } = chooseBaseline([candidate(1, { createdAt })], { ...SEEKER, nowMs });
    return 'chosen' in baseline ? [baseline.chosen.ageDays, baseline.chosen.isOld] : [];
  };

  test.each([
    ['2026-11-20T08:00:00Z', 2, false],
    ['2026-11-15T12:00:01Z', 6, false],
    ['2026-11-15T12:00:00Z', 7, true],
    ['2026-11-20T13:00:00+02:00', 2, false],
    // Later than its artifact: then GitHub's time counts.
    ['2036-01-01T00:00:00Z', 2, false],
  ])('measured at %s: %i days', (createdAt, days, isOld) => {
    expect(age(createdAt)).toEqual([days, isOld]);
  });

  test('is that of the oldest answer, where it took earlier ones', () => {
    const at = (answersSince: string) => {
      const { baseline } = chooseBaseline([candidate(1, { createdAt: '2026-11-20T08:00:00Z', answersSince })], SEEKER);
      return 'chosen' in baseline ? [baseline.chosen.ageDays, baseline.chosen.isOld] : [];
    };
    expect(at('2026-11-12T12:00:00Z')).toEqual([10, true]);
    expect(at('2026-11-21T08:00:00Z')).toEqual([2, false]);
  });

  test('is never below 0', () => {
    expect(age('2026-11-20T08:00:00Z', 0)).toEqual([0, false]);
  });
});

test.each([
  [
    { baseBranch: 'release', defaultBranch: 'main', ref: 'refs/pull/7/merge' },
    ['refs/heads/release', 'refs/heads/main'],
  ],
  [{ baseBranch: 'main', defaultBranch: 'main', ref: 'refs/pull/7/merge' }, ['refs/heads/main']],
  [{ baseBranch: undefined, defaultBranch: 'main', ref: 'refs/heads/topic' }, ['refs/heads/main', 'refs/heads/topic']],
  [{ baseBranch: undefined, defaultBranch: 'main', ref: 'refs/heads/main' }, ['refs/heads/main']],
  [{ baseBranch: undefined, defaultBranch: 'main', ref: 'refs/tags/v1' }, ['refs/heads/main']],
  // Of a pull request, this branch is what is not merged yet.
  [{ baseBranch: 'main', defaultBranch: 'main', ref: 'refs/heads/topic' }, ['refs/heads/main']],
])('the refs of %j', (run, refs) => {
  expect(baselineRefs(run)).toEqual(refs);
});

test('the name of the artifact is that of workflow and name, and stays it', () => {
  expect(gradesArtifactName('.github/workflows/evals.yml', 'evals-0')).toBe('claude-batch-grades-ebc4c7fe492e8c61');
  expect(gradesArtifactName('a', 'b c')).not.toBe(gradesArtifactName('a b', 'c'));
});
