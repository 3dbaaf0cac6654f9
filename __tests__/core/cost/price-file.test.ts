import { describe, expect, test } from '@jest/globals';
import { createPriceBook } from '../../../src/core/cost/book.ts';
import { priceUsage } from '../../../src/core/cost/price.ts';
import { parsePrices } from '../../../src/core/cost/price-file.ts';
import type { Rates } from '../../../src/core/cost/tokens.ts';
import { formatUsd } from '../../../src/core/text/money.ts';

const none: Rates = {
  input: undefined,
  output: undefined,
  cacheRead: undefined,
  cacheWrite5m: undefined,
  cacheWrite1h: undefined,
};

/** Model → rates in femto-dollars a token, or the problems. */
function read(text: string) {
  const parsed = parsePrices(text, 'prices.yml');
  return 'prices' in parsed ? new Map(parsed.prices) : parsed.problems;
}

describe('what is read', () => {
  test.each<[string, string, [string, Partial<Rates>][]]>([
    [
      'every column, in YAML',
      'claude-x:\n  input: 5\n  output: 25\n  cache-write-5m: 6.25\n  cache-write-1h: 10\n  cache-read: 0.50\n',
      [
        [
          'claude-x',
          {
            input: 5_000_000_000n,
            output: 25_000_000_000n,
            cacheWrite5m: 6_250_000_000n,
            cacheWrite1h: 10_000_000_000n,
            cacheRead: 500_000_000n,
          },
        ],
      ],
    ],
    [
      'JSON',
      '{"claude-x": {"input": 0.1, "output": "0.3"}}',
      [['claude-x', { input: 100_000_000n, output: 300_000_000n }]],
    ],
    [
      'JSON indented with tabs',
      '{\n\t"claude-x": {\n\t\t"input": 1\n\t}\n}\n',
      [['claude-x', { input: 1_000_000_000n }]],
    ],
    ['a byte order mark and CRLF', '\uFEFFclaude-x:\r\n  input: 1\r\n', [['claude-x', { input: 1_000_000_000n }]]],
    ['six decimals', 'claude-x: {input: 0.000001}', [['claude-x', { input: 1_000n }]]],
    [
      'digits that no float holds',
      'claude-x: {input: 12345678901234.123457, output: "9007199254740993.000001"}',
      [['claude-x', { input: 12_345_678_901_234_123_457_000n, output: 9_007_199_254_740_993_000_001_000n }]],
    ],
    ['a price of nothing', 'claude-x: {input: 0}', [['claude-x', { input: 0n }]]],
    [
      'a price shared by an anchor',
      'claude-x: &x {input: 1}\nclaude-y: *x\n',
      [
        ['claude-x', { input: 1_000_000_000n }],
        ['claude-y', { input: 1_000_000_000n }],
      ],
    ],
    [
      'names that an object would trip over',
      '__proto__: {input: 1}\nconstructor: {output: 2}\n',
      [
        ['__proto__', { input: 1_000_000_000n }],
        ['constructor', { output: 2_000_000_000n }],
      ],
    ],
    ['a name that looks like a number', '5: {input: 1}', [['5', { input: 1_000_000_000n }]]],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(new Map(expected.map(([model, rates]) => [model, { ...none, ...rates }])));
  });
});

/** A problem of `prices.yml` at this line. */
const at = (line: number, code: string, facts: object = {}): object => ({
  code,
  where: { file: 'prices.yml', line },
  ...facts,
});
const x = { model: 'claude-x' };
const number = (line: number, fault: string, facts: object = {}): object =>
  at(line, 'prices-number', { ...x, column: 'input', fault, ...facts });

