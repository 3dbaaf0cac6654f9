import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root, runScript } from './process.ts';

test.each([
  ['what is generated for the lint from the types of the client', 'params-schema'],
  ['the published schemas', 'schemas'],
])('current: %s', async (_, script) => {
  const cwd = mkdtempSync(join(tmpdir(), `${script}-`));
  try {
    const ended = await runScript(join(root, `scripts/${script}.ts`), ['--check'], cwd);
    expect(ended).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  } finally {
    rmSync(cwd, { recursive: true });
  }
});
