import { expect, test } from '@jest/globals';
import { fitSummary } from '../../../src/core/markdown/fit-summary.ts';

const part = (title: string, bytes: number): string => `#### ${title}\n\n${'x'.repeat(bytes)}`;

test.each<[string, string[], string]>([
  ['a usual one stays', ['verdict', '#### One\n\none'], 'verdict\n\n#### One\n\none\n\nlinks'],
  [
    'parts go from the end until it fits',
    ['verdict', part('One', 10), part('Two', 999_990)],
    `verdict\n\n${part('One', 10)}\n\nmore\n\nlinks`,
  ],
  ['bytes count, not characters', ['verdict', 'ä'.repeat(500_001)], 'verdict\n\nmore\n\nlinks'],
  ['what does not fit at all is somewhere else', ['x'.repeat(1_000_001)], 'more'],
])('%s', (_, parts, expected) => {
  expect(fitSummary({ parts, links: 'links' }, 'more')).toBe(expected);
});
