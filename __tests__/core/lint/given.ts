import { expect } from '@jest/globals';
import type { ValidateFunction } from 'ajv';
import { type LintRules, rulesOf } from '../../../src/core/lint/finding.ts';
import { lintParams } from '../../../src/core/lint/lint-params.ts';
import type { Params } from '../../../src/core/requests/params.ts';
import { textOf } from '../../../src/core/text/json.ts';
import { validatorOf } from '../../schema/schemas.ts';

const api = { baseUrl: 'https://api.anthropic.com', version: '2026-10-21', betas: [] };

export const STRICT = rulesOf(api);
export const OLD = rulesOf({ ...api, version: '2023-06-01' });
export const BETA = rulesOf({ ...api, betas: ['context-management-2025-06-27'] });
export const GATEWAY = rulesOf({ ...api, baseUrl: 'https://gateway.example/anthropic' });

/** Params of a request without a fault, and what a case changes; undefined takes a member away. */
export function given(changes: Params = {}): Params {
  const messages = [{ role: 'user', content: 'How are you?' }];
  const params: Params = { model: 'claude-haiku-4-5', max_tokens: 8, messages, ...changes };
  return JSON.parse(JSON.stringify(params));
}

/** Params with these blocks as the content of their last message; what a result in them answers comes before it. */
export function said(...content: readonly unknown[]): Params {
  const uses = content.flatMap((block) => {
    const id = textOf(block, 'tool_use_id');
    return id === undefined ? [] : [{ type: 'tool_use', id, name: 'look', input: {} }];
  });
  const before = uses.length === 0 ? [] : [{ role: 'assistant', content: uses }];
  return given({ messages: [...before, { role: 'user', content }] });
}

/** Level, code and facts of each finding. */
export function findings(params: Params, rules: LintRules = STRICT): object[] {
  if (rules === STRICT) compareWithSchema(params);
  return lintParams(params, rules).map(({ level, problem }) => ({ level, ...problem }));
}

let conforms: ValidateFunction | undefined;

/** Errors that are about one value, and so are those of the published schema as well. */
const OF_ONE_VALUE =
  /^(?:refused-in-batch|header-in-params|removed-param|foreign-param|shape-.*|unknown-type|unknown-role|unknown-tool-type|model-type|max-tokens-.*|messages-.*)$/;

/** What the lint has no error for conforms to the published schema, and what it has one for does not. */
export function compareWithSchema(params: Params): void {
  const errors = lintParams(params, STRICT).flatMap(({ level, problem }) => (level === 'error' ? [problem.code] : []));
  const seen = errors.filter((code) => OF_ONE_VALUE.test(code));
  conforms ??= validatorOf('request');
  if (conforms({ custom_id: 'a', params })) expect({ params, seen }).toEqual({ params, seen: [] });
  else expect({ params, faults: seen.length > 0 ? [] : conforms.errors }).toEqual({ params, faults: [] });
}

export function error(code: string, facts: object = {}): object {
  return { level: 'error', code, ...facts };
}

export function warning(code: string, facts: object = {}): object {
  return { level: 'warning', code, ...facts };
}
