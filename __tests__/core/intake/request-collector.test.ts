import { describe, expect, test } from '@jest/globals';
import { collectRequests } from '../../../src/core/intake/request-collector.ts';
import { rulesOf } from '../../../src/core/lint/finding.ts';
import type { FileForm } from '../../../src/core/messages/file-faults.ts';
import { type Problem, printProblem } from '../../../src/core/messages/problems.ts';
import { createLineSplitter } from '../../../src/core/requests/lines.ts';

const NO_MERGE = { under: new Map(), over: new Map() };
const RULES = rulesOf({ baseUrl: 'https://api.anthropic.com', version: '2026-10-21', betas: [] });
const PARAMS = { model: 'm', max_tokens: 1, messages: [{ role: 'user', content: 'x' }] };
const good = JSON.stringify({ custom_id: 'good', params: PARAMS });

function collect(text: string | Buffer, { isOutside = false } = {}) {
  const files = [{ path: '/w/a.jsonl', name: 'a.jsonl', isOutside }];
  const collector = collectRequests(files, NO_MERGE, { rules: RULES, readAgain: () => new Uint8Array() });
  const splitter = createLineSplitter(100_000_000);
  for (const line of [...splitter.push(Buffer.from(text)), ...splitter.end()]) collector.take(line, 0);
  collector.endFile();
  return collector;
}

const told = (text: string | Buffer) =>
  collect(text).problems.map(({ where, ...problem }) => [where?.line, problem.code]);

test.each<[string, string | Buffer, (readonly [number | undefined, string])[]]>([
  ['an LFS pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 2\n', [[undefined, 'file-form']]],
  ['a page', '\n<html>\n<body>\nNot found\n', [[undefined, 'file-form']]],
  ['UTF-16', Buffer.from(`\ufeff${good}\n${good}\n`, 'utf16le'), [[undefined, 'file-form']]],
  ['a document over several lines', '[\n  {\n    "custom_id": "a"\n  }\n]\n', [[1, 'not-jsonl']]],
  ['a conflict', `${good}\n<<<<<<< HEAD\n${good}\n=======\n${good}\n>>>>>>> b\n`, [[2, 'merge-conflict']]],
  ['a mark in the middle of joined files', `\ufeff${good}\n\ufeff${good}\n`, [[2, 'unseen-character']]],
  ['a tail of NUL', Buffer.concat([Buffer.from(`${good}\n`), Buffer.alloc(99)]), [[2, 'nul-bytes']]],
  [
    'a page in later lines',
    `${good}\n<html>\nx\n`,
    [
      [2, 'not-json'],
      [3, 'not-json'],
    ],
  ],
  [
    'a list that opens in a later line',
    `${good}\n[\nx\n`,
    [
      [2, 'not-jsonl'],
      [3, 'not-json'],
    ],
  ],
])('%s is told once, where it is', (_, text, expected) => {
  expect(told(text)).toEqual(expected);
});

const wholeFiles: readonly (readonly [string, string, ...Problem[]])[] = [
  ['CSV', 'id,question\n1,What?\n2,"Where, and when?"\n', fileForm('csv')],
  ['CSV with one line', 'id,question', fileForm('csv')],
  ['text', 'What?\n\nWhere?\n', fileForm('text')],
  ['YAML', `- custom_id: a\n  params: {}\n${good}`, fileForm('yaml')],
  ['a comment before requests', `# evals\n\n${good}\n{\n`, at(1, 'not-json'), at(4, 'not-jsonl')],
  ['a line of a program before requests', `> build\n${good}`, at(1, 'not-json')],
  ['a list on one line', `[${good}, ${good}]\n${good}`, at(1, 'not-jsonl')],
  ['a list of something else', `[1]\n${good}`, at(1, 'not-an-object')],
  ['prompts', '{"id":1,"prompt":"a"}\n{"prompt":"b","id":2}\n', at(1, 'prompt-line'), at(2, 'prompt-line')],
  ['an id and a prompt', '{"custom_id":"a","prompt":"b"}', at(1, 'prompt-line')],
  ['a prompt that is no text', '{"custom_id":"a","prompt":["b"]}', at(1, 'unknown-key'), at(1, 'no-params')],
  ['other data', '{"a":1}\n{}\n', at(1, 'not-a-request'), at(2, 'not-a-request')],
  ['a slip of a key beside a prompt', '{"customId":"a","prompt":"b"}', at(1, 'unknown-key'), at(1, 'unknown-key')],
];

function fileForm(form: FileForm): Problem {
  return { code: 'file-form', form, where: { file: 'a.jsonl' } };
}

