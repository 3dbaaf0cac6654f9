import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { BETA_PARAMS, COUNTED_PARAMS, KNOWN_PARAMS } from '../../../src/core/lint/param-names.generated.ts';

const VALIDATOR = fileURLToPath(new URL('../../../src/core/lint/params-validator.generated.ts', import.meta.url));

test('the validator needs nothing at run time', () => {
  const code = readFileSync(VALIDATOR, 'utf8');
  expect(code).not.toMatch(/\bimport\b|\brequire\(|\beval\b|new Function/);
});

test('headers are no params', () => {
  for (const list of [KNOWN_PARAMS, BETA_PARAMS, COUNTED_PARAMS]) {
    for (const name of ['betas', 'workspace_id', 'user_profile_id']) expect(list.has(name)).toBe(false);
  }
});
