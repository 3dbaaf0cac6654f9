import { describe, expect, test } from '@jest/globals';
import { addPull } from '../../simulator/github/index.ts';
import type { Simulator } from '../../simulator/index.ts';
import { type Payload, pullRequestEvent } from '../../simulator/runner/events.ts';
import { printMessage } from '../../src/core/messages/message.ts';
import { lines, requestLine, run, simulate, warningsOf } from './harness.ts';

// Events that anybody may cause: without secrets the step does nothing and is green, and with them it says where they are in danger.

const HEAD = '8'.repeat(40);
const REQUESTS = lines(requestLine('a'));
const WARNING = printMessage({ code: 'strangers-code', event: 'pull_request_target' });

/** The payload of pull request 8, which comes from a fork. */
function forkedPull({ github, repository }: Simulator): Payload & { readonly pull_request: object } {
  const fork = { number: 8, headSha: HEAD, headBranch: 'better', headRepository: 'mallory/evals' };
  addPull(github, repository, fork);
  const payload = pullRequestEvent(repository, 8);
  return { ...payload, pull_request: { ...(payload['pull_request'] as object) } };
}

describe('without a key', () => {
  const head = { ref: 'better', sha: HEAD };
  test.each<[string, string, object, string]>([
    ['from a fork', 'pull_request', {}, 'octocat'],
    ['from a fork, reviewed', 'pull_request_review', {}, 'octocat'],
    ['from a fork that was deleted', 'pull_request', { head: { ...head, repo: null } }, 'octocat'],
    [
      'by Dependabot, whoever opened it',
      'pull_request_target',
      { user: { login: 'dependabot[bot]' } },
      'dependabot[bot]',
    ],
  ])('%s (%s): skipped, green, no call', async (_, eventName, pull, actor) => {
    const simulator = await simulate();
    const payload = forkedPull(simulator);
    const job = { eventName, actor, payload: { ...payload, pull_request: { ...payload.pull_request, ...pull } } };
    const result = await run(simulator, REQUESTS, { job, inputs: { 'anthropic-api-key': '' } });
    expect([result.conclusion, result.outputs.get('status')]).toEqual(['success', 'skipped']);
    expect(simulator.exchanges.filter(({ path }) => path.startsWith('/v1/'))).toEqual([]);
  });
});

describe('with a key', () => {
  test.each([
    ['its head is checked out', { '.git/HEAD': `${HEAD}\n` }, [WARNING]],
    ['the base is checked out', { '.git/HEAD': `${'6'.repeat(40)}\n` }, []],
  ])('a pull request from a fork where %s', async (_, files, expected) => {
    const simulator = await simulate();
    const job = { eventName: 'pull_request_target', payload: forkedPull(simulator), ref: 'refs/heads/main' };
    const result = await run(simulator, REQUESTS, { job, files });
    expect([result.conclusion, result.outputs.get('status')]).toEqual(['success', 'completed']);
    expect(warningsOf(result).filter((text) => text === WARNING)).toEqual(expected);
  });
});
