import { describe, expect, test } from '@jest/globals';
import { createSchemaCompiler, readSchema, type Schema } from '../../../src/core/asserts/schema.ts';
import { readSchemaUse, type SchemaFile, schemaFileProblem } from '../../../src/core/asserts/schema-file.ts';

const DRAFT_07 = 'http://json-schema.org/draft-07/schema#';
const DRAFT_2020_12 = 'https://json-schema.org/draft/2020-12/schema';
const x = (count: number) => 'x'.repeat(count);

// A compiler of its own for each: what one has made, it does not make again.
const compile = (schema: unknown) => createSchemaCompiler().compile(schema);
const compileToolSchema = (schema: unknown) => createSchemaCompiler().compileToolSchema(schema);

function compiled(schema: unknown, by = compile): Schema {
  const found = by(schema);
  if ('fault' in found) throw new TypeError(found.fault);
  return found;
}

test.each<[unknown, object | undefined]>([
  [{ type: 'string' }, { type: 'string' }],
  ['{"type":"string"}', { type: 'string' }],
  ['type: string', { type: 'string' }],
  ['a: &x {b: 1}\nc: *x', { a: { b: 1 }, c: { b: 1 } }],
  ['a: &x {b: *x}', undefined],
  ['a: [', undefined],
  ['just words', undefined],
  ['', undefined],
  ['[1]', undefined],
  [[1], undefined],
  [5, undefined],
  [null, undefined],
  [undefined, undefined],
])('the schema in %j is %j', (value, schema) => {
  expect(readSchema(value)).toEqual(schema);
});

describe('what a schema may be', () => {
  test.each<[string, unknown, object]>([
    ['no object', [], { fault: 'not an object' }],
    ['of another draft', { $schema: 'http://json-schema.org/draft-04/schema#' }, { fault: 'unknown $schema' }],
    ['of no draft', { $schema: 7 }, { fault: 'unknown $schema' }],
    ...[DRAFT_07, `${DRAFT_2020_12}#`].flatMap((draft): [string, unknown, object][] => [
      ['of a draft with more behind it', { $schema: `${draft}#` }, { fault: 'unknown $schema' }],
      ['of a draft with more before it', { $schema: `x${draft}` }, { fault: 'unknown $schema' }],
    ]),
    ['one that returns a promise', { $async: true }, { fault: '$async' }],
    ['one with what is no keyword', { foo: 1 }, { fault: expect.stringContaining('foo') }],
    ['one with a long fault', { [x(300)]: 1 }, { fault: expect.stringMatching(/^.{199}…$|^.{200}…$/) }],
    ['one without anything', {}, { guard: { strikes: 0 }, isQuick: true }],
  ])('%s', (_, schema, result) => {
    expect(compile(schema)).toMatchObject(result);
  });

  test.each<[string, object, (schema: unknown) => unknown]>([
    ['of an assert without a type', { properties: { a: { enum: ['x'] } } }, compile],
    ['of a tool with a format that nobody knows', { type: 'string', format: 'of-a-stranger' }, compileToolSchema],
  ])('%s: nothing of it gets into the log', (_, schema, by) => {
    const said: unknown[] = [];
    const { log, warn, error } = console;
    const say = (...words: unknown[]): void => void said.push(words);
    Object.assign(console, { log: say, warn: say, error: say });
    try {
      expect(by(schema)).toHaveProperty('guard');
    } finally {
      Object.assign(console, { log, warn, error });
    }
    expect(said).toEqual([]);
  });

  test.each([DRAFT_07, 'https://json-schema.org/draft-07/schema'])('%s knows no prefixItems', ($schema) => {
    expect(compile({ $schema, prefixItems: [{ type: 'string' }] })).toHaveProperty('fault');
    expect(compiled({ $schema, items: [{ type: 'string' }] }).mismatchOf([1])).toMatchObject({ path: '/0' });
  });

  test.each([DRAFT_2020_12, `${DRAFT_2020_12}#`, 'http://json-schema.org/draft/2020-12/schema'])(
    '%s does',
    ($schema) => {
      expect(compiled({ $schema, prefixItems: [{ type: 'string' }] }).mismatchOf([1])).toMatchObject({ path: '/0' });
    },
  );

  test('a tool has one of 2020-12 unless it says otherwise, with any keywords', () => {
    expect(compiled({ prefixItems: [{ type: 'string' }], foo: 1 }, compileToolSchema).mismatchOf([1])).toMatchObject({
      path: '/0',
    });
    expect(compileToolSchema({ type: 'objekt' })).toHaveProperty('fault');
  });

  test('types may be alternatives, and items may be listed without more', () => {
    expect(compiled({ type: ['string', 'number'] }).mismatchOf(1)).toBeUndefined();
    expect(
      compiled({ properties: { a: { items: [{ type: 'string' }] } } }).mismatchOf({ a: ['b', 1] }),
    ).toBeUndefined();
  });

  test('two with one ID do not get in each other’s way, and the same one is compiled once', () => {
    const $id = 'https://example.com/a';
    const { compile: together, compileToolSchema: ofTool } = createSchemaCompiler();
    const [one, other] = [compiled({ $id, type: 'string' }, together), compiled({ $id, type: 'number' }, together)];
    expect([one.mismatchOf('a'), other.mismatchOf(1)]).toEqual([undefined, undefined]);
    expect(together({ type: 'string' })).toBe(together({ type: 'string' }));
    expect(together({ type: 'string' })).not.toBe(ofTool({ type: 'string' }));
  });

  test('a reference to itself is found', () => {
    const tree = compiled({ type: 'object', properties: { of: { $ref: '#' } } });
    expect(tree.mismatchOf({ of: { of: {} } })).toBeUndefined();
    expect(tree.mismatchOf({ of: { of: 5 } })).toMatchObject({ path: '/of/of' });
  });

  test('formats are checked', () => {
    expect(compiled({ format: 'email' }).mismatchOf('a@example.com')).toBeUndefined();
    expect(compiled({ format: 'email' }).mismatchOf('a')).toMatchObject({ path: '' });
  });
});

