import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ESTIMATE, ESTIMATE_LABELS } from '../../../src/core/messages/estimate.ts';
import { GRADE_LABELS, GRADES } from '../../../src/core/messages/grades.ts';
import { HEADLINES, LEADS } from '../../../src/core/messages/headlines.ts';
import { HEADINGS, LABELS, REPORT } from '../../../src/core/messages/report.ts';
import { SECTION_LABELS, SECTIONS } from '../../../src/core/messages/sections.ts';
import { COMPARISON_WORDS } from '../../../src/core/messages/verdicts.ts';
import { root } from '../../docs/process.ts';

// Words that nothing shows are left behind by a change. The compiler finds unused names, but not unused members.

const folder = join(root, 'src', 'core');
const code = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.startsWith('messages'))
  .map((name) => readFileSync(join(folder, name), 'utf8'))
  .join('\n');

/** Members that are named by a fact and not in the code: the kinds of a status, and of a list. */
const BY_FACT: ReadonlySet<string> = new Set(['empty', 'failed', 'more-problems', 'more-warnings']);

test.each(
  Object.entries({
    ESTIMATE,
    ESTIMATE_LABELS,
    GRADE_LABELS,
    GRADES,
    HEADLINES,
    LEADS,
    HEADINGS,
    LABELS,
    REPORT,
    SECTIONS,
    SECTION_LABELS,
    COMPARISON_WORDS,
  }),
)('every entry of %s is shown somewhere', (table, entries) => {
  const unused = Object.keys(entries).filter((key) => {
    const isNamed = code.includes(`'${key}'`) || code.includes(`${table}.${key}`) || code.includes(`labels.${key}`);
    return !isNamed && !BY_FACT.has(key);
  });
  expect(unused).toEqual([]);
});
