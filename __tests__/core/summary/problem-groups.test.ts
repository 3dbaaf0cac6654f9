import { describe, expect, test } from '@jest/globals';
import {
  countRest,
  describeGroup,
  groupProblems,
  listProblems,
  type ProblemGroup,
  rangesOf,
} from '../../../src/core/summary/problem-groups.ts';
import type { Problem } from '../../../src/core/text/problem.ts';

/** A problem at `a.jsonl:7`, in a file as a whole (`a.jsonl`), or nowhere (`''`). */
function problem(place: string, what = 'no model', cure = 'name one', code = 'x'): Problem {
  const [file = '', line] = place.split(':');
  if (file === '') return { code, what, cure };
  return { code, where: line === undefined ? { file } : { file, line: Number(line) }, what, cure };
}

/** Each group by its first text, its count and its lines: `no model × 3 a.jsonl:7,9 b.jsonl:1`. */
function show(problems: readonly Problem[]): string[] {
  return groupProblems(problems).map(({ first, count, lines }) =>
    [`${first.what} × ${count}`, ...Array.from(lines, ([file, ofFile]) => `${file}:${ofFile.join(',')}`)].join(' '),
  );
}

describe('what is one cause', () => {
  test.each<[string, Problem[], string[]]>([
    ['none', [], []],
    ['one', [problem('a.jsonl:7')], ['no model × 1 a.jsonl:7']],
    [
      'one over several files',
      [problem('a.jsonl:7'), problem('a.jsonl:9'), problem('b.jsonl:1'), problem('c/a.jsonl:7')],
      ['no model × 4 a.jsonl:7,9 b.jsonl:1 c/a.jsonl:7'],
    ],
    [
      'files that take turns',
      [problem('a.jsonl:1'), problem('b.jsonl:1'), problem('a.jsonl:2'), problem('b.jsonl:2')],
      ['no model × 4 a.jsonl:1,2 b.jsonl:1,2'],
    ],
    [
      'several in one line count once',
      [problem('a.jsonl:7'), problem('a.jsonl:7'), problem('b.jsonl:7'), problem('a.jsonl:7'), problem('a.jsonl:8')],
      ['no model × 3 a.jsonl:7,8 b.jsonl:7'],
    ],
    [
      'other columns',
      [problem('a:1', 'no JSON (column 12)'), problem('a:2', 'no JSON (column 7)')],
      ['no JSON (column 12) × 2 a:1,2'],
    ],
    [
      'other positions',
      [problem('a:1', 'a blank at position 3'), problem('a:2', 'a blank at position 14')],
      ['a blank at position 3 × 2 a:1,2'],
    ],
    [
      'other indices',
      [
        problem('a:1', 'messages[0].content[1].text is empty'),
        problem('a:2', 'messages[12].content[0].text is empty'),
        problem('a:2', 'messages[12].content[1].text is empty'),
      ],
      ['messages[0].content[1].text is empty × 2 a:1,2'],
    ],
    [
      'other places in the text',
      [problem('a:4', 'the id stands in a:1, too'), problem('a:5', 'the id stands in a:2, too')],
      ['the id stands in a:1, too × 2 a:4,5'],
    ],
    [
      'a place in the cure',
      [problem('a:4', 'twice', 'keep the one at b:1'), problem('a:5', 'twice', 'keep the one at b:22')],
      ['twice × 2 a:4,5'],
    ],
  ])('%s', (_, problems, expected) => {
    expect(show(problems)).toEqual(expected);
  });
});

describe('what is another cause', () => {
  const apart: readonly (readonly [string, Problem, Problem])[] = [
    ['models', problem('a:1', 'the API knows no model "m-1"'), problem('a:2', 'the API knows no model "m-2"')],
    [
      'versions of a model',
      problem('a:1', 'the API knows no model "us.m-v1:0"'),
      problem('a:2', 'the API knows no model "us.m-v1:1"'),
    ],
    ['limits', problem('a:1', 'too much', 'write 4096 or less'), problem('a:2', 'too much', 'write 8192 or less')],
    ['dates', problem('a:1', 'm retires on 2027-01-15'), problem('a:2', 'm retires on 2027-01-16')],
    ['members', problem('a:1', 'messages[0].role is missing'), problem('a:2', 'messages[0].content is missing')],
    ['cures', problem('a:1', 'w', 'write "m"'), problem('a:2', 'w', 'write "n"')],
    ['codes', problem('a:1', 'w', 'c', 'one'), problem('a:2', 'w', 'c', 'two')],
    ['a line and a file as a whole', problem('a:1'), problem('a')],
    ['a line and no place', problem('a:1'), problem('')],
    ['texts that end elsewhere', problem('a:1', 'x","y', 'z'), problem('a:2', 'x', 'y","z')],
  ];
  test.each(apart)('other %s', (_, one, other) => {
    const groups = groupProblems([one, other, one, other]);
    expect(groups.map(({ first }) => first)).toEqual([one, other]);
    expect(groupProblems([other, one]).map(({ first }) => first)).toEqual([other, one]);
  });
});

