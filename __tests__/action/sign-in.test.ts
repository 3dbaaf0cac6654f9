import { describe, expect, test } from '@jest/globals';
import { addPull } from '../../simulator/github/index.ts';
import { actionsToken } from '../../simulator/index.ts';
import { printProblem } from '../../src/core/messages/problems.ts';
import { createsOf, errorsOf, idsOf, lines, readOutput, requestLine, run, runInJob, simulate } from './harness.ts';
import { areAllNew, exchangesOf, KEYLESS, leaksOf, RULE, signedIn } from './signed-in.ts';

// Steps that sign in with the runner's identity token, on the bundled action.

const REQUESTS = lines(requestLine('b'), requestLine('a'));

function simulateKeyless(more: Parameters<typeof simulate>[0] = {}) {
  return simulate({ ...more, anthropic: { ...KEYLESS, ...more.anthropic } });
}

/** What makes the runner, Node and libraries say more. */
const TALKATIVE = { ACTIONS_STEP_DEBUG: 'true', DEBUG: '*', NODE_DEBUG: '*', RUNNER_DEBUG: '1' };

test.each([{}, TALKATIVE])('without a key, with %o: one exchange, all results, and no token anywhere', async (env) => {
  const simulator = await simulateKeyless();
  const result = await run(simulator, REQUESTS, signedIn({ env }));
  expect({ conclusion: result.conclusion, errors: errorsOf(result) }).toEqual({ conclusion: 'success', errors: [] });
  expect(idsOf(readOutput(result, 'results-file'))).toEqual(['b', 'a']);
  expect(exchangesOf(simulator)).toEqual([undefined]);
  expect(leaksOf(simulator, [result])).toEqual([]);
});

test('prompts are counted as with a key', async () => {
  const simulator = await simulateKeyless();
  const result = await run(simulator, REQUESTS, signedIn({ inputs: { 'dry-run': 'true' } }));
  const { estimate } = JSON.parse(result.outputs.get('summary-json') ?? '');
  expect(estimate).toMatchObject({ basis: 'counted', counted: 2 });
});

test('what the API repeats of a token is hidden', async () => {
  const simulator = await simulateKeyless();
  const repeat = () => [...simulator.anthropic.signIn.tokens.keys()].join();
  simulator.anthropic.script.outcomeOf = () => ({ kind: 'errored', type: 'api_error', message: `bad ${repeat()}` });
  const result = await run(simulator, REQUESTS, signedIn({ inputs: { 'retry-rounds': '0', 'artifact-name': '' } }));
  expect(result.outputs.get('errored-count')).toBe('2');
  // The result lines stay as they are, with a warning.
  expect(leaksOf(simulator, [result])).toEqual([result.outputs.get('results-file')]);
});

