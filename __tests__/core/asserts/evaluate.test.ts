import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { evaluateAll } from '../../../src/core/asserts/evaluate.ts';
import { printAssertReason } from '../../../src/core/messages/asserts.ts';
import { answerOf, assertOf, evaluated, outcomeOf } from './given.ts';

const p = 'pass';
const f = 'fail';
const u = 'ungraded';

describe.each<[string, [assert: object, answer: Parameters<typeof answerOf>[0], expected: string][]]>([
  [
    'equals',
    [
      [{ value: 'yes' }, 'yes', p],
      [{ value: 'yes' }, 'yes\n', f],
      [{ value: 'yes' }, 'Yes', f],
      [{ value: 42 }, '42', p],
      [{ value: 42 }, '42.0', f],
      [{ value: '{"a":1}' }, '{"a": 1}', f],
      [{ value: { a: 1, b: [2] } }, ' {"b":[2],"a":1}\n', p],
      [{ value: { a: 1 } }, '{"a":1,"b":2}', f],
      [{ value: [1, 2] }, '[2,1]', f],
      [{ value: null }, 'null', p],
      [{ value: null }, '', f],
      [{ value: false }, 'false', p],
      [{ value: JSON.parse('{"__proto__":1}') }, '{"__proto__":1}', p],
      [{ value: JSON.parse('{"__proto__":1}') }, '{"toString":1}', f],
      [{ value: [] }, '{}', f],
    ],
  ],
  [
    'contains',
    [
      [{ value: '14 days' }, 'within 14 days.', p],
      [{ value: 'Paris' }, 'paris', f],
      [{ value: 5 }, '15', p],
    ],
  ],
  ['icontains', [[{ value: 'PARIS' }, 'in paris', p]]],
  [
    'contains-all',
    [
      [{ value: ['a', 'b'] }, 'ab', p],
      [{ value: ['a', 'b'] }, 'a', f],
      [{ value: '"1,000", in stock' }, '1,000 items in stock', p],
      [{ value: 'a, "say ""b"""' }, 'a say "b"', p],
    ],
  ],
  [
    'contains-any',
    [
      [{ value: ['x', 'b'] }, 'ab', p],
      [{ value: [1, 2] }, 'page 3', f],
      [{ value: 'a,,b' }, 'b', p],
    ],
  ],
  ['icontains-all', [[{ value: ['A', 'B'] }, 'ba', p]]],
  ['icontains-any', [[{ value: 'X, B' }, 'b', p]]],
  [
    'starts-with',
    [
      [{ value: 'The' }, 'The end', p],
      [{ value: 'The' }, ' The end', f],
    ],
  ],
  [
    'ends-with',
    [
      [{ value: '.' }, 'The end.', p],
      [{ value: '.' }, 'The end.\n', f],
    ],
  ],
  [
    'regex',
    [
      [{ value: '^\\d{4}$' }, '2024', p],
      [{ value: '^b' }, 'a\nb', f],
      [{ value: '(?<=\\$)\\d+' }, 'it is $42', p],
    ],
  ],
  [
    'is-json',
    [
      [{}, ' {"a":1}\n', p],
      [{}, '"text"', p],
      [{}, '```json\n{"a":1}\n```', f],
      [{}, '', f],
      [{ value: { type: 'object', required: ['a'] } }, '{"a":1}', p],
      [{ value: { type: 'object', required: ['a'] } }, '{"b":1}', f],
      [{ value: { type: 'string', format: 'email' } }, '"x"', f],
      [{ value: 'type: object\nrequired: [a]' }, '{"a":1}', p],
      [
        { value: { $schema: 'https://json-schema.org/draft/2020-12/schema', prefixItems: [{ type: 'number' }] } },
        '["x"]',
        f,
      ],
      [{ value: { $defs: { n: { type: 'number' } }, items: { $ref: '#/$defs/n' } } }, '[1]', p],
      [{ value: { anyOf: [{ type: 'string' }, { type: 'array', items: { $ref: '#' } }] } }, '["a", ["b"]]', p],
      [{ value: 'file://schema.json' }, '{}', u],
      [{ value: { type: 'array' } }, '['.repeat(50_000) + ']'.repeat(50_000), p],
      [
        { value: { definitions: { t: { items: { $ref: '#/definitions/t' } } }, $ref: '#/definitions/t' } },
        '['.repeat(50_000) + ']'.repeat(50_000),
        u,
      ],
    ],
  ],
  [
    'contains-json',
    [
      [{}, 'here: {"a":1} ok', p],
      [{}, '[1,2,3]', p],
      [{}, '```json\n[{"a":1}]\n```', p],
      [{}, '{placeholder}', f],
      [{}, 'function f() { return 1; }', f],
      [{}, '{"a":1', f],
      [{}, 'a } b { "c": [1, 2] }', p],
      [{}, 'say "hi {" and {"a":"}"}', p],
      [{ value: { type: 'object', required: ['a'] } }, '{"b":1} then {"a":2}', p],
      [{ value: { type: 'object', required: ['a'] } }, '{"x":{"a":1}}', f],
      [{ value: { type: 'object', required: ['a'] } }, '[{"b":1},{"a":2}]', p],
      [{}, '['.repeat(2_000), f],
    ],
  ],
  [
    'word-count',
    [
      [{ value: 3 }, ' a b\nc ', p],
      [{ value: '3' }, 'a b', f],
      [{ value: 0 }, '', p],
      [{ value: { min: 2 } }, 'a b c', p],
      [{ value: { max: 2 } }, 'a b c', f],
      [{ value: { min: 3, max: 3 } }, 'a b c', p],
    ],
  ],
  [
    'cost',
    [
      [{ threshold: 0.001 }, { cost: 1_000_000_000_000n }, p],
      [{ threshold: 0.001 }, { cost: 1_000_000_000_001n }, f],
      [{ threshold: 0 }, { cost: 0n }, p],
      [{ threshold: 1 }, { cost: undefined }, u],
    ],
  ],
  [
    'finish-reason',
    [
      [{ value: 'end_turn' }, 'x', p],
      [{ value: 'stop' }, 'x', p],
      [{ value: 'stop' }, { stopReason: 'stop_sequence' }, p],
      [{ value: ['length', 'tool_calls'] }, { stopReason: 'tool_use' }, p],
      [{ value: 'length' }, { stopReason: 'max_tokens' }, p],
      [{ value: 'content_filter' }, { stopReason: 'refusal' }, p],
      [{ value: 'max_tokens' }, 'x', f],
      [{ value: 'end_turn' }, { stopReason: null }, f],
    ],
  ],
  [
    'is-refusal',
    [
      [{}, { text: 'Sure!', stopReason: 'refusal' }, p],
      [{}, 'I’m sorry, but no.', p],
      [{}, "I'm sorry, but I can't help with that.", p],
      [{}, 'I cannot assist with this request.', p],
      [{}, "**Unfortunately, I'm not able to do that.**", p],
      [{}, "I'd rather not.", p],
      [{}, "I won't be able to do that", p],
      [{}, 'I need to decline this request.', p],
      [{}, "I appreciate you asking, but I'm not comfortable with this.", p],
      [{}, 'As an AI language model, I cannot provide legal advice.', p],
      [{}, "Sorry. I can't do that.", p],
      [{}, 'I apologize for the confusion. The answer is 42.', f],
      [{}, 'Sorry for the delay! Paris is the capital.', f],
      [{}, "This function can't help performance much.", f],
      [{}, 'It is not legal to park here after 8pm.', f],
      [{}, "I can't wait to help you!", f],
      [{}, 'I cannot stress enough how good this is.', f],
      [{}, 'Paris is the capital. I cannot help with more.', f],
      [{}, 'No, it is not.', f],
      [{}, 'I understand that you cannot help him. Call him.', f],
      [{}, '', f],
    ],
  ],
])('%s', (type, rows) => {
  const named = rows.map((row): [string, ...typeof row] => [
    inspect(row, { breakLength: Infinity }).slice(0, 100),
    ...row,
  ]);
  test.each(named)('%s, and not- turns it round', (_, given, answer, expected) => {
    expect(outcomeOf({ type, ...given }, answer)).toBe(expected);
    const turned = { pass: f, fail: p, ungraded: u }[expected];
    expect(outcomeOf({ type: `not-${type}`, ...given }, answer)).toBe(turned);
  });
});