describe('what is of no line', () => {
  test('files and the inputs count as often as they are told', () => {
    expect(show([problem('a.jsonl', 'empty file'), problem('b.jsonl', 'empty file')])).toEqual([
      'empty file × 1',
      'empty file × 1',
    ]);
    expect(show([problem('', 'no key'), problem('', 'no key'), problem('', 'no id')])).toEqual([
      'no key × 2',
      'no id × 1',
    ]);
  });

  test('is told in the words of the first', () => {
    const groups = groupProblems([problem('', 'no key', 'set one'), problem('', 'no key', 'set one')]);
    expect(groups.map(describeGroup)).toEqual(['no key; set one']);
  });
});

describe('a group in a sentence', () => {
  test.each<[string, Problem[], string]>([
    ['one line', [problem('a.jsonl:7')], 'a.jsonl:7: no model; name one'],
    ['one line twice', [problem('a.jsonl:7'), problem('a.jsonl:7')], 'a.jsonl:7: no model; name one'],
    ['no place', [problem('')], 'no model; name one'],
    ['several lines', [problem('a.jsonl:7'), problem('a.jsonl:9')], '2 lines: no model; name one (first at a.jsonl:7)'],
    [
      'several files',
      [problem('b.jsonl:7'), problem('a.jsonl:9'), problem('a.jsonl:10')],
      '3 lines in 2 files: no model; name one (first at b.jsonl:7)',
    ],
    [
      'thousands',
      Array.from({ length: 1234 }, (_, n) => problem(`a.jsonl:${n + 1}`)),
      '1,234 lines: no model; name one (first at a.jsonl:1)',
    ],
  ])('%s', (_, problems, expected) => {
    expect(groupProblems(problems).map(describeGroup)).toEqual([expected]);
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

  test('has a line for each up to 1,000', () => {
    const listed = listProblems(lines(1000));
    expect(listed).toHaveLength(1000);
    expect([listed[0], listed.at(-1)]).toEqual(['a.jsonl:1: no model; name one', 'a.jsonl:1000: no model; name one']);
  });

  test('beyond names the lines of each cause together, by file, and what is of no line by itself', () => {
    const others = [
      problem('b.jsonl:3'),
      problem('b.jsonl:5'),
      problem('a.jsonl:7', 'no id'),
      problem('c.jsonl', 'empty'),
      problem('', 'no key'),
    ];
    expect(listProblems([...lines(1000), ...others])).toEqual([
      'a.jsonl:1-1000: no model; name one',
      'b.jsonl:3,5: no model; name one',
      'a.jsonl:7: no id; name one',
      'c.jsonl: empty; name one',
      'no key; name one',
    ]);
  });

  test('no line of it is endless, and none of the problems is lost', () => {
    const listed = listProblems(lines(2501, 2));
    expect(listed).toHaveLength(26);
    const found = listed.flatMap((line) => /^a\.jsonl:([\d,]+): no model; name one$/.exec(line)?.[1]?.split(',') ?? []);
    expect(found.map(Number)).toEqual(Array.from({ length: 2501 }, (_, n) => n * 2 + 1));
    expect(Math.max(...listed.map((line) => line.split(',').length))).toBe(100);
  });
});

test.each<[number[], string, string]>([
  [[1], 'problem', '1 more problem of 1 other kind'],
  [[1, 1], 'warning', '2 more warnings of 2 other kinds'],
  [[1200, 34], 'problem', '1,234 more problems of 2 other kinds'],
])('what is left out of %j', (counts, noun, expected) => {
  const groups = counts.map((count): ProblemGroup => ({ first: problem('a:1'), count, lines: new Map() }));
  expect(countRest(groups, noun)).toBe(expected);
});