/** A problem as far as the code and the place go. */
function at(line: number, code: Problem['code']): Problem {
  return { code, where: { file: 'a.jsonl', line } } as Problem;
}

test.each(wholeFiles)('a file of another kind: %s', (_, text, ...expected) => {
  expect(collect(text).problems.slice(0, expected.length)).toMatchObject(expected);
});

test('the doubtful first line of a file that ends is told before the next file', () => {
  const files = [
    { path: '/w/a.csv', name: 'a.csv', isOutside: false },
    { path: '/w/b.jsonl', name: 'b.jsonl', isOutside: false },
  ];
  const collector = collectRequests(files, NO_MERGE, { rules: undefined, readAgain: () => Buffer.alloc(0) });
  const line = (text: string) => ({ bytes: Buffer.from(text), offset: 0, number: 1, tooLong: false });
  collector.take(line('What is it?'), 0);
  collector.endFile();
  expect(collector.take(line(good), 1)).toBeDefined();
  expect(collector.problems).toEqual([{ code: 'file-form', form: 'csv', where: { file: 'a.csv' } }]);
});

test.each<[string, object, object[]]>([
  [
    'of something else',
    { params: {}, private_key: 1, client_email: 2 },
    [{ code: 'unknown-key', name: undefined, meant: undefined }],
  ],
  ['that is a slip', { customid: 'a' }, [{ code: 'unknown-key', name: 'customid', meant: 'custom_id' }]],
  [
    'that people put there',
    { params: {}, description: 1 },
    [{ code: 'unknown-key', name: 'description', meant: undefined }],
  ],
])('a key %s', (_, line, expected) => {
  const problems = collect(JSON.stringify(line)).problems.filter(({ code }) => code === 'unknown-key');
  expect(problems).toEqual(expected.map((problem) => ({ ...problem, where: { file: 'a.jsonl', line: 1 } })));
});

test('a line of twenty thousand keys is told once', () => {
  const keys = Array.from({ length: 20_000 }, (_, n) => [`k${n}`, n] as const);
  const twice = keys.map(([key]) => `"${key}":1,"${key}":2`).join();
  expect(told(JSON.stringify(Object.fromEntries(keys)))).toEqual([[1, 'not-a-request']]);
  expect(told(`{${twice}}`).length).toBeLessThan(5);
});

const S = 'SECRET';
/** A line that has the word in every place which a message may name. */
const withParams = (params: object): string => JSON.stringify({ custom_id: 'a', params: { ...PARAMS, ...params } });
const withAssert = (...assert: object[]) => JSON.stringify({ custom_id: `c-${nextId++}`, params: PARAMS, assert });
let nextId = 0;

const QUOTABLE = [
  JSON.stringify({ [S]: S }),
  JSON.stringify({ custom_id: 'a', params: PARAMS, [`custom_i${S}`]: 1, metadata: 1 }),
  `{"${S}":1,"${S}":2}`,
  JSON.stringify({ custom_id: S, params: PARAMS }),
  JSON.stringify({ custom_id: S, params: PARAMS }),
  JSON.stringify({ custom_id: S, body: {}, [S]: 1 }),
  `{"custom_id":"a","params":{"${S}":1,"${S}":2,"model":"m","model":"n"}}`,
  withParams({ [S]: 1 }),
  withParams({ tools: [S, S].map((name) => ({ name, input_schema: { type: 'object' } })) }),
  withParams({ tools: [{ name: `${S}1`, input_schema: { type: 'object' } }], tool_choice: { type: 'tool', name: S } }),
  withParams({ messages: [{ role: S, content: 'x' }] }),
  withParams({ messages: [{ role: 'user', content: [{ type: S }] }] }),
  withParams({ tools: [{ type: S, name: S }] }),
  withParams({ service_tier: S }),
  JSON.stringify({ custom_id: 'b', params: { [`max_token${S}`]: 1, [`maxtokens`]: 1 } }),
  withAssert({ type: S }, { type: `${S}`, value: 1 }),
  withAssert({ type: 'is-json', [S]: 1 }, { type: 'finish-reason', value: S }),
  withAssert({ type: 'regex', value: `(?<${S}` }, { type: 'is-json', value: { [S]: 1 } }),
  withAssert({ type: 'is-json', value: `file:///${S}` }, { type: 'is-json', value: `file://${S}` }),
  `${S} ${S}`,
];

