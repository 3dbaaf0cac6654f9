import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import type { Recorded } from '../../simulator/anthropic/replay.ts';
import { faultOfRequest } from '../../simulator/anthropic/request-check.ts';
import { readRetryAfter } from '../../src/adapters/api-failure.ts';
import { parseBatchOf, parseCreated } from '../../src/adapters/api-shapes.ts';
import { readResult } from '../../src/core/results/result.ts';
import { memberOf } from '../../src/core/text/json.ts';
import { parseTime } from '../../src/core/text/numbers.ts';
import { expectShape } from './api-wire.ts';

// Answers that the real API once gave: each is understood, whatever the schemas of today say of it.

const folder = fileURLToPath(new URL('../../../shared/data/recorded/', import.meta.url));
const recordings = existsSync(folder)
  ? readdirSync(folder).map((name): [string, Recorded[]] => [name, JSON.parse(readFileSync(folder + name, 'utf8'))])
  : [];
const BATCHES = '/v1/messages/batches';

/** Members that old answers lack and that the schemas of today require, with what they are by default. */
const LATER = { container: null, diagnostics: null, stop_details: null };
const LATER_IN_USAGE = {
  cache_creation: null,
  inference_geo: null,
  output_tokens_details: null,
  server_tool_use: null,
  service_tier: 'batch',
  speed: null,
};

interface Line {
  readonly custom_id: string;
  readonly result: { readonly message: { readonly usage: object; readonly content: readonly object[] } };
}

/** The line as the API would send it today. Fails where more than the known members is other than today. */
function today(line: Line): unknown {
  const { message } = line.result;
  for (const name of Object.keys(LATER)) expect(memberOf(message, name)).toBeUndefined();
  const content = message.content.map((block) => ({ citations: null, ...block }));
  const all = { ...LATER, ...message, content, usage: { ...LATER_IN_USAGE, ...message.usage } };
  return { ...line, result: { ...line.result, message: all } };
}

function expectUnderstood({ method, path, status, headers, body }: Recorded): void {
  expect(status).toBe(200);
  const [, id = ''] = /\/batches\/(\w+)/.exec(path) ?? [];
  if (path.endsWith('/results')) {
    expectLines(body);
    return;
  }
  const answer: unknown = JSON.parse(body);
  expectShape('batch', answer);
  const batch = id === '' ? parseCreated(answer) : parseBatchOf(id, answer);
  expect(batch.status).toMatch(/^(?:in_progress|canceling|ended)$/);
  expect(batch.counts.processing === 0).toBe(batch.status === 'ended');
  const times = [batch.createdAt, batch.expiresAt, ...(batch.endedAt === null ? [] : [batch.endedAt])];
  for (const time of times) expect(parseTime(time)).toBe(Date.parse(time));
  const isLookAtRunning = method === 'GET' && batch.status === 'in_progress';
  expect(readRetryAfter(new Headers(headers))).toBe(isLookAtRunning ? 10_000 : undefined);
}

function expectLines(body: string): void {
  const lines = body
    .trimEnd()
    .split('\n')
    .map((line): Line => JSON.parse(line));
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    expectShape('line', today(line));
    const result = readResult(line);
    if (result?.ending.kind !== 'succeeded') throw new Error(`${line.custom_id} is not understood`);
    expect(result.ending.message).toMatchObject({ stopReason: 'end_turn', isEmpty: false, ranCode: false });
    expect(result.ending.message.usage).toMatchObject({ unlisted: false, webSearches: 0, cacheRead: 0 });
  }
}

const whenRecorded = recordings.length > 0 ? describe : describe.skip;
whenRecorded('recorded traffic (skipped where the recordings are absent)', () => {
  test.each(recordings)('%s: every answer is understood', (_, exchanges) => {
    for (const one of exchanges) expectUnderstood(one);
  });

  test.each(recordings)('%s: every request would be allowed today', (_, exchanges) => {
    for (const { method, path, request_body } of exchanges) {
      const body = Buffer.from(request_body ?? '');
      const asked = { method, path, query: new URLSearchParams(), headers: new Map(), origin: '', body };
      expect(faultOfRequest(asked, () => JSON.parse(request_body ?? ''))).toBeUndefined();
    }
  });

  test('all kinds of calls for a batch are among it, but its deletion', () => {
    const seen = recordings.flatMap(([, all]) =>
      all.map(({ method, path }) => `${method} ${path.replace(/msgbatch_\w+/, '*')}`),
    );
    expect([...new Set(seen)].sort()).toEqual([
      `GET ${BATCHES}/*`,
      `GET ${BATCHES}/*/results`,
      `POST ${BATCHES}`,
      `POST ${BATCHES}/*/cancel`,
    ]);
  });
});
