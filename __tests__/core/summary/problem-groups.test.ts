import { describe, expect, test } from '@jest/globals';
import type { Message } from '../../../src/core/messages/message.ts';
import type { Problem, ProblemData } from '../../../src/core/messages/problems.ts';
import { describeGroup, groupProblems, listProblems, rangesOf } from '../../../src/core/summary/problem-groups.ts';

const NOT_UTF8: ProblemData = { code: 'not-utf8' };

/** A problem at `a.jsonl:7`, in a file as a whole (`a.jsonl`), or nowhere (`''`). */
function problem(place: string, data = NOT_UTF8): Problem {
  const [file = '', line] = place.split(':');
  if (file === '') return data;
  return { ...data, where: line === undefined ? { file } : { file, line: Number(line) } };
}

/** Each group by its first place, its count and its lines: `a.jsonl:7 × 3 a.jsonl:7,9 b.jsonl:1`. */
function show(problems: readonly Problem[]): string[] {
  return groupProblems(problems).map(({ count, lines }) =>
    [`${count}`, ...Array.from(lines, ([file, ofFile]) => `${file}:${ofFile.join(',')}`)].join(' '),
  );
}

describe('what is one cause', () => {
  const emptyText = (...place: readonly (string | number)[]): ProblemData => ({ code: 'empty-text', place });
  const first = (file: string, line: number): ProblemData => ({ code: 'identical-requests', first: { file, line } });
  test.each<[string, Problem[], string[]]>([
    ['none', [], []],
    ['one', [problem('a.jsonl:7')], ['1 a.jsonl:7']],
    [
      'one over several files',
      [problem('a.jsonl:7'), problem('a.jsonl:9'), problem('b.jsonl:1'), problem('c/a.jsonl:7')],
      ['4 a.jsonl:7,9 b.jsonl:1 c/a.jsonl:7'],
    ],
    [
      'files that take turns',
      [problem('a.jsonl:1'), problem('b.jsonl:1'), problem('a.jsonl:2'), problem('b.jsonl:2')],
      ['4 a.jsonl:1,2 b.jsonl:1,2'],
    ],
    [
      'several in one line count once',
      [problem('a.jsonl:7'), problem('a.jsonl:7'), problem('b.jsonl:7'), problem('a.jsonl:7'), problem('a.jsonl:8')],
      ['3 a.jsonl:7,8 b.jsonl:7'],
    ],
    [
      'other columns',
      [problem('a:1', { code: 'not-json', column: 12 }), problem('a:2', { code: 'not-json', column: 7 })],
      ['2 a:1,2'],
    ],
    [
      'other positions',
      [
        problem('a:1', { code: 'custom-id-form', position: 3 }),
        problem('a:2', { code: 'custom-id-form', position: 14 }),
      ],
      ['2 a:1,2'],
    ],
    [
      'other lengths',
      [problem('a:1', { code: 'custom-id-form', length: 65 }), problem('a:2', { code: 'custom-id-form', length: 70 })],
      ['2 a:1,2'],
    ],
    [
      'other indexes',
      [
        problem('a:1', emptyText('messages', 0, 'content', 1)),
        problem('a:2', emptyText('messages', 12, 'content', 0)),
        problem('a:2', emptyText('messages', 12, 'content', 1)),
      ],
      ['2 a:1,2'],
    ],
    ['other lines that came first', [problem('a:4', first('a', 1)), problem('a:5', first('a', 2))], ['2 a:4,5']],
  ])('%s', (_, problems, expected) => {
    expect(show(problems)).toEqual(expected);
  });
});

describe('what is another cause', () => {
  const model = (name: string, meant?: string): ProblemData => ({
    code: 'unknown-model',
    name,
    meant,
    examples: [],
    isForeign: false,
  });
  const limit = (most: number): ProblemData => ({ code: 'max-tokens-limit', name: 'm', limit: most });
  const retiring = (on: string): ProblemData => ({ code: 'retiring-model', name: 'm', on });
  const missing = (name: string): ProblemData => ({
    code: 'shape-missing',
    place: ['messages', 0],
    name,
    type: undefined,
  });
  const saving = (savingUsd: bigint): ProblemData => ({ code: 'uncached-prefix', requests: 2, tokens: 1, savingUsd });
  const apart: readonly (readonly [string, Problem, Problem])[] = [
    ['models', problem('a:1', model('m-1')), problem('a:2', model('m-2'))],
    ['names that were meant', problem('a:1', model('m', 'n')), problem('a:2', model('m', 'o'))],
    ['limits', problem('a:1', limit(4096)), problem('a:2', limit(8192))],
    ['dates', problem('a:1', retiring('2027-01-15')), problem('a:2', retiring('2027-01-16'))],
    ['members', problem('a:1', missing('role')), problem('a:2', missing('content'))],
    ['amounts', problem('a:1', saving(1n)), problem('a:2', saving(2n))],
    ['codes', problem('a:1'), problem('a:2', { code: 'not-jsonl', form: 'array' })],
    ['inputs', { ...NOT_UTF8, input: 'default-params' }, { ...NOT_UTF8, input: 'override-params' }],
    ['a line and a file as a whole', problem('a:1'), problem('a')],
    ['a line and no place', problem('a:1'), problem('')],
  ];
  test.each(apart)('other %s', (_, one, other) => {
    const groups = groupProblems([one, other, one, other]);
    expect(groups.map(({ first }) => first)).toEqual([one, other]);
    expect(groupProblems([other, one]).map(({ first }) => first)).toEqual([other, one]);
  });
});

