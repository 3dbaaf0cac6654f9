import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { AnthropicOptions } from '../../simulator/anthropic/anthropic.ts';
import { simulatedWorkspace } from '../../simulator/anthropic/anthropic.ts';
import type { FederationRule } from '../../simulator/anthropic/sign-in.ts';
import type { SimulatedRun, Simulator } from '../../simulator/index.ts';
import type { RunResult } from '../../simulator/runner.ts';
import { visibleLog } from './harness.ts';

/** A federation rule for runs of pull requests, and an API that has it and no key. */
export const RULE: FederationRule = {
  ruleId: 'fdrl_01Simulated',
  organizationId: '0a1b2c3d-0000-4000-8000-000000000000',
  serviceAccountId: 'svac_01Simulated',
  workspace: simulatedWorkspace,
  audience: 'https://api.anthropic.com',
  subject: 'repo:octo-org/evals:pull_request',
  lifetimeSeconds: 3_600,
};
export const KEYLESS = { keys: new Map<string, string>(), federation: [RULE] } satisfies AnthropicOptions;

const SIGN_IN = {
  'anthropic-federation-rule-id': RULE.ruleId,
  'anthropic-organization-id': RULE.organizationId,
  'anthropic-service-account-id': RULE.serviceAccountId ?? '',
};

/** A run that signs in, in a job with `id-token: write`. */
export function signedIn({ inputs, ...more }: SimulatedRun = {}): SimulatedRun {
  return { idToken: true, ...more, inputs: { ...SIGN_IN, ...inputs } };
}

/** What was tried to exchange, with the reason why it was denied. */
export function exchangesOf({ anthropic }: Simulator): (string | undefined)[] {
  return anthropic.signIn.history.map(({ denial }) => denial);
}

/** When access tokens were issued, in ms since the epoch. */
export function watchExchanges(simulator: Simulator, now: () => number): number[] {
  const times: number[] = [];
  simulator.watchers.push((stage, { path }) => {
    if (stage === 'handled' && path === '/v1/oauth/token') times.push(now());
    return 'go-on';
  });
  return times;
}

/** Whether no identity token was exchanged twice. */
export function areAllNew({ anthropic }: Simulator): boolean {
  const used = anthropic.signIn.history.map(({ jti }) => jti);
  return new Set(used).size === used.length;
}

/** Where a token of these runs can be read. */
export function leaksOf(simulator: Simulator, results: readonly RunResult[]): string[] {
  const { identity, anthropic, results: stored, repository } = simulator;
  const tokens = [...Array.from(identity.issued.values(), ({ value }) => value), ...anthropic.signIn.tokens.keys()];
  const texts = [
    ...results.flatMap((result) => [
      ['the log', visibleLog(result)],
      ['the log as people see it', result.log],
      ['the job summary', result.summary],
      ...Array.from(result.outputs, ([name, value]) => [`the output ${name}`, value]),
      ...filesIn(result.root).map((path) => [path, readFileSync(path, 'latin1')]),
    ]),
    ...repository.comments.map(({ body }) => ['a comment', body]),
    ...stored.caches.map(({ key, blob }) => [`the cache ${key}`, blob.bytes?.toString('latin1') ?? '']),
  ];
  return texts.flatMap(([where = '', text = '']) => (tokens.some((token) => text.includes(token)) ? [where] : []));
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}
