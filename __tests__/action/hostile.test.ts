import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { simulatedKey, simulatedToken } from '../../simulator/index.ts';
import { startOther } from '../faults/other-host.ts';
import { createsOf, lines, readOutput, requestLine, run, simulate, visibleLog } from './harness.ts';
import { KEYLESS, signedIn } from './signed-in.ts';

// Nothing that a file or a model writes does anything, and nothing of it reaches the log.

const hostile = [
  '::set-output name=status::owned',
  '\n::error::owned\n::add-mask::1\n##[error]owned',
  '::stop-commands::owned',
  '<!-- claude-batch-action:.github-workflows-evals.yml -->\n<!-- claude-batch-action:section x -->owned<!-- claude-batch-action:end x -->',
  '</details></table><script>owned()</script><img src=x onerror=owned()>',
  '| a | b |\n|---|---|\n@octocat #1 https://evil.example/owned',
  '\u2028::warning::owned\u2029',
  '$(touch owned) `touch owned` ${{ secrets.owned }}',
];

test('hostile prompts, answers and error messages change nothing and stay out of the log', async () => {
  const simulator = await simulate({
    anthropic: {
      outcomeOf: (_, params, index) => {
        const text = `SENTINEL-ANSWER ${hostile[index % hostile.length]}`;
        if (index % 3 === 1)
          return { kind: 'errored', type: 'invalid_request_error', message: `SENTINEL-MESSAGE ${text}` };
        return {
          kind: 'succeeded',
          text: `${text} ${JSON.stringify(params['messages'])}`,
          model: index % 3 === 2 ? 'SENTINEL-MODEL | <b>@octocat</b>\n::error::owned' : 'claude-haiku-4-5',
        };
      },
    },
  });
  const requests = hostile.flatMap((text, i) => [
    requestLine(`q-${i}-a`, `SENTINEL-PROMPT ${text}`),
    requestLine(`q-${i}-b`, `${text} SENTINEL-PROMPT`),
  ]);
  const result = await run(simulator, lines(...requests), { inputs: { 'max-error-rate': '100' } });
  const log = visibleLog(result);

  expect(result.conclusion).toBe('success');
  expect(result.outputs.get('status')).toBe('completed');
  expect(log).not.toContain('SENTINEL-PROMPT');
  expect(log).not.toContain('SENTINEL-ANSWER');
  expect(log).not.toContain('SENTINEL-MESSAGE');
  expect(log).not.toMatch(/^::(error|set-output|stop-commands|add-mask|warning::owned)/m);
  expect(result.annotations.filter(({ message }) => message.includes('owned'))).toEqual([]);

  const [comment, ...others] = simulator.repository.comments;
  expect(others).toEqual([]);
  const body = comment?.body ?? '';
  // The comment's, the section's two, and its row.
  expect(body.match(/<!-- claude-batch-action/g)).toHaveLength(4);
  expect(body).not.toMatch(/<(script|img|b|table)\b/);
  // Only the batch is folded.
  expect(body.match(/<\/?details\b/g)).toEqual(['<details', '</details']);
  expect(body).not.toMatch(/(^|[^>`])@octocat/m);
  expect(body).toContain('SENTINEL-MESSAGE');
  expect(readOutput(result, 'results-file').trim().split('\n')).toHaveLength(requests.length);
});

test('a second run finds its own comment, whatever the answers held', async () => {
  const simulator = await simulate({
    anthropic: { outcomeOf: () => ({ kind: 'errored', type: 'invalid_request_error', message: hostile[3] ?? '' }) },
  });
  for (let i = 0; i < 2; i += 1) await run(simulator, lines(requestLine('a')), { inputs: { 'max-error-rate': '100' } });
  expect(simulator.repository.comments).toHaveLength(1);
  expect(simulator.repository.comments[0]?.body.match(/claude-batch-action:section/g)).toHaveLength(1);
});

test('no key and no token is ever in the log or in what people read, whatever fails', async () => {
  const simulator = await simulate();
  simulator.faults.push({
    method: 'POST',
    path: /batches$/,
    does: {
      kind: 'answer',
      response: {
        status: 400,
        headers: { 'content-type': 'application/json', 'request-id': `req_${simulatedKey}` },
        body: JSON.stringify({
          type: 'error',
          error: { type: 'invalid_request_error', message: `bad key ${simulatedKey} and ${simulatedToken}` },
        }),
      },
    },
  });
  const result = await run(simulator, lines(requestLine('a')));
  expect(result.conclusion).toBe('failure');
  // Before anything else could be printed.
  const masks = [simulatedKey, simulatedToken].map((text) => `::add-mask::${text}`);
  expect(result.rawLog.split('\n').slice(0, 2)).toEqual(masks);
  expect(visibleLog(result)).toContain('bad key *** and ***');
  expect(visibleLog(result)).not.toContain(simulatedKey);
  expect(visibleLog(result)).not.toContain(simulatedToken);
  const comment = simulator.repository.comments.map(({ body }) => body).join();
  for (const text of [result.summary, comment, ...result.outputs.values()]) {
    expect(text).not.toContain(simulatedKey);
    expect(text).not.toContain(simulatedToken);
  }
  expect(result.outputs.get('summary-json')).toContain('bad key *** and ***');
  expect(result.outputs.get('summary-json')).toContain('req_***');
  expect(comment).toContain('bad key');
});

test('file names are shown, not obeyed', async () => {
  const simulator = await simulate();
  const name = '::error::owned %0A<b>.jsonl';
  const result = await run(simulator, '', {
    files: { [`evals/${name}`]: lines('{}') },
    inputs: { requests: 'evals/*.jsonl' },
  });
  expect(result.annotations.map(({ properties }) => properties.get('file'))).toEqual([`evals/${name}`]);
});

test('variables of the SDK in the environment are not obeyed', async () => {
  const simulator = await simulate();
  const result = await run(simulator, lines(requestLine('a', 'SENTINEL-PROMPT')), {
    env: {
      ANTHROPIC_BASE_URL: 'http://127.0.0.1:9',
      ANTHROPIC_CUSTOM_HEADERS: 'authorization: Bearer other\nx-injected: yes',
      ANTHROPIC_LOG: 'debug',
      ANTHROPIC_AUTH_TOKEN: 'other',
    },
  });
  expect(result.conclusion).toBe('success');
  expect(result.rawLog).not.toContain('SENTINEL-PROMPT');
  expect(simulator.exchanges.some(({ headers }) => headers.has('x-injected'))).toBe(false);
});

test('no answer of the API leads the key, a request or a token to another host', async () => {
  const other = await startOther();
  try {
    const simulator = await simulate({ anthropic: { resultsOrigin: other.origin } });
    const response = { status: 307, headers: { location: `${other.origin}/stolen` }, body: '' };
    simulator.faults.push({ method: 'GET', path: /\/results$/, does: { kind: 'answer', response } });
    const requests = lines(requestLine('a', 'SENTINEL-PROMPT'));
    const job = { runId: 5 };
    const redirected = await run(simulator, requests, { job });
    const collected = await run(simulator, requests, { job: { ...job, runAttempt: 2 } });
    expect([redirected, collected].map(({ outputs }) => outputs.get('status'))).toEqual(['pending', 'completed']);
    expect(createsOf(simulator)).toBe(1);
    expect(other.seen).toEqual([]);
  } finally {
    other.stop();
  }
});

test("no redirect of the runner's identity service or of the exchange leads a token to another host", async () => {
  const other = await startOther();
  try {
    const response = { status: 307, headers: { location: `${other.origin}/stolen` }, body: '' };
    for (const [method, path] of [
      ['GET', /^\/identity\//],
      ['POST', /^\/v1\/oauth\/token$/],
    ] as const) {
      const simulator = await simulate({ anthropic: KEYLESS });
      simulator.faults.push({ method, path, times: 99, does: { kind: 'answer', response } });
      const result = await run(simulator, lines(requestLine('a')), signedIn());
      expect(simulator.exchanges.some(({ status }) => status === 307)).toBe(true);
      expect([result.conclusion, createsOf(simulator)]).toEqual(['failure', 0]);
    }
    expect(other.seen).toEqual([]);
  } finally {
    other.stop();
  }
});

test('results are not written behind a link that the workspace came with, and nothing is sent', async () => {
  const simulator = await simulate();
  const outside = mkdtempSync(join(tmpdir(), 'claude-batch-outside-'));
  try {
    for (const path of ['out', 'out/deep/er', '../work/out']) {
      const result = await run(simulator, lines(requestLine('a')), {
        files: { out: { link: outside } },
        inputs: { 'results-path': path },
      });
      expect([result.conclusion, result.outputs.get('status')]).toEqual(['failure', 'rejected']);
    }
    expect(readdirSync(outside)).toEqual([]);
    expect(createsOf(simulator)).toBe(0);
  } finally {
    rmSync(outside, { recursive: true });
  }
});
