import { describe, expect, test } from '@jest/globals';
import type { Heading } from '../../../src/core/markdown/heading.ts';
import { bodiesToFit, fitSummary, printBody, printReport, type Report } from '../../../src/core/markdown/report.ts';

const heading: Heading = { severity: 'good', title: 'Evals', words: '2 of 2 answered' };
const HEADING = '### ✅ Evals: 2 of 2 answered';
const report: Report = { heading, parts: ['lead', 'table'], links: 'links', folded: ['warnings', 'details'] };

test('a report is its heading, its parts, the links and what is folded', () => {
  expect(printBody(report)).toBe('lead\n\ntable\n\nlinks\n\nwarnings\n\ndetails');
  expect(printReport(report)).toBe(`${HEADING}\n\n${printBody(report)}`);
  expect(printBody({ ...report, links: '', folded: [] })).toBe('lead\n\ntable');
});

describe('shorter and shorter', () => {
  test.each<[string, Partial<Report>, readonly string[]]>([
    [
      'details go first, then parts',
      {},
      [
        'lead\n\ntable\n\nlinks\n\nwarnings\n\ndetails',
        'lead\n\ntable\n\nlinks\n\nwarnings\n\nmore',
        'lead\n\ntable\n\nlinks\n\nmore',
        'lead\n\nlinks\n\nmore',
      ],
    ],
    ['nothing folded', { folded: [] }, ['lead\n\ntable\n\nlinks', 'lead\n\nlinks\n\nmore']],
    ['the first part alone', { parts: ['lead'], folded: [] }, ['lead\n\nlinks']],
    ['no part', { parts: [], folded: ['details'] }, ['links\n\ndetails', 'links\n\nmore']],
  ])('%s', (_, changed, bodies) => {
    expect(bodiesToFit({ ...report, ...changed }, 'more')).toEqual(bodies);
  });
});

describe('a job summary', () => {
  const big = 'x'.repeat(999_990);
  test.each<[string, Partial<Report>, string]>([
    ['a usual one stays', {}, printBody(report)],
    ['details go until it fits', { folded: ['warnings', big] }, 'lead\n\ntable\n\nlinks\n\nwarnings\n\nmore'],
    ['then parts from the end', { parts: ['lead', 'table', big] }, 'lead\n\ntable\n\nlinks\n\nmore'],
    ['bytes count, not characters', { folded: ['ä'.repeat(500_001)] }, 'lead\n\ntable\n\nlinks\n\nmore'],
  ])('%s', (_, changed, body) => {
    expect(fitSummary({ ...report, ...changed }, 'more')).toBe(`${HEADING}\n\n${body}`);
  });

  test('what does not fit at all is somewhere else', () => {
    expect(fitSummary({ ...report, parts: [`${big}${big}`] }, 'more')).toBe('more');
  });
});
