import { describe, expect, test } from '@jest/globals';
import { createPriceBook } from '../../../src/core/cost/book.ts';
import { parsePrices } from '../../../src/core/cost/overrides.ts';
import { priceUsage } from '../../../src/core/cost/price.ts';
import type { Rates } from '../../../src/core/cost/rates.ts';
import { formatUsd } from '../../../src/core/text/money.ts';
import { describeProblem } from '../../../src/core/text/problem.ts';

const none: Rates = {
  input: undefined,
  output: undefined,
  cacheRead: undefined,
  cacheWrite5m: undefined,
  cacheWrite1h: undefined,
};

/** Model → rates in femto-dollars a token, or the problems as people read them. */
function read(text: string) {
  const parsed = parsePrices(text, 'prices.yml');
  return 'prices' in parsed ? new Map(parsed.prices) : parsed.problems.map(describeProblem);
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

const number = 'write US dollars per million tokens, such as 5 or 0.25';
const shape = 'write model ids with their prices, such as `claude-opus-4-6: {input: 5, output: 25}`';
const columns = 'input, output, cache-write-5m, cache-write-1h, cache-read';

describe('what is wrong', () => {
  test.each<[string, string, string[]]>([
    ['an empty file', '', [`prices.yml:1: the file names no model; ${shape}`]],
    ['only comments', '# later\n', [`prices.yml:1: the file names no model; ${shape}`]],
    ['an empty mapping', '{}', [`prices.yml:1: the file names no model; ${shape}`]],
    ['a list', '- claude-x\n', [`prices.yml:1: the file is not a mapping of model ids; ${shape}`]],
    ['a text', 'claude-x', [`prices.yml:1: the file is not a mapping of model ids; ${shape}`]],
    ['null', 'null', [`prices.yml:1: the file is not a mapping of model ids; ${shape}`]],
    [
      'no YAML',
      'claude-x:\n\tinput: 5\n',
      [`prices.yml:2: this is not YAML or JSON (Tabs are not allowed as indentation); ${shape}`],
    ],
    [
      'two documents',
      'claude-x: {input: 1}\n---\nclaude-y: {input: 1}\n',
      [`prices.yml:2: this is not YAML or JSON (A second document begins); ${shape}`],
    ],
    [
      'nesting without end',
      `claude-x: ${'{a: '.repeat(5_000)}1${'}'.repeat(5_000)}`,
      [`prices.yml:1: this is not YAML or JSON (It is nested too deeply); ${shape}`],
    ],
    [
      'a model that is no text',
      '? [a]\n: {input: 1}\n',
      [`prices.yml:1: the name of a model is missing or not text; ${shape}`],
    ],
    [
      'a model without a name',
      '"": {input: 1}',
      [`prices.yml:1: the name of a model is missing or not text; ${shape}`],
    ],
    ['a bare figure', 'claude-x: 5', [`prices.yml:1: "claude-x" has no prices; give it some of ${columns}`]],
    ['no figure', 'claude-x:', [`prices.yml:1: "claude-x" has no prices; give it some of ${columns}`]],
    ['no column', 'claude-x: {}', [`prices.yml:1: "claude-x" has no prices; give it some of ${columns}`]],
    ['a list of figures', 'claude-x: [1, 2]', [`prices.yml:1: "claude-x" has no prices; give it some of ${columns}`]],
    ['an anchor of nothing', 'claude-x: *y', [`prices.yml:1: "claude-x" has no prices; give it some of ${columns}`]],
    [
      'an anchor of itself',
      'claude-x: &x {input: *x}',
      [`prices.yml:1: input of "claude-x" is not a plain decimal number; ${number}`],
    ],
    [
      'an unknown column',
      'claude-x:\n  input: 1\n  cache_read: 2\n',
      [`prices.yml:3: "claude-x" has the unknown column "cache_read"; use only ${columns}`],
    ],
    [
      'a merge key',
      'claude-x: {<<: {input: 1}}',
      [`prices.yml:1: "claude-x" has the unknown column "<<"; use only ${columns}`],
    ],
    ['a negative price', 'claude-x: {input: -0.5}', [`prices.yml:1: input of "claude-x" is negative; ${number}`]],
    [
      'too many decimals',
      'claude-x: {input: 0.0000001}',
      ['prices.yml:1: input of "claude-x" has more than six decimals; round it to six decimals'],
    ],
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
    ].map((value): [string, string, string[]] => [
      `${value} for a price`,
      `claude-x: {input: ${value}}`,
      [`prices.yml:1: input of "claude-x" is not a plain decimal number; ${number}`],
    ]),
    [
      'a model twice',
      'claude-x: {input: 1}\nclaude-y: {input: 1}\nclaude-x: {input: 2}\n',
      ['prices.yml:3: the file names "claude-x" twice, first in line 1; keep one'],
    ],
    [
      'a column twice',
      '{"claude-x": {\n"input": 1,\n"input": 2}}',
      ['prices.yml:3: "claude-x" names "input" twice, first in line 2; keep one'],
    ],
    [
      'a name made to break the line',
      '"a\\n::error::b": 5',
      [`prices.yml:1: "a\\n::error::b" has no prices; give it some of ${columns}`],
    ],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
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
      `prices.yml:2: input of "claude-x" is negative; ${number}`,
      `prices.yml:3: "claude-x" has the unknown column "outptu"; use only ${columns}`,
      `prices.yml:4: "claude-y" has no prices; give it some of ${columns}`,
      'prices.yml:5: the file names "claude-x" twice, first in line 1; keep one',
      `prices.yml:7: output of "claude-z" is not a plain decimal number; ${number}`,
    ]);
  });

  test('a name of any length stays readable', () => {
    expect(read(`${'x'.repeat(500)}: 5`)).toEqual([
      `prices.yml:1: "${'x'.repeat(80)}…" has no prices; give it some of ${columns}`,
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
