import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { SNIPPETS } from '../../src/core/messages/file-faults.ts';
import { REPORT } from '../../src/core/messages/report.ts';
import { createFakes, type Fakes } from '../fakes/ports.ts';
import { inputsOf, runStep } from '../fakes/step.ts';
import { MISTAKES } from '../likely-mistakes.ts';
import { read } from './pages.ts';

// The commands in messages do what they are for.

test('the README has the section that messages point to', () => {
  const [, section = ''] = /"(.+)" in the README/.exec(SNIPPETS) ?? [];
  expect(read('README.md').split('\n')).toContain(`## ${section}`);
});

test('docs/results.md has the section that messages point to', () => {
  const [, section = '', file = ''] = /"(.+)" in `(.+)`/.exec(REPORT['retry-file']({ keptBy: undefined })) ?? [];
  const titles = read(file).replaceAll('`', '').split('\n');
  expect(titles).toContain(`## ${section}`);
});

const hasJq = spawnSync('jq', ['--version']).status === 0;
if (!hasJq) console.warn('Left out: the commands with jq, which is not installed here.');

async function dryRun(content: string | Buffer): Promise<{ readonly status: string; readonly errors: string[] }> {
  const fakes: Fakes = createFakes({ '/w/evals.jsonl': content });
  const { outcome } = await runStep(fakes, inputsOf({ 'dry-run': 'true' }));
  const errors = fakes.log.annotations.filter(({ level }) => level === 'error').map(({ text }) => text);
  return { status: outcome.status, errors };
}

(hasJq ? test : test.skip).each([
  'a JSON array on one line',
  'a JSON array over lines',
  'requests printed for people',
  'prompts',
  'questions with answers',
  'prompts as text',
  'params without a wrapper',
  'params beside the id',
])('the command in the error turns %s into requests', async (name) => {
  const [content = ''] = Object.values(MISTAKES[name]?.files ?? {});
  const { errors } = await dryRun(content);
  const [, command = '', old = ''] = /(jq .* (old\.\w+).* > requests\.jsonl)/.exec(errors[0] ?? '') ?? [];
  const folder = mkdtempSync(join(tmpdir(), 'claude-batch-cure-'));
  try {
    writeFileSync(join(folder, old), content);
    expect(spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' }).stderr).toBe('');
    const made = readFileSync(join(folder, 'requests.jsonl'), 'utf8');
    expect(await dryRun(made)).toEqual({ status: 'dry-run', errors: [] });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
