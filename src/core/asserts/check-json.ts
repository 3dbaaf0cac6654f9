import { parseJson } from '../text/json.ts';
import type { Check } from './assert.ts';
import { singleDifferenceOf, startOf } from './difference.ts';
import { findJson } from './find-json.ts';
import type { Finding } from './finding.ts';
import type { Schema, SchemaMismatch } from './schema.ts';

/** Run it with a time limit: schemas may contain patterns. */
export function checkJson({ isWhole, use }: Extract<Check, { kind: 'json' }>, text: string): Finding {
  if (use !== undefined && 'file' in use)
    return { holds: undefined, reason: { code: 'schema-unread', file: use.file } };
  return isWhole ? checkWhole(text, use?.schema) : checkInside(text, use?.schema);
}

/** The start of a text that may be JSON but for white space, a code fence or letter case. Most answers do not start like this. */
const MAY_BECOME_JSON = /^\s*(?:[{["\d-]|true|false|null|`{3}|~{3})/i;

function checkWhole(text: string, schema: Schema | undefined): Finding {
  const value = parseJson(text);
  if (value === undefined) {
    const only = MAY_BECOME_JSON.test(text)
      ? singleDifferenceOf(text, (folded) => parseJson(folded) !== undefined)
      : [];
    return { holds: false, reason: { code: 'json-invalid', found: startOf(text), only } };
  }
  const mismatch = schema?.mismatchOf(value);
  if (mismatch !== undefined) return { holds: false, reason: { code: 'schema-mismatch', ...mismatch } };
  return { holds: true, reason: { code: 'json-valid', hasSchema: schema !== undefined } };
}

function checkInside(text: string, schema: Schema | undefined): Finding {
  let first: SchemaMismatch | undefined;
  for (const value of findJson(text)) {
    const mismatch = schema?.mismatchOf(value);
    if (mismatch === undefined) return { holds: true, reason: { code: 'json-found', hasSchema: schema !== undefined } };
    first ??= mismatch;
  }
  return {
    holds: false,
    reason: first === undefined ? { code: 'json-not-found' } : { code: 'schema-mismatch', ...first },
  };
}