describe('how a value does not conform', () => {
  test.each<[schema: object, value: unknown, mismatch: object | undefined]>([
    [{ type: 'string' }, 'a', undefined],
    [{ type: 'string' }, 1, { path: '', fault: expect.stringContaining('string') }],
    [{ properties: { a: { type: 'string' } } }, { a: 1 }, { path: '/a', fault: expect.stringContaining('string') }],
    [
      { additionalProperties: false },
      { left: 1 },
      { path: '', fault: expect.stringMatching(/additional properties \(left\)$/) },
    ],
    [
      { additionalProperties: false },
      { [x(50)]: 1 },
      { path: '', fault: expect.stringMatching(/additional properties \(x{39,40}…\)$/) },
    ],
    [
      { $schema: DRAFT_2020_12, unevaluatedProperties: false },
      { left: 1 },
      { path: '', fault: expect.stringMatching(/\(left\)$/) },
    ],
    [
      { properties: { [x(100)]: { type: 'string' } } },
      { [x(100)]: 1 },
      { path: expect.stringMatching(/^\/x{78,79}…$/), fault: expect.any(String) },
    ],
    [{ required: [x(300)] }, {}, { path: '', fault: expect.stringMatching(/^.{159,160}…$/) }],
  ])('%j: %j', (schema, value, mismatch) => {
    expect(compiled(schema).mismatchOf(value)).toEqual(mismatch);
  });
});

describe('a schema is quick', () => {
  test.each<[object, boolean]>([
    [{ type: 'object', properties: { pattern: { type: 'string' } } }, false],
    [{ type: 'string' }, true],
    [{ type: 'string', pattern: 'a' }, false],
    [{ patternProperties: { a: {} } }, false],
    [{ format: 'email' }, false],
    [{ properties: { a: { $ref: '#' } } }, false],
    [{ $schema: DRAFT_2020_12, $dynamicRef: '#' }, false],
    [{ uniqueItems: true }, false],
    [{ description: x(9_900) }, true],
    [{ description: x(10_000) }, false],
  ])('%j: %s', (schema, isQuick) => {
    expect(compiled(schema).isQuick).toBe(isQuick);
  });
});

describe('a schema in a file', () => {
  const schemas = { compile, compileToolSchema };
  const at = { place: [0], type: 'is-json' } as const;
  const use = (value: unknown, texts: Readonly<Record<string, string>> = {}) => {
    const files: SchemaFile[] = [];
    const found = readSchemaUse(value, at, { schemas, schemaText: (path) => texts[path], notes: { files } });
    return { found, files };
  };

  test.each([
    ['file://a.json', 'a.json'],
    ['file://./a.json', 'a.json'],
    ['file://././sub/a.json', 'sub/a.json'],
    ['file:// a b.json ', 'a b.json'],
    ['file://a..json', 'a..json'],
    ['file://..a/b', '..a/b'],
    ['file://a/b:c.json', 'a/b:c.json'],
    [`file://${x(1_000)}`, x(1_000)],
  ])('%s is noted where it is not at hand', (value, path) => {
    expect(use(value)).toEqual({ found: { file: path }, files: [{ path, ...at }] });
  });

  test.each([
    ...[
      '',
      '/etc/passwd',
      '~/a',
      '!a',
      'C:\\a',
      'c:a',
      '..',
      '../a',
      'a/../b',
      'a/..',
      './../a',
      'a\\b',
      'a*',
      'a?',
      'a[b]',
    ],
    ...['a]', 'a\nb', x(1_001)],
  ])('file://%s leads elsewhere', (path) => {
    expect(use(`file://${path}`)).toMatchObject({ found: { code: 'assert-schema-file', why: 'path' }, files: [] });
  });

  test('is compiled where its text is at hand, JSON or YAML', () => {
    for (const text of ['{"type":"string"}', 'type: string'])
      expect(use('file://a', { a: text })).toMatchObject({ found: { schema: { isQuick: true } }, files: [] });
    expect(use('file://a', { a: '[]' }).found).toEqual({ code: 'assert-schema', reason: 'not an object', file: 'a' });
    expect(use('file://a', { a: 'foo: 1' }).found).toMatchObject({ code: 'assert-schema', file: 'a' });
  });

  test.each<[unknown, object]>([
    ['', { code: 'assert-value', wanted: 'schema', found: 'empty' }],
    ['words', { code: 'assert-value', wanted: 'schema', found: 'string' }],
    [[], { code: 'assert-value', wanted: 'schema', found: 'list' }],
    [{ foo: 1 }, { code: 'assert-schema', reason: expect.stringContaining('foo'), file: undefined }],
    [{ type: 'string' }, { schema: { isQuick: true } }],
    ['type: string', { schema: { isQuick: true } }],
  ])('what is in the line itself: %j', (value, found) => {
    expect(use(value)).toMatchObject({ found, files: [] });
  });

  test('is wrong or not once it is read', () => {
    const file = { path: x(90), ...at };
    expect(schemaFileProblem(file, '{"type":"string"}', schemas)).toBeUndefined();
    expect(schemaFileProblem(file, '[]', schemas)).toEqual({
      ...{ code: 'assert-schema', ...at, reason: 'not an object' },
      file: expect.stringMatching(/^x{79,80}…$/),
    });
  });
});
