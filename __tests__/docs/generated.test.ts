import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root, runScript } from './process.ts';

test('what is generated for the lint from the types of the client is current', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'params-schema-'));
  try {
    const ended = await runScript(join(root, 'scripts/params-schema.ts'), ['--check'], cwd);
    expect(ended).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  } finally {
    rmSync(cwd, { recursive: true });
  }
});
