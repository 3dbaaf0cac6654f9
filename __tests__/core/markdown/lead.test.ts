import { describe, expect, test } from '@jest/globals';
import { failed } from '../../../src/core/endings/ending.ts';
import type { Collected, Outcome, Pending } from '../../../src/core/endings/outcome.ts';
import { NO_KEY } from '../../../src/core/inputs/credential.ts';
import { codeCell, escapeMarkdown } from '../../../src/core/markdown/escape.ts';
import { commitOf, hasFacts, leadOf } from '../../../src/core/markdown/lead.ts';
import { type Failure, printFailures, printNextStep } from '../../../src/core/messages/failures.ts';
import { LEADS } from '../../../src/core/messages/headlines.ts';
import { type Problem, wordsOfProblem } from '../../../src/core/messages/problems.ts';
import { REPORT } from '../../../src/core/messages/report.ts';
import { collectBatches } from '../../../src/core/summary/failed-step.ts';
import { summarize } from '../../../src/core/summary/summarize.ts';
import type { Summary } from '../../../src/core/summary/summary.ts';
import { capitalize } from '../../../src/core/text/capitalize.ts';
import { about, accounts, batch, collected, FAILURE, FAILURE_WORDS, pending, summaryOf } from '../summary/samples.ts';

const COMMIT = LEADS.commit({ sha: '0123456' });
const COST = summaryOf().cost;
const TOOK = '7 min 12 s';
const MODEL = '`claude-opus-5`';
const [model] = accounts.models;
if (model === undefined) throw new Error('no sample');
const of = (outcome: Outcome): Summary => summarize(outcome, about);
const failing = (...failures: readonly Failure[]): Collected => ({ ...collected, failures });
const facts = (...all: readonly string[]): string => capitalize(all.join(' · '));
const RATE: Failure = {
  code: 'error-rate-exceeded',
  ...{ unanswered: 2, total: 1319, percent: 0.16, maxPercent: 0.1, kinds: [], hasRetryFile: true, keptBy: undefined },
};
const SAMPLE = { requests: 132, of: 1_319, input: '10%' };
const UPLOAD: Failure = { code: 'upload-failed', reason: 'away @octocat' };
const WAITING = { minutes: 42.03, runner: 'Linux 2-core (x64)', billed: true, usd: '0.252180' };
const SPENT = LEADS.spent(COST);
const SHARE = LEADS['error-rate']({ percent: 0.16, maxPercent: 0.29 });
const range = { low: '0.900001', likely: '1.100002', high: '1.300003', upper: '1.500004' };
const estimate = { unpriced: 2, batch: range, standard: range } as NonNullable<Summary['estimate']>;
const dry: Outcome = { status: 'dry-run', requestCount: 7, failures: [] };
const RUNNING = LEADS['in-batches']({ batches: 1, requests: 1319 });