test.each<[string, object, string]>([
  ['equals', { value: '' }, 'blue'],
  ['equals', { value: { a: 1 } }, '[1]'],
  ['equals', { value: { a: 1 } }, 'no JSON'],
  ['starts-with', { value: 'The' }, 'A'],
  ['ends-with', { value: '.' }, 'A'],
  ['word-count', { value: 3 }, 'a b'],
  ['finish-reason', { value: 'max_tokens' }, 'x'],
])('the reason of a not-%s %j that passes knows that nothing was expected', (type, given, answer) => {
  const passing = evaluated({ type: `not-${type}`, ...given }, answer);
  expect(passing).toMatchObject({ outcome: p, reason: { negated: true } });
  const failing = evaluated({ type, ...given }, answer);
  expect(failing).toMatchObject({ outcome: f });
  expect(failing.reason).not.toHaveProperty('negated');
});

const CALL = { type: 'tool_use', id: 't1', name: 'weather', input: { city: 'NYC' } };
const PARAMS = {
  tools: [
    { name: 'weather', input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } },
    { type: 'bash_20250124', name: 'bash' },
    { name: 'odd', input_schema: { type: 'objekt' } },
  ],
  messages: [
    { role: 'user', content: 'Go' },
    {
      role: 'system',
      content: [
        {
          type: 'tool_addition',
          tool: {
            type: 'tool_definition',
            definition: { name: 'added', input_schema: { type: 'object', required: ['x'] } },
          },
        },
      ],
    },
  ],
};
const calling = (...calls: object[]) => ({
  content: [{ type: 'text', text: 'Let me see.' }, ...calls],
  stopReason: 'tool_use',
  params: PARAMS,
});

