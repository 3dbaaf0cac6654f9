import { expect, test } from '@jest/globals';
import { createPriceBook } from '../../src/core/cost/book.ts';
import { createRequestParser, type Request } from '../../src/core/requests/request.ts';
import { list, read } from './pages.ts';

const nothing = { under: new Map<string, string>(), over: new Map<string, string>() };

test.each(list('examples', '.jsonl'))('%s holds requests that may be sent, each with an id of its own', (path) => {
  const lines = read(path).trimEnd().split('\n');
  const parse = createRequestParser(nothing);
  const requests = lines.map((line) => parse(Buffer.from(line)));
  expect(requests.filter((request) => !('customId' in request))).toEqual([]);
  expect(new Set(requests.map((request) => (request as Request).customId)).size).toBe(lines.length);
});

test('examples/capitals.jsonl asks two models with a known price, some with an assert, behind one cached prompt', () => {
  const lines = read('examples/capitals.jsonl').trimEnd().split('\n');
  const requests = lines.map((line) => JSON.parse(line));
  const models = new Set<string>(requests.map(({ params }) => params.model));
  expect([...models]).toEqual(['claude-haiku-4-5', 'claude-sonnet-4-6']);
  for (const model of models) expect(createPriceBook().models.has(model)).toBe(true);
  expect(new Set(requests.map(({ params }) => JSON.stringify(params.system))).size).toBe(1);
  expect(requests[0].params.system[0].cache_control).toEqual({ type: 'ephemeral', ttl: '1h' });
  expect(requests.some(({ assert }) => assert !== undefined)).toBe(true);
});
