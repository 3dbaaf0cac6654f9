import { elements, type Fields, isFields } from './fields.ts';
import type { ScriptedOutcome } from './script.ts';

/** What a judge is shown, read by the tags as a model would see them: anything outside them could instruct it. */
export interface Shown {
  readonly question: string;
  readonly answer: string;
  /** Undefined where none is shown. */
  readonly reference: string | undefined;
  readonly rubric: string;
  /** The user message without its parts. */
  readonly outside: string;
}

/** A word for a judgement with a fitting score, the judgement itself, or any other ending of a request. */
export type Said =
  | 'pass'
  | 'fail'
  | 'unknown'
  | { readonly verdict: string; readonly score: number; readonly reason?: string }
  | ScriptedOutcome;

/** A judge: undefined leaves the request to its params, like any other. */
export type SimulatedJudge = (shown: Shown, customId: string) => Said | undefined;

const scores = { pass: 1, fail: 0, unknown: 0.5 } as const;

/** Judges for tests. Each behaves in one way that a real one may. */
export const judges = {
  always:
    (said: Said): SimulatedJudge =>
    () =>
      said,
  /** Passes the answers for which `isGood` says so. */
  by:
    (isGood: (answer: string, shown: Shown) => boolean): SimulatedJudge =>
    (shown) =>
      isGood(shown.answer, shown) ? 'pass' : 'fail',
  /** The same judge, shouting its verdicts: structured outputs do not promise the case of the words. */
  inUpperCase:
    (judge: SimulatedJudge): SimulatedJudge =>
    (shown, customId) => {
      const said = judge(shown, customId);
      return typeof said === 'string' ? { verdict: said.toUpperCase(), score: scores[said] } : said;
    },
  /** Text that is not a judgement. */
  unusable:
    (text = 'I like it.'): SimulatedJudge =>
    () => ({ kind: 'succeeded', text }),
  refusing: (): SimulatedJudge => () => ({ kind: 'succeeded', text: '', stopReason: 'refusal' }),
  cut: (): SimulatedJudge => () => ({ kind: 'succeeded', text: '{"reason": "It begins', stopReason: 'max_tokens' }),
  overloaded: (): SimulatedJudge => () => ({ kind: 'errored', type: 'overloaded_error' }),
  errored: (): SimulatedJudge => () => ({ kind: 'errored', type: 'api_error' }),
};

/** Whether params ask for a judgement: structured output of exactly its three members. */
export function isJudging(params: Fields): boolean {
  const config = params['output_config'];
  const format = isFields(config) ? config['format'] : undefined;
  const schema = isFields(format) && format['type'] === 'json_schema' ? format['schema'] : undefined;
  const properties = isFields(schema) ? schema['properties'] : undefined;
  return isFields(properties) && Object.keys(properties).join() === 'reason,verdict,score';
}

/** How a request for a judgement ends; undefined for other requests, and if the judge leaves it alone. */
export function judgedOutcome(judge: SimulatedJudge, customId: string, params: Fields): ScriptedOutcome | undefined {
  if (!isJudging(params)) return undefined;
  const said = judge(shownIn(params), customId);
  if (said === undefined || (typeof said === 'object' && 'kind' in said)) return said;
  const { verdict, score, reason } = typeof said === 'string' ? { verdict: said, score: scores[said] } : said;
  return {
    kind: 'succeeded',
    text: JSON.stringify({ reason: reason ?? `The simulated judge says ${verdict}.`, verdict, score }),
  };
}

/** Reads the parts from the last message. The digits at the end of the tag names are those of the first tag. */
export function shownIn(params: Fields): Shown {
  const message = elements(params['messages']).at(-1);
  const content = isFields(message) ? message['content'] : '';
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const suffix = text.match(/<case-\w+-([0-9a-f]{16})>/)?.[1] ?? '';
  const parts = new Map<string, string>();
  // The first closing tag ends a part, as it would for a reader.
  const outside = text.replace(
    new RegExp(`<case-(\\w+)-${suffix}>\n([^]*?)\n</case-\\1-${suffix}>`, 'g'),
    (_, name, part) => {
      if (!parts.has(name)) parts.set(name, part);
      return '';
    },
  );
  return {
    question: parts.get('question') ?? '',
    answer: parts.get('answer') ?? '',
    reference: parts.get('reference'),
    rubric: parts.get('rubric') ?? '',
    outside,
  };
}