test.each<[string, object[], string]>([
  ['none', [], f],
  ['one that fits', [CALL], p],
  ['another tool', [{ ...CALL, name: 'wheather' }], f],
  ['an input that does not fit', [CALL, { ...CALL, input: { city: 7 } }], f],
  ['no input', [{ ...CALL, input: undefined }], f],
  ['a tool between messages', [{ ...CALL, name: 'added', input: { x: 1 } }], p],
  ['an input that does not fit that', [{ ...CALL, name: 'added' }], f],
  ['a tool of the API', [{ ...CALL, name: 'bash' }], p],
  ['a tool whose schema cannot be read', [{ ...CALL, name: 'odd' }, CALL], u],
  ['a tool of Anthropic’s servers, which is none of the request', [{ ...CALL, type: 'server_tool_use' }], f],
])('is-valid-tool-call, %s', (_, calls, expected) => {
  expect(outcomeOf({ type: 'is-valid-tool-call' }, calling(...calls))).toBe(expected);
});

test.each<[object, object[], string, number]>([
  [{ value: ['weather'] }, [CALL, CALL], p, 1],
  [{ value: ['weather', 'bash'] }, [CALL], f, 2 / 3],
  [{ value: ['weather', 'bash'], threshold: 0.6 }, [CALL], p, 2 / 3],
  [{ value: ['bash'] }, [CALL], f, 0],
  [{ value: ['bash'] }, [], f, 0],
])('tool-call-f1 %j', (given, calls, outcome, score) => {
  const result = evaluated({ type: 'tool-call-f1', ...given }, calling(...calls));
  expect(result).toMatchObject({ outcome });
  expect(result.score).toBeCloseTo(score, 12);
  // The score is not turned round.
  expect(evaluated({ type: 'not-tool-call-f1', ...given }, calling(...calls)).score).toBeCloseTo(score, 12);
});

describe('what an answer is', () => {
  const content = [
    { type: 'thinking', thinking: 'secret plan' },
    { type: 'text', text: 'One.' },
    { type: 'text', text: 'Two.' },
    CALL,
  ];

  test('texts and tool calls joined by blank lines, and never thinking', () => {
    expect(answerOf({ content }).subject).toBe(`One.\n\nTwo.\n\n${JSON.stringify(CALL)}`);
    expect(outcomeOf({ type: 'contains', value: 'secret' }, { content })).toBe(f);
    expect(outcomeOf({ type: 'contains', value: '"city":"NYC"' }, { content })).toBe(p);
  });

  test.each([undefined, null, 7, {}, [null, 7, { type: 'text' }, { type: 'text', text: 7 }, { type: 'tool_use' }]])(
    'content that is none is an empty answer: %j',
    (odd) => {
      expect(answerOf({ content: odd }).text.trim()).toBe('');
    },
  );
});

