import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createFiles } from '../../../src/adapters/files.ts';
import { bodyWith } from '../../fakes/body.ts';
import { createFakes, type Fakes } from '../../fakes/ports.ts';
import { inputsOf, runStep } from '../../fakes/step.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'long-page-name-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test.each([
  ['that just fits without what is added on the way', 'x'.repeat(245)],
  ['of 256 bytes', 'x'.repeat(256)],
  ['of letters of several bytes', `x${'漢'.repeat(90)}`],
])('an artifact with a name %s has its page all the same', async (_, name) => {
  const fakes = createFakes({});
  await fakes.api.create(bodyWith('{"requests":[{"custom_id":"a"}]}'));
  const raw = { requests: '', 'batch-id': 'msgbatch_1', 'results-path': folder, 'artifact-name': name };
  await runStep({ ...fakes, files: createFiles('/w') as Fakes['files'] }, inputsOf(raw));
  expect(fakes.log.annotations.filter(({ level }) => level === 'warning')).toEqual([]);
  expect(readdirSync(folder).filter((file) => file.endsWith('.html'))).toEqual([
    fakes.outputs.get('page-file')?.slice(folder.length + 1),
  ]);
  expect(fakes.artifactState.pages).toHaveLength(1);
});
