import { describe, expect, test } from '@jest/globals';
import { parse } from './given.ts';

const x = (count: number) => 'x'.repeat(count);
const head = { weight: 1, metric: undefined };

test.each<[given: object, read: object]>([
  [
    { type: 'contains', value: 5 },
    { kind: 'contains', texts: ['5'], need: 'all', ignoreCase: false },
  ],
  [
    { type: 'icontains', value: 'A' },
    { kind: 'contains', texts: ['A'], need: 'all', ignoreCase: true },
  ],
  [
    { type: 'contains-all', value: ['a', 5] },
    { kind: 'contains', texts: ['a', '5'], need: 'all', ignoreCase: false },
  ],
  [
    { type: 'contains-any', value: 'a, b' },
    { kind: 'contains', texts: ['a', 'b'], need: 'any', ignoreCase: false },
  ],
  [
    { type: 'icontains-all', value: ['a'] },
    { kind: 'contains', texts: ['a'], need: 'all', ignoreCase: true },
  ],
  [
    { type: 'icontains-any', value: ['a'] },
    { kind: 'contains', texts: ['a'], need: 'any', ignoreCase: true },
  ],
  [
    { type: 'starts-with', value: 'a' },
    { kind: 'affix', at: 'start', text: 'a' },
  ],
  [
    { type: 'ends-with', value: 'a' },
    { kind: 'affix', at: 'end', text: 'a' },
  ],
  [
    { type: 'equals', value: x(50_000) },
    { kind: 'equals', value: x(50_000) },
  ],
  [{ type: 'is-json' }, { kind: 'json', isWhole: true, use: undefined }],
  [{ type: 'contains-json' }, { kind: 'json', isWhole: false, use: undefined }],
  [
    { type: 'word-count', value: 12 },
    { kind: 'word-count', min: 12, max: 12 },
  ],
  [
    { type: 'word-count', value: ' 12 ' },
    { kind: 'word-count', min: 12, max: 12 },
  ],
  [
    { type: 'word-count', value: { min: 0 } },
    { kind: 'word-count', min: 0, max: undefined },
  ],
  [
    { type: 'word-count', value: { max: '3' } },
    { kind: 'word-count', min: undefined, max: 3 },
  ],
  [
    { type: 'word-count', value: { min: 2, max: 2 } },
    { kind: 'word-count', min: 2, max: 2 },
  ],
  [
    { type: 'cost', threshold: 0 },
    { kind: 'cost', threshold: 0 },
  ],
  [
    { type: 'cost', threshold: 1e6 },
    { kind: 'cost', threshold: 1e6 },
  ],
  [
    { type: 'finish-reason', value: 'stop' },
    { kind: 'finish-reason', reasons: ['stop'] },
  ],
  [
    { type: 'finish-reason', value: ['stop', 'refusal'] },
    { kind: 'finish-reason', reasons: ['stop', 'refusal'] },
  ],
  [{ type: 'is-refusal' }, { kind: 'is-refusal' }],
  [{ type: 'is-valid-tool-call' }, { kind: 'is-valid-tool-call' }],
  [
    { type: 'tool-call-f1', value: ['a'] },
    { kind: 'tool-call-f1', names: ['a'], threshold: 1 },
  ],
  [
    { type: 'tool-call-f1', value: ['a'], threshold: 1 },
    { kind: 'tool-call-f1', names: ['a'], threshold: 1 },
  ],
  [
    { type: 'llm-rubric', value: 'polite', reference: 'Good day', threshold: 0.5 },
    { kind: 'llm-rubric', rubric: 'polite', reference: 'Good day', threshold: 0.5 },
  ],
  [{ type: 'is-json', weight: 0 }, { weight: 0 }],
  [{ type: 'is-json', weight: 1e9 }, { weight: 1e9 }],
  [{ type: 'is-json', metric: x(100) }, { metric: x(100) }],
  [{ type: 'is-json', metric: 'two\nlines' }, { metric: 'two lines' }],
  [
    { type: 'is-json', metric: 'm' },
    { negated: false, metric: 'm' },
  ],
  [{ type: 'not-is-json' }, { negated: true }],
  [
    { type: 'assert-set', assert: [{ type: 'is-json' }], threshold: 1, weight: 2, metric: 'all' },
    { kind: 'assert-set', threshold: 1, weight: 2, metric: 'all' },
  ],
])('%j is read without a word', (given, read) => {
  const { asserts, problems, warnings, files } = parse([given]);
  expect({ problems, warnings, files }).toEqual({ problems: [], warnings: [], files: [] });
  expect(asserts).toHaveLength(1);
  expect({ ...asserts[0] }).toMatchObject({ ...head, ...read, type: 'type' in given && given.type });
});

