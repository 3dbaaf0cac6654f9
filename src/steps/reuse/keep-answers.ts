import { answerRefs } from '../../core/inputs/answer-refs.ts';
import { type AnswerIndex, carryForward } from '../../core/reuse/answer-index.ts';
import { parseIndex, printIndex } from '../../core/reuse/index-text.ts';
import type { Run } from '../run/run.ts';

/**
 * Saves for later runs of this ref where these answers are. Does so as soon as they are in, so that nobody pays for them again if
 * the run breaks off afterwards.
 */
export async function keepAnswers({ ports, inputs, context }: Run, answers: AnswerIndex): Promise<void> {
  const [ref] = answerRefs(context);
  if (inputs.reuseAnswers === 'false' || answers.size === 0 || ref === undefined) return;
  const window = { nowMs: ports.clock.date(), reuseDays: inputs.reuseDays };
  await ports.answers.save({ name: inputs.name, ref }, (newest) => {
    const read = newest === undefined ? undefined : parseIndex(newest, window.nowMs);
    const own = read !== undefined && 'index' in read ? read.index : NOTHING;
    const next = carryForward(own, answers, window);
    return next && printIndex(next);
  });
}

const NOTHING: AnswerIndex = new Map();
