import type { Params } from '../requests/params.ts';
import { kindOf } from '../text/value-words.ts';
import type { Finding } from './finding.ts';

/** Judges model, max_tokens and messages, which every request has. `slips` says under which wrong name one stands. */
export function lintRequired(params: Params, slips: ReadonlyMap<string, string>, found: Finding[]): void {
  model(params['model'], slips, found);
  maxTokens(params['max_tokens'], slips, found);
  messages(params['messages'], slips, found);
}

function model(value: unknown, slips: ReadonlyMap<string, string>, found: Finding[]): void {
  if (typeof value === 'string' && value !== '') return;
  if (value === undefined) {
    const cure = rename('model', slips) ?? 'write "model": "claude-…", or set it for all in the input default-params';
    found.push({ code: 'no-model', level: 'error', what: 'model is missing', cure });
  } else {
    const what = value === '' ? 'model is empty' : `model is ${kindOf(value)}, not a string`;
    found.push({ code: 'model-type', level: 'error', what, cure: 'write the id of a model in quotes' });
  }
}

function maxTokens(value: unknown, slips: ReadonlyMap<string, string>, found: Finding[]): void {
  const cure = 'write a whole number of 1 or more';
  if (value === undefined) {
    const way =
      rename('max_tokens', slips) ?? 'write "max_tokens": 1024 or so, or set it for all in the input default-params';
    found.push({ code: 'no-max-tokens', level: 'error', what: 'max_tokens is missing', cure: way });
  } else if (typeof value !== 'number') {
    const what = `max_tokens is ${kindOf(value)}, not a number`;
    found.push({ code: 'max-tokens-type', level: 'error', what, cure });
  } else if (!Number.isInteger(value)) {
    found.push({ code: 'max-tokens-type', level: 'error', what: 'max_tokens is not a whole number', cure });
  } else if (value < 1) {
    const what = value === 0 ? 'max_tokens is 0, which a batch refuses' : 'max_tokens is below 1';
    found.push({ code: 'max-tokens-range', level: 'error', what, cure });
  }
}

function messages(value: unknown, slips: ReadonlyMap<string, string>, found: Finding[]): void {
  const form = 'write "messages": [{"role": "user", "content": "…"}]';
  if (value === undefined) {
    const cure = rename('messages', slips) ?? form;
    found.push({ code: 'no-messages', level: 'error', what: 'messages is missing', cure });
  } else if (!Array.isArray(value)) {
    const what = `messages is ${kindOf(value)}, not a list`;
    found.push({ code: 'messages-type', level: 'error', what, cure: form });
  } else if (value.length === 0) {
    found.push({ code: 'messages-empty', level: 'error', what: 'messages is empty', cure: form });
  }
}

function rename(name: string, slips: ReadonlyMap<string, string>): string | undefined {
  const slip = slips.get(name);
  return slip === undefined ? undefined : `rename ${slip} to "${name}"`;
}
