import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { retryOf } from '../../../src/core/results/remedy.ts';
import { type Ending, parseResult, type Result } from '../../../src/core/results/result.ts';
import { createResultLines, filterLines, positionsIn } from '../../../src/core/results/result-lines.ts';

const IDS = new Map(['a', 'b', '__proto__'].map((id, position) => [id, position]));

const anyCount = fc.oneof(fc.constant(0), fc.nat(300), fc.maxSafeNat(), fc.constantFrom(-1, 1.5, 2 ** 53, null, '1'));
const anyUsage = fc.oneof(
  fc.constantFrom(null, undefined, {}),
  fc.record(
    {
      input_tokens: anyCount,
      output_tokens: anyCount,
      cache_read_input_tokens: anyCount,
      cache_creation_input_tokens: anyCount,
      cache_creation: fc.record({ ephemeral_5m_input_tokens: anyCount, ephemeral_1h_input_tokens: anyCount }),
      server_tool_use: fc.record({ web_search_requests: anyCount }),
      inference_geo: fc.constantFrom('us', 'global', '', null),
      iterations: fc.constantFrom(null, [], [{ type: 'message' }], [{ type: 'compaction' }]),
    },
    { requiredKeys: ['input_tokens', 'output_tokens'] },
  ),
);
const anyMessage = fc.record({
  model: fc.constantFrom('claude-haiku-4-5', 'claude-opus-5', ''),
  stop_reason: fc.constantFrom('end_turn', 'refusal', '', null, undefined),
  usage: anyUsage,
  container: fc.constantFrom(undefined, { id: 'c' }),
  content: fc.constantFrom([], [{ type: 'thinking' }], [{ type: 'text', text: 'x' }], null),
});
const anyEnding = fc.oneof(
  anyMessage.map((message) => ({ type: 'succeeded', message })),
  fc
    .constantFrom('overloaded_error', 'billing_error', 'invalid_request_error')
    .map((type) => ({ type: 'errored', error: { error: { type, message: 'm' } } })),
  fc.constantFrom({ type: 'canceled' }, { type: 'expired' }),
);
const anyResults = fc.array(
  fc.tuple(fc.constantFrom('a', 'b', '__proto__', 'x', 'toString'), anyEnding).map(([custom_id, result]): Result => {
    const parsed = parseResult(JSON.stringify({ custom_id, result }));
    if (parsed === undefined) throw new Error('no result');
    return parsed;
  }),
  { maxLength: 20 },
);

function linesOf(results: readonly Result[], { ids }: { ids: ReadonlyMap<string, number> | undefined } = { ids: IDS }) {
  const lines = createResultLines(ids);
  for (const [i, result] of results.entries()) lines.add(result, { offset: 5_000_000_000 * i, length: 7 + i });
  return lines;
}

/** `a` an answer for id a, `-a` an expired request. */
const drawn = (...drawings: readonly string[]): Result[] =>
  drawings.map((drawing) => ({
    customId: drawing.replace('-', ''),
    ending: drawing.startsWith('-') ? { kind: 'expired' } : answer('m'),
  }));
const answer = (model: string): Ending => ({
  kind: 'succeeded',
  message: { model, stopReason: null, usage: undefined, hasOutput: false, isEmpty: true, ranCode: false },
});

describe('lines of results', () => {
  test('say the same as each line said when it was parsed', () => {
    fc.assert(
      fc.property(anyResults, (results) => {
        const lines = linesOf(results);
        expect(lines.count).toBe(results.length);
        for (const [line, { customId, ending }] of results.entries()) {
          expect(lines.kind(line)).toBe(ending.kind);
          expect(lines.ending(line)).toEqual(ending.kind === 'errored' ? undefined : ending);
          const retry = ending.kind === 'succeeded' ? 'never' : retryOf({ ...ending, outcome: ending.kind });
          expect(lines.retry(line)).toBe(retry);
          expect(lines.position(line)).toBe(IDS.get(customId));
          expect(lines.unknownId(line)).toBe(IDS.has(customId) ? undefined : customId);
          expect(lines.span(line)).toEqual({ offset: 5_000_000_000 * line, length: 7 + line });
        }
      }),
    );
  });

  test('name each model and each ID without a request once', () => {
    const lines = linesOf([...drawn('x', 'a', 'y', 'x', '-b'), { customId: 'b', ending: answer('n') }]);
    expect([lines.unknownIds, lines.models]).toEqual([
      ['x', 'y'],
      ['m', 'n'],
    ]);
    expect(createResultLines(undefined)).toMatchObject({ count: 0, unknownIds: [], models: [] });
  });

  test('of requests that are not known have no positions', () => {
    const lines = linesOf(drawn('b', 'a'), { ids: undefined });
    expect([0, 1].map((line) => [lines.position(line), lines.unknownId(line)])).toEqual([
      [undefined, 'b'],
      [undefined, 'a'],
    ]);
  });
});

test('some of the lines are the same lines under other numbers', () => {
  fc.assert(
    fc.property(anyResults, fc.array(fc.boolean(), { minLength: 20 }), (results, keep) => {
      const lines = linesOf(results);
      const some = filterLines(lines, (line) => keep[line] === true);
      const numbers = results.flatMap((_, line) => (keep[line] === true ? line : []));
      expect(some.count).toBe(numbers.length);
      for (const [line, number] of numbers.entries())
        for (const member of ['position', 'unknownId', 'span', 'kind', 'retry', 'ending'] as const)
          expect(some[member](line)).toEqual(lines[member](number));
    }),
  );
});

test('requests for which a line came are counted once', () => {
  const came = positionsIn(linesOf(drawn('b', 'x', '-b', '__proto__')));
  expect([came.count, ...[0, 1, 2, 3].map((position) => came.has(position))]).toEqual([2, false, true, true, false]);
});
