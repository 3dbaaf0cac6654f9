import type { Outcome } from './outcome.ts';

/** The same ending with one more reason to fail: a sentence, in which `advice` follows where it was not given yet. */
export function worsen(outcome: Outcome, what: string, advice: string): Outcome {
  if (outcome.status === 'skipped' || outcome.status === 'empty')
    return { status: 'failed', failure: join(what, advice) };
  if (outcome.status === 'rejected') {
    const problem = { code: 'not-reported', reason: what.replace(/\.$/, '') } as const;
    return { ...outcome, problems: [...outcome.problems, problem] };
  }
  const { failure } = outcome;
  if (failure === undefined) return { ...outcome, failure: join(what, advice) };
  if (!failure.endsWith(advice)) {
    return { ...outcome, failure: failure.includes(advice) ? join(failure, what) : join(failure, what, advice) };
  }
  // What to do comes last, and once.
  return { ...outcome, failure: join(failure.slice(0, failure.length - advice.length).trim(), what, advice) };
}

function join(...sentences: readonly string[]): string {
  return sentences.filter((sentence) => sentence !== '').join(' ');
}
