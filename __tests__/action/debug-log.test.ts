import { expect, test } from '@jest/globals';
import { lines, readOutput, requestLine, run, simulate, visibleLog } from './harness.ts';

// Whoever looks for a fault turns on every log there is, in a public repository as well.

/** All that makes the runner, Node or a library of the bundle say more. */
const TALKATIVE = {
  ACTIONS_RUNNER_DEBUG: 'true',
  ACTIONS_STEP_DEBUG: 'true',
  ANTHROPIC_LOG: 'debug',
  AZURE_LOG_LEVEL: 'verbose',
  DEBUG: '*',
  LOG_STREAM: '1',
  LOG_TOKENS: '1',
  // Not those of modules, which print our sources.
  NODE_DEBUG: 'child_process,fetch,fs,http,http2,https,net,stream,timer,tls,undici,worker',
  RUNNER_DEBUG: '1',
  TYPESPEC_RUNTIME_LOG_LEVEL: 'verbose',
};

/** What the answers arrive with: the beginning of a results file. */
const RESULT = '{"custom_id":"SENTINEL-ID';

test.each([{}, TALKATIVE])('no prompt, answer or credential is in the log of a run with %o', async (env) => {
  const simulator = await simulate({
    anthropic: { outcomeOf: () => ({ kind: 'succeeded', text: 'SENTINEL-ANSWER' }) },
  });
  const requests = lines(...['1', '2'].map((id) => requestLine(`SENTINEL-ID-${id}`, 'SENTINEL-PROMPT')));
  const result = await run(simulator, requests, { env });
  const log = visibleLog(result);

  expect(result.conclusion).toBe('success');
  expect(readOutput(result, 'results-file')).toContain('SENTINEL-ANSWER');
  const credentials = distinct(simulator.exchanges.flatMap(({ headers }) => credentialsIn(headers)));
  const signatures = distinct(simulator.exchanges.map(({ query }) => new URLSearchParams(query).get('sig')));
  // The key, GitHub's token and the one of the runner's services; an upload and a download.
  expect([credentials.length, Math.min(2, signatures.length)]).toEqual([3, 2]);
  const secret = ['SENTINEL-PROMPT', 'SENTINEL-ANSWER', RESULT, ...credentials];
  expect(secret.flatMap(writingsOf).filter((text) => log.includes(text))).toEqual([]);
  // The artifact client prints these as debug lines, and has the runner mask them.
  expect(signatures.flatMap(writingsOf).filter((text) => result.log.includes(text))).toEqual([]);
});

/** What lets somebody in at one of the services. */
function credentialsIn(headers: ReadonlyMap<string, string>): (string | undefined)[] {
  return [headers.get('x-api-key'), headers.get('authorization')?.replace(/^\w+ /, '')];
}

function distinct(texts: readonly (string | null | undefined)[]): string[] {
  return [...new Set(texts)].flatMap((text) => text || []);
}

/** As it is, in base64, and as Node shows bytes. */
function writingsOf(text: string): string[] {
  const bytes = Buffer.from(text);
  return [text, bytes.toString('base64').replace(/=*$/, ''), (bytes.toString('hex').match(/../g) ?? []).join(' ')];
}