test('no text of a file from elsewhere is told, and the same of one that is not', () => {
  const print = (isOutside: boolean): string => {
    const { problems, warnings } = collect(QUOTABLE.join('\n'), { isOutside });
    return [...problems, ...warnings]
      .map((problem) => `${JSON.stringify(problem)} ${printProblem(problem)}`)
      .join('\n');
  };
  expect(print(false)).toContain(S);
  expect(print(true)).not.toContain(S);
  expect(print(true).split('\n').length).toBeGreaterThan(QUOTABLE.length / 2);
});

describe('asserts', () => {
  const line = (id: string, assert: unknown[]) => JSON.stringify({ custom_id: id, params: PARAMS, assert });
  const withDefaults = (defaultAsserts: unknown[], ...lines: string[]) => {
    const files = [{ path: '/w/a.jsonl', name: 'a.jsonl', isOutside: false }];
    const collector = collectRequests(files, NO_MERGE, {
      rules: RULES,
      readAgain: () => new Uint8Array(),
      defaultAsserts,
    });
    const splitter = createLineSplitter(100_000_000);
    const bytes = Buffer.from(lines.join('\n'));
    for (const one of [...splitter.push(bytes), ...splitter.end()]) collector.take(one, 0);
    return collector;
  };

  test('are checked with file and line, and keep the requests from being sent', () => {
    const collector = withDefaults(
      [],
      line('a', [{ type: 'is-json' }]),
      line('b', [{ type: 'equal' }, { type: 'cost' }]),
    );
    const where = { file: 'a.jsonl', line: 2 };
    expect(collector.problems).toMatchObject([
      { code: 'assert-unknown-type', place: [0], where },
      { code: 'assert-threshold', place: [1], where },
    ]);
    expect(collector.isUnreadable).toBe(true);
  });

  test('that are doubtful are warned of', () => {
    const collector = withDefaults([], line('a', [{ type: 'contains', value: '{{x}}' }]));
    expect([collector.problems, collector.isUnreadable]).toEqual([[], false]);
    expect(collector.warnings).toMatchObject([{ code: 'assert-template', where: { line: 1 } }]);
  });

  test.each<[string, object, object]>([
    ['wrong', { type: 'cost' }, { code: 'assert-threshold' }],
    ['doubtful', { type: 'contains', value: '{{x}}' }, { code: 'assert-template' }],
    ['of tools that are not there', { type: 'tool-call-f1', value: ['x'] }, { code: 'assert-without-tools' }],
    ['without weight', { type: 'is-json', weight: 0 }, { code: 'assert-weights' }],
  ])('that are %s are told of at each line that has them', (_, assert, told) => {
    const collector = withDefaults([], ...['a', 'b', 'c', 'd'].map((id) => line(id, [assert])));
    expect([...collector.problems, ...collector.warnings]).toMatchObject(
      [1, 2, 3, 4].map((number) => ({ ...told, where: { line: number } })),
    );
  });

  test('that were right before are so beside others', () => {
    const [right, light] = [{ type: 'is-json' }, { type: 'is-json', weight: 0 }];
    const lists = [[right], [right], [right, { type: 'cost' }], [right, light], [light, light], [right]];
    const collector = withDefaults([], ...lists.map((asserts, at) => line(`a${at}`, asserts)));
    expect(collector.problems).toMatchObject([
      { code: 'assert-threshold', place: [1], where: { line: 3 } },
      { code: 'assert-weights', where: { line: 5 } },
    ]);
    expect(collector.cases).toBe(6);
  });

  test('of the input are checked once, and their weights count with those of a line', () => {
    const light = [{ type: 'is-json', weight: 0 }];
    expect(withDefaults([{ type: 'nope' }], line('a', []), line('b', [])).problems).toMatchObject([
      { code: 'assert-unknown-type', input: 'default-assert' },
    ]);
    expect(withDefaults([{ type: 'is-json' }], line('a', light)).problems).toEqual([]);
    expect(withDefaults(light, line('a', light)).problems).toMatchObject([
      { code: 'assert-weights', where: { line: 1 } },
    ]);
  });

  test('name the files of their schemas, each where it is named first', () => {
    const schema = (path: string) => ({ type: 'is-json', value: `file://${path}` });
    const collector = withDefaults([schema('d.json')], line('a', [schema('x.json')]), line('b', [schema('x.json')]));
    expect([...collector.schemaFiles.values()]).toEqual([
      { path: 'd.json', place: [0], type: 'is-json', input: 'default-assert' },
      { path: 'x.json', place: [0], type: 'is-json', where: { file: 'a.jsonl', line: 1 } },
    ]);
  });
});