describe('what is not taken', () => {
  test.each<[given: object, problem: object]>([
    [{ type: '' }, { code: 'assert-no-type' }],
    [
      { type: 'starts-with', value: '' },
      { code: 'assert-value', wanted: 'text', found: 'empty' },
    ],
    [{ type: 'ends-with' }, { code: 'assert-value', wanted: 'text', found: undefined }],
    [
      { type: 'regex', value: 5 },
      { code: 'assert-value', wanted: 'pattern', found: 'number' },
    ],
    [
      { type: 'finish-reason', value: [] },
      { code: 'assert-value', wanted: 'stop-reasons', found: 'empty' },
    ],
    [
      { type: 'finish-reason', value: '' },
      { code: 'assert-value', wanted: 'stop-reasons', found: 'empty' },
    ],
    [
      { type: 'finish-reason', value: ['stop', ''] },
      { code: 'assert-value', wanted: 'stop-reasons', found: 'list' },
    ],
    [
      { type: 'finish-reason', value: ['stop', 5] },
      { code: 'assert-value', wanted: 'stop-reasons', found: 'list' },
    ],
    [
      { type: 'tool-call-f1', value: ['a', ''] },
      { code: 'assert-value', wanted: 'names', found: 'list' },
    ],
    [
      { type: 'tool-call-f1', value: ['a', 5] },
      { code: 'assert-value', wanted: 'names', found: 'list' },
    ],
    [
      { type: 'tool-call-f1', value: 'a' },
      { code: 'assert-value', wanted: 'names', found: 'string' },
    ],
    [
      { type: 'llm-rubric', value: 5 },
      { code: 'assert-value', wanted: 'rubric', found: 'number' },
    ],
    [
      { type: 'llm-rubric', value: ' ' },
      { code: 'assert-value', wanted: 'rubric', found: 'string' },
    ],
    ...[-1, 0.5, true, null, [1], 'x5', '5x', '5 6', '1.0', '-1', '1'.repeat(16), {}, { min: 1, least: 1 }].map(
      (value): [object, object] => [
        { type: 'word-count', value },
        { code: 'assert-value', wanted: 'words' },
      ],
    ),
    ...[{ min: 'a' }, { max: 'a' }, { min: null }, { max: -1 }, { min: 1, max: 'a' }, { min: 'a', max: 1 }].map(
      (value): [object, object] => [
        { type: 'word-count', value },
        { code: 'assert-value', wanted: 'words' },
      ],
    ),
    [{ type: 'word-count', value: { min: 3, max: 2 } }, { code: 'assert-word-range' }],
    [{ type: 'is-json', weight: 1e9 + 1 }, { code: 'assert-weight' }],
    [{ type: 'is-json', weight: -1 }, { code: 'assert-weight' }],
    [{ type: 'is-json', weight: '1' }, { code: 'assert-weight' }],
    [{ type: 'is-json', metric: '  ' }, { code: 'assert-metric' }],
    [{ type: 'is-json', metric: x(101) }, { code: 'assert-metric' }],
    [{ type: 'is-json', metric: 5 }, { code: 'assert-metric' }],
    [
      { type: 'tool-call-f1', value: ['a'], threshold: 1.01 },
      { code: 'assert-threshold', wanted: 'share' },
    ],
    [
      { type: 'cost', threshold: 1e6 + 1 },
      { code: 'assert-threshold', wanted: 'usd', isMissing: false },
    ],
    [
      { type: 'cost', threshold: -1 },
      { code: 'assert-threshold', wanted: 'usd', isMissing: false },
    ],
    [{ type: 'cost' }, { code: 'assert-threshold', wanted: 'usd', isMissing: true }],
    // It is known where it is not wanted, so that nobody is told both.
    [{ type: 'equals', value: 'a', threshold: 1 }, { code: 'assert-threshold-misplaced' }],
    [{ type: 'llm-rubric', value: 'polite', reference: 5 }, { code: 'assert-reference' }],
    [
      { type: 'llm-rubric', value: x(40_001) },
      { code: 'assert-too-long', part: 'value', length: 40_001, max: 40_000 },
    ],
    [
      { type: 'llm-rubric', value: 'polite', reference: 'é'.repeat(20_001) },
      { code: 'assert-too-long', part: 'reference', length: 40_002, max: 40_000 },
    ],
  ])('%j', (given, problem) => {
    const { problems, warnings } = parse([given]);
    expect(problems).toMatchObject([problem]);
    expect(warnings).toEqual([]);
  });
});

describe('what is warned of', () => {
  const key = (name: string, meant?: string) => ({ code: 'assert-unknown-key', name, meant });
  test.each<[given: object, warnings: readonly object[]]>([
    [{ type: 'cost', threshold: 1, value: 2 }, [key('value')]],
    [{ type: 'is-refusal', value: 2 }, [key('value')]],
    [{ type: 'is-valid-tool-call', value: 2 }, [key('value')]],
    [{ type: 'equals', value: 'a', reference: 'b' }, [key('reference')]],
    [{ type: 'is-json', weigth: 2 }, [key('weigth', 'weight')]],
    // What is there already was not meant.
    [{ type: 'is-json', weigth: 2, weight: 1 }, [key('weigth')]],
    [{ type: 'is-json', [x(90)]: 2 }, [key(`${x(80)}…`)]],
    [
      { type: 'finish-reason', value: ['stop', 'stopp', 'refusal'] },
      [{ code: 'assert-stop-reason', word: 'stopp', meant: 'stop' }],
    ],
    [{ type: 'regex', value: '/a/gi' }, [{ code: 'assert-pattern-slashes', flags: 'gi' }]],
    [{ type: 'regex', value: '/a/' }, [{ code: 'assert-pattern-slashes', flags: '' }]],
    [{ type: 'regex', value: 'x/a/' }, []],
    [{ type: 'regex', value: '/a/b' }, []],
    [{ type: 'regex', value: '//' }, []],
    [{ type: 'equals', value: 'a {{b}}' }, [{ code: 'assert-template' }]],
    [{ type: 'equals', value: '{% if a %}' }, [{ code: 'assert-template' }]],
    [{ type: 'contains-any', value: ['a', '{{b}}'] }, [{ code: 'assert-template' }]],
    [{ type: 'equals', value: '{{a' }, []],
  ])('%j: %j', (given, warnings) => {
    const found = parse([given]);
    expect(found.problems).toEqual([]);
    expect(found.warnings).toMatchObject(warnings);
    expect(found.warnings).toHaveLength(warnings.length);
  });
});
