import { appendFile } from 'node:fs/promises';
import { saveState, setOutput } from '@actions/core';
import type { Runner } from '../ports/machine.ts';

/** The runner's files for this step, by the paths in its environment. */
export function createRunner(summaryPath: string | undefined): Runner {
  return {
    setOutput: (name, value) => setOutput(name, value),
    saveState: (name, value) => saveState(name, value),
    async writeSummary(markdown) {
      if (summaryPath === undefined || summaryPath === '') return;
      await appendFile(summaryPath, markdown, 'utf8');
    },
  };
}