describe('the lead', () => {
  test.each<[string, Summary, readonly string[]]>([
    ['some without an answer', summaryOf(), [facts(`${SHARE} ${SPENT}`, TOOK, MODEL, COMMIT)]],
    ['all answered', { ...summaryOf(), failures: [] }, [facts(SPENT, TOOK, MODEL, COMMIT)]],
    [
      'all of a sample answered',
      { ...summaryOf(), failures: [], sample: SAMPLE },
      [facts(LEADS.sampled(SAMPLE), SPENT, TOOK, MODEL, COMMIT)],
    ],
    [
      'a sample of all',
      { ...summaryOf(), failures: [], sample: { ...SAMPLE, of: SAMPLE.requests } },
      [facts(SPENT, TOOK, MODEL, COMMIT)],
    ],
    ['too many without an answer', of(failing(RATE)), [facts(`${SHARE} ${SPENT}`, TOOK, MODEL, COMMIT)]],
    [
      'another failure is said in full, with what to do',
      of(failing(RATE, UPLOAD)),
      [
        escapeMarkdown(
          `${printFailures([RATE, UPLOAD])} ${printNextStep(collectBatches({ batches: [batch], resumable: false }))}`,
        ),
        facts(SPENT, TOOK, MODEL, COMMIT),
      ],
    ],
    [
      'canceled',
      of({ ...failing(FAILURE), status: 'canceled' }),
      [escapeMarkdown(FAILURE_WORDS), facts(SPENT, TOOK, MODEL, COMMIT)],
    ],
    ['how long is not known', of({ ...collected, tookMs: undefined }), [facts(`${SHARE} ${SPENT}`, MODEL, COMMIT)]],
    [
      'two models are named',
      summaryOf({ models: [model, { ...model, model: 'a|b' }] }),
      [facts(`${SHARE} ${SPENT}`, TOOK, `${MODEL}, ${codeCell('a|b')}`, COMMIT)],
    ],
    [
      'an alias and its dated name are one',
      summaryOf({ models: [model, { ...model, model: `${model.model}-20260101` }] }),
      [facts(`${SHARE} ${SPENT}`, TOOK, MODEL, COMMIT)],
    ],
    [
      'three are counted',
      summaryOf({ models: [model, { ...model, model: 'b' }, { ...model, model: 'c' }] }),
      [facts(`${SHARE} ${SPENT}`, TOOK, LEADS.models({ count: 3 }), COMMIT)],
    ],
    ['none answered', { ...summaryOf({ models: [] }), failures: [] }, [facts(SPENT, TOOK, COMMIT)]],
    [
      'a wait that is billed',
      { ...summaryOf(), failures: [], waiting: WAITING },
      [facts(LEADS.spent({ ...COST, waiting: WAITING }), TOOK, MODEL, COMMIT)],
    ],
    [
      'a wait that is not',
      { ...summaryOf(), failures: [], waiting: { ...WAITING, billed: false, usd: null } },
      [facts(SPENT, TOOK, MODEL, COMMIT)],
    ],
    [
      'pending, after a wait that is billed',
      { ...of(pending), waiting: WAITING },
      [facts(RUNNING, LEADS['waited-so-far'](WAITING), COMMIT)],
    ],
    ['pending', of(pending), [facts(RUNNING, COMMIT)]],
    ['pending, of a sample', { ...of(pending), sample: SAMPLE }, [facts(RUNNING, LEADS.sampled(SAMPLE), COMMIT)]],
    [
      'a dry run of a sample',
      { ...of(dry), sample: SAMPLE },
      [facts(LEADS['nothing-submitted'](), LEADS.sampled(SAMPLE), COMMIT)],
    ],
    [
      'pending, with an estimate',
      { ...of(pending), estimate },
      [facts(RUNNING, LEADS['about-to-cost']({ batch: range, isLowerBound: true }), COMMIT)],
    ],
    [
      'pending, and the step fails: what to do stands below, with links',
      of({ ...(pending as Pending), failures: [FAILURE] }),
      [escapeMarkdown(FAILURE_WORDS), facts(RUNNING, COMMIT)],
    ],
    ['a dry run without prices', of(dry), [facts(LEADS['nothing-submitted'](), COMMIT)]],
    [
      'a dry run',
      { ...of(dry), estimate },
      [
        facts(
          LEADS['in-a-batch']({ batch: range, unpriced: 2 }),
          LEADS['without-a-batch'](range),
          LEADS['nothing-submitted'](),
          COMMIT,
        ),
      ],
    ],
    [
      'a dry run that fails',
      of({ ...dry, failures: [FAILURE] }),
      [escapeMarkdown(FAILURE_WORDS), facts(LEADS['nothing-submitted'](), COMMIT)],
    ],
    [
      'one problem',
      of({ status: 'rejected', problems: [NO_KEY], failures: [] }),
      [escapeMarkdown(printFailures([{ code: 'input-rejected', problems: [NO_KEY] }]))],
    ],
    [
      'several have a table',
      of({ status: 'rejected', problems: [NO_KEY, { code: 'not-utf8', where: { file: 'a' } }], failures: [] }),
      [],
    ],
    ['a failure', of(failed(FAILURE)), [escapeMarkdown(FAILURE_WORDS)]],
    [
      'a failure that does not say what to do',
      of(failed({ code: 'unexpected-failure', reason: 'x' })),
      [
        escapeMarkdown(
          `${printFailures([{ code: 'unexpected-failure', reason: 'x' }])} ${printNextStep({ code: 'fix-and-rerun' })}`,
        ),
      ],
    ],
    ['a fork', of({ status: 'skipped', why: 'fork' }), [REPORT['skipped-fork']()]],
    ['Dependabot', of({ status: 'skipped', why: 'dependabot' }), [REPORT['skipped-dependabot']()]],
    [
      'no requests',
      of({ status: 'empty', patterns: ['a/*.jsonl', 'b|c'], loud: false }),
      [REPORT['none-found']({ patterns: ['`a/*.jsonl`', '<code>b&#124;c</code>'] })],
    ],
    [
      'no requests by no pattern',
      of({ status: 'empty', patterns: [], loud: false }),
      [REPORT['none-found']({ patterns: [] })],
    ],
  ])('%s', (_, summary, lead) => {
    expect(leadOf(summary)).toEqual(lead);
    expect(lead.some((paragraph) => paragraph.includes(COMMIT))).toBe(hasFacts(summary));
  });

  test('a failure of several lines stays in its one', () => {
    const [first] = leadOf({ ...of(failed(FAILURE)), failure: 'one\n\n# two\r\n> [!TIP]\n' });
    expect(first).toBe('one <span>#</span> two &#62; &#91;!TIP&#93;');
  });
});

test.each([
  ['0123456789abcdef0123456789abcdef01234567', LEADS.commit({ sha: '0123456' })],
  ['ABCDEF0', LEADS.commit({ sha: 'ABCDEF0' })],
  ['012345', ''],
  ['', ''],
  ['<b>0123456', ''],
])('the commit %j is %j', (sha, words) => {
  expect(commitOf({ run: { sha } })).toBe(words);
});

test('the command for a problem is in code style, with nothing behind it', () => {
  const problem: Problem = { code: 'create-body', where: { file: 'a', line: 1 } };
  const [lead, ...others] = leadOf(of({ status: 'rejected', problems: [problem], failures: [] }));
  const { command = '' } = wordsOfProblem(problem);
  expect([lead?.endsWith(` ${codeCell(command)}`), others]).toEqual([true, []]);
});
