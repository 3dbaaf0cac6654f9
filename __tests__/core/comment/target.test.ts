import { describe, expect, test } from '@jest/globals';
import { chooseTarget, pickPullRequest } from '../../../src/core/comment/target.ts';
import type { PullRequest } from '../../../src/ports/github.ts';
import { run } from '../summary/samples.ts';

const SHA = run.sha;
const triggeringRun = { headRepository: 'Fork/evals', headBranch: 'topic', headSha: SHA };
const push = { ...run, event: 'push', issue: undefined, ref: 'refs/heads/topic' };
const after = { ...push, event: 'workflow_run', ref: 'refs/heads/main', triggeringRun };

describe('chooseTarget', () => {
  test.each([
    ['the input', push, 12, { number: 12, of: 'either' }],
    ['the input over the event', run, 12, { number: 12, of: 'either' }],
    ['the input that names the event', run, 7, { number: 7, of: 'pull-request' }],
    ['the pull request of the event', run, undefined, { number: 7, of: 'pull-request' }],
    [
      'the issue of the event',
      { ...run, event: 'issues', issue: { number: 3, kind: 'issue' as const } },
      undefined,
      { number: 3, of: 'issue' },
    ],
    ['workflow_run', after, undefined, { owner: 'Fork', branch: 'topic' }],
    ['workflow_run that does not say of what', { ...after, triggeringRun: undefined }, undefined, undefined],
    [
      'workflow_run of a repository that is gone',
      { ...after, triggeringRun: { ...triggeringRun, headRepository: '' } },
      undefined,
      undefined,
    ],
    ['push', push, undefined, { sha: SHA }],
    ['schedule', { ...push, event: 'schedule' }, undefined, { sha: SHA }],
    ['no commit at all', { ...push, sha: '' }, undefined, undefined],
  ])('%s', (_, context, issueNumber, choice) => {
    expect(chooseTarget(context, issueNumber)).toEqual(choice);
  });
});

describe('pickPullRequest', () => {
  const head = { headSha: SHA, headRepository: 'octo/evals', headBranch: 'topic' };
  const pull: PullRequest = { number: 5, ...head, baseBranch: 'main' };
  const moved = { ...pull, headSha: 'f'.repeat(40) };
  const forked = { ...pull, headRepository: 'fork/evals' };

  test.each([
    ['none', push, [], undefined],
    ['the one at the commit', push, [{ ...moved, number: 4 }, pull], 5],
    ['the first of one head with two bases', push, [{ ...pull, number: 9 }, pull], 5],
    ['the only one, though it moved on', { ...push, ref: 'refs/tags/v1' }, [moved], 5],
    ['the one of the branch, though it moved on', push, [{ ...moved, number: 4, headBranch: 'on-top' }, moved], 5],
    ['none of several that moved on', { ...push, ref: 'refs/tags/v1' }, [moved, { ...moved, number: 6 }], undefined],
    ['workflow_run: repository, branch and commit', after, [pull, { ...forked, number: 8 }], 8],
    ['workflow_run: another repository', after, [pull], undefined],
    ['workflow_run: another branch', after, [{ ...forked, headBranch: 'other' }], undefined],
    ['workflow_run: a newer commit', after, [{ ...forked, headSha: 'f'.repeat(40) }], undefined],
  ])('%s', (_, context, candidates, number) => {
    expect(pickPullRequest(candidates, context)).toBe(number);
  });
});
