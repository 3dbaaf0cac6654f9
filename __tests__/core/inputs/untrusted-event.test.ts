import { describe, expect, test } from '@jest/globals';
import { readStrangersCode, readUntrusted } from '../../../src/core/inputs/untrusted-event.ts';

const OURS = 'octo/evals';
const BOT = 'dependabot[bot]';
const PERSON = 'octocat';

interface Repo {
  readonly id?: number;
  readonly full_name?: string;
}
const ours: Repo = { id: 1, full_name: OURS };
const fork: Repo = { id: 2, full_name: 'mallory/evals' };
/** The part of an event that is about a pull request. */
function pull(repo: Repo | null | undefined, { base = ours, user = PERSON }: { base?: Repo; user?: string } = {}) {
  return { pull_request: { number: 7, user: { login: user }, head: { sha: 'h', repo }, base: { repo: base } } };
}
const OF_PULL = ['pull_request', 'pull_request_review', 'pull_request_review_comment'];

describe('an event without secrets', () => {
  test.each<[string, string, unknown, string, 'fork' | 'dependabot' | undefined]>([
    ...OF_PULL.flatMap((event): [string, string, unknown, string, 'fork' | 'dependabot' | undefined][] => [
      ['from a fork', event, pull(fork), PERSON, 'fork'],
      ['from a fork, by Dependabot of that fork', event, pull(fork), BOT, 'fork'],
      ['from a fork that was deleted', event, pull(null), PERSON, 'fork'],
      ['from a fork whose ID is not told', event, pull({ full_name: 'mallory/evals' }, { base: {} }), PERSON, 'fork'],
      ['of the repository', event, pull(ours), PERSON, undefined],
      ['of the repository in other letters', event, pull({ full_name: 'Octo/EVALS' }, { base: {} }), PERSON, undefined],
      [
        'of the repository, run again after it was renamed',
        event,
        pull({ id: 1, full_name: 'octo/old' }, { base: { id: 1, full_name: 'octo/old' } }),
        PERSON,
        undefined,
      ],
      ['by Dependabot', event, pull(ours), BOT, 'dependabot'],
      ['of Dependabot, pushed to or reviewed by a person', event, pull(ours, { user: BOT }), PERSON, undefined],
      ['without a head', event, pull(undefined), PERSON, undefined],
    ]),
    ...['push', 'create', 'deployment', 'deployment_status'].flatMap(
      (event): [string, string, unknown, string, 'dependabot' | undefined][] => [
        ['by Dependabot', event, {}, BOT, 'dependabot'],
        ['by a person', event, {}, PERSON, undefined],
      ],
    ),
    ['by Dependabot for its own pull request', 'pull_request_target', pull(ours, { user: BOT }), BOT, 'dependabot'],
    ['by Dependabot for that of a person', 'pull_request_target', pull(ours), BOT, undefined],
    ['by a person for one of Dependabot', 'pull_request_target', pull(ours, { user: BOT }), PERSON, undefined],
    ['from a fork, which has them', 'pull_request_target', pull(fork), PERSON, undefined],
    [
      'of a run of a fork',
      'workflow_run',
      { workflow_run: { event: 'pull_request', head_repository: fork } },
      PERSON,
      undefined,
    ],
    [
      'of a run of a fork that was deleted',
      'workflow_run',
      { workflow_run: { event: 'pull_request', head_repository: null } },
      PERSON,
      undefined,
    ],
    [
      'of a run by Dependabot',
      'workflow_run',
      { workflow_run: { event: 'pull_request', head_repository: ours } },
      BOT,
      undefined,
    ],
    ['on a pull request of a fork', 'issue_comment', { issue: { number: 7, pull_request: {} } }, PERSON, undefined],
    ['by Dependabot', 'issue_comment', { issue: { number: 7, pull_request: {} } }, BOT, undefined],
    [
      'in the queue',
      'merge_group',
      { merge_group: { head_ref: 'gh-readonly-queue/main/pr-7-abc' } },
      PERSON,
      undefined,
    ],
    ['at night', 'schedule', {}, BOT, undefined],
    ['by hand', 'workflow_dispatch', {}, PERSON, undefined],
    ['by somebody who is called alike', 'push', {}, 'dependabot', undefined],
  ])('%s: %s (%#)', (_, name, event, actor, expected) => {
    expect(readUntrusted({ name, actor, repository: OURS }, event)).toBe(expected);
  });
});

