import type { Seeker } from '../../../src/core/comparison/candidate.ts';
import type { ComparedCase } from '../../../src/core/comparison/case.ts';
import type { Measured } from '../../../src/core/comparison/measured.ts';
import { createTally, type Tally } from '../../../src/core/comparison/tally.ts';
import type { Gates } from '../../../src/core/inputs/inputs.ts';

/** One answer per letter: `p` passes, `f` fails, `u` is ungraded, `-` never came. All of them have to pass. Case `0` has ID `case-0`. */
export function graded(
  id: string,
  answers: string,
  more: Partial<ComparedCase> & { batch?: string } = {},
): ComparedCase {
  const { batch = 'msgbatch_now', ...rest } = more;
  return {
    id,
    answers: Array.from(answers, (letter, at) => ({
      pass: letter === 'p' ? true : letter === 'f' ? false : null,
      isAnswered: letter !== '-',
      batchId: batch,
      customId: answers.length === 1 ? id : `${id}-r${at + 1}`,
    })),
    pass: answers.includes('f') ? false : /[u-]/.test(answers) ? null : true,
    required: false,
    model: 'claude-haiku-4-5',
    requestDigest: 'request',
    assertsDigest: 'asserts',
    scores: new Map(),
    ...rest,
  };
}

/** Cases `case-0`, `case-1`, … whose answers are the words of a text: `p f ppf`. */
export function casesOf(answers: string, more: Parameters<typeof graded>[2] = {}): ComparedCase[] {
  return answers.split(' ').map((letters, at) => graded(`case-${at}`, letters, more));
}

/** Two runs over the same cases, by how many pairs ended how. */
export function pairsOf(counts: { both: number; broken: number; fixed: number; neither: number }) {
  const column = (letters: readonly [string, string, string, string], batch: string) =>
    casesOf(
      [
        ...Array<string>(counts.both).fill(letters[0]),
        ...Array<string>(counts.broken).fill(letters[1]),
        ...Array<string>(counts.fixed).fill(letters[2]),
        ...Array<string>(counts.neither).fill(letters[3]),
      ].join(' '),
      { batch },
    );
  return { now: column(['p', 'f', 'p', 'f'], 'msgbatch_now'), before: column(['p', 'p', 'f', 'f'], 'msgbatch_before') };
}

export function tallyOf(cases: readonly ComparedCase[]): Tally {
  const tally = createTally();
  for (const one of cases) tally.add(one);
  return tally.end();
}

/** The defaults of the inputs, with a drop of two points allowed. */
export const GATES: Gates = {
  minPassRateMicroPercent: undefined,
  maxDropMicroPercent: 2_000_000,
  significance: 0.05,
  onInconclusive: 'pass',
  maxUngradedMicroPercent: 5_000_000,
};

export const MEASURED: Measured = {
  schema: 1,
  workflow: '.github/workflows/evals.yml',
  name: 'evals-0',
  repository: 'octo/app',
  ref: 'refs/heads/main',
  commit: '9f8e7d6c5b4a39281706f5e4d3c2b1a098765432',
  event: 'push',
  pullRequest: null,
  createdAt: '2026-11-20T08:00:00Z',
  run: { id: 812, attempt: 1 },
  step: 'evals/claude',
  shared: false,
  complete: true,
  judge: { model: 'claude-sonnet-5', prompt: 1 },
  model: 'claude-haiku-4-5',
  cases: 300,
  grades: 'ab'.repeat(32),
};

export const SEEKER: Seeker = {
  runId: 900,
  repository: 'octo/app',
  workflow: '.github/workflows/evals.yml',
  name: 'evals-0',
  createdAtMs: Date.parse('2026-11-22T11:00:00Z'),
  nowMs: Date.parse('2026-11-22T12:00:00Z'),
  wants: { refs: ['refs/heads/main'] },
};
