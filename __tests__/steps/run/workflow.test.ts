import { expect, test } from '@jest/globals';
import { readText, readWorkflowAt } from '../../../src/steps/run/workflow.ts';
import { createFakes } from '../../fakes/ports.ts';

const YAML = 'jobs:\n  evals:\n    steps:\n      - uses: org/claude-batch-action@v1\n';

test('a workflow file is read in the workspace only: a link may lead to any file of the runner', async () => {
  const { files } = createFakes({ '/w/a.yml': YAML, '/w/b.yml': YAML });
  files.outside.add('/w/b.yml');
  expect(await readText(files, '/w/a.yml')).toBe(YAML);
  expect((await readWorkflowAt(files, '/w/a.yml'))?.jobs.size).toBe(1);
  expect(await readText(files, '/w/b.yml')).toBeUndefined();
  expect(await readWorkflowAt(files, '/w/b.yml')).toBeUndefined();
  expect(await readText(files, '/w/c.yml')).toBeUndefined();
});
