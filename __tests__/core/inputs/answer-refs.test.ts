import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';
import { answerPrefix, answerRefs } from '../../../src/core/inputs/answer-refs.ts';
import { readContext } from '../../../src/core/inputs/context.ts';

const [MAIN, PULL, RELEASE] = ['refs/heads/main', 'refs/pull/7/merge', 'refs/heads/release'];
const repository = { default_branch: 'main' };
const pull = (base: string) => ({ repository, pull_request: { number: 7, base: { ref: base } } });
const QUEUED = `refs/heads/gh-readonly-queue/release/pr-7-${'c'.repeat(40)}`;

/** The event, `GITHUB_REF` and, of a pull request, `GITHUB_BASE_REF` as the runner sets them, and the event file. */
type Row = [event: string, ref: string, payload: unknown, refs: readonly string[], baseRef?: string];

test.each<Row>([
  ['push', MAIN, { repository }, [MAIN]],
  ['push', 'refs/heads/topic', { repository }, ['refs/heads/topic', MAIN]],
  ['push', 'refs/tags/v1', { repository }, ['refs/tags/v1', MAIN]],
  ['pull_request', PULL, pull('main'), [PULL, MAIN], 'main'],
  ['pull_request', PULL, pull('release'), [PULL, RELEASE, MAIN], 'release'],
  ['pull_request', PULL, pull('a/b#c'), [PULL, 'refs/heads/a/b#c', MAIN], 'a/b#c'],
  ['pull_request', PULL, {}, [PULL, RELEASE], 'release'],
  ['pull_request_review', PULL, pull('release'), [PULL, RELEASE, MAIN]],
  ['pull_request_target', MAIN, pull('main'), [MAIN], 'main'],
  ['pull_request_target', RELEASE, pull('release'), [RELEASE, MAIN], 'release'],
  ['pull_request_target', MAIN, pull('release'), [MAIN, RELEASE], 'release'],
  ['workflow_run', MAIN, { repository, workflow_run: { pull_requests: [] } }, [MAIN]],
  [
    'workflow_run',
    MAIN,
    { repository, workflow_run: { pull_requests: [{ base: { ref: 'release' } }] } },
    [MAIN, RELEASE],
  ],
  ['issue_comment', MAIN, { repository, issue: { number: 7, pull_request: {} } }, [MAIN]],
  ['schedule', MAIN, { repository }, [MAIN]],
  ['schedule', MAIN, { schedule: '0 3 * * *' }, [MAIN]],
  ['workflow_dispatch', 'refs/heads/topic', { repository }, ['refs/heads/topic', MAIN]],
  ['repository_dispatch', MAIN, { repository }, [MAIN]],
  [
    'merge_group',
    QUEUED,
    { repository, merge_group: { head_ref: QUEUED, base_ref: RELEASE } },
    [QUEUED, RELEASE, MAIN],
  ],
  ['push', '', {}, ['']],
])('%s on %s', (event, ref, payload, refs, baseRef = '') => {
  const env = { GITHUB_EVENT_NAME: event, GITHUB_REF: ref, GITHUB_BASE_REF: baseRef };
  expect(answerRefs(readContext(env, payload))).toEqual(refs);
});

test.each(['push', 'pull_request', 'merge_group', 'workflow_run', 'issue_comment', 'workflow_dispatch'])(
  "GitHub's own example of %s has the default branch, once",
  (event) => {
    const examples: readonly { name: string; examples: { repository: { default_branch: string } }[] }[] = createRequire(
      import.meta.url,
    )('@octokit/webhooks-examples');
    const [example] = examples.find(({ name }) => name === event)?.examples ?? [];
    const branch = `refs/heads/${example?.repository.default_branch}`;
    const env = { GITHUB_EVENT_NAME: event, GITHUB_REF: branch };
    expect(answerRefs(readContext(env, example)).filter((ref) => ref === branch)).toEqual([branch]);
  },
);

test('every name and ref has a prefix of its own, which no other begins with', () => {
  const places = [
    ['evals', MAIN],
    ['evals', PULL],
    ['evals', 'refs/pull/77/merge'],
    ['evals-', MAIN],
    ['', MAIN],
    ['', ''],
    [MAIN, 'evals'],
    ['Prüfung ,\n/../', 'refs/heads/__proto__'],
  ] as const;
  const prefixes = places.map(([name, ref]) => answerPrefix(name, ref));
  expect(new Set(prefixes).size).toBe(places.length);
  for (const prefix of prefixes) expect(prefix).toMatch(/^claude-batch-answers-[0-9a-f]{16}-[0-9a-f]{16}-$/);
});