describe('nothing is sent', () => {
  test('without id-token: write, which the message names', async () => {
    const simulator = await simulateKeyless();
    const result = await run(simulator, REQUESTS, signedIn({ idToken: false }));
    expect([result.conclusion, result.outputs.get('status')]).toEqual(['failure', 'rejected']);
    expect(errorsOf(result)).toContain(printProblem({ code: 'no-identity-token' }));
    expect(simulator.exchanges.filter(({ path }) => path.startsWith('/v1/'))).toEqual([]);
  });

  test('on the pull request of a fork, which ends green', async () => {
    const simulator = await simulateKeyless();
    const { github, repository } = simulator;
    const head = { headRepository: 'mallory/evals', headBranch: 'x', headSha: '8'.repeat(40) };
    addPull(github, repository, { number: 8, ...head });
    const result = await run(simulator, REQUESTS, signedIn({ pullRequest: 8 }));
    expect([result.conclusion, result.outputs.get('status'), errorsOf(result)]).toEqual(['success', 'skipped', []]);
    expect(simulator.exchanges.filter(({ path }) => /^\/(?:v1|identity)\//.test(path))).toEqual([]);
  });

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['is skipped', {}, 'skipped'],
    ['is not signed in for a dry run either', { 'dry-run': 'true' }, 'dry-run'],
  ])(
    'on the pull request of a fork with an identity that the rule would match, which %s',
    async (_, inputs, status) => {
      // As in a private repository that sends forks write tokens: in an environment they have the subject of the repository's own jobs.
      const subject = 'repo:octo-org/evals:environment:evals';
      const simulator = await simulateKeyless({ anthropic: { federation: [{ ...RULE, subject }] } });
      const { github, repository, identity, origin } = simulator;
      const head = { headRepository: 'mallory/evals', headBranch: 'x', headSha: '8'.repeat(40) };
      addPull(github, repository, { number: 8, ...head });
      const env = identity.environment(origin, 'environment:evals');
      const own = await run(simulator, REQUESTS, signedIn({ idToken: false, inputs, env }));
      expect([own.conclusion, exchangesOf(simulator)]).toEqual(['success', [undefined]]);
      const sent = simulator.exchanges.length;
      const result = await run(simulator, REQUESTS, signedIn({ pullRequest: 8, inputs, env }));
      expect([result.conclusion, result.outputs.get('status'), errorsOf(result)]).toEqual(['success', status, []]);
      const since = simulator.exchanges.slice(sent).map(({ path }) => path);
      expect(since.filter((path) => /^\/(?:v1|identity)\//.test(path))).toEqual([]);
    },
  );

  test('with a key as well, also one in the environment', async () => {
    const simulator = await simulateKeyless();
    const env = { ANTHROPIC_API_KEY: 'sk-ant-api03-some-key' };
    const result = await run(simulator, REQUESTS, signedIn({ env }));
    expect(result.outputs.get('status')).toBe('rejected');
    const others = ['anthropic-federation-rule-id', 'anthropic-organization-id', 'anthropic-service-account-id'];
    const both = {
      code: 'input-two-credentials',
      isFromEnvironment: true,
      others,
      input: 'anthropic-api-key',
    } as const;
    expect(errorsOf(result)).toContain(printProblem(both));
    expect(simulator.exchanges.filter(({ path }) => path.startsWith('/v1/'))).toEqual([]);
  });

  test.each([
    ['names', 'repo:octo-org@9919/evals@100200:*', '"repo:octo-org/evals:ref:refs/heads/a ::error::owned"'],
    ['ids', 'repo:octo-org/evals:*', '"repo:octo-org@9919/evals@100200:ref:refs/heads/a ::error::owned"'],
  ] as const)('after a denial, which shows the subject with its %s', async (form, subject, shown) => {
    const simulator = await simulateKeyless({ anthropic: { federation: [{ ...RULE, subject }] } });
    Object.assign(simulator.identity.subject, { form, context: 'ref:refs/heads/a\n::error::owned' });
    const result = await run(simulator, REQUESTS, signedIn());
    expect([result.conclusion, result.outputs.get('status')]).toEqual(['failure', 'rejected']);
    const errors = errorsOf(result);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(shown);
    expect(exchangesOf(simulator)).toEqual(['match_subject_prefix']);
    expect(createsOf(simulator)).toBe(0);
    expect(leaksOf(simulator, [result])).toEqual([]);
  });
});

test('a dry run needs neither a key nor an identity, and uses one that is there', async () => {
  const simulator = await simulateKeyless();
  const inputs = { 'dry-run': 'true' };
  const without = await run(simulator, REQUESTS, signedIn({ inputs, idToken: false }));
  expect([without.outputs.get('status'), exchangesOf(simulator)]).toEqual(['dry-run', []]);
  const withIt = await run(simulator, REQUESTS, signedIn({ inputs }));
  expect([withIt.outputs.get('status'), exchangesOf(simulator)]).toEqual(['dry-run', [undefined]]);
});

test('bad weather: GitHub and the token exchange fail, tokens are taken back, and one batch is paid', async () => {
  const simulator = await simulateKeyless({ anthropic: { endsAfterMs: 2_000 } });
  const unwell = { status: 503, headers: { 'retry-after': '0' }, body: 'no' };
  simulator.faults.push(
    { method: 'GET', path: /identity\/token$/, times: 2, does: { kind: 'answer', response: unwell } },
    { method: 'POST', path: /oauth\/token$/, does: { kind: 'reset-after' } },
    { method: 'POST', path: /oauth\/token$/, after: 2, times: 2, does: { kind: 'answer', response: unwell } },
  );
  const revokeAt = [/\/batches$/, /\/batches\/[^/]+$/];
  simulator.watchers.push((stage, { path }) => {
    if (stage !== 'arrived' || revokeAt[0]?.test(path) !== true) return 'go-on';
    simulator.anthropic.signIn.revoke();
    revokeAt.shift();
    return 'go-on';
  });
  const result = await run(simulator, REQUESTS, signedIn());
  expect({ conclusion: result.conclusion, errors: errorsOf(result) }).toEqual({ conclusion: 'success', errors: [] });
  expect([simulator.anthropic.created, areAllNew(simulator)]).toEqual([1, true]);
  expect(revokeAt).toEqual([]);
  expect(exchangesOf(simulator).length).toBeGreaterThanOrEqual(4);
  expect(leaksOf(simulator, [result])).toEqual([]);
});

test('the post step of a run that was killed signs in by itself', async () => {
  const simulator = await simulateKeyless({ anthropic: { endsAfterMs: 3_600_000 } });
  const result = await run(
    simulator,
    REQUESTS,
    signedIn({
      inputs: { 'on-cancel': 'cancel' },
      onStart(step) {
        simulator.watchers.push((stage, { method, path }) => {
          if (stage === 'answered' && method === 'GET' && /batches\/[^/]+$/.test(path)) step.child.kill('SIGKILL');
          return 'go-on';
        });
      },
    }),
  );
  const [batch] = simulator.anthropic.batches.values();
  expect([batch?.cancelledAtMs !== undefined, exchangesOf(simulator)]).toEqual([true, [undefined, undefined]]);
  expect(areAllNew(simulator)).toBe(true);
  expect(leaksOf(simulator, [result])).toEqual([]);
});

test('a step that wakes paused jobs signs in, and says so where it cannot', async () => {
  const simulator = await simulateKeyless({
    anthropic: { federation: [{ ...RULE, subject: 'repo:octo-org/evals:*' }] },
  });
  simulator.anthropic.script.endsAfterMs = 3_600_000;
  const paused = await run(simulator, REQUESTS, signedIn({ inputs: { 'wait-minutes': '0' } }));
  expect(paused.outputs.get('status')).toBe('pending');
  const job = { runId: 17_000_000_000, workflow: 'Wake', job: 'wake', eventName: 'schedule' };
  const wake = (idToken: boolean) => {
    const waking = signedIn({ githubToken: actionsToken, inputs: { 'wake-paused': 'true' }, job, idToken });
    return runInJob(simulator, waking);
  };
  const without = await wake(false);
  expect([without.conclusion, errorsOf(without)]).toEqual(['failure', [printProblem({ code: 'no-identity-token' })]]);
  const round = await wake(true);
  expect([round.conclusion, round.outputs.get('waiting-count')]).toEqual(['success', '1']);
  expect(exchangesOf(simulator)).toEqual([undefined, undefined]);
});