describe('code of strangers beside secrets', () => {
  const ofPull = { number: 7, head: { sha: 'head' }, merge_commit_sha: 'merge' };
  const ofRun = { event: 'pull_request', head_sha: 'head', pull_requests: [] };
  test.each<[string, string, unknown, ReturnType<typeof readStrangersCode>]>([
    ['with its merge', 'pull_request_target', { pull_request: ofPull }, { pullRequest: 7, commits: ['head', 'merge'] }],
    [
      'that does not merge',
      'pull_request_target',
      { pull_request: { ...ofPull, merge_commit_sha: null } },
      { pullRequest: 7, commits: ['head'] },
    ],
    [
      'that the workflow is of',
      'pull_request_target',
      { pull_request: { ...ofPull, merge_commit_sha: 'own' } },
      { pullRequest: 7, commits: ['head'] },
    ],
    ['that is merged', 'pull_request_target', { pull_request: { ...ofPull, merged: true } }, undefined],
    [
      'that is closed without a merge',
      'pull_request_target',
      { pull_request: { ...ofPull, merged: false } },
      { pullRequest: 7, commits: ['head', 'merge'] },
    ],
    [
      'that is merged',
      'issue_comment',
      { issue: { number: 7, pull_request: { merged_at: '2026-11-30T09:00:00Z' } } },
      undefined,
    ],
    ['of a branch of the repository', 'pull_request_target', pull(ours), undefined],
    ['of a fork', 'pull_request_target', pull(fork), { pullRequest: 7, commits: ['h'] }],
    ['of a deleted fork', 'pull_request_target', pull(null), { pullRequest: 7, commits: ['h'] }],
    ['of a branch of the repository', 'workflow_run', { workflow_run: { ...ofRun, head_repository: ours } }, undefined],
    [
      'of a deleted fork',
      'workflow_run',
      { workflow_run: { ...ofRun, head_repository: null } },
      { pullRequest: undefined, commits: ['head'] },
    ],
    [
      'of a fork, behind a run with secrets',
      'workflow_run',
      { workflow_run: { ...ofRun, event: 'pull_request_target', head_repository: fork, repository: ours } },
      { pullRequest: undefined, commits: ['head'] },
    ],
    ['of a fork', 'workflow_run', { workflow_run: ofRun }, { pullRequest: undefined, commits: ['head'] }],
    [
      'with a number',
      'workflow_run',
      { workflow_run: { ...ofRun, pull_requests: [{ number: 7 }] } },
      { pullRequest: 7, commits: ['head'] },
    ],
    [
      'that is merged without a commit',
      'workflow_run',
      { workflow_run: { ...ofRun, head_sha: 'own' } },
      { pullRequest: undefined, commits: [] },
    ],
    [
      'with a review',
      'workflow_run',
      { workflow_run: { ...ofRun, event: 'pull_request_review' } },
      { pullRequest: undefined, commits: ['head'] },
    ],
    ['pushed', 'workflow_run', { workflow_run: { ...ofRun, event: 'push' } }, undefined],
    ['commented on', 'issue_comment', { issue: { number: 7, pull_request: {} } }, { pullRequest: 7, commits: [] }],
    ['of no pull request', 'issue_comment', { issue: { number: 7 } }, undefined],
    ['without secrets', 'pull_request', { pull_request: ofPull }, undefined],
    ['of the branch itself', 'push', {}, undefined],
    [
      'in an odd event',
      'pull_request_target',
      { pull_request: { number: '7', head: [] } },
      { pullRequest: undefined, commits: [] },
    ],
    ['in none', 'workflow_run', undefined, undefined],
  ])('%s: %s', (_, name, event, expected) => {
    expect(readStrangersCode({ name, sha: 'own', repository: OURS }, event)).toEqual(expected);
  });
});
