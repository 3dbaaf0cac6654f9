import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { BETA_PARAMS, COUNTED_PARAMS, KNOWN_PARAMS } from '../../../src/core/lint/param-names.generated.ts';
import { root, runScript } from '../../docs/process.ts';

test('what is generated from the types of the client is current', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'params-schema-'));
  try {
    const ended = await runScript(join(root, 'scripts/params-schema.ts'), ['--check'], cwd);
    expect(ended).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  } finally {
    rmSync(cwd, { recursive: true });
  }
});

test('the validator needs nothing at run time', () => {
  const code = readFileSync(join(root, 'src/core/lint/params-validator.generated.ts'), 'utf8');
  expect(code).not.toMatch(/\bimport\b|\brequire\(|\beval\b|new Function/);
});

test('headers are no params', () => {
  for (const list of [KNOWN_PARAMS, BETA_PARAMS, COUNTED_PARAMS]) {
    for (const name of ['betas', 'workspace_id', 'user_profile_id']) expect(list.has(name)).toBe(false);
  }
});
