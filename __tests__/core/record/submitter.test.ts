import { expect, test } from '@jest/globals';
import { readContext } from '../../../src/core/inputs/context.ts';
import { submitterOf } from '../../../src/core/record/submitter.ts';

const ENV = {
  GITHUB_REPOSITORY: 'octo/evals',
  GITHUB_RUN_ID: '41',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_REF: 'refs/heads/topic',
};

test('a run measures its own ref', () => {
  expect(submitterOf(readContext(ENV, {}))).toMatchObject({ runId: 41, event: 'push', ref: 'refs/heads/topic' });
});

test('a run that another one set off measures the branch of that one, in the repository that it comes from', () => {
  const workflow_run = {
    id: 40,
    head_branch: 'theirs',
    head_sha: 'a'.repeat(40),
    head_repository: { full_name: 'fork/evals' },
  };
  const env = { ...ENV, GITHUB_EVENT_NAME: 'workflow_run', GITHUB_REF: 'refs/heads/main' };
  expect(submitterOf(readContext(env, { workflow_run }))).toEqual({
    runId: 41,
    event: 'workflow_run',
    ref: 'refs/heads/theirs',
    repository: 'fork/evals',
  });
});
