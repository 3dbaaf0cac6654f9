import { expect, test } from '@jest/globals';
import { fitSummary } from '../../../src/core/markdown/fit-summary.ts';

const part = (title: string, bytes: number): string => `#### ${title}\n\n${'x'.repeat(bytes)}`;

test.each<[string, string, string]>([
  ['a usual one stays', 'verdict\n\n#### One\n\none', 'verdict\n\n#### One\n\none'],
  [
    'parts go from the end until it fits',
    ['verdict', part('One', 10), part('Two', 999_990)].join('\n\n'),
    `verdict\n\n${part('One', 10)}\n\nmore`,
  ],
  ['bytes count, not characters', `verdict\n\n#### One\n\n${'ä'.repeat(500_001)}`, 'verdict\n\nmore'],
  ['what does not fit at all is somewhere else', 'x'.repeat(1_000_001), 'more'],
])('%s', (_, text, expected) => {
  expect(fitSummary(text, 'more')).toBe(expected);
});