describe('what is wrong', () => {
  test.each<[string, string, object]>([
    ['an empty file', '', at(1, 'prices-empty')],
    ['only comments', '# later\n', at(1, 'prices-empty')],
    ['an empty mapping', '{}', at(1, 'prices-empty')],
    ['a list', '- claude-x\n', at(1, 'prices-shape')],
    ['a text', 'claude-x', at(1, 'prices-shape')],
    ['null', 'null', at(1, 'prices-shape')],
    ['not YAML', 'claude-x:\n\tinput: 5\n', at(2, 'prices-syntax', { yamlCode: 'TAB_AS_INDENT' })],
    [
      'two documents',
      'claude-x: {input: 1}\n---\nclaude-y: {input: 1}\n',
      at(2, 'prices-syntax', { yamlCode: 'MULTIPLE_DOCS' }),
    ],
    [
      'nesting without end',
      `claude-x: ${'{a: '.repeat(5_000)}1${'}'.repeat(5_000)}`,
      at(1, 'prices-syntax', { yamlCode: 'RESOURCE_EXHAUSTION' }),
    ],
    ['a model that is not text', '? [a]\n: {input: 1}\n', at(1, 'prices-model')],
    ['a model without a name', '"": {input: 1}', at(1, 'prices-model')],
    ['a bare figure', 'claude-x: 5', at(1, 'prices-columns', x)],
    ['no figure', 'claude-x:', at(1, 'prices-columns', x)],
    ['no column', 'claude-x: {}', at(1, 'prices-columns', x)],
    ['a list of figures', 'claude-x: [1, 2]', at(1, 'prices-columns', x)],
    ['an anchor of nothing', 'claude-x: *y', at(1, 'prices-columns', x)],
    ['an anchor of itself', 'claude-x: &x {input: *x}', number(1, 'not-a-number')],
    [
      'an unknown column',
      'claude-x:\n  input: 1\n  cache_read: 2\n',
      at(3, 'prices-column', { ...x, column: 'cache_read' }),
    ],
    ['a merge key', 'claude-x: {<<: {input: 1}}', at(1, 'prices-column', { ...x, column: '<<' })],
    ['a quote without end', '"claude-x', at(1, 'prices-syntax', { yamlCode: 'MISSING_CHAR' })],
    ['a column that is not text', 'claude-x: {? [a] : 1}', at(1, 'prices-column', { ...x, column: '' })],
    ...['-0.5', '-5', '-12', '-12.25', '-0.0000001'].map((value): [string, string, object] => [
      `the negative price ${value}`,
      `claude-x: {input: ${value}}`,
      number(1, 'negative'),
    ]),
    ...['0.0000001', '12.1234567'].map((value): [string, string, object] => [
      `too many decimals in ${value}`,
      `claude-x: {input: ${value}}`,
      number(1, 'decimals'),
    ]),
    ...[
      '.nan',
      'NaN',
      '.inf',
      'true',
      'null',
      '""',
      '$5',
      '5 USD',
      '"5,00"',
      '1e-3',
      '0x10',
      '[1]',
      '{a: 1}',
      '.5',
      '5.',
      '-5 USD',
      '-5.',
      'x0.0000001',
      '0.0000001x',
    ].map((value): [string, string, object] => [
      `${value} for a price`,
      `claude-x: {input: ${value}}`,
      number(1, 'not-a-number'),
    ]),
    [
      'a model twice',
      'claude-x: {input: 1}\nclaude-y: {input: 1}\nclaude-x: {input: 2}\n',
      at(3, 'prices-duplicate', { name: 'claude-x', firstLine: 1 }),
    ],
    [
      'a column twice',
      '{"claude-x": {\n"input": 1,\n"input": 2}}',
      at(3, 'prices-duplicate', { ...x, name: 'input', firstLine: 2 }),
    ],
    ['an endless name', `${'x'.repeat(500)}: 5`, at(1, 'prices-columns', { model: `${'x'.repeat(80)}…` })],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toMatchObject([expected]);
  });

  test('what comes three times is compared with the first', () => {
    expect(read('claude-x: {input: 1}\nclaude-x: {input: 2}\nclaude-x: {input: 3}\n')).toEqual(
      [2, 3].map((line) => at(line, 'prices-duplicate', { name: 'claude-x', firstLine: 1 })),
    );
    expect(read('claude-x:\n  input: 1\n  input: 2\n  input: 3\n')).toEqual(
      [3, 4].map((line) => at(line, 'prices-duplicate', { ...x, name: 'input', firstLine: 2 })),
    );
  });

  test('what has no name is not the same twice', () => {
    expect(read('? [a]\n: {input: 1}\n? [b]\n: {input: 1}\n')).toEqual([at(1, 'prices-model'), at(3, 'prices-model')]);
    expect(read('claude-x:\n  ? [a]\n  : 1\n  ? [b]\n  : 1\n')).toEqual(
      [2, 4].map((line) => at(line, 'prices-column', { ...x, column: '' })),
    );
  });

  test('everything is named at once, each in its line', () => {
    const text = [
      'claude-x:',
      '  input: -1',
      '  outptu: 2',
      'claude-y: 5',
      'claude-x: {}',
      'claude-z:',
      '  output: a lot',
    ];
    expect(read(text.join('\n'))).toEqual([
      number(2, 'negative'),
      at(3, 'prices-column', { ...x, column: 'outptu' }),
      at(4, 'prices-columns', { model: 'claude-y' }),
      at(5, 'prices-duplicate', { name: 'claude-x', firstLine: 1 }),
      number(7, 'not-a-number', { model: 'claude-z', column: 'output' }),
    ]);
  });
});

test('given prices are prices outside a batch', () => {
  const parsed = parsePrices('claude-mythos-preview: {input: 25, output: 125}', 'prices.yml');
  const pricing = priceUsage({
    model: 'claude-mythos-preview',
    usage: {
      input: 1_000_000,
      output: 1_000_000,
      cacheRead: 0,
      cacheWrite5m: 0,
      cacheWrite1h: 0,
      webSearches: 0,
      inferenceGeo: undefined,
      unlisted: false,
    },
    stopReason: 'end_turn',
    hasOutput: true,
    at: Date.parse('2026-11-22'),
    prices: createPriceBook('prices' in parsed ? parsed.prices : undefined),
  });
  expect(pricing.kind === 'priced' && [formatUsd(pricing.batch), formatUsd(pricing.standard)]).toEqual([
    '75.000000',
    '150.000000',
  ]);
});
