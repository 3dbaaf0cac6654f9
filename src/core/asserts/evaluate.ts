import type { AssertReason } from '../messages/asserts.ts';
import type { Answer } from './answer.ts';
import { type Assert, type AssertSet, leavesOf, type RubricAssert, type SingleAssert } from './assert.ts';
import { checkCost, checkRefusal, checkStopReason, checkToolCalls, checkToolNames } from './check-answer.ts';
import { checkJson } from './check-json.ts';
import { decideRubric } from './check-rubric.ts';
import { checkAffix, checkContains, checkEquals, checkRegex, checkWordCount } from './check-text.ts';
import { combine } from './combine.ts';
import type { AssertResult, Finding } from './finding.ts';
import type { Judgement } from './judgement.ts';
import { type Guard, runInTime, type TimedJob } from './time-limit.ts';

/** A judge's judgement on one assert of an answer; undefined if there is none. */
export type Judgements = (assert: RubricAssert) => Judgement | undefined;

/** An answer and its asserts. */
export interface Subject {
  readonly asserts: readonly Assert[];
  readonly answer: Answer;
  readonly judgements?: Judgements | undefined;
}

/** Grades an answer by one assert. */
export function evaluate(assert: Assert, answer: Answer, judgements?: Judgements): AssertResult {
  const [[result] = []] = evaluateAll([{ asserts: [assert], answer, judgements }]);
  if (result === undefined) throw new TypeError('no result');
  return result;
}

/** Grades each answer by its asserts, in the same order. Never throws, and always ends. Many at once are faster than one by one. */
export function evaluateAll(subjects: readonly Subject[]): readonly (readonly AssertResult[])[] {
  const timed: TimedJob<Finding>[] = [];
  for (const { asserts, answer } of subjects)
    for (const assert of leavesOf(asserts))
      if (isTimed(assert, answer)) timed.push({ guard: guardOf(assert, answer), run: () => check(assert, answer) });
  const found = runInTime(timed);
  let next = 0;
  // Timed results come back in the order of this second pass.
  const nextFound = (): Finding => {
    next += 1;
    return found[next - 1] ?? TOO_SLOW;
  };
  return subjects.map(({ asserts, answer, judgements }) => {
    const resultOf = (assert: SingleAssert): AssertResult => {
      if (assert.kind === 'llm-rubric')
        return { ...headOf(assert), ...decideRubric(assert, answer, judgements?.(assert)) };
      return resultFrom(assert, isTimed(assert, answer) ? nextFound() : check(assert, answer));
    };
    return asserts.map((assert) => (assert.kind === 'assert-set' ? ofSet(assert, resultOf) : resultOf(assert)));
  });
}

const TOO_SLOW: Finding = { holds: undefined, reason: { code: 'too-slow' } };

/** Longest text, in characters, to parse as JSON without a time limit. */
const MAX_QUICK_JSON = 100_000;

/** Whether a check may take long. Most do not, and a time limit costs more than they do. */
function isTimed(assert: SingleAssert, { subject }: Answer): boolean {
  if (assert.kind === 'regex') return !assert.pattern.isQuick(subject.length);
  if (assert.kind !== 'json') return assert.kind === 'is-valid-tool-call';
  const isQuick = assert.use === undefined || 'file' in assert.use || assert.use.schema.isQuick;
  return !(isQuick && assert.isWhole && subject.length <= MAX_QUICK_JSON);
}

function guardOf(assert: SingleAssert, { toolCalls, toolOf }: Answer): Guard | undefined {
  if (assert.kind === 'regex') return assert.pattern.guard;
  if (assert.kind === 'json')
    return assert.use !== undefined && 'schema' in assert.use ? assert.use.schema.guard : undefined;
  const [call] = toolCalls;
  const tool = call && toolOf(call.name);
  return typeof tool === 'object' && 'guard' in tool ? tool.guard : undefined;
}

/** An answer nested too deep for the stack must not end the run. */
function check(assert: SingleAssert, answer: Answer): Finding {
  try {
    return find(assert, answer);
  } catch (error) {
    if (!Error.isError(error) || error.name !== 'RangeError') throw error;
    return { holds: undefined, reason: { code: 'too-complex' } };
  }
}

function find(assert: SingleAssert, answer: Answer): Finding {
  switch (assert.kind) {
    case 'equals':
      return checkEquals(assert, answer.subject);
    case 'contains':
      return checkContains(assert, answer.subject);
    case 'affix':
      return checkAffix(assert, answer.subject);
    case 'regex':
      return checkRegex(assert, answer.subject);
    case 'json':
      return checkJson(assert, answer.subject);
    case 'word-count':
      return checkWordCount(assert, answer.subject);
    case 'cost':
      return checkCost(assert, answer);
    case 'finish-reason':
      return checkStopReason(assert, answer);
    case 'is-refusal':
      return checkRefusal(answer);
    case 'is-valid-tool-call':
      return checkToolCalls(answer);
    case 'tool-call-f1':
      return checkToolNames(assert, answer);
    case 'llm-rubric':
      return { holds: undefined, reason: { code: 'no-judgement' } };
  }
}

function headOf({ type, metric, weight }: Assert): Pick<AssertResult, 'type' | 'metric' | 'weight'> {
  return { type, metric, weight };
}

function resultFrom(assert: SingleAssert, { holds, score, reason }: Finding): AssertResult {
  const { type, metric, weight } = assert;
  if (holds === undefined) return { type, metric, weight, outcome: 'ungraded', score: undefined, reason };
  const passes = holds !== assert.negated;
  return {
    type,
    metric,
    weight,
    outcome: passes ? 'pass' : 'fail',
    // `not-` does not invert a check's own score, as in promptfoo.
    score: score ?? Number(passes),
    reason: reasonOf(assert, holds, reason),
  };
}

/** The value that a plain assert expects is the one its `not-` form forbids. */
function reasonOf({ negated }: SingleAssert, holds: boolean, reason: AssertReason): AssertReason {
  if (!negated || holds) return reason;
  switch (reason.code) {
    case 'unequal':
    case 'affix':
    case 'word-count':
    case 'stop-reason':
      return { ...reason, negated };
    default:
      return reason;
  }
}

function ofSet(set: AssertSet, resultOf: (assert: SingleAssert) => AssertResult): AssertResult {
  const results = set.asserts.map(resultOf);
  const { outcome, score } = combine(results, set.threshold);
  const failed = results.filter((one) => one.outcome === 'fail' && one.weight > 0).length;
  const ungraded = results.filter((one) => one.outcome === 'ungraded').length;
  const reason =
    outcome === 'ungraded'
      ? ({ code: 'set-undecided', ungraded, count: results.length } as const)
      : ({ code: 'set-decided', score: score ?? 0, threshold: set.threshold, failed, count: results.length } as const);
  return { ...headOf(set), outcome, score: outcome === 'ungraded' ? undefined : score, reason, results };
}
