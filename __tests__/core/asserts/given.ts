import { createToolLookup, readAnswer } from '../../../src/core/asserts/answer.ts';
import type { Assert } from '../../../src/core/asserts/assert.ts';
import { evaluate } from '../../../src/core/asserts/evaluate.ts';
import { createAssertParser } from '../../../src/core/asserts/parse-asserts.ts';
import { createSchemaCompiler } from '../../../src/core/asserts/schema.ts';

export const schemas = createSchemaCompiler();
export const parse = createAssertParser(schemas);

/** The assert that JSON of this form means. Throws where something is wrong with it. */
export function assertOf(given: object): Assert {
  const { asserts, problems } = parse([given]);
  const [assert] = asserts;
  if (assert === undefined || problems.length > 0) throw new TypeError(JSON.stringify(problems));
  return assert;
}

interface Given {
  readonly text?: string;
  readonly content?: unknown;
  readonly stopReason?: string | null;
  readonly cost?: bigint | undefined;
  readonly params?: unknown;
}

/** An answer of this text, or with this content. */
export function answerOf(given: Given | string) {
  const {
    text = '',
    content,
    stopReason = 'end_turn',
    cost,
    params,
  } = typeof given === 'string' ? ({ text: given } as Given) : given;
  const message = { content: content ?? [{ type: 'text', text }], stop_reason: stopReason };
  return readAnswer(message, { cost, toolOf: createToolLookup(params, schemas) });
}

export function evaluated(assert: object, answer: Given | string) {
  return evaluate(assertOf(assert), answerOf(answer));
}

export const outcomeOf = (assert: object, answer: Given | string) => evaluated(assert, answer).outcome;