describe('what is of no line', () => {
  test('files and the inputs count as often as they are reported', () => {
    expect(show([problem('a.jsonl'), problem('b.jsonl')])).toEqual(['1', '1']);
    expect(show([problem(''), problem(''), problem('', { code: 'no-api-key' })])).toEqual(['2', '1']);
  });

  test('is described by the first', () => {
    const found = { code: 'problem-found', problem: NOT_UTF8, lines: 2, files: 0 };
    expect(groupProblems([problem(''), problem('')]).map(describeGroup)).toEqual([found]);
  });
});

describe('a group as a message', () => {
  test.each<[string, Problem[], number, number]>([
    ['one line', [problem('a.jsonl:7')], 1, 1],
    ['one line twice', [problem('a.jsonl:7'), problem('a.jsonl:7')], 1, 1],
    ['no place', [problem('')], 1, 0],
    ['several lines', [problem('a.jsonl:7'), problem('a.jsonl:9')], 2, 1],
    ['several files', [problem('b.jsonl:7'), problem('a.jsonl:9'), problem('a.jsonl:10')], 3, 2],
  ])('%s', (_, problems, lines, files) => {
    const found = { code: 'problem-found', problem: problems[0], lines, files };
    expect(groupProblems(problems).map(describeGroup)).toEqual([found]);
  });
});

test.each<[number[], string[]]>([
  [[], []],
  [[7], ['7']],
  [[7, 8], ['7-8']],
  [
    [7, 8, 9, 12],
    ['7-9', '12'],
  ],
  [
    [1, 3, 5],
    ['1', '3', '5'],
  ],
  [
    [1, 1, 2, 2, 4, 4],
    ['1-2', '4'],
  ],
])('the ranges of %j', (lines, ranges) => {
  expect(rangesOf(lines)).toEqual(ranges);
});

describe('the list', () => {
  const lines = (count: number, step = 1, file = 'a.jsonl') =>
    Array.from({ length: count }, (_, n) => problem(`${file}:${n * step + 1}`));
  const alone = (one: Problem): Message => ({ code: 'problem-found', problem: one, lines: 1, files: 1 });

  test('has a line for each up to 1,000', () => {
    const all = [...lines(999), problem('a.jsonl:1000', { code: 'nul-bytes' })];
    expect(listProblems(all)).toEqual(all.map(alone));
  });

  test('names the lines of a single cause together', () => {
    expect(listProblems(lines(5))).toEqual([
      { code: 'problem-lines', problem: problem('a.jsonl:1'), file: 'a.jsonl', ranges: ['1-5'] },
    ]);
  });

  test('beyond names the lines of each cause together, by file, and what is of no line by itself', () => {
    const ofFile: Problem = { code: 'requests-replaced', where: { file: 'c.jsonl' } };
    const one = problem('a.jsonl:7', { code: 'not-jsonl', form: 'array' });
    const others = [problem('b.jsonl:3'), problem('b.jsonl:5'), one, ofFile, problem('', { code: 'no-api-key' })];
    expect(listProblems([...lines(1000), ...others])).toEqual([
      { code: 'problem-lines', problem: problem('a.jsonl:1'), file: 'a.jsonl', ranges: ['1-1000'] },
      { code: 'problem-lines', problem: problem('a.jsonl:1'), file: 'b.jsonl', ranges: ['3', '5'] },
      ...others.slice(2).map(alone),
    ]);
  });

  test('no line of it is endless, and none of the problems is lost', () => {
    const listed = listProblems(lines(2501, 2));
    expect(listed).toHaveLength(26);
    const found = listed.map((line) => (line.code === 'problem-lines' ? line.ranges : []));
    expect(found.flat().map(Number)).toEqual(Array.from({ length: 2501 }, (_, n) => n * 2 + 1));
    expect(Math.max(...found.map((ranges) => ranges.length))).toBe(100);
  });
});
