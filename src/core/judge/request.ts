import { JUDGE_SYSTEM, printJudgePrompt } from '../messages/judge-prompt.ts';
import type { Params } from '../requests/params.ts';
import { sha256 } from '../text/sha256.ts';
import { enclose, suffixOf } from './enclose.ts';
import { JUDGE_MAX_TOKENS, MAX_SHOWN_BYTES } from './limits.ts';

/** What a judge is asked: whether an answer meets a rubric. */
export interface JudgeQuestion {
  /** `questionOf` the request. */
  readonly question: string;
  /** The subject of the assert. */
  readonly answer: string;
  readonly rubric: string;
  /** A good answer. */
  readonly reference?: string | undefined;
  /** The judge's model. */
  readonly model: string;
}

/** A line of the judge's batch. */
export interface JudgeRequest {
  readonly customId: string;
  readonly params: Params;
  readonly text: string;
}

/** In the order in which the judge must write it: a verdict before the reason would only be justified afterwards. */
const SCHEMA = {
  type: 'object',
  properties: {
    reason: { type: 'string' },
    verdict: { type: 'string', enum: ['pass', 'fail', 'unknown'] },
    score: { type: 'number' },
  },
  required: ['reason', 'verdict', 'score'],
  additionalProperties: false,
};

/**
 * The request for a judgement. Its bytes depend only on the question and the prompt's version, and its custom ID only on these bytes:
 * equal judgements are one request.
 */
export function judgeRequest(asked: JudgeQuestion): JudgeRequest {
  const params = judgeParams(asked);
  const printed = JSON.stringify(params);
  const customId = `judge-${sha256(printed).slice(0, 40)}`;
  return { customId, params, text: `{"custom_id":"${customId}","params":${printed}}` };
}

/** The params of that request. */
export function judgeParams({ question, answer, rubric, reference, model }: JudgeQuestion): Params {
  const suffix = suffixOf(question, answer, rubric);
  const show = (part: keyof typeof MAX_SHOWN_BYTES, text: string) =>
    [part, enclose(part, text, { suffix, mostBytes: MAX_SHOWN_BYTES[part] })] as const;
  const prompt = printJudgePrompt([
    show('question', question),
    show('answer', answer),
    ...(reference === undefined ? [] : [show('reference', reference)]),
    ['rubric', enclose('rubric', rubric, { suffix, mostBytes: Number.POSITIVE_INFINITY })],
  ]);
  return {
    model,
    max_tokens: JUDGE_MAX_TOKENS,
    system: [{ type: 'text', text: JUDGE_SYSTEM, cache_control: { type: 'ephemeral' } }],
    messages: [{ role: 'user', content: prompt }],
    output_config: { format: { type: 'json_schema', schema: SCHEMA } },
  };
}