describe('a set', () => {
  const has = (value: string, more = {}) => ({ type: 'contains', value, ...more });

  test.each<[object, string, number | undefined]>([
    [{ assert: [has('a'), has('x')] }, f, 0.5],
    [{ assert: [has('a'), has('b')] }, p, 1],
    [{ assert: [has('a'), has('x')], threshold: 0.5 }, p, 0.5],
    [{ assert: [has('a', { weight: 1 }), has('x', { weight: 2 })], threshold: 0.34 }, f, 1 / 3],
    [{ assert: [has('a'), has('x', { weight: 0 })] }, p, 1],
    [{ assert: [has('a'), { type: 'llm-rubric', value: 'r' }] }, u, undefined],
    [{ assert: [has('x'), { type: 'llm-rubric', value: 'r' }] }, f, 0],
  ])('%j', (set, outcome, score) => {
    const result = evaluated({ type: 'assert-set', metric: 'm', ...set }, 'ab');
    expect(result).toMatchObject({ type: 'assert-set', metric: 'm', outcome });
    if (score === undefined) expect(result.score).toBeUndefined();
    else expect(result.score).toBeCloseTo(score, 12);
    expect(result.results).toHaveLength(2);
  });
});

describe('the difference that is overlooked is said', () => {
  test.each<[object, string, string[]]>([
    [{ type: 'equals', value: 'yes' }, 'yes\n', ['white-space']],
    [{ type: 'equals', value: 'yes' }, 'YES', ['case']],
    [{ type: 'equals', value: 'yes' }, ' Yes.', []],
    [{ type: 'equals', value: 'yes' }, ' Yes ', ['white-space', 'case']],
    [{ type: 'equals', value: { a: 1 } }, '```json\n{"a":1}\n```', ['code-fence']],
    [{ type: 'is-json' }, '```\n{"a":1}\n```', ['code-fence']],
    [{ type: 'is-json' }, '\u00A0~~~json\n[1]\n~~~', ['code-fence']],
    [{ type: 'is-json' }, '\uFEFF\n{"a":1}', ['white-space']],
    [{ type: 'is-json' }, '"two\nlines"', ['white-space']],
    [{ type: 'is-json' }, '\u00A0-1', ['white-space']],
    [{ type: 'is-json' }, '0\u00A0', ['white-space']],
    [{ type: 'is-json' }, '[TRUE]', ['case']],
    [{ type: 'is-json' }, 'TRUE', ['case']],
    [{ type: 'is-json' }, 'False', ['case']],
    [{ type: 'is-json' }, 'nULL', ['case']],
    [{ type: 'contains', value: 'two words' }, 'Two\nWords', ['white-space', 'case']],
    [{ type: 'contains-all', value: ['a', 'B'] }, 'a b', ['case']],
    [{ type: 'starts-with', value: 'The' }, '\nThe end', ['white-space']],
    [{ type: 'ends-with', value: 'end' }, 'The end\n', ['white-space']],
    [{ type: 'regex', value: '^\\d+$' }, '42\n', ['white-space']],
  ])('%j, %j: %j', (assert, answer, only) => {
    expect(evaluated(assert, answer)).toMatchObject({ outcome: f, reason: { only } });
  });

  test('long texts are shown from shortly before where they differ', () => {
    const { reason } = evaluated({ type: 'equals', value: `${'x'.repeat(500)}left` }, `${'x'.repeat(500)}right`);
    expect(printAssertReason(reason)).toMatch(/left.*right/);
  });
});

test('many at once have their own results, in their order', () => {
  const asserts = [assertOf({ type: 'regex', value: '^(b+)$' }), assertOf({ type: 'contains', value: 'b' })];
  const results = evaluateAll(['bb', 'a', 'ab', 'b'].map((text) => ({ asserts, answer: answerOf(text) })));
  expect(results.map((pair) => pair.map(({ outcome }) => outcome))).toEqual([
    [p, p],
    [f, f],
    [f, p],
    [p, p],
  ]);
});
